"""How far something long is, said now and then."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from bot.messages import reply
from bot.phrases import _, speaking
from bot.runtime.errands import Desk

PATIENCE = 2.0
"""Seconds for which nobody has to be told."""
EVERY = 3.0
SHARE = 10
GAP = 1.0
MANY = 2_000
"""Rows that take longer than anybody waits without a word."""


@dataclass
class Meter:
    """Says every tenth, or every few seconds, what percentage is done.

    It never waits: in SQLite the work itself may hold the only transaction that writes.
    """

    desk: Desk
    language: str
    doing: str
    """What is being done, in English, with ``{percent}``."""
    name: str
    _began: float = field(default_factory=time.monotonic)
    _shown: float = 0.0
    _share: int = 0
    _saying: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self._shown = self._began

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._saying:
            self._saying.cancel()
            with suppress(asyncio.CancelledError):
                await self._saying

    async def begin(self, total: int) -> None:
        """Say that it begins, if it will take a while."""
        if total > MANY:
            await self._say(0)

    async def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now, share = time.monotonic(), done * SHARE // max(1, total)
        waited = now - self._shown
        due = waited >= EVERY or (share > self._share and waited >= GAP)
        if now - self._began < PATIENCE or not due or self._busy:
            return
        self._shown, self._share = now, share
        self._saying = asyncio.create_task(self._say(done * 100 // max(1, total)))

    @property
    def _busy(self) -> bool:
        return self._saying is not None and not self._saying.done()

    async def _say(self, percent: int) -> None:
        with speaking(self.language):
            said = reply(_(self.doing, percent=percent))
            await self.desk.show(said, f"{self.name}:{percent}")


def soon(desk: Desk, language: str, name: str) -> asyncio.Task[None]:
    """Say that a file is being read, unless that is over before anybody wonders."""

    async def say() -> None:
        await asyncio.sleep(PATIENCE)
        with speaking(language):
            await desk.show(reply(_("Reading {name}…", name=name)), "reading")

    return asyncio.create_task(say())
