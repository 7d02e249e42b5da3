"""Exporting: all that somebody may see, as a file that opens in any spreadsheet."""

import json
from typing import Any

from bot.answers import OneOf
from bot.commands import Context, command
from bot.errands import ExportTables
from bot.forms import Form, ask
from bot.messages import Fields, File, Reply, reply
from bot.phrases import _, counted, language, marked
from services.sight import sight
from services.tables.exporting import Format, export
from services.tables.nouns import NOUNS
from storage.models import Role

FORMATS = {
    Format.XLSX: marked("Excel"),
    Format.CSV: marked("CSV in a ZIP"),
}
FORMAT = OneOf(FORMATS, {Format.XLSX: "xls xlsx spreadsheet 表格", Format.CSV: "csv zip 文本"})
MIMES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "application/zip",
}
ENDINGS = {Format.XLSX: "xlsx", Format.CSV: "zip"}


class Export(Form):
    """Get all that you may see as a file."""

    form: Format = ask(marked("As what kind of file?"), FORMAT, label=marked("File"))


@command(
    "export",
    "导出",
    allow=Role.REP,
    order=130,
    examples=(marked("/export Excel"), marked("/export CSV")),
)
async def export_all(context: Context, form: Export) -> Reply:
    """A rep gets what is theirs, a manager what is their unit's, HQ everything.

    It takes a while where there is much, so it is written while no transaction is open.
    """
    content, rows = await _written(context, form.form)
    total = sum(rows.values())
    if not total:
        return reply(_("There's nothing of yours to export yet. Log a visit with /visit first."))
    await context.work.note(marked("Exported {rows} rows as {file}"), rows=total, file=form.form)
    day = context.now.astimezone(context.zone).date().isoformat()
    name = f"salesbot-{day}.{ENDINGS[form.form]}"
    listed = tuple(
        (NOUNS[noun].titles[language()], f"{count:,}") for noun, count in rows.items() if count
    )
    said = counted(
        "Here is all that you may see: {count} row.",
        "Here is all that you may see: {count} rows.",
        total,
    )
    return reply(
        said, Fields(listed), File(name, MIMES[form.form], content=content), _next(context)
    )


def _next(context: Context) -> str:
    if context.person.role >= Role.MANAGER:
        return _("Change it and send it back: I'll show you what would change before I do it.")
    return _("It holds customers' data: keep it as you would keep their contracts.")


async def _written(context: Context, form: Format) -> tuple[bytes, dict[str, Any]]:
    """The file and how many rows of each noun it has, from the errand where one can be run.

    Whoever may see something else by now than when it was written has it written anew.
    """
    told = context.errands.result(ExportTables(context.person.id, form, language()))
    if told is not None:
        found = json.loads(told)
        content = await context.work.imports.kept(found["ref"])
        await context.work.imports.forget([found["ref"]])
        if content is not None and found["seen"] == await sight(context.work, context.person):
            return content, found["rows"]
    done = await export(
        context.work, context.person, language=language(), form=form, now=context.now
    )
    return done.content, done.rows
