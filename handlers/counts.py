"""Counting: how many visits there were."""

from datetime import datetime, timedelta
from typing import Any

from bot.answers import ACCOUNT, DAYS, TEXT
from bot.commands import Context, command
from bot.forms import Form, InvalidAnswer, ask
from bot.markdown import Markdown
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, counted, dated, label, marked, shortened
from services import visits
from services.names import fold
from services.times import wall
from services.understanding.facts import Period, Topic
from storage.models import Account, Role

EVERYBODY = (
    "me, I, my, mine, we, us, our, my team, our team, the team, team, my people,"
    "我, 我的, 我们, 我们的, 团队, 我们团队, 我的团队, 大家, 全部"
)
"""What people call all that they may see."""
ALL = {fold(each) for each in EVERYBODY.split(",")}
COMPANY = {fold(each) for each in ("company", "the company", "公司", "全公司", "全国")}
NAMED = 40


class CountVisits(Form):
    """Count visits."""

    whose: str = ask(
        marked("To which customer?"),
        TEXT,
        label=marked("Account"),
        default="",
        loose=False,
        asked=False,
    )
    period: Period | None = ask(
        marked("Over which time?"), DAYS, label=marked("Period"), default=None
    )


@command("visits", "拜访次数", allow=Role.REP, answers=Topic.VISITS)
async def count_visits(context: Context, form: CountVisits) -> Reply:
    """A rep's own, a manager's team's, the whole company's; or those to one customer."""
    period = form.period or _this_month(context)
    account = await _account(context, form.whose)
    if form.whose and account is None and not _is_all(context, form.whose):
        return reply(
            _("I can't count “{whose}” apart yet.", whose=shortened(form.whose, NAMED)),
            Button(label("Help"), Call("help"), single=False),
        )
    count = await visits.count(
        context.work, context.person, period.start, period.end, account=account
    )
    last = _last_month(context)
    again = count_visits.call(whose=form.whose or None, period=last)
    return reply(
        _counted(context, count, _spelled(context, period), account),
        _("Calls and messages are counted, too.") if count else None,
        Button(label("Last month"), again, single=False) if period != last else None,
    )


def _is_all(context: Context, name: str) -> bool:
    """Whether a word means all that a person may see; the company is more than most may."""
    said = fold(name)
    return said in ALL or (said in COMPANY and context.person.role >= Role.HQ)


async def _account(context: Context, name: str) -> Account | None:
    if not name or _is_all(context, name):
        return None
    try:
        return await ACCOUNT.read(name, context.asking)
    except InvalidAnswer:
        return None


def _counted(context: Context, count: int, period: str, account: Account | None) -> Markdown:
    if account:
        return counted(
            "{count} visit to *{account}*, {period}.",
            "{count} visits to *{account}*, {period}.",
            count,
            account=account.name,
            period=period,
        )
    said: dict[str, Any] = {"count": count, "period": period}
    if context.person.role >= Role.HQ:
        return counted(
            "The company made {count} visit, {period}.",
            "The company made {count} visits, {period}.",
            **said,
        )
    if context.person.role >= Role.MANAGER:
        return counted(
            "Your team made {count} visit, {period}.",
            "Your team made {count} visits, {period}.",
            **said,
        )
    return counted(
        "You made {count} visit, {period}.", "You made {count} visits, {period}.", **said
    )


def _this_month(context: Context) -> Period:
    today = wall(context.now, context.zone).date()
    return Period(today.replace(day=1), today + timedelta(days=1))


def _last_month(context: Context) -> Period:
    end = wall(context.now, context.zone).date().replace(day=1)
    return Period((end - timedelta(days=1)).replace(day=1), end)


def _spelled(context: Context, period: Period) -> str:
    """A period by its first and last day, both with their weekday."""
    today = wall(context.read_at or context.now, context.zone).date()
    last = period.end - (timedelta(0) if isinstance(period.end, datetime) else timedelta(days=1))
    first = dated(period.start, today)
    return first if dated(last, today) == first else f"{first} – {dated(last, today)}"
