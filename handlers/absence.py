"""What others are told of a leave: the deputy, whoever is away, their manager."""

from enum import StrEnum

from bot.commands import Context
from bot.markdown import Markdown
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, label, speaking
from handlers.away import spanned, until
from services.leaves import Taken, is_on, today_of
from storage.models import Person


class Done(StrEnum):
    """What was done with a leave."""

    TAKEN = "taken"
    ENDED = "ended"
    CANCELLED = "cancelled"


async def tell(context: Context, taken: Taken, done: Done) -> None:
    """Tell everybody whom it concerns, but for whoever did it, in their own language."""
    if taken.deputy:
        _say(context, taken.deputy, taken, done)
    if taken.before:
        _no_longer(context, taken.before, taken)
    _say(context, taken.person, taken, done)
    if manager := await _manager(context, taken):
        _say(context, manager, taken, done)


async def _manager(context: Context, taken: Taken) -> Person | None:
    """The nearest manager, who hears of a leave that somebody took themselves."""
    person = taken.person
    if person.id != context.person.id:
        return None
    known = {person.id, taken.deputy.id if taken.deputy else 0}
    above = await context.work.people.managers(person.unit)
    return next((each for each in above if each.id not in known), None)


def _say(context: Context, reader: Person, taken: Taken, done: Done) -> None:
    if reader.id == context.person.id or not reader.active:
        return
    with speaking(reader.language):
        said = {
            Done.TAKEN: _taken,
            Done.ENDED: _ended,
            Done.CANCELLED: _cancelled,
        }[done](context, reader, taken)
        context.tell(reader.id, said)


def _taken(context: Context, reader: Person, taken: Taken) -> Reply:
    leave, person = taken.leave, taken.person
    said = {"name": person.name, "days": spanned(leave, today_of(reader, context.now))}
    said["until"] = until(leave, reader, context)
    if reader.id == person.id:
        words = _("{by} put down that you're away {days}.", by=context.person.name, **said)
        return reply(words, _deputy_line(taken))
    if taken.deputy is None or reader.id != taken.deputy.id:
        return reply(_("{name} is away {days}.", **said), _deputy_line(taken))
    if is_on(leave, person, context.now):
        sees = _("Until {until} you see {name}'s customers and what is due there.", **said)
    else:
        sees = _("In those days you see {name}'s customers and what is due there.", **said)
    return reply(
        _("{name} is away {days}, and you stand in.", **said),
        sees,
        _("You can log visits there, and tick off what you have done."),
        Button(label("To do list"), Call("reminders"), single=False),
    )


def _deputy_line(taken: Taken) -> Markdown:
    if taken.deputy is None:
        return _("Nobody stands in.")
    return _("{deputy} stands in.", deputy=taken.deputy.name)


def _ended(context: Context, reader: Person, taken: Taken) -> Reply:
    name = taken.person.name
    if reader.id == taken.person.id:
        return reply(_("{by} let your leave end today.", by=context.person.name))
    if taken.deputy and reader.id == taken.deputy.id:
        return reply(_("{name} is back tomorrow. Thank you for standing in.", name=name))
    return reply(_("{name} is back tomorrow.", name=name))


def _cancelled(context: Context, reader: Person, taken: Taken) -> Reply:
    days = spanned(taken.leave, today_of(reader, context.now))
    if reader.id == taken.person.id:
        return reply(_("{by} cancelled your leave, {days}.", by=context.person.name, days=days))
    said = {"name": taken.person.name, "days": days}
    if taken.deputy and reader.id == taken.deputy.id:
        return reply(_("{name} isn't away {days} after all. You need not stand in.", **said))
    return reply(_("{name} isn't away {days} after all.", **said))


def _no_longer(context: Context, reader: Person, taken: Taken) -> None:
    if reader.id == context.person.id or not reader.active:
        return
    with speaking(reader.language):
        words = _("You no longer stand in for {name}.", name=taken.person.name)
        context.tell(reader.id, reply(words))
