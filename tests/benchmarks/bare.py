"""The floor of the database: the statements and commits of an answer, and nothing else."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from bot.runtime.turn import utc_now
from storage.engine import Database
from storage.models import Cursor


@dataclass(frozen=True)
class Mix:
    """What one message asks of the database, on average."""

    reads: float
    inserts: float
    updates: float
    commits: float

    @classmethod
    def of(cls, counted: Mapping[str, int], messages: int) -> "Mix":
        """Per message, from what was counted over a run."""
        kinds = ("SELECT", "INSERT", "UPDATE", "COMMIT")
        return cls(*(counted[kind] / messages for kind in kinds))

    @property
    def statements(self) -> float:
        return self.reads + self.inserts + self.updates


async def rate(database: Database, mix: Mix, messages: int, workers: int) -> float:
    """Messages' worth of transactions per second."""
    work = iter(_transactions(mix, messages))
    async with database.begin() as session:
        await session.execute(delete(Cursor))
    started = time.perf_counter()
    await asyncio.gather(*(_worker(database, work, number) for number in range(workers)))
    return messages / (time.perf_counter() - started)


def _transactions(mix: Mix, messages: int) -> Iterator[tuple[int, int, int, int]]:
    """Whole statements for each transaction, which add up to the mix."""
    count = round(mix.commits * messages)
    shares = [part * messages / count for part in (mix.reads, mix.inserts, mix.updates)]
    for number in range(count):
        reads, inserts, updates = (
            int(share * (number + 1)) - int(share * number) for share in shares
        )
        yield number, reads, inserts, updates


async def _worker(database: Database, work: Iterator[tuple[int, int, int, int]], own: int) -> None:
    now = utc_now()
    mine = f"worker {own}"
    async with database.begin() as session:
        await session.execute(insert(Cursor).values(name=mine, position=0, moved_at=now))
    for number, reads, inserts, updates in work:
        async with database.begin() as session:
            for _ in range(reads):
                await session.execute(select(Cursor).where(Cursor.name == mine))
            for each in range(inserts):
                row = {"name": f"{number} {each}", "position": number, "moved_at": now}
                await session.execute(insert(Cursor).values(**row))
            for _ in range(updates):
                await session.execute(
                    update(Cursor).where(Cursor.name == mine).values(position=number)
                )
