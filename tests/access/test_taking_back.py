"""Undo, buttons, drafts and forms of before, judged by who one is now."""

import pytest
from sqlalchemy import select

from services import history
from services.errors import NotAllowed, NotYoursToUndo
from storage.journal import Author
from storage.models import Account, Contact, Deal, Reminder, Role, Visit
from storage.work import Work
from tests.dialogs.helpers import change, move_account, visits
from tests.talk import Company, Phone, Someone, with_windows


@pytest.fixture
async def rui(company: Company) -> Someone:
    return await company.hire("Rui", Role.MANAGER)


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


@pytest.fixture
async def acme(company: Company, ana: Someone) -> Account:
    return await company.open_account(ana, "Acme")


async def rows(company: Company, model: type[Visit | Deal | Contact | Reminder]) -> int:
    async with company.database.read() as session:
        return len((await session.scalars(select(model))).all())


async def test_a_manager_who_is_none_any_more_takes_back_nothing_of_others(
    company: Company, rui: Someone, acme: Account
) -> None:
    await rui.says("/deal Acme, proposal, 50k")
    await change(company, rui, role=Role.REP)
    await rui.presses("Undo")
    rui.sees("That isn't yours to undo any more")
    assert await rows(company, Deal) == 1


async def test_nor_one_who_manages_another_unit_now(
    company: Company, rui: Someone, acme: Account
) -> None:
    await rui.says("/deal Acme, proposal, 50k")
    west = await company.hire("Wen", unit="West")
    assert west.person
    await change(company, rui, unit_id=west.person.unit_id)
    await rui.says("/undo")
    rui.sees("That isn't yours to undo any more")
    assert await rows(company, Deal) == 1


async def test_ones_own_visit_stays_ones_own(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says("/visit Acme")
    await move_account(company, acme.id, await company.hire("Bo", unit="West"))
    await ana.presses("Undo")
    ana.sees("Undone")
    assert await visits(company) == []


async def test_also_with_the_contact_that_one_added(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says("/visit Acme contact: Li Wei")
    await move_account(company, acme.id, await company.hire("Bo", unit="West"))
    await ana.presses("Undo")
    ana.sees("Undone")
    assert await rows(company, Contact) == 0


async def test_but_not_what_one_changed_of_a_customer_that_went_on(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says("/contact Acme, Li Wei")
    await ana.says("/contact Acme, Li Wei 138 0013 8000")
    await move_account(company, acme.id, await company.hire("Bo", unit="West"))
    await ana.presses("Undo")
    ana.sees("That isn't yours to undo any more")


async def test_what_one_gave_away_by_mistake_one_takes_back(
    company: Company, rui: Someone, acme: Account
) -> None:
    bo = await company.hire("Bo", unit="West")
    assert rui.person
    assert bo.person
    async with company.database.begin() as session:
        Work(session, Author(company.now, rui.person.id, "assign"))
        found = await session.get_one(Account, acme.id)
        found.owner_id, found.unit_id = bo.person.id, bo.person.unit_id
    await rui.says("/undo")
    rui.sees("Undone")
    async with company.database.read() as session:
        assert (await session.get_one(Account, acme.id)).owner_id == acme.owner_id


async def test_the_role_of_the_command_is_needed_still(
    company: Company, rui: Someone, acme: Account
) -> None:
    """Also to bring back what one took back."""
    assert rui.person
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, rui.person.id, "assign"))
        (await session.get_one(Account, acme.id)).owner_id = rui.person.id
    number = work.change_id
    for role, expected in ((Role.REP, NotAllowed), (Role.MANAGER, None)):
        await change(company, rui, role=role)
        async with company.database.begin() as session:
            work = Work(session, Author(company.now, rui.person.id, "undo"))
            person = await work.people.get(rui.person.id)
            said = {"now": company.now, "role_for": lambda _command: Role.MANAGER}
            if expected:
                with pytest.raises(expected):
                    await history.undo(work, person, number, **said)  # type: ignore[arg-type]
                await session.rollback()
            else:
                await history.undo(work, person, number, **said)  # type: ignore[arg-type]
                number = work.change_id
    await change(company, rui, role=Role.REP)
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, rui.person.id, "redo"))
        person = await work.people.get(rui.person.id)
        with pytest.raises((NotAllowed, NotYoursToUndo)):
            await history.undo(work, person, number, **said)  # type: ignore[arg-type]


async def test_a_card_looked_over_before_saves_nothing_after(
    company: Company, rui: Someone, acme: Account
) -> None:
    await rui.says("visited Acme, it went well")
    assert "What I understood" in rui.last.text
    await change(company, rui, role=Role.REP)
    await rui.presses("Save")
    assert "Logged" not in rui.last.text
    assert await visits(company) == []


async def test_a_form_begun_before_asks_again_for_what_is_gone(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says("/reminder")
    await ana.says("call them")
    await ana.says("/visit")
    await ana.says("Acme")
    await move_account(company, acme.id, await company.hire("Bo", unit="West"))
    await ana.says("today 9:00")
    assert "Logged" not in ana.last.text
    assert await visits(company) == []


async def test_who_has_left_goes_on_with_nothing(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says("/visit")
    await change(company, ana, active=False)
    for answer in ("Acme", "yes", "/cancel", "/undo"):
        await ana.says(answer)
        assert "Acme" not in ana.last.text
    assert await visits(company) == []


async def test_a_button_seen_by_others_is_nobody_elses(
    company: Company, ana: Someone, rui: Someone, acme: Account
) -> None:
    await ana.says("/visit Acme")
    undo = next(each for each in ana.last.buttons if each.label == "Undo")
    for other in (rui, await company.hire("Hua", Role.HQ, "")):
        await other.taps(undo, ana.last)
        other.sees("someone else's")
    assert len(await visits(company)) == 1


class TestInWindows:
    @pytest.fixture
    def phone(self) -> Phone:
        return with_windows()

    async def test_a_window_opened_before_saves_nothing_after(
        self, company: Company, rui: Someone, acme: Account
    ) -> None:
        await rui.says("/visit", opens="w1")
        await change(company, rui, role=Role.REP)
        await rui.sends("w1", {"account": str(acme.id)})
        assert await visits(company) == []
        assert "Logged" not in rui.transcript()
