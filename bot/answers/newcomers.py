"""A new account: what its stored answer tells, and what may be asked about it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from bot.answers.offers import NEW
from bot.answers.plain import ENDS, OneOf
from bot.details import Details
from bot.forms import Asking, Form, InvalidAnswer, Kind, ask
from bot.phrases import _, label, marked
from services import accounts, duplicates
from services.errors import AccountOfAnother
from services.names import LONGEST_NAME
from storage.accounts import Sighting
from storage.models import Account, Tier


def cleaned(text: str) -> str:
    """A name on one line, without the comma that ends it, no longer than a name may be."""
    return " ".join(text.split()).strip(ENDS).strip()[:LONGEST_NAME]


class OneLine(Kind[str]):
    """A few words, as a name is kept."""

    async def read(self, text: str, asking: Asking) -> str:
        return cleaned(text)


class NewName(OneLine):
    """What a customer is called."""

    async def read(self, text: str, asking: Asking) -> str:
        name = await super().read(text, asking)
        if not any(map(str.isalnum, name)):
            raise InvalidAnswer(_("I need a customer's name here."))
        return name


NAME = NewName()
LINE = OneLine()
TIER = OneOf({each: each.value for each in Tier}, {each: each.value for each in Tier})


class NewAccount(Form):
    """Tell about a new customer."""

    name: str = ask(
        marked("What is the customer called?"), NAME, label=marked("Account"), hint=marked("Acme")
    )
    city: str = ask(
        marked("Which city are they in?"),
        LINE,
        label=marked("City"),
        default="",
        hint=marked("Shanghai"),
    )
    tier: Tier = ask(
        marked("How important are they? A is the most."),
        TIER,
        label=marked("Tier"),
        default=Tier.C,
    )
    alias: str = ask(
        marked("What else do people call them?"),
        LINE,
        label=marked("Also called"),
        default="",
        hint=marked("A short name, or one in another language"),
    )


@dataclass(frozen=True)
class Newcomer:
    """What is told of an account that is to be opened."""

    name: str
    city: str = ""
    tier: Tier = Tier.C
    alias: str = ""

    @classmethod
    def load(cls, stored: str) -> "Newcomer | None":
        """The inverse of `dump`; nothing when a known account is meant."""
        if not stored.startswith(NEW):
            return None
        told = stored.removeprefix(NEW)
        if not told.startswith("{"):
            return cls(told)
        try:
            known = json.loads(told)
            name, city, alias = (str(known[each]) for each in ("name", "city", "alias"))
            return cls(name, city, Tier(known["tier"]), alias)
        except (ValueError, TypeError, KeyError):
            return cls(told)

    def dump(self) -> str:
        """As a stored answer: its name alone where nothing else is told."""
        if self == Newcomer(self.name):
            return NEW + self.name
        return NEW + json.dumps(asdict(self), ensure_ascii=False)

    def told(self) -> Iterator[str]:
        """What is known of it beside its name, in words."""
        if self.city:
            yield self.city
        if self.tier != Tier.C:
            yield label("tier {tier}", tier=self.tier)
        if self.alias:
            yield self.alias

    async def create(self, asking: Asking) -> Account:
        """Open it, unless it was opened meanwhile: on another card, or by somebody else."""
        found = await accounts.longest(asking.work, asking.person, [self.name])
        if found and found[1].certain and not (known := found[1].accounts[0]).sound:
            if known.open:
                return await accounts.get(asking.work, asking.person, known.id)
            raise AccountOfAnother(account=known.name, owner=known.owner, id=known.id)
        called = [self.alias] if self.alias else []
        return await accounts.create(
            asking.work, asking.person, self.name, called, city=self.city, tier=self.tier
        )


class AboutAccount(Details[NewAccount]):
    """What may be asked about an account that is to be opened."""

    form = NewAccount
    title = marked("New customer")

    def __init__(self, kind: Kind[Account]) -> None:
        self._kind = kind

    def begun(self, stored: str) -> Mapping[str, str]:
        told = Newcomer.load(stored)
        return {"name": told.name, "tier": told.tier} if told else {}

    async def dump(self, form: NewAccount, asking: Asking) -> str:
        told = Newcomer(form.name, form.city, form.tier, form.alias)
        stored = await self._kind.accept(told.dump(), asking)
        if Newcomer.load(stored):
            return stored
        known = await self._kind.show(stored, asking)
        raise InvalidAnswer(
            _("*{account}* is there already. Pick it in the form before.", account=known)
        )

    async def doubt(self, stored: str, asking: Asking) -> str:
        told = Newcomer.load(stored)
        return await _may_be(told, asking) if told else ""


async def _may_be(told: Newcomer, asking: Asking) -> str:
    """Which known account it may be by either of its names, in words; nothing when none."""
    aliases = [told.alias] if told.alias else []
    found = await duplicates.alike(asking.work, asking.person, told.name, aliases)
    return _doubt(found[0]) if found else ""


def _doubt(near: Sighting) -> str:
    if near.mine:
        return _(
            "This may be *{account}*, which is yours. "
            "Pick it in the form before, or add this one all the same.",
            account=near.name,
        )
    if near.open:
        return _(
            "This may be *{account}*, which is {owner}'s. "
            "Pick it in the form before, or add this one all the same.",
            account=near.name,
            owner=near.owner,
        )
    return _(
        "This may be *{account}*, which belongs to {owner}. Add it only if it is another one.",
        account=near.name,
        owner=near.owner,
    )
