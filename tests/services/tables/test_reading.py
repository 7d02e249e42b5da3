"""Whatever form a table comes in, its headings and its cells are read as they were meant."""

from datetime import date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import Refusal
from services.tables import refusals
from services.tables.reading import read
from services.tables.table import Cell, Table, text_cell
from tests.services.tables.zoo import (
    DELIMITERS,
    ENCODINGS,
    Rows,
    as_book,
    as_sheet,
    as_text,
)

CUSTOMERS: Rows = [
    ["客户名称", "负责人", "电话", "备注"],
    ["华东医院", "李伟", "021-5555", "一楼，东门"],
    ["西山医院", "王芳", "00123", 'says "hi"; twice'],
    ["北港诊所", "李伟", "13800138000", "a|b\tc"],
]
HEADED: dict[str, list[list[str]]] = {
    "plain": [],
    "titled": [["2026年客户名单"]],
    "titled twice": [["客户名单"], ["制表：李伟", "2026-03-02"], []],
    "far down": [[], [], []],
}


def only(content: bytes, name: str) -> Table:
    [table] = read(content, name)
    return table


def test_the_zoo_is_as_large_as_it_should_be() -> None:
    assert len(ENCODINGS) * len(DELIMITERS) * len(HEADED) == 96


@pytest.mark.parametrize(
    ("encoding", "delimiter", "head"), [*product(ENCODINGS, DELIMITERS, HEADED)]
)
def test_every_text_file_is_read_the_same(encoding: str, delimiter: str, head: str) -> None:
    rows = [*HEADED[head], *CUSTOMERS]
    table = only(as_text(rows, delimiter, encoding), "customers.csv")
    assert table.headings == tuple(CUSTOMERS[0])
    assert list(map(list, table.rows)) == CUSTOMERS[1:]
    assert table.numbers == [len(HEADED[head]) + n for n in (2, 3, 4)]


@pytest.mark.parametrize("head", HEADED)
@pytest.mark.parametrize("name", ["a.xlsx", "A.XLSX", "a.xlsm"])
def test_every_spreadsheet_is_read_the_same(name: str, head: str) -> None:
    table = only(as_sheet([*HEADED[head], *CUSTOMERS]), name)
    assert table.headings == tuple(CUSTOMERS[0])
    assert list(map(list, table.rows)) == CUSTOMERS[1:]


def test_a_spreadsheet_is_told_what_parts_the_cells() -> None:
    content = b"sep=;\r\nName;Note\r\nAcme;1,5\r\n"
    assert only(content, "a.csv").rows == [("Acme", "1,5")]


def test_german_is_not_taken_for_chinese() -> None:
    content = "Kunde;Stadt\nMüller & Söhne;Köln\nGroß;München\n".encode("cp1252")
    assert only(content, "a.csv").rows == [("Müller & Söhne", "Köln"), ("Groß", "München")]


@pytest.mark.parametrize("merged", [True, False])
def test_headings_in_two_rows_are_joined(merged: bool) -> None:
    rows: Rows = [
        ["客户", "联系人", None, "地址"],
        [None, "姓名", "电话", None],
        ["华东医院", "李伟", "138", "上海"],
    ]
    ranges = [(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)] if merged else []
    table = only(as_sheet(rows, ranges), "a.xlsx")
    assert table.headings == ("客户", "联系人 / 姓名", "联系人 / 电话", "地址")
    assert table.rows == [("华东医院", "李伟", "138", "上海")]


def test_a_first_row_with_an_empty_cell_is_no_second_heading() -> None:
    rows = [["Name", "", "City"], ["Acme", "x", "Rome"], ["Bo", "", ""]]
    table = only(as_text(rows), "a.csv")
    assert table.headings == ("Name", "", "City")
    assert len(table.rows) == 2


def test_what_is_merged_downwards_holds_for_each_row() -> None:
    rows: Rows = [["Region", "Customer"], ["East", "A"], [None, "B"], [None, "C"], ["West", "D"]]
    table = only(as_sheet(rows, [(1, 0, 3, 0)]), "a.xlsx")
    assert table.rows == [("East", "A"), ("East", "B"), ("East", "C"), ("West", "D")]


def test_empty_rows_and_columns_around_a_table_are_not_part_of_it() -> None:
    rows: Rows = [[], [None, None, "Name", None, "City"], [], [None, None, "Acme", None, "Rome"]]
    table = only(as_sheet(rows), "a.xlsx")
    assert (table.headings, table.rows) == (("Name", "City"), [("Acme", "Rome")])
    assert table.numbers == [4]


@pytest.mark.parametrize("word", ["合计", "总计：", "Total", "GRAND TOTAL"])
def test_totals_at_the_end_are_left_out_and_counted(word: str) -> None:
    rows = [["Name", "Amount"], ["Acme", "5"], ["Total Energies", "7"], [word, "12"]]
    table = only(as_text(rows), "a.csv")
    assert (len(table.rows), table.totals) == (2, 1)


def test_every_sheet_with_rows_is_there_and_no_hidden_one() -> None:
    book = as_book(
        {"客户": [["Name"], ["A"]], "空": [], "人员": [["Name"], ["B"]], "lists": [["x"], ["y"]]},
        hidden=["lists"],
    )
    assert [table.sheet for table in read(book, "a.xlsx")] == ["客户", "人员"]


def test_what_a_spreadsheet_made_of_numbers_and_dates() -> None:
    at, day = datetime(2026, 3, 2, 14, 30), date(2026, 3, 2)  # noqa: DTZ001 - a cell has no zone
    rows: Rows = [
        ["Phone", "Code", "Amount", "Day", "At", "Yes", "Long"],
        [13800138000, "00123", 1.5, day, at, True, 123456789012345678],
    ]
    [row] = only(as_sheet(rows), "a.xlsx").rows
    assert row[:6] == (13800138000, "00123", 1.5, day, at, True)
    assert str(row[0]) == "13800138000"
    assert isinstance(row[6], float)  # its last digits are lost: it is no exact number


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        (" Acme\u200f ", "Acme"),
        ('="00123"', "00123"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'+86 138", "+86 138"),
        ("Caf\u0065\u0301", "Caf\u00e9"),
        ("a\x00b", "ab"),
        ("O'Neil", "O'Neil"),
        ("  ", None),
    ],
)
def test_what_a_text_is_kept_as(written: str, cell: Cell) -> None:
    assert text_cell(written) == cell


WORDS = st.text(
    st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"]),
    min_size=1,
    max_size=20,
).filter(lambda text: text_cell(text) == text)


@given(
    rows=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=3, max_size=12),
    delimiter=st.sampled_from(DELIMITERS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_words_come_back_as_they_were_written(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    head = ("Customer name", "Owner name", "Remarks")
    numbered = [(f"{number}-{a}", b, c) for number, (a, b, c) in enumerate(rows)]
    table = only(as_text([head, *numbered], delimiter, encoding), "a.csv")
    assert (table.headings, list(table.rows)) == (head, numbered)


REFUSED: list[tuple[str, bytes, type[Refusal]]] = [
    ("empty.csv", b"", refusals.EmptyTable),
    ("blank.csv", b"\n \n\t\n", refusals.EmptyTable),
    ("headings.csv", b"Name,City\n", refusals.EmptyTable),
    ("picture.png", b"\x89PNG\r\n\x1a\n....", refusals.PictureOfTable),
    ("paper.pdf", b"%PDF-1.7 ...", refusals.PictureOfTable),
    ("paper.xlsx", b"%PDF-1.7 ...", refusals.PictureOfTable),
    ("page.xls", b"<html><table><tr><td>x</table>", refusals.NotATable),
    ("text.xlsx", b"Name,City\nAcme,Rome\n", refusals.MisnamedTable),
    ("sheet.csv", as_sheet(CUSTOMERS), refusals.MisnamedTable),
    ("sheet.ods", as_sheet(CUSTOMERS), refusals.MisnamedTable),
    ("program.csv", b"\x7fELF" + bytes(100), refusals.NotATable),
    ("tables.zip", as_sheet(CUSTOMERS), refusals.NotATable),
    ("noise.csv", bytes(range(1, 32)) * 40, refusals.NotATable),
    ("half.csv", b"\xff\xfeN\x00a", refusals.UnknownCharacters),
    ("quote.csv", b'Name,Note\nAcme,"never closed\nBo,x\n', refusals.OpenQuote),
    ("long.csv", b"Name,Note\nAcme," + b"x" * 32_768 + b"\n", refusals.CellTooLong),
    (
        "wide.csv",
        b",".join([b"x"] * 201) + b"\n" + b",".join([b"y"] * 201),
        refusals.TooManyColumns,
    ),
    ("large.csv", b"x" * (20 * 1024 * 1024 + 1), refusals.TableTooLarge),
]


@pytest.mark.parametrize(("name", "content", "why"), REFUSED, ids=[each[0] for each in REFUSED])
def test_what_is_no_table_is_refused_with_a_word(
    name: str, content: bytes, why: type[Refusal]
) -> None:
    with pytest.raises(why):
        read(content, name)


def test_more_rows_than_anybody_needs_are_refused() -> None:
    content = b"Name,City\n" + b"Acme,Rome\n" * 200_001
    with pytest.raises(refusals.TooManyRows):
        read(content, "a.csv")
    assert len(only(content[: -2 * len("Acme,Rome\n")], "a.csv").rows) == 199_999
