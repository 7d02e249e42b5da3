"""How the rows of a noun are told from cells, found again, completed and written out."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from services.names import fold
from services.tables.cells import joined, read
from services.tables.directory import Directory
from services.tables.moments import Said, told
from services.tables.money import Sum
from services.tables.noun import Column, Kind
from services.tables.reasons import NotTaken, Reason, Why
from services.tables.table import Cell, Row
from storage.journal import encode
from storage.models import Base
from storage.tables import Tables

Fields = dict[str, Any]
"""Stored columns as the journal writes them, and what hangs on the row, by name."""


@dataclass(slots=True)
class Draft:
    """One row of a table as it is being understood."""

    number: int
    fields: Fields
    found: Fields | None = None
    """The stored row that it is about."""
    reason: Reason | None = None


class Shape:
    """One noun's own rules; what is the same for all of them is done here."""

    model: ClassVar[type[Base]]
    stored: ClassVar[Mapping[str, str]] = {}
    """The stored column of a table's column, where it is called otherwise."""
    defaults: ClassVar[Fields] = {}
    """What a new row has that its table says nothing of."""
    beside: ClassVar[Mapping[str, type[Base]]] = {}
    """What hangs on a row: by the field that has its values."""
    likely: ClassVar[Collection[str]] = ()
    """The columns by which a new row is taken for one that it is like, unless that is refused."""
    owner: ClassVar[str] = ""
    """The field of whose a row is, where it has a unit too."""

    def field(self, column: Column) -> str:
        return self.stored.get(column.name, column.name)

    def understand(
        self,
        columns: Sequence[tuple[int, Column]],
        row: Row,
        number: int,
        directory: Directory,
        orders: Mapping[int, bool | None],
    ) -> Fields:
        """The fields that a row gives; NotTaken where a cell makes no sense."""
        said: list[tuple[Column, Said]] = []
        fields: Fields = {}
        for index, column in columns:
            value = read(column, row[index], month_first=orders.get(index))
            match value:
                case None:
                    if column.required:
                        raise NotTaken(Why.MISSING, column.name)
                case Said():
                    said.append((column, value))
                case _:
                    self.put(fields, column, value, number, directory)
        for column, moment in said:
            zone = self.zone(fields, directory)
            at, all_day = moment.placed(zone)
            self.place(fields, column, at, all_day=all_day)
        return fields

    def put(
        self, fields: Fields, column: Column, value: Any, number: int, directory: Directory
    ) -> None:
        """Keep what a cell says in the field that it belongs to."""
        name = self.field(column)
        match column.kind:
            case Kind.PERSON:
                fields[name] = directory.person(column.name, value, number)
            case Kind.ACCOUNT:
                fields[name] = directory.account(column.name, value, number)
            case Kind.UNIT:
                fields[name] = directory.unit(column.name, value, number)
            case Kind.GROUPS:
                found = {directory.group(column.name, each, number) for each in value}
                fields[name] = sorted(found)
            case Kind.POINT:
                fields["latitude"], fields["longitude"] = value
            case Kind.AMOUNT:
                self.sum(fields, value)
            case _ if isinstance(value, tuple):
                fields[name] = list(value)
            case _:
                fields[name] = encode(value)

    def sum(self, fields: Fields, value: Sum) -> None:
        """Keep a sum, whose currency may still follow."""
        fields["amount"] = value

    def place(self, fields: Fields, column: Column, at: datetime, *, all_day: bool) -> None:
        """Keep an instant; of a whole day it is its noon."""
        fields[self.field(column)] = encode(at)

    def zone(self, fields: Fields, directory: Directory) -> ZoneInfo:
        """The zone of wall time: that of whom the row is about, or of who sends it."""
        person = directory.people.get(fields.get(self.owner, 0))
        return ZoneInfo(person["zone"] if person else directory.asker.zone)

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        """Find the stored row of each draft, or say why it can't be told."""
        raise NotImplementedError

    async def with_beside(self, tables: Tables, rows: Sequence[Fields]) -> Sequence[Fields]:
        """The rows with what hangs on them."""
        for name, model in self.beside.items():
            hanging = await tables.beside(model, [row["id"] for row in rows])
            for row in rows:
                row[name] = self.values(name, row, hanging.get(row["id"], []))
        return rows

    def values(self, name: str, row: Fields, hanging: Sequence[Fields]) -> list[Any]:
        raise NotImplementedError

    def complete(self, fields: Fields, directory: Directory) -> Fields:
        """A new row, whole; NotTaken where something is missing that nothing can be put for."""
        return {**self.defaults, **fields}

    def told(self, new: Fields) -> Fields:
        """A new row without what every new row has: a plan of 100,000 is kept in memory."""
        plain = self.defaults
        return {n: value for n, value in new.items() if n not in plain or plain[n] != value}

    def changed(self, fields: Fields, found: Fields, directory: Directory) -> Fields:
        """What of a stored row is to be otherwise."""
        return {name: value for name, value in fields.items() if found.get(name) != value}

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        """Raise NotTaken where the asker may not, or where it makes no sense."""
        if not self.owner:
            return
        if found and not directory.covers(found[self.owner], found["unit_id"]):
            raise NotTaken(Why.NOT_YOURS)
        if found is None or any(found[each] != new[each] for each in (self.owner, "unit_id")):
            self._given(new, found, directory)

    def _given(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        """Raise NotTaken where a row isn't the asker's to give, or the owner's to be given.

        As in `services.handover`: what one only looks after for who is away is not given on.
        """
        own, owner = directory.scope.own, directory.people[new[self.owner]]
        yours = own.covers(owner["id"], owner["unit_id"])
        if found:
            yours = yours and own.covers(found[self.owner], found["unit_id"])
            yours = yours and (owner["active"] or found[self.owner] == owner["id"])
        if new["unit_id"] != owner["unit_id"]:
            yours = yours and (own.everything or new["unit_id"] in own.units)
        if not yours:
            raise NotTaken(Why.NOT_YOURS)
        moves = found is None or found["unit_id"] != new["unit_id"]
        if moves and directory.units[new["unit_id"]]["closed_at"] and owner["active"]:
            raise NotTaken(Why.CLOSED_UNIT, text=directory.path(new["unit_id"]))

    def key(self, fields: Fields) -> Hashable:
        """What two rows of one file must not have in common."""
        raise NotImplementedError

    def label(self, fields: Fields, directory: Directory) -> str:
        """What a row is called in a list."""
        return str(fields.get("name", ""))

    def names(self, fields: Fields, directory: Directory) -> dict[str, str]:
        """What is called how to which some fields refer, by the field and the number."""
        found: dict[str, str] = {}
        for name, value in fields.items():
            for each in value if isinstance(value, list) else [value]:
                if label := directory.called(name, each):
                    found[f"{name}:{each}"] = label
        return found

    def row(self, row_id: int, new: Fields, directory: Directory) -> Fields:
        """A new row as its table has it."""
        return {"id": row_id, **{n: v for n, v in new.items() if n not in self.beside}}

    def hang(self, name: str, row_id: int, row: Fields) -> list[Fields]:
        """The rows that belong beside a row, without their numbers."""
        raise NotImplementedError

    async def known(self, tables: Tables, directory: Directory, rows: Sequence[Fields]) -> None:
        """Look up what the rows name, before they are written out."""

    def cell(self, column: Column, row: Fields, directory: Directory, language: str) -> Cell:
        """What stands in one cell of a stored row."""
        value = row.get(self.field(column))
        if value in (None, "", []):
            return None
        write = _writers.get(column.kind)
        return write(column, value, directory, language) if write else value


def _choice(column: Column, value: Any, _directory: Directory, language: str) -> Cell:
    words = column.choices.get(str(value))
    return words[language][0] if words else str(value)


def _person(_column: Column, value: int, directory: Directory, _language: str) -> Cell:
    return directory.person_label(value)


def _unit(_column: Column, value: int, directory: Directory, _language: str) -> Cell:
    return directory.path(value)


def _account(_column: Column, value: int, directory: Directory, _language: str) -> Cell:
    return directory.account_label(value)


def _groups(_column: Column, value: list[int], directory: Directory, _language: str) -> Cell:
    return joined(tuple(str(directory.groups[each]["name"]) for each in value))


def _names(_column: Column, value: list[str], _directory: Directory, _language: str) -> Cell:
    return joined(tuple(value))


def _flag(_column: Column, value: bool, _directory: Directory, language: str) -> Cell:
    return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value]


def _instant(_column: Column, value: str, directory: Directory, _language: str) -> Cell:
    return told(datetime.fromisoformat(value), ZoneInfo(directory.asker.zone))


def _date(_column: Column, value: str, _directory: Directory, _language: str) -> Cell:
    return date.fromisoformat(value)


def _time(_column: Column, value: str, _directory: Directory, _language: str) -> Cell:
    return f"{time.fromisoformat(value):%H:%M}"


_writers: dict[Kind, Callable[[Column, Any, Directory, str], Cell]] = {
    Kind.CHOICE: _choice,
    Kind.PERSON: _person,
    Kind.UNIT: _unit,
    Kind.ACCOUNT: _account,
    Kind.GROUPS: _groups,
    Kind.NAMES: _names,
    Kind.FLAG: _flag,
    Kind.INSTANT: _instant,
    Kind.DATE: _date,
    Kind.TIME: _time,
}


def same(one: Any, other: Any) -> bool:
    """Whether two names are the same to whoever reads them."""
    return fold(str(one)) == fold(str(other))


def alone(found: Collection[Fields], what: str) -> Fields | None:
    """The only one of several; NotTaken when there are more."""
    if len(found) > 1:
        raise NotTaken(Why.AMBIGUOUS, text=what, candidates=str(len(found)))
    return next(iter(found), None)
