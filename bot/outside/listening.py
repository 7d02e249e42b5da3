"""Writing down what is said, by a program of the company's choice."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import ClassVar

from bot.errands import Listen
from bot.runtime.adapter import Rejected
from bot.runtime.errands import Failed, Files

SECONDS = 60.0
LONGEST = 4_000
"""Characters; what is longer is cut, as nobody types more in one message either."""
LARGEST = 20 * 1024 * 1024
BYTES = 4 * LONGEST + 1
CHUNK = 64 * 1024
MORE = "…"


@dataclass(frozen=True)
class Transcriber:
    """A program that reads audio on standard input and prints the words; no shell is involved."""

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the program may know; none of the bot's own secrets."""
    seconds_each: float = SECONDS
    at_once: ClassVar[int] = 2
    seconds: ClassVar[float] = 150.0

    async def fetch(self, errand: Listen, files: Files) -> str:
        """What is said in a file; empty where there are no words in it."""
        try:
            audio = await files.download(errand.file)
        except Rejected as error:
            raise Failed(str(error)) from None
        if len(audio) > LARGEST:
            raise Failed("the file is larger than 20 MB")
        return await self.transcribe(audio)

    async def transcribe(self, audio: bytes) -> str:
        """What is said in these bytes."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self.command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,  # such programs repeat there what was said
                env=dict(self.environment),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise Failed(f"the program can't be started: {type(error).__name__}") from None
        try:
            async with asyncio.timeout(self.seconds_each):
                return await _said(process, audio)
        except TimeoutError:
            raise Failed(f"no end within {self.seconds_each:.0f} s") from None
        finally:
            await _end(process)


async def _said(process: Process, audio: bytes) -> str:
    feeding = asyncio.create_task(_feed(process, audio))
    try:
        printed = await _read(process)
        if len(printed) < BYTES and await process.wait() != 0:
            raise Failed(f"the program ended with {process.returncode}")
    finally:
        feeding.cancel()
    text = printed.decode("utf-8", "replace").strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + MORE


async def _feed(process: Process, audio: bytes) -> None:
    assert process.stdin  # noqa: S101 - it was asked for
    with suppress(ConnectionError):  # a program need not read to the end
        process.stdin.write(audio)
        await process.stdin.drain()
        process.stdin.close()


async def _read(process: Process) -> bytes:
    """What it prints, and no more than is needed."""
    assert process.stdout  # noqa: S101 - it was asked for
    printed = bytearray()
    while len(printed) < BYTES and (chunk := await process.stdout.read(CHUNK)):
        printed += chunk
    return bytes(printed[:BYTES])


async def _end(process: Process) -> None:
    """Leave nothing running: neither the program nor what it has started."""
    with suppress(ProcessLookupError):  # its group outlives it as long as anything of it runs
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
