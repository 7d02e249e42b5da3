"""A playground with a sample company and a scripted bot behind it, for tests and screenshots.

async with stage(tmp_path) as set_up:
    await fill(set_up)
    await page.goto(set_up.url)
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.adapters.playground import receive
from bot.adapters.playground.client import Playground
from bot.adapters.playground.routes import routes
from bot.messages import Incoming, Message, Place, Press, Reply, Submission
from bot.runtime import encoding
from bot.runtime.adapter import Outgoing
from storage.engine import Database, connect
from storage.inbox import Arrival, insert_arrivals
from storage.journal import Author, sign
from storage.models import Base, Delivery, DeliveryState, Identity, Person, Role, Unit

Script = Callable[[Incoming], Sequence[Reply]]

UNITS = (("Northwind", "/1/"), ("Berlin", "/1/2/"), ("上海一组", "/1/3/"))
PEOPLE = (
    ("Ana Keller", Role.REP, 2, "en"),
    ("Jonas Weber", Role.MANAGER, 2, "en"),
    ("周敏", Role.HQ, 1, "zh"),
    ("李晓彤", Role.REP, 3, "zh"),
    ("王建国", Role.MANAGER, 3, "zh"),
)
COMMANDS = {
    "en": (
        ("visit", "Log a visit to an account"),
        ("account", "Everything about an account"),
        ("undo", "Take the last change back"),
        ("today", "What to do today"),
        ("stats", "Your numbers"),
        ("settings", "Language, time zone, quiet hours"),
        ("help", "What I can do"),
    ),
    "zh": (
        ("visit", "记录一次客户拜访"),
        ("account", "看一个客户"),
        ("undo", "撤销上一步"),
        ("today", "今天要做什么"),
        ("stats", "你的业绩"),
        ("settings", "语言、时区、免打扰"),
        ("help", "我能做什么"),
    ),
}


def now() -> datetime:
    return datetime.now(UTC)


def commands(_role: int, language: str) -> Sequence[tuple[str, str]]:
    return COMMANDS[language]


@dataclass
class Stage:
    """What a test may look at and pull strings of; it is the inbox and the bot in one."""

    database: Database
    playground: Playground
    script: Script
    url: str = ""
    asleep: bool = False
    """The inbox does not answer: nothing is committed."""
    taken: list[Incoming] = field(default_factory=list)
    runner: web.AppRunner | None = None
    port: int = 0
    last: dict[str, str] = field(default_factory=dict)

    async def take(self, platform: str, bot: str, arrivals: Sequence[Arrival]) -> int:
        if self.asleep:
            raise ConnectionError("the database is away")
        async with self.database.begin() as session:
            fresh = len(await insert_arrivals(session, platform, bot, arrivals, now()))
        if fresh:
            incoming = self.playground.read(json.loads(arrivals[0].payload))
            self.taken.append(incoming)
            await self.answer(incoming)
        return fresh

    async def answer(self, incoming: Incoming) -> None:
        ack = incoming.ack if isinstance(incoming, Press) else ""
        card = incoming.card if isinstance(incoming, Press | Submission) else ""
        for reply in self.script(incoming):
            await self.say(incoming.place.chat, reply, edit=card if reply.edit else "", ack=ack)

    async def say(self, person: str, reply: Reply, *, edit: str = "", ack: str = "") -> str:
        """Send a reply as the runtime does: kept as a delivery, then sent."""
        place = receive.place(person)
        (packed,) = self.playground.pack(reply)
        row = Delivery(
            dedup=f"{now().timestamp()}-{person}",
            lane="playground:demo",
            chat=place.key,
            payload=encoding.pack(encoding.Parcel(place, packed, edit, ack)),
            ready_at=0,
            state=DeliveryState.SENT,
            created_at=now(),
        )
        async with self.database.begin() as session:
            session.add(row)
            await session.flush()
            number = row.id
        ref = await self.playground.send(Outgoing(number, place, packed, edit, ack))
        self.last[person] = ref
        return ref

    async def said(self, person: str, text: str) -> None:
        """Put an own message into a phone's history."""
        payload = {
            "kind": "message",
            "id": f"past-{now().timestamp():.6f}".replace(".", "-"),
            "person": person,
            "at": now().isoformat(),
            "text": text,
        }
        arrival = Arrival(payload["id"], receive.place(person).key, json.dumps(payload))
        async with self.database.begin() as session:
            await insert_arrivals(session, "playground", "demo", [arrival], now())

    async def typing(self, person: str) -> None:
        await self.playground.typing(Place("playground", "demo", person))

    async def up(self) -> None:
        """Start the server, on the port it had before if it had one."""
        app = web.Application()
        app.add_routes(routes(self.playground, self, commands))
        self.runner = web.AppRunner(app, shutdown_timeout=1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self.port or self.runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def down(self) -> None:
        """Stop the server, as a crash would."""
        await self.playground.close()
        if self.runner:
            await self.runner.cleanup()


def silent(_incoming: Incoming) -> Sequence[Reply]:
    return ()


@asynccontextmanager
async def stage(folder: Path, script: Script = silent) -> AsyncIterator[Stage]:
    database = connect(f"sqlite+aiosqlite:///{folder / 'stage.db'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await _employ(database)
    playground = Playground(database, now)
    set_up = Stage(database, playground, script)
    await set_up.up()
    try:
        yield set_up
    finally:
        await set_up.down()
        await database.close()


async def _employ(database: Database) -> None:
    async with database.begin() as session:
        sign(session.sync_session, Author(now(), None, "test"))
        for name, path in UNITS:
            session.add(Unit(name=name, path=path))
            await session.flush()
        for name, role, unit, language in PEOPLE:
            person = Person(name=name, role=role, unit_id=unit, language=language)
            session.add(person)
            await session.flush()
            number = str(person.id)
            session.add(
                Identity(
                    person_id=person.id,
                    platform="playground",
                    external_id=number,
                    bot="demo",
                    chat=number,
                )
            )


async def eventually(check: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110 - what is waited for may be in the browser
            await asyncio.sleep(0.02)


def words(incoming: Incoming) -> str:
    return incoming.text if isinstance(incoming, Message) else ""
