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
COMMAS = (",", "，", ";", "；", "。")
SPARE = -1
"""The part of words that may belong to a name."""
EDGES = " \t\n\u3000,，;；:："


@dataclass
class Line:
    """What a line answered, by question, and what is wrong with it, if anything."""

    answers: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[Question, InvalidAnswer]] = field(default_factory=list)
    left: str = ""
    """The words that nothing took, in a form without a question for them."""

    @property
    def problem(self) -> tuple[Question, InvalidAnswer] | None:
        """The first of them, which is asked about first."""
        return self.problems[0] if self.problems else None

    @property
    def done(self) -> set[str]:
        """The questions that were answered, or tried to be."""
        return {*self.answers, *(question.name for question, _why in self.problems)}


@dataclass(frozen=True)
class Word:
    """A word, and where it stands, so that a note keeps every character that was typed."""

    text: str
    source: str
    start: int
    end: int
    part: int = 0
    """Which named part of the line it stands in."""

    def after(self, left: str) -> "Word":
        """The end of the word that is left when its beginning was understood."""
        start = self.source.rindex(left, self.start, self.end)
        return replace(self, text=left, start=start)


async def read_line(
    form: type[Form], text: str, asking: Asking, *, start: Question | None = None
) -> Line:
    """Answer a form's questions from one line; from one of them on, when it is being asked.

    Named parts go to their question (``note: …``, ``备注：…``). Of the other words, each question
    takes as many as it can read, whatever their order; the rest is for the question that takes
    long text, or all of it for the last one.
    """
    questions = form.questions[form.questions.index(start) if start else 0 :]
    reading = _Reading(questions, asking)
    told = [] if start else await form.spans(text, asking)
    parts: Sequence[tuple[Question | None, int, int]] = [
        (form.question(name), begins, ends) for name, begins, ends in told
    ]
    for number, (question, begins, ends) in enumerate(parts or _parts(form, text)):
        if question and told:
            await reading.whole(question, _words(text, begins, ends, number))
        elif question and question in questions:
            await reading.named(question, Word(text[begins:ends], text, begins, ends, number))
        else:
            reading.words += _words(text, begins, ends, number)
    while await reading.another():
        pass
    await reading.rest()
    return reading.line


@dataclass
class _Reading:
    """A line being read: what is answered, and the words that nothing took yet."""

    questions: Sequence[Question]
    asking: Asking
    line: Line = field(default_factory=Line)
    words: list[Word] = field(default_factory=list)
    kept: dict[str, list[Word]] = field(default_factory=dict)
    """The words of each long text."""

    @property
    def _open(self) -> list[Question]:
        done = {*self.line.done, *self.kept, *self.asking.answers} - {self.questions[0].name}
        done |= self.line.done
        return [q for q in self.questions if q.loose and q.name not in done]

    @property
    def _note(self) -> Question | None:
        """The question for all that nothing else took."""
        return next((q for q in self.questions if q.loose and q.kind.multiline), None)

    def _so_far(self, question: Question) -> Asking:
        others = [q.kind for q in self._open if q is not question and not q.kind.multiline]
        answers = {**self.asking.answers, **self.line.answers}
        return replace(self.asking, answers=answers, others=others)

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
        return question is [q for q in self.questions if q.loose][-1]

    async def rest(self) -> None:
        """Give the words that nothing took to the question that takes long text, or the last."""
        left = self._open
        if self._note:
            self._keep(self._note, self.words)
        elif self.words and left:
            await self.whole(left[-1], self.words)
        else:
            self.line.left = _raw(self.words)
        self.line.answers |= {name: _raw(words) for name, words in self.kept.items()}

    async def named(self, question: Question, part: Word) -> None:
        """Answer a question from the text after its name; what it leaves joins the other words."""
        words = _words(part.source, part.start, part.end, part.part)
        if question.kind.multiline:
            self.kept.setdefault(question.name, []).append(part)
        elif not words:
            self.line.answers[question.name] = ""
        elif (left := await self._take(question, words)) is not None:
            self.words += left
        elif not await self._read_first(question, words):
            await self.whole(question, words)
            if self._note and question.name not in self.line.answers:
                self._keep(self._note, words)

    async def _read_first(self, question: Question, words: Sequence[Word]) -> bool:
        """Whether what stands before the first comma answers a question; the rest is left."""
        ended = next((n for n, word in enumerate(words, 1) if word.text.endswith(COMMAS)), 0)
        if not 0 < ended < len(words):
            return False
        try:
            text = " ".join(word.text for word in words[:ended])
            value = await question.kind.read(text.rstrip(EDGES), self._so_far(question))
        except InvalidAnswer:
            return False
        self.line.answers[question.name] = question.kind.dump(value)
        self.words += words[ended:]
        return True

    def _keep(self, note: Question, words: Sequence[Word]) -> None:
        if words:
            kept = [*self.kept.get(note.name, ()), *words]
            self.kept[note.name] = sorted(kept, key=lambda word: word.start)

    async def _take(self, question: Question, words: Sequence[Word]) -> list[Word] | None:
        asking = self._so_far(question)
        taken = await question.kind.take([word.text for word in words], asking)
        if taken is None:
            return None
        if taken.problem:
            self.line.problems.append((question, taken.problem))
        else:
            self.line.answers[question.name] = taken.stored
        if taken.spare and self._note:
            self._keep(self._note, [Word(taken.spare, taken.spare, 0, len(taken.spare), SPARE)])
        rest = list(words[taken.words :])
        if taken.left.strip(EDGES):
            rest.insert(0, words[taken.words - 1].after(taken.left))
        return rest

    async def whole(self, question: Question, words: Sequence[Word]) -> None:
        """Answer a question from all of these words."""
        text = " ".join(word.text for word in words)
        try:
            value = await question.kind.read(text, self._so_far(question))
            self.line.answers[question.name] = question.kind.dump(value)
        except InvalidAnswer as problem:
            self.line.problems.append((question, problem))


def _words(source: str, begins: int, ends: int, part: int) -> list[Word]:
    """Words by white space and Chinese commas; only double quotes quote: “it's” is a word."""
    return [
        Word(
            next((found[g] for g in ("a", "b", "c") if found[g] is not None), found[0]),
            source,
            *found.span(),
            part,
        )
        for found in WORD.finditer(source, begins, ends)
    ]


def _raw(words: Sequence[Word]) -> str:
    """All that was typed from the first of these words to the last, quotes and lines included."""
    parts = []
    for _part, run in groupby(words, key=lambda word: word.part):
        same = list(run)
        parts.append(_unquoted(same[0].source[same[0].start : same[-1].end]))
    return " ".join(filter(None, parts))


def _unquoted(text: str) -> str:
    text = text.strip().lstrip(EDGES)
    inner = text[1:-1]
    quoted = len(text) > 1 and QUOTES.get(text[0]) == text[-1]
    return inner if quoted and not set(inner) & {text[0], text[-1]} else text


def _parts(form: type[Form], text: str) -> list[tuple[Question | None, int, int]]:
    """Where the named parts of a line are, and the unnamed text before the first of them.

    A long text goes on over its own name, and a short answer that is named twice is no name.
    """
    names, pattern, leading, listed = _named_parts(form.questions)
    found: list[tuple[Question | None, int, int]] = [(None, 0, 0)]
    begun = leading.match(text)
    named = sorted([*pattern.finditer(text), *listed.finditer(text)], key=re.Match.start)
    matches = [begun] if begun else named
    for match in matches:
        question = names[match[1].casefold()]
        if question.kind.multiline and question is found[-1][0]:
            continue
        again = not question.kind.multiline and question in {each for each, *_at in found}
        found.append((None, match.start(), match.start()) if again else (question, *match.span()))
    ends = [begins for _question, begins, _after in found[1:]] + [len(text)]
    return [
        (
            question,
            after,
            max(after, len(text[:end].rstrip().rstrip(",，;；")) if question else end),
        )
        for (question, _begins, after), end in zip(found, ends, strict=True)
    ]


@cache
def _named_parts(
    questions: tuple[Question, ...],
) -> tuple[dict[str, Question], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Every name of every question, where one stands in a line, and where it needs no colon.

    That is at the head of the line, and after a comma where no long text goes on: “, tier A”.
    """
    # Of two questions with one name the first is meant: “follow-up: send the quote”.
    names = {name: question for question in reversed(questions) for name in _names(question)}
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
    long = any(question.kind.multiline for question in questions)
    free = long or any(question.required for question in questions)
    return (
        names,
        re.compile(rf"(?:(?<=[\s,，;；。])|^)({either})\s*[:：](?!//)", re.IGNORECASE),
        re.compile(r"(?!)" if free else rf"\s*({either})(?:\s*[:：]|\s+(?=\S))", re.IGNORECASE),
        re.compile(
            r"(?!)" if long else rf"(?<=[,，;；])\s*({either})\s+(?=[^\s:：])", re.IGNORECASE
        ),
    )


def _names(question: Question) -> Sequence[str]:
    """What a question is called before a colon, in every language."""
    names = {question.name, *question.also}
    for each in LANGUAGES:
        with speaking(each):
            names.add(label(question.label).casefold())
    return sorted(names)
