"""What people say about deals, and what a visit says about them."""

from datetime import date
from typing import Protocol

from bot.answers import ACCOUNT_OR_NEW
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown
from bot.messages import Button, Call, Fields, Reply, reply
from bot.phrases import _, label, marked, money, shortened
from bot.words import STAGES
from handlers import asked
from handlers.accounts import show_account
from handlers.reminders import due_rows, follow_up, where_listed
from handlers.undo import undo
from services import deals
from services.deals import Money, Moved, NewDeal
from storage.models import Account, Deal, Role, Stage

NAMED = 60
ECHOED = 300


class SaysDeal(Protocol):
    """A form that may say something about a deal."""

    @property
    def account(self) -> Account: ...
    @property
    def deal(self) -> Deal | NewDeal | None: ...
    @property
    def stage(self) -> Stage | None: ...
    @property
    def amount(self) -> Money | None: ...


async def moved(context: Context, form: SaysDeal, note: str = "") -> Moved | None:
    """Do to a deal what a form says of it, if it says anything."""
    if not (form.stage or form.amount or form.deal):
        return None
    return await deals.move(
        context.work,
        context.person,
        form.account,
        form.deal,
        stage=form.stage,
        money=form.amount,
        note=note,
        currency=context.defaults.currency,
        now=context.now,
    )


def changes(done: Moved) -> list[tuple[str, str]]:
    """What a deal is now, and what it was where that is something else."""
    deal = done.deal
    stage: str = _(STAGES[Stage(deal.stage)])
    if done.stage and done.stage != deal.stage:
        stage = _("{before} → {after}", before=_(STAGES[done.stage]), after=stage)
    rows: list[tuple[str, str]] = [(_("Stage"), stage)]
    now = Money(deal.amount, deal.currency)
    amount = money(now.minor, now.currency)
    if done.money and done.money.minor and done.money != now:
        before = money(done.money.minor, done.money.currency)
        amount = _("{before} → {after}", before=before, after=amount)
    return [*rows, (_("Amount"), amount)] if now.minor else rows


def deal_rows(done: Moved | None) -> list[tuple[str, str]]:
    """A deal that a visit moved, named."""
    if done is None:
        return []
    name = shortened(done.deal.name, NAMED)
    new = done.stage is None
    said = label("{deal} (new)", deal=name) if new else name
    return [(_("Deal"), said), *changes(done)]


def headline(account: Account, done: Moved) -> Markdown:
    """What has become of a deal, in a line."""
    names = dict.fromkeys((shortened(done.deal.name, NAMED), account.name))
    deal = " · ".join(names)
    if done.deal.stage == Stage.WON:
        return _("Well done. Deal won: *{deal}*.", deal=deal)
    if done.deal.stage == Stage.LOST:
        return _("Deal lost: *{deal}*.", deal=deal)
    if done.stage is None:
        return _("New deal: *{deal}*.", deal=deal)
    return _("Deal updated: *{deal}*.", deal=deal)


class UpdateDeal(Form):
    """Open a deal, or move it on."""

    account: Account = ask(
        marked("Which customer is it with?"),
        ACCOUNT_OR_NEW,
        label=marked("Account"),
        hint=marked("Acme"),
    )
    deal: Deal | NewDeal | None = asked.which_deal()
    stage: Stage | None = asked.stage(asked=True)
    amount: Money | None = asked.amount(asked=True)
    product: str = asked.product()
    note: str = asked.note(asked=False)
    next_step: str = asked.next_step(asked=False)
    follow_up: date | None = asked.follow_up()


@command(
    "deal",
    "d",
    "商机",
    allow=Role.REP,
    order=30,
    examples=(marked("/deal {account}, proposal, 50k"),),
)
async def update_deal(context: Context, form: UpdateDeal) -> Reply | Call:
    """Move it, and say what it was and what it is now; with nothing said, show what is open."""
    done = await moved(context, form, form.note)
    if done is None:
        return show_account.call(account=form.account)
    reminder = await follow_up(context, form)
    return reply(
        headline(form.account, done),
        Fields((*changes(done), *_said(form), *due_rows(context, reminder))),
        where_listed(reminder),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("Account"), show_account.call(account=form.account), single=False),
    )


def _said(form: UpdateDeal) -> list[tuple[str, str]]:
    named = ((_("Note"), form.note), (_("Next"), form.next_step))
    return [(name, shortened(said, ECHOED)) for name, said in named if said]
