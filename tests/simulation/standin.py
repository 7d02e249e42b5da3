"""Telegram's stand-in in a process of its own, and the people who talk to the bot through it."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from aiohttp import ClientConnectionError, ClientSession

from tests.simulation.platforms import Told

FAKE = Path(__file__).resolve().parents[3] / "shared" / "fakes" / "fake_telegram.py"
TOKEN = "123456:TEST-TOKEN-AAAAAAAAAAAAAAAAAAAAAAAAA"
BOT = "123456"
UNBOUNDED = ("max_log=1000000", "max_messages_per_chat=1000000")


class ControlError(Exception):
    """The stand-in was asked for something that makes no sense to it."""


@dataclass(frozen=True)
class StandIn:
    """What a test does with the stand-in: play people, break things, look."""

    url: str
    _http: ClientSession
    name: str = "telegram"
    bot: str = BOT

    @property
    def settings(self) -> Mapping[str, str]:
        """How the bot finds it."""
        return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": self.url}

    def chat(self, person: int) -> str:
        return str(person)

    async def call(self, verb: str, path: str, body: Any = None, **query: Any) -> Any:
        url = f"{self.url}/control/{path}"
        async with self._http.request(verb, url, json=body, params=query) as response:
            answer = await response.json()
        if not answer["ok"]:
            raise ControlError(answer["error"])
        return answer["result"]

    async def says(self, person: int, text: str) -> str:
        """Write as a person, and return the update's number."""
        answer = await self.call("POST", "message", {"chat_id": person, "text": text})
        return str(answer["update_id"])

    async def presses(self, person: int, label: str, message: str = "") -> str:
        """Tap the newest button of that label, or that of one message."""
        one = {"message_id": int(message)} if message else {}
        wanted = {"chat_id": person, "text": label, **one}
        return str((await self.call("POST", "press", wanted))["update_id"])

    async def told(self, after: int = 0) -> list[Told]:
        """What the bot has said since."""
        return [
            Told(
                each["seq"],
                each["chat_id"],
                str(each["message"]["message_id"]),
                each["message"].get("text", ""),
            )
            for each in await self.events(after)
            if each["kind"] == "message"
        ]

    async def confirmed(self, updates: Sequence[str]) -> set[str]:
        """Telegram keeps what is not confirmed, and sends it until it is."""
        return set(updates)

    async def breaks(self, kind: str, **more: Any) -> None:
        await self.call("POST", "faults", {"kind": kind, **more})

    async def heals(self) -> None:
        await self.call("DELETE", "faults")

    async def events(self, after: int = 0) -> list[Any]:
        """What the bot did since, as its people could see it."""
        return list(await self.call("GET", "events", after=after))

    async def requests(self, method: str) -> list[Any]:
        return list(await self.call("GET", "requests", method=method))

    async def counters(self) -> Any:
        return await self.call("GET", "counters")

    async def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return int((await self.counters())["pending_updates"][BOT])

    async def refused(self) -> list[str]:
        """Each time the bot was told that it sends too fast."""
        asked = await self.requests("*")
        return [f"{each['method']} {each['error']}" for each in asked if each["status"] == 429]

    async def violations(self) -> list[str]:
        found = await self.call("GET", "violations")
        return [f"{each['kind']}: {each['detail']}" for each in found]

    async def problems(self) -> list[str]:
        """No poll asked for what was confirmed before."""
        asked = [
            int(each["params"]["offset"])
            for each in await self.requests("getupdates")
            if "offset" in each.get("params", {})
        ]
        return [f"the offset went from {a} back to {b}" for a, b in pairwise(asked) if b < a]

    async def texts(self, person: int) -> list[str]:
        """What the bot has on the screen of a chat, the oldest first."""
        shown = await self.call("GET", "transcript", chat_id=person)
        return [each["text"] for each in shown if each["direction"] == "out"]


@asynccontextmanager
async def stand_in(*settings: str) -> AsyncIterator[StandIn]:
    """A Bot API of our own while inside; ``settings`` are its ``NAME=JSON``."""
    port = free_port()
    chosen = [part for each in (*UNBOUNDED, *settings) for part in ("--set", each)]
    command = [sys.executable, str(FAKE), "--port", str(port), "--token", TOKEN, *chosen]
    quiet = asyncio.subprocess.DEVNULL  # it writes a traceback for every bot killed in a request
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    try:
        async with ClientSession() as http:
            found = StandIn(f"http://127.0.0.1:{port}", http)
            await _answers(found)
            yield found
    finally:
        assert process.returncode is None, "the stand-in has ended by itself"
        process.terminate()
        await process.wait()


async def _answers(server: StandIn) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                await server.counters()
            except ClientConnectionError:
                await asyncio.sleep(0.05)
            else:
                return


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def chats(people: int) -> Sequence[int]:
    """The chats of so many people."""
    return range(7001, 7001 + people)
