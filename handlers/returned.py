"""What others are told when a hand-over or a leave is taken back, or brought back again."""

from collections.abc import Sequence

from bot.commands import Context
from bot.messages import Reply, reply
from bot.phrases import _, marked, speaking
from handlers import reopened
from storage.models import Leave, Person
from storage.models.journal import Entry

THEIRS = (
    marked("{by} took that back: *{account}* is {has}'s again."),
    marked("{by} took that back: {count} customers are {has}'s again."),
)
YOURS = (
    marked("{by} took that back: *{account}* is yours again."),
    marked("{by} took that back: {count} customers are yours again."),
)


async def tell(context: Context, entries: Sequence[Entry]) -> None:
    """Tell those whose customers or whose deputy it changes, in their own languages."""
    if not await reopened.tell(context, entries):
        await _accounts(context, [each for each in entries if each.noun == "accounts"])
    for each in entries:
        if each.noun == "leaves":
            await _leave(context, each)


async def _accounts(context: Context, entries: Sequence[Entry]) -> None:
    """Undone, an entry's ``before`` is what holds now."""
    moves = [
        (int(e.before["owner_id"]), int(e.after["owner_id"]))
        for e in entries
        if e.before and e.after and "owner_id" in e.before
    ]
    if not moves:
        return
    has, had = [await context.work.people.get(each) for each in moves[0]]
    name = await context.work.accounts.name(entries[0].key) or "?"
    said = {"by": context.person.name, "account": name, "has": has.name}
    for reader, one, many in ((had, *THEIRS), (has, *YOURS)):
        with speaking(reader.language):
            count = len(moves)
            words = _(one if count == 1 else many, count=count, **said)
            _say(context, reader, reply(words))


async def _leave(context: Context, entry: Entry) -> None:
    """Whoever is away and whoever stood or stands in look again."""
    stored = await context.work.history.row(entry)
    rows = [entry.before or {}, entry.after or {}]
    if isinstance(stored, Leave):
        rows.append({"person_id": stored.person_id, "deputy_id": stored.deputy_id})
    person_id = next(int(row["person_id"]) for row in rows if "person_id" in row)
    person = await context.work.people.get(person_id)
    numbers = {person_id, *(int(row["deputy_id"]) for row in rows if row.get("deputy_id"))}
    for number in sorted(numbers):
        reader = await context.work.people.get(number)
        with speaking(reader.language):
            words = _(
                "{by} took back a change to {name}'s leave. What holds now is in /leave.",
                by=context.person.name,
                name=person.name,
            )
            _say(context, reader, reply(words))


def _say(context: Context, reader: Person, said: Reply) -> None:
    if reader.active and reader.id != context.person.id:
        context.tell(reader.id, said)
