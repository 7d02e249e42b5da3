"""Running the bot: `demo` and `run`."""

import argparse
import os
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

from bot import logs
from bot.adapters.playground.client import Playground
from bot.adapters.playground.routes import routes as playground_routes
from bot.assembly import Parts, menu, run_until_stopped
from bot.command_line.platforms import joined, platforms
from bot.command_line.setting_up import Stop, configured, settings_here
from bot.commands import Defaults, collect
from bot.jobs import collect_jobs
from bot.runtime.errands import Source
from bot.runtime.process import Roles, until_signalled
from bot.runtime.turn import utc_now
from bot.sample import make_sample_company
from bot.settings import SettingsError
from bot.sources import sources
from storage.engine import Database, connect
from storage.exclusive import hold
from storage.migrate import is_current, migrate

DEMO_DATABASE = Path("data/demo.db")


def _parts(
    handlers: ModuleType,
    database: Database,
    defaults: Defaults,
    roles: Roles,
    helpers: dict[str, Source],
) -> Parts:
    book, jobs = collect(handlers), collect_jobs(handlers)
    return Parts(database, book, jobs, defaults, roles, sources=helpers)


async def run_demo(options: argparse.Namespace, handlers: ModuleType) -> None:
    """Serve a sample company on a page, until it is stopped."""
    logs.configure("warning", "console", [], sys.stderr)
    database = connect(f"sqlite+aiosqlite:///{DEMO_DATABASE}")
    try:
        async with _alone(database) as alone:
            if not alone:
                raise Stop("The demo runs already; its page is still there.")
            await migrate(database, backup_dir=None, now=utc_now())
            await make_sample_company(database, now=utc_now())
            defaults = Defaults("en", "Asia/Shanghai")
            parts = _parts(handlers, database, defaults, Roles(), _demo_helpers())
            await _serve_demo(parts, options.port, browser=not options.no_browser)
    finally:
        await database.close()


def _demo_helpers() -> dict[str, Source]:
    """What listens and helps, where settings name it; the demo needs none that are right."""
    try:
        return sources(settings_here(), os.environ)
    except SettingsError:
        return {}


async def _serve_demo(parts: Parts, port: int, *, browser: bool) -> None:
    playground = Playground(parts.database, utc_now)
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


async def run_bot(options: argparse.Namespace, handlers: ModuleType) -> None:
    """Serve every platform that has its tokens set, until it is stopped."""
    try:
        roles = Roles.parse(options.roles)
    except ValueError as error:
        raise Stop(f"--roles {options.roles}: {error}") from None
    settings = configured()
    if settings.telegram_bot_token is None and settings.slack_bot_token is None:
        raise Stop(
            "No platform is set up. Put TELEGRAM_BOT_TOKEN or SLACK_BOT_TOKEN into .env, "
            "then: salesbot check"
        )
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
            defaults = Defaults(
                settings.company_language,
                settings.company_timezone,
                settings.company_currency,
                settings.fiscal_year_start,
                settings.company_country,
            )
            parts = _parts(handlers, database, defaults, roles, sources(settings, os.environ))
            async with joined(parts, list(platforms(parts, settings))):
                await run_until_stopped(parts, settings, parts.adapters)
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
