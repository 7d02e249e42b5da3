"""People who talk with the bot, for tests that read as talk.

`Company` is a small company on a real database with the whole runtime in it; its people speak
through `Phone`, a platform that keeps everything in memory and renders every block.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from typing import Any

from prometheus_client import CollectorRegistry

import handlers
from bot.commands import Defaults, collect
from bot.markdown import plain
from bot.messages import (
    Block,
    Button,
    Buttons,
    Choice,
    ContactCard,
    Fields,
    File,
    Image,
    Incoming,
    Location,
    Message,
    Place,
    Press,
    Reachable,
    Reply,
    Sender,
    Sheet,
    Submission,
    Table,
    Text,
    Token,
)
from bot.metrics import Metrics
from bot.runtime.adapter import Outgoing, Pace
from bot.runtime.delivery import Delivery
from bot.runtime.health import Health
from bot.runtime.inbox import Inbox
from bot.runtime.lowering import lower
from bot.runtime.turn import Runtime
from bot.runtime.wake import Wake
from bot.runtime.worker import Worker
from services import accounts, people
from services.understanding.messages import understand
from storage.engine import Database
from storage.inbox import Arrival
from storage.journal import Author
from storage.lanes import ensure_lanes, now_ms
from storage.models import Account, Identity, Person, Role
from storage.outbox import claim, next_ready
from storage.work import Work

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai."""
EVERYTHING: frozenset[type[Block]] = frozenset(
    {Text, Fields, Table, Image, File, Buttons, Choice, Sheet}
)
SOON = 100
NO_LIMIT = Pace(0, 1_000, 0, 1_000, 0, 1_000)


@dataclass
class Shown:
    """One message on a phone."""

    ref: str
    reply: Reply
    edits: int = 0
    card: str = ""
    """In a window: the message that what comes of it will replace."""

    @property
    def text(self) -> str:
        return "\n".join(_lines(self.reply))

    @property
    def buttons(self) -> list[Button]:
        rows = (b for b in self.reply.blocks if isinstance(b, (Buttons, Choice)))
        return [each for row in rows for each in _row(row)]


def _row(block: Buttons | Choice) -> Sequence[Button]:
    return block.buttons if isinstance(block, Buttons) else block.options


def _lines(reply: Reply) -> Iterator[str]:
    for block in reply.blocks:
        match block:
            case Text(markdown):
                yield plain(markdown)
            case Fields(rows):
                yield from (f"{plain(name)}: {plain(value)}" for name, value in rows)
            case Sheet(title, inputs):
                yield plain(title)
                yield from (f"[{plain(each.label)}]{plain(each.error)}" for each in inputs)
            case Buttons() | Choice():
                yield " ".join(f"[{plain(each.label)}]" for each in _row(block))
            case _:
                yield plain(str(block))


@dataclass
class Phone:
    """A platform in memory: what it is handed as payload is what its people did.

    What one person alone sees in a chat is in a chat of its own, by `whispered`.
    """

    renders: frozenset[type[Block]] = EVERYTHING - {Sheet}
    platform: str = "phone"
    bot: str = "test"
    pace: Pace = NO_LIMIT
    window_pace: Pace | None = None
    whispers: bool = False
    chats: dict[str, list[Shown]] = field(default_factory=dict)
    windows: dict[str, Shown] = field(default_factory=dict)
    acks: list[str] = field(default_factory=list)
    fail: Exception | None = None
    happened: dict[int, Incoming] = field(default_factory=dict)
    refs: Iterator[int] = field(default_factory=lambda: count(1))

    def read(self, payload: Mapping[str, Any]) -> Incoming | None:
        return self.happened[payload["n"]]

    def door(self, code: str) -> str:
        return f"/start {code}"

    def forgets(self, card: str) -> bool:
        return any(
            card == each.ref for name, chat in self.chats.items() if "!" in name for each in chat
        )

    def shows_form(self, incoming: Incoming) -> bool:
        if self.window_pace is None:
            return Sheet in self.renders
        return bool(getattr(incoming, "window", "") or getattr(incoming, "opens", ""))

    def pack(self, reply: Reply) -> tuple[Reply, ...]:
        return (replace(reply, blocks=lower(reply, self.renders)),)

    async def send(self, outgoing: Outgoing) -> str:
        if self.fail:
            raise self.fail
        if outgoing.ack:
            self.acks.append(outgoing.ack)
        if outgoing.window:
            shown = Shown(outgoing.window, outgoing.reply, card=outgoing.edit)
            self.windows[outgoing.window] = shown
            return shown.ref
        for shown in chain(*self.chats.values()):
            if outgoing.edit and shown.ref == outgoing.edit:
                shown.reply, shown.edits = outgoing.reply, shown.edits + 1
                return shown.ref
        ref = str(next(self.refs))
        self.chats.setdefault(whispered(outgoing.place), []).append(Shown(ref, outgoing.reply))
        return ref

    async def typing(self, place: Place) -> None:
        """Nobody is watching."""

    async def download(self, file: File) -> bytes:
        return file.content


def whispered(place: Place) -> str:
    """The chat on a `Phone`: what one person alone sees there is apart."""
    return f"{place.chat}!{place.only}" if place.only else place.chat


def with_windows() -> Phone:
    """A platform that has windows beside its chats, and can whisper in a group."""
    return Phone(window_pace=NO_LIMIT, whispers=True)


@dataclass
class Company:
    """The runtime on one database, driven step by step, with a clock of its own."""

    database: Database
    phone: Phone
    now: datetime = MONDAY
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.runtime = Runtime(
            database=self.database,
            adapters={f"{self.phone.platform}:{self.phone.bot}": self.phone},
            book=collect(handlers),
            defaults=Defaults("en", "Asia/Shanghai"),
            wake=Wake(["inbox", "outbox"]),
            metrics=Metrics(CollectorRegistry()),
            health=Health(lambda: 0.0),
            now=lambda: self.now,
            understand=understand,
        )
        self.delivery = Delivery(self.runtime)
        self.inbox = Inbox(
            self.database, lambda: self.now, self.runtime.wake, self.runtime.metrics
        )

    def after(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    async def hire(
        self, name: str, role: Role = Role.REP, unit: str = "East", language: str = "en"
    ) -> "Someone":
        """A new person with a phone."""
        async with self.database.begin() as session:
            work = Work(session, Author(self.now, None, "hire"))
            home = await people.unit_at(work, unit)
            person = Person(
                name=name, role=role, unit_id=home.id, language=language, zone="Asia/Shanghai"
            )
            await work.people.add(person)
            chat = f"chat-{person.id}"
            await work.people.add(
                Identity(
                    person_id=person.id,
                    platform="phone",
                    external_id=str(person.id),
                    bot="test",
                    chat=chat,
                )
            )
        return Someone(self, str(person.id), chat, name, person)

    async def open_account(self, owner: "Someone", name: str, *aliases: str) -> Account:
        """A new account of somebody's."""
        assert owner.person
        async with self.database.begin() as session:
            work = Work(session, Author(self.now, owner.person.id, "open"))
            return await accounts.create(work, owner.person, name, aliases)

    async def happen(self, incoming: Incoming, number: int | None = None) -> int:
        """Something reaches the bot, and it does all that follows from it."""
        number = await self.receive(incoming, number)
        await self.settle()
        return number

    async def receive(self, incoming: Incoming, number: int | None = None) -> int:
        """Something reaches the bot, which does nothing yet."""
        number = number or next(self.numbers)
        self.phone.happened[number] = incoming
        arrival = Arrival(str(number), incoming.place.key, json.dumps({"n": number}))
        await self.inbox.take("phone", "test", [arrival])
        return number

    async def settle(self) -> None:
        """Work and deliver until there is nothing left to do now."""
        async with self.database.read() as session:
            self.delivery.set_clock(await now_ms(session))
        worker, runner = Worker(self.runtime, self.delivery), self.runtime.runner
        while (await worker.step()).update_id is not None or runner.busy:
            await self.delivery.drain(5)
            await runner.idle()
        while await self._deliver():
            await self.delivery.drain(5)

    async def _deliver(self) -> bool:
        paces = self.runtime.paces
        async with self.database.begin() as session:
            await ensure_lanes(session, paces)
            now, claims = await claim(session, paces)
            ready = await next_ready(session, paces)
        self.delivery.set_clock(now)
        self.delivery.submit(claims)
        if not claims and ready is not None and 0 <= ready - now <= SOON:
            await asyncio.sleep(SOON / 1000)  # a slot was missed and given back on a busy machine
            return True
        return bool(claims)


@dataclass
class Someone:
    """A person with a phone, who says things and sees what comes back."""

    company: Company
    id: str
    chat: str
    name: str
    person: Person | None = None
    language: str = "en"

    @property
    def sender(self) -> Sender:
        return Sender("phone", self.id, self.name, self.language)

    @property
    def place(self) -> Place:
        return Place("phone", "test", self.chat)

    @property
    def screen(self) -> list[Shown]:
        return self.company.phone.chats.get(self.chat, [])

    @property
    def last(self) -> Shown:
        return self.screen[-1]

    async def says(
        self, text: str = "", *, place: Place | None = None, number: int | None = None, **more: Any
    ) -> int:
        """Write a message; ``more`` are its attachments."""
        at = more.pop("at", self.company.now)
        message = Message(self.sender, place or self.place, text, at, **more)
        return await self.company.happen(message, number)

    async def presses(self, label: str, *, on: Shown | None = None, **more: Any) -> int:
        """Tap the newest button of that label; ``more`` is what else a `Press` says."""
        for shown in [on] if on else reversed(self.screen):
            for button in shown.buttons:
                if plain(button.label) == label:
                    return await self.taps(button, shown, **more)
        raise AssertionError(f"no button {label!r} on\n{self.transcript()}")

    async def taps(self, button: Button, shown: Shown, **more: Any) -> int:
        """Tap a button, also one that is no longer shown, or somebody else's."""
        assert isinstance(button.then, Token)
        press = Press(
            self.sender, self.place, button.then.value, self.company.now, shown.ref, "spinner"
        )
        return await self.company.happen(replace(press, **more))

    async def submits(self, **answers: str) -> int:
        """Send back the form that is on the screen."""
        sheet = next(b for b in self.last.reply.blocks if isinstance(b, Sheet))
        assert isinstance(sheet.then, Token)
        given = Submission(
            self.sender, self.place, sheet.then.value, answers, self.company.now, self.last.ref
        )
        return await self.company.happen(given)

    async def sends(
        self,
        window: str,
        chosen: Mapping[str, str] | None = None,
        /,
        **typed: Any,
    ) -> int:
        """Send back the form in a window: what was typed, picked and added to it."""
        shown = self.company.phone.windows[window]
        sheet = next(b for b in shown.reply.blocks if isinstance(b, Sheet))
        assert isinstance(sheet.then, Token)
        files, token = typed.pop("files", ()), typed.pop("token", sheet.then.value)
        now = self.company.now
        form = Submission(self.sender, self.place, token, typed, now, shown.card, window)
        return await self.company.happen(replace(form, chosen=chosen or {}, files=files))

    async def blocks_the_bot(self, *, back: bool = False) -> int:
        """Block the bot, or let it back in."""
        return await self.company.happen(
            Reachable(self.sender, self.place, back, self.company.now)
        )

    def sees(self, *words: str) -> None:
        """The newest message says all of this."""
        for word in words:
            assert word in self.last.text, f"{word!r} is not in\n{self.last.text}"

    def sees_nothing(self) -> None:
        assert self.screen == []

    def transcript(self) -> str:
        return "\n---\n".join(shown.text for shown in self.screen)


CARD = ContactCard("Li Wei", "+86 138 0000 0000")
SPOT = Location(31.23, 121.47)
PHOTO = File("photo.jpg", "image/jpeg", "ref-1")
