"""Handing over accounts, one or all that somebody has."""

from collections.abc import Iterator

from bot.answers import GOODS, RECIPIENT
from bot.answers.handing import Everything, One
from bot.answers.people import PersonKind
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join
from bot.messages import Button, Fields, Reply, reply
from bot.phrases import _, counted, label, listed, marked, money, shortened, speaking
from handlers.accounts import show_account
from handlers.handed import tell_new, tell_old
from handlers.undo import undo
from services import handover
from services.handover import Going, HandedOver
from storage.models import Person, Role

NAMED = 3
"""How many of the accounts are named before they go."""
SHOWN = 40


class Assign(Form):
    """Hand over a customer, or all that somebody has."""

    account: One | Everything = ask(
        marked("Which customer goes over? Or all of somebody's."),
        GOODS,
        label=marked("Account"),
        also="customer, what, 客户",
        hint=marked("Acme, or all of Ana's"),
    )
    to: Person = ask(
        marked("To whom?"), RECIPIENT, label=marked("To"), also="给, 接手", hint=marked("Ben")
    )
    person: Person | None = ask(
        marked("Whose customers are they?"),
        PersonKind(gone=True),
        label=marked("From"),
        default=None,
        loose=False,
        asked=False,
    )


@command(
    "assign",
    "handover",
    "分配",
    "移交",
    allow=Role.MANAGER,
    order=115,
    examples=(marked("/assign {account} to Ben"), marked("/assign all of Ana's to Ben")),
)
async def assign(context: Context, form: Assign) -> Reply:
    """One account goes over at once; all of somebody's once it was seen what that is."""
    if isinstance(form.account, Everything):
        return await _everything(context, form.account, form.to)
    one = form.account
    handed = await handover.one(
        context.work, context.person, one.account, form.to, of=one.owner_id
    )
    _tell(context, handed, form.to)
    account = handed.going.accounts[0]
    return reply(
        _("*{account}* is {name}'s now.", account=account.name, name=form.to.name),
        _with(handed.going),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("Account"), show_account.call(account=account), single=False),
    )


async def _everything(context: Context, all_of: Everything, to: Person) -> Reply:
    """Show what goes, or hand it over if that is what was seen."""
    person, seen = all_of.person, all_of.seen
    found = await handover.everything(context.work, context.person, person, to, mark=seen)
    if isinstance(found, Going):
        return _shown(person, to, found, changed=seen is not None)
    _tell(context, found, to)
    count = len(found.going.accounts)
    said = counted(
        "{count} customer of {before}'s is {name}'s now.",
        "{count} customers of {before}'s are {name}'s now.",
        count,
        before=person.name,
        name=to.name,
    )
    return reply(
        said,
        _with(found.going),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
    )


def _shown(person: Person, to: Person, found: Going, *, changed: bool) -> Reply:
    """What would go, before it goes."""
    count, these = len(found.accounts), Everything(person, found.mark)
    goes = label("Hand over {count} customers", count=count)
    if count <= 1:
        goes = label("Hand over")
    return reply(
        _("That has changed meanwhile. This is what would go now:") if changed else None,
        Markdown(f"*{join(' → ', [person.name, to.name])}*"),
        Fields(tuple(_rows(found))),
        _("Past visits and closed deals stay with {name}.", name=person.name),
        Button(goes, assign.call(account=these, to=to), primary=True),
        Button(label("Choose another"), assign.call(account=Everything(person))),
    )


def _rows(found: Going) -> Iterator[tuple[str, str]]:
    names = [shortened(each.name, SHOWN) for each in found.accounts[:NAMED]]
    more = len(found.accounts) - len(names)
    if more > 0:
        names.append(_("and {count} more", count=more))
    if names:
        yield _("Customers"), _("{count}: {names}", count=len(found.accounts), names=listed(names))
    if found.deals:
        yield _("Open deals"), _worth(found)
    if found.reminders:
        yield _("To do"), str(len(found.reminders))


def _worth(found: Going) -> str:
    """How many open deals, and what they are worth in each currency."""
    sums = [money(each.minor, each.currency) for each in found.sums if each.minor]
    if not sums:
        return str(len(found.deals))
    return _("{count} ({sums})", count=len(found.deals), sums=listed(sums))


def _with(found: Going) -> Markdown | None:
    """What went with the accounts."""
    parts: list[str] = []
    if found.deals:
        deals = counted("{count} open deal", "{count} open deals", len(found.deals))
        sums = [money(each.minor, each.currency) for each in found.sums if each.minor]
        parts.append(_("{deals} ({sums})", deals=deals, sums=listed(sums)) if sums else deals)
    if found.reminders:
        parts.append(counted("{count} thing to do", "{count} things to do", len(found.reminders)))
    return _("With {parts}.", parts=listed(parts)) if parts else None


def _tell(context: Context, handed: HandedOver, to: Person) -> None:
    """The new owner and the old one hear of it, unless they did it themselves."""
    if to.id != context.person.id:
        with speaking(to.language):
            context.tell(to.id, tell_new(context, handed, to))
    before = handed.before
    if before.active and before.id not in {context.person.id, to.id}:
        with speaking(before.language):
            context.tell(before.id, tell_old(context, handed, to))
