"""Somebody gets what they may see as a file, and nothing else."""

from bot.messages import File
from services.tables.exporting import Format
from services.tables.table import Table
from storage.models import Role
from tests.services.tables.kit import read_back
from tests.talk import Company, Someone


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
