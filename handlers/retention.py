"""How long things are kept: HQ says so, and the night lets go of what is older."""

from datetime import datetime, time
from secrets import token_bytes

import structlog

from bot.answers import OneOf
from bot.answers.keeping import KEPT_FOR, kept_for
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.jobs import Daily, Often, job, long_job
from bot.markdown import Markdown
from bot.messages import Button, Buttons, Fields, Reply, reply
from bot.phrases import _, counted, label, marked
from handlers.undo import undo
from services import retention
from services.retention import FOREVER, RULES, Kind
from storage import calls
from storage.engine import Database
from storage.journal import Author
from storage.models import Role
from storage.work import Work

log = structlog.get_logger(__name__)
KINDS = {
    Kind.MESSAGES: marked("Messages from me"),
    Kind.UPDATES: marked("Messages to me"),
    Kind.FORMS: marked("Unfinished forms"),
    Kind.FILES: marked("Photos and files"),
    Kind.NOTES: marked("Notes of visits"),
    Kind.PEOPLE: marked("Who has left"),
    Kind.CONTACTS: marked("Contacts nobody meets"),
    Kind.AUDIT: marked("What the journal holds"),
}
WHAT = OneOf(
    KINDS,
    {
        Kind.MESSAGES: "messages sent 消息 已发消息",
        Kind.UPDATES: "updates received incoming 收到的消息",
        Kind.FORMS: "forms drafts 表单 草稿",
        Kind.FILES: "files photos attachments 文件 照片 附件",
        Kind.NOTES: "notes note visits 备注 拜访备注",
        Kind.PEOPLE: "people left leavers colleagues 离职 离职同事",
        Kind.CONTACTS: "contacts contact 联系人",
        Kind.AUDIT: "audit journal log history 日志",
    },
)
MEANS = {
    Kind.MESSAGES: marked("What I sent to people. After that nothing can be looked up in it."),
    Kind.UPDATES: marked("What people sent to me, once it is answered."),
    Kind.FORMS: marked("Forms that nobody went on with."),
    Kind.FILES: marked("Kept with visits. The visit itself stays."),
    Kind.NOTES: marked("Notes and next steps. The visit, its date and outcome stay."),
    Kind.PEOPLE: marked("Erased so long after they left, unless they still have customers."),
    Kind.CONTACTS: marked("Erased when nobody met or changed them for so long."),
    Kind.AUDIT: marked("What rows were before and after. Who did what and when stays."),
}
OFFERED = {
    Kind.MESSAGES: (7, 30, 90),
    Kind.UPDATES: (2, 7, 30),
    Kind.FORMS: (1, 7, 30),
    Kind.FILES: (365, 730, FOREVER),
    Kind.NOTES: (730, 1825, FOREVER),
    Kind.PEOPLE: (30, 365, FOREVER),
    Kind.CONTACTS: (730, 1095, FOREVER),
    Kind.AUDIT: (1095, 1825, FOREVER),
}
AT_NIGHT = 200
"""Slices of one kind in a night; what is left is for the next."""


class Keep(Form):
    """Decide how long things are kept."""

    kind: Kind | None = ask(
        marked("What is it about?"), WHAT, label=marked("Kept data"), default=None
    )
    days: int | None = ask(
        marked("How long is it kept?"),
        KEPT_FOR,
        label=marked("Keep for"),
        also="保留",
        default=None,
        hint=marked("30 days"),
    )


@command("retention", "保存期限", allow=Role.HQ, order=155)
async def keep(context: Context, form: Keep) -> Reply:
    """All kinds and how long they are kept; or one of them; or a new time for it."""
    if form.kind is None:
        return await _all(context)
    if form.days is None:
        return await _one(context, form.kind)
    await retention.keep(context.work, context.person, form.kind, form.days)
    change = context.work.author.change_id
    return reply(
        _("*{kind}*: kept {time}.", kind=label(KINDS[form.kind]), time=kept_for(form.days)),
        await _tonight(context, form.kind, form.days),
        Button(label("Undo"), undo.call(change=change)) if change else None,
        Button(label("All kinds"), keep.call(), single=False),
        edit=True,
    )


async def _all(context: Context) -> Reply:
    days = await retention.settings(context.work)
    return reply(
        Markdown(f"*{_('How long things are kept')}*"),
        Fields(tuple((_(name), kept_for(days[kind])) for kind, name in KINDS.items())),
        _("Visits, deals and customers themselves stay."),
        Buttons(
            tuple(
                Button(label(name), keep.call(kind=kind), single=False)
                for kind, name in KINDS.items()
            )
        ),
    )


async def _one(context: Context, kind: Kind) -> Reply:
    days = (await retention.settings(context.work))[kind]
    return reply(
        _("*{kind}*: kept {time}.", kind=label(KINDS[kind]), time=kept_for(days)),
        _(MEANS[kind]),
        await _tonight(context, kind, days),
        Buttons(
            tuple(
                Button(kept_for(each), keep.call(kind=kind, days=each))
                for each in OFFERED[kind]
                if each != days
            )
        ),
    )


async def _tonight(context: Context, kind: Kind, days: int) -> str | None:
    """How much goes in the night; until then the time can be changed back."""
    if days == FOREVER:
        return None
    goes = await retention.due(context.work, kind, days, context.now)
    if not goes:
        return _("Nothing is older than that.")
    return counted(
        "{count} is older and goes from tonight on, for good.",
        "{count} are older and go from tonight on, for good.",
        goes,
    )


@long_job("let-go", every=Daily(time(4, 0)))
async def let_go(database: Database, now: datetime) -> None:
    """Let go of what is older than HQ wants it, in slices that hold up nobody."""
    gone: dict[str, int] = {}
    for kind in RULES:
        for _slice in range(AT_NIGHT):
            async with database.begin() as session:
                work = Work(session, Author(now, None, "let-go", source="clock"))
                count = await retention.let_go(work, kind, randomness=token_bytes, now=now)
            if not count:
                break
            gone[kind.value] = gone.get(kind.value, 0) + count
    if gone:
        async with database.begin() as session:
            work = Work(session, Author(now, None, "let-go", source="clock"))
            for name, count in gone.items():
                await work.note(NOTES[Kind(name)], count=count)
        log.info("let_go", **gone)


NOTES = {
    Kind.MESSAGES: marked("Kept long enough and let go, messages: {count}"),
    Kind.FILES: marked("Kept long enough and let go, files: {count}"),
    Kind.NOTES: marked("Kept long enough and let go, notes of visits: {count}"),
    Kind.PEOPLE: marked("Kept long enough and erased, people: {count}"),
    Kind.CONTACTS: marked("Kept long enough and erased, contacts: {count}"),
    Kind.AUDIT: marked("Kept long enough and let go, entries of the journal: {count}"),
}


@job("forget-places", every=Often(15))
async def forget_places(work: Work, now: datetime) -> None:
    """Forget where people were: on cards that can't be pressed any more, and between the rows."""
    await calls.forget_places(work.session, now)
    work.session.info["erased"] = True
