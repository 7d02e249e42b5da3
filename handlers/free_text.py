"""What people say in plain words: whatever it means is handed on to the command that does it."""

from dataclasses import replace
from typing import Any

from bot.answers import HAPPENED, NOTE
from bot.commands import Command, Context, Instead, NotUnderstood, Response, command
from bot.forms import Form, InvalidAnswer, ask
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, label, marked
from handlers import corrections, give, small_talk, understood
from handlers.accounts import show_account
from handlers.captions import keep_beside, only_a_visit_keeps
from handlers.deals import update_deal
from handlers.questions import answer, what_i_can
from handlers.reminders import keep_reminder, what_to_do
from handlers.several import ABOUT_WORK, apart, tell_of_others
from handlers.understood import Heard, settled
from handlers.visits import log_visit
from services.names import fold
from services.understanding.facts import Intent, Moment
from services.visits import is_ahead
from storage.models import Account, Activity, Role


class Say(Form):
    """Tell me in your own words."""

    text: str = ask(marked("What happened, or what is to be done?"), NOTE, label=marked("Message"))


@command("say", "说", allow=Role.REP, takes="text")
async def say(context: Context, form: Say) -> Response:
    """Read it, and hand it to the command that it is for; several customers are several cards."""
    photographed = any(not each.spoken for each in context.files)
    asked = context.instead is Instead.ANSWER
    if not photographed and (said := small_talk.answer(form.text, asked=asked)):
        return said
    if not photographed and (way := await corrections.answer(context, form.text)):
        return way
    if not (photographed or context.instead) and (way := await give.answer(context, form.text)):
        return way
    heard = await understood.hear(context, form.text)
    if not _says_enough(heard, context.instead, photographed=photographed):
        raise NotUnderstood
    several = await apart(context, heard) if context.instead is None else [heard]
    calls = [await _hand_on(context, each) for each in several]
    if photographed:
        await keep_beside(context, several[0])
    if len(calls) > 1 and all(isinstance(each, Call) for each in calls):
        return [each for each in calls if isinstance(each, Call)]
    return calls[0] if len(calls) == 1 else await _hand_on(context, heard)


async def _hand_on(context: Context, heard: Heard) -> Reply | Call:
    """What a message means for the command that it is for."""
    match heard.facts.intent:
        case Intent.VISIT | Intent.CALL:
            return await _visit(context, heard)
        case Intent.DEAL:
            return await _deal(context, heard)
        case Intent.REMINDER:
            return await _reminder(context, heard)
        case Intent.QUESTION if heard.facts.question:
            return await answer(context, heard.facts.question, heard.text)
        case Intent.SMALL_TALK:
            return replace(what_i_can(_("I'm listening. Here is what I can do:")), aside=True)
        case _:
            return await _note(context, heard)


def _says_enough(heard: Heard, instead: Instead | None, *, photographed: bool) -> bool:
    """Whether the words are more than a caption, a wrong answer, or a command's line."""
    facts = heard.facts
    if instead is Instead.LINE:
        more = facts.follow_up or facts.stage or facts.amount
        return facts.intent is Intent.REMINDER or bool(facts.intent in ABOUT_WORK and more)
    if instead is Instead.ANSWER and facts.intent is not Intent.QUESTION:
        said = bool(heard.account) or "intent" in facts.evidence
        return facts.intent in ABOUT_WORK and said
    return not photographed or facts.intent in ABOUT_WORK


async def _visit(context: Context, heard: Heard) -> Reply | Call:
    """A meeting of any kind, with what it did to a deal and what comes next."""
    facts = heard.facts
    call = Activity.CALL if facts.intent is Intent.CALL else Activity.VISIT
    answers: dict[str, object] = {
        "account": await understood.account(context, heard),
        "at": await understood.happened(context, heard),
        "kind": facts.activity or call,
        "contact": understood.names(facts),
        "outcome": facts.outcome,
        "note": facts.note or None,
        "next_step": facts.next_step or None,
        "follow_up": await understood.due(context, heard, facts.follow_up),
        "product": facts.product or None,
        "competitor": facts.competitor or None,
        "stage": understood.stage(facts),
        "amount": understood.money(context, facts),
    }
    found = understood.when_it_was(context, heard) or understood.when_it_is(heard)
    if found and is_ahead(found.value, context.now, context.zone):
        return await _ahead(context, heard, found, answers)
    return await _settled(context, heard, log_visit, answers)


async def _ahead(
    context: Context, heard: Heard, moment: Moment, answers: dict[str, object]
) -> Reply:
    """A visit that is still to come is no visit yet: it is a plan, or its time a slip."""
    at = context.spelled(moment.at, all_day=moment.value == moment.local.date())
    asked = InvalidAnswer(_("When was it?"), await HAPPENED.likely(context.asking))
    plan = keep_reminder.review(
        text=heard.text,
        due=await understood.due(context, heard, moment),
        account=await understood.account_if_known(context, heard),
    )
    return reply(
        _("That's still ahead: {at}. I log a visit once it has happened.", at=at),
        only_a_visit_keeps(context),
        Button(label("Put it on my list"), plan),
        Button(label("It was earlier"), log_visit.review(**{**answers, "at": asked})),
    )


async def _deal(context: Context, heard: Heard) -> Call:
    facts = heard.facts
    answers: dict[str, object] = {
        "account": await understood.account(context, heard),
        "stage": understood.stage(facts),
        "amount": understood.money(context, facts),
        "product": facts.product or None,
        "note": facts.note or None,
        "next_step": facts.next_step or None,
        "follow_up": await understood.due(context, heard, facts.follow_up),
    }
    return await _settled(context, heard, update_deal, answers)


async def _reminder(context: Context, heard: Heard) -> Call:
    return await _settled(context, heard, keep_reminder, await what_to_do(context, heard))


async def _settled(
    context: Context, heard: Heard, command: Command[Any], answers: dict[str, object]
) -> Call:
    """Do it or show it, and say whom it leaves out."""
    await tell_of_others(context, heard, command, answers)
    return settled(context, heard, command, answers)


async def _note(context: Context, heard: Heard) -> Reply | Call:
    """A customer's name alone looks it up; what is said of one may be kept with it."""
    account = await understood.account(context, heard)
    if not isinstance(account, Account) or not heard.certain(account):
        raise NotUnderstood
    if fold(heard.text) == fold(heard.account):
        return show_account.call(account=account)
    kept = log_visit.review(
        account=account,
        at=context.now,
        contact=understood.names(heard.facts),
        note=heard.text,
    )
    due = await understood.when_due(context)
    to_do = keep_reminder.review(text=heard.text, account=account, due=due)
    return reply(
        _("That's about *{account}*. What shall I do with it?", account=account.name),
        only_a_visit_keeps(context),
        Button(label("Log it as a visit"), kept),
        Button(label("Put it on my list"), to_do),
        Button(label("Account"), show_account.call(account=account), single=False),
    )
