"""A plan as a sheet to look through, and files that open without harm."""

import io
import zipfile
from decimal import Decimal

from services.tables.exporting import Format
from services.tables.likeness import Index
from services.tables.plans import Plan
from services.tables.reading import read
from services.tables.report import Report
from services.tables.writing import archive, listed
from storage.engine import Database
from storage.models import Role
from tests.services.tables.kit import exported, hired, planned, taken


def report(plan: Plan, language: str) -> bytes:
    file = Report(plan.noun, language)
    file.add(plan.steps[:1], plan.names)
    file.add(plan.steps[1:], plan.names)
    return file.end()


async def test_every_row_says_what_becomes_of_it_and_why(database: Database) -> None:
    boss = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East")
    await taken(database, boss, "accounts", {"name": "Acme", "tier": "B"})
    plan = await planned(
        database,
        boss,
        "accounts",
        {"name": "Acme", "tier": "A", "owner": "Ana"},
        {"name": "=cmd()", "tier": None},
        {"name": "Bad", "tier": "Z"},
    )
    [english] = read(report(plan, "en"), "report.xlsx")
    assert english.headings == ("Row", "What", "Which", "Why", "Before", "After")
    assert english.rows[0][1] == "Changed"
    assert "Owner: Boss" in str(english.rows[0][4])
    assert "Tier: A" in str(english.rows[0][5])
    assert "Owner: Ana" in str(english.rows[0][5])
    assert english.rows[1][:3] == (3, "Added", "=cmd()")
    assert english.rows[2][3] == "Tier: “Z” can't be read."
    [chinese] = read(report(plan, "zh"), "report.xlsx")
    assert chinese.rows[2][3] == "“等级”里的“Z”看不懂。"


def test_a_workbook_holds_no_formula() -> None:
    content = listed(["=A", "B"], [("=1+1", "@x"), ("\tx", "-5"), ("'=x", "x")], "Sheet")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "'=1+1" in sheet
    assert "''=x" in sheet


def test_texts_are_rfc_4180_with_a_mark_for_excel() -> None:
    file = io.BytesIO()
    with archive(file) as book:
        book.sheet("People", ["Name", "Note"])
        book.row(['a "b"', "x\ny"])
        book.row([None, Decimal("1.50")])
    with zipfile.ZipFile(file) as packed:
        content = packed.read("People.csv")
    assert content == b'\xef\xbb\xbf"Name","Note"\r\n"a ""b""","x\ny"\r\n"","1.50"\r\n'


async def test_nobody_can_name_a_file_out_of_the_folder(database: Database) -> None:
    boss = await hired(database, "Boss")
    for language in ("en", "zh"):
        content = await exported(database, boss, language, Format.CSV)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
        assert len(names) == 9
        assert not any("/" in name or ".." in name for name in names)


def test_likeness_needs_a_clear_lead_and_the_same_numbers() -> None:
    index = Index()
    names = ["blueharborshipping", "plant13", "plant14", "northwindtraders", "northwindtrader"]
    index.add((name, at) for at, name in enumerate(names))
    assert index.nearest("Blue Harbour Shipping").ids == (0,)
    assert index.nearest("Blue Harbour Shipping").certain
    assert not index.nearest("Plant 15").ids
    assert not index.nearest("Northwind Tradrs").certain
    assert index.nearest("Nothing like it").ids == ()
    assert index.nearest("").ids == ()
