import asyncio
from contextlib import suppress

import pytest

from bot.messages import Place
from bot.runtime import worker as module
from bot.runtime.pipeline import DatabaseBusy, Handled
from bot.runtime.worker import Worker
from tests.talk import Company


async def _run_until(worker: Worker, done: asyncio.Event) -> None:
    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(30):
        await done.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest.mark.parametrize("error", [DatabaseBusy("locked"), LookupError("a bug")])
async def test_a_worker_goes_on_after_trouble(
    company: Company, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(module, "IDLE", 0.0)
    tries, done = 0, asyncio.Event()

    async def handle(*_: object) -> Handled:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise error
        done.set()
        return Handled()

    monkeypatch.setattr(module, "handle_next", handle)
    await _run_until(Worker(company.runtime, company.delivery), done)
    assert tries > 1


async def test_typing_is_shown_while_it_takes_long(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await company.hire("Ana")
    shown: list[Place] = []
    typing = asyncio.Event()

    async def show(place: Place) -> None:
        shown.append(place)
        typing.set()

    async def slow(runtime: object, started: object, this: object) -> Handled:
        started(company.phone.happened[1])  # type: ignore[operator]
        await typing.wait()
        return Handled()

    monkeypatch.setattr(company.phone, "typing", show)
    monkeypatch.setattr(module, "SLOW", 0.0)
    await ana.says("/me", number=1)
    monkeypatch.setattr(module, "handle_next", slow)
    async with asyncio.timeout(30):
        await Worker(company.runtime, company.delivery).step()
    assert shown == [ana.place]


async def test_no_typing_is_shown_for_what_is_quick(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await company.hire("Ana")
    shown: list[Place] = []

    async def show(place: Place) -> None:
        shown.append(place)

    monkeypatch.setattr(company.phone, "typing", show)
    monkeypatch.setattr(module, "SLOW", 3_600.0)
    await ana.says("/me")
    assert (len(ana.screen), shown) == (1, [])


async def test_stopped_in_the_middle_it_hands_over_what_it_has_claimed(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), []

    async def slow(*_: object) -> Handled:
        begun.set()
        await go_on.wait()
        ended.append(True)
        return Handled()

    monkeypatch.setattr(module, "handle_next", slow)
    running = asyncio.create_task(Worker(company.runtime, company.delivery).run())
    await begun.wait()
    running.cancel()
    await asyncio.sleep(0)
    assert not running.done()
    go_on.set()
    with suppress(asyncio.CancelledError):
        await running
    assert ended == [True]
