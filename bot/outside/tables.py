"""Reading tables that people sent, each in a process of its own that may do nothing else."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import bot
from bot.runtime.errands import Failed
from services.errors import Refusal
from services.tables import refusals
from services.tables.table import LARGEST

ROOT = Path(bot.__file__).resolve().parents[1]
READER = ("-m", "bot.outside.table_worker")
SECONDS = 60.0
MOST = 128 * 1024**2
"""Bytes of what is written back; what is more is no table that anybody sent."""
CHUNK = 256 * 1024


@dataclass(frozen=True)
class TableReader:
    """Starts a fresh interpreter for each file: no environment, little memory, little time."""

    program: tuple[str, ...] = (sys.executable, *READER)
    seconds: float = SECONDS

    async def read(self, content: bytes, name: str) -> bytes:
        """The tables of a file, packed as `services.tables.stream` does; or a refusal."""
        if len(content) > LARGEST:
            raise refusals.TableTooLarge(megabytes=LARGEST // 1024**2)
        process = await self._start()
        try:
            async with asyncio.timeout(self.seconds):
                said = await _said(process, json.dumps({"name": name}).encode(), content)
        except TimeoutError:
            raise refusals.TableTooHard from None
        finally:
            await _end(process)
        return _understood(said, process.returncode or 0)

    async def _start(self) -> Process:
        try:
            return await asyncio.create_subprocess_exec(
                *self.program,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,  # a traceback may quote what the table says
                env={},
                cwd=ROOT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise Failed(f"the reader can't be started: {type(error).__name__}") from None


def _understood(said: bytes, code: int) -> bytes:
    """What the process wrote; one that died read something that asked too much of it."""
    if said[:1] == b"-":
        name, details = json.loads(said[1:])
        refusal: type[Refusal] = getattr(refusals, name)
        raise refusal(**details)
    if code or said[:1] != b"+" or len(said) > MOST:
        raise refusals.TableTooHard
    return said[1:]


async def _said(process: Process, head: bytes, content: bytes) -> bytes:
    feeding = asyncio.create_task(_feed(process, head, content))
    try:
        written = await _read(process)
        if len(written) <= MOST:
            await process.wait()
    finally:
        feeding.cancel()
    return written


async def _feed(process: Process, head: bytes, content: bytes) -> None:
    assert process.stdin  # noqa: S101 - it was asked for
    with suppress(ConnectionError):  # it need not read to the end
        process.stdin.write(head + b"\n")
        for start in range(0, len(content), CHUNK):
            process.stdin.write(content[start : start + CHUNK])
            await process.stdin.drain()
        process.stdin.close()


async def _read(process: Process) -> bytes:
    assert process.stdout  # noqa: S101 - it was asked for
    written = bytearray()
    while len(written) <= MOST and (chunk := await process.stdout.read(CHUNK)):
        written += chunk
    return bytes(written)


async def _end(process: Process) -> None:
    """Leave nothing running."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
