"""A table is taken in by the real bot, which is killed meanwhile: it is one change, or none."""

import asyncio
import base64
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import func, select, text, update

from storage.holds import let_go
from storage.kinds import ImportState
from storage.models import Account, AccountKey, Change, Entry, Import, Person, Role
from storage.outbox import release
from tests.simulation.scene import PATIENCE, Scene

pytestmark = pytest.mark.acceptance
ROWS = 3_000
NAME = "华东医药器械贸易中心"
"""Its pinyin takes a while, as it does for most of a real table."""


def customers() -> bytes:
    rows = "".join(f"{NAME}{number:05},K{number:05}\n" for number in range(ROWS))
    return f"Customer,Customer number\n{rows}".encode()


async def sends(scene: Scene, chat: int) -> None:
    content = base64.b64encode(customers()).decode()
    document = {"file_name": "customers.csv", "mime_type": "text/csv", "content_b64": content}
    await scene.telegram.call("POST", "message", {"chat_id": chat, "document": document})


async def shows(scene: Scene, chat: int, words: str) -> None:
    wanted = {"chat_id": chat, "text": words, "timeout": 50, "kinds": "message,edit"}
    found = await scene.telegram.call("GET", "wait", **wanted)
    assert found["complete"], await scene.telegram.texts(chat)


async def until(met: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await met():  # noqa: ASYNC110 - another process has no event of ours
            await asyncio.sleep(0.01)


async def kill(scene: Scene) -> None:
    """End the bot, and what it held a lease on, for which another one would wait some seconds."""
    await scene.bot.kill()
    async with scene.database.begin() as session:
        await release(session)
        await let_go(session)


async def imports(scene: Scene) -> list[str]:
    async with scene.database.read() as session:
        return list(await session.scalars(select(Import.state)))


async def last_number(scene: Scene) -> int:
    """The last number of an account that was given away, whether there is one or not."""
    query = (
        "SELECT seq FROM sqlite_sequence WHERE name = 'accounts'"
        if scene.database.is_sqlite
        else "SELECT last_value FROM accounts_id_seq"
    )
    async with scene.database.read() as session:
        return int(await session.scalar(text(query)) or 0)


async def written(scene: Scene) -> tuple[int, int, int, int]:
    """How many customers of the table there are, their names, entries and the changes."""
    async with scene.database.read() as session:
        ours = select(Account.id).where(Account.code.startswith("K"))
        change = select(Change.id).where(Change.command == "import")
        counted = (
            select(func.count()).select_from(ours.subquery()),
            select(func.count(AccountKey.id)).where(AccountKey.account_id.in_(ours)),
            select(func.count(Entry.id)).where(Entry.change_id.in_(change)),
            select(func.count()).select_from(change.subquery()),
        )
        accounts, keys, entries, changes = [await session.scalar(each) or 0 for each in counted]
        return accounts, keys, entries, changes


@pytest.mark.timeout(120)
async def test_killed_while_it_plans_and_while_it_writes(scene: Scene) -> None:
    chat = scene.chats[0]
    async with scene.database.begin() as session:
        first = select(func.min(Person.id)).scalar_subquery()
        await session.execute(update(Person).where(Person.id == first).values(role=Role.HQ))
    await scene.start()
    await sends(scene, chat)
    await until(lambda: _has(scene, ImportState.READ))
    await kill(scene)
    assert await imports(scene) == [ImportState.READ]

    await scene.start()
    await shows(scene, chat, "3000 to add")
    assert await imports(scene) == [ImportState.PLANNED]
    last = await last_number(scene)
    await scene.telegram.presses(chat, "Import")
    await until(lambda: _given(scene, last + ROWS))
    await kill(scene)
    assert (await written(scene))[0] in {0, ROWS}

    await scene.start()
    await shows(scene, chat, "3000 added")
    accounts, keys, entries, changes = await written(scene)
    assert (accounts, entries, changes) == (ROWS, ROWS + keys, 1)
    assert await imports(scene) == [ImportState.DONE]


async def _has(scene: Scene, state: ImportState) -> bool:
    return await imports(scene) == [state]


async def _given(scene: Scene, number: int) -> bool:
    return await last_number(scene) >= number
