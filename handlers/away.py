"""How it is said that somebody is away and who stands in."""

from datetime import date

from bot.answers.spans import days_in_words
from bot.commands import Context
from bot.markdown import Markdown
from bot.phrases import _, dated, listed
from services import leaves
from services.leaves import Days, today_of
from storage.models import Leave, Person


async def owner_in_words(context: Context, owner_id: int, name: str) -> str:
    """An account's owner; when they are away, until when, and who stands in."""
    leave = await leaves.away_now(context.work, owner_id, now=context.now)
    if leave is None:
        return name
    said = {"name": name, "until": _until(context, leave)}
    if leave.deputy is None:
        return _("{name}, away until {until}", **said)
    if leave.deputy_id == context.person.id:
        return _("{name}, away until {until}; you stand in", **said)
    return _("{name}, away until {until}; {deputy} stands in", deputy=leave.deputy.name, **said)


async def own_rows(context: Context) -> list[tuple[str, str]]:
    """When one is away oneself, and for whom one stands in today."""
    rows: list[tuple[str, str]] = []
    coming = await leaves.of_person(context.work, context.person, now=context.now)
    if coming:
        rows.append((_("Away"), in_words(context, coming[0])))
    if stood := await leaves.stood_in_for(context.work, context.person):
        rows.append((_("Standing in for"), listed(_for_whom(context, each) for each in stood)))
    return rows


def in_words(context: Context, leave: Leave) -> Markdown:
    """A leave's days, and who stands in: “Tue 1 Dec – Mon 14 Dec · Ben stands in”."""
    days = spanned(leave, today_of(context.person, context.now))
    if leave.deputy is None:
        return _("{days}", days=days)
    return _("{days} · {deputy} stands in", days=days, deputy=leave.deputy.name)


def spanned(leave: Leave, today: date) -> str:
    """A leave's days in words."""
    return days_in_words(Days(leave.starts_on, leave.ends_on), today)


def until(leave: Leave, reader: Person, context: Context) -> str:
    """A leave's last day, as whoever reads it says it."""
    return dated(leave.ends_on, today_of(reader, context.now))


def _until(context: Context, leave: Leave) -> str:
    return until(leave, context.person, context)


def _for_whom(context: Context, leave: Leave) -> str:
    return _("{name} until {until}", name=leave.person.name, until=_until(context, leave))
