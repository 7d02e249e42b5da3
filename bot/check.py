"""What `salesbot check` finds out: is everything set up right, and what to do where it isn't."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from sqlalchemy import Column, Integer, MetaData, Table, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.adapters.telegram.wire import READ, Wire, described
from bot.finding import Finding
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
"""How long the database or a platform may take to answer."""

CLOCK_SECONDS = 5.0
ROOM = 200 * 1024 * 1024
"""Bytes that must be free beside an SQLite file: a backup and the log written ahead need some."""

POSTGRES = 13
RECENT = timedelta(hours=1)
PROBE = Table("salesbot_check", MetaData(), Column("id", Integer))


async def check(
    settings: Settings, database: Database, *, now: Now, sources: Iterable[Source] = ()
) -> list[Finding]:
    """Look at everything that a running bot needs; nothing is changed."""
    findings = [Finding("settings", ok=True, says="can be read")]
    findings += [finding async for finding in _database(database, now)]
    findings += [finding async for finding in _telegram(settings, now)]
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


async def _database(database: Database, now: Now) -> AsyncIterator[Finding]:
    try:
        async with asyncio.timeout(SECONDS), database.engine.connect() as connection:
            await _write(connection)
        yield _room(database) if database.is_sqlite else _version(database)
        found = await revision(database)
        yield _schema(found)
        yield await _database_clock(database, now)
        if found == head():
            yield await _people(database, now())
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
    return _clock("the database's", theirs, asked, answered)


def _clock(whose: str, theirs: datetime, asked: datetime, answered: datetime) -> Finding:
    """Compare with a clock that was read some time between two readings of ours."""
    ahead = max((asked - theirs).total_seconds(), 0) or min((answered - theirs).total_seconds(), 0)
    if abs(ahead) <= CLOCK_SECONDS:
        return Finding("clock", ok=True, says=f"agrees with {whose}")
    way = "ahead of" if ahead > 0 else "behind"
    return Finding(
        "clock",
        ok=False,
        says=f"this machine's clock is {abs(ahead):.0f} s {way} {whose}",
        do="Set the clocks by a time server (timedatectl set-ntp true) on both machines.",
    )


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


async def _telegram(settings: Settings, now: Now) -> AsyncIterator[Finding]:
    if settings.telegram_bot_token is None:
        yield Finding(
            "telegram",
            ok=False,
            says="no token is set",
            do="Write /newbot to @BotFather; put what it gives into .env as TELEGRAM_BOT_TOKEN.",
        )
        return
    dates: list[tuple[datetime, datetime]] = []

    async def keep_date(response: httpx.Response) -> None:
        if "date" in response.headers:
            dates.append((parsedate_to_datetime(response.headers["date"]), now()))

    request = Wire(read_timeout=READ, httpx_kwargs={"event_hooks": {"response": [keep_date]}})
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        request=request,
        get_updates_request=request,
    )
    try:
        async for finding in _asked(bot, settings, now):
            yield finding
    finally:
        await request.shutdown()
    for theirs, ours in dates[-1:]:
        # The header has whole seconds, rounded down.
        yield _clock("Telegram's", theirs, ours - timedelta(seconds=1), ours)


async def _asked(bot: Bot, settings: Settings, now: Now) -> AsyncIterator[Finding]:
    host = urlsplit(settings.telegram_api_url).netloc
    try:
        async with asyncio.timeout(SECONDS):
            me = await bot.get_me()
            webhook = await bot.get_webhook_info()
    except InvalidToken:
        yield Finding(
            "telegram",
            ok=False,
            says="Telegram does not know this token",
            do="Copy it again from @BotFather (/mybots, API Token) into TELEGRAM_BOT_TOKEN.",
        )
    except (TelegramError, TimeoutError) as error:
        yield Finding(
            "telegram",
            ok=False,
            says=f"{host} does not answer as it should: {described(error)}",
            do=f"See that this machine reaches {host}, through HTTPS_PROXY where there is one;"
            " TELEGRAM_API_URL names another server.",
        )
    else:
        yield Finding("telegram", ok=True, says=f"the bot is @{me.username}")
        yield _webhook(settings.telegram_webhook_url, webhook, now())


def _webhook(wanted: str | None, found: WebhookInfo, now: datetime) -> Finding:
    waiting = f"{found.pending_update_count} updates wait"
    ours = bool(wanted) and f"{found.url}/".startswith(f"{(wanted or '').rstrip('/')}/")
    if found.url and not ours:
        return Finding(
            "updates",
            ok=False,
            says=f"go to a webhook that is not this bot's, at {urlsplit(found.url).netloc}",
            do="salesbot run takes them over; stop the other bot, or give this one its own token.",
        )
    if wanted and not found.url:
        return Finding("updates", ok=True, says="salesbot run will set the webhook")
    if not wanted:
        return Finding("updates", ok=True, says=f"are asked for (no webhook is set); {waiting}")
    failed = found.last_error_date
    if found.last_error_message and failed and failed > now - RECENT:
        return Finding(
            "updates",
            ok=False,
            says=f"Telegram could not deliver at {failed:%H:%M} UTC:"
            f" {found.last_error_message}; {waiting}",
            do="See that salesbot run is up and TELEGRAM_WEBHOOK_URL leads to its HTTP_PORT.",
        )
    return Finding("updates", ok=True, says=f"come by webhook; {waiting}")
