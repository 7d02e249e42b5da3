import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from bot import check as module
from bot.adapters.slack.scopes import NEEDED
from bot.check import check, render
from bot.finding import Finding
from bot.outside.listening import Transcriber
from bot.runtime.errands import Source
from bot.settings import Settings, load
from bot.sources import sources
from storage.engine import Database, connect
from storage.journal import Author
from storage.migrate import head, migrate
from storage.models import Base, Invite, Person, Role, Unit
from storage.work import Work
from tests.acceptance.fakes import TOKEN
from tests.acceptance.fakes import load as stand_in

ALONE = load({}, None)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def server() -> AsyncIterator[Any]:
    async with stand_in("fake_telegram").FakeTelegram(tokens=[TOKEN]) as server:
        server.config.webhook_policy = "local"
        yield server


@pytest.fixture
async def migrated(database: Database) -> Database:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    await migrate(database, backup_dir=None, now=now())
    return database


def using(server: Any, **env: str) -> Settings:
    api = server.base_url.removesuffix("/bot")
    return load({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api, **env}, None)


async def add_hq(database: Database, row: Person | Invite) -> None:
    async with database.begin() as session:
        work = Work(session, Author(now(), None, "test"))
        await work.people.add(Unit(name="HQ"))
        await work.people.add(row)


def of(part: str, findings: list[Finding]) -> Finding:
    (found,) = [finding for finding in findings if finding.part == part]
    return found


async def looked(part: str, database: Database, settings: Settings = ALONE) -> Finding:
    return of(part, await check(settings, database, now=now))


async def test_a_machine_without_anything(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    found = await check(ALONE, database, now=now)
    assert [finding.part for finding in found if finding.ok] == ["settings", "database", "clock"]
    assert [finding.part for finding in found if not finding.ok] == ["migrations", "platforms"]
    assert of("migrations", found).do == "salesbot migrate"
    assert "@BotFather" in of("platforms", found).do
    assert "slack-manifest.yaml" in of("platforms", found).do


async def test_a_machine_that_is_ready(migrated: Database, server: Any) -> None:
    await add_hq(migrated, Person(name="Zhou", role=Role.HQ, unit_id=1))
    found = await check(using(server), migrated, now=now)
    assert all(finding.ok and not finding.do for finding in found)
    assert [finding.part for finding in found] == [
        *("settings", "database", "migrations", "clock", "people", "journal", "backup"),
        *("telegram", "updates", "clock"),
    ]
    assert of("migrations", found).says == f"the schema is the newest, {head()}"
    assert of("telegram", found).says == f"the bot is @{server.bot().info['username']}"
    assert render(found).endswith("\n\nEverything is right.")


async def test_slack_alone_is_enough(migrated: Database) -> None:
    await add_hq(migrated, Person(name="Zhou", role=Role.HQ, unit_id=1))
    async with stand_in("fake_slack").FakeSlack() as slack:
        slack.config.scopes = [*NEEDED]
        env = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_API_URL": slack.base_url}
        by_socket = load({**env, "SLACK_APP_TOKEN": "xapp-test"}, None)
        found = await check(by_socket, migrated, now=now)
        assert all(finding.ok for finding in found)
        assert [finding.part for finding in found][7:] == ["slack", "scopes", "events", "clock"]
        by_http = load({**env, "SLACK_SIGNING_SECRET": "test-signing-secret"}, None)
        found = await check(by_http, migrated, now=now)
        assert "HTTP" in of("events", found).says
        both = load(
            {**env, "SLACK_APP_TOKEN": "xapp-nobody", "SLACK_SIGNING_SECRET": "secret-1"}, None
        )
        found = await check(both, migrated, now=now)
        assert [finding.part for finding in found if not finding.ok] == ["events"]


async def test_both_platforms_are_asked(database: Database, server: Any) -> None:
    env = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-test"}
    settings = using(server, **env, SLACK_API_URL="http://127.0.0.1:1")
    found = await check(settings, database, now=now)
    assert of("telegram", found).ok
    assert not of("slack", found).ok


async def test_nothing_is_changed(migrated: Database) -> None:
    await check(ALONE, migrated, now=now)
    async with migrated.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert module.PROBE.name not in names


async def test_an_old_schema(migrated: Database) -> None:
    async with migrated.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    found = await check(ALONE, migrated, now=now)
    assert of("migrations", found).says == f"the schema is 0001, the newest is {head()}"
    assert of("migrations", found).do == "salesbot migrate"
    assert "people" not in [finding.part for finding in found]


async def test_nobody_is_in(migrated: Database) -> None:
    found = await looked("people", migrated)
    assert not found.ok
    assert found.do.startswith("salesbot invite --role hq")


def invited(days: int) -> Invite:
    expires = now() + timedelta(days=days)
    return Invite(code_hash="hash", name="Zhou", role=Role.HQ, unit_id=1, expires_at=expires)


@pytest.mark.parametrize(
    ("row", "ok"),
    [
        (lambda: Person(name="Zhou", role=Role.HQ, unit_id=1, active=False), False),
        (lambda: Person(name="Zhou", role=Role.MANAGER, unit_id=1), False),
        (lambda: invited(days=-1), False),
        (lambda: invited(days=1), True),
    ],
    ids=["has left", "a manager", "an old invitation", "an open invitation"],
)
async def test_who_counts_as_hq(migrated: Database, row: Any, *, ok: bool) -> None:
    await add_hq(migrated, row())
    assert (await looked("people", migrated)).ok == ok


async def test_a_clock_that_is_wrong(migrated: Database) -> None:
    found = await check(ALONE, migrated, now=lambda: now() + timedelta(seconds=90))
    assert of("clock", found).says == "this machine's clock is 90 s ahead of the database's"
    found = await check(ALONE, migrated, now=lambda: now() - timedelta(seconds=90))
    assert of("clock", found).says == "this machine's clock is 90 s behind the database's"
    assert "timedatectl" in of("clock", found).do


async def test_a_file_that_is_read_only(tmp_path: Path) -> None:
    file = tmp_path / "sales.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE a (b)")
    database = connect(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")
    found = await check(ALONE, database, now=now)
    await database.close()
    assert not of("database", found).ok
    assert "readonly" in of("database", found).says
    assert [finding.part for finding in found] == ["settings", "database", "platforms"]


async def test_a_file_that_something_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.PRAGMAS", ("PRAGMA busy_timeout=300",))
    database = connect(f"sqlite+aiosqlite:///{tmp_path / 'sales.db'}")
    with closing(sqlite3.connect(tmp_path / "sales.db", isolation_level=None)) as holder:
        holder.execute("PRAGMA journal_mode=WAL")
        holder.execute("BEGIN IMMEDIATE")
        found = await looked("database", database)
    await database.close()
    assert found.says == "can't be used: database is locked"
    assert "nothing else holds it" in found.do


async def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=5 * 1024**2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    database = connect(f"sqlite+aiosqlite:///{tmp_path / 'sales.db'}")
    found = await looked("database", database)
    await database.close()
    assert not found.ok
    assert "nearly full: 5 MB are free" in found.says


async def test_a_server_that_is_not_there() -> None:
    settings = load({"DATABASE_URL": "postgresql://bot:hunter22@127.0.0.1:1/sales"}, None)
    database = connect(settings.database_url.get_secret_value())
    found = await check(settings, database, now=now)
    await database.close()
    assert "Connect call failed" in of("database", found).says
    assert "PostgreSQL runs at 127.0.0.1" in of("database", found).do
    assert "hunter22" not in render(found)


async def test_a_server_that_is_too_old(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    database = connect(f"sqlite+aiosqlite:///{tmp_path / 'sales.db'}")
    monkeypatch.setattr(database.engine.dialect, "server_version_info", (12, 9))
    assert module._version(database).says == "PostgreSQL 12.9 is too old"
    await database.close()


def test_what_the_terminal_shows() -> None:
    fine = Finding("database", ok=True, says="can be written to")
    wrong = Finding("people", ok=False, says="nobody is in", do="salesbot invite")
    assert render([fine, wrong]) == (
        "✓ database  can be written to\n"
        "✗ people    nobody is in\n"
        "            → salesbot invite\n"
        "\n"
        "1 thing is not right."
    )


def helping(server: Any, tmp_path: Path, program: str, **more: str) -> list[Source]:
    script = tmp_path / "listens.py"
    script.write_text(program)
    command = f"{sys.executable} {script}"
    return list(sources(using(server, TRANSCRIBE_COMMAND=command, **more), os.environ).values())


async def test_a_program_that_listens_is_tried(
    migrated: Database, server: Any, tmp_path: Path
) -> None:
    program = "import sys, wave; print(wave.open(sys.stdin.buffer).getnframes())"
    helpers = helping(server, tmp_path, program)
    found = await check(using(server), migrated, now=now, sources=helpers)
    assert of("voice notes", found).ok
    assert "a second of silence" in of("voice notes", found).says


async def test_a_program_that_does_not_listen(
    migrated: Database, server: Any, tmp_path: Path
) -> None:
    helpers = helping(server, tmp_path, "raise SystemExit(3)")
    found = of("voice notes", await check(using(server), migrated, now=now, sources=helpers))
    assert not found.ok
    assert found.says.endswith("the program ended with 3")
    assert "TRANSCRIBE_COMMAND" in found.do


async def test_a_model_that_is_not_there(migrated: Database, server: Any) -> None:
    env = {"LLM_URL": "http://127.0.0.1:9", "LLM_MODEL": "small", "LLM_KEY": "hunter22"}
    helpers = sources(using(server, **env), {}).values()
    found = of("model", await check(using(server), migrated, now=now, sources=helpers))
    assert not found.ok
    assert found.says.startswith("small at 127.0.0.1:9: ")
    assert "LLM_URL" in found.do


async def test_nobody_helps_when_nobody_is_set(server: Any) -> None:
    assert sources(using(server), os.environ) == {}


async def test_a_program_learns_none_of_our_secrets(server: Any) -> None:
    settings = using(server, TRANSCRIBE_COMMAND="listen")
    [program] = sources(settings, {"PATH": "/bin", "TELEGRAM_BOT_TOKEN": TOKEN}).values()
    assert isinstance(program, Transcriber)
    assert program.environment == {"PATH": "/bin"}
