"""Platforms that are reached late, one beside the other."""

import asyncio

import pytest

import handlers
from bot.assembly import Parts
from bot.command_line import platforms as module
from bot.command_line.platforms import Platform, joined
from bot.commands import Defaults, collect
from bot.runtime.adapter import NotSent, Rejected
from bot.runtime.process import Roles
from storage.engine import Database


class Connection:
    """What is open until it is closed."""

    is_open = True

    async def close(self) -> None:
        self.is_open = False


class Away:
    """A platform that is there at the second try."""

    def __init__(self, parts: Parts, name: str) -> None:
        self.parts, self.name = parts, name
        self.tries = 0
        self.heard = 0
        self.is_heard = asyncio.Event()
        self.connection = Connection()

    async def join(self) -> Connection:
        self.tries += 1
        self.parts.receivers.append(self.receive)
        if self.tries == 1:
            raise NotSent("away")
        await asyncio.sleep(0)
        return self.connection

    async def receive(self) -> None:
        self.heard += 1
        self.is_heard.set()


@pytest.fixture
def parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> Parts:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.0)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.0)
    return Parts(database, collect(handlers), [], Defaults("en", "Asia/Shanghai"), Roles())


async def test_two_that_come_back_together_are_each_heard_once(parts: Parts) -> None:
    both = [Away(parts, name) for name in ("telegram", "slack")]
    async with joined(parts, [Platform(each.name, each.join) for each in both]):
        assert parts.awaited == {"telegram", "slack"}
        assert parts.receivers == []
        async with asyncio.timeout(10):
            await asyncio.gather(*(each.is_heard.wait() for each in both))
            while parts.awaited:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.01)
        assert [each.heard for each in both] == [1, 1]
        assert all(each.connection.is_open for each in both)
    assert not any(each.connection.is_open for each in both)


async def test_one_that_refuses_stops_nobody_else(parts: Parts) -> None:
    async def refuse() -> Connection:
        raise Rejected("not you")

    there = Away(parts, "slack")
    there.tries = 1
    async with joined(parts, [Platform("telegram", refuse), Platform("slack", there.join)]):
        assert parts.awaited == {"telegram"}
        assert parts.receivers == [there.receive]
    with pytest.raises(Rejected, match="not you"):
        async with joined(parts, [Platform("telegram", refuse)]):
            pass
