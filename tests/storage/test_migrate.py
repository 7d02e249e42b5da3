import asyncio
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from storage import migrate as module
from storage.engine import Database, connect
from storage.journal import Author, sign
from storage.migrate import SchemaError, configuration, head, is_current, migrate, revision
from storage.migrations.__main__ import write
from storage.models import Account, AccountKey, Base, Person, Role, Unit

NEWEST = head()

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
POSTGRES = os.environ.get("TEST_POSTGRES_URL")


def add_revision(migrations: Path, *steps: str) -> None:
    """A next revision that does so."""
    body = "\n    ".join(steps)
    (migrations / "versions" / "9999_later.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = {head()!r}\n\n\ndef upgrade():\n    {body}\n"
    )


async def update(database: Database, backup_dir: Path | None = None) -> module.Migrated:
    return await migrate(database, backup_dir=backup_dir, now=NOW)


async def ask(database: Database, function: Any, *args: Any) -> Any:
    async with database.engine.connect() as connection:
        return await connection.run_sync(function, *args)


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def schema(connection: Connection) -> list[str]:
    """The whole schema as the database itself words it, in no order of columns.

    SQLite puts a table's name in quotes when it was made anew to be altered.
    """
    ours = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"
    if connection.dialect.name == "postgresql":
        ours = """
            SELECT indexdef FROM pg_indexes
                WHERE schemaname = current_schema AND tablename != 'alembic_version'
            UNION SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable,
                column_default) FROM information_schema.columns
                WHERE table_schema = current_schema AND table_name != 'alembic_version'
            UNION SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
                FROM pg_constraint WHERE connamespace = current_schema::regnamespace
                AND conrelid::regclass::text != 'alembic_version'"""
    words = (" ".join(row.split()).removesuffix(" )") for row in connection.scalars(text(ours)))
    rows = (re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", row) for row in words)
    return sorted(",".join(sorted(re.split(r", |(?<=[a-z]) \( ", row))) for row in rows)


async def add_company(database: Database) -> None:
    async with database.begin() as session:
        sign(session.sync_session, Author(NOW, None, "test"))
        unit = Unit(name="HQ")
        session.add(unit)
        await session.flush()
        person = Person(name="Ana", role=Role.REP, unit_id=unit.id)
        session.add(person)
        await session.flush()
        account = Account(name="Acme", owner_id=person.id, unit_id=unit.id)
        session.add(account)
        await session.flush()
        session.add(AccountKey(account_id=account.id, key="acme"))


async def test_an_empty_database_gets_the_newest_schema(bare: Database) -> None:
    assert await revision(bare) is None
    assert not await is_current(bare)
    done = await update(bare)
    assert (done.before, done.after, done.backup, done.changed) == (None, head(), None, True)
    assert await revision(bare) == head()
    assert await is_current(bare)
    assert await ask(bare, tables) == set(Base.metadata.tables)


async def test_the_migrations_make_what_the_models_say(bare: Database) -> None:
    await update(bare)

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))

    assert await ask(bare, differences) == []
    migrated = await ask(bare, schema)
    async with bare.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    assert migrated == await ask(bare, schema)


async def test_there_is_a_way_back(bare: Database) -> None:
    await update(bare)
    async with bare.engine.begin() as connection:
        await connection.run_sync(
            lambda sync: command.downgrade(configuration(sync), "base"),
        )
    assert await ask(bare, tables) == set()
    assert await revision(bare) is None
    await update(bare)
    assert await is_current(bare)


def _move(connection: Connection, move: Any, to: str) -> None:
    move(configuration(connection), to)


async def test_pages_come_and_go_and_nothing_else_with_them(bare: Database) -> None:
    await update(bare)
    await add_company(bare)
    page = text(
        'INSERT INTO pages (person_id, "window", platform, bot, chat)'
        " VALUES (1, 'home:U1', 'slack', 'T1', 'U1')"
    )
    for step in ("0006", "0007", "0006", "0007"):
        move = command.downgrade if step == "0006" else command.upgrade
        async with bare.engine.connect() as connection, module.alone(connection):
            await connection.run_sync(_move, move, step)
        assert ("pages" in await ask(bare, tables)) is (step == "0007")
    async with bare.engine.begin() as connection:
        await connection.execute(page)
    with pytest.raises(IntegrityError):
        async with bare.engine.begin() as connection:
            await connection.execute(page)
    async with bare.read() as session:
        assert await session.scalar(text("SELECT name FROM accounts")) == "Acme"


async def test_what_is_current_is_left_alone(bare: Database, tmp_path: Path) -> None:
    await update(bare)
    done = await update(bare, tmp_path / "backups")
    assert (done.changed, done.backup) == (False, None)
    assert not (tmp_path / "backups").exists()


async def test_altering_a_table_keeps_what_refers_to_it(bare: Database, migrations: Path) -> None:
    await update(bare)
    await add_company(bare)
    add_revision(
        migrations,
        "with op.batch_alter_table('accounts') as batch:",
        "    batch.alter_column('city', existing_type=sa.String(), nullable=True)",
        "    batch.add_column(sa.Column('site', sa.String(), nullable=True))",
    )
    done = await update(bare)
    assert (done.before, done.after) == (NEWEST, "9999")
    async with bare.read() as session:
        keys = "SELECT name, site, key FROM accounts JOIN account_keys ON account_id = accounts.id"
        assert (await session.execute(text(keys))).all() == [("Acme", None, "acme")]
        if bare.is_sqlite:
            assert await session.scalar(text("PRAGMA foreign_keys")) == 1


async def test_rows_that_would_refer_to_nothing_stop_it(
    bare_file: Database, migrations: Path
) -> None:
    await update(bare_file)
    await add_company(bare_file)
    add_revision(migrations, "op.execute('DELETE FROM accounts')")
    with pytest.raises(SchemaError, match="1 rows of account_keys would refer to nothing"):
        await update(bare_file)
    assert await revision(bare_file) == NEWEST
    async with bare_file.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM accounts")) == 1
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1


async def test_a_failing_migration_changes_nothing(bare: Database, migrations: Path) -> None:
    await update(bare)
    add_revision(
        migrations,
        "op.create_table('half', sa.Column('id', sa.Integer(), primary_key=True))",
        "op.drop_table('drafts')",
        "raise RuntimeError('no')",
    )
    with pytest.raises(RuntimeError, match="no"):
        await update(bare)
    assert await ask(bare, tables) == set(Base.metadata.tables)
    assert await revision(bare) == NEWEST


async def test_an_sqlite_file_is_copied_first(
    bare_file: Database, migrations: Path, tmp_path: Path
) -> None:
    await update(bare_file)
    await add_company(bare_file)
    (tmp_path / "sales.db").chmod(0o600)
    add_revision(migrations, "op.execute('UPDATE accounts SET name = 0')")
    done = await update(bare_file, tmp_path / "backups")
    backup = tmp_path / "backups" / f"sales-{NEWEST}-20240506T070809Z.db"
    assert done.backup == backup
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    assert backup.stat().st_mode & 0o777 == 0o600
    await bare_file.close()
    restored = connect(f"sqlite+aiosqlite:///{shutil.copy(backup, tmp_path / 'restored.db')}")
    assert await revision(restored) == NEWEST
    async with restored.read() as session:
        assert await session.scalar(text("SELECT name FROM accounts")) == "Acme"
    await restored.close()


@pytest.mark.parametrize("left", [1, 0])
async def test_a_number_that_was_given_is_never_given_again(
    bare_file: Database, migrations: Path, left: int
) -> None:
    await update(bare_file)
    add = text("INSERT INTO units (name, path) VALUES (:name, :name)")
    async with bare_file.engine.begin() as connection:
        for name in ("one", "two", "three"):
            await connection.execute(add, {"name": name})
        await connection.execute(text("DELETE FROM units WHERE id > :left"), {"left": left})
    add_revision(
        migrations,
        "options = {'sqlite_autoincrement': True}",
        "batch = op.batch_alter_table('units', recreate='always', table_kwargs=options)",
        "with batch as table:",
        "    table.add_column(sa.Column('hint', sa.String(), nullable=True))",
    )
    await update(bare_file)
    async with bare_file.engine.begin() as connection:
        await connection.execute(add, {"name": "four"})
        assert await connection.scalar(text("SELECT max(id) FROM units")) == 4


async def test_without_a_copy_nothing_is_migrated(
    bare_file: Database, migrations: Path, tmp_path: Path
) -> None:
    await update(bare_file)
    add_revision(migrations, "op.drop_table('drafts')")
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(FileExistsError):
        await update(bare_file, tmp_path / "backups")
    assert await revision(bare_file) == NEWEST


async def test_a_schema_of_the_future_is_refused(bare: Database) -> None:
    await update(bare)
    async with bare.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="a newer Salesbot made; update Salesbot"):
        await update(bare)
    assert not await is_current(bare)


async def test_tables_that_no_migration_made_are_refused(bare: Database) -> None:
    async with bare.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    with pytest.raises(SchemaError, match="no migration made"):
        await update(bare)


async def test_many_at_once_are_one_after_another(bare_url: str) -> None:
    databases = [connect(bare_url) for _ in range(5)]
    try:
        done = await asyncio.gather(*(update(database) for database in databases))
    finally:
        for database in databases:
            await database.close()
    assert sorted(each.changed for each in done) == [False] * 4 + [True]


KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from sqlalchemy import event
from storage.engine import connect
from storage.migrate import migrate

seen = 0

def kill(connection, cursor, statement, *_):
    global seen
    seen += statement.startswith(("CREATE", "\\nCREATE", "UPDATE", "INSERT"))
    if seen == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = connect(sys.argv[1])
    event.listen(database.engine.sync_engine, "after_cursor_execute", kill)
    await migrate(database, backup_dir=None, now=datetime.now(UTC))
    await database.close()

asyncio.run(main())
"""


@pytest.mark.parametrize("statement", [1, 7, 40])
async def test_a_kill_in_the_middle_leaves_the_old_schema(
    bare_url: str, bare: Database, statement: int
) -> None:
    run = [sys.executable, "-c", KILLED, bare_url, str(statement)]
    killed = await asyncio.to_thread(subprocess.run, run, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert await ask(bare, tables) == set()
    await update(bare)
    assert await is_current(bare)


async def test_a_damaged_file_is_not_copied_over_a_good_one(tmp_path: Path) -> None:
    source, target = tmp_path / "sales.db", tmp_path / "copy.db"
    with closing(sqlite3.connect(source)) as file:
        file.execute("CREATE TABLE a (b)")
        file.executemany("INSERT INTO a VALUES (?)", [("x" * 500,)] * 500)
        file.commit()
    damaged = bytearray(source.read_bytes())
    damaged[8192:12288] = b"\xff" * 4096
    source.write_bytes(damaged)
    with pytest.raises((SchemaError, sqlite3.DatabaseError)):
        module._copy(source, target)
    assert not target.exists()


async def test_the_next_migration_is_written_from_the_models(
    migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_revision(migrations, "op.drop_table('drafts')", "op.drop_column('invites', 'expires_at')")
    await write("drafts again")
    (written,) = list((migrations / "versions").glob("*_drafts_again.py"))
    source = written.read_text()
    assert "op.create_table('drafts'" in source
    assert "with op.batch_alter_table('invites'" in source
    assert "sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False)" in source
    assert "storage" not in source
