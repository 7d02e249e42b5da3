"""Killed in the middle, neither a copy nor a restore leaves anything half."""

import asyncio
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backup import back_up
from storage.engine import Database
from storage.migrate import migrate
from storage.restore import restore
from storage.verifying import verify
from tests.storage.owed import NOW
from tests.storage.test_backup import contents, settle_company

KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import event
from storage.backup import back_up
from storage.engine import connect
from storage.restore import restore

seen = 0

def kill(connection, cursor, statement, *_):
    global seen
    seen += statement.lstrip().startswith(("SELECT", "INSERT", "CREATE", "DROP", "UPDATE"))
    if seen == int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = connect(sys.argv[2])
    event.listen(database.engine.sync_engine, "after_cursor_execute", kill)
    does = {"backup": back_up, "restore": restore}[sys.argv[1]]
    await does(database, Path(sys.argv[3]), datetime.now(UTC))
    await database.close()

asyncio.run(main())
"""


async def killed(does: str, url: str, file: Path, statement: int) -> None:
    run = [sys.executable, "-c", KILLED, does, url, str(file), str(statement)]
    done = await asyncio.to_thread(subprocess.run, run, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("statement", [9, 25])
async def test_a_killed_backup_leaves_no_file_and_the_next_one_is_whole(
    bare_url: str, bare: Database, tmp_path: Path, statement: int
) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    await settle_company(bare, random.Random(4))
    file = tmp_path / "copy.zip"
    await killed("backup", bare_url, file, statement)
    assert not file.exists()
    await back_up(bare, file, NOW)
    assert list(tmp_path.glob(".*copy*")) == []  # noqa: ASYNC240


@pytest.mark.parametrize("statement", [30, 80, 160])
async def test_a_killed_restore_changes_nothing(
    bare_url: str, bare: Database, tmp_path: Path, statement: int
) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    await settle_company(bare, random.Random(4))
    file = tmp_path / "copy.zip"
    await back_up(bare, file, NOW)
    async with bare.begin() as session:
        await session.execute(text("UPDATE people SET name = 'since'"))
    before = await contents(bare)
    await killed("restore", bare_url, file, statement)
    assert await contents(bare) == before
    async with bare.read() as session:
        assert (await verify(session)).wrong is None
    await bare.engine.dispose()
    await restore(bare, file, NOW)
