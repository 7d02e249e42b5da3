"""Whom a table concerns is told once, shortly; and again when it is taken back."""

import pytest
from sqlalchemy import select

from bot.outside.imports import table_sources
from storage.models import Account, Deal, Person, Reminder, Role
from tests.dialogs.test_imports import Archive, sends
from tests.services.tables.zoo import as_text
from tests.talk import Company, Someone


@pytest.fixture
def phone() -> Archive:
    return Archive()


@pytest.fixture
async def hua(company: Company) -> Someone:
    company.runtime.runner.sources = table_sources()
    return await company.hire("Hua", Role.HQ)


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana", unit="East")


@pytest.fixture
async def ben(company: Company) -> Someone:
    return await company.hire("Ben", unit="West", language="zh")


def who(someone: Someone) -> Person:
    assert someone.person
    return someone.person


async def theirs(company: Company) -> set[tuple[str, int, int]]:
    """Whose what is, and in which unit."""
    async with company.database.read() as session:
        found = {(x.name, x.owner_id, x.unit_id) for x in await session.scalars(select(Account))}
        found |= {(x.name, x.owner_id, x.unit_id) for x in await session.scalars(select(Deal))}
        return found | {
            (x.text, x.person_id, x.unit_id) for x in await session.scalars(select(Reminder))
        }


async def test_customers_that_change_hands(
    company: Company, hua: Someone, ana: Someone, ben: Someone
) -> None:
    for name in ("Acme", "Blue"):
        await company.open_account(ana, name)
    await ana.says("/deal account: Acme name: Pumps amount: 100 stage: lead")
    before = await theirs(company)
    mine = len(ana.screen)
    table = [["Customer", "Owner"], ["Acme", "Ben"], ["Blue", "Ben"]]
    await sends(hua, "customers.csv", as_text(table))
    assert (len(ana.screen), len(ben.screen)) == (mine, 0)
    await hua.presses("Import")
    hua.sees("2 changed")
    ana.sees("Hua has taken in a table:", "2 customers of yours are somebody else's now.")
    ben.sees("Hua导入了一张表：", "有 2 家客户现在归你负责。", "[我的客户]")
    assert (len(ana.screen), len(ben.screen)) == (mine + 1, 1)
    assert {(owner, unit) for _name, owner, unit in await theirs(company)} == {
        (who(ben).id, who(ben).unit_id)
    }
    await hua.presses("Undo")
    ana.sees("Hua has taken back a table:", "2 customers are yours now.")
    ben.sees("Hua撤销了一次导入：", "你的 2 家客户现在由别人负责。")
    assert await theirs(company) == before


async def test_people_who_move_are_told_and_take_everything_along(
    company: Company, hua: Someone, ana: Someone, ben: Someone
) -> None:
    await company.open_account(ana, "Acme")
    table = [["Name", "Unit", "Role"], ["Ana", "West", "manager"]]
    await sends(hua, "people.csv", as_text(table))
    await hua.presses("Import")
    hua.sees("1 changed")
    ana.sees("Hua has taken in a table:", "You are in West now.", "Your role is now:")
    assert ben.screen == []
    assert await theirs(company) == {("Acme", who(ana).id, who(ben).unit_id)}
    seen = len(ana.screen)
    await hua.presses("Undo")
    ana.sees("You are in East now.")
    assert len(ana.screen) == seen + 1
    assert await theirs(company) == {("Acme", who(ana).id, who(ana).unit_id)}
