"""One hostile text on its way: in, understood, and out again, each step timed by itself."""

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from time import thread_time
from typing import TypeVar

import handlers
from bot.commands import collect
from bot.phrases import speaking
from bot.runtime.cleaning import HARMFUL, LONGEST, clean
from bot.runtime.heard import several
from bot.runtime.limiting import tries_code
from bot.runtime.lowering import length
from bot.runtime.post import LONG as LONG_REPLY
from handlers.understood import LONG
from services.mentions import candidates
from services.names import keys
from services.understanding.messages import understand
from storage.models import Role
from tests.abuse import inert
from tests.language.fuzz import SCENES, VOCABULARY

T = TypeVar("T")
BOOK = collect(handlers)
STALL = 0.050
"""Seconds of work that nobody else may have to wait for."""
ASIDE = 1.0
"""Seconds that it may take beside the event loop."""
WHOLE = 8
"""Of how many texts one is shown on a whole card, and taken for a name."""
TRIES = 3
"""A step that took long is tried again: another process may have had the cache."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without the collector, whose pauses depend on what else the process holds."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


@dataclass
class Going:
    """Takes texts through the bot's pure parts; keeps what was active, and what took long."""

    active: list[tuple[str, str]] = field(default_factory=list)
    slow: list[tuple[float, str, str]] = field(default_factory=list)
    slowest: tuple[float, str, str] = (0.0, "", "")

    def through(self, text: str, number: int) -> None:
        """One text: it raises nothing, and no step of it is long."""
        said = self._timed("clean", text, lambda: clean(text))
        assert HARMFUL.search(said) is None
        json.dumps(said).encode()
        if len(said) > LONGEST:
            said = said[:LONGEST]  # the rest is refused before anything reads it
        self._timed("find", said, lambda: self._found(said))
        if not number % WHOLE:
            self._timed("names", said, lambda: (candidates(said), keys(said[:120])))
        scene = SCENES[number % len(SCENES)]
        aside = len(said) > LONG
        self._timed("understand", said, lambda: understand(said, scene, VOCABULARY), aside=aside)
        with speaking("zh" if number % 2 else "en"):
            self._out(said, whole=not number % WHOLE)

    def _found(self, said: str) -> None:
        BOOK.suggest(said, Role.HQ)
        tries_code(BOOK, said)
        several(BOOK, said)

    def _out(self, said: str, *, whole: bool) -> None:
        """Shown on every platform, it is words."""
        card = inert.card(said) if whole else inert.line(said)
        aside = length(card) > LONG_REPLY
        for show, read in inert.PLATFORMS:
            shown = self._timed(show.__name__, said, partial(show, card), aside=aside)
            self.active += [(each, said) for each in read(shown)]

    def _timed(self, step: str, text: str, do: Callable[[], T], *, aside: bool = False) -> T:
        began = thread_time()
        result = do()
        took = thread_time() - began
        for _again in range(TRIES):
            if took > (ASIDE if aside else STALL):
                began = thread_time()
                do()
                took = min(took, thread_time() - began)
        if took > (ASIDE if aside else STALL):
            self.slow.append((took, step, text))
        if not aside:
            self.slowest = max(self.slowest, (took, step, text[:80]))
        return result


def taken_through(texts: Sequence[str]) -> Going:
    """All of these, one after the other."""
    going = Going()
    with undisturbed():
        for number, text in enumerate(texts):
            going.through(text, number)
    return going
