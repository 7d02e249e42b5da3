"""The real bot in a process of its own: started, watched, killed, stopped."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass
class BotProcess:
    """``python -m bot run`` on one database, against one stand-in, which ``platform`` names."""

    database_url: str
    platform: Mapping[str, str]
    folder: Path
    roles: str = "receive,work,deliver"
    module: Sequence[str] = ("bot", "run")
    more: Mapping[str, str] = field(default_factory=dict)
    """Settings beside the usual ones."""
    lines: list[dict[str, Any]] = field(default_factory=list)
    """All that it has logged, over all its lives."""

    async def start(self) -> None:
        self._running = asyncio.Event()
        settings = {
            "DATABASE_URL": self.database_url,
            "HTTP_PORT": "0",
            **self.platform,
            "LOG_FORMAT": "json",
            "PYTHONPATH": str(ROOT),
            **self.more,
        }
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *self.module, "--roles", self.roles),
            cwd=self.folder,
            env={**os.environ, **settings},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=2**24,
        )
        self._reading = asyncio.create_task(self._read(self.process))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr
        async for line in process.stderr:
            try:
                said = json.loads(line)
            except ValueError:
                said = {"event": "unreadable", "line": line.decode(errors="replace")}
            self.lines.append(said)
            if said["event"] == "running":
                self._running.set()

    async def running(self) -> None:
        """Until it says that it runs."""
        waiting = [
            asyncio.ensure_future(self._running.wait()),
            asyncio.ensure_future(self.process.wait()),
        ]
        try:
            await asyncio.wait(waiting, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waiting:
                each.cancel()
        assert self._running.is_set(), self.lines[-5:]

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
            await self._reading
        return code

    def said(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["event"] == event]
