from dataclasses import replace

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.messages import Place
from bot.runtime import delivery as module
from bot.runtime.adapter import NotSent, Pace, Rejected, RetryLater, Uncertain, Unreachable
from bot.runtime.encoding import Parcel, pack
from storage.lanes import ensure_lanes, now_ms
from storage.models import Delivery, DeliveryState, Identity, Lane
from storage.owing import insert_deliveries
from tests.storage.owed import let_lease_end, owed, read, take
from tests.talk import NO_LIMIT, Company, Someone

PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT
FAILED, UNCERTAIN = DeliveryState.FAILED, DeliveryState.UNCERTAIN


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


async def _newest(company: Company) -> Delivery:
    async with company.database.read() as session:
        query = select(Delivery).order_by(Delivery.id.desc()).limit(1)
        return (await session.scalars(query)).one()


async def _owe(company: Company, ana: Someone, **more: object) -> int:
    """A message of no reply's kind, to be claimed by the loop."""
    await ana.says("/me")
    payload = pack(Parcel(ana.place, ana.last.reply))
    row = owed("extra", ana.place.key, lane="phone:test", payload=payload, **more)
    async with company.database.begin() as session:
        await ensure_lanes(session, ["phone:test"])
        return (await insert_deliveries(session, [row]))[0]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NotSent("no connection"), PENDING),
        (Uncertain("no answer"), PENDING),
        (LookupError("a bug"), PENDING),
        (Rejected("too long"), FAILED),
        (Unreachable("blocked"), FAILED),
    ],
)
async def test_how_sending_ends_is_kept(
    company: Company, ana: Someone, error: Exception, state: DeliveryState
) -> None:
    company.phone.fail = error
    await ana.says("/me")
    row = await _newest(company)
    assert (row.state, row.attempts) == (state, 1)
    assert str(error) in (row.error or "")


async def test_what_was_not_sent_is_sent_later(company: Company, ana: Someone) -> None:
    company.phone.fail = NotSent("no connection")
    await ana.says("/me")
    async with company.database.read() as session:
        now = await now_ms(session)
    waiting = await _newest(company)
    assert waiting.ready_at > now
    company.phone.fail = None
    await let_lease_end(company.database, waiting)
    await company.settle()
    assert len(ana.screen) == 1
    assert (await read(company.database, waiting.id)).state == SENT


async def test_what_must_not_come_twice_is_left_uncertain(company: Company, ana: Someone) -> None:
    number = await _owe(company, ana, repeatable=False)
    company.phone.fail = Uncertain("no answer")
    await company.settle()
    assert (await read(company.database, number)).state == UNCERTAIN


async def test_who_blocked_the_bot_is_marked_until_they_come_back(
    company: Company, ana: Someone
) -> None:
    async def reachable() -> bool:
        async with company.database.read() as session:
            return (await session.scalars(select(Identity.reachable))).one()

    company.phone.fail = Unreachable("blocked")
    await ana.says("/me")
    assert not await reachable()
    company.phone.fail = None
    await ana.blocks_the_bot(back=True)
    assert await reachable()


async def test_a_pause_holds_the_lane(company: Company, ana: Someone) -> None:
    company.phone.fail = RetryLater(30)
    await ana.says("/me")
    row = await _newest(company)
    async with company.database.read() as session:
        tat, now = await session.scalar(select(Lane.tat)), await now_ms(session)
    assert row.state == PENDING
    assert tat is not None
    assert tat > now + 20_000

    company.phone.fail = None
    bo = await company.hire("Bo")
    await bo.says("/me")
    bo.sees_nothing()


async def test_a_pause_of_one_chat_leaves_the_others_alone(company: Company, ana: Someone) -> None:
    company.phone.fail = RetryLater(30, chat_only=True)
    await ana.says("/me")
    company.phone.fail = None
    bo = await company.hire("Bo")
    await bo.says("/me")
    ana.sees_nothing()
    assert len(bo.screen) == 1


BURSTS = Pace(1_000, 60, 1_000, 60, 1_000, 60)


@pytest.mark.parametrize("chat_only", [True, False])
async def test_a_pause_holds_what_might_leave_in_a_burst_too(
    company: Company, ana: Someone, chat_only: bool
) -> None:
    company.phone.pace = BURSTS
    company.phone.fail = RetryLater(30, chat_only=chat_only)
    await ana.says("/me")
    company.phone.fail = None
    await ana.says("/me")
    if not chat_only:
        bo = await company.hire("Bo")
        await bo.says("/me")
        bo.sees_nothing()
    ana.sees_nothing()


async def test_a_message_that_asks_for_a_pause_for_ever_holds_only_its_chat(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GIVE_UP", 1)
    company.phone.fail = RetryLater(30)
    with capture_logs() as logs:
        await ana.says("/me")
    company.phone.fail = None
    bo = await company.hire("Bo")
    await bo.says("/me")
    ana.sees_nothing()
    assert len(bo.screen) == 1
    assert (await read(company.database, 1)).state == PENDING
    [line] = [each for each in logs if each["event"].endswith("_paused")]
    assert (line["event"], line["attempt"], line["delivery"]) == ("chat_paused", 1, 1)


async def test_after_many_attempts_it_is_given_up_and_kept(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GIVE_UP", 1)
    company.phone.fail = NotSent("no connection")
    await ana.says("/me")
    row = await _newest(company)
    assert (row.state, "no connection" in (row.error or "")) == (FAILED, True)


async def test_it_is_tried_for_about_half_an_hour(company: Company, ana: Someone) -> None:
    await _owe(company, ana)
    [claim] = await take(company.database, {"phone:test": NO_LIMIT})
    begun, tried = company.delivery._now(), NotSent("no connection")
    tries = [replace(claim, attempt=number) for number in range(1, module.GIVE_UP + 1)]
    results = [company.delivery._again(each, tried) for each in tries]
    assert [each.state for each in results] == [PENDING] * (module.GIVE_UP - 1) + [FAILED]
    minutes = sum(each.ready_at - begun for each in results[:-1]) / 60_000
    assert 27 * 0.75 <= minutes <= 27 * 1.26


async def test_a_slot_that_is_long_past_is_given_back(company: Company, ana: Someone) -> None:
    number = await _owe(company, ana)
    [claim] = await take(company.database, {"phone:test": NO_LIMIT})
    company.delivery.submit([replace(claim, slot=1)])
    await company.delivery.drain(5)
    row = await read(company.database, number)
    assert (row.state, row.attempts) == (PENDING, 0)
    assert len(ana.screen) == 1


async def test_results_are_kept_while_the_database_is_away(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise OSError("the server is away")

    with monkeypatch.context() as away:
        away.setattr(module, "IDLE", 0.0)
        away.setattr(module, "record", fail)
        await ana.says("/me")
        assert (await _newest(company)).state == DeliveryState.SENDING
    await company.delivery.flush()
    assert (await _newest(company)).state == SENT


async def test_a_card_is_edited_and_its_spinner_ends(company: Company, ana: Someone) -> None:
    await ana.says("/settings")
    await ana.presses(next(button.label for button in ana.last.buttons))
    assert company.phone.acks == ["spinner"]
    assert ana.place == Place("phone", "test", ana.chat)


async def test_the_time_from_update_to_reply_is_measured(company: Company, ana: Someone) -> None:
    await ana.says("/me")
    assert company.runtime.metrics.registry.get_sample_value("reply_seconds_count") == 1


async def test_what_another_version_wrote_does_not_stay_first(
    company: Company, ana: Someone
) -> None:
    company.phone.fail = NotSent("no connection")
    await ana.says("/me")
    company.phone.fail = None
    async with company.database.begin() as session:
        await session.execute(
            update(Delivery).values(payload={"blocks": [{"hologram": 1}]}, ready_at=0)
        )
    await company.settle()
    async with company.database.read() as session:
        assert list(await session.scalars(select(Delivery.state))) == [DeliveryState.FAILED]
    await ana.says("/me")
    ana.sees("Role: rep")


async def test_who_speaks_can_be_spoken_to_again(company: Company) -> None:
    """Slack never tells that somebody is back."""
    ana = await company.hire("Ana")
    company.phone.fail = Unreachable("user_disabled")
    await ana.says("/help")
    assert await _reachable(company, ana) is False
    company.phone.fail = None
    await ana.says("/help")
    assert await _reachable(company, ana) is True


async def _reachable(company: Company, someone: Someone) -> bool:
    assert someone.person
    async with company.database.read() as session:
        query = select(Identity.reachable).where(Identity.person_id == someone.person.id)
        return bool(await session.scalar(query))
