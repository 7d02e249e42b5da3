import json
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.runtime import pipeline
from bot.runtime.pipeline import DatabaseBusy, handle_next
from bot.runtime.turn import Turn
from services.errors import Refusal
from storage.inbox import Arrival
from storage.models import Delivery, Update, UpdateState, Visit
from tests.talk import Company, Someone


class Refused(Refusal):
    """No."""

    message = "Not today."


def _fails(monkeypatch: pytest.MonkeyPatch, where: str, error: Exception, times: int = 99) -> None:
    """Let a step of the pipeline fail so many times."""
    step: Callable[..., object] = getattr(pipeline, where)
    left = times

    async def failing(turn: Turn, *rest: object, **more: object) -> object:
        nonlocal left
        left -= 1
        if left >= 0:
            raise error
        return await step(turn, *rest, **more)  # type: ignore[misc]

    monkeypatch.setattr(pipeline, where, failing)


async def _receive(company: Company, ana: Someone, *payloads: object) -> None:
    rows = [
        Arrival(str(number), ana.place.key, json.dumps(payload))
        for number, payload in enumerate(payloads, 900)
    ]
    await company.inbox.take("phone", "test", rows)


async def _states(company: Company) -> list[tuple[str, bool]]:
    async with company.database.read() as session:
        rows = await session.execute(select(Update.state, Update.error).order_by(Update.id))
        return [(state, error is not None) for state, error in rows]


@pytest.fixture
async def ana(company: Company) -> Someone:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    return ana


async def test_a_refusal_is_said_as_it_is_written(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fails(monkeypatch, "identify", Refused())
    await ana.says("/me")
    ana.sees("Not today.")
    assert await _states(company) == [("done", False)]


async def test_what_goes_wrong_has_a_reference_and_changes_nothing(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.says("/visit Acme")
    _fails(monkeypatch, "finish", LookupError("a bug"), times=1)
    await ana.says("/visit Acme")

    ana.sees("Something went wrong on my side", "reference")
    async with company.database.read() as session:
        assert await session.scalar(select(func.count(Visit.id))) == 1
    assert await _states(company) == [("done", False), ("done", True)]


async def test_one_that_cannot_even_be_apologised_for_is_put_aside(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company.phone, "pack", _broken)
    await ana.says("/me")
    monkeypatch.undo()
    await ana.says("/me")

    assert len(ana.screen) == 1
    assert await _states(company) == [("quarantined", True), ("done", False)]


def _broken(_reply: object) -> None:
    raise LookupError("no reply can be packed")


async def test_a_refusal_that_cannot_be_said_becomes_an_apology(
    ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fails(monkeypatch, "identify", Refused())
    _fails(monkeypatch, "refusal", KeyError("name"))
    await ana.says("/me")
    ana.sees("Something went wrong on my side")


async def test_what_cannot_be_read_never_stops_what_comes_after(
    company: Company, ana: Someone
) -> None:
    await _receive(company, ana, {"n": 404}, ["nonsense"])
    await ana.says("/me")
    assert len(ana.screen) == 1
    assert await _states(company) == [("quarantined", True)] * 2 + [("done", False)]
    counted = company.runtime.metrics.updates_quarantined.labels("phone")
    assert counted._value.get() == 2


@pytest.mark.parametrize(
    "error",
    [
        DBAPIError("SELECT", {}, Exception("database is locked")),
        DBAPIError("SELECT", {}, type("Deadlock", (Exception,), {"sqlstate": "40P01"})()),
        DBAPIError("SELECT", {}, Exception("gone"), connection_invalidated=True),
        ConnectionRefusedError("the server is away"),
    ],
)
async def test_a_database_that_fails_in_passing_leaves_the_update_for_later(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    _fails(monkeypatch, "identify", error, times=1)
    with pytest.raises(DatabaseBusy):
        await ana.says("/me")
    assert await _states(company) == [("new", False)]
    await company.settle()
    assert len(ana.screen) == 1


async def test_a_broken_rule_of_the_database_is_a_fault_of_ours(
    ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fails(monkeypatch, "identify", IntegrityError("INSERT", {}, Exception("unique")), times=1)
    await ana.says("/me")
    ana.sees("Something went wrong on my side")


async def test_the_reply_is_owed_in_the_transaction_of_its_update(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fails(monkeypatch, "owe", LookupError("a bug"), times=3)
    await ana.says("/visit Acme")
    async with company.database.read() as session:
        assert await session.scalar(select(func.count(Visit.id))) == 0
        assert await session.scalar(select(func.count(Delivery.id))) == 0
    assert (await _states(company))[0] == (UpdateState.QUARANTINED.value, True)


async def test_nothing_to_do_is_said_so(company: Company) -> None:
    handled = await handle_next(company.runtime)
    assert handled.update_id is None
    assert handled.claims == ()
