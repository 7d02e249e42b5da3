"""A person's own page: drawn when opened, and again after what they change anywhere."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from structlog.testing import capture_logs

from bot.messages import Message, Opened, Place, Sender
from bot.phrases import LANGUAGES
from bot.runtime.worker import Worker
from storage.inbox import Arrival
from storage.journal import Author
from storage.lanes import ensure_lanes
from storage.models import Change, Delivery, DeliveryState, Identity, Lane, Page
from storage.work import Work
from tests.dialogs.helpers import change, stranger, visits
from tests.talk import Company, Phone, Shown, Someone, with_windows


@pytest.fixture
def phone() -> Phone:
    return with_windows()


@pytest.fixture
async def ana(company: Company) -> Someone:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    return ana


async def opens(someone: Someone) -> str:
    name = f"home:{someone.id}"
    await someone.company.happen(Opened(someone.sender, someone.place, someone.company.now, name))
    return name


def page(someone: Someone) -> Shown:
    return someone.company.phone.windows[f"home:{someone.id}"]


async def pages(company: Company) -> list[Page]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Page).order_by(Page.id)))


async def test_a_page_is_drawn_when_it_is_opened(company: Company, ana: Someone) -> None:
    await opens(ana)
    assert "Hello, Ana" in page(ana).text
    ana.sees_nothing()
    await opens(ana)
    (kept,) = await pages(company)
    assert (kept.window, kept.chat, kept.bot) == (f"home:{ana.id}", ana.chat, "test")


async def test_a_stranger_sees_the_way_in_and_is_not_kept(company: Company) -> None:
    kim = stranger(company)
    await opens(kim)
    assert "We haven't met yet" in page(kim).text
    assert await pages(company) == []


async def test_a_page_that_was_never_opened_is_not_drawn(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    assert company.phone.windows == {}


async def test_a_change_draws_the_page_anew(company: Company, ana: Someone) -> None:
    await opens(ana)
    before = page(ana)
    await ana.says("/me")
    assert page(ana) is before
    await ana.says("/visit Acme")
    assert "Acme" in page(ana).text
    assert "1 visit" in page(ana).text
    await ana.presses("Undo")
    assert "1 visit" not in page(ana).text


async def test_nobody_else_s_page_is_drawn(company: Company, ana: Someone) -> None:
    bo = await company.hire("Bo")
    for one in (ana, bo):
        await opens(one)
    before = page(bo)
    await ana.says("/visit Acme")
    assert page(bo) is before


async def test_a_page_that_changed_hands_is_whose_it_is(company: Company, ana: Someone) -> None:
    bo = await company.hire("Bo")
    await opens(ana)
    now = company.now
    await company.happen(Opened(bo.sender, bo.place, now, f"home:{ana.id}"))
    (kept,) = await pages(company)
    assert bo.person
    assert (kept.person_id, kept.chat) == (bo.person.id, bo.chat)
    await ana.says("/visit Acme")
    assert "Hello, Bo" in page(ana).text


async def test_a_change_from_another_platform_draws_it_too(company: Company, ana: Someone) -> None:
    assert ana.person
    other = Phone(platform="other")
    adapters: Any = company.runtime.adapters
    adapters["other:test"] = other
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, None, "join"))
        mine = Identity(
            person_id=ana.person.id, platform="other", external_id="o1", bot="test", chat="o1"
        )
        await work.people.add(mine)
    await opens(ana)
    place = Place("other", "test", "o1")
    other.happened[1] = Message(Sender("other", "o1"), place, "/visit Acme", company.now)
    await company.inbox.take("other", "test", [Arrival("1", place.key, json.dumps({"n": 1}))])
    await company.settle()
    assert "Logged: Acme" in other.chats["o1"][-1].text
    assert "1 visit" in page(ana).text


@pytest.mark.parametrize("in_database", [False, True])
async def test_a_page_that_cannot_be_drawn_loses_nothing(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch, *, in_database: bool
) -> None:
    await opens(ana)
    before = page(ana)

    async def fails(work: Work, *_: object, **__: object) -> None:
        if in_database:
            await work.session.execute(text("SELECT nothing FROM nowhere"))
        raise LookupError("a bug")

    monkeypatch.setattr("services.home.home", fails)
    await ana.says("/visit Acme")
    ana.sees("Logged: Acme")
    assert len(await visits(company)) == 1
    assert page(ana) is before
    async with company.database.read() as session:
        commands = await session.scalars(select(Change.command).order_by(Change.id.desc()))
        assert commands.first() == "visit"


async def test_drawing_is_never_what_somebody_did(company: Company, ana: Someone) -> None:
    await opens(ana)
    await ana.says("/visit Acme")
    async with company.database.read() as session:
        assert "home" not in list(await session.scalars(select(Change.command)))


async def test_who_has_left_meanwhile_gets_no_page(company: Company, ana: Someone) -> None:
    """The page waits in one process while another one takes them out of the company."""
    await opens(ana)
    before = page(ana)
    place, now = ana.place, company.now
    await company.receive(Message(ana.sender, place, "/visit Acme", now))
    handled = await Worker(company.runtime, company.delivery).step()
    assert handled.update_id is not None
    await change(company, ana, active=False)
    await company.settle()
    assert page(ana) is before
    async with company.database.read() as session:
        rows = await session.scalars(select(Delivery).where(Delivery.dedup.like("%:page:%")))
        (owed,) = rows
    assert (owed.state, owed.error) == (DeliveryState.FAILED, "the person has left")


async def test_who_has_left_opens_no_page(company: Company, ana: Someone) -> None:
    await opens(ana)
    await change(company, ana, active=False)
    await opens(ana)
    assert "We haven't met yet" in page(ana).text
    assert "Ana" not in page(ana).text


async def test_a_page_speaks_its_reader_s_language(company: Company) -> None:
    lin = await company.hire("林", language="zh")
    await company.open_account(lin, "华东医院")
    await opens(lin)
    company.after(hours=1)
    await lin.says("/拜访 华东医院")
    assert "华东医院" in page(lin).text
    assert "你好" in page(lin).text
    async with company.database.read() as session:
        rows = await session.scalars(select(Delivery).where(Delivery.dedup.like("%:page:%")))
        assert [each.payload["language"] for each in rows] == ["zh"]


async def test_a_page_follows_a_change_of_language(company: Company, ana: Someone) -> None:
    await opens(ana)
    await ana.says("/settings")
    await ana.presses(LANGUAGES["zh"])
    assert "你好" in page(ana).text
    async with company.database.read() as session:
        rows = await session.scalars(select(Delivery).where(Delivery.dedup.like("%:page:%")))
        assert [each.payload["language"] for each in rows] == ["zh"]


async def test_the_log_names_what_was_done_not_the_drawing(company: Company, ana: Someone) -> None:
    await opens(ana)
    with capture_logs() as logs:
        await ana.says("/visit Acme")
    assert [each["command"] for each in logs if each["event"] == "update_done"] == ["visit"]


async def test_a_page_shows_the_time_it_is_drawn(company: Company, ana: Someone) -> None:
    """Also after a message that was written long before it was read."""
    await opens(ana)
    await ana.says("/visit Acme", at=company.now - timedelta(days=3))
    assert "Mon 2 Mar" in page(ana).text


async def test_of_several_drawings_that_wait_only_the_last_is_sent(
    company: Company, ana: Someone
) -> None:
    await opens(ana)
    async with company.database.begin() as session:
        await ensure_lanes(session, company.runtime.paces)
        busy = update(Lane).where(Lane.key == "phone:test/pages").values(tat=2**50)
        await session.execute(busy)
    for _ in range(3):
        await ana.says("/visit Acme")
    async with company.database.read() as session:
        waiting = select(func.count()).where(
            Delivery.lane == "phone:test/pages", Delivery.state == DeliveryState.PENDING
        )
        assert await session.scalar(waiting) == 1


async def test_a_page_that_nobody_serves_any_more_is_not_drawn(
    company: Company, ana: Someone
) -> None:
    await opens(ana)
    async with company.database.begin() as session:
        await session.execute(update(Page).values(bot="gone"))
    await ana.says("/visit Acme")
    async with company.database.read() as session:
        left = select(func.count()).where(Delivery.lane.startswith("phone:gone"))
        assert await session.scalar(left) == 0
