"""What is to be done: reminders, and the follow-ups of visits and deals."""

import re
from dataclasses import replace
from datetime import date
from typing import Protocol

from bot.answers import ACCOUNT, DUE, NOTE, REPEATS
from bot.answers.repeats import rhythm, rule_in
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown
from bot.messages import Button, Call, Fields, Reply, reply
from bot.phrases import _, label, marked, shortened
from handlers.understood import Heard, account_if_known, due, hear, when_due
from handlers.undo import undo
from services import reminders
from storage.models import Account, Reminder, Role, Visit

SHOWN = 140
LEADS = ("remind me to ", "提醒我")
"""What makes any words a reminder, in either language."""
LEAD = re.compile("^(?:please )?remind me (?:to )?|^(?:请)?提醒我", re.IGNORECASE)


class SaysNext(Protocol):
    """A form that may say what comes next."""

    @property
    def account(self) -> Account: ...
    @property
    def next_step(self) -> str: ...
    @property
    def follow_up(self) -> date | None: ...


async def follow_up(
    context: Context, form: SaysNext, visit: Visit | None = None
) -> Reminder | None:
    """Keep when a form says to get in touch again, if it does."""
    if form.follow_up is None:
        return None
    return await reminders.add(
        context.work,
        context.person,
        form.next_step,
        form.follow_up,
        account=form.account,
        visit=visit,
        now=context.now,
    )


def due_rows(context: Context, reminder: Reminder | None) -> list[tuple[str, str]]:
    """When a follow-up is due, in full."""
    if reminder is None:
        return []
    return [(_("Follow-up"), context.spelled(reminder.due_at, all_day=reminder.all_day))]


def where_listed(reminder: Reminder | None) -> Markdown | None:
    """Where a reminder is found, as long as nobody is told of it when it is due."""
    if reminder is None:
        return None
    if reminder.account_id:
        return _("I list it on the customer's card and in /reminders. I don't ring yet.")
    return _("I list it in /reminders. I don't ring yet.")


class Remind(Form):
    """Keep something you have to do."""

    text: str = ask(
        marked("What do you have to do, and when?"),
        NOTE,
        label=marked("To do"),
        hint=marked("call Dr Wang tomorrow 9am"),
    )


@command(
    "remind",
    "提醒",
    allow=Role.REP,
    order=40,
    examples=(marked("/remind call {account} tomorrow 9am"),),
)
async def remind(context: Context, form: Remind) -> Call:
    """The words hold the time and the customer; what they lack is asked."""
    heard = await hear(context, form.text, before=LEADS)
    return keep_reminder.call(**await what_to_do(context, replace(heard, text=form.text)))


async def what_to_do(context: Context, heard: Heard) -> dict[str, object]:
    """What is to be done, by when and for whom."""
    facts = heard.facts
    found = await due(context, heard, facts.follow_up or facts.happened)
    text = facts.next_step or facts.note or heard.text
    return {
        "text": LEAD.sub("", text) or text,
        "due": found or await when_due(context),
        "rule": rule_in(facts.evidence.get("follow_up", ""), context.asking) or None,
        "account": await account_if_known(context, heard),
    }


class KeepReminder(Form):
    """Keep something you have to do by a day or an hour."""

    text: str = ask(marked("What do you have to do?"), NOTE, label=marked("To do"))
    due: date = ask(
        marked("When is it due?"),
        DUE,
        label=marked("When"),
        also="due, on, at, 时间, 日期",
        hint=marked("Friday 3pm"),
        loose=False,
    )
    rule: str = ask(
        marked("How often does it come again?"),
        REPEATS,
        label=marked("Repeats"),
        also="every, 重复",
        default="",
        hint=marked("every Monday"),
        loose=False,
        asked=False,
    )
    account: Account | None = ask(
        marked("For which customer?"),
        ACCOUNT,
        label=marked("Account"),
        also="customer, client, 客户",
        default=None,
        hint=marked("Acme"),
        loose=False,
        asked=False,
    )


@command("reminder", allow=Role.REP)
async def keep_reminder(context: Context, form: KeepReminder) -> Reply:
    """Keep it, and say where it is found."""
    reminder = await reminders.add(
        context.work,
        context.person,
        form.text,
        form.due,
        rule=form.rule,
        account=form.account,
        now=context.now,
    )
    rows = [(_("When"), context.spelled(reminder.due_at, all_day=reminder.all_day))]
    if form.rule:
        rows.append((_("Repeats"), rhythm(form.rule)))
    if form.account:
        rows.append((_("Account"), form.account.name))
    return reply(
        _("Noted: {text}", text=shortened(form.text, SHOWN)),
        Fields(tuple(rows)),
        where_listed(reminder),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("To do list"), Call("reminders"), single=False),
    )
