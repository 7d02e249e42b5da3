"""The command line; the only place that puts the parts together."""

import argparse
import asyncio
import os
import secrets
import sys
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from pydantic import SecretStr
from sqlalchemy.exc import InterfaceError, OperationalError

import handlers
from bot import logs
from bot.adapters.playground.client import Playground
from bot.adapters.playground.routes import routes as playground_routes
from bot.adapters.telegram import Telegram
from bot.assembly import Parts, add_telegram, menu, run_until_stopped
from bot.check import check, render
from bot.commands import Defaults, collect
from bot.jobs import collect_jobs
from bot.runtime.adapter import NotSent, Rejected, RetryLater, Uncertain
from bot.runtime.process import Roles, until_signalled
from bot.runtime.turn import utc_now
from bot.sample import make_sample_company
from bot.settings import Settings, SettingsError, load
from bot.web import ListenError
from services import people
from storage.engine import Database, connect
from storage.exclusive import hold
from storage.journal import Author
from storage.migrate import SchemaError, is_current, migrate
from storage.models import Role
from storage.work import Work

log = structlog.get_logger(__name__)
ENV_FILE = Path(".env")
DEMO_DATABASE = Path("data/demo.db")
ROLES = {"rep": Role.REP, "manager": Role.MANAGER, "hq": Role.HQ}


class Stop(Exception):
    """Something is in the way; the text says what to do."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; what goes wrong is one clear line on standard error."""
    options = _parser().parse_args(argv)
    try:
        asyncio.run(options.command(options))
    except SettingsError as error:
        sys.exit("\n".join(("These settings can't be used:", *error.mistakes)))
    except (Stop, ListenError, Rejected, SchemaError) as error:
        sys.exit(str(error))
    except (NotSent, Uncertain, RetryLater) as error:
        sys.exit(f"Telegram can't be reached: {error}. Try again in a while.")
    except PermissionError as error:
        sys.exit(f"{error.filename} can't be written. Start salesbot in a folder of your own.")
    except (OSError, InterfaceError, OperationalError):
        sys.exit("The database can't be reached. What is wrong, and what to do: salesbot check")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="salesbot", description="A sales assistant in chat.")
    commands = parser.add_subparsers(required=True)

    def add(
        name: str, function: Callable[[argparse.Namespace], Awaitable[None]]
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=function.__doc__, description=function.__doc__)
        added.set_defaults(command=function)
        return added

    demo = add("demo", run_demo)
    demo.add_argument("--port", type=int, default=8000, help="of the page (default 8000)")
    demo.add_argument("--no-browser", action="store_true", help="don't open the page")
    run = add("run", run_bot)
    run.add_argument("--roles", type=_roles, default=Roles(), help="receive,work,deliver (all)")
    add("check", run_check)
    add("migrate", run_migrate)
    invite = add("invite", run_invite)
    invite.add_argument("--role", choices=ROLES, required=True)
    invite.add_argument("--name", required=True, help="who is invited")
    invite.add_argument("--unit", default="", help="their unit, such as East/Shanghai")
    return parser


def _roles(text: str) -> Roles:
    try:
        return Roles.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _settings() -> Settings:
    settings = load(os.environ, ENV_FILE if ENV_FILE.exists() else None)
    logs.configure(settings.log_level, settings.log_format, settings.secrets(), sys.stderr)
    return settings


def _parts(database: Database, defaults: Defaults, roles: Roles) -> Parts:
    return Parts(database, collect(handlers), collect_jobs(handlers), defaults, roles)


async def run_demo(options: argparse.Namespace) -> None:
    """Try it: a sample company and a web page with three phones; needs no token."""
    logs.configure("warning", "console", [], sys.stderr)
    database = connect(f"sqlite+aiosqlite:///{DEMO_DATABASE}")
    try:
        async with _alone(database) as alone:
            if not alone:
                raise Stop("The demo runs already; its page is still there.")
            await migrate(database, backup_dir=None, now=utc_now())
            await make_sample_company(database, now=utc_now())
            await _serve_demo(database, options.port, browser=not options.no_browser)
    finally:
        await database.close()


async def _serve_demo(database: Database, port: int, *, browser: bool) -> None:
    parts = _parts(database, Defaults("en", "Asia/Shanghai"), Roles())
    playground = Playground(database, utc_now)
    parts.add(playground)
    parts.routes += playground_routes(
        playground, parts.inbox, lambda role, language: menu(parts.book, role, language)
    )
    async with parts.running("127.0.0.1", port) as taken:
        address = f"http://127.0.0.1:{taken}"
        print(f"Salesbot is at {address} – Ctrl-C ends it.", flush=True)  # noqa: T201 - it is what was asked for
        if browser and _has_screen():
            webbrowser.open(address)
        await until_signalled()
        await playground.close()


def _has_screen() -> bool:
    return sys.platform in {"darwin", "win32"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


async def run_bot(options: argparse.Namespace) -> None:
    """Run the bot, for every platform that has its tokens set."""
    settings = _settings()
    if settings.telegram_bot_token is None:
        raise Stop("No platform is set up. Put TELEGRAM_BOT_TOKEN into .env, then: salesbot check")
    database = connect(settings.database_url.get_secret_value())
    try:
        async with _alone(database) as alone:
            if not alone:
                raise Stop(
                    "Another salesbot runs on this database. SQLite serves one process; "
                    "use PostgreSQL for several."
                )
            if not await is_current(database):
                raise Stop("The database is not up to date. First run: salesbot migrate")
            telegram = await _connected(settings.telegram_bot_token, settings.telegram_api_url)
            try:
                await _serve(settings, database, telegram, options.roles)
            finally:
                await telegram.close()
    finally:
        await database.close()


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[bool]:
    """Hold SQLite's file for this process; PostgreSQL serves any number of them."""
    if not database.is_sqlite:
        yield True
        return
    async with hold(database, "process") as held:
        yield held is not None


async def _connected(token: SecretStr, api_url: str) -> Telegram:
    """Reach Telegram, however long it takes; a token that it does not know is the end."""
    pause = 1.0
    while True:
        try:
            return await Telegram.connect(token.get_secret_value(), api_url)
        except (NotSent, Uncertain, RetryLater) as error:
            log.warning("telegram_not_reached", error=str(error), again_in=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, 60.0)


async def _serve(settings: Settings, database: Database, telegram: Telegram, roles: Roles) -> None:
    defaults = Defaults(settings.company_language, settings.company_timezone)
    parts = _parts(database, defaults, roles)
    await add_telegram(parts, settings, telegram)
    await run_until_stopped(parts, settings, parts.adapters)


async def run_check(_options: argparse.Namespace) -> None:
    """See whether everything is set up right, and what to do where it isn't."""
    settings = _settings()
    database = connect(settings.database_url.get_secret_value())
    try:
        findings = await check(settings, database, now=utc_now)
    finally:
        await database.close()
    print(render(findings))  # noqa: T201 - it is what was asked for
    if not all(finding.ok for finding in findings):
        sys.exit(1)


async def run_migrate(_options: argparse.Namespace) -> None:
    """Bring the database to the newest schema; SQLite is backed up first."""
    database = connect(_settings().database_url.get_secret_value())
    try:
        done = await migrate(database, backup_dir=Path("data/backups"), now=utc_now())
    finally:
        await database.close()
    print(done)  # noqa: T201 - it is what was asked for


async def run_invite(options: argparse.Namespace) -> None:
    """Make an invitation: how the first person gets in."""
    if not options.name.strip():
        raise Stop('Who is invited? Give a name: --name "Li Na"')
    if options.role != "hq" and not options.unit.strip(" /"):
        raise Stop(f"A {options.role} belongs to a unit. Name it: --unit East/Shanghai")
    settings = _settings()
    database = connect(settings.database_url.get_secret_value())
    code = people.new_code(secrets.token_urlsafe)
    try:
        if not await is_current(database):
            raise Stop("The database is not up to date. First run: salesbot migrate")
        async with database.begin() as session:
            now = utc_now()
            work = Work(session, Author(now, None, "invite"))
            unit = await people.unit_at(work, options.unit)
            role = ROLES[options.role]
            await people.invite(work, options.name, role, unit, code=code, now=now)
    finally:
        await database.close()
    print(f"Code for {options.name}, valid for 72 hours: {code}")  # noqa: T201 - it is what was asked for
    print(f"In Telegram: {await _link(settings)}{code}")  # noqa: T201 - it is what was asked for


async def _link(settings: Settings) -> str:
    if settings.telegram_bot_token is None:
        return "/start "
    telegram = await Telegram.connect(
        settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
    )
    await telegram.close()
    return f"https://t.me/{telegram.me.username}?start="


if __name__ == "__main__":
    main()
