"""Who is away and when, and who stands in for them."""

from collections import Counter
from collections.abc import Iterator

from bot.answers import AWAY, DAYS_OFF, DEPUTY, NUMBER, PERSON
from bot.answers.handing import Absentee
from bot.commands import Context, Response, command
from bot.forms import Form, ask
from bot.markdown import Markdown
from bot.messages import Button, Buttons, Call, Reply, reply
from bot.phrases import _, dated, label, marked
from handlers import absence
from handlers.away import in_words, spanned
from handlers.undo import undo
from services import leaves
from services.leaves import Days, Taken, today_of
from storage.models import Leave, Person, Role


class Leaves(Form):
    """Say when you are away and who stands in, or see who is."""

    days: Days | None = ask(
        marked("From when to when?"), DAYS_OFF, label=marked("Days"), default=None
    )
    person: Person | None = ask(
        marked("Who is away?"), PERSON, label=marked("Person"), also="who, 谁", default=None
    )
    deputy: Person | None = ask(
        marked("Who stands in?"),
        DEPUTY,
        label=marked("Deputy"),
        also="cover, 代理, 代班",
        default=None,
    )


@command(
    "leave",
    "away",
    "请假",
    "休假",
    allow=Role.REP,
    order=120,
    examples=(marked("/leave 1–14 Dec"), marked("/leave next week, deputy Ben")),
)
async def show_leaves(context: Context, form: Leaves) -> Response:
    """With anything said, keep it; alone, what there is."""
    if form.days or form.person or form.deputy:
        person = form.person and Absentee(form.person)
        return take_leave.call(days=form.days, person=person, deputy=form.deputy)
    return await _overview(context)


async def _overview(context: Context) -> Reply:
    own = await leaves.of_person(context.work, context.person, now=context.now)
    others = await leaves.of_people(context.work, context.person, now=context.now)
    stood = await leaves.stood_in_for(context.work, context.person)
    parts: list[str | Buttons] = [Markdown(f"*{_('Your leave')}*")]
    parts += [part for each in own for part in _own(context, each)]
    if not own:
        parts.append(_("• None. “/leave 1–14 Dec, deputy Ben” puts one down."))
    if stood:
        parts.append(Markdown(f"\n*{_('You stand in for')}*"))
        parts += [_line(context, each) for each in stood]
    if context.person.role >= Role.MANAGER:
        parts.append(Markdown(f"\n*{_('Your people, the next month')}*"))
        shown = others[: leaves.LISTED]
        parts += [_line(context, each) for each in shown] or [_("• Everybody is there.")]
        parts += [_("That isn't all.")] if len(others) > len(shown) else []
        parts += [Buttons(tuple(_changes(context, shown)))] if shown else []
    return reply(*parts, Button(label("New leave"), take_leave.ask(), single=False))


def _own(context: Context, leave: Leave) -> Iterator[str | Buttons]:
    """One of one's own, and what can be done about it."""
    yield _("• {leave}", leave=in_words(context, leave))
    yield Buttons(tuple(buttons(context, leave)))


def _line(context: Context, leave: Leave) -> Markdown:
    return _("• {name}: {leave}", name=leave.person.name, leave=in_words(context, leave))


def _changes(context: Context, found: list[Leave]) -> Iterator[Button]:
    several = Counter(each.person_id for each in found)
    for each in found:
        words = label("Change: {name}", name=each.person.name)
        if several[each.person_id] > 1:
            since = dated(each.starts_on, today_of(context.person, context.now))
            words = label("Change: {name}, {since}", name=each.person.name, since=since)
        yield Button(words, one_leave.call(leave=each.id), single=False)


def buttons(context: Context, leave: Leave) -> Iterator[Button]:
    """What can still be changed of a leave."""
    today = today_of(leave.person, context.now)
    yield Button(label("Change"), _change(leave, leave.person), single=False)
    if leave.starts_on <= today < leave.ends_on:
        yield Button(label("End today"), end_leave.call(leave=leave.id), single=False)
    if leave.starts_on >= today:
        yield Button(label("Cancel leave"), cancel_leave.call(leave=leave.id), single=False)


def _change(leave: Leave, person: Person) -> Call:
    """The questions of a leave once more."""
    return take_leave.ask(person=Absentee(person, leave.id))


class OneLeave(Form):
    """Change somebody's leave."""

    leave: int = ask(marked("Which leave?"), NUMBER, label=marked("Leave"), loose=False)


@command("absence", allow=Role.REP)
async def one_leave(context: Context, form: OneLeave) -> Reply:
    """One leave, with what can be done about it."""
    found = await leaves.get(context.work, context.person, form.leave, now=context.now)
    return reply(
        Markdown(f"*{_('{name} is away', name=found.person.name)}*"),
        in_words(context, found),
        *buttons(context, found),
    )


class TakeLeave(Form):
    """Put down when somebody is away, and who stands in."""

    days: Days = ask(
        marked("From when to when?"), DAYS_OFF, label=marked("Days"), hint=marked("1–14 Dec")
    )
    person: Absentee | None = ask(
        marked("Who is away?"), AWAY, label=marked("Person"), default=None, asked=False
    )
    deputy: Person | None = ask(
        marked("Who stands in? They see the accounts and the list meanwhile."),
        DEPUTY,
        label=marked("Deputy"),
        default=None,
    )


@command("takeleave", allow=Role.REP)
async def take_leave(context: Context, form: TakeLeave) -> Reply:
    """Keep it, or change the one whose card has the button."""
    work, asker, now = context.work, context.person, context.now
    whose = form.person or Absentee(asker)
    if whose.leave_id is not None:
        taken = await leaves.change(work, asker, whose.leave_id, form.days, form.deputy, now=now)
    else:
        person = whose.person
        taken = await leaves.take(work, asker, person, form.days, form.deputy, now=now)
    await absence.tell(context, taken, absence.Done.TAKEN)
    return _kept(context, taken)


def _kept(context: Context, taken: Taken) -> Reply:
    leave, person = taken.leave, taken.person
    today = today_of(person, context.now)
    days = spanned(leave, today)
    own = person.id == context.person.id
    return reply(
        _("You're away {days}.", days=days)
        if own
        else _("{name} is away {days}.", name=person.name, days=days),
        _stands_in(context, taken),
        *(_absent(context, each) for each in taken.absent),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("Change"), _change(leave, person)),
        Button(label("Who is away"), show_leaves.call(), single=False),
    )


def _stands_in(context: Context, taken: Taken) -> Markdown:
    """What a deputy means, in a line."""
    if taken.deputy is None:
        return _("Nobody stands in.")
    until = dated(taken.leave.ends_on, today_of(context.person, context.now))
    return _(
        "{deputy} stands in: until {until} they see the accounts, the visits and the list.",
        deputy=taken.deputy.name,
        until=until,
    )


def _absent(context: Context, leave: Leave) -> Markdown:
    days = spanned(leave, today_of(context.person, context.now))
    return _("Mind that {name} is away too, {days}.", name=leave.person.name, days=days)


class EndLeave(Form):
    """End a leave today."""

    leave: int = ask(marked("Which leave?"), NUMBER, label=marked("Leave"), loose=False)


@command("endleave", allow=Role.REP)
async def end_leave(context: Context, form: EndLeave) -> Reply:
    """Today is its last day."""
    taken = await leaves.end_today(context.work, context.person, form.leave, now=context.now)
    if context.work.author.change_id is None:
        return reply(_("That leave ends today already."))
    await absence.tell(context, taken, absence.Done.ENDED)
    return reply(
        _("{name}'s leave ends today.", name=taken.person.name)
        if taken.person.id != context.person.id
        else _("Your leave ends today. Welcome back tomorrow."),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
    )


class CancelLeave(Form):
    """Cancel a leave that has not begun."""

    leave: int = ask(marked("Which leave?"), NUMBER, label=marked("Leave"), loose=False)


@command("cancelleave", allow=Role.REP)
async def cancel_leave(context: Context, form: CancelLeave) -> Reply:
    """It never was."""
    taken = await leaves.cancel(context.work, context.person, form.leave, now=context.now)
    await absence.tell(context, taken, absence.Done.CANCELLED)
    days = spanned(taken.leave, today_of(context.person, context.now))
    return reply(
        _("Cancelled: the leave of {name}, {days}.", name=taken.person.name, days=days)
        if taken.person.id != context.person.id
        else _("Cancelled: your leave, {days}.", days=days),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
    )
