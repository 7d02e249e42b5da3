"""The list of what is to be done, each with a button that strikes it off."""

from collections.abc import Mapping, Sequence

from bot.answers import NUMBER
from bot.answers.repeats import rhythm
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join, plain
from bot.messages import Button, Buttons, Reply, reply
from bot.phrases import _, label, marked, shortened
from handlers.undo import undo
from services import reminders
from services.understanding.facts import Topic
from storage.models import Person, Reminder, Role

SHOWN = 140
NAMED = 24
"""How much of what is to be done its button repeats."""


class Reminders(Form):
    """See what you have to do."""


@command("reminders", "todo", "待办", allow=Role.REP, order=45, answers=Topic.TODAY)
async def show_reminders(context: Context, _form: Reminders) -> Reply:
    """What one has to do, the earliest first, each with a button; also for who is away."""
    return await _list(context, await reminders.open_of(context.work, context.person))


async def _list(context: Context, found: Sequence[Reminder], *above: str | Button) -> Reply:
    if not found:
        nothing = _("Nothing to do. “Remind me to call Acme tomorrow at 9” puts something here.")
        return reply(*above, nothing)
    said = [each for each in above if isinstance(each, str)]
    others = [each for each in above if isinstance(each, Button)]
    whose = await reminders.others(context.work, context.person)
    return reply(
        *said,
        Markdown(f"*{_('To do')}*"),
        *(_line(context, each, whose) for each in found),
        Buttons((*done_buttons(context, found), *others)),
    )


def done_buttons(
    context: Context, found: Sequence[Reminder], *, single: bool = True
) -> tuple[Button, ...]:
    """A button for each that strikes it off, told apart by what they say."""
    named = [shortened(_short(each), NAMED) for each in found]
    return tuple(
        Button(
            f"✓ {name}{_when(context, each) if named.count(name) > 1 else ''}",
            strike_off.call(reminder=each.id, due=_stamp(each)),
            single=single,
        )
        for name, each in zip(named, found, strict=True)
    )


def _line(context: Context, reminder: Reminder, whose: Mapping[int, Person]) -> Markdown:
    """One reminder, its time first; what is overdue says so, and what is somebody else's."""
    at = context.spelled(reminder.due_at, all_day=reminder.all_day)
    said: list[str] = [Markdown(f"*{join('', [at])}*")]
    if reminders.is_over(reminder, context.read_at or context.now, context.zone):
        said.append(_("overdue"))
    if reminder.rule:
        said.append(rhythm(reminder.rule))
    if other := whose.get(reminder.person_id):
        said.append(_("for {name}", name=other.name))
    if reminder.account:
        said.append(reminder.account.name)
    said.append(what(reminder))
    return Markdown(f"– {join(' · ', said)}")


def what(reminder: Reminder) -> str:
    """What is to be done, in short."""
    return shortened(reminder.text, SHOWN) or _("Follow up")


def _stamp(reminder: Reminder) -> int:
    """Which time of one that comes again a button strikes off."""
    return int(reminder.due_at.timestamp())


def _short(reminder: Reminder) -> str:
    """What its button says: what is to be done, or whom it is about and by when."""
    return reminder.text or (reminder.account.name if reminder.account else label("Follow up"))


def _when(context: Context, reminder: Reminder) -> str:
    """What tells two alike apart."""
    return f" · {plain(context.when(reminder.due_at, all_day=reminder.all_day))}"


class StrikeOff(Form):
    """Strike something off the list of what you have to do."""

    reminder: int | None = ask(
        marked("Which one?"), NUMBER, label=marked("To do"), default=None, loose=False
    )
    due: int | None = ask(
        marked("When is it due?"),
        NUMBER,
        label=marked("When"),
        default=None,
        loose=False,
        asked=False,
    )


@command("done", allow=Role.REP)
async def strike_off(context: Context, form: StrikeOff) -> Reply:
    """Strike one off, and show what is left in the card's place."""
    if form.reminder is None:
        return await _list(context, await reminders.open_of(context.work, context.person))
    done = await reminders.finish(
        context.work, context.person, form.reminder, due=form.due, now=context.now
    )
    left = await reminders.open_of(context.work, context.person)
    change = context.work.author.change_id
    said = _("Done: {what}", what=what(done))
    if done.done_at is None:
        at = context.spelled(done.due_at, all_day=done.all_day)
        said = _("Done: {what}. It comes again {at}.", what=what(done), at=at)
    if change is None:
        said = _("Done already: {what}", what=what(done))
    takes_back = Button(label("Undo"), undo.call(change=change)) if change else None
    card = await _list(context, left, said, *([takes_back] if takes_back else []))
    return Reply(card.blocks, edit=True)
