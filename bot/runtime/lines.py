"""Reading a line of text against a form: ``Acme yesterday 3pm, demo, went well next: send quote``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from bot.forms import Asking, Form, InvalidAnswer, Question
from bot.phrases import LANGUAGES, label, speaking

WORD = re.compile(r'"(?P<a>[^"]*)"[,，]?|“(?P<b>[^”]*)”[,，]?|「(?P<c>[^」]*)」[,，]?|\S+')
CHINESE_COMMA = re.compile(r"([，；。])(?=\S)")


@dataclass
class Line:
    """What a line answered, by question, and what is wrong with it, if anything."""

    answers: dict[str, str] = field(default_factory=dict)
    problem: tuple[Question, InvalidAnswer] | None = None


async def read_line(form: type[Form], text: str, asking: Asking) -> Line:
    """Answer a form's questions from one line.

    Named parts go to their question (``note: …``, ``备注：…``); the other words answer the questions
    in their order, each taking as many as it can read; the rest is for the question that takes
    long text, or all of it for the last one.
    """
    line = Line()
    head, named = _parts(form, text)
    loose = _words(head)
    for question, part in named:
        loose += await _named(line, question, part, _asking(asking, line))
    open_questions = [q for q in form.questions if q.loose and q.name not in line.answers]
    for question in open_questions:
        if loose and not question.kind.multiline:
            last = question is open_questions[-1]
            loose = await _loose(line, question, loose, _asking(asking, line), everything=last)
    for question in open_questions:
        if loose and question.kind.multiline:
            line.answers[question.name] = " ".join(loose)
            loose = []
    return line


def _asking(asking: Asking, line: Line) -> Asking:
    return Asking(asking.work, asking.person, asking.now, line.answers)


async def _loose(
    line: Line, question: Question, words: list[str], asking: Asking, *, everything: bool
) -> list[str]:
    if everything:
        await _read(line, question, " ".join(words), asking)
        return []
    taken = await question.kind.take(words, asking)
    if taken is None:
        return words
    if taken.problem:
        line.problem = line.problem or (question, taken.problem)
    else:
        line.answers[question.name] = taken.stored
    return words[taken.words :]


async def _named(line: Line, question: Question, part: str, asking: Asking) -> list[str]:
    """Answer a question from the text after its name; returns the words that it left."""
    words = _words(part)
    if question.kind.multiline or not words:
        line.answers[question.name] = " ".join(words)
        return []
    taken = await question.kind.take(words, asking)
    if taken and not taken.problem:
        line.answers[question.name] = taken.stored
        return words[taken.words :]
    await _read(line, question, " ".join(words), asking)
    return []


async def _read(line: Line, question: Question, text: str, asking: Asking) -> None:
    try:
        line.answers[question.name] = question.kind.dump(await question.kind.read(text, asking))
    except InvalidAnswer as problem:
        line.problem = line.problem or (question, problem)


def _words(text: str) -> list[str]:
    """Words by white space; only double quotes quote, so that “it's” is a word."""
    spaced = CHINESE_COMMA.sub(r"\1 ", text)
    return [
        next((found[g] for g in ("a", "b", "c") if found[g] is not None), found[0])
        for found in WORD.finditer(spaced)
    ]


def _parts(form: type[Form], text: str) -> tuple[str, list[tuple[Question, str]]]:
    """The text before the first named part, and the named parts."""
    if ":" not in text and "：" not in text:
        return text, []
    names, pattern = _named_parts(form.questions)
    found = list(pattern.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    named = [
        (names[match[1].casefold()], text[match.end() : end].strip().rstrip(",，;；"))
        for match, end in zip(found, ends, strict=True)
    ]
    return text[: found[0].start()] if found else text, named


@cache
def _named_parts(questions: tuple[Question, ...]) -> tuple[dict[str, Question], re.Pattern[str]]:
    """Every name of every question, and where one stands in a line."""
    names = {name: question for question in questions for name in _names(question)}
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
    return names, re.compile(rf"(?:(?<=[\s,，;；。])|^)({either})\s*[:：]", re.IGNORECASE)


def _names(question: Question) -> Sequence[str]:
    """What a question is called before a colon, in every language."""
    names = {question.name}
    for each in LANGUAGES:
        with speaking(each):
            names.add(label(question.label).casefold())
    return sorted(names)
