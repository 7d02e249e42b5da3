"""Write the next migration: ``python -m storage.migrations "what it changes"``."""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.engine import connect
from storage.migrate import configuration, migrate


async def write(what: str) -> None:
    """Write what the models have and the newest schema lacks as a migration to be read over."""
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite+aiosqlite:///{Path(folder) / 'newest.db'}")
        try:
            if ScriptDirectory.from_config(configuration()).get_current_head():
                await migrate(database, backup_dir=None, now=datetime.now(UTC))
            async with database.engine.connect() as connection:
                await connection.run_sync(_write, what)
        finally:
            await database.close()


def _write(connection: Connection, what: str) -> None:
    config = configuration(connection)
    count = len(list(ScriptDirectory.from_config(config).walk_revisions()))
    command.revision(config, what, autogenerate=True, rev_id=f"{count + 1:04}")


if __name__ == "__main__":
    asyncio.run(write(" ".join(sys.argv[1:])))
