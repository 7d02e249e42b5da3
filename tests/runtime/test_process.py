import asyncio

import pytest

from bot.runtime import process
from bot.runtime.process import Process, Roles
from storage.models import DeliveryState
from tests.storage.owed import read
from tests.talk import Company


def test_roles_are_read_from_a_list() -> None:
    assert Roles.parse("receive,work,deliver") == Roles()
    assert Roles.parse(" work , deliver ") == Roles(receive=False)
    with pytest.raises(ValueError, match="unknown roles: cook, dance"):
        Roles.parse("dance,work,cook")


def test_a_process_is_woken_for_its_own_work() -> None:
    assert Roles().topics == ["inbox", "outbox"]
    assert Roles.parse("receive").topics == []
    assert Roles.parse("deliver").topics == ["outbox"]


async def test_a_loop_that_fails_starts_again(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "RESTART", 0.0)
    tries = 0
    well = asyncio.Event()

    async def receive() -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError("the database is away")
        well.set()
        await asyncio.Event().wait()

    async with (
        asyncio.timeout(30),
        Process(company.runtime, Roles(), [], [receive]).running(),
    ):
        await well.wait()
    assert tries == 3


async def test_what_was_begun_is_sent_and_recorded_before_it_stops(company: Company) -> None:
    ana = await company.hire("Ana")
    begun, go_on = asyncio.Event(), asyncio.Event()
    send = company.phone.send

    async def slow(outgoing: object) -> str:
        begun.set()
        await go_on.wait()
        return await send(outgoing)  # type: ignore[arg-type]

    company.phone.send = slow  # type: ignore[method-assign]
    company.settle = _nothing  # type: ignore[method-assign]

    async def live() -> None:
        async with Process(company.runtime, Roles(), [], []).running():
            await ana.says("/me")
            await begun.wait()

    living = asyncio.create_task(live())
    async with asyncio.timeout(30):
        await begun.wait()
        go_on.set()
        await living
    assert len(ana.screen) == 1
    assert (await read(company.database, 1)).state == DeliveryState.SENT


async def _nothing() -> None:
    """The process does it."""
