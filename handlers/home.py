"""The page that is a person's own: what is to be done today, the month, and whom they met last."""

from collections.abc import Iterator, Mapping, Sequence

from bot.commands import Context, command
from bot.forms import Form
from bot.markdown import Markdown, join
from bot.messages import Button, Buttons, Call, Reply, reply
from bot.phrases import _, counted, dated, label, listed, money, shortened
from bot.words import ACTIVITIES, OUTCOMES
from handlers.accounts import show_account
from handlers.counts import count_visits
from handlers.deals import update_deal
from handlers.reminders import remind
from handlers.start import TELLS
from handlers.todo import done_buttons, what
from handlers.visits import log_visit
from services import home as service
from services import reminders
from services.home import Home, Team
from services.times import wall
from storage.deals import Total
from storage.models import Activity, Outcome, Person, Reminder, Role, Visit

NAMED = 24
"""How much of a customer's name a button repeats."""
WIDE = 60
"""How much where that would be the same of two."""
TOLD = 80
"""How much of what is to be done a line repeats."""

Part = str | Button | Buttons


class ShowHome(Form):
    """See your day: what to do, your month, your last visits."""


@command("home", "首页", allow=Role.REP, takes="home")
async def show_home(context: Context, _form: ShowHome) -> Reply:
    """What somebody sees when they open the bot."""
    now = context.read_at or context.now
    found = await service.home(
        context.work, context.person, country=context.defaults.country, now=now
    )
    today = wall(now, context.zone).date()
    hello = _("Hello, {name}. Today is {day}.", name=context.person.name, day=dated(today, today))
    return reply(
        hello,
        Buttons(_shortcuts(context)),
        *_today(context, found, await reminders.others(context.work, context.person)),
        *_team(context, found.team),
        *_month(found),
        *_last(context, found),
    )


def _title(words: str) -> Markdown:
    return Markdown(f"\n*{words}*")


def _today(context: Context, found: Home, whose: Mapping[int, Person]) -> Iterator[Part]:
    """What is due, each with what can be done about it; in a chat the buttons stand below."""
    yield _title(_("Today"))
    if not found.due:
        yield _("Nothing is due. Put something on your list, and it shows up here on its day.")
    below: list[Button] = []
    done = done_buttons(context, found.due, single=False)
    for reminder, button in zip(found.due, done, strict=True):
        yield _due(context, reminder, whose)
        row = [button, *_log(reminder)]
        if context.message:
            below += [each for each in row if each not in below]
        else:
            yield Buttons(tuple(row))
    if found.more_due:
        yield _("That isn't all.")
        below.append(Button(label("To do list"), Call("reminders"), single=False))
    yield from below


def _log(reminder: Reminder) -> list[Button]:
    """How a visit to whom it is about is logged."""
    account = reminder.account
    if account is None:
        return []
    words = label("Log: {account}", account=shortened(account.name, NAMED))
    return [Button(words, log_visit.ask(account=account), single=False)]


def _due(context: Context, reminder: Reminder, whose: Mapping[int, Person]) -> Markdown:
    """One thing to do, its time first; what is overdue says so, and what is somebody else's."""
    said: list[str] = [context.when(reminder.due_at, all_day=reminder.all_day)]
    if reminders.is_over(reminder, context.read_at or context.now, context.zone):
        said.append(_("overdue"))
    if other := whose.get(reminder.person_id):
        said.append(_("for {name}", name=other.name))
    if reminder.account:
        said.append(reminder.account.name)
    return Markdown(f"– {join(' · ', [*said, shortened(what(reminder), TOLD)])}")


def _team(context: Context, team: Team | None) -> Iterator[Part]:
    """A manager's exceptions first: who logged nothing."""
    if team is None:
        return
    yield _title(_("The company") if context.person.role >= Role.HQ else _("Your people"))
    days = service.QUIET_DAYS
    if team.silent:
        more = team.silent_count - len(team.silent)
        names = [*team.silent, *([_("{count} more", count=more)] if more else [])]
        yield _(
            "No visit in the last {days} working days: {names}", days=days, names=listed(names)
        )
    else:
        yield _("Nobody went {days} working days without a visit.", days=days)
    week = counted("{count} visit this week", "{count} visits this week", team.this_week)
    yield join(" · ", [week, _("{count} yesterday", count=team.yesterday)])


def _month(found: Home) -> Iterator[Part]:
    """The month on one line; what comes to be measured, the quota too, is one more part of it."""
    yield _title(_("This month"))
    won = [each for each in found.totals if not each.open]
    still_open = [each for each in found.totals if each.open]
    parts = [
        counted("{count} visit", "{count} visits", found.this_month),
        _("{count} by this time last month", count=found.last_month),
    ]
    if won:
        parts.append(_("won {deals}", deals=_worth(won)))
    if still_open:
        parts.append(_("open {deals}", deals=_worth(still_open)))
    yield join(" · ", parts)


def _worth(totals: Sequence[Total]) -> Markdown:
    """How many deals, and what they are worth in each currency: ``3 deals (¥50,000, $2,000)``."""
    count = counted("{count} deal", "{count} deals", sum(each.count for each in totals))
    sums = [money(each.minor, each.currency) for each in totals if each.minor]
    return _("{count} ({sums})", count=count, sums=listed(sums)) if sums else count


def _last(context: Context, found: Home) -> Iterator[Part]:
    yield _title(_("Last visits"))
    if not found.last:
        yield _("None yet. Log the first one, or write as you would to a colleague:")
        yield Markdown(f"`{_(TELLS, account=_('Acme'))}`")
    for visit in found.last:
        yield _visit(context, visit)
    met = {each.account_id: each.account for each in found.last}
    known = [each for each in met.values() if each.id in found.known]
    named = [shortened(each.name, NAMED) for each in known]
    for account, words in zip(known, named, strict=True):
        whole = shortened(account.name, WIDE) if named.count(words) > 1 else words
        yield Button(whole, show_account.call(account=account), single=False)


def _visit(context: Context, visit: Visit) -> Markdown:
    said: list[str] = [visit.account.name, context.when(visit.at, all_day=visit.all_day)]
    if visit.rep_id != context.person.id:
        said.append(visit.rep.name)
    if visit.kind != Activity.VISIT:
        said.append(_(ACTIVITIES[Activity(visit.kind)]))
    if visit.outcome:
        said.append(_(OUTCOMES[Outcome(visit.outcome)]))
    return Markdown(f"– {join(' · ', said)}")


def _shortcuts(context: Context) -> tuple[Button, ...]:
    """What people of a role do most."""
    log = Button(label("Log a visit"), log_visit.ask(), single=False, primary=True)
    note = Button(label("Put something on my list"), remind.ask(), single=False)
    deal = Button(label("Move a deal"), update_deal.ask(), single=False)
    find = Button(label("Find a customer"), show_account.ask(), single=False)
    if context.person.role == Role.REP:
        return log, note, deal, find
    return find, Button(label("Count visits"), count_visits.call(), single=False), note, log
