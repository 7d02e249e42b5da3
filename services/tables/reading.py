"""Reading a file that somebody sent: what tables are in it.

Pure: bytes in, tables out. `bot.outside.tables` does it in a process of its own.
"""

from services.tables import texts, workbooks
from services.tables.checks import Form, form_of
from services.tables.refusals import EmptyTable
from services.tables.shaping import Grid, shaped
from services.tables.table import Table


def read(content: bytes, name: str) -> list[Table]:
    """Every sheet of a file that has rows, the fullest ones first where several have.

    Raises a refusal that says why there are none.
    """
    form = form_of(content, name)
    tables = [table for sheet, grid in _grids(content, form) if (table := shaped(grid, sheet))]
    if not tables:
        raise EmptyTable
    return tables


def _grids(content: bytes, form: Form) -> list[tuple[str, Grid]]:
    if form == Form.TEXT:
        return [("", texts.grid(content))]
    return list(workbooks.grids(content))
