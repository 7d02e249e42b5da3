"""Tables as text: which characters, what parts the cells, and then the cells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from services.tables.refusals import CellTooLong, NotATable, OpenQuote, UnknownCharacters
from services.tables.shaping import Grid
from services.tables.table import CHARACTERS, Cell, text_cell

DELIMITERS = ",;\t|"
SAID = re.compile(r"\ufeff?sep=(?P<said>.)\r?\n", re.IGNORECASE)
"""The line by which a spreadsheet is told what parts the cells."""
LOOKED_AT = 100
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
COMMON = 0.7
"""The share of Chinese characters of everyday use from which on it is taken for Chinese."""
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
WEIGHED = 20_000
REMEMBERED = 50_000
UNCLOSED = "unexpected end of data"
TOO_LONG = "field larger than field limit"


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, GBK and GB18030, or western European."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _older(content)
    if len(CONTROLS.findall(text[:WEIGHED])) > min(len(text), WEIGHED) / 50:
        raise NotATable
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnknownCharacters from None


def _older(content: bytes) -> str:
    """Text from before UTF-8; what is Chinese by chance has mostly rare characters."""
    try:
        chinese = content.decode("gb18030")
    except UnicodeDecodeError:
        chinese = ""
    if chinese and _common(chinese) >= COMMON:
        return chinese
    found = _western(content) or chinese
    if not found:
        raise UnknownCharacters
    return found


def _western(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return ""


def _common(text: str) -> float:
    """How many of its characters beyond ASCII are in everyday use, 0 to 1."""
    beyond = [each for each in text[:WEIGHED] if not each.isascii()]
    everyday = sum(_is_everyday(each) for each in beyond)
    return everyday / len(beyond) if beyond else 0.0


def _is_everyday(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False


def grid(content: bytes) -> Grid:
    """The rows of a text file."""
    text = decoded(content)
    said = SAID.match(text)
    delimiter = said["said"] if said else delimiter_of(text)
    body = text[said.end() :] if said else text
    first = 2 if said else 1
    try:
        return Grid.of(_rows(body, delimiter, strict=True), first)
    except csv.Error as error:
        if UNCLOSED in str(error):
            raise OpenQuote from None
    return Grid.of(_rows(body, delimiter, strict=False), first)


def _rows(text: str, delimiter: str, *, strict: bool) -> Iterator[list[Cell]]:
    """The cells of each row; strict where quotation marks have to be right."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    kept: dict[str, Cell] = {"": None}
    try:
        for row in lines:
            yield [kept[cell] if cell in kept else _keep(kept, cell) for cell in row]
    except csv.Error as error:
        if TOO_LONG not in str(error):
            raise
        if '"' in text:
            raise OpenQuote from None
        raise CellTooLong(row=lines.line_num + 1, characters=f"{CHARACTERS:,}") from None


def _keep(kept: dict[str, Cell], written: str) -> Cell:
    """A cell, the same object wherever it is written the same: tables repeat themselves."""
    cell = text_cell(written)
    if len(kept) < REMEMBERED:
        kept[written] = cell
    return cell


def delimiter_of(text: str) -> str:
    """What parts the cells: what is found equally often in most rows, outside quotes."""
    sample = text[:WEIGHED]
    whole = len(sample) == len(text)
    scored = {each: _consistency(sample, each, whole=whole) for each in DELIMITERS}
    return max(scored, key=lambda each: (scored[each], -DELIMITERS.index(each)))


def _consistency(sample: str, delimiter: str, *, whole: bool) -> float:
    """How surely a delimiter parts the cells; 0 where it parts nothing."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        for row, _number in zip(
            csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter),
            range(LOOKED_AT),
            strict=False,
        ):
            widths[len(row)] += bool(row)
    if not whole and widths.total() > 1:
        widths[min(widths)] -= 1  # the last line of a sample is cut off
    usual, count = max(widths.items(), key=lambda each: (each[1] * (each[0] > 1), each[0]))
    if usual < 2 or not count:  # noqa: PLR2004 - one cell is not parted
        return 0.0
    return count / widths.total() + usual / 10_000
