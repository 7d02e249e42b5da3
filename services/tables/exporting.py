"""Exporting: all that somebody may see, as tables that can be taken in again as they are."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from services.tables.calm import settle, settling
from services.tables.directory import Directory
from services.tables.noun import Kind, Noun
from services.tables.nouns import NOUNS
from services.tables.shape import Fields
from services.tables.table import Cell
from services.tables.writing import Book, archive, workbook
from storage.models import Person
from storage.work import Work

BREATH = 50
"""Rows between two breaths of the event loop: some milliseconds."""


class Format(StrEnum):
    """As what tables are written."""

    XLSX = "xlsx"
    """One file, a sheet for each noun."""
    CSV = "csv"
    """A ZIP with a file for each noun."""


@dataclass
class Exported:
    """A file, and how many rows of each noun are in it."""

    content: bytes
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def nouns_for(person: Person) -> list[Noun]:
    """What somebody may have: the company's tree is HQ's, the rest as far as they see it."""
    whole = person.role >= NOUNS["units"].role
    return [noun for noun in NOUNS.values() if whole or noun.role < NOUNS["units"].role]


async def export(
    work: Work,
    person: Person,
    *,
    language: str,
    form: Format = Format.XLSX,
    now: datetime,
) -> Exported:
    """Everything in somebody's scope, headings and words in a language."""
    directory = await Directory.of(work, person, now, "")
    directory.namesakes = await work.tables.shared_names()
    file = io.BytesIO()
    writing = workbook(file) if form is Format.XLSX else archive(file)
    book: Book = writing.__enter__()
    done = Exported(b"")
    try:
        with settling():
            for noun in nouns_for(person):
                done.rows[noun.name] = await _write(work, noun, directory, book, language)
    finally:
        await asyncio.to_thread(writing.__exit__, None, None, None)
    done.content = file.getvalue()
    return done


async def _write(work: Work, noun: Noun, directory: Directory, book: Book, language: str) -> int:
    """One noun's rows; returns how many."""
    shape, count = noun.shape, 0
    headings = [column.titles[language] for column in noun.columns]
    book.sheet(noun.titles[language], headings)
    async for page in work.tables.pages(shape.model, directory.scope):
        await shape.with_beside(work.tables, page)
        await shape.known(work.tables, directory, page)
        settle()
        for row in page:
            book.row(_cells(noun, row, directory, language))
            count += 1
            if count % BREATH == 0:
                await asyncio.sleep(0)
    return count


def _cells(
    noun: Noun, row: Fields, directory: Directory, language: str
) -> Sequence[Cell | Decimal]:
    """One row; sums are numbers, so that they can be added up."""
    cells: list[Cell | Decimal] = []
    for column in noun.columns:
        cell = noun.shape.cell(column, row, directory, language)
        is_sum = column.kind is Kind.AMOUNT and cell is not None
        cells.append(Decimal(str(cell)) if is_sum else cell)
    return cells
