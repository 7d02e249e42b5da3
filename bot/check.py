"""What `salesbot check` finds out: is everything set up right, and what to do where it isn't."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable

from bot.adapters.slack import check as slack
from bot.adapters.telegram import check as telegram
from bot.finding import Finding, clock
from bot.journal_check import journal
from bot.logs import Redactor
from bot.outside.trying import tried
from bot.runtime.errands import Source
from bot.settings import Settings
from storage.clock import NowMs
from storage.engine import Database
from storage.migrate import head, revision
from storage.models import Invite, Person, Role

Now = Callable[[], datetime]

SECONDS = 10.0
"""How long the database may take to answer."""

ROOM = 200 * 1024 * 1024
"""Bytes that must be free beside an SQLite file: a backup and the log written ahead need some."""

POSTGRES = 13
SET_UP = (
    "Telegram: write /newbot to @BotFather, put what it gives into .env as TELEGRAM_BOT_TOKEN."
    " Slack: make an app from slack-manifest.yaml, as the README says, and set SLACK_BOT_TOKEN."
)
PROBE = Table("salesbot_check", MetaData(), Column("id", Integer))


async def check(
    settings: Settings,
    database: Database,
    *,
    now: Now,
    sources: Iterable[Source] = (),
    head: str = "",
) -> list[Finding]:
    """Look at everything that a running bot needs; nothing is changed.

    ``head`` is one of the journal that was printed before, to be compared.
    """
    findings = [Finding("settings", ok=True, says="can be read")]
    findings += [finding async for finding in _database(database, now, head)]
    findings += [finding async for finding in _platforms(settings, now)]
    findings += [finding async for finding in tried(sources)]
    hide = Redactor(settings.secrets()).text
    return [Finding(each.part, each.ok, hide(each.says), each.do) for each in findings]


def render(findings: list[Finding]) -> str:
    """Write the findings for a terminal."""
    width = max(len(finding.part) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{'✓' if finding.ok else '✗'} {finding.part:<{width}}  {finding.says}")
        if finding.do:
            lines.append(f"  {'':<{width}}  → {finding.do}")
    wrong = sum(not finding.ok for finding in findings)
    things = "1 thing is" if wrong == 1 else f"{wrong} things are"
    return "\n".join((*lines, "", f"{things} not right." if wrong else "Everything is right."))


async def _database(database: Database, now: Now, kept: str) -> AsyncIterator[Finding]:
    try:
        async with asyncio.timeout(SECONDS), database.engine.connect() as connection:
            await _write(connection)
        yield _room(database) if database.is_sqlite else _version(database)
        found = await revision(database)
        yield _schema(found)
        yield await _database_clock(database, now)
        if found == head():
            yield await _people(database, now())
            async for each in journal(database, kept, now()):
                yield each
    except (SQLAlchemyError, OSError) as error:
        yield Finding("database", ok=False, says=_reason(error), do=_database_help(database))


async def _write(connection: AsyncConnection) -> None:
    """See that tables can be made, and take it back."""
    await connection.execute(CreateTable(PROBE))
    await connection.rollback()


def _room(database: Database) -> Finding:
    file = Path(database.engine.url.database or "")
    free = shutil.disk_usage(file.parent).free
    megabytes = f"{free // 1024**2:,} MB are free"
    if free < ROOM:
        return Finding(
            "database",
            ok=False,
            says=f"the disk of {file} is nearly full: {megabytes}",
            do=f"Make room for {ROOM // 1024**2} MB at least, or move the file: DATABASE_URL.",
        )
    return Finding("database", ok=True, says=f"SQLite writes to {file}, {megabytes}")


def _version(database: Database) -> Finding:
    version = database.engine.dialect.server_version_info or (0,)
    name = f"PostgreSQL {'.'.join(map(str, version))}"
    if int(version[0]) < POSTGRES:
        return Finding(
            "database",
            ok=False,
            says=f"{name} is too old",
            do=f"Use PostgreSQL {POSTGRES} or newer.",
        )
    return Finding("database", ok=True, says=f"{name} can be written to")


def _schema(found: str | None) -> Finding:
    newest = head()
    if found == newest:
        return Finding("migrations", ok=True, says=f"the schema is the newest, {newest}")
    says = f"the schema is {found}, the newest is {newest}" if found else "there are no tables yet"
    return Finding("migrations", ok=False, says=says, do="salesbot migrate")


async def _database_clock(database: Database, now: Now) -> Finding:
    async with database.read() as session:
        asked = now()
        milliseconds = await session.scalar(select(NowMs()))
        answered = now()
    theirs = datetime.fromtimestamp((milliseconds or 0) / 1000, asked.tzinfo)
    return clock("the database's", theirs, asked, answered)


async def _people(database: Database, now: datetime) -> Finding:
    someone = exists().where(Person.role >= Role.HQ, Person.active)
    invited = exists().where(
        Invite.role >= Role.HQ, Invite.used_at.is_(None), Invite.expires_at > now
    )
    async with database.read() as session:
        if await session.scalar(select(or_(someone, invited))):
            return Finding("people", ok=True, says="HQ is in, or invited")
    return Finding(
        "people",
        ok=False,
        says="nobody of HQ is in, nor invited",
        do='salesbot invite --role hq --name "…"',
    )


def _reason(error: Exception) -> str:
    """The database's own words, in one line."""
    cause = getattr(error, "orig", None) or error
    words = str(cause).strip().partition("\n")[0]
    if isinstance(cause, TimeoutError):
        words = f"no answer within {SECONDS:.0f} s"
    return f"can't be used: {words.rpartition('>: ')[2] or type(cause).__name__}"


def _database_help(database: Database) -> str:
    url = database.engine.url
    if database.is_sqlite:
        return f"See that {url.database} may be written to and that nothing else holds it."
    return (
        f"See that PostgreSQL runs at {url.host or 'its socket'} and that DATABASE_URL is right."
    )


async def _platforms(settings: Settings, now: Now) -> AsyncIterator[Finding]:
    """Ask each platform that has its tokens set."""
    if settings.telegram_bot_token:
        token, api = settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
        async for found in telegram.look(token, api, settings.telegram_webhook_url, now=now):
            yield found
    if settings.slack_bot_token:
        async for found in slack.look(_slack(settings), now=now):
            yield found
    if not (settings.telegram_bot_token or settings.slack_bot_token):
        yield Finding(
            "platforms", ok=False, says="neither Telegram nor Slack is set up", do=SET_UP
        )


def _slack(settings: Settings) -> slack.App:
    bot, app = settings.slack_bot_token, settings.slack_app_token
    return slack.App(
        settings.slack_api_url,
        bot.get_secret_value() if bot else "",
        app.get_secret_value() if app else "",
        signed=settings.slack_signing_secret is not None,
    )
