"""One bot, its platform and its people, as the tests of the whole see them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from storage.engine import Database
from tests.simulation import checks
from tests.simulation.platforms import Platform
from tests.simulation.process import BotProcess
from tests.simulation.standin import StandIn
from tests.simulation.stream import Stream

PATIENCE = 60.0


@dataclass
class Scene:
    """The parts, and what all the tests do with them."""

    platform: Platform
    database: Database
    bot: BotProcess
    chats: Sequence[int]
    stream: Stream
    helpers: list[BotProcess] = field(default_factory=list)

    @property
    def telegram(self) -> StandIn:
        """The platform, where it is Telegram."""
        assert isinstance(self.platform, StandIn)
        return self.platform

    async def start(self) -> None:
        await self.bot.start()
        await self.bot.running()

    async def helper(self, roles: str) -> BotProcess:
        """One more process on the same database."""
        found = replace(self.bot, roles=roles, lines=[])
        self.helpers.append(found)
        await found.start()
        await found.running()
        return found

    async def feed(self, count: int) -> None:
        """So many updates, as people send them: they press what they have seen."""
        for _ in range(count):
            await self.stream.watch()
            await self.stream.feed(1)

    async def settle(self) -> None:
        """Until everything was taken, answered and sent."""
        async with asyncio.timeout(PATIENCE):
            while await self.busy():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.05)

    async def busy(self) -> bool:
        return bool(await self.platform.pending()) or not await checks.idle(self.database)

    async def problems(self) -> list[str]:
        return await checks.problems(self.database, self.platform, self.stream)

    async def doubled(self) -> int:
        """How many messages more were sent than the stream asked for."""
        await self.stream.watch()
        return self.stream.doubled(await checks.stored(self.database))

    async def close(self) -> None:
        for each in [self.bot, *self.helpers]:
            await each.kill()
