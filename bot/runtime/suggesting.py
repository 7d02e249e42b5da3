"""The options of a form's question, looked up as somebody types."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from bot.forms import Asking, Kind, Option
from bot.messages import Sender
from bot.phrases import speaking
from bot.runtime.cleaning import clean
from bot.runtime.sheets import SUBMIT
from bot.runtime.turn import Runtime
from services.access import require
from services.errors import Refusal
from storage.calls import peek
from storage.journal import Author
from storage.models import Person
from storage.work import Work


async def suggest(
    runtime: Runtime, sender: Sender, token: str, question: str, text: str
) -> Sequence[Option]:
    """What may be meant; nothing to who may not answer that form, or not any more.

    Nor to who asks for more than anybody types.
    """
    who, now = f"{sender.platform}:{sender.id}", runtime.now()
    if runtime.allowances.suggestions.wait(who, runtime.monotonic()):
        return ()
    async with runtime.database.read() as session:
        work = Work(session, Author(now, None, "suggest", source=sender.platform))
        known = await work.people.known(sender.platform, sender.id)
        call = await peek(session, token)
        if not (known and known.person.active and call and call.command == SUBMIT):
            return ()
        if call.person_id != known.person.id or call.used_at or call.expires_at < now:
            return ()
        command = runtime.book.by_word[call.answers["command"]]
        with speaking(known.person.language), suppress(Refusal):
            require(known.person, command.allow)
            asking = _asking(runtime, work, known.person)
            kind: Kind[Any] = command.form.question(question).kind
            return await kind.suggest(clean(text), asking)
    return ()


def _asking(runtime: Runtime, work: Work, person: Person) -> Asking:
    defaults = runtime.defaults
    return Asking(
        work,
        person,
        runtime.now(),
        currency=defaults.currency,
        fiscal_start=defaults.fiscal_start,
        country=defaults.country,
    )
