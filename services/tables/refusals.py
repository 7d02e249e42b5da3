"""Why a file that was sent is not taken in."""

from services.errors import Refusal


class TableTooLarge(Refusal):
    """That file is larger than {megabytes} MB. Send the table in two or three parts."""


class TableBomb(Refusal):
    """That file unpacks to far more than a table needs, so I left it closed."""


class BrokenTable(Refusal):
    """I can't read that file: it's damaged. Save it once more as .xlsx or .csv, then send that."""


class MisnamedTable(Refusal):
    """That file isn't what its name says. Save it once more as .xlsx or .csv, then send that."""


class LockedTable(Refusal):
    """That file has a password. Take it off in your spreadsheet, then send the file again."""


class NotATable(Refusal):
    """That's no table. Send an .xlsx, .xls, .ods or .csv file."""


class PictureOfTable(Refusal):
    """I can't read a table from a picture or a PDF. Send the .xlsx or .csv file itself."""


class EmptyTable(Refusal):
    """There are no rows in that file. The first names the columns, the others hold the data."""


class TooManyRows(Refusal):
    """That table has more than {rows} rows. Send it in two or three parts."""


class TooManyColumns(Refusal):
    """That table has more than {columns} columns. Leave out those that I don't need."""


class CellTooLong(Refusal):
    """A cell in row {row} has more than {characters} characters. Shorten it, then send it anew."""


class OpenQuote(Refusal):
    """A quotation mark in that file is never closed. Save it as .xlsx, then send that."""


class UnknownCharacters(Refusal):
    """I can't make out the characters in that file. Save it as .xlsx or as “CSV UTF-8”."""


class TableTooHard(Refusal):
    """That file takes too long to read. Save it as .csv, or send it in two or three parts."""
