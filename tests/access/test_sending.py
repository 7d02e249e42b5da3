"""What was made before somebody lost sight of it is not sent to them after."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.messages import Message, Opened, Place, reply
from bot.runtime.delivery import Delivery as Sender
from bot.runtime.encoding import Parcel, pack
from bot.runtime.turn import PAGES
from bot.runtime.worker import Worker
from storage.engine import Database
from storage.journal import Author
from storage.lanes import ensure_lanes, now_ms
from storage.models import Account, Delivery, DeliveryState, Identity, Leave, Priority, Role
from storage.outbox import LAPSED, LEFT, LESS, claim
from storage.owing import store_owed
from storage.standing import bump, hold
from storage.work import Work
from tests.dialogs.helpers import GROUP, change, move_account
from tests.storage.owed import owed
from tests.talk import Company, Phone, Someone, with_windows

ASK_AGAIN = "What you may see has changed since you asked, so I didn't send it. Ask me again."


@pytest.fixture
async def rui(company: Company) -> Someone:
    return await company.hire("Rui", Role.MANAGER)


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


@pytest.fixture
async def acme(company: Company, ana: Someone) -> Account:
    return await company.open_account(ana, "Acme")


async def asks(someone: Someone, text: str, place: Place | None = None) -> None:
    """What somebody asks is answered, and the answer waits to be sent."""
    company = someone.company
    message = Message(someone.sender, place or someone.place, text, company.now)
    await company.receive(message)
    async with company.database.read() as session:
        company.delivery.set_clock(await now_ms(session))
    idle = Sender(company.runtime)
    idle.submit = _nothing  # type: ignore[method-assign]  # as if the process had just died
    await Worker(company.runtime, idle).step()
    async with company.database.begin() as session:
        await session.execute(update(Delivery).values(ready_at=0))


def _nothing(claims: object) -> None:
    """Keep it."""


async def newest(company: Company) -> Delivery:
    async with company.database.read() as session:
        query = select(Delivery).order_by(Delivery.id.desc()).limit(1)
        return (await session.scalars(query)).one()


async def digest(someone: Someone, said: str, **more: object) -> None:
    """Something made for somebody in the night, to be sent in the morning."""
    company = someone.company
    assert someone.person
    row = owed(
        f"digest-{said}",
        someone.place.key,
        lane="phone:test",
        payload=pack(Parcel(someone.place, reply(said))),
        person_id=someone.person.id,
        priority=Priority.DIGEST,
        **more,
    )
    async with company.database.begin() as session:
        await ensure_lanes(session, ["phone:test"])
        await store_owed(session, [row])


async def counted(company: Company, reason: str) -> float:
    labels = {"platform": "phone", "reason": reason}
    found = company.runtime.metrics.registry.get_sample_value("withheld_total", labels)
    return found or 0.0


async def test_a_reply_made_before_a_role_was_lost(
    company: Company, rui: Someone, acme: Account
) -> None:
    await asks(rui, "/account Acme")
    await change(company, rui, role=Role.REP)
    await company.settle()
    assert rui.last.text == ASK_AGAIN
    assert not rui.last.buttons
    assert await counted(company, LESS) == 1
    await rui.says("/account Acme")
    rui.sees("belongs to Ana")


async def test_a_reply_made_before_an_account_was_handed_on(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says("/visit Acme, secret")
    await asks(ana, "/account Acme")
    await move_account(company, acme.id, await company.hire("Bo", unit="West"))
    await company.settle()
    assert ana.last.text == ASK_AGAIN


async def test_it_is_said_in_the_readers_language(company: Company) -> None:
    lin = await company.hire("林", Role.MANAGER, language="zh")
    await asks(lin, "/我")
    await change(company, lin, role=Role.REP)
    await company.settle()
    assert lin.last.text == "你问过之后，你能看的内容变了，所以这条我没有发。请再问我一次。"


async def test_whoever_gained_or_kept_what_they_had_gets_their_answer(
    company: Company, ana: Someone, acme: Account
) -> None:
    await asks(ana, "/account Acme")
    await change(company, ana, name="Anna")
    other = await company.open_account(ana, "Bolt")
    await move_account(company, other.id, ana)
    await company.settle()
    ana.sees("Acme")


async def test_who_has_left_hears_nothing(company: Company, ana: Someone) -> None:
    await asks(ana, "/me")
    await change(company, ana, active=False)
    await company.settle()
    ana.sees_nothing()
    assert (await newest(company)).error == LEFT


async def test_who_came_back_does_not_get_what_was_made_before(
    company: Company, rui: Someone
) -> None:
    await asks(rui, "/me")
    await change(company, rui, active=False)
    await change(company, rui, active=True)
    await company.settle()
    assert rui.last.text == ASK_AGAIN


async def test_a_digest_is_not_sent_after_a_role_was_lost(company: Company, rui: Someone) -> None:
    await digest(rui, "everybody's numbers")
    await change(company, rui, role=Role.REP)
    await company.settle()
    rui.sees_nothing()
    row = await newest(company)
    assert (row.state, row.error) == (DeliveryState.FAILED, LESS)
    assert await counted(company, LESS) == 1


async def test_a_digest_is_sent_to_who_still_may(company: Company, rui: Someone) -> None:
    await digest(rui, "everybody's numbers")
    await company.settle()
    rui.sees("everybody's numbers")


async def test_a_digest_lapses_with_the_leave_it_was_made_in(
    company: Company, rui: Someone
) -> None:
    await digest(rui, "kept", lapses_at=2**52)
    await digest(rui, "lapsed", lapses_at=1)
    await company.settle()
    assert rui.transcript() == "kept"
    assert (await newest(company)).error == LAPSED
    assert await counted(company, LAPSED) == 1


async def test_a_deputy_gets_what_they_asked_until_the_leave_ends(
    company: Company, ana: Someone, acme: Account
) -> None:
    """To the end of the day where she is who is away: then it is the platform's delay."""
    bo = await company.hire("Bo", unit="West")
    assert ana.person
    assert bo.person
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, None, "leave"))
        today = company.now.date()
        leave = Leave(starts_on=today, ends_on=today, person_id=ana.person.id)
        leave.deputy_id = bo.person.id
        await work.people.add(leave)
    await bo.says("/account Acme")
    bo.sees("Owner: Ana")
    await asks(bo, "/account Acme")
    async with company.database.read() as session:
        now = await now_ms(session)
    lapses_at = (await newest(company)).lapses_at
    assert lapses_at is not None
    assert abs(lapses_at - now - timedelta(hours=14) / timedelta(milliseconds=1)) < 60_000
    async with company.database.begin() as session:
        await session.execute(update(Delivery).values(lapses_at=now - 1))
    await company.settle()
    assert bo.last.text == ASK_AGAIN
    assert await counted(company, LAPSED) == 1


async def test_an_edited_card_is_replaced_by_the_line(
    company: Company, rui: Someone, acme: Account
) -> None:
    """What a press was answered with would have taken a card's place."""
    await rui.says("/settings")
    card, seen = rui.last, len(rui.screen)
    await asks(rui, "/settings")
    async with company.database.begin() as session:
        last = (await session.scalars(select(Delivery).order_by(Delivery.id.desc()))).first()
        assert last
        last.payload = {**last.payload, "edit": card.ref}
    await change(company, rui, role=Role.REP)
    await company.settle()
    assert (card.text, len(rui.screen)) == (ASK_AGAIN, seen)


async def test_a_pressed_card_is_not_shown_again_with_what_was_on_it(
    company: Company, rui: Someone, acme: Account
) -> None:
    await rui.says("/remind call Acme tomorrow")
    card = rui.last
    before = card.edits
    await change(company, rui, role=Role.REP)
    await rui.presses("To do list", on=card)
    assert card.edits == before


async def test_others_in_a_group_read_nothing_of_it(
    company: Company, rui: Someone, acme: Account
) -> None:
    await asks(rui, "/account Acme", GROUP)
    await change(company, rui, role=Role.REP)
    await company.settle()
    assert company.phone.chats.get("group", []) == []
    assert rui.last.text == ASK_AGAIN


class TestBesideTheChat:
    @pytest.fixture
    def phone(self) -> Phone:
        return with_windows()

    async def test_a_whisper_in_a_group_is_replaced(
        self, company: Company, rui: Someone, acme: Account
    ) -> None:
        await asks(rui, "/account Acme", GROUP)
        await change(company, rui, role=Role.REP)
        await company.settle()
        (whisper,) = company.phone.chats[f"group!{rui.id}"]
        assert whisper.text == ASK_AGAIN

    async def test_a_page_is_drawn_anew_for_whom_something_was_taken_from(
        self, company: Company, ana: Someone, acme: Account
    ) -> None:
        rui = await company.hire("Rui", Role.MANAGER)
        await company.open_account(ana, "Zenith")
        await ana.says("/visit Zenith")
        name = f"home:{rui.id}"
        await company.happen(Opened(rui.sender, rui.place, company.now, name))
        assert "Zenith" in company.phone.windows[name].text
        await ana.presses("Undo")
        assert "Zenith" not in company.phone.windows[name].text
        assert "Hello, Rui" in company.phone.windows[name].text

    async def test_a_page_that_was_drawn_before_is_replaced(
        self, company: Company, rui: Someone
    ) -> None:
        name = f"home:{rui.id}"
        await company.happen(Opened(rui.sender, rui.place, company.now, name))
        payload = pack(Parcel(rui.place, reply("everybody's numbers"), window=name))
        assert rui.person
        row = owed("page", f"{rui.place.key}#{name}", lane=f"phone:test{PAGES}", payload=payload)
        row |= {"person_id": rui.person.id, "priority": Priority.REMINDER}
        async with company.database.begin() as session:
            await ensure_lanes(session, [f"phone:test{PAGES}"])
            await store_owed(session, [row])
        await change(company, rui, role=Role.REP)
        await company.settle()
        assert "everybody" not in company.phone.windows[name].text
        assert "Open this page again" in company.phone.windows[name].text


async def test_what_waits_long_in_memory_is_judged_again(company: Company, rui: Someone) -> None:
    await digest(rui, "everybody's numbers")
    async with company.database.begin() as session:
        _now, (job,) = await claim(session, company.runtime.paces)
    await change(company, rui, role=Role.REP)
    company.delivery.set_clock(job.slot - 1_100)
    company.delivery.submit([job])
    await company.delivery.drain(5)
    rui.sees_nothing()
    assert (await newest(company)).error == LESS


async def test_when_nobody_can_tell_it_is_not_sent(
    company: Company, rui: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await digest(rui, "everybody's numbers")
    async with company.database.begin() as session:
        _now, (job,) = await claim(session, company.runtime.paces)

    async def away(*_: object) -> None:
        raise OSError("the server is away")

    monkeypatch.setattr("bot.runtime.delivery.judge", away)
    company.delivery.set_clock(job.slot - 1_100)
    company.delivery.submit([job])
    await company.delivery.drain(5)
    rui.sees_nothing()


async def test_a_removal_while_the_answer_is_made_is_noticed(
    company: Company, rui: Someone, acme: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another transaction takes it away after it was looked up, before it is stored."""
    from services import accounts  # noqa: PLC0415 - what is replaced

    real = accounts.card

    async def card(work: Work, *rest: object) -> object:
        found = await real(work, *rest)  # type: ignore[arg-type]
        own = work.session.info.get("grown", {}).copy()
        assert rui.person
        await bump(work.session, [rui.person.id])
        work.session.info["grown"] = own  # somebody else's
        return found

    monkeypatch.setattr(accounts, "card", card)
    await rui.says("/account Acme")
    assert rui.last.text == ASK_AGAIN


async def test_a_row_knows_its_readers_standing_when_it_is_stored(database: Database) -> None:
    company = Company(database, Phone())
    ana = await company.hire("Ana")
    assert ana.person
    number = ana.person.id
    async with database.begin() as session:
        await bump(session, [number])
        rows = [owed("plain"), owed("told", person_id=number)]
        assert await store_owed(session, rows) == [(1, False), (2, False)]
    async with database.begin() as session:
        hold(session, number, 0)
        later = [owed("held", person_id=number), owed("given", person_id=number, standing=1)]
        assert await store_owed(session, later) == [(3, True), (4, False)]
    async with database.read() as session:
        query = select(Delivery.standing).order_by(Delivery.id)
        assert list(await session.scalars(query)) == [0, 1, 0, 1]


async def test_an_account_on_a_platform_that_is_gone_gets_nothing_private(
    company: Company, ana: Someone
) -> None:
    await digest(ana, "her numbers")
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "remove"))
        mine = (await session.scalars(select(Identity))).one()
        await session.delete(mine)
    await company.settle()
    ana.sees_nothing()
