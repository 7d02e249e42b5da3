"""What becomes of photos, files and voice notes that come without a command."""

from bot.answers import NOTE, NUMBER
from bot.commands import REVIEW, Context, command
from bot.forms import Form, ask
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, counted, label, marked, shortened
from bot.voice import spoken, unheard
from handlers.undo import undo
from services import accounts, visits
from services.errors import NoVisitToday
from storage.models import Account, Role, Visit

ECHOED = 300
"""How much of a note the reply repeats."""


class Keep(Form):
    """Keep a photo or file with today's last visit."""

    note: str = ask(marked("What does it show?"), NOTE, label=marked("Note"), default="")
    visit: int | None = ask(
        marked("Which visit?"),
        NUMBER,
        label=marked("Visit"),
        default=None,
        loose=False,
        asked=False,
    )


@command("photo", "照片", allow=Role.REP, takes="file", keeps=True)
async def keep_files(context: Context, form: Keep) -> Reply | Call:
    """Files without a command belong to the visit logged last today; a caption joins its note.

    Those of a customer whom the caption names are never kept with another one's visit.
    """
    files = handles(context)
    if not files:
        return reply(_("Send a photo or file, and I'll keep it with today's last visit."))
    named = await _named(context, form.note) if form.visit is None else None
    try:
        visit = await visits.keep(
            context.work,
            context.person,
            files,
            note=form.note,
            account=named,
            visit_id=form.visit,
            now=context.now,
        )
    except NoVisitToday:
        if named:
            return Call("visit", {"account": str(named.id), "note": form.note, REVIEW: ""})
        if not spoken(context.files):
            raise
        return reply(*_not_kept(context, form))
    added = _("Added to its note: {note}", note=shortened(form.note, ECHOED)) if form.note else ""
    why = unheard(context.errands) if spoken(context.files) else None
    undoing = Button(label("Undo"), undo.call(change=context.work.change_id))
    return reply(kept(context, visit), added or why, undoing)


async def _named(context: Context, caption: str) -> Account | None:
    """The customer whom a caption names, if it is one that the sender works with."""
    found = await accounts.mentioned(context.work, context.person, caption)
    known = {m.match.accounts[0].id for m in found if m.match.certain and m.match.accounts[0].open}
    if len(known) != 1:
        return None
    return await accounts.get(context.work, context.person, known.pop())


def handles(context: Context) -> list[tuple[str, str, str, str]]:
    """The files that came with a message, as they are kept: platform, handle, name, media type."""
    platform = context.sender.platform
    return [(platform, file.ref, file.name, file.mime) for file in context.files]


def kept(context: Context, visit: Visit) -> str:
    """Which visit has the files that came."""
    said = {
        "account": visit.account.name,
        "at": context.when(visit.at, all_day=visit.all_day),
    }
    if spoken(context.files):
        return _("Kept your voice note with your visit to *{account}*, {at}.", **said)
    return counted(
        "Kept {count} file with your visit to *{account}*, {at}.",
        "Kept {count} files with your visit to *{account}*, {at}.",
        len(context.files),
        **said,
    )


def _not_kept(context: Context, form: Keep) -> tuple[str, str]:
    """A voice note that no visit of today can have: what was heard, or why nothing was."""
    if form.note:
        heard = shortened(form.note, ECHOED)
        return heard, _("I don't know what to do with that. Say which customer it is about.")
    return (
        unheard(context.errands),
        _("There's no visit from today to keep it with, either. Write me in a few words."),
    )
