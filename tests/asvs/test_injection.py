"""ASVS 5.0, 1.2.10: nothing in an exported table is run by the spreadsheet that opens it."""

import csv
import io
import re
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from services import accounts
from services.tables.exporting import Format, export
from services.tables.writing import archive, workbook
from storage.journal import Author
from storage.work import Work
from tests.talk import Company, Someone

BEGINS = ("=", "+", "-", "@", "\t", "\r", "\0")
HOSTILE = (
    '=HYPERLINK("http://evil.example","Acme")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'=1+1",
    'Quote " comma, semicolon; tab\tand\nline',
)


def cells(packed: bytes) -> list[str]:
    """Every cell of every table of a ZIP of CSV files."""
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        texts = [files.read(name).decode("utf-8-sig") for name in files.namelist()]
    return [cell for text in texts for row in csv.reader(io.StringIO(text)) for cell in row]


def formulas(packed: bytes) -> list[str]:
    """What in an XLSX file would be worked out."""
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        sheets = [files.read(each).decode() for each in files.namelist() if "sheet" in each]
    return [found for sheet in sheets for found in re.findall(r"<f[ >].*?</f>", sheet)]


class TestItem1210:
    """Cells that a spreadsheet would run are quoted; RFC 4180 holds for the rest."""

    async def test_what_people_typed_is_exported_as_text(
        self, company: Company, hua: Someone, ana: Someone
    ) -> None:
        assert hua.person
        for name in HOSTILE:
            account = await company.open_account(ana, name)
            async with company.database.begin() as session:
                work = Work(session, Author(company.now, None, "test"))
                await accounts.add_contact(work, account, name, title=name)
        async with company.database.begin() as session:
            work = Work(session, Author(company.now, None, "test"))
            texts, sheets = [
                await export(work, hua.person, language="en", form=form, now=company.now)
                for form in (Format.CSV, Format.XLSX)
            ]
        found = cells(texts.content)
        assert [cell for cell in found if cell.startswith(BEGINS)] == []
        assert {f"'{name}" for name in HOSTILE[:5]} | {HOSTILE[5]} <= set(found)
        assert formulas(sheets.content) == []

    @given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
    def test_any_text_at_all(self, row: list[str]) -> None:
        for writing in (archive, workbook):
            file = io.BytesIO()
            with writing(file) as book:
                book.sheet("Accounts", ["Name"] * len(row))
                book.row([text.replace("\0", "") for text in row])
            if writing is archive:
                assert not any(cell.startswith(BEGINS) for cell in cells(file.getvalue()))
            else:
                assert formulas(file.getvalue()) == []
