"""Columns are recognised by their headings in both languages, and by what stands in them."""

from datetime import date

import pytest

from services.tables.columns import headings_hash, nouns_of, recognise
from services.tables.dates import Doubt, Settled, order_of
from services.tables.meaning import Asks, Clues, Found, Meaning, understood
from services.tables.noun import Kind
from services.tables.nouns import NOUNS
from services.tables.stream import Sheet
from services.tables.table import Cell, Table

EVERY = tuple(NOUNS.values())


def table(headings: str, *rows: str) -> Table:
    cells: list[tuple[Cell, ...]] = [tuple(row.split(",")) for row in rows]
    return Table(tuple(headings.split(",")), cells, "", range(2, len(rows) + 2))


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_noun_knows_its_own_headings(noun: str, language: str) -> None:
    wanted = NOUNS[noun]
    headings = tuple(column.titles[language] for column in wanted.columns)
    [found] = nouns_of(Table(headings, []), EVERY)
    assert (found.noun, found.missing, found.unsure) == (wanted, (), {})
    assert [found.sure[i] for i in range(len(headings))] == [c.name for c in wanted.columns]


@pytest.mark.parametrize(
    ("headings", "noun", "columns"),
    [
        ("客户名称,负责人,城市,电话", "accounts", ["name", "owner", "city", "phone"]),
        ("公司,项目,金额（元）,阶段", "deals", ["account", "name", "amount", "stage"]),
        ("客户名称,联系人 / 姓名,联系人 / 电话", "contacts", ["account", "name", "phone"]),
        ("姓名,开始日期,结束日期,代理人", "leaves", ["person", "starts", "ends", "deputy"]),
        ("客户,业务员,日期,内容", "visits", ["account", "rep", "at", "note"]),
        ("NAME,role,TEAM", "people", ["name", "role", "unit"]),
        ("Customer *,Account Owner,City:", "accounts", ["name", "owner", "city"]),
    ],
)
def test_how_people_head_their_tables(headings: str, noun: str, columns: list[str]) -> None:
    [found] = nouns_of(table(headings), EVERY)
    assert found.noun.name == noun
    assert [found.sure.get(index) for index in range(len(columns))] == columns


def test_a_misspelt_heading_is_asked_about() -> None:
    found = recognise(table("Custmer,Ownr"), NOUNS["accounts"])
    assert found.sure == {0: "name"}
    assert found.unsure == {1: ("owner",)}


def test_two_headings_for_one_column_are_both_asked_about() -> None:
    found = recognise(table("客户名称,电话,联系电话"), NOUNS["accounts"])
    assert found.sure == {0: "name"}
    assert set(found.unsure) == {1, 2}


def test_what_stands_in_a_column_tells_what_it_is() -> None:
    rows = [f"Acme {n},91310000MA1K4BCN6{n},1380013800{n}" for n in range(5)]
    found = recognise(table("Customer,X,Y", *rows), NOUNS["accounts"])
    assert found.unsure == {1: ("tax_number",), 2: ("phone",)}


def test_a_heading_that_its_cells_belie_is_asked_about() -> None:
    rows = [f"Acme {n},see the note" for n in range(5)]
    found = recognise(table("Customer,Phone", *rows), NOUNS["accounts"])
    assert 1 not in found.sure


def test_known_names_tell_whose_column_it_is() -> None:
    known = {Kind.PERSON: frozenset({"ana", "bo"}), Kind.ACCOUNT: frozenset({"acme"})}
    rows = ["Ana,Acme", "Bo,Acme", "Ana,Acme"]
    found = recognise(table("X,Y", *rows), NOUNS["accounts"], known)
    assert found.unsure[0] == ("owner",)
    assert found.unsure[1] == ("name",)


def test_the_name_of_a_file_says_what_it_is() -> None:
    both = table("Department,Name")
    assert len(nouns_of(both, EVERY)) > 1
    assert nouns_of(both, EVERY, "人员.xlsx")[0].noun.name == "people"


def test_headings_are_known_again_however_they_are_spaced() -> None:
    assert headings_hash(["客户 名称", "Phone*"]) == headings_hash(["客户名称", "PHONE"])
    assert headings_hash(["a", "b"]) != headings_hash(["ab"])


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["25/12/2026", "03/04/2026"], False),
        (["03/04/2026", "12/25/2026"], True),
        (["2026-03-04", "2026年3月4日"], None),
        (["03.04.2026"], None),
        (["05/05/2026"], None),
        (["03/04/2026"], Doubt("03/04/2026", date(2026, 4, 3), date(2026, 3, 4))),
    ],
)
def test_a_column_says_which_number_is_the_month(
    cells: list[Cell], order: bool | Doubt | None
) -> None:
    assert order_of(cells) == order


def test_dates_are_read_in_the_order_that_was_told() -> None:
    given = table("Customer,Day", "Acme,03/04/2026", "Blue,soon")
    [(numbers, rows)] = Settled(given, {1: True}).pieces(5)
    assert (list(numbers), rows) == ([2, 3], [("Acme", date(2026, 3, 4)), ("Blue", "soon")])
    pieces = [rows for _numbers, rows in Settled(given, {1: False}).pieces(1)]
    assert pieces == [[("Acme", date(2026, 4, 3))], [("Blue", "soon")]]


def found(headings: str, orders: dict[int, bool | Doubt] | None = None) -> Found:
    names = tuple(headings.split(","))
    return Found(Sheet("", names, 3), (), orders or {})


def test_what_is_said_is_kept_and_asked_no_more() -> None:
    clues = Clues(EVERY)
    first = understood([found("Customer,Ownr")], Meaning(noun="accounts"), clues)
    assert first.question
    assert (first.question.about, first.question.index) == (Asks.COLUMN, 1)
    said = Meaning.load(Meaning(noun="accounts", columns={1: "owner"}).dump())
    then = understood([found("Customer,Ownr")], said, clues)
    assert (then.question, then.meaning.columns) == (None, {0: "name", 1: "owner"})


def test_a_file_like_the_last_one_is_meant_like_it() -> None:
    kept = Meaning(noun="accounts", columns={0: "name", 1: ""}).dump()
    clues = Clues(EVERY, before={"accounts": kept})
    again = understood([found("Foo,Phone")], Meaning(), clues)
    assert again.question is None
    assert again.meaning.remembered
    assert again.meaning.columns == {0: "name", 1: ""}


def test_what_one_may_not_take_in_is_not_offered() -> None:
    fewer = tuple(noun for noun in EVERY if noun.name != "units")
    clues = Clues(fewer, before={"units": Meaning(noun="units", columns={0: "path"}).dump()})
    asked = understood([found("Foo")], Meaning(), clues)
    assert asked.question
    assert "units" not in asked.question.options


def test_a_doubtful_date_is_asked_about_once() -> None:
    doubt = Doubt("03/04/2026", date(2026, 4, 3), date(2026, 3, 4))
    sheets = [found("客户名称,拜访人,拜访时间", {2: doubt})]
    asked = understood(sheets, Meaning(noun="visits"), Clues(EVERY)).question
    assert asked
    assert (asked.about, asked.doubt) == (Asks.ORDER, doubt)
    told = Meaning(noun="visits", orders={2: True})
    assert understood(sheets, told, Clues(EVERY)).question is None
