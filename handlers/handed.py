"""What the new owner and the old one of accounts are told."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands import Context
from bot.markdown import Markdown, join
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, counted, day, label, listed, money, shortened
from bot.words import STAGES
from handlers.accounts import show_account
from services.handover import HandedOver, Known
from storage.models import Deal, Person, Reminder, Stage

TOLD = 90
"""How much of what somebody wrote is repeated."""
FEW = 3
"""How many deals, things to do and people of an account are told."""


def tell_new(context: Context, handed: HandedOver, to: Person) -> Reply:
    """What is theirs now, and what they have to know of it."""
    accounts = handed.going.accounts
    more = len(accounts) - len(handed.known)
    opens = (
        Button(label("Account"), show_account.call(account=accounts[0]), single=False)
        if len(accounts) == 1
        else Button(label("My customers"), Call("accounts"), single=False)
    )
    return reply(
        _yours(context, handed),
        *(line for each in handed.known for line in _account(context, each, to)),
        _("And {count} more, all of them in /accounts.", count=more) if more > 0 else None,
        opens,
    )


def _yours(context: Context, handed: HandedOver) -> Markdown:
    accounts = handed.going.accounts
    said = {"giver": context.person.name, "before": handed.before.name}
    if len(accounts) == 1:
        return _("{giver} has handed a customer over to you. It was {before}'s.", **said)
    return counted(
        "{giver} has handed {count} customer over to you. It was {before}'s.",
        "{giver} has handed {count} customers over to you. They were {before}'s.",
        len(accounts),
        **said,
    )


def tell_old(context: Context, handed: HandedOver, to: Person) -> Reply:
    """That it is no longer theirs."""
    said = {"giver": context.person.name, "name": to.name}
    accounts = handed.going.accounts
    if len(accounts) == 1:
        words = _(
            "{giver} has handed *{account}* over to {name}.", account=accounts[0].name, **said
        )
        return reply(words, _("Your visits there stay yours."))
    words = counted(
        "{giver} has handed {count} customer of yours over to {name}.",
        "{giver} has handed {count} customers of yours over to {name}.",
        len(accounts),
        **said,
    )
    return reply(words, _("Your visits there stay yours."))


def _account(context: Context, known: Known, to: Person) -> Iterator[Markdown]:
    """A few lines about one account, those alone that say something."""
    yield Markdown(f"\n*{join('', [known.account.name])}*")
    yield _last(context, known, to)
    if known.visit and known.visit.next_step:
        yield _("• Next: {step}", step=shortened(known.visit.next_step, TOLD))
    for deal in known.deals[:FEW]:
        yield _("• Deal: {deal}", deal=join(" · ", _deal(deal)))
    for reminder in known.reminders[:FEW]:
        yield _("• {at}: {what}", at=_when(context, reminder.due_at, to), what=_what(reminder))
    if known.contacts:
        people = (
            " · ".join(filter(None, (each.name, each.title, each.phone)))
            for each in known.contacts[-FEW:]
        )
        yield _("• Contacts: {people}", people=listed(people))


def _deal(deal: Deal) -> list[str]:
    worth = [money(deal.amount, deal.currency)] if deal.amount else []
    return [shortened(deal.name, TOLD), _(STAGES[Stage(deal.stage)]), *worth]


def _last(context: Context, known: Known, to: Person) -> Markdown:
    if known.visit is None:
        return _("• Not visited yet.")
    at = _when(context, known.visit.at, to)
    note = shortened(known.visit.note.replace("\n", " "), TOLD)
    said = [part for part in (at, known.visit.rep.name, note) if part]
    return _("• Last visit: {said}", said=join(" · ", said))


def _when(context: Context, at: datetime, to: Person) -> str:
    """A day as the reader's own calendar has it."""
    return day(at, ZoneInfo(to.zone), context.now)


def _what(reminder: Reminder) -> str:
    return shortened(reminder.text, TOLD) or _("Follow up")
