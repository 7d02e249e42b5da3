"""What a table that was sent means: of what it is, what its columns are, what is unclear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from services.tables.columns import Recognised, nouns_of, recognise
from services.tables.contents import Known
from services.tables.dates import Doubt
from services.tables.noun import Kind, Noun
from services.tables.nouns import NOUNS
from services.tables.stream import Sheet
from services.tables.table import Row, Table

DATES = frozenset((Kind.DATE, Kind.INSTANT))
SAMPLE = 50
"""How many rows are looked at to tell what the columns are."""
SHOWN = 60
"""How many characters of a cell that takes."""


class Asks(StrEnum):
    """What about a table is unclear."""

    SHEET = "sheet"
    NOUN = "noun"
    COLUMN = "column"
    MISSING = "missing"
    ORDER = "order"


@dataclass(frozen=True)
class Question:
    """Something to be asked, with the likely answers.

    Of a column's heading, by its ``index``, the options are columns; of a ``missing`` column they
    are headings by their numbers; of an order of dates there is a ``doubt``.
    """

    about: Asks
    index: int = -1
    options: tuple[str, ...] = ()
    column: str = ""
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Meaning:
    """How a table is meant, as far as somebody has said so; an empty column is left out.

    ``refused`` are matches that somebody said no to: a column and the text in it.
    """

    sheet: int | None = None
    noun: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    orders: Mapping[int, bool] = field(default_factory=dict)
    refused: tuple[tuple[str, str], ...] = ()
    remembered: bool = False

    @property
    def of(self) -> Noun:
        """What the table is of, once that is known."""
        return NOUNS[self.noun]

    def dump(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "sheet": self.sheet,
            "noun": self.noun,
            "columns": {str(index): name for index, name in self.columns.items()},
            "orders": {str(index): order for index, order in self.orders.items()},
            "refused": [list(each) for each in self.refused],
            "remembered": self.remembered,
        }

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> "Meaning":
        """The inverse of `dump`; nothing was said when nothing is kept."""
        if not kept:
            return cls()
        return cls(
            kept["sheet"],
            kept["noun"],
            {int(index): name for index, name in kept["columns"].items()},
            {int(index): order for index, order in kept["orders"].items()},
            tuple((column, text) for column, text in kept["refused"]),
            kept["remembered"],
        )


@dataclass(frozen=True)
class Found:
    """What was read of one sheet: its headings, its first rows, and what its dates leave open."""

    sheet: Sheet
    sample: tuple[Row, ...]
    orders: Mapping[int, bool | Doubt]

    @property
    def table(self) -> Table:
        return Table(self.sheet.headings, list(self.sample), self.sheet.name)


@dataclass(frozen=True)
class Understood:
    """A table as far as it is understood: the next question, or none when it can be planned."""

    meaning: Meaning
    question: Question | None
    found: Found | None = None
    recognised: Recognised | None = None


@dataclass(frozen=True)
class Clues:
    """What else tells what a table means: what its sender may take in, and the file's name.

    ``before`` is how the columns of such a file were meant the last time, by noun.
    """

    nouns: tuple[Noun, ...]
    name: str = ""
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    known: Known = field(default_factory=dict)


def understood(sheets: list[Found], meaning: Meaning, clues: Clues) -> Understood:
    """What a table means by what was said about it, what was meant before, and how it looks."""
    if meaning.sheet is None and len(sheets) > 1:
        options = tuple(str(index) for index in range(len(sheets)))
        return Understood(meaning, Question(Asks.SHEET, options=options))
    found = sheets[meaning.sheet or 0]
    meaning = replace(meaning, sheet=meaning.sheet or 0)
    if not meaning.noun:
        meaning = _as_before(meaning, clues.nouns, clues.before)
    if not meaning.noun:
        likely = nouns_of(found.table, clues.nouns, clues.name, clues.known)
        if len(likely) > 1:
            options = tuple(each.noun.name for each in likely)
            return Understood(meaning, Question(Asks.NOUN, options=options), found)
        meaning = replace(meaning, noun=likely[0].noun.name)
    return _columns(found, meaning, clues.known)


def _as_before(
    meaning: Meaning, nouns: Iterable[Noun], before: Mapping[str, Mapping[str, Any]]
) -> Meaning:
    """What was meant the last time that such a file came, if that was one thing."""
    allowed = [noun.name for noun in nouns if noun.name in before]
    if len(allowed) != 1:
        return meaning
    kept = Meaning.load(dict(before[allowed[0]]))
    return replace(
        meaning, noun=allowed[0], columns=kept.columns, orders=kept.orders, remembered=True
    )


def _columns(found: Found, meaning: Meaning, known: Known) -> Understood:
    """The columns of a table whose noun is known, and what is unclear about them."""
    noun = NOUNS[meaning.noun]
    seen = recognise(found.table, noun, known)
    said = {name for name in meaning.columns.values() if name}
    columns = {i: n for i, n in seen.sure.items() if i not in meaning.columns and n not in said}
    meaning = replace(meaning, columns=dict(sorted((columns | dict(meaning.columns)).items())))
    taken = {name for name in meaning.columns.values() if name}
    question = _open(noun, seen, meaning, taken, found)
    return Understood(meaning, question, found, seen)


def _open(
    noun: Noun, seen: Recognised, meaning: Meaning, taken: set[str], found: Found
) -> Question | None:
    for index, names in seen.unsure.items():
        likely = tuple(name for name in names if name not in taken)
        if index not in meaning.columns and likely:
            return Question(Asks.COLUMN, index, likely)
    free = [i for i in range(len(found.sheet.headings)) if not meaning.columns.get(i)]
    for column in noun.columns:
        if column.required and column.name not in taken:
            options = tuple(str(index) for index in free)
            return Question(Asks.MISSING, options=options, column=column.name)
    for index, name in meaning.columns.items():
        order = found.orders.get(index)
        is_date = bool(name) and noun.column(name).kind in DATES
        if is_date and index not in meaning.orders and isinstance(order, Doubt):
            return Question(Asks.ORDER, index, doubt=order)
    return None


def orders_of(found: Found, meaning: Meaning) -> dict[int, bool]:
    """Which columns of dates have the month first, and which do not."""
    told = {index: order for index, order in found.orders.items() if isinstance(order, bool)}
    dates = {
        i for i, name in meaning.columns.items() if name and meaning.of.column(name).kind in DATES
    }
    return {i: order for i, order in {**told, **meaning.orders}.items() if i in dates}


def kept_found(found: Found) -> dict[str, Any]:
    """What was read of a sheet, as it is kept with the import."""
    orders = {
        str(index): [order.text, str(order.day_first), str(order.month_first)]
        if isinstance(order, Doubt)
        else order
        for index, order in found.orders.items()
    }
    sample = [
        [None if cell is None else str(cell)[:SHOWN] for cell in row] for row in found.sample
    ]
    return {"sheet": found.sheet.dump(), "sample": sample, "orders": orders}


def loaded_found(kept: Mapping[str, Any]) -> Found:
    """The inverse of `kept_found`, but that every cell is text."""
    orders = {
        int(index): Doubt(order[0], *map(date.fromisoformat, order[1:]))
        if isinstance(order, list)
        else order
        for index, order in kept["orders"].items()
    }
    sample = tuple(tuple(row) for row in kept["sample"])
    return Found(Sheet.load(kept["sheet"]), sample, orders)
