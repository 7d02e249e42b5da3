"""A form shown whole, on platforms that can."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from bot.commands import DOUBT, GUIDED, Command
from bot.forms import Asking, Form, InvalidAnswer, Question
from bot.messages import Call, Input, Reply, Sheet, reply
from bot.phrases import _, label
from bot.runtime.review import STEP
from bot.ways import Way
from services.errors import Refusal

SUBMIT = "submit"
OF = "command"
FIELD = 3_000
"""How much of an answer a field shows; the rest stays with it."""
SHOWN = "="
"""The answer of a submission that keeps what the form was filled in with; and what stands, where
an answer is picked, for one that is too long for that."""
WHOLE = "*"
"""The answer of a submission whose form asks also what is seldom asked."""
LONGEST = 100
"""How long a stored answer may be that is filled in where one is picked."""
WALL = re.compile(r"^\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$")

Answers = Mapping[str, str]
Errors = Mapping[str, InvalidAnswer]


class Asks(Protocol):
    """What has a form: a command, or the details of an answer."""

    @property
    def form(self) -> type[Form]:
        """Its questions."""


async def sheet(
    command: Command[Any],
    answers: Answers,
    errors: Errors,
    asking: Asking,
    typed: Answers | None = None,
    *,
    whole: bool = False,
    focus: str = "",
    picks: Answers | None = None,
) -> Reply:
    """The form with what is known filled in, and each error at its question.

    What is seldom asked is left out where nothing is known of it, unless the ``whole`` is wanted.
    ``picks`` are what stands for a stored answer where one is picked.
    """
    inputs, known = await filled_in(command, answers, errors, asking, typed, whole=whole)
    inputs = [replace(each, focus=each.name == focus) for each in inputs]
    for name, stored in (picks or {}).items():
        inputs = [replace(each, stored=stored) if each.name == name else each for each in inputs]
    beside = kept(command, answers)
    shown_with = {SHOWN: json.dumps(known, ensure_ascii=False)} if known else {}
    shown_with |= {WHOLE: WHOLE} if whole else {}
    return reply(
        Sheet(
            _(command.summary),
            tuple(inputs),
            label("Save"),
            Call(SUBMIT, {**beside, **shown_with, OF: command.name}),
            files=command.keeps,
            again=Call(command.name, {**beside, **known, GUIDED: GUIDED}),
        )
    )


async def filled_in(
    asks: Asks,
    answers: Answers,
    errors: Errors,
    asking: Asking,
    typed: Answers | None = None,
    *,
    whole: bool = False,
) -> tuple[list[Input], dict[str, str]]:
    """The questions as they are shown, and the stored answers that they are filled in with."""
    asking = replace(asking, answers=answers)
    inputs, known = [], {}
    for question in asks.form.questions:
        name = question.name
        stored, shown, error = await _filled_in(question, answers, asking)
        error, text = errors.get(name) or error, (typed or {}).get(name, "")
        if not (whole or question.asked or question.required or stored or error or text):
            continue
        if stored:
            known[name] = stored
        room = FIELD if question.kind.multiline else None
        one = _input(question, text or shown[:room], error)
        inputs.append(replace(one, stored=_picked(question, stored, text, asking)))
    return inputs, known


def kept(command: Command[Any], answers: Answers) -> dict[str, str]:
    """What travels with a form though no question asks it: its files, its review, its draft.

    A doubt does not: it stands at its question now.
    """
    asked = {question.name for question in command.form.questions}
    done = asked | {DOUBT + name for name in asked} | {GUIDED, STEP, SHOWN, OF, WHOLE}
    return {name: value for name, value in answers.items() if name not in done}


async def _filled_in(
    question: Question, answers: Answers, asking: Asking
) -> tuple[str, str, InvalidAnswer | None]:
    """What is known, what is shown of it, and why it is in doubt or can't be used any more."""
    stored, doubt = answers.get(question.name, ""), answers.get(DOUBT + question.name)
    if not stored:
        return "", "", InvalidAnswer.load(doubt) if doubt else None
    try:
        return stored, await question.kind.show(stored, asking), None
    except Refusal as refusal:
        return "", "", InvalidAnswer(_(refusal.message, **refusal.details))


def _input(question: Question, value: str, error: InvalidAnswer | None) -> Input:
    return Input(
        name=question.name,
        label=_(question.prompt),
        hint=_(question.hint) if question.hint else "",
        value=value,
        error=error.message if error else "",
        required=question.required,
        multiline=question.kind.multiline,
        options=tuple((o.label, o.value) for o in question.kind.options()),
        way=question.kind.way,
    )


def _picked(question: Question, stored: str, typed: str, asking: Asking) -> str:
    """The answer as the window that picks one knows it."""
    kind = question.kind
    if kind.way is Way.MOMENT:
        return kind.wall(stored, asking) if stored else "".join(WALL.findall(typed.strip()))
    if kind.way is Way.SUGGESTED and len(stored) > LONGEST:
        return SHOWN
    return stored if kind.way is Way.SUGGESTED or kind.options() else ""


async def read_all(
    asks: Asks,
    typed: Answers,
    asking: Asking,
    chosen: Answers | None = None,
    before: Answers | None = None,
) -> tuple[dict[str, str], dict[str, InvalidAnswer]]:
    """The answers of a form that came back, and what is wrong with the others.

    ``chosen`` are those that were picked, as we keep them. ``before`` are the answers of its
    submission: what was filled in and left so is kept as it was, to the second.
    """
    shown = known(before or {})
    answers: dict[str, str] = {}
    errors: dict[str, InvalidAnswer] = {}
    for question in asks.form.questions:
        name = question.name
        so_far = replace(asking, answers=answers)
        picked = (chosen or {}).get(name, "")
        if picked.startswith(SHOWN):
            picked = shown.get(name, picked)
        text = await _whole(question, typed.get(name, ""), shown.get(name, ""), so_far)
        try:
            if picked or text:
                stored = picked or await _untouched(question, text, shown.get(name, ""), so_far)
                answers[name] = await _answer(question, stored, text, so_far)
            elif question.required:
                raise InvalidAnswer(_("This one is needed."))
        except InvalidAnswer as error:
            errors[name] = error
    return answers, errors


def known(submission: Answers) -> dict[str, str]:
    """The stored answers that a form was filled in with."""
    found: dict[str, str] = json.loads(submission.get(SHOWN, "{}"))
    return found


async def _whole(question: Question, text: str, stored: str, asking: Asking) -> str:
    """What came back, with the end of what was filled in that the field had no room for."""
    if not (text and stored and question.kind.multiline) or len(text) > FIELD:
        return text.strip()
    return (text + (await question.kind.show(stored, asking))[FIELD:]).strip()


async def _untouched(question: Question, text: str, stored: str, asking: Asking) -> str:
    """What was filled in, if what came back is how it was shown."""
    if not stored:
        return ""
    try:
        ways = {question.kind.wall(stored, asking), await question.kind.show(stored, asking)}
    except Refusal:
        return ""
    return stored if _folded(text) in map(_folded, ways) else ""


def _folded(text: str) -> str:
    """Windows have their own ends of lines."""
    return "\n".join(text.split("\r\n")).strip()


async def _answer(question: Question, stored: str, text: str, asking: Asking) -> str:
    """A stored answer that is judged afresh, or else what was typed."""
    kind = question.kind
    if not stored:
        return kind.dump(await kind.read(text, asking))
    try:
        return await kind.accept(stored, asking)
    except Refusal as refusal:
        raise InvalidAnswer(_(refusal.message, **refusal.details)) from refusal
    except ValueError:
        raise InvalidAnswer(_("That answer no longer works. Pick another one.")) from None
