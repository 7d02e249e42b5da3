"""Somebody gets what they may see as a file, and nothing else."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from secrets import token_bytes

import pytest

from bot.errands import ExportTables
from bot.messages import File
from bot.outside.exports import Exporting, export_sources
from bot.runtime.errands import Desk
from services import erasure
from services.tables.exporting import Format
from services.tables.table import Table
from storage.journal import Author
from storage.models import Leave, Role
from storage.work import Work
from tests.services.tables.kit import read_back
from tests.talk import MONDAY, Company, Someone


def sheets(someone: Someone, form: Format = Format.XLSX) -> dict[str, Table]:
    """The tables of the file that somebody was sent last."""
    [file] = [block for block in someone.last.reply.blocks if isinstance(block, File)]
    assert file.name.endswith(".xlsx" if form is Format.XLSX else ".zip")
    return {table.sheet: table for table in read_back(file.content, form)}


async def test_a_rep_gets_what_is_theirs(company: Company) -> None:
    ana = await company.hire("Ana")
    ben = await company.hire("Ben", unit="West")
    await company.open_account(ana, "Acme")
    await company.open_account(ben, "Secret Customer Canary")
    await ana.says("/visit Acme, demo, went well")
    await ana.says("/export")
    ana.sees("As what kind of file?")
    await ana.presses("Excel")
    ana.sees("Here is all that you may see: 3 rows.", "Accounts: 1", "keep it as you would")
    tables = sheets(ana)
    assert set(tables) == {"People", "Accounts", "Visits"}
    assert "Canary" not in str(tables)
    assert tables["Accounts"].rows[0][1] == "Acme"


async def test_a_manager_gets_the_unit_and_is_told_how_to_bring_it_back(company: Company) -> None:
    lead = await company.hire("Lead", Role.MANAGER, "East")
    ana = await company.hire("Ana", unit="East/Shanghai")
    ben = await company.hire("Ben", unit="West")
    await company.open_account(ana, "Acme")
    await company.open_account(ben, "Secret Customer Canary")
    await lead.says("/export CSV")
    lead.sees("I'll show you what would change")
    tables = sheets(lead, Format.CSV)
    assert [row[1] for row in tables["People"].rows] == ["Lead", "Ana"]
    assert "Canary" not in str(tables)


async def test_hq_gets_everything_in_their_language(company: Company) -> None:
    boss = await company.hire("Boss", Role.HQ, "", language="zh")
    ana = await company.hire("Ana")
    await company.open_account(ana, "华东医院")
    await boss.says("导出 Excel")
    boss.sees("你能看到的数据都在这里", "客户: 1")
    tables = sheets(boss)
    assert set(tables) == {"部门", "人员", "客户"}
    assert tables["客户"].headings[:2] == ("客户编号", "客户名称")


async def test_it_is_noted_who_took_what_along(company: Company) -> None:
    ana = await company.hire("Ana")
    boss = await company.hire("Boss", Role.HQ, "")
    await ana.says("/export CSV")
    await boss.says("/audit")
    boss.sees("Ana", "Exported 1 rows as csv")


def number(someone: Someone) -> int:
    assert someone.person
    return someone.person.id


Change = Callable[[Work], Awaitable[None]]


@pytest.fixture
def meanwhile(company: Company, monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """Something happens after a file is written, and before it is sent."""
    company.runtime.runner.sources = export_sources()
    fetch = Exporting.fetch

    def happens(change: Change) -> None:
        async def late(self: Exporting, errand: ExportTables, desk: Desk) -> str:
            told = await fetch(self, errand, desk)
            async with company.database.begin() as session:
                await change(Work(session, Author(MONDAY, None, "test")))
            return told

        monkeypatch.setattr(Exporting, "fetch", late)

    return happens


async def test_who_lost_the_role_meanwhile_gets_what_is_left(
    company: Company, meanwhile: Callable[[Change], None]
) -> None:
    lead = await company.hire("Lead", Role.HQ, "")
    ben = await company.hire("Ben", unit="West")
    await company.open_account(ben, "Secret Customer Canary")
    await company.open_account(lead, "Acme")

    async def demoted(work: Work) -> None:
        (await work.people.get(number(lead))).role = Role.REP
        await work.people.flush()

    meanwhile(demoted)
    await lead.says("/export Excel")
    lead.sees("Here is all that you may see")
    tables = str(sheets(lead))
    assert "Canary" not in tables
    assert "Acme" in tables


async def test_whose_leave_ended_meanwhile_shows_nothing_any_more(
    company: Company, meanwhile: Callable[[Change], None]
) -> None:
    """Nobody's standing changes by it: it ends by the clock."""
    ana = await company.hire("Ana")
    ben = await company.hire("Ben", unit="West")
    await company.open_account(ben, "Secret Customer Canary")
    await company.open_account(ana, "Acme")
    today = MONDAY.date()

    async def away(work: Work) -> None:
        leave = Leave(person_id=number(ben), starts_on=today, ends_on=today, deputy_id=number(ana))
        await work.leaves.add(leave)

    async def tomorrow(_work: Work) -> None:
        company.now += timedelta(days=1)

    async with company.database.begin() as session:
        await away(Work(session, Author(MONDAY, None, "test")))
    await ana.says("/export Excel")
    assert "Canary" in str(sheets(ana))
    meanwhile(tomorrow)
    await ana.says("/export CSV")
    assert "Canary" not in str(sheets(ana, Format.CSV))


async def test_who_is_erased_meanwhile_is_not_in_it(
    company: Company, meanwhile: Callable[[Change], None]
) -> None:
    boss = await company.hire("Boss", Role.HQ, "")
    ana = await company.hire("Ana Canary")

    async def erased(work: Work) -> None:
        await erasure.forget(work, "people", number(ana), randomness=token_bytes, now=MONDAY)

    meanwhile(erased)
    await boss.says("/export Excel")
    assert "Canary" not in str(sheets(boss))


async def test_a_guest_gets_nothing(company: Company) -> None:
    stranger = Someone(company, "999", "chat-999", "Stranger")
    await stranger.says("/export Excel")
    assert not any(isinstance(block, File) for block in stranger.last.reply.blocks)


async def test_formulas_of_a_customer_stay_text(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, '=HYPERLINK("http://evil.example","x")')
    await ana.says("/export Excel")
    [row] = sheets(ana)["Accounts"].rows
    assert row[1] == '=HYPERLINK("http://evil.example","x")'
