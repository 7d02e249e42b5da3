"""What is kept of a table between two steps comes back the same."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.tables.stream import packed, sheets, unpacked, walked
from services.tables.table import Row, Table

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30).filter(lambda text: text.isprintable()),
    st.sampled_from(["@", "@@x", "@2026-03-02", "2026-03-02"]),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - wall time
        lambda at: at.replace(fold=0)
    ),
)
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=20)


@given(first=ROWS, second=ROWS)
def test_every_cell_comes_back(first: list[Row], second: list[Row]) -> None:
    tables = [
        Table(("a", "b"), rows, name, range(2, len(rows) + 2))
        for name, rows in (("one", first), ("two", second))
    ]
    kept = packed(tables)
    assert [(each.name, each.rows) for each in sheets(kept)] == [
        ("one", len(first)),
        ("two", len(second)),
    ]
    for index, rows in enumerate((first, second)):
        again = unpacked(kept, index)
        assert list(map(repr, again.rows)) == list(map(repr, rows))
        assert again.numbers == [*range(2, len(rows) + 2)]
    assert len(list(walked(kept))) == len(first) + len(second)
