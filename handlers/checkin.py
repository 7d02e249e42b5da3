"""Checking in: a shared location, one tap, a logged visit."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.answers import ACCOUNT, POINT, SIGHTED
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.incoming import Location
from bot.markdown import Markdown
from bot.messages import Button, Buttons, Reply, reply
from bot.phrases import _, counted, label, marked, shortened
from handlers.accounts import show_account
from handlers.my_accounts import seen
from handlers.undo import undo
from handlers.visits import log_visit
from handlers.where import metres, where
from services import accounts, checkin
from services.checkin import Around, Fix, Near, Point, Sighted
from services.times import start_of_month
from storage.models import Account, Role, Verdict, Visit

TAP_WITHIN = timedelta(hours=1)
REMEMBER_WITHIN = timedelta(minutes=15)
"""How long a place that may be remembered is kept at all."""
NAMED = 24
LIKELY = 6


class Here(Form):
    """Log a visit from where you are."""


@command("here", "签到", allow=Role.REP, takes="location", order=12)
async def arrived(context: Context, _form: Here) -> Reply:
    """A shared place offers the nearest of one's accounts; the place itself is not kept."""
    location = context.message.location if context.message else None
    if location is None:
        return await _without(context)
    fix = _fix(location, context.now)
    around = await checkin.around(context.work, context.person, fix)
    if not (around.near or around.unplaced):
        return await _without(context)
    return reply(
        Markdown(f"*{_('Where are you?')}*"),
        _doubted(around.fault),
        _("I keep how near you are, not where."),
        Buttons(tuple(_tap(context, each) for each in (*around.near, *around.unplaced))),
        *_teaching(around, fix),
        Button(label("Another one"), log_visit.ask()),
    )


async def _without(context: Context) -> Reply:
    """Nothing to measure by: the accounts that are likely, and a form for the others."""
    recent = await accounts.likely(context.work, context.person, LIKELY)
    if not recent:
        return reply(_("You have no accounts yet. Your first visit adds one: /visit"))
    shared = context.message is not None and context.message.location is not None
    return reply(
        _("Whom are you visiting?"),
        None if shared else _("Share your location, where your app can, and I find the nearest."),
        *(Button(each.name, log_visit.call(account=each)) for each in recent),
        Button(label("Another one"), log_visit.ask()),
    )


def _fix(location: Location, sent_at: datetime) -> Fix:
    return Fix(
        Point(location.latitude, location.longitude),
        sent_at.replace(microsecond=0),  # as a button keeps it
        location.accuracy,
        location.picked,
        location.measured_at,
    )


def _doubted(fault: Verdict | None) -> Markdown | None:
    """Why the location is marked, and what to do for one that is not."""
    match fault:
        case None:
            return None
        case Verdict.PICKED:
            return _("That place wasn't measured by your phone, so the visit is marked.")
        case Verdict.STALE:
            return _("That location is older than ten minutes, so the visit is marked.")
        case Verdict.VAGUE:
            return _("Your phone isn't sure where it is, so the visit is marked.")
        case _:
            return _("That's far from your last check-in for the time, so the visit is marked.")


def _tap(context: Context, near: Near) -> Button:
    """“Acme · 120 m · 12 days ago”."""
    parts = [shortened(near.name, NAMED)]
    if near.sighted.distance is not None:
        parts.append(metres(near.sighted.distance))
    parts.append(seen(context, near.seen_at))
    then = check_in.call(account=near, sighted=near.sighted)
    return Button(" · ".join(parts), then, lives=TAP_WITHIN)


def _teaching(around: Around, fix: Fix) -> Iterator[str | Buttons]:
    """What may learn this place, on a button that says so; never from a doubtful one."""
    if not (around.teaches and around.unplaced):
        return
    yield _("“… is here” logs the visit and remembers the place for everyone who visits them.")
    yield Buttons(
        tuple(
            Button(
                label(
                    "{account} is here: remember this place", account=shortened(each.name, NAMED)
                ),
                remember.call(account=each, point=(fix.point, fix.sent_at)),
                lives=REMEMBER_WITHIN,
            )
            for each in around.unplaced
        )
    )


class CheckIn(Form):
    """Check in with a customer where you are."""

    account: Account = ask(
        marked("Which customer was it?"), ACCOUNT, label=marked("Account"), loose=False
    )
    sighted: Sighted = ask(
        marked("Where are you?"), SIGHTED, label=marked("Location"), loose=False, asked=False
    )


@command("checkin", allow=Role.REP)
async def check_in(context: Context, form: CheckIn) -> Reply:
    """Log the visit, with how near its rep was."""
    logged = await checkin.check_in(context.work, context.person, form.account, form.sighted)
    month = (
        counted("{count} visit this month.", "{count} visits this month.", logged.this_month)
        if logged.visit.at >= start_of_month(context.now, context.zone)
        else None
    )
    return _logged(context, form.account, logged.visit, month)


class Remember(Form):
    """Remember where a customer is."""

    account: Account = ask(
        marked("Which customer was it?"), ACCOUNT, label=marked("Account"), loose=False
    )
    point: tuple[Point, datetime] = ask(
        marked("Where are you?"), POINT, label=marked("Location"), loose=False, asked=False
    )


@command("learnplace", allow=Role.REP)
async def remember(context: Context, form: Remember) -> Reply:
    """Keep the place with the account, and the visit with it."""
    point, at = form.point
    visit, _new = await checkin.remember(context.work, context.person, form.account, point, at=at)
    words = _("Remembered where *{account}* is.", account=form.account.name)
    return _logged(context, form.account, visit, words)


def _logged(context: Context, account: Account, visit: Visit, more: str | None) -> Reply:
    at = context.when(visit.at)
    return reply(
        _("Logged: *{account}*, {at}.", account=account.name, at=at),
        where(visit) or None,
        more,
        _("A photo you send now is kept with it."),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("Account"), show_account.call(account=account), single=False),
    )
