"""The cards of a table that is being taken in, each in place of the one before."""

from collections.abc import Iterable
from typing import Any

from bot.messages import Button, Call, File, Reply, reply
from bot.phrases import _, counted, label, language, listed, marked, shortened
from handlers.import_steps import (
    APPLY,
    COLUMN,
    COLUMNS,
    DROP,
    EXAMPLE,
    INVITE,
    LISTED,
    MATCHES,
    NAMED,
    READ,
    REFUSE,
    SHOW,
    heading,
    other_nouns,
    shown_heading,
    some,
    step,
    title,
)
from handlers.undo import undo
from services.tables.meaning import Understood
from services.tables.noun import Noun
from services.tables.nouns import NOUNS
from services.tables.reasons import Reason, Why
from storage.models import Import

REASONS = 4
MATCHED = 3
CERTAIN = 100


def another(begun: Import) -> Reply:
    """A second table while the first is still open."""
    return reply(
        _("You haven't finished with {name}. One at a time:", name=shortened(begun.name, NAMED)),
        Button(label("Go on with it"), step(begun, SHOW), primary=True),
        Button(label("Take the new one"), Call("importing", {"act": READ})),
    )


def which_use(file: File, account: str, keep: Call) -> Reply:
    """A table may be the company's data, or a file that belongs to a visit."""
    return reply(
        _("*{name}* is a table. What shall I do with it?", name=shortened(file.name, NAMED)),
        Button(label("Take it in"), Call("importing", {"act": READ}), primary=True),
        Button(_("Keep with {account}", account=shortened(account, NAMED)), keep),
    )


def dry_run(row: Import, known: Understood, rows: File | None = None) -> Reply:
    """What would happen, before anything does."""
    told = row.found["plan"]
    counts = told["counts"]
    some = counts.get("add", 0) + counts.get("change", 0)
    noun = known.meaning.of.titles[language()]
    found = (
        _("{noun}, as last time.", noun=noun)
        if known.meaning.remembered
        else _("{noun}.", noun=noun)
    )
    refused = any(match[3] < CERTAIN for match in told["matches"])
    return reply(
        title(row),
        found,
        _counts(counts) if counts else None,
        *_reasons(known.meaning.of, told["reasons"]),
        *_unused(known),
        *_matched(told["matches"][:MATCHED], len(told["matches"])),
        None if some else _("There is nothing to do: all of it is here already."),
        Button(label("Import"), step(row, APPLY), primary=True) if some else None,
        Button(label("Matches"), step(row, MATCHES), single=False) if refused else None,
        Button(label("Columns"), step(row, COLUMNS), single=False),
        Button(label("Cancel"), step(row, DROP)),
        rows,
    )


def _counts(counts: dict[str, int]) -> str:
    said = {
        "add": _("{count} to add", count=counts.get("add", 0)),
        "change": _("{count} to change", count=counts.get("change", 0)),
        "same": _("{count} the same", count=counts.get("same", 0)),
        "skip": _("{count} left out", count=counts.get("skip", 0)),
    }
    return listed(words for name, words in said.items() if counts.get(name))


def _reasons(noun: Noun, reasons: list[list[Any]]) -> Iterable[str]:
    """The commonest reasons why rows are left out, each with how many."""
    columns = {each.name: each.titles[language()] for each in noun.columns}
    for why, column, details, count in reasons[:REASONS]:
        reason = Reason(Why(why), tuple((name, text) for name, text in details), column)
        said = reason.say(language(), columns)
        yield _("· {count} × {reason}", count=count, reason=said)
    if len(reasons) > REASONS:
        yield _("· and others; the file says why for each row")


def _unused(known: Understood) -> Iterable[str]:
    if known.found is None:
        return
    used = known.meaning.columns
    named = [each for i, each in enumerate(known.found.sheet.headings) if not used.get(i) and each]
    if named:
        yield _("Not used: {columns}", columns=some(named))
    if totals := known.found.sheet.totals:
        yield counted(
            "{count} row of totals at the end is left out.",
            "{count} rows of totals at the end are left out.",
            totals,
        )


def _matched(matches: list[list[Any]], total: int) -> Iterable[str]:
    for _column_name, text, meant, likeness, _rows in matches:
        yield _match(text, meant, likeness)
    if total > len(matches):
        yield _("… and {count} more", count=total - len(matches))


def _match(text: str, meant: str, likeness: int) -> str:
    if likeness >= CERTAIN:
        return _("“{text}” → {meant}", text=text, meant=meant)
    return _("“{text}” → {meant}, {likeness} %", text=text, meant=meant, likeness=likeness)


def matches(row: Import) -> Reply:
    """What was taken for something that is not written so, each with a way to say no."""
    told = row.found["plan"]["matches"]
    shown = told[:LISTED]
    likely = any(column in NOUNS[row.noun].shape.likely for column, *_rest in told)
    buttons = (
        Button(
            _("Not {meant}", meant=shortened(meant, EXAMPLE)),
            step(row, REFUSE, f"{column}:{text}"),
        )
        for column, text, meant, *_rest in shown
    )
    return reply(
        title(row),
        _("Written otherwise, and taken for these. The rows of what you refuse are left out."),
        _("A customer that you refuse is added as a new one.") if likely else None,
        *_matched(shown, len(told)),
        *buttons,
        Button(label("None of these"), step(row, REFUSE)) if len(told) > 1 else None,
        Button(label("Back"), step(row, SHOW), primary=True),
    )


def columns(row: Import, known: Understood) -> Reply:
    """What each column was taken for; any of them can be left out or asked again."""
    found, noun = known.found, known.meaning.of
    assert found is not None  # noqa: S101 - a table that was planned has a sheet
    used = known.meaning.columns
    lines = [
        _("{heading} → {column}", heading=shown_heading(known, i), column=heading(noun, used[i]))
        for i in range(len(found.sheet.headings))
        if used.get(i)
    ]
    buttons = (
        Button(_("Without {column}", column=heading(noun, name)), step(row, COLUMN, f"{index}:"))
        for index, name in list(used.items())[: 2 * LISTED]
        if name and not noun.column(name).required
    )
    return reply(
        title(row),
        *lines,
        *_unused(known),
        *buttons,
        *other_nouns(row, known),
        Button(label("Back"), step(row, SHOW), primary=True),
    )


def done(row: Import) -> Reply:
    """What was done, how to take it back, and what comes next."""
    counts = row.found["counts"]
    noun = NOUNS[row.noun]
    following = NEXT.get(noun.name)
    invites = noun.name == "people" and counts.get("add", 0) + counts.get("change", 0)
    return reply(
        _("Taken in: {name}.", name=title(row)),
        _done(counts),
        Button(label("Undo"), undo.call(change=row.change_id)) if row.change_id else None,
        Button(label("Invitations"), step(row, INVITE), single=False) if invites else None,
        Button(label(following[0]), following[1], single=False) if following else None,
    )


def _done(counts: dict[str, int]) -> str:
    said = {
        "add": _("{count} added", count=counts.get("add", 0)),
        "change": _("{count} changed", count=counts.get("change", 0)),
        "same": _("{count} the same", count=counts.get("same", 0)),
        "skip": _("{count} left out", count=counts.get("skip", 0)),
    }
    return listed(words for name, words in said.items() if counts.get(name))


def failed(row: Import) -> Reply:
    """Something took too long or went wrong, and nothing was changed."""
    return reply(
        title(row),
        _("That didn't work just now, and nothing was changed. Try again, or in smaller parts."),
        Button(label("Try again"), step(row, SHOW), primary=True),
        Button(label("Cancel"), step(row, DROP)),
    )


NEXT = {
    "units": (marked("See the units"), Call("org")),
    "accounts": (marked("My customers"), Call("accounts")),
}
"""What somebody does next who has taken in one of these."""
