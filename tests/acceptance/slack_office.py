"""The whole bot in the test's own process, on a real database, and people who talk to it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import inspect, select, text

import handlers
from bot.adapters.slack import Slack
from bot.adapters.telegram import Telegram
from bot.assembly import Parts, add_slack, add_telegram
from bot.commands import Defaults, collect
from bot.jobs import collect_jobs
from bot.runtime.process import Roles
from bot.runtime.turn import utc_now
from bot.settings import load
from services import accounts, joining, people
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Identity, Person, Role, Visit
from storage.models.base import Base
from storage.work import Work
from tests.acceptance.fakes import TOKEN
from tests.acceptance.slack import (
    ANA,
    APP_TOKEN,
    BOT_TOKEN,
    CHANNEL,
    PATIENCE,
    SIGNING_SECRET,
    TEAM,
    Control,
)
from tests.adapters.contract import Shown
from tests.simulation import checks
from tests.simulation.standin import free_port

ZONE = "Asia/Shanghai"
Row = TypeVar("Row", bound=Base)


@dataclass
class Office:
    """The parts, and what all tests do with them."""

    control: Control
    database: Database
    parts: Parts
    port: int = 0

    async def hire(
        self,
        user: str = ANA,
        name: str = "Ana",
        role: Role = Role.REP,
        *,
        language: str = "en",
        zone: str = ZONE,
    ) -> "Someone":
        """A person whom the bot knows on Slack."""
        async with self.database.begin() as session:
            work = Work(session, Author(utc_now(), None, "hire"))
            unit = await people.unit_at(work, "East")
            person = Person(name=name, role=role, unit_id=unit.id, language=language, zone=zone)
            await work.people.add(person)
            await work.people.add(
                Identity(
                    person_id=person.id, platform="slack", external_id=user, bot=TEAM, chat=user
                )
            )
        return Someone(self, user, person)

    async def open_account(self, owner: "Someone", name: str, *aliases: str) -> Account:
        """A customer of somebody's."""
        assert owner.person
        async with self.database.begin() as session:
            work = Work(session, Author(utc_now(), owner.person.id, "open"))
            return await accounts.create(work, owner.person, name, aliases)

    async def invites(self, name: str = "Kim", code: str = "wJ4k9Xh2mQ7c_5Tz-0AbCd") -> str:
        """An invitation for a rep; its code."""
        async with self.database.begin() as session:
            now = utc_now()
            work = Work(session, Author(now, None, "invite"))
            unit = await people.unit_at(work, "East")
            await joining.invite(work, name, Role.REP, unit, code=code, by=None, now=now)
        return code

    async def all(self, noun: type[Row]) -> list[Row]:
        """Every row of a table, in the order in which they came."""
        async with self.database.read() as session:
            return list(await session.scalars(select(noun).order_by(inspect(noun).c.id)))

    async def notes(self) -> list[str]:
        return [visit.note for visit in await self.all(Visit)]

    async def quiet(self) -> None:
        """Until everything has come in, is answered and is shown."""
        async with asyncio.timeout(PATIENCE):
            while await self._busy():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.02)

    async def connected(self) -> None:
        """Until a socket is open that Slack doesn't want to close."""
        async with asyncio.timeout(PATIENCE):
            while all(c.draining for c in self.control.server.connections.values()):  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.01)

    async def _busy(self) -> bool:
        sent = self.control.server.deliveries.values()
        return any(d.state == "pending" for d in sent) or not await checks.idle(self.database)

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Nobody else can write to the database while inside."""
        async with self.database.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))  # begins, which is all that SQLite needs
            if not self.database.is_sqlite:
                tables = "inbox, people, identities, deliveries, calls"
                await connection.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
            yield
            await connection.rollback()


@dataclass
class Someone:
    """A person on Slack; what they do ends when all that follows from it has happened."""

    office: Office
    user: str
    person: Person | None = None

    @property
    def control(self) -> Control:
        return self.office.control

    async def says(self, words: str, channel: str | None = None, **more: Any) -> str:
        """Write, and return the message's name."""
        done = self.control.says(words, self.user, channel, **more)
        await self.office.quiet()
        return str(done["ts"])

    async def command(self, words: str = "", channel: str | None = None) -> Any:
        done = await self.control.command(words, self.user, channel)
        await self.office.quiet()
        return done

    async def presses(self, label: str, channel: str | None = None, **more: Any) -> Any:
        done = await self.control.presses(label, self.user, channel, **more)
        await self.office.quiet()
        return done

    async def submits(self, **values: Any) -> Any:
        """Send the open window; ``at_time`` is the second input of ``at``."""
        named = {name.replace("_time", ".time"): value for name, value in values.items()}
        done = await self.control.submits(named, self.user)
        await self.office.quiet()
        return done

    async def chooses(self, question: str, label: str, **values: Any) -> Any:
        """Pick in the open window, which stays open; ``values`` are what else stands in it."""
        done = await self.control.chooses(question, label, values, self.user)
        await self.office.quiet()
        return done

    async def shortcut(self, name: str, **message: Any) -> Any:
        done = await self.control.shortcut(name, self.user, **message)
        await self.office.quiet()
        return done

    async def opens_home(self) -> None:
        self.control.opens_home(self.user)
        await self.office.quiet()

    async def offered(self, question: str, typed: str = "") -> list[str]:
        """The labels that are offered while typing."""
        options = await self.control.suggests(question, typed, self.user)
        return [each["text"]["text"] for each in options]

    @property
    def last(self) -> Shown:
        """The newest message in their chat with the bot."""
        return self.control.sees(self.user)[-1]

    @property
    def count(self) -> int:
        return len(self.control.messages(self.user))

    @property
    def window(self) -> Shown:
        return self.control.modal(self.user)

    @property
    def filled(self) -> dict[str, Any]:
        """What the open window's questions are answered with already."""
        return dict(_filled(self.control.window(self.user)))

    def whispered(self, channel: str = CHANNEL) -> list[Shown]:
        return self.control.ephemerals(self.user, channel)

    def sees(self, *words: str) -> None:
        """The newest message says all of this."""
        for word in words:
            assert word in self.last.text, self.last.text


def _filled(view: Any) -> Any:
    kinds = ("initial_value", "initial_date", "initial_time")
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        name, item = block["block_id"].partition("~")[0], block["element"]
        if option := item.get("initial_option"):
            yield name, option["text"]["text"]
        for each in kinds:
            if each in item:
                yield name, item[each]


@asynccontextmanager
async def office(
    control: Control, database: Database, *, mode: str = "socket", telegram: str = ""
) -> AsyncIterator[Office]:
    """The bot, running while inside; on Telegram too where there is a stand-in of it."""
    port = free_port()
    settings = load(_environment(control, mode), None)
    control.server.config.update({"mode": mode, "request_url": _address(port)})
    defaults = Defaults(settings.company_language, ZONE)
    parts = Parts(database, collect(handlers), collect_jobs(handlers), defaults, Roles())
    async with AsyncExitStack() as stack:
        assert settings.slack_bot_token
        slack = await Slack.connect(
            settings.slack_bot_token.get_secret_value(), settings.slack_api_url
        )
        stack.push_async_callback(slack.close)
        add_slack(parts, settings, slack)
        if telegram:
            other = await Telegram.connect(TOKEN, telegram)
            stack.push_async_callback(other.close)
            await add_telegram(parts, settings, other)
        await stack.enter_async_context(parts.running("127.0.0.1", port))
        found = Office(control, database, parts, port)
        if mode == "socket":
            await found.connected()
        yield found


def _environment(control: Control, mode: str) -> Mapping[str, str]:
    way = (
        {"SLACK_APP_TOKEN": APP_TOKEN}
        if mode == "socket"
        else {"SLACK_SIGNING_SECRET": SIGNING_SECRET}
    )
    return {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": control.server.base_url, **way}


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}/slack/events"
