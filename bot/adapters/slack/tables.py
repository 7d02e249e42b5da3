"""A table, as Slack's own where that reads well on a phone, else as lines.

Slack takes one table a message, cuts wide ones off at a phone's edge, refuses empty cells, and has
none in windows and home tabs (docs.slack.dev/reference/block-kit/blocks/table-block).
"""

import re
import unicodedata
from typing import Any

from bot.markdown import Markdown, join, markdown, plain
from bot.messages import Table

Json = dict[str, Any]

COLUMNS = 3
WIDTH = 32
"""How many narrow characters fit side by side on a phone, the lines between them included."""
ROWS = 100
GAP = 3
NUMBER = re.compile(r"[-+]?[\d.,\s]+[%kKmM万亿]?|[-+]?[¥$€£]\s?[\d.,]+[kKmM万亿]?|[–—-]?")


def narrow(table: Table) -> bool:
    """Whether Slack's own table shows all of it on a phone."""
    rows = (table.headers, *table.rows)
    columns = len(table.headers)
    if not 1 < columns <= COLUMNS or len(rows) > ROWS or any(len(r) != columns for r in rows):
        return False
    widest = [max(_width(row[column]) for row in rows) for column in range(columns)]
    return sum(widest) + GAP * (columns - 1) <= WIDTH


def grid(table: Table) -> Json:
    """Slack's own table; its cells are words as they are."""
    numbers = [
        all(NUMBER.fullmatch(plain(row[column]).strip()) for row in table.rows)
        for column in range(len(table.headers))
    ]
    return {
        "type": "table",
        "column_settings": [{"align": "right" if number else "left"} for number in numbers],
        "rows": [[_heading(each) for each in table.headers]]
        + [[{"type": "raw_text", "text": _shown(cell)} for cell in row] for row in table.rows],
    }


def lines(table: Table) -> Markdown:
    """Each row a line: what it is about, then its cells."""
    head = join(" · ", (cell for cell in table.headers if plain(cell).strip()))
    return Markdown("\n".join(filter(None, (head and f"_{head}_", *map(_line, table.rows)))))


def _line(row: tuple[str, ...]) -> str:
    first, *others = (*row, "")
    said = join(" · ", (cell for cell in others if plain(cell).strip()))
    name = f"*{markdown(first)}*" if plain(first).strip() else ""
    return "  ".join(filter(None, (name, said)))


def _heading(cell: str) -> Json:
    bold = {"type": "text", "text": _shown(cell), "style": {"bold": True}}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [bold]}],
    }


def _shown(cell: str) -> str:
    return plain(cell).strip() or "–"


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in plain(cell))
