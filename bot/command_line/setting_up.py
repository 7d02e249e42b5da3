"""Setting the bot up: `check`, `migrate` and `invite`."""

import argparse
import os
import secrets
import sys
from pathlib import Path

from bot import logs
from bot.adapters.telegram import Telegram
from bot.check import check, render
from bot.runtime.turn import utc_now
from bot.settings import Settings, load
from bot.sources import sources
from services import joining, people
from services.errors import ClosedUnit
from storage.engine import connect
from storage.journal import Author
from storage.migrate import is_current, migrate
from storage.models import Role
from storage.work import Work

ENV_FILE = Path(".env")


class Stop(Exception):
    """Something is in the way; the text says what to do."""


def settings_here() -> Settings:
    """The settings of the environment and of this folder."""
    return load(os.environ, ENV_FILE if ENV_FILE.exists() else None)


def configured() -> Settings:
    """Read the settings, and log as they say."""
    settings = settings_here()
    logs.configure(settings.log_level, settings.log_format, settings.secrets(), sys.stderr)
    return settings


async def run_check(options: argparse.Namespace) -> None:
    """Print what is right and what isn't; fail where something isn't."""
    settings = configured()
    database = connect(settings.database_url.get_secret_value())
    try:
        helpers = sources(settings, os.environ).values()
        findings = await check(settings, database, now=utc_now, sources=helpers, head=options.head)
    finally:
        await database.close()
    print(render(findings))  # noqa: T201 - it is what was asked for
    if not all(finding.ok for finding in findings):
        sys.exit(1)


async def run_migrate() -> None:
    """Bring the database to the newest schema."""
    database = connect(configured().database_url.get_secret_value())
    try:
        done = await migrate(database, backup_dir=Path("data/backups"), now=utc_now())
    finally:
        await database.close()
    print(done)  # noqa: T201 - it is what was asked for


async def run_invite(options: argparse.Namespace) -> None:
    """Print a code and a link that let somebody in."""
    if not options.name.strip():
        raise Stop('Who is invited? Give a name: --name "Li Na"')
    if options.role != "hq" and not options.unit.strip(" /"):
        raise Stop(f"A {options.role} belongs to a unit. Name it: --unit East/Shanghai")
    settings = configured()
    database = connect(settings.database_url.get_secret_value())
    code = joining.new_code(secrets.token_urlsafe)
    try:
        if not await is_current(database):
            raise Stop("The database is not up to date. First run: salesbot migrate")
        async with database.begin() as session:
            now = utc_now()
            work = Work(session, Author(now, None, "invite", source="terminal"))
            unit = await people.unit_at(work, options.unit)
            role = Role[options.role.upper()]
            await joining.invite(work, options.name, role, unit, code=code, now=now)
    except ClosedUnit:
        raise Stop(f"{options.unit} is closed. Name another unit, or reopen it in /org") from None
    finally:
        await database.close()
    print(f"Code for {options.name}, valid for 72 hours: {code}")  # noqa: T201 - it is what was asked for
    for way in await _ways_in(settings, code):
        print(way)  # noqa: T201 - it is what was asked for


async def _ways_in(settings: Settings, code: str) -> list[str]:
    """What the one who is invited does with the code, on each platform that is set up."""
    ways = []
    if settings.slack_bot_token:
        ways.append(f"In Slack, to Salesbot itself: /salesbot join {code}")
    if settings.telegram_bot_token or not ways:
        ways.append(f"In Telegram: {await _link(settings)}{code}")
    return ways


async def _link(settings: Settings) -> str:
    if settings.telegram_bot_token is None:
        return "/start "
    telegram = await Telegram.connect(
        settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
    )
    await telegram.close()
    return f"https://t.me/{telegram.me.username}?start="
