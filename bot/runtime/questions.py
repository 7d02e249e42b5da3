"""The card that asks one question of a form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.commands import Command
from bot.forms import Asking, InvalidAnswer, Option, Question
from bot.markdown import Markdown, join
from bot.messages import Button, Buttons, Call, Reply, reply
from bot.phrases import _, counted, label, shortened
from bot.runtime import drafts, review
from bot.runtime.review import CANCEL
from storage.models import Draft

KNOWN = 60
"""How much of an answer the next question's card repeats."""


async def card(
    command: Command[Any],
    draft: Draft,
    question: Question,
    error: InvalidAnswer | None,
    asking: Asking,
) -> Reply:
    """What is known so far, the question, and its likely answers."""
    asking = replace(asking, answers=draft.answers)
    options = [
        Button(o.label, drafts.choice(draft, question, o))
        for o in await _offered(question, error, asking)
    ]
    lines = [error.message] if error else await _prompt(question, asking)
    offers = [Button(o.label, Call(o.command, o.answers)) for o in (error.offers if error else ())]
    return reply(
        *await _known(command, draft.answers, asking),
        *lines,
        Buttons(tuple(options)) if options else None,
        Buttons(tuple(offers)) if offers else None,
        Buttons(tuple(_controls(command, draft, question))),
    )


async def _offered(
    question: Question, error: InvalidAnswer | None, asking: Asking
) -> Sequence[Option]:
    if error and error.options:
        return error.options
    return question.kind.options() or await question.kind.likely(asking)


async def _prompt(question: Question, asking: Asking) -> list[str]:
    prompt = Markdown(f"*{_(question.prompt)}*")
    if advice := await question.kind.advice(asking):
        return [prompt, advice]
    if question.hint:
        return [prompt, _("For example: {hint}", hint=_(question.hint))]
    return [prompt]


def _controls(command: Command[Any], draft: Draft, question: Question) -> Iterator[Button]:
    complete = not any(command.form.missing(draft.answers))
    reviewed = review.is_on(draft.answers)
    if not question.required:
        said = draft.answers.get(question.name)
        skip = label("Clear") if said else label("Skip")
        yield Button(skip, drafts.answer(draft, question, ""))
        if complete and not reviewed:
            finish = drafts.answer(draft, question, None)
            yield Button(label("Save now"), finish, primary=True)
    if reviewed and complete and not drafts.doubt(command.form, draft.answers):
        yield Button(label("Back"), review.call(command.name, draft.answers))
    else:
        yield Button(label("Cancel"), Call(CANCEL, {"draft": drafts.name(draft)}))


async def _known(command: Command[Any], answers: Mapping[str, str], asking: Asking) -> list[str]:
    """What was answered so far, on one line, and how many files came with it."""
    said = [
        shortened(await q.kind.show(stored, asking), KNOWN)
        for q in command.form.questions
        if (stored := answers.get(q.name))
    ]
    if files := len(drafts.files(answers)):
        said.append(counted("{count} file", "{count} files", files))
    return [Markdown(f"✎ {join(' · ', said)}\n")] if said else []
