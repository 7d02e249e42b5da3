"""Erasing a contact or a person for good: what goes, what stays, and the tap that does it."""

from collections.abc import Iterator, Mapping, Sequence
from secrets import token_bytes

from bot.answers import NUMBER
from bot.answers.handing import Everything
from bot.answers.subjects import SUBJECT, placed
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown
from bot.messages import Button, Fields, Reply, reply
from bot.phrases import _, counted, label, listed, marked, shortened
from handlers.assign import assign
from services import erasure
from services.erasure import CONTACTS, Outlook, Subject
from storage.models import Role

SURE, DONE = 1, 2
NAMED = 40
LISTED = 5
NOTES = {
    CONTACTS: marked("Erased a contact. Evidence: {evidence}"),
    erasure.PEOPLE: marked("Erased a person. Evidence: {evidence}"),
}


class Erase(Form):
    """Erase what is known of a contact or a person."""

    who: Subject = ask(marked("Who is to be erased?"), SUBJECT, label=marked("Who"))
    step: int = ask(
        marked("Are you sure?"), NUMBER, label=marked("Step"), default=0, loose=False, asked=False
    )


@command("erase", "删除个人信息", allow=Role.REP, order=150)
async def erase(context: Context, form: Erase) -> Reply:
    """Show what erasing would do, ask once more, then do it; there is no undo."""
    found = await erasure.outlook(context.work, form.who)
    if form.step < SURE or found.owned:
        return await _preview(context, found)
    if form.step < DONE:
        return _confirm(form.who)
    done = await erasure.erase(
        context.work, context.person, form.who, randomness=token_bytes, now=context.now
    )
    await context.work.note(NOTES[form.who.noun], evidence=done.evidence)
    return reply(
        _("Erased. What is left is this hash, which tells nothing about anybody:"),
        Markdown(f"`{done.evidence}`"),
        _("It was taken out of: {what}.", what=listed(_counts(done.counts))),
        _("Backups made before still have it: throw them away in time."),
        edit=True,
    )


def _counts(counts: Mapping[str, int]) -> Iterator[str]:
    """How much was erased, the most telling first."""
    texts = sum(counts.get(each, 0) for each in ("visits", "reminders", "deals", "claims"))
    sent = sum(counts.get(each, 0) for each in ("deliveries", "inbox"))
    if texts:
        yield counted("{count} text", "{count} texts", texts)
    if sent:
        yield counted("{count} message", "{count} messages", sent)
    if counts.get("entries"):
        yield counted(
            "{count} line of the journal", "{count} lines of the journal", counts["entries"]
        )
    yield counted("{count} row in all", "{count} rows in all", sum(counts.values()))


async def _preview(context: Context, found: Outlook) -> Reply:
    who = found.subject
    title = _("*Erase {name}?*", name=shortened(placed(who), NAMED))
    if found.owned:
        return reply(title, *await _in_the_way(context, found))
    return reply(
        title,
        Fields(
            (
                (_("What goes"), _goes(who)),
                (_("What stays"), _stays(found)),
                (_("Out of reach"), _("what stands in chats already, and backups")),
            )
        ),
        _("They can't sign in from that moment on.") if who.active else None,
        _("This can't be undone."),
        Button(label("Erase…"), erase.call(who=who, step=SURE)),
    )


async def _in_the_way(context: Context, found: Outlook) -> Sequence[str | Button]:
    """The customers that somebody else has to have first."""
    names = [shortened(each, NAMED) for each in found.owned[:LISTED]]
    more = len(found.owned) - len(names)
    if more:
        names.append(counted("{count} other", "{count} others", more))
    person = await context.work.people.get(found.subject.id)
    return (
        _("They still have customers. Hand these over first:"),
        listed(names),
        Button(label("Hand over"), assign.call(account=Everything(person)), single=False),
        Button(label("Then erase"), erase.call(who=found.subject), single=False),
    )


def _goes(who: Subject) -> str:
    if who.noun == CONTACTS:
        return _("name, phone and title, in every note, to-do, message and in the journal")
    return _(
        "name, accounts, settings, absences, own to-dos, their messages; "
        "the name in every note, message and in the journal"
    )


def _stays(found: Outlook) -> str:
    if found.subject.noun == CONTACTS:
        return counted(
            "{count} visit and its date, without the name",
            "{count} visits and their dates, without the name",
            found.visits,
        )
    return counted(
        "{count} visit, which is the company's, as {number}'s",
        "{count} visits, which are the company's, as {number}'s",
        found.visits,
        number=erasure.marker(found.subject.id),
    )


def _confirm(who: Subject) -> Reply:
    return reply(
        _("Erase *{name}* for good? Nobody can bring it back.", name=shortened(who.name, NAMED)),
        Button(label("Erase for good"), erase.call(who=who, step=DONE)),
        Button(label("Back"), erase.call(who=who)),
        edit=True,
    )
