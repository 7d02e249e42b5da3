"""What a draft keeps beside its answers: its own name, and the files that came meanwhile."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import inspect

from bot.commands import DOUBT, REVIEW, Book
from bot.forms import Asking, Form, InvalidAnswer, Option, Question
from bot.messages import Button, Buttons, Call, File, Reply
from bot.phrases import _
from services.errors import Refusal
from storage.models import Draft

NAME = "#"
FILES = "+files"
ANSWER = "answer"
COVERS = "covers"

Problem = tuple[Question, InvalidAnswer]


def named(answers: Mapping[str, str], new_token: Callable[[], str]) -> dict[str, str]:
    """The answers of a draft that can be told from every other one."""
    return {NAME: answers.get(NAME) or new_token()[:8], **answers}


def name(draft: Draft) -> str:
    return draft.answers.get(NAME, "")


def copied(draft: Draft) -> Draft:
    """The same draft, to be kept again after the stored one is gone."""
    columns = (column.key for column in inspect(Draft).columns if column.key != "id")
    return Draft(**{key: getattr(draft, key) for key in columns})


def is_of(draft: Draft, answers: Mapping[str, str]) -> bool:
    """Whether a draft is of these answers, or of the same review."""
    mine = draft.answers
    return any(mine.get(key) and mine[key] == answers.get(key) for key in (NAME, REVIEW))


def is_begun(form: type[Form], draft: Draft) -> bool:
    """Whether anything was said yet that another message must not be mixed with."""
    return any(
        draft.answers.get(key)
        for question in form.questions
        for key in (question.name, DOUBT + question.name)
    )


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


def words(form: type[Form]) -> str:
    """The name of the question that a person's own words answer best."""
    return note(form) or next(q.name for q in form.questions if q.kind.multiline or q.loose)


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


def with_open(answers: Mapping[str, str], problems: Sequence[Problem]) -> dict[str, str]:
    """The answers, and what was not understood, to be asked about and not to be skipped."""
    return {**answers, **{DOUBT + question.name: why.dump() for question, why in problems}}


def doubt(form: type[Form], answers: Mapping[str, str]) -> tuple[Question, InvalidAnswer] | None:
    """The first question whose answer is in doubt, and what it may be."""
    for question in form.questions:
        stored = answers.get(DOUBT + question.name)
        if stored and question.name not in answers:
            return question, InvalidAnswer.load(stored)
    return None


async def implied(
    form: type[Form], answers: Mapping[str, str], asking: Asking
) -> tuple[dict[str, str], Problem | None]:
    """The answers with those that follow from them, and the first that can't be told."""
    found = dict(answers)
    for question in form.questions:
        if question.name in found:
            continue
        try:
            stored = await question.kind.implied(replace(asking, answers=found))
        except InvalidAnswer as problem:
            return found, (question, problem)
        if stored:
            found[question.name] = stored
    return found, None


def files(answers: Mapping[str, str]) -> tuple[File, ...]:
    """The files that came since the form was begun, by their platform's handles."""
    stored = json.loads(answers.get(FILES, "[]"))
    return tuple(File(name, mime, ref, spoken=bool(spoken)) for name, mime, ref, *spoken in stored)


def with_files(answers: Mapping[str, str], more: Sequence[File]) -> dict[str, str]:
    """The answers with files added; each once."""
    kept = [*files(answers)]
    kept += [each for each in more if each.ref not in {one.ref for one in kept}]
    stored = json.dumps([_stored(each) for each in kept])
    return {**answers, FILES: stored} if kept else dict(answers)


def carrying(answer: Reply, more: Sequence[File], book: Book) -> Reply:
    """The reply to a message with files: what its buttons begin and may keep them, has them."""
    if not more:
        return answer
    blocks = (
        Buttons(tuple(_carrying(each, more, book) for each in block.buttons))
        if isinstance(block, Buttons)
        else block
        for block in answer.blocks
    )
    return replace(answer, blocks=tuple(blocks))


def _carrying(button: Button, more: Sequence[File], book: Book) -> Button:
    call = button.then
    if not (isinstance(call, Call) and (to := book.by_word.get(call.command)) and to.keeps):
        return button
    return replace(button, then=Call(call.command, with_files(call.answers, more)))


def _stored(file: File) -> list[str]:
    return [file.name, file.mime, file.ref, *(["spoken"] if file.spoken else [])]


async def still_there(
    form: type[Form], answers: Mapping[str, str], asking: Asking
) -> tuple[dict[str, str], Problem | None]:
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
