"""What a draft keeps beside its answers: its own name, and the files that came meanwhile."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.forms import Asking, Form, InvalidAnswer, Option, Question
from bot.messages import Call, File
from bot.phrases import _
from services.errors import Refusal
from storage.models import Draft

NAME = "#"
FILES = "+files"
OPEN = "+open"
ANSWER = "answer"
COVERS = "covers"


def named(answers: Mapping[str, str], new_token: Callable[[], str]) -> dict[str, str]:
    """The answers of a draft that can be told from every other one."""
    return {NAME: answers.get(NAME) or new_token()[:8], **answers}


def name(draft: Draft) -> str:
    return draft.answers.get(NAME, "")


def is_kept(answers: Mapping[str, str]) -> bool:
    """Whether these answers are a draft's."""
    return NAME in answers


def answer(draft: Draft, question: Question, value: str | None) -> Call:
    """What a button of this question's card does; without a value it skips all the rest."""
    asked = {"draft": name(draft), "question": question.name, "step": str(draft.step)}
    return Call(ANSWER, asked if value is None else asked | {"value": value})


def choice(draft: Draft, question: Question, option: Option) -> Call:
    """What a button of a likely answer does."""
    call = answer(draft, question, option.value)
    return Call(call.command, {**call.answers, COVERS: option.covers}) if option.covers else call


def without_covered(form: type[Form], answers: Mapping[str, str], call: Call) -> dict[str, str]:
    """The answers, their note without the words at its head that a chosen answer contains."""
    covered, name = call.answers.get(COVERS, ""), note(form)
    kept = answers.get(name, "")
    if not covered or not kept.startswith(covered):
        return dict(answers)
    return {**answers, name: kept.removeprefix(covered).lstrip(" ,，")}


def note(form: type[Form]) -> str:
    """The name of the question that takes what is left of a line; empty when there is none."""
    return next((q.name for q in form.questions if q.loose and q.kind.multiline), "")


def joined(
    form: type[Form], answers: Mapping[str, str], more: Mapping[str, str]
) -> dict[str, str]:
    """The answers with more of them; a note is gone on with, everything else replaced."""
    name = note(form)
    both = " ".join(filter(None, (answers.get(name), more.get(name))))
    return {**answers, **more, **({name: both} if both else {})}


def asks(draft: Draft, call: Call) -> bool:
    """Whether the draft still waits for the answer that a button gives."""
    asked = (name(draft), draft.asking, str(draft.step))
    return asked == tuple(call.answers.get(key) for key in ("draft", "question", "step"))


def with_open(answers: Mapping[str, str], questions: Sequence[Question]) -> dict[str, str]:
    """The answers, and the questions whose answer was not understood and must not be skipped."""
    names = " ".join(question.name for question in questions)
    return {**answers, OPEN: names} if names else dict(answers)


def still_open(form: type[Form], answers: Mapping[str, str]) -> Iterator[Question]:
    """The questions that were kept to be asked again."""
    names = answers.get(OPEN, "").split()
    return (form.question(each) for each in names if each not in answers)


def files(answers: Mapping[str, str]) -> tuple[File, ...]:
    """The files that came since the form was begun, by their platform's handles."""
    return tuple(File(*each) for each in json.loads(answers.get(FILES, "[]")))


def with_files(answers: Mapping[str, str], more: Sequence[File]) -> dict[str, str]:
    """The answers with files added; each once."""
    kept = [*files(answers)]
    kept += [each for each in more if each.ref not in {one.ref for one in kept}]
    stored = json.dumps([(each.name, each.mime, each.ref) for each in kept])
    return {**answers, FILES: stored} if kept else dict(answers)


async def still_there(
    form: type[Form], answers: Mapping[str, str], asking: Asking
) -> tuple[dict[str, str], tuple[Question, InvalidAnswer] | None]:
    """The answers without one whose account has gone meanwhile, which is to be asked again."""
    kept = dict(answers)
    for question in form.questions:
        try:
            if stored := answers.get(question.name):
                await question.kind.show(stored, replace(asking, answers=answers))
        except Refusal as refusal:
            del kept[question.name]
            likely = await question.kind.likely(replace(asking, answers=kept))
            why = _(refusal.message, **refusal.details)
            words = _("{why} Name another one.", why=why)
            return kept, (question, InvalidAnswer(words, likely))
    return kept, None
