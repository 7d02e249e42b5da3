"""What reps say about visits, and what they get back."""

from collections.abc import Iterator
from datetime import date

from bot.answers import ACCOUNT_OR_NEW, CONTACTS, HAPPENED, TEXT
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.messages import Button, Fields, Reply, reply
from bot.phrases import _, counted, label, listed, marked, shortened
from bot.words import ACTIVITIES, ACTIVITY, OUTCOME, OUTCOMES
from handlers import asked
from handlers.accounts import show_account
from handlers.attachments import handles
from handlers.deals import deal_rows, moved
from handlers.reminders import due_rows, follow_up, where_listed
from handlers.undo import undo
from services import accounts, visits
from services.deals import Money, NewDeal
from services.times import start_of_month
from services.visits import Logged
from storage.models import Account, Activity, Deal, Outcome, Reminder, Role, Stage, Visit

ECHOED = 300
"""How much of a note the reply repeats."""


class LogVisit(Form):
    """Log a visit, call, meeting or demo."""

    account: Account = ask(
        marked("Which customer was it?"),
        ACCOUNT_OR_NEW,
        label=marked("Account"),
        also="customer, client, company, 客户, 公司",
        hint=marked("Acme"),
    )
    at: date | None = ask(
        marked("When was it?"),
        HAPPENED,
        label=marked("When"),
        also="on, at, time, date, day, 时间, 日期",
        default=None,
        hint=marked("today 10:00, yesterday 3pm, Friday"),
    )
    kind: Activity = ask(
        marked("What kind of contact was it?"),
        ACTIVITY,
        label=marked("Kind"),
        also="type, 类型",
        default=Activity.VISIT,
    )
    contact: tuple[str, ...] = ask(
        marked("Whom did you meet?"),
        CONTACTS,
        label=marked("Contact"),
        also="with, who, person, met, 联系人, 见了",
        default=(),
        hint=marked("Dr Wang"),
    )
    outcome: Outcome | None = ask(
        marked("How did it go?"),
        OUTCOME,
        label=marked("Outcome"),
        also="result, 效果",
        default=None,
    )
    note: str = asked.note()
    next_step: str = asked.next_step()
    follow_up: date | None = asked.follow_up()
    product: str = asked.product()
    competitor: str = ask(
        marked("Which competitor did they speak of?"),
        TEXT,
        label=marked("Competitor"),
        default="",
        loose=False,
        asked=False,
    )
    deal: Deal | NewDeal | None = asked.which_deal()
    stage: Stage | None = asked.stage(asked=False)
    amount: Money | None = asked.amount(asked=False)


@command(
    "visit",
    "v",
    "log",
    "拜访",
    "记录",
    allow=Role.REP,
    keeps=True,
    order=10,
    examples=(
        marked("/visit {account}"),
        marked("/visit {account} yesterday 3pm, demo, went well next: send the quote"),
    ),
)
async def log_visit(context: Context, form: LogVisit) -> Reply:
    """Store all that it says in one change, keep the files, and show what was understood."""
    work = context.work
    met = [await accounts.add_contact(work, form.account, each) for each in form.contact]
    logged = await visits.log(
        work,
        context.person,
        form.account,
        form.at,
        kind=form.kind,
        outcome=form.outcome,
        contacts=met,
        note=form.note,
        next_step=form.next_step,
        product=form.product,
        competitor=form.competitor,
        now=context.now,
    )
    await visits.attach(work, logged.visit, handles(context))
    deal = await moved(context, form)
    reminder = await follow_up(context, form, logged.visit)
    details = [*_details(context, form, logged.visit), *due_rows(context, reminder)]
    details += deal_rows(deal)
    return _logged(context, form.account, logged, Fields(tuple(details)), reminder)


def _logged(
    context: Context,
    account: Account,
    logged: Logged,
    details: Fields,
    reminder: Reminder | None,
) -> Reply:
    visit, files = logged.visit, len(context.files)
    at = context.when(visit.at, all_day=visit.all_day)
    return reply(
        _("Logged: *{account}*, {at}.", account=account.name, at=at),
        details if details.rows else None,
        counted("{count} photo or file kept.", "{count} photos or files kept.", files)
        if files
        else None,
        where_listed(reminder),
        counted("{count} visit this month.", "{count} visits this month.", logged.this_month)
        if visit.at >= start_of_month(context.now, context.zone)
        else None,
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("Account"), show_account.call(account=account), single=False),
    )


def _details(context: Context, form: LogVisit, visit: Visit) -> Iterator[tuple[str, str]]:
    if form.at:
        yield _("When"), context.spelled(visit.at, all_day=visit.all_day)
    if visit.kind != Activity.VISIT:
        yield _("Kind"), _(ACTIVITIES[form.kind])
    if form.contact:
        yield _("Contact"), listed(form.contact)
    if form.outcome:
        yield _("Outcome"), _(OUTCOMES[form.outcome])
    for name, said in ((_("Product"), visit.product), (_("Competitor"), visit.competitor)):
        if said:
            yield name, said
    for name, said in ((_("Note"), visit.note), (_("Next"), visit.next_step)):
        if said:
            yield name, shortened(said, ECHOED)
