"""The platforms that have their tokens set: each is reached alone, and none waits for another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.adapters.slack import Slack
from bot.adapters.telegram import Telegram
from bot.assembly import Parts, add_slack, add_telegram
from bot.runtime.adapter import NotSent, Rejected, RetryLater, Uncertain
from bot.runtime.process import Receiver, steadily
from bot.settings import Settings
from storage.lanes import ensure_lanes

log = structlog.get_logger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


class Closing(Protocol):
    """What holds connections."""

    async def close(self) -> None:
        """Let go of them."""


@dataclass(frozen=True)
class Platform:
    """One that is to be reached; ``join`` connects to it and adds it to the parts."""

    name: str
    join: Callable[[], Awaitable[Closing]]


def platforms(parts: Parts, settings: Settings) -> Iterator[Platform]:
    """Those that have their tokens set."""
    if telegram_token := settings.telegram_bot_token:

        async def join_telegram() -> Closing:
            known = telegram_token.get_secret_value()
            telegram = await Telegram.connect(known, settings.telegram_api_url)
            try:
                await add_telegram(parts, settings, telegram)
            except BaseException:
                await telegram.close()
                raise
            return telegram

        yield Platform("telegram", join_telegram)
    if slack_token := settings.slack_bot_token:

        async def join_slack() -> Closing:
            slack = await Slack.connect(slack_token.get_secret_value(), settings.slack_api_url)
            add_slack(parts, settings, slack)
            return slack

        yield Platform("slack", join_slack)


@asynccontextmanager
async def joined(parts: Parts, wanted: list[Platform]) -> AsyncIterator[None]:
    """Join those that are there, and go on with the others meanwhile; `Rejected` when all refuse.

    What came from one that is still away waits until it is reached.
    """
    reached: list[Closing] = []
    later: list[asyncio.Task[None]] = []
    refusals: list[Rejected] = []
    one_by_one = asyncio.Lock()
    try:
        for each in wanted:
            try:
                reached.append(await _tried(parts, each))
            except Rejected as error:
                refusals.append(error)
                parts.awaited.add(each.name)
            except (NotSent, Uncertain, RetryLater):
                parts.awaited.add(each.name)
                later.append(asyncio.create_task(_later(parts, each, one_by_one)))
        if len(refusals) == len(wanted):
            raise refusals[0]
        yield
    finally:
        for task in later:
            task.cancel()
        await asyncio.gather(*later, return_exceptions=True)
        for closing in reached:
            await closing.close()


async def _tried(parts: Parts, platform: Platform) -> Closing:
    """Join it; what was added before it failed is taken back."""
    receivers, routes = len(parts.receivers), len(parts.routes)
    try:
        return await platform.join()
    except Exception as error:
        del parts.receivers[receivers:], parts.routes[routes:]
        told = log.error if isinstance(error, Rejected) else log.warning
        told("platform_not_reached", platform=platform.name, error=str(error))
        raise


async def _later(parts: Parts, platform: Platform, one_by_one: asyncio.Lock) -> None:
    """Reach it, however long it takes, and serve it until cancelled."""
    pause = FIRST_PAUSE
    while True:
        await asyncio.sleep(pause)
        try:
            async with one_by_one:  # so that it is known whose receivers were added
                before = len(parts.receivers)
                adapter = await _tried(parts, platform)
                receivers = parts.receivers[before:]
        except Rejected:
            return
        except Exception as error:
            if not isinstance(error, (NotSent, Uncertain, RetryLater)):
                log.exception("platform_not_joined", platform=platform.name)
            pause = min(pause * 2, LONGEST_PAUSE)
            continue
        try:
            await steadily(lambda: _begin(parts, platform.name))
            await _receive(parts, receivers)
        finally:
            await adapter.close()


async def _begin(parts: Parts, name: str) -> None:
    """Let what is owed to it leave, and what came from it be answered."""
    async with parts.database.begin() as session:
        await ensure_lanes(session, parts.runtime.paces)
    parts.awaited.discard(name)
    log.info("platform_reached", platform=name)


async def _receive(parts: Parts, receivers: list[Receiver]) -> None:
    """Take in what it sends, until cancelled."""
    running = [asyncio.create_task(steadily(each)) for each in receivers if parts.roles.receive]
    try:
        await asyncio.Event().wait()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
