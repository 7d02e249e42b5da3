"""Facts that somebody suggests who may be wrong, or lie: taken only with proof.

Only what was not found before is filled. Every value must be shown by words that stand in the text
just so; times and amounts are read from those words by our own grammar, and never computed by
anybody else. Whatever was filled is not sure, so that a person looks at it before it is saved.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from services.understanding.amounts import read_amount
from services.understanding.facts import (
    Facts,
    Grain,
    Intent,
    Moment,
    Name,
    Scene,
    Toward,
    Vocabulary,
)
from services.understanding.plain import plain
from services.understanding.reading import read_time
from services.understanding.times import find_times
from storage.kinds import Activity, Outcome

QUOTES = ("account", "happened", "follow_up", "amount", "product", "competitor", "next_step")
"""The facts that are words of the text."""
INTENTS = (Intent.VISIT, Intent.CALL, Intent.DEAL, Intent.REMINDER, Intent.NOTE)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "intent": tuple(map(str, INTENTS)),
    "activity": tuple(map(str, Activity)),
    "outcome": tuple(map(str, Outcome)),
}
"""The facts that are one of a few; so is the stage, of the company's."""
SHARED = frozenset((*CHOICES, "note", "next_step"))
"""The facts whose words may be another's, too."""
LONGEST = 200
LONGEST_NAME = 60
MOST_CONTACTS = 5
LETTER = re.compile(r"[^\W\d_]")
SLACK = timedelta(minutes=5)
Chosen = TypeVar("Chosen", bound=StrEnum)


def lacking(facts: Facts) -> bool:
    """Whether something is missing without which the message can't be acted on."""
    match facts.intent:
        case Intent.QUESTION | Intent.SMALL_TALK:
            return False
        case Intent.NOTE:
            return True
        case Intent.REMINDER:
            return facts.follow_up is None
        case _:
            return facts.account is None


def filled(facts: Facts, suggested: str, text: str, scene: Scene, known: Vocabulary) -> Facts:
    """The facts, with what was suggested in place of what was not found and is proved."""
    try:
        values = json.loads(suggested)
    except (ValueError, RecursionError):
        return facts
    if not isinstance(values, dict):
        return facts
    return _Filling(facts, values, text, scene, known).done()


class _Filling:
    """One suggestion being looked through."""

    def __init__(
        self,
        facts: Facts,
        values: Mapping[str, Any],
        text: str,
        scene: Scene,
        known: Vocabulary,
    ) -> None:
        self.facts, self.values = facts, values
        self.text, self.scene, self.known = text, scene, known
        self.evidence = dict(facts.evidence)
        self.found: dict[str, Any] = {}

    def done(self) -> Facts:
        """Look at each fact in turn."""
        facts = self.facts
        if facts.intent is Intent.NOTE and "intent" not in facts.evidence:
            self._choose("intent", Intent, INTENTS)
        if facts.activity is None:
            self._choose("activity", Activity, tuple(Activity))
        if facts.outcome is None:
            self._choose("outcome", Outcome, tuple(Outcome))
        self._stage()
        self._times()
        self._amount()
        self._names()
        if not self.found:
            return facts
        return replace(facts, **self.found, evidence=self.evidence, sure=False)

    def _take(self, name: str, value: object, words: str) -> None:
        self.found[name] = value
        self.evidence[name] = words

    def _choose(self, name: str, kind: Callable[[str], Chosen], allowed: Sequence[Chosen]) -> None:
        value, words = self._choice(name)
        if words and value in allowed:
            self._take(name, kind(value), words)

    def _choice(self, name: str) -> tuple[str, str]:
        """A chosen value and the words that show it, empty without any."""
        given = self.values.get(name)
        if not isinstance(given, dict) or not isinstance(given.get("value"), str):
            return "", ""
        return given["value"], self._quoted(given.get("words"))

    def _stage(self) -> None:
        value, words = self._choice("stage")
        if self.facts.stage is None and words and value in self.known.stages:
            self._take("stage", value, words)

    def _times(self) -> None:
        for name, there, toward in (
            ("happened", self.facts.happened, Toward.PAST),
            ("follow_up", self.facts.follow_up, Toward.FUTURE),
        ):
            words = self._quoted(self.values.get(name))
            if there is not None or not words or self._is_taken(words):
                continue
            moment = read_time(plain(words), self.scene, toward)
            if moment and self._lies(moment, toward):
                self._take(name, moment, words)

    def _lies(self, moment: Moment, toward: Toward) -> bool:
        """Whether a time is where it must be: what happened did, what is to be done is ahead."""
        now = self.scene.now.astimezone(self.scene.zone)
        if moment.grain is Grain.DAY:
            day, today = moment.local.date(), now.date()
            return day <= today if toward is Toward.PAST else day >= today
        return moment.at <= now + SLACK if toward is Toward.PAST else moment.at > now

    def _amount(self) -> None:
        words = self._quoted(self.values.get("amount"))
        if self.facts.amount is not None or not words or self._is_taken(words):
            return
        if amount := read_amount(plain(words), self.scene):
            self._take("amount", amount, words)

    def _names(self) -> None:
        if self.facts.account is None and (words := self._name(self.values.get("account"))):
            self._take("account", Name(words, _known(words, self.known.accounts)), words)
        contacts = self.values.get("contacts")
        if not self.facts.contacts and isinstance(contacts, list):
            names = [name for each in contacts[:MOST_CONTACTS] if (name := self._name(each))]
            if names:
                people = tuple(Name(each, _known(each, self.known.contacts)) for each in names)
                self._take("contacts", people, ", ".join(names))
        for name in ("product", "competitor"):
            if not getattr(self.facts, name) and (words := self._name(self.values.get(name))):
                self._take(name, words, words)
        step = self._quoted(self.values.get("next_step"))
        if step and not self.facts.next_step:
            self._take("next_step", step, step)

    def _name(self, words: object) -> str:
        """Words that may be a name: no time, no number, and nothing that was read already."""
        name = self._quoted(words)
        if not LETTER.search(name) or len(name) > LONGEST_NAME or "\n" in name:
            return ""
        if self._is_taken(name) or find_times(plain(name), self.scene):
            return ""
        return name

    def _is_taken(self, words: str) -> bool:
        """Whether another fact was read from the same words."""
        others = (read for name, read in self.evidence.items() if name not in SHARED)
        return any(words in read or read in words for read in others if read)

    def _quoted(self, words: object) -> str:
        """The words, if they stand in the text just so, and as whole words."""
        if not isinstance(words, str):
            return ""
        words = words.strip()
        if not words or len(words) > LONGEST or not any(map(str.isalnum, words)):
            return ""
        before = r"(?<![A-Za-z0-9])" if _is_latin(words[0]) else ""
        after = r"(?![A-Za-z0-9])" if _is_latin(words[-1]) else ""
        return words if re.search(f"{before}{re.escape(words)}{after}", self.text) else ""


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _known(words: str, names: Sequence[str]) -> str:
    """What the company calls it, where it was written in another width or case."""
    written = plain(words).text
    return next((each for each in names if plain(each).text == written), "")
