"""The list of one's own accounts."""

from datetime import datetime

from bot.answers import NUMBER
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown
from bot.messages import Button, Reply, reply
from bot.phrases import _, counted, label, marked
from handlers.accounts import show_account
from services import portfolio
from services.times import wall
from storage.models import Role


class MyAccounts(Form):
    """See your customers, those visited last first."""

    page: int | None = ask(
        marked("Which page?"), NUMBER, label=marked("Page"), default=None, loose=False
    )


@command("accounts", "我的客户", "客户列表", allow=Role.REP, order=22)
async def my_accounts(context: Context, form: MyAccounts) -> Reply:
    """A page of them, each with when it was seen."""
    page = await portfolio.own(context.work, context.person, form.page or 0)
    if not page.accounts:
        return _none(context)
    more = page.following
    return reply(
        Markdown(f"*{counted('{count} customer', '{count} customers', page.total)}*"),
        *(
            _("• {account} · {seen}", account=each.name, seen=seen(context, each.seen_at))
            for each in page.accounts
        ),
        Button(label("Find a customer"), show_account.ask(), single=False),
        Button(label("More"), my_accounts.call(page=more), single=False) if more else None,
    )


def _none(context: Context) -> Reply:
    """Who has people has theirs to look up; to a rep the first visit brings one."""
    if context.person.role < Role.MANAGER:
        return reply(_("You have no accounts yet. Your first visit adds one: /visit"))
    return reply(
        _("None of the customers is your own."),
        _("Look up one of your people's with /account and its name. Who has how many is in /org."),
        Button(label("Find a customer"), show_account.ask(), single=False),
    )


def seen(context: Context, at: datetime | None) -> str:
    """How long ago somebody was there, in days."""
    if at is None:
        return _("not visited yet")
    here = (wall(each, context.zone).date() for each in (context.now, at))
    days = (next(here) - next(here)).days
    if days <= 0:
        return _("today")
    return counted("{count} day ago", "{count} days ago", days)
