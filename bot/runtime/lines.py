"""Reading a line of text against a form: ``Acme yesterday 3pm, demo, next: send quote``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby

from bot.forms import Asking, Form, InvalidAnswer, Question
from bot.phrases import LANGUAGES, label, speaking

WORD = re.compile(
    r'"(?P<a>[^"]*)"[,，]?|“(?P<b>[^”]*)”[,，]?|「(?P<c>[^」]*)」[,，]?'
    r"|[^\s，；。]*[，；。]|[^\s，；。]+"
)
QUOTES = {'"': '"', "“": "”", "「": "」"}
EDGES = " \t\n\u3000,，;；:："


@dataclass
class Line:
    """What a line answered, by question, and what is wrong with it, if anything."""

    answers: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[Question, InvalidAnswer]] = field(default_factory=list)

    @property
    def problem(self) -> tuple[Question, InvalidAnswer] | None:
        """The first of them, which is asked about first."""
        return self.problems[0] if self.problems else None


@dataclass(frozen=True)
class Word:
    """A word, and where it stands, so that a note keeps every character that was typed."""

    text: str
    source: str
    start: int
    end: int

    def after(self, left: str) -> "Word":
        """The end of the word that is left when its beginning was understood."""
        return Word(left, self.source, self.source.rindex(left, self.start, self.end), self.end)


async def read_line(form: type[Form], text: str, asking: Asking) -> Line:
    """Answer a form's questions from one line.

    Named parts go to their question (``note: …``, ``备注：…``). Of the other words, each question
    takes as many as it can read, whatever their order; the rest is for the question that takes
    long text, or all of it for the last one.
    """
    reading = _Reading(form, asking)
    head, named = _parts(form, text)
    reading.words = _words(head)
    for question, part in named:
        await reading.named(question, part)
    while await reading.another():
        pass
    await reading.rest()
    return reading.line


@dataclass
class _Reading:
    """A line being read: what is answered, and the words that nothing took yet."""

    form: type[Form]
    asking: Asking
    line: Line = field(default_factory=Line)
    words: list[Word] = field(default_factory=list)

    @property
    def _open(self) -> list[Question]:
        done = {*self.line.answers, *(question.name for question, _why in self.line.problems)}
        return [q for q in self.form.questions if q.loose and q.name not in done]

    @property
    def _so_far(self) -> Asking:
        return replace(self.asking, answers={**self.asking.answers, **self.line.answers})

    async def another(self) -> bool:
        """Whether one more question was answered by the next words."""
        for question in self._open:
            if not self.words:
                return False
            if question.kind.multiline or (question is self._open[-1] and self._is_last(question)):
                continue
            left = await self._take(question, self.words)
            if left is not None:
                self.words = left
                return True
        return False

    def _is_last(self, question: Question) -> bool:
        """Whether all the rest is its, also what it can't read."""
        return question is [q for q in self.form.questions if q.loose][-1]

    async def rest(self) -> None:
        """Give the words that nothing took to the question that takes long text, or the last."""
        left = self._open
        question = next((q for q in left if q.kind.multiline), left[-1] if left else None)
        if question is None or not self.words:
            return
        if question.kind.multiline:
            self.line.answers[question.name] = _raw(self.words)
        else:
            await self._read(question, " ".join(word.text for word in self.words))

    async def named(self, question: Question, part: str) -> None:
        """Answer a question from the text after its name; what it leaves joins the other words."""
        words = _words(part)
        if question.kind.multiline or not words:
            self.line.answers[question.name] = _unquoted(part)
            return
        left = await self._take(question, words)
        if left is None:
            await self._read(question, " ".join(word.text for word in words))
        else:
            self.words += left

    async def _take(self, question: Question, words: Sequence[Word]) -> list[Word] | None:
        taken = await question.kind.take([word.text for word in words], self._so_far)
        if taken is None:
            return None
        if taken.problem:
            self.line.problems.append((question, taken.problem))
        else:
            self.line.answers[question.name] = taken.stored
        rest = list(words[taken.words :])
        if taken.left.strip(EDGES):
            rest.insert(0, words[taken.words - 1].after(taken.left))
        return rest

    async def _read(self, question: Question, text: str) -> None:
        try:
            value = await question.kind.read(text, self._so_far)
            self.line.answers[question.name] = question.kind.dump(value)
        except InvalidAnswer as problem:
            self.line.problems.append((question, problem))


def _words(text: str) -> list[Word]:
    """Words by white space and Chinese commas; only double quotes quote: “it's” is a word."""
    return [
        Word(
            next((found[g] for g in ("a", "b", "c") if found[g] is not None), found[0]),
            text,
            *found.span(),
        )
        for found in WORD.finditer(text)
    ]


def _raw(words: Sequence[Word]) -> str:
    """All that was typed from the first of these words to the last, quotes and lines included."""
    parts = []
    for source, run in groupby(words, key=lambda word: word.source):
        same = list(run)
        parts.append(_unquoted(source[same[0].start : same[-1].end]))
    return " ".join(parts)


def _unquoted(text: str) -> str:
    text = text.strip().lstrip(EDGES)
    inner = text[1:-1]
    quoted = len(text) > 1 and QUOTES.get(text[0]) == text[-1]
    return inner if quoted and not set(inner) & {text[0], text[-1]} else text


def _parts(form: type[Form], text: str) -> tuple[str, list[tuple[Question, str]]]:
    """The text before the first named part, and the named parts."""
    if ":" not in text and "：" not in text:
        return text, []
    names, pattern = _named_parts(form.questions)
    found = list(pattern.finditer(text))
    if not found:
        return text, []
    ends = [match.start() for match in found[1:]] + [len(text)]
    named = [
        (names[match[1].casefold()], text[match.end() : end].strip().rstrip(",，;；"))
        for match, end in zip(found, ends, strict=True)
    ]
    return text[: found[0].start()], named


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
