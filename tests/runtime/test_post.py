from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.messages import Reply
from bot.runtime.adapter import Pace
from bot.runtime.pipeline import Handled, handle_next
from storage.lanes import now_ms
from storage.models import Delivery, DeliveryState
from tests.storage.owed import owed, store
from tests.talk import Company, Someone

SLOW = Pace(0, 1_000, 60_000, 1, 60_000, 1)


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


async def _hear(company: Company, ana: Someone, text: str = "/me") -> Handled:
    """An update is answered, and nothing is sent yet."""
    async with company.database.read() as session:
        company.delivery.set_clock(await now_ms(session))
    settle, company.settle = company.settle, _nothing  # type: ignore[method-assign]
    await ana.says(text)
    company.settle = settle  # type: ignore[method-assign]
    return await handle_next(company.runtime)


async def _nothing() -> None:
    """Leave it."""


async def _states(company: Company) -> list[str]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Delivery.state).order_by(Delivery.id)))


def _in_two(reply: Reply) -> tuple[Reply, ...]:
    return (reply, replace(reply, blocks=reply.blocks[:1]))


async def test_a_reply_is_claimed_by_who_made_it(company: Company, ana: Someone) -> None:
    handled = await _hear(company, ana)
    [claim] = handled.claims
    assert (claim.fence, claim.attempt, claim.chat) == (1, 1, ana.place.key)
    assert await _states(company) == [DeliveryState.SENDING]


async def test_of_a_long_reply_the_first_part_leaves_at_once(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company.phone, "pack", _in_two)
    handled = await _hear(company, ana)
    assert len(handled.claims) == 1
    assert await _states(company) == [DeliveryState.SENDING, DeliveryState.PENDING]
    company.delivery.submit(handled.claims)
    await company.delivery.drain(5)
    await company.settle()
    assert len(ana.screen) == 2


async def test_who_does_not_deliver_leaves_it_to_those_who_do(
    company: Company, ana: Someone
) -> None:
    company.runtime = replace(company.runtime, delivers=False)
    assert (await _hear(company, ana)).claims == ()
    assert await _states(company) == [DeliveryState.PENDING]


async def test_a_chat_that_was_just_written_to_waits(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company.phone, "pace", SLOW)
    assert len((await _hear(company, ana)).claims) == 1
    assert (await _hear(company, ana)).claims == ()
    assert await _states(company) == [DeliveryState.SENDING, DeliveryState.PENDING]


async def test_no_reply_is_owed_twice(company: Company, ana: Someone) -> None:
    await store(company.database, owed("phone:test:77:0", "elsewhere"))
    company.numbers = iter([77])
    assert (await _hear(company, ana)).claims == ()
    assert len(await _states(company)) == 1


async def test_only_the_first_part_ends_a_spinner(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.says("/settings")
    monkeypatch.setattr(company.phone, "pack", _in_two)
    await ana.presses(next(button.label for button in ana.last.buttons))
    assert company.phone.acks == ["spinner"]
