"""Taking back what one did, and bringing it back."""

from collections.abc import Sequence
from datetime import datetime

from bot.answers import NUMBER
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.messages import Button, Reply, reply
from bot.phrases import _, counted, label, marked, shortened, speaking
from handlers import concerned, reopened, returned
from handlers.undone import of_company, so_again
from services import history
from services.errors import CannotBringBack, ChangedSince
from services.history import Undone
from storage.models import Account, Contact, Deal, Role
from storage.models.journal import Entry

NAMED = 60
PLAIN = {"retentions": marked("how long things are kept")}
"""Changes that are called the same whatever is in them."""


class Undo(Form):
    """Take back the last thing you did."""

    change: int | None = ask(
        marked("Which change?"), NUMBER, label=marked("Change"), default=None, loose=False
    )


@command("undo", "撤销", "撤回", allow=Role.REP, order=50)
async def undo(context: Context, form: Undo) -> Reply:
    """Take back the last change, or the one whose card has the button."""
    undone = await _undo(context, form.change)
    with speaking(context.person.language):  # the change may have been of the language
        return reply(
            await so_again(context, undone.entries)
            or _("Undone: {what}.", what=await _named(context, undone)),
            await reopened.noted(context, undone.entries),
            Button(label("Redo"), redo.call(change=context.work.change_id)),
            edit=form.change is not None,
        )


class Redo(Form):
    """Bring back what you undid."""

    change: int | None = ask(
        marked("Which change?"), NUMBER, label=marked("Change"), default=None, loose=False
    )


@command("redo", "恢复", allow=Role.REP)
async def redo(context: Context, form: Redo) -> Reply:
    """Undo an undo; only its button says which."""
    if form.change is None:
        return reply(_("Press Redo on the card of what you undid."))
    try:
        undone = await _undo(context, form.change, concerned.TAKEN_IN)
    except ChangedSince as error:
        raise CannotBringBack from error
    with speaking(context.person.language):
        return reply(
            _("Brought back: {what}.", what=await _named(context, undone)),
            Button(label("Undo"), undo.call(change=context.work.change_id)),
            edit=True,
        )


async def _undo(
    context: Context, change: int | None, phrase: str = concerned.TAKEN_BACK
) -> Undone:
    """Take it back, if its command may still be given by who gave it."""

    def role_for(name: str) -> Role:
        found = context.book.by_word.get(name)
        return found.allow if found else Role.REP

    undone = await history.undo(
        context.work, context.person, change, now=context.now, role_for=role_for
    )
    await returned.tell(context, undone.entries)
    await concerned.tell(context, undone.concerned, phrase)
    return undone


async def _named(context: Context, undone: Undone) -> str:
    if undone.rows:
        return counted("{count} imported row", "{count} imported rows", undone.rows)
    return await _what(context, undone.entries)


async def _what(context: Context, entries: Sequence[Entry]) -> str:
    """A change in a person's words, by the most telling of its rows."""
    by_noun = {entry.noun: entry for entry in entries}
    company = await of_company(context, entries)
    if said := company or await _between(context, entries, by_noun):
        return said
    if "visits" in by_noun:
        return await _visit(context, by_noun)
    if handed := [each for each in entries if each.noun == "accounts" and _is_handed(each)]:
        return await _handed(context, handed)
    if leave := by_noun.get("leaves"):
        return await _leave(context, leave)
    if deal := by_noun.get("deals"):
        return _("deal {name}", name=await _name(context, deal))
    if reminder := by_noun.get("reminders"):
        text = str((await _whole(context, reminder)).get("text") or label("Follow up"))
        return _("to do: {text}", text=shortened(text, NAMED))
    if attachment := by_noun.get("attachments"):
        return _("{name}, kept with a visit", name=_row(attachment).get("name", ""))
    if contact := by_noun.get("contacts"):
        return _("contact {name}", name=await _name(context, contact))
    if account := by_noun.get("accounts"):
        return _("account *{account}*", account=await _name(context, account))
    return next((_(PLAIN[noun]) for noun in by_noun if noun in PLAIN), _("settings"))


def _is_handed(entry: Entry) -> bool:
    """Whether an account has another owner by it, rather than being new or gone."""
    return None not in (entry.before, entry.after) and "owner_id" in _row(entry)


async def _handed(context: Context, entries: Sequence[Entry]) -> str:
    """Accounts that went over, and to whom."""
    to = await context.work.people.get(int(str(_row(entries[0])["owner_id"])))
    if len(entries) == 1:
        account = await _name(context, entries[0])
        return _("handing *{account}* over to {name}", account=account, name=to.name)
    return counted(
        "handing {count} customer over to {name}",
        "handing {count} customers over to {name}",
        len(entries),
        name=to.name,
    )


async def _leave(context: Context, entry: Entry) -> str:
    number = (await _whole(context, entry))["person_id"]
    person = await context.work.people.get(int(str(number)))
    return _("leave of {name}", name=person.name)


async def _visit(context: Context, by_noun: dict[str, Entry]) -> str:
    row = await _whole(context, by_noun["visits"])
    account = by_noun.get("accounts")
    new = account if account and None in (account.before, account.after) else None
    account_id = int(str(row["account_id"]))
    name = _row(new)["name"] if new else await context.work.accounts.name(account_id)
    said = {
        "account": shortened(str(name or "?"), NAMED),
        "at": context.when(
            datetime.fromisoformat(str(row["at"])), all_day=bool(row.get("all_day"))
        ),
    }
    if new:
        return _("visit to *{account}*, {at}, and the account with it", **said)
    if "deals" in by_noun:
        return _("visit to *{account}*, {at}, and what it did to the deal", **said)
    return _("visit to *{account}*, {at}", **said)


async def _between(context: Context, entries: Sequence[Entry], by_noun: dict[str, Entry]) -> str:
    """What was done between two accounts, or two people about one; nothing else."""
    if merged := _merged(entries):
        return _("merge of *{account}*", account=await _name(context, merged))
    if claim := by_noun.get("claims"):
        number = int(str((await _whole(context, claim))["account_id"]))
        name = await context.work.accounts.name(number)
        return _("claim to *{account}*", account=shortened(name or "?", NAMED))
    return ""


def _merged(entries: Sequence[Entry]) -> Entry | None:
    """The account that went into another one, if what it had was moved there."""
    moved = any(each.before and "account_id" in (each.after or {}) for each in entries)
    gone = (e for e in entries if e.noun == "accounts" and (e.before is None or e.after is None))
    return next(gone, None) if moved else None


def _row(entry: Entry) -> dict[str, object]:
    return entry.after or entry.before or {}


async def _whole(context: Context, entry: Entry) -> dict[str, object]:
    """A changed row's entry has its changed columns alone; the rest is in the table."""
    stored = await context.work.history.row(entry)
    return {**(vars(stored) if stored else {}), **_row(entry)}


async def _name(context: Context, entry: Entry) -> str:
    if named := _row(entry).get("name"):
        return shortened(str(named), NAMED)
    stored = await context.work.history.row(entry)
    return shortened(stored.name, NAMED) if isinstance(stored, (Account, Contact, Deal)) else "?"
