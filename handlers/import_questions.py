"""What is asked about a table that is being taken in: one thing at a time, with buttons."""

from bot.messages import Button, Reply, reply
from bot.phrases import _, dated, label, language, listed, shortened
from handlers.import_steps import (
    COLUMN,
    DROP,
    EVERY,
    EXAMPLE,
    NAMED,
    NOUN,
    ORDER,
    SHEET,
    heading,
    other_nouns,
    shown_heading,
    some,
    step,
    title,
)
from services.imports import sheets_of
from services.tables.meaning import Asks, Question, Understood
from services.tables.nouns import NOUNS
from storage.models import Import

EXAMPLES = 3
FEW = 6
"""Answers that fit on a phone; the others are a tap away."""


def question(row: Import, known: Understood, *, every: bool = False) -> Reply:
    """The next thing that is unclear, with the likely answers, or with every one."""
    asked = known.question
    assert asked is not None  # noqa: S101 - it is only shown where there is one
    ways = {
        Asks.SHEET: _sheet,
        Asks.NOUN: _noun,
        Asks.COLUMN: _column,
        Asks.MISSING: _missing,
        Asks.ORDER: _order,
    }
    words, buttons = ways[asked.about](row, known, asked)
    if len(buttons) > FEW and not every:
        buttons = (*buttons[:FEW], Button(label("Something else"), step(row, EVERY)))
    return reply(*words, *buttons, Button(label("Cancel"), step(row, DROP)))


Asked = tuple[tuple[str, ...], tuple[Button, ...]]
"""The words of a question, and the buttons that answer it."""


def _sheet(row: Import, _known: Understood, asked: Question) -> Asked:
    sheets = sheets_of(row)
    words = (title(row), _("Which sheet shall I take in?"))
    return words, tuple(
        Button(
            _("{name} · {rows}", name=shortened(each.sheet.name, NAMED), rows=each.sheet.rows),
            step(row, SHEET, option),
        )
        for option, each in zip(asked.options, sheets, strict=True)
    )


def _noun(row: Import, known: Understood, asked: Question) -> Asked:
    headings = known.found.sheet.headings if known.found else ()
    words = (
        title(row),
        _("What is it a table of? Its columns: {columns}.", columns=some(headings)),
    )
    return words, tuple(
        Button(NOUNS[name].titles[language()], step(row, NOUN, name)) for name in asked.options
    )


def _column(row: Import, known: Understood, asked: Question) -> Asked:
    words = (
        title(row),
        _("What is in the column “{heading}”?", heading=shown_heading(known, asked.index)),
        _examples(known, asked.index),
    )
    named = (
        Button(heading(known.meaning.of, name), step(row, COLUMN, f"{asked.index}:{name}"))
        for name in asked.options
    )
    return words, (*named, Button(label("Leave it out"), step(row, COLUMN, f"{asked.index}:")))


def _missing(row: Import, known: Understood, asked: Question) -> Asked:
    wanted = heading(known.meaning.of, asked.column)
    others = other_nouns(row, known)
    if not asked.options:
        words = (title(row), _("It has no column *{column}*, which I need.", column=wanted))
        return words, others
    words = (title(row), _("Which column is *{column}*?", column=wanted))
    named = (
        Button(shown_heading(known, int(each)), step(row, COLUMN, f"{each}:{asked.column}"))
        for each in asked.options
    )
    return words, (*named, *others)


def _order(row: Import, known: Understood, asked: Question) -> Asked:
    doubt = asked.doubt
    assert doubt is not None  # noqa: S101 - there is one with this question
    words = (
        title(row),
        _(
            "In “{heading}”, which day is {text}?",
            heading=shown_heading(known, asked.index),
            text=doubt.text,
        ),
    )
    return words, tuple(
        Button(dated(day, day), step(row, ORDER, f"{asked.index}:{order}"))
        for day, order in ((doubt.day_first, "d"), (doubt.month_first, "m"))
    )


def _examples(known: Understood, index: int) -> str:
    """What stands under a heading."""
    cells = known.found.table.column(index) if known.found else []
    said = [shortened(str(cell), EXAMPLE) for cell in dict.fromkeys(cells)]
    return _("For example: {examples}", examples=listed(said[:EXAMPLES])) if said else ""
