"""What reps say about visits, and what they get back."""

from datetime import datetime

from bot.answers import ACCOUNT_OR_NEW, CONTACT, NOTE, WHEN
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.messages import Button, Fields, Reply, reply
from bot.phrases import _, counted, label, marked, shortened
from bot.words import ACTIVITIES, ACTIVITY, OUTCOME, OUTCOMES
from handlers.accounts import show_account
from handlers.undo import undo
from services import accounts, visits
from services.times import start_of_month
from services.visits import Logged
from storage.models import Account, Activity, Outcome, Role, Visit

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
    at: datetime | None = ask(
        marked("When was it?"),
        WHEN,
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
    contact: str = ask(
        marked("Whom did you meet?"),
        CONTACT,
        label=marked("Contact"),
        also="with, who, person, met, 联系人, 见了",
        default="",
        hint=marked("Dr Wang"),
    )
    outcome: Outcome | None = ask(
        marked("How did it go?"),
        OUTCOME,
        label=marked("Outcome"),
        also="result, 效果",
        default=None,
    )
    note: str = ask(
        marked("Anything worth remembering?"),
        NOTE,
        label=marked("Note"),
        also="notes, remark, memo, 记录, 笔记",
        default="",
    )
    next_step: str = ask(
        marked("What's the next step?"),
        NOTE,
        label=marked("Next"),
        also="next step, todo, to do, follow up, follow-up, 待办, 跟进, 下一步",
        default="",
        hint=marked("send the quote by Friday"),
        loose=False,
    )


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
    """Store it, keep the files that came with it, and show what was understood."""
    contact = None
    if form.contact:
        contact = await accounts.add_contact(context.work, form.account, form.contact)
    logged = await visits.log(
        context.work,
        context.person,
        form.account,
        form.at,
        kind=form.kind,
        outcome=form.outcome,
        contact=contact,
        note=form.note,
        next_step=form.next_step,
        now=context.now,
    )
    files = _files(context)
    await visits.attach(context.work, logged.visit, files)
    return _logged(context, form, logged, len(files))


def _files(context: Context) -> list[tuple[str, str, str, str]]:
    platform = context.sender.platform
    return [(platform, file.ref, file.name, file.mime) for file in context.files]


def _logged(context: Context, form: LogVisit, logged: Logged, files: int) -> Reply:
    visit = logged.visit
    details = tuple(_details(form, visit))
    return reply(
        _("Logged: *{account}*, {at}.", account=form.account.name, at=context.when(visit.at)),
        Fields(details) if details else None,
        counted("{count} photo or file kept.", "{count} photos or files kept.", files)
        if files
        else None,
        counted("{count} visit this month.", "{count} visits this month.", logged.this_month)
        if visit.at >= start_of_month(context.now, context.zone)
        else None,
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("Account"), show_account.call(account=form.account), single=False),
    )


def _details(form: LogVisit, visit: Visit) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    if visit.kind != Activity.VISIT:
        rows.append((_("Kind"), _(ACTIVITIES[form.kind])))
    if form.contact:
        rows.append((_("Contact"), form.contact))
    if form.outcome:
        rows.append((_("Outcome"), _(OUTCOMES[form.outcome])))
    if visit.note:
        rows.append((_("Note"), shortened(visit.note, ECHOED)))
    if visit.next_step:
        rows.append((_("Next"), shortened(visit.next_step, ECHOED)))
    return rows


class Keep(Form):
    """Keep a photo or file with today's last visit."""

    note: str = ask(marked("What does it show?"), NOTE, label=marked("Note"), default="")


@command("photo", "照片", allow=Role.REP, takes="file", keeps=True)
async def keep_files(context: Context, form: Keep) -> Reply:
    """Files without a command belong to the visit logged last today; a caption joins its note."""
    files = _files(context)
    if not files:
        return reply(_("Send a photo or file, and I'll keep it with today's last visit."))
    visit = await visits.keep(context.work, context.person, files, note=form.note, now=context.now)
    kept = counted(
        "Kept {count} file with your visit to *{account}*, {at}.",
        "Kept {count} files with your visit to *{account}*, {at}.",
        len(files),
        account=visit.account.name,
        at=context.when(visit.at),
    )
    return reply(
        kept,
        _("Added to its note: {note}", note=shortened(form.note, ECHOED)) if form.note else None,
        Button(label("Undo"), undo.call(change=context.work.change_id)),
    )


class Here(Form):
    """Log a visit from where you are."""


@command("here", "签到", allow=Role.REP, takes="location")
async def arrived(context: Context, _form: Here) -> Reply:
    """A shared place offers one's accounts; the place itself is not kept."""
    recent = await accounts.likely(context.work, context.person, 6)
    if not recent:
        return reply(_("You have no accounts yet. Your first visit adds one: /visit"))
    buttons = [Button(each.name, log_visit.call(account=each)) for each in recent]
    other = Button(label("Another one"), log_visit.ask())
    return reply(_("Whom are you visiting? I don't keep the location."), *buttons, other)
