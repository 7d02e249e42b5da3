"""The audit: who did what, when, and where from. Looking at it is noted in it."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answers import ACCOUNT, DAYS, NUMBER, OneOf
from bot.answers.people import PersonKind
from bot.commands import Context, command
from bot.forms import Form, Option, ask
from bot.markdown import Markdown, join, plain
from bot.messages import Button, Buttons, Call, File, Reply, reply
from bot.phrases import _, counted, label, marked
from handlers import journal_words as words
from services import audit
from services.audit import About, Asked, Deed, Known, Page
from services.tables.table import Cell
from services.tables.writing import listed
from services.understanding.facts import Period
from storage.models import Account, Change, Person, Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANYBODY = PersonKind(anybody=True, gone=True)
BREATH = 50
"""Rows between two breaths of the event loop."""
ABOUT = OneOf(
    {
        About.CUSTOMERS: marked("Customers"),
        About.VISITS: marked("Visits"),
        About.DEALS: marked("Deals"),
        About.REMINDERS: marked("To-dos"),
        About.CLAIMS: marked("Claims"),
        About.COMPANY: marked("Company"),
        About.NOTED: marked("Exports, refusals and the like"),
    },
    {
        About.CUSTOMERS: "customers accounts account contacts contact 客户 联系人",
        About.VISITS: "visits visit calls 拜访 活动",
        About.DEALS: "deals deal 商机",
        About.REMINDERS: "reminders todos todo 提醒 待办",
        About.CLAIMS: "claims claim 申领 认领",
        About.COMPANY: "company people roles units invitations 公司 人员 组织 角色 邀请",
        About.NOTED: "notes exports backups refusals refused 导出 备份 被拒",
    },
)
LOOKED = marked("Looked at the audit")
TAKEN = marked("Took {count} changes of the audit along as a file")
NOTED_ELSEWHERE = (
    marked("Backed up to {file}"),
    marked("Restored the backup of {made_at}"),
    marked("Merged {other} into {account}."),
)
"""What is noted where nothing is translated."""


class Narrowed(Form):
    """See who did what, when and from where."""

    person: Person | None = ask(
        marked("Whose doings?"), ANYBODY, label=marked("Colleague"), default=None
    )
    period: Period | None = ask(
        marked("Over which time?"), DAYS, label=marked("Period"), default=None
    )
    about: About | None = ask(marked("About what?"), ABOUT, label=marked("About"), default=None)
    account: Account | None = ask(
        marked("About which customer?"), ACCOUNT, label=marked("Account"), default=None
    )

    @property
    def asked(self) -> Asked:
        return Asked(self.person, self.period, self.about, self.account)


class Audit(Narrowed):
    """See who did what, when and from where."""

    before: int | None = ask(
        marked("Which change?"),
        NUMBER,
        label=marked("Change"),
        default=None,
        loose=False,
        asked=False,
    )


@command(
    "audit",
    "审计",
    allow=Role.HQ,
    order=145,
    examples=(marked("/audit"), marked("/audit last week"), marked("/audit account: {account}")),
)
async def show_audit(context: Context, form: Audit) -> Reply:
    """The newest changes first, a page at a time."""
    asked = replace(form.asked, before=form.before)
    page = await audit.look(context.work, context.person, asked, zone=context.zone)
    await _note_look(context)
    if not page.deeds:
        return _empty(form)
    shown = [_line(context, page.known, n, each) for n, each in enumerate(page.deeds, 1)]
    opens = [
        Button(str(n), show_change.call(change=each.change.id), single=False)
        for n, each in enumerate(page.deeds, 1)
    ]
    older = replace(asked, before=page.deeds[-1].change.id)
    return reply(
        Markdown(f"*{_('Audit')}*"),
        *(line for lines in shown for line in lines),
        _("A number shows all of it."),
        *opens,
        Button(label("More ›"), Call(show_audit.name, _answers(older)), single=False)
        if page.more
        else None,
        *_others(asked),
        edit=True,
    )


async def _note_look(context: Context) -> None:
    """Who reads the audit is read in it."""
    if await audit.is_news(context.work, context.person.id, audit.LOOKED, context.now):
        context.work.author.command = audit.LOOKED
        await context.work.note(LOOKED)


def _empty(form: Audit) -> Reply:
    """Nothing was done, or nothing that was asked for."""
    nothing = _("Nothing was done that fits. Ask for a longer time, or for everything.")
    return reply(nothing, *_others(form.asked), edit=True)


def _others(asked: Asked) -> Iterator[Button]:
    narrowed = _answers(replace(asked, before=None))
    yield Button(label("Pick"), Call(pick.name, narrowed), single=False)
    if narrowed:
        yield Button(label("Everything"), show_audit.call(), single=False)
    yield Button(label("As a file"), Call(take_audit.name, narrowed), single=False)


def _answers(asked: Asked) -> Mapping[str, str]:
    """What is looked for, as a button keeps it."""
    return show_audit.call(
        person=asked.person,
        period=asked.period,
        about=asked.about,
        account=asked.account,
        before=asked.before,
    ).answers


class AuditPick(Narrowed):
    """Narrow the audit down."""


@command("auditpick", allow=Role.HQ)
async def pick(context: Context, form: AuditPick) -> Reply:
    """A button for each time, person and thing that is likely."""
    kept = _answers(form.asked)

    def row(name: str, options: Sequence[Option]) -> Buttons:
        calls = (Call(show_audit.name, {**kept, name: each.value}) for each in options)
        pairs = zip(options, calls, strict=True)
        return Buttons(tuple(Button(each.label, call, single=False) for each, call in pairs))

    return reply(
        _("When?"),
        row("period", await DAYS.likely(context.asking)),
        _("Who?"),
        row("person", await ANYBODY.likely(context.asking)),
        _("About what?"),
        row("about", ABOUT.options()),
        _("Or in one line: /audit Ana, last week, account: Acme"),
        edit=True,
    )


def _line(context: Context, known: Known, number: int, deed: Deed) -> list[Markdown]:
    """One change: when, who and where from, then what."""
    head = join(" · ", _head(context, known, deed.change))
    said = list(words.briefly(context, known, deed))
    return [Markdown(f"{number}. *{head}*"), *(Markdown(f"– {each}") for each in said)]


def _head(context: Context, known: Known, change: Change) -> list[str]:
    """When, who, and where from."""
    who = [known.name("people", change.author_id)] if change.author_id else []
    where = [words.source(change.source)] if change.source else []
    return [context.when(change.at), *who, *where]


class AuditedChange(Form):
    """See all that one change did, before and after."""

    change: int | None = ask(
        marked("Which change?"), NUMBER, label=marked("Change"), default=None, loose=False
    )
    after: int = ask(
        marked("Which page?"), NUMBER, label=marked("Page"), default=0, loose=False, asked=False
    )


@command("change", allow=Role.HQ)
async def show_change(context: Context, form: AuditedChange) -> Reply:
    """Every row of a change, field by field."""
    if form.change is None:
        return reply(_("Press a number in /audit to see that change."))
    page = await audit.details(context.work, context.person, form.change, form.after)
    await _note_look(context)
    [deed] = page.deeds
    return reply(
        *_details(context, page, deed),
        Button(
            label("More ›"),
            show_change.call(change=form.change, after=page.last),
            single=False,
        )
        if page.more
        else None,
        Button(label("Audit"), show_audit.call(), single=False),
        edit=form.after > 0,
    )


def _details(context: Context, page: Page, deed: Deed) -> Iterator[Markdown]:
    change = deed.change
    yield Markdown(f"*{_('Change {number}', number=change.id)}*")
    command_ = [f"/{change.command}"] if change.command in context.book.by_word else []
    at = context.spelled(change.at)
    yield join(" · ", [at, *_head(context, page.known, change)[1:], *command_])
    yield from words.notes(deed)
    if change.undoes_id:
        yield _("took back change {number}", number=change.undoes_id)
    for row in deed.rows:
        yield Markdown(f"*{words.named(words.did(row), words.subject(page.known, row))}*")
        yield from (Markdown(f"– {each}") for each in words.columns(context, page.known, row))


class AuditFile(Narrowed):
    """Take the audit along as a file."""


@command("auditfile", allow=Role.HQ)
async def take_audit(context: Context, form: AuditFile) -> Reply:
    """A row of a spreadsheet for each field that was changed."""
    found = await audit.everything(context.work, context.person, form.asked, zone=context.zone)
    rows: list[Sequence[Cell]] = []
    count = 0
    async for deed, known in audit.deeds(context.work, found):
        count += 1
        for row in _rows(context, known, deed):
            rows.append(row)
            if len(rows) % BREATH == 0:
                await asyncio.sleep(0)
    await context.work.note(TAKEN, count=count)
    content = await asyncio.to_thread(listed, _headings(), rows, label("Audit"))
    said = counted("{count} change, newest first.", "{count} changes, newest first.", count)
    more = _("There are more than fit into one file: ask for a shorter time.")
    return reply(
        said,
        more if count < len(found) or count == audit.MOST else None,
        File(f"{label('Audit')}.xlsx", XLSX, content=content),
    )


def _headings() -> list[str]:
    heads = (_("Change"), _("When"), _("Who"), _("Where from"), _("What"), _("About"), _("Field"))
    return [plain(each) for each in (*heads, _("Before"), _("After"))]


def _rows(context: Context, known: Known, deed: Deed) -> Iterator[tuple[Cell, ...]]:
    """What a change did, field by field; what it noted first."""
    change = deed.change
    at = f"{change.at.astimezone(context.zone):%Y-%m-%d %H:%M:%S}"
    who = known.name("people", change.author_id)
    head = (change.id, at, who, plain(words.source(change.source)))
    for each in words.notes(deed):
        yield (*head, plain(each))
    for row in deed.rows:
        about = (*head, plain(words.did(row)), words.subject(known, row))
        fields = list(words.differences(context, known, row))
        for name, was, now in fields:
            yield (*about, plain(name), plain(was), plain(now))
        if not fields:
            yield about
