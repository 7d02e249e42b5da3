"""Photos whose caption is of a deal or of something to do: only a visit can keep them."""

from bot.commands import Context
from bot.messages import Button, Reply, reply
from bot.phrases import _, counted, label
from handlers import understood
from handlers.attachments import handles, kept
from handlers.understood import Heard
from handlers.undo import undo
from handlers.visits import log_visit
from services import visits
from services.errors import NoVisitToday
from services.understanding.facts import Intent
from storage.models import Account

KEEP_NONE = frozenset({Intent.DEAL, Intent.REMINDER})


async def keep_beside(context: Context, heard: Heard) -> None:
    """Keep them with today's visit to that customer, or offer one; either way it is said."""
    if heard.facts.intent not in KEEP_NONE:
        return
    context.tell(context.person.id, await _kept_or_not(context, heard))


async def _kept_or_not(context: Context, heard: Heard) -> Reply:
    account = await understood.account(context, heard)
    if isinstance(account, Account):
        try:
            visit = await visits.keep(
                context.work, context.person, handles(context), account=account, now=context.now
            )
        except NoVisitToday:
            pass
        else:
            undoing = Button(label("Undo"), undo.call(change=context.work.change_id))
            return reply(kept(context, visit), undoing)
    words = counted(
        "I keep files with visits, so {count} file is not kept yet.",
        "I keep files with visits, so {count} files are not kept yet.",
        len(context.files),
    )
    logging = log_visit.review(account=account, at=context.now)
    return reply(words, Button(label("Log it as a visit"), logging))


def only_a_visit_keeps(context: Context) -> str | None:
    """What is said beside a button that puts a message with photos on the list."""
    if not any(not each.spoken for each in context.files):
        return None
    return _("Only a visit keeps what you sent with it; a to-do keeps your words alone.")
