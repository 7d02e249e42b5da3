"""Answering: what people type, tap or send back to the question that they are asked."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.commands import Command
from bot.forms import InvalidAnswer, Question
from bot.messages import Call, Reply, Submission, reply
from bot.phrases import _
from bot.runtime import drafts, review, sheets
from bot.runtime.conversation import Talk
from bot.runtime.drafts import Problem
from bot.runtime.lines import read_line
from services.access import require
from services.names import HAN
from storage.models import Draft

SHORT = 4
"""How many Chinese characters are a name and hardly more."""

Instead = Callable[[], Awaitable[Reply | None]]


def _asked(talk: Talk, draft: Draft) -> tuple[Command[Any], Question]:
    """What a draft is of, if the person may still do it, and the question being asked."""
    command = talk.context.book.by_word[draft.command]
    require(talk.context.visitor, command.allow)
    return command, command.form.question(draft.asking)


async def understands(talk: Talk, draft: Draft, text: str) -> bool:
    """Whether a text answers the question being asked, as opposed to being a command."""
    question = talk.context.book.by_word[draft.command].form.question(draft.asking)
    try:
        await question.kind.read(text, talk.asking(draft.answers))
    except InvalidAnswer:
        return False
    return True


async def answer(talk: Talk, draft: Draft, text: str, instead: Instead) -> Reply:
    """Take a typed answer to the question being asked; none when only files came.

    What is no answer is what it means ``instead``, if anything, else the question is asked again.
    """
    command, question = _asked(talk, draft)
    if not text:
        return await _again(talk, command, draft, None)
    begins = question is command.form.questions[0] and not drafts.is_begun(command.form, draft)
    first = _says_more(text) and not question.kind.multiline and not begins
    if first and (said := await instead()):
        return said
    try:
        value = await question.kind.read(text, talk.asking(draft.answers))
    except InvalidAnswer as error:
        problem = (question, error)
        ways = [lambda: _several(talk, command, draft, text, question), instead]
        # Later on a customer who is named is another one: “yesterday at Bolt” is another visit.
        for way in ways if question is command.form.questions[0] else reversed(ways):
            if said := await way():
                return said
        return await _again(talk, command, draft, problem)
    return await _given(talk, command, draft, question.kind.dump(value))


def _says_more(text: str) -> bool:
    """Whether a text has words enough to be a message of its own rather than a name."""
    return len(text.split()) > 1 or len(HAN.findall(text)) > SHORT


async def _several(
    talk: Talk, command: Command[Any], draft: Draft, text: str, question: Question
) -> Reply | None:
    """Take a line that answers the question being asked and later ones, if it does."""
    asking = talk.asking({**draft.answers, question.name: ""})
    read = await read_line(command.form, text, asking, start=question)
    more = {*read.answers} - {question.name, drafts.note(command.form)}
    clearer = [p for q, p in read.problems if q is question and len(p.options) > 1]
    if question.name not in read.done or not (question.name in read.answers or more or clearer):
        return None
    answers = drafts.joined(command.form, draft.answers, read.answers)
    answers = drafts.with_open(answers, read.problems[1:])
    return await talk.advance(
        command, answers, guided=draft.guided, step=draft.step, problem=read.problem
    )


async def _again(
    talk: Talk, command: Command[Any], draft: Draft, problem: Problem | None
) -> Reply:
    """Ask the same once more; the buttons of the card before stay good."""
    return await talk.advance(
        command,
        draft.answers,
        guided=draft.guided,
        step=draft.step - 1,
        problem=problem,
        do=draft.asking,
    )


async def _given(talk: Talk, command: Command[Any], draft: Draft, stored: str) -> Reply:
    answers = {**draft.answers, draft.asking: stored}
    return await talk.advance(command, answers, guided=draft.guided, step=draft.step)


async def greeted(talk: Talk, draft: Draft) -> Reply:
    """Return a greeting, and ask once more what was asked."""
    hello = _("Hello, {name}. Where we were:", name=talk.context.person.name)
    command, _question = _asked(talk, draft)
    card = await _again(talk, command, draft, None)
    return replace(card, blocks=reply(hello).blocks + card.blocks)


async def chosen(talk: Talk, call: Call) -> Reply:
    """Take an answer given by a button of a question's card."""
    draft = await talk.draft()
    if draft is None or not drafts.asks(draft, call):
        return reply(_("That question is closed already."))
    command, question = _asked(talk, draft)
    if (value := call.answers.get("value")) is not None:
        if value:
            value = await question.kind.settle(value, talk.asking(draft.answers))
        draft.answers = drafts.without_covered(command.form, draft.answers, call)
        answer = await _given(talk, command, draft, value)
    else:
        answer = await talk.advance(command, draft.answers, guided=False, step=draft.step)
    return replace(answer, edit=True)


async def submitted(talk: Talk, call: Call, form: Submission) -> Reply:
    """Take a form that was shown whole; a mistake comes back in its place."""
    command = talk.context.book.by_word[call.answers[sheets.OF]]
    require(talk.context.visitor, command.allow)
    answers, errors = await sheets.read_all(
        command, form.answers, talk.asking({}), form.chosen, before=call.answers
    )
    beside = sheets.kept(command, call.answers)
    answers = drafts.with_files({**beside, **answers}, form.files)
    unclear = [name for name, error in errors.items() if error.options]
    if unclear and len(errors) == 1 and not form.window:
        question = command.form.question(unclear[0])
        problem = (question, errors[unclear[0]])
        answer = await talk.advance(command, answers, guided=False, problem=problem)
    elif errors:
        whole = sheets.WHOLE in call.answers
        asking = talk.asking(answers)
        answer = await sheets.sheet(command, answers, errors, asking, form.answers, whole=whole)
    else:
        answer = await talk.advance(command, answers, guided=False, do=review.SAVE)
    return replace(answer, edit=True)


async def returned(talk: Talk, call: Call, form: Submission, why: str) -> Reply:
    """The form as it was sent back, and at its head why nothing comes of it as it is."""
    command = talk.context.book.by_word[call.answers[sheets.OF]]
    require(talk.context.visitor, command.allow)
    answers, errors = await sheets.read_all(
        command, form.answers, talk.asking({}), form.chosen, before=call.answers
    )
    answers = drafts.with_files({**sheets.kept(command, call.answers), **answers}, form.files)
    errors = {**errors, command.form.questions[0].name: InvalidAnswer(why)}
    whole, asking = sheets.WHOLE in call.answers, talk.asking(answers)
    return await sheets.sheet(command, answers, errors, asking, form.answers, whole=whole)
