"""What is noted of who tries doors, and what is not."""

import pytest
from sqlalchemy import select

from services.audit import REFUSED
from storage.models import Change, Role
from tests.dialogs.helpers import stranger
from tests.talk import Company, Someone


async def refusals(company: Company) -> list[Change]:
    async with company.database.read() as session:
        query = select(Change).where(Change.command == REFUSED).order_by(Change.id)
        return list(await session.scalars(query))


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


async def test_a_refused_command_is_noted_by_its_name_alone(
    company: Company, ana: Someone
) -> None:
    number = await ana.says("/audit 王主任 13800001111")
    [change] = await refusals(company)
    assert ana.person
    assert (change.author_id, change.source) == (ana.person.id, "phone")
    assert change.update_id == number
    assert '"audit"' in change.note
    assert "1380" not in change.note


async def test_each_has_a_minute_of_their_own(company: Company, ana: Someone) -> None:
    bo = await company.hire("Bo")
    for _ in range(3):
        await ana.says("/audit")
        await bo.says("/审计")
    assert len(await refusals(company)) == 2
    company.after(seconds=61)
    await ana.says("/audit")
    assert len(await refusals(company)) == 3


@pytest.mark.parametrize("said", ["/visit", "/account Nobody", "/undo", "hello", "/nonsense"])
async def test_what_is_not_refused_for_the_role_is_not_noted(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says(said)
    assert await refusals(company) == []


async def test_strangers_are_nobody_to_be_noted(company: Company) -> None:
    kim = stranger(company)
    await kim.says("/audit")
    kim.sees("We haven't met yet")
    assert await refusals(company) == []


async def test_a_foreign_button_is_noted_and_does_nothing(company: Company, ana: Someone) -> None:
    bo = await company.hire("Bo")
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    undo = next(each for each in ana.last.buttons if each.label == "Undo")
    await bo.taps(undo, ana.last)
    [change] = await refusals(company)
    assert bo.person
    assert change.author_id == bo.person.id
    assert "somebody else's card" in change.note
    await ana.presses("Undo")
    ana.sees("Undone: visit to Acme")


async def test_an_undo_never_finds_a_refusal(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.says("/audit")
    await ana.says("/undo")
    ana.sees("Undone: visit to Acme")


async def test_hq_is_refused_nothing_and_so_noted_never(company: Company) -> None:
    zhou = await company.hire("Zhou", Role.HQ, unit="")
    await zhou.says("/audit")
    assert await refusals(company) == []
