"""What a table of one noun has: its columns, their headings, and what their cells mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.models import Role

if TYPE_CHECKING:
    from services.tables.shape import Shape

Words = Mapping[str, str]
"""The same in each language, by its code."""


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NAMES = "names"
    """Several texts, parted by commas or semicolons."""
    CODE = "code"
    INTEGER = "integer"
    AMOUNT = "amount"
    CURRENCY = "currency"
    DATE = "date"
    INSTANT = "instant"
    """A day and usually a time; without a zone it is wall time in the zone of whom it is about."""
    TIME = "time"
    PERSON = "person"
    PEOPLE = "people"
    ACCOUNT = "account"
    CONTACT = "contact"
    CONTACTS = "contacts"
    UNIT = "unit"
    """A path such as ``East/Shanghai``; ``/`` is the company."""
    GROUPS = "groups"
    CHOICE = "choice"
    PHONE = "phone"
    TAX_NUMBER = "tax number"
    FLAG = "flag"
    POINT = "point"
    ZONE = "zone"


@dataclass(frozen=True)
class Column:
    """A column of a noun's table.

    ``titles`` are its headings when it is written; ``also`` what else people call it. ``choices``
    are the words for each stored value, those that are written first.
    """

    name: str
    titles: Words
    also: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Noun:
    """A noun that can be taken in from a table and written out as one.

    ``key`` names the columns that tell its rows apart; ``role`` is who may take it in.
    """

    name: str
    titles: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    shape: "Shape"
    """How its rows are found again, and written."""
    role: Role = Role.MANAGER

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


def titled(en: str, zh: str) -> Words:
    """The same in both languages."""
    return {"en": en, "zh": zh}


def words(en: str, zh: str) -> Mapping[str, tuple[str, ...]]:
    """Words for one value, parted by bars, those that are written first."""
    return {"en": tuple(en.split("|")), "zh": tuple(zh.split("|"))}
