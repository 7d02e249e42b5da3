"""Taking in tables: what is unclear is asked, what would happen is shown, and then it is done."""

import json
from dataclasses import replace
from typing import Any

from bot.answers import NUMBER, TEXT
from bot.commands import Context, command
from bot.errands import ApplyTable, PlanTable, ReadTable
from bot.forms import Form, ask
from bot.messages import Button, Call, File, Reply, reply
from bot.phrases import _, label, language, marked
from handlers import concerned
from handlers import import_cards as cards
from handlers import import_steps as steps
from handlers.attachments import keep_files
from handlers.import_invitations import invitations
from handlers.import_questions import question
from services import allowance, imports, visits
from services.sight import sight
from services.tables.checks import is_table_name
from services.tables.meaning import Meaning, Understood
from services.tables.noun import Noun
from services.tables.table import folded
from services.tables.templates import template
from storage.kinds import ImportState
from storage.models import Import, Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TakeIn(Form):
    """Take in a table: customers, people, deals, visits and more."""

    of: str = ask(marked("A table of what?"), TEXT, label=marked("Table of"), default="")


class Importing(Form):
    """Go on with the table being taken in."""

    id: int | None = ask(
        marked("Which table?"), NUMBER, label=marked("Table"), default=None, loose=False
    )
    act: str = ask(marked("What next?"), TEXT, label=marked("Step"), default="", loose=False)
    value: str = ask(marked("Which one?"), TEXT, label=marked("Answer"), default="", loose=False)


@command(
    "import",
    "导入",
    allow=Role.MANAGER,
    takes="table",
    order=125,
    examples=(marked("/import"), marked("/import customers")),
)
async def take_in(context: Context, form: TakeIn) -> Reply:
    """Read the table that came; without one, say what can be taken in and give a template."""
    sent = [file for file in context.files if is_table_name(file.name)]
    if not sent:
        return _overview(context, form.of)
    await allowance.require_room(context.work)
    begun = await imports.unfinished(context.work, context.person, but=_update(context))
    if begun:
        return cards.another(begun[0])
    visit = await visits.last_today(context.work, context.person, context.now)
    if visit and not _is_read(context):
        return cards.which_use(sent[0], visit.account.name, keep_files.call())
    return await _read(context, sent[0])


def _update(context: Context) -> int | None:
    return context.work.author.update_id


def _is_read(context: Context) -> bool:
    """Whether the file of this very message was read already."""
    return ReadTable.name in context.errands.results


@command("importing", allow=Role.MANAGER, keeps=True)
async def importing(context: Context, form: Importing) -> Reply:
    """One step: an answer about a table, or what is to become of it."""
    if form.act == steps.READ:
        return await _begin_anew(context)
    if form.id is None:
        begun = await imports.unfinished(context.work, context.person)
        if not begun:
            return _overview(context, "")
        return await _go_on(context, begun[0], steps.SHOW, "")
    row = await imports.get(context.work, form.id, context.person.id)
    if row.state == ImportState.DONE and form.act == steps.INVITE:
        return await invitations(context, row)
    return replace(await _go_on(context, row, form.act, form.value), edit=True)


async def _begin_anew(context: Context) -> Reply:
    """Read the file that a button has kept; what was begun before is put aside."""
    sent = [file for file in context.files if is_table_name(file.name)]
    if not sent:
        return _overview(context, "")
    for each in await imports.unfinished(context.work, context.person, but=_update(context)):
        await imports.drop(context.work, each)
    return replace(await _read(context, sent[0]), edit=True)


async def _read(context: Context, file: File) -> Reply:
    """Have a file read, and go on with what is in it."""
    told = context.errands.result(ReadTable(file, context.person.id))
    if told is None:
        return reply(_("I couldn't fetch that file just now. Send it once more."))
    result = _result(told)
    row = await imports.get(context.work, result["import"], context.person.id)
    return replace(await _go_on(context, row, steps.SHOW, ""), edit=True)


def _result(told: str) -> dict[str, Any]:
    """What an errand has found out; its refusal is refused here."""
    result = json.loads(told)
    if name := result.get("refused"):
        raise imports.refusal(name, result["details"])
    found: dict[str, Any] = result
    return found


async def _go_on(context: Context, row: Import, act: str, value: str) -> Reply:
    """Take an answer, then ask the next thing, or show what would happen, or do it."""
    if row.state == ImportState.DONE:
        return await _done(context, row)
    if act == steps.DROP:
        await imports.drop(context.work, row)
        return reply(_("Put aside: {name}. Nothing was changed.", name=row.name))
    if act == steps.APPLY:
        return await _apply(context, row)
    before = Meaning.load(row.mapping)
    meaning = _answered(before, row, act, value)
    known = await imports.understand(context.work, context.person, row, meaning)
    if act == steps.COLUMNS:
        return cards.columns(row, known)
    if known.question:
        row.mapping = meaning.dump()
        await context.work.imports.flush()
        return question(row, known, every=act == steps.EVERY)
    if row.state == ImportState.PLANNED and act == steps.MATCHES:
        return cards.matches(row)
    is_new = PlanTable.name in context.errands.results
    if row.state == ImportState.PLANNED and act == steps.SHOW and not is_new:
        return cards.dry_run(row, known)
    return await _plan(context, row, known)


def _answered(meaning: Meaning, row: Import, act: str, value: str) -> Meaning:
    """What a table means after one more answer; a column's answer is ``index:name``."""
    at, _colon, name = value.partition(":")
    match act:
        case steps.SHEET:
            return Meaning(sheet=int(at))
        case steps.NOUN:
            return replace(meaning, noun=at, columns={}, orders={}, remembered=False)
        case steps.COLUMN:
            others = {i: n for i, n in meaning.columns.items() if n != name or not name}
            return replace(meaning, columns={**others, int(at): name}, remembered=False)
        case steps.ORDER:
            return replace(meaning, orders={**meaning.orders, int(at): name == "m"})
        case steps.REFUSE:
            every = [(column, text) for column, text, *_rest in row.found["plan"]["matches"]]
            told = [(at, name)] if value else every
            return replace(meaning, refused=tuple(dict.fromkeys((*meaning.refused, *told))))
        case _:
            return meaning


async def _plan(context: Context, row: Import, known: Understood) -> Reply:
    """Have it found out what would happen, and show that, with the rows as a file."""
    mapping = json.dumps(known.meaning.dump(), sort_keys=True)
    told = context.errands.result(PlanTable(row.id, context.person.id, mapping))
    if told is None:
        return cards.failed(row)
    if _result(told).get("seen") != await sight(context.work, context.person):
        await imports.drop(context.work, row)
        return reply(_("What you may see has changed meanwhile. Send the file again."))
    await context.work.session.refresh(row)
    content = await context.work.imports.kept(imports.report_ref(row.id))
    name = row.name.rsplit(".", 1)[0]
    rows = File(f"{name}-{label('checked')}.xlsx", XLSX, content=content) if content else None
    return cards.dry_run(row, known, rows)


async def _apply(context: Context, row: Import) -> Reply:
    """Have it done, and say what was; pressed again, or after a crash, it says the same."""
    told = context.errands.result(ApplyTable(row.id, context.person.id))
    if told is not None:
        _result(told)
    await context.work.session.refresh(row)
    return await _done(context, row) if row.state == ImportState.DONE else cards.failed(row)


async def _done(context: Context, row: Import) -> Reply:
    """Say what was done, and tell those whom it concerns, once."""
    told = await imports.to_be_told(context.work, row)
    await concerned.tell(context, told, concerned.TAKEN_IN)
    return cards.done(row)


def _overview(context: Context, wanted: str) -> Reply:
    """What can be taken in, with an empty table of what was named."""
    nouns = imports.nouns_for(context.person)
    named = folded(wanted)
    chosen = next((n for n in nouns if named and named in _names(n)), None)
    if chosen is None:
        buttons = (Button(n.titles[language()], _template(n), single=False) for n in nouns)
        return reply(
            _("Send me a table as .xlsx or .csv, and I'll show you what it would change first."),
            _("Or begin with an empty one of:"),
            *buttons,
        )
    columns = steps.listed_columns(chosen)
    sheet = File(f"{chosen.titles[language()]}.xlsx", XLSX, content=template(chosen, language()))
    return reply(
        _("*{noun}*: {columns}.", noun=chosen.titles[language()], columns=columns),
        _("Fill it in and send it back. Columns in bold are needed, the others may stay empty."),
        sheet,
    )


def _names(noun: Noun) -> set[str]:
    """What a noun's tables are called: by its name, or as the column that names its rows is."""
    named = (folded(each.titles["en"]) for each in noun.columns if each.required)
    return {folded(noun.name), *map(folded, noun.titles.values()), f"{next(named, '')}s"}


def _template(noun: Noun) -> Call:
    return take_in.call(of=noun.titles[language()])
