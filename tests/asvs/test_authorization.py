"""ASVS 5.0, 8.2 to 8.4: functions, objects, fields; at once, at the service, for who asks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import handlers
from bot.adapters.slack.arrivals import is_foreign
from bot.commands import collect
from bot.markdown import Markdown
from bot.messages import Message, Press, Reply, Text
from bot.runtime.encoding import Parcel, pack
from services import accounts, deals
from services.access import require
from services.errors import GoneAccount, GoneDeal, NotAllowed
from storage.calls import store_calls
from storage.journal import Author
from storage.lanes import now_ms
from storage.models import Account, Contact, Deal, Delivery, DeliveryState, Priority, Role
from storage.owing import insert_deliveries
from storage.work import Work
from tests.adapters.slack.payloads import in_channel
from tests.dialogs.helpers import GROUP, change, move_account
from tests.talk import Company, Someone

BOOK = collect(handlers)
HIGHER = [each.name for each in BOOK.commands if each.allow > Role.REP]
SECRET = "138 0013 8000"


async def press(company: Company, someone: Someone, name: str, /, **answers: str) -> None:
    """Press a button that somebody forged, or that was made while it was allowed."""
    assert someone.person
    token = f"t-{name}-{someone.id}"
    row = {
        "token": token,
        "card": "card",
        "command": name,
        "answers": answers,
        "label": name,
        "person_id": someone.person.id,
        "single_use": True,
        "expires_at": company.now + timedelta(days=1),
        "used_at": None,
    }
    async with company.database.begin() as session:
        await store_calls(session, [row])
    await company.happen(Press(someone.sender, someone.place, token, company.now, "1"))


async def contact(company: Company, account: Account, name: str) -> None:
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, None, "test"))
        await accounts.add_contact(work, account, name, phone=SECRET)


class TestItem821:
    """A function is for whom it is for, however it is reached."""

    @pytest.mark.parametrize("name", HIGHER)
    async def test_by_words_and_by_buttons(
        self, company: Company, ana: Someone, name: str
    ) -> None:
        await ana.says(f"/{name}")
        ana.sees("That is for")
        await press(company, ana, name)
        ana.sees("That is for")


class TestItem822:
    """A datum is for whom it is for, also for who names its number."""

    @pytest.mark.parametrize("name", ["account", "visit"])
    async def test_another_s_account_by_its_number(
        self, company: Company, ana: Someone, bo: Someone, name: str
    ) -> None:
        acme = await company.open_account(ana, "Acme")
        await contact(company, acme, "Li Wei")
        await press(company, bo, name, account=str(acme.id))
        assert "Li Wei" not in bo.transcript()
        assert SECRET not in bo.transcript()
        assert "Logged" not in bo.transcript()


class TestItem823:
    """Of what one may see only in part, that part alone is shown; only what is asked is set."""

    async def test_of_another_s_customer_the_name_and_the_owner(
        self, company: Company, ana: Someone, bo: Someone
    ) -> None:
        acme = await company.open_account(ana, "Acme")
        await contact(company, acme, "Li Wei")
        async with company.database.begin() as session:
            Work(session, Author(company.now, None, "test"))
            (await session.get_one(Account, acme.id)).city = "Secretville"

        await bo.says("/account Acme")

        bo.sees("Acme", "Ana")
        for hidden in ("Li Wei", SECRET, "Secretville"):
            assert hidden not in bo.transcript()

    async def test_fields_that_no_question_asks_for_are_not_set(
        self, company: Company, ana: Someone, bo: Someone
    ) -> None:
        assert bo.person
        acme = await company.open_account(ana, "Acme")
        more = {"owner": str(bo.person.id), "owner_id": str(bo.person.id), "tier": "A"}
        await press(company, ana, "contact", account=str(acme.id), name="Li Wei", **more)
        async with company.database.read() as session:
            kept = await session.get_one(Account, acme.id)
            assert (kept.owner_id, kept.tier) == (acme.owner_id, acme.tier)
            assert (await session.scalars(select(Contact.name))).all() == ["Li Wei"]


class TestItem831:
    """The rules stand in the services: whoever calls one is refused there."""

    async def test_a_service_refuses_by_itself(
        self, company: Company, ana: Someone, bo: Someone
    ) -> None:
        assert ana.person
        assert bo.person
        acme = await company.open_account(ana, "Acme")
        async with company.database.begin() as session:
            work = Work(session, Author(company.now, bo.person.id, "test"))
            deal = Deal(
                account_id=acme.id,
                owner_id=ana.person.id,
                unit_id=ana.person.unit_id,
                name="Pumps",
                stage="lead",
                amount=0,
                currency="CNY",
                created_at=company.now,
            )
            await work.deals.add(deal)
            with pytest.raises(GoneAccount):
                await accounts.get(work, bo.person, acme.id)
            with pytest.raises(GoneDeal):
                await deals.get(work, bo.person, deal.id)
            with pytest.raises(NotAllowed):
                require(bo.person, Role.MANAGER)


class TestItem832:
    """What changes who may do what holds from the next moment on."""

    async def test_a_manager_who_is_none_any_more(
        self, company: Company, ana: Someone, rui: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        await rui.says("/account Acme")
        rui.sees("Last visits")
        await change(company, rui, role=Role.REP)
        await rui.says("/account Acme")
        assert "Last visits" not in rui.last.text

    async def test_a_button_from_before(self, company: Company, ana: Someone, bo: Someone) -> None:
        acme = await company.open_account(ana, "Acme")
        await ana.says("/account Acme")
        await move_account(company, acme.id, bo)
        await ana.presses("Log a visit")
        assert "Logged" not in ana.last.text
        ana.sees("gone, or isn't yours")

    async def test_a_message_made_before_and_sent_after(
        self, company: Company, ana: Someone, rui: Someone
    ) -> None:
        """A digest that was made while Rui led the East is not sent when he does not."""
        assert rui.person
        await rui.says("/me")
        digest = Reply((Text(Markdown("Acme, 5 visits")),))
        async with company.database.begin() as session:
            row = {
                "dedup": "digest:1",
                "lane": "phone:test",
                "chat": rui.place.key,
                "person_id": rui.person.id,
                "priority": Priority.DIGEST,
                "repeatable": True,
                "payload": pack(Parcel(rui.place, digest, language="en")),
                "created_at": company.now,
                "update_id": None,
                "standing": 0,
                "ready_at": await now_ms(session),
                "state": DeliveryState.PENDING,
                "attempts": 0,
                "fence": 0,
            }
            await insert_deliveries(session, [row])
        await change(company, rui, role=Role.REP)
        await company.settle()
        assert "Acme" not in rui.transcript()
        async with company.database.read() as session:
            states = await session.scalars(
                select(Delivery.state).where(Delivery.dedup == "digest:1")
            )
            assert states.all() == [DeliveryState.FAILED]


class TestItem833:
    """What is done for somebody is done with their rights, whoever's hand it goes through."""

    async def test_a_button_pressed_by_somebody_else(
        self, company: Company, ana: Someone, rui: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        await rui.says("/account Acme")
        card = rui.last
        for button in card.buttons:
            await ana.taps(button, card)
            ana.sees("someone else's")

    async def test_a_question_in_a_group_is_answered_to_the_asker(
        self, company: Company, ana: Someone, rui: Someone, bo: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        said = Message(rui.sender, GROUP, "/account Acme", company.now)
        await company.happen(said)
        rui.sees("Acme")
        group = company.phone.chats.get(GROUP.chat, [])
        assert not any("Last visits" in each.text for each in group)
        await company.happen(Message(bo.sender, GROUP, "/account Acme", company.now))
        assert "Last visits" not in bo.transcript()


class TestItem841:
    """One company's people are nobody in another's."""

    def test_somebody_of_another_workspace_is_nobody_of_ours(self) -> None:
        payload = in_channel("<@UBOT> account Acme")
        assert not is_foreign(payload, "T1")
        payload["event"] |= {"user_team": "T999", "source_team": "T999", "team": "T999"}
        assert is_foreign(payload, "T1")

    async def test_the_same_number_on_another_platform_is_somebody_else(
        self, company: Company, ana: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        async with company.database.begin() as session:
            work = Work(session, Author(company.now, None, "test"))
            assert await work.people.known("phone", ana.id)
            assert await work.people.known("slack", ana.id) is None
            assert await work.people.known("telegram", ana.id) is None
