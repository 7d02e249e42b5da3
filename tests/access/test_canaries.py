"""Everybody uses everything a lot; nobody ever reads what is not theirs, and no log reads any."""

import io
import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import structlog

from bot import logs
from bot.messages import Button, Message, Place, Token
from services import accounts, deals, reminders, visits
from services.deals import Money, NewDeal
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Contact, Leave, Role, Stage
from storage.work import Work
from tests.access.canaries import CANARY, Aviary, Watched, canary, handed_over, look
from tests.dialogs.helpers import GROUP, stranger
from tests.talk import Company, Shown, Someone

UNITS = ("", "East", "East/One", "East/Two", "West", "West/One")
STEPS = 260
SEEDS = range(2)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as it is written in production, in all its detail."""
    root, stream, before = logging.getLogger(), io.StringIO(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    logs.configure("debug", "json", [], stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.configure(**before)


@dataclass
class Walk:
    """A company whose people do anything at random, one after the other."""

    company: Company
    phone: Watched
    dice: random.Random
    people: list[Someone] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    typed: dict[str, set[str]] = field(default_factory=dict)
    """Who wrote a canary themselves, or was told it at a hand-over, and so may read it again."""
    leaked: list[str] = field(default_factory=list)
    read: int = 0
    done: int = 0

    def new(self) -> str:
        return canary(self.dice)

    async def open_doors(self) -> None:
        """People in every unit, each with customers of their own and what goes with them."""
        roles = (Role.MANAGER, Role.REP, Role.REP)
        for unit in UNITS:
            for role in roles if unit else (Role.HQ,):
                language = self.dice.choice(("en", "zh"))
                name = f"{role.name.title()} {self.new()}"
                self.people.append(await self.company.hire(name, role, unit, language))
        for someone in self.people:
            await self._customers(someone)
        await self._leaves()
        self.people.append(stranger(self.company))

    async def _customers(self, someone: Someone) -> None:
        company, person = self.company, someone.person
        assert person
        async with company.database.begin() as session:
            work = Work(session, Author(company.now, person.id, "open"))
            for _ in range(2):
                name = f"Firm {self.new()}"
                self.names.append(name)
                account = await accounts.create(work, person, name, (self.new(),), city=self.new())
                await self._row(work, someone, account)

    async def _row(self, work: Work, someone: Someone, account: Account) -> None:
        now, person = self.company.now, someone.person
        assert person
        contact = Contact(account_id=account.id, name=f"Li {self.new()}", title=self.new())
        await work.accounts.add(contact)
        await visits.log(work, person, account, None, note=self.new(), now=now)
        new, money = NewDeal(f"Deal {self.new()}"), Money(100_00, "CNY")
        said: dict[str, Any] = {"money": money, "note": self.new(), "currency": "CNY", "now": now}
        await deals.move(work, person, account, new, stage=Stage.LEAD, **said)
        due = now + timedelta(hours=3)
        await reminders.add(work, person, f"Do {self.new()}", due, account=account, now=now)

    async def _leaves(self) -> None:
        """Some stand in for somebody of another unit, today."""
        today = self.company.now.date()
        async with self.company.database.begin() as session:
            work = Work(session, Author(self.company.now, None, "leave"))
            for _ in range(4):
                away, deputy = self.dice.sample(self.people, 2)
                assert away.person
                assert deputy.person
                leave = Leave(starts_on=today, ends_on=today, person_id=away.person.id)
                leave.deputy_id = deputy.person.id
                await work.people.add(leave)

    async def step(self) -> None:
        """One thing that one of them does, and everything that anybody reads of it."""
        before, sent = await self._look(), len(self.phone.sent)
        someone = self.dice.choice(self.people)
        try:
            await self.dice.choices(
                (self._commands, self._presses, self._writes, self._replays), (5, 6, 4, 1)
            )[0](someone)
        finally:
            self.done += 1
        self._check(self.phone.sent[sent:], before, await self._look())

    async def _look(self) -> Aviary:
        return await look(self.company.database, self.company.now)

    def _check(self, sent: list[tuple[str, str]], before: Aviary, after: Aviary) -> None:
        """What was sent may be read by its reader as it was, or as it is now."""
        readers = {each.chat: each for each in self.people} | {e.id: e for e in self.people}
        for chat, text in sent:
            reader = readers.get(chat)
            number = int(reader.id) if reader and reader.id.isdecimal() else None
            for found in {*CANARY.findall(text)}:
                self.read += 1
                own = reader is not None and reader.id in self.typed.get(found, ())
                own = own or (chat == GROUP.chat and found in before.people)
                if reader is not None and handed_over(before, after, number, found):
                    self.typed.setdefault(found, set()).add(reader.id)
                    own = True
                if not own and not any(e.may_read(number, found) for e in (before, after)):
                    of = {*before.places.get(found, ()), *after.places.get(found, ())}
                    self.leaked.append(f"{chat} reads {found} of {of} in {text!r}")

    async def _says(self, someone: Someone, text: str) -> None:
        for found in CANARY.findall(text):
            self.typed.setdefault(found, set()).add(someone.id)
        place = GROUP if self.dice.random() < 0.15 else someone.place
        await self._happens(someone, text, place)

    async def _happens(self, someone: Someone, text: str, place: Place) -> None:
        now = self.company.now
        await self.company.happen(Message(someone.sender, place, text, now, addressed=True))

    async def _commands(self, someone: Someone) -> None:
        command = self.dice.choice(self.company.runtime.book.commands)
        words = self.dice.choice(("", self._name(), f"{self._name()}, {self._name()}", self.new()))
        await self._says(someone, f"/{command.name} {words}".strip())

    async def _writes(self, someone: Someone) -> None:
        """Answers, names and sentences, whatever is being asked."""
        said = (
            self._name(),
            "tomorrow 3pm",
            "1",
            "yes",
            f"visited {self._name()}, {self.new()}, follow up on Friday",
            f"remind me to call {self._name()} tomorrow at 9am",
            "how many visits this month?",
            f"谁负责{self._name()}？",
            f"拜访了{self._name()}，{self.new()}",
        )
        await self._says(someone, self.dice.choice(said))

    def _name(self) -> str:
        people = [each.name for each in self.people]
        return self.dice.choice((self.dice.choice(self.names), self.dice.choice(people)))

    async def _presses(self, someone: Someone) -> None:
        if found := self._buttons(someone):
            button, shown = self.dice.choice(found[-12:])
            await someone.taps(button, shown)

    async def _replays(self, someone: Someone) -> None:
        """Somebody else's buttons, as their own or seen in a group."""
        found = self._buttons(self.dice.choice(self.people))
        if found:
            button, shown = self.dice.choice(found)
            await someone.taps(button, shown, place=self.dice.choice((GROUP, someone.place)))

    @staticmethod
    def _buttons(someone: Someone) -> list[tuple[Button, Shown]]:
        return [
            (button, shown)
            for shown in someone.screen
            for button in shown.buttons
            if isinstance(button.then, Token)
        ]


def break_things(monkeypatch: pytest.MonkeyPatch, dice: random.Random) -> None:
    """Now and then something fails, and its error quotes what it was given."""
    for module, name in ((accounts, "card"), (visits, "log"), (accounts, "get")):
        monkeypatch.setattr(module, name, _breaking(getattr(module, name), dice))


def _breaking(real: Any, dice: random.Random) -> Any:
    async def fails(work: Work, person: Any, about: Any, *rest: Any, **more: Any) -> Any:
        if dice.random() < 0.3:
            raise LookupError(f"{getattr(about, 'name', about)} {person.name}: {more!r}")
        return await real(work, person, about, *rest, **more)

    return fails


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", SEEDS)
async def test_nobody_reads_what_is_not_theirs(
    database: Database, seed: int, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, dice = Watched(), random.Random(seed)
    walk = Walk(Company(database, phone), phone, dice)
    await walk.open_doors()
    break_things(monkeypatch, dice)
    for _ in range(STEPS):
        walk.company.after(minutes=1)
        await walk.step()
    assert not walk.leaked, "\n".join(walk.leaked)
    assert not CANARY.findall(log.getvalue())
    assert "LookupError" in log.getvalue(), "what broke was written down"
    assert walk.read > STEPS, "and a lot was read"
    assert (walk.done, len(phone.sent) > STEPS / 2) == (STEPS, True)


async def test_a_leak_would_be_seen(database: Database, log: io.StringIO) -> None:
    """The walk judges: a canary in the wrong hands, in a group and in the log are all noticed."""
    phone = Watched()
    walk = Walk(Company(database, phone), phone, random.Random(0))
    await walk.open_doors()
    birds = await look(database, walk.company.now)
    guarded = next(iter(birds.kept.keys() - birds.public))
    owner = birds.kept[guarded][0].owner
    stranger_to_it = next(each for each in birds.facts.people if not birds.may_read(each, guarded))
    assert birds.may_read(owner, guarded)
    walk._check([(f"chat-{owner}", guarded)], birds, birds)
    assert walk.leaked == []
    walk._check([(f"chat-{stranger_to_it}", guarded), ("group", guarded)], birds, birds)
    assert len(walk.leaked) == 2
    structlog.get_logger().info("told", what=guarded)
    assert CANARY.findall(log.getvalue()) == [guarded]
