"""Questions in plain words: each goes to the command that says it answers such ones."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answers import DAYS
from bot.commands import Command, Context
from bot.forms import InvalidAnswer
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, label
from handlers.accounts import show_account
from handlers.basics import show_help
from handlers.todo import show_reminders
from handlers.visits import log_visit
from services.understanding.facts import Question, Topic

UNANSWERED = re.compile(
    r"\b(?:who|whom|whose|most|least|never|not|no one|nobody|which|best|worst)\b|n't\b"
    r"|\bdid (?!(?:i|we|you|my|our|the team)\b)\w+|谁|哪|最|没|未|不|排名"
)
"""What a count of visits says nothing about."""
ONLY_CALLS = re.compile(r"^(?!.*(?:visit|拜访)).*(?:\bcalls?\b|\bmessages?\b|电话|微信)")
COUNTS = re.compile(r"how many|how often|number of|多少次|几次")


async def answer(context: Context, question: Question, text: str) -> Reply | Call:
    """Hand a question to its command, or say what can be asked."""
    said = text.casefold()
    if question.topic is Topic.ACCOUNT and COUNTS.search(said):
        question = replace(question, topic=Topic.VISITS)
    found = context.book.answering(question.topic)
    if question.topic is Topic.VISITS and (UNANSWERED.search(said) or ONLY_CALLS.search(said)):
        found = None
    if found is None or found.allow > context.person.role:
        return what_i_can(_("I can't answer that yet. Here is what I can do:"))
    return found.call(**await _answers(context, found, question))


async def _answers(
    context: Context, command: Command[Any], question: Question
) -> Mapping[str, object]:
    """The subject is for the command's first question, the period for the one that takes one."""
    answers: dict[str, object] = {}
    questions = command.form.questions
    if question.subject and questions and question.topic is not Topic.HELP:
        first = questions[0]
        try:
            answers[first.name] = await first.kind.read(question.subject, context.asking)
        except InvalidAnswer as doubt:
            answers[first.name] = doubt
    if question.period:
        answers |= {each.name: question.period for each in questions if each.kind is DAYS}
    return answers


def what_i_can(words: str) -> Reply:
    """What there is to do here, a tap each."""
    return reply(
        words,
        Button(label("Log a visit"), log_visit.ask(), single=False),
        Button(label("See a customer"), show_account.ask(), single=False),
        Button(label("To do list"), show_reminders.call(), single=False),
        Button(label("Help"), show_help.call(), single=False),
    )
