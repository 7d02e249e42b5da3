"""Who is to be erased: a contact at a customer, or for HQ a person of the company."""

import re
from collections.abc import Sequence

from bot.answers.plain import ENDS, QUOTED
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, label, shortened
from services import erasure
from services.erasure import CONTACTS, PEOPLE, Subject

STORED = re.compile(rf"(?P<noun>{CONTACTS}|{PEOPLE}):(?P<id>\d{{1,18}})")
LONGEST = 8
"""How many words a name has at most."""


class SubjectKind(Kind[Subject]):
    """Somebody by their name; namesakes are told apart by where they are."""

    async def read(self, text: str, asking: Asking) -> Subject:
        name = text.strip().strip(ENDS).strip()
        found = await erasure.named(asking.work, asking.person, name) if name else []
        if len(found) == 1 and found[0].name.casefold() == name.casefold():
            return await self.load(self.dump(found[0]), asking)
        quoted = shortened(name, QUOTED)
        if found:
            raise InvalidAnswer(_("Who is “{name}”?", name=quoted), offered(found))
        raise InvalidAnswer(
            _("I know nobody of yours called “{name}”. Part of the name is enough.", name=quoted)
        )

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """The whole line is the name, as far as anybody is called so."""
        problem = None
        for count in range(min(LONGEST, len(words)), 0, -1):
            try:
                found = await self.read(" ".join(words[:count]), asking)
            except InvalidAnswer as doubt:
                problem = problem or Taken("", count, doubt)
                if doubt.options:
                    return Taken("", count, doubt)
            else:
                return Taken(self.dump(found), count)
        return problem

    def dump(self, value: Subject) -> str:
        return f"{value.noun}:{value.id}"

    async def load(self, stored: str, asking: Asking) -> Subject:
        if found := STORED.fullmatch(stored):
            return await erasure.subject(
                asking.work, asking.person, found["noun"], int(found["id"])
            )
        return await self.read(stored, asking)

    async def show(self, stored: str, asking: Asking) -> str:
        return (await self.load(stored, asking)).name


def offered(found: Sequence[Subject]) -> list[Option]:
    """Those who may be meant, each with where they are."""
    return [Option(shortened(placed(each), QUOTED), SUBJECT.dump(each)) for each in found]


def placed(who: Subject) -> str:
    """A name, and the customer or unit that it belongs to."""
    said = label("{name}, {unit}", name=who.name, unit=who.beside)
    if who.noun == PEOPLE and not who.active:
        return label("{name} (left)", name=said)
    return said


SUBJECT = SubjectKind()
