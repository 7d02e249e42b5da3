"""ASVS 5.0, 5.2: size, kind, unpacked size and number of the files that people send."""

import io
import zipfile

import pytest
import xlsxwriter

from bot.messages import File
from services import allowance
from services.tables.reading import read
from services.tables.refusals import (
    MisnamedTable,
    NotATable,
    PictureOfTable,
    TableBomb,
    TableTooLarge,
    TooManyColumns,
    TooManyRows,
)
from services.tables.table import LARGEST
from tests.dialogs.helpers import attachments
from tests.talk import Company, Someone

HEADER = "[Content_Types].xml"


def workbook(rows: int = 2, columns: int = 2) -> bytes:
    """A small table as XLSX."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            for column in range(columns):
                sheet.write(row, column, f"{row}.{column}")
    return target.getvalue()


def repacked(members: dict[str, bytes]) -> bytes:
    """A workbook with members put in or replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in source.namelist():
            packed.writestr(name, members.pop(name, source.read(name)))
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


class TestItem521:
    """Only what can be worked through is accepted."""

    def test_a_file_that_is_too_large(self) -> None:
        with pytest.raises(TableTooLarge):
            read(b"name\n" + b"x" * LARGEST, "customers.csv")

    def test_too_many_rows(self) -> None:
        with pytest.raises(TooManyRows):
            read(b"name\n" + b"Acme\n" * 200_001, "customers.csv")

    def test_too_many_columns(self) -> None:
        with pytest.raises(TooManyColumns):
            read(b"a," * 300 + b"a\n" + b"1," * 300 + b"1\n", "customers.csv")


class TestItem522:
    """A file is what its name says, and what it says is a table."""

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.csv", workbook()), ("a.xlsx", b"name\nAcme\n"), ("a.xls", workbook())],
    )
    def test_the_content_is_not_that_of_the_name(self, name: str, content: bytes) -> None:
        with pytest.raises(MisnamedTable):
            read(content, name)

    def test_a_zip_of_something_else(self) -> None:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as packed:
            packed.writestr("run.sh", "rm -rf /")
        with pytest.raises(MisnamedTable):
            read(target.getvalue(), "a.xlsx")

    @pytest.mark.parametrize("name", ["a.exe", "a.csv", "a.xlsx", "table"])
    def test_a_program(self, name: str) -> None:
        with pytest.raises((NotATable, MisnamedTable)):
            read(b"MZ\x90\0" + b"\0" * 200, name)

    def test_a_picture_and_a_pdf(self) -> None:
        for content in (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, b"%PDF-1.7\n"):
            with pytest.raises(PictureOfTable):
                read(content, "a.csv")


class TestItem523:
    """A packed file is measured before anything unpacks it."""

    def test_a_member_that_unpacks_to_far_too_much(self) -> None:
        with pytest.raises(TableBomb):
            read(repacked({"xl/worksheets/sheet1.xml": b" " * 300_000_000}), "a.xlsx")

    def test_a_member_that_is_packed_too_well(self) -> None:
        with pytest.raises(TableBomb):
            read(repacked({"xl/media/more.xml": b"\0" * 20_000_000}), "a.xlsx")

    def test_far_too_many_members(self) -> None:
        many = {f"xl/m{number}.xml": b"<a/>" for number in range(2_001)}
        with pytest.raises(TableBomb):
            read(repacked(many), "a.xlsx")


class TestItem524:
    """Nobody sends more files in a day than there is a use for."""

    async def test_files_and_tables_count_together(
        self, company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(allowance, "FILES", 3)
        await company.open_account(ana, "Acme")
        await ana.says("/visit Acme")
        for number in range(5):
            photo = File(f"{number}.jpg", "image/jpeg", f"ref-{number}")
            await ana.says(files=(photo,))
        assert len(await attachments(company)) == 3
        ana.sees("3", "MB")

    async def test_another_s_files_are_not_counted(
        self, company: Company, ana: Someone, bo: Someone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(allowance, "FILES", 1)
        for someone in (ana, bo):
            await company.open_account(someone, f"{someone.name}'s")
            await someone.says(f"/visit {someone.name}'s")
            await someone.says(files=(File("a.jpg", "image/jpeg", someone.name),))
        assert len(await attachments(company)) == 2
