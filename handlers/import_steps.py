"""What the cards of a table being taken in share: their buttons, and how things are called."""

from collections.abc import Iterable

from bot.messages import Button, Call
from bot.phrases import _, language, listed, shortened
from services.tables.meaning import Understood
from services.tables.noun import Noun
from storage.models import Import

READ, SHOW, DROP, APPLY, COLUMNS, MATCHES = "read", "show", "drop", "apply", "columns", "matches"
SHEET, NOUN, COLUMN, ORDER, REFUSE = "sheet", "noun", "column", "order", "refuse"
EVERY, INVITE = "every", "invite"
"""What a button of these cards does; the next five take an answer with them."""
NAMED = 40
EXAMPLE = 24
LISTED = 8


def step(row: Import, act: str, value: str = "") -> Call:
    """A button's call: the next step of this table."""
    return Call("importing", {"id": str(row.id), "act": act, "value": value})


def title(row: Import) -> str:
    return _("*{name}*", name=shortened(row.name, NAMED))


def heading(noun: Noun, column: str) -> str:
    """What a column is called in the reader's language."""
    return noun.column(column).titles[language()]


def listed_columns(noun: Noun) -> str:
    """Every column of a noun, those in bold that are needed."""
    names = (
        _("*{name}*", name=each.titles[language()]) if each.required else each.titles[language()]
        for each in noun.columns
    )
    return listed(names)


def shown_heading(known: Understood, index: int) -> str:
    """A heading as it stands in the file, or its letter where it has none."""
    assert known.found is not None  # noqa: S101 - the sheet is known by now
    said = known.found.sheet.headings[index]
    return shortened(said, NAMED) if said else _("Column {number}", number=index + 1)


def some(headings: Iterable[str]) -> str:
    named = [shortened(each, EXAMPLE) for each in headings if each]
    more = ["…"] if len(named) > LISTED else []
    return listed([*named[:LISTED], *more])


def other_nouns(row: Import, known: Understood) -> tuple[Button, ...]:
    """Another noun than the one that it was taken for."""
    noun = known.meaning.of.titles[language()]
    return (Button(_("Not {noun}", noun=noun), step(row, NOUN)),)
