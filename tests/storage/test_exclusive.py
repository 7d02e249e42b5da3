import pytest
from sqlalchemy import text

from storage.engine import Database, connect
from storage.exclusive import hold


def _again(database: Database) -> Database:
    """A second process's view of the same database."""
    return connect(database.engine.url.render_as_string(hide_password=False))


async def test_one_holds_what_the_other_does_not_get(database: Database) -> None:
    other = _again(database)
    async with hold(database, "poll:telegram:1") as mine:
        assert mine
        assert await mine()
        async with hold(other, "poll:telegram:1") as theirs:
            assert theirs is None
        async with hold(other, "poll:telegram:2") as something_else:
            assert something_else
    async with hold(other, "poll:telegram:1") as after:
        assert after
    await other.close()


async def test_a_holder_that_fails_lets_go(database: Database) -> None:
    async def fail() -> None:
        async with hold(database, "process"):
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with hold(database, "process") as held:
        assert held


async def test_a_lost_connection_is_noticed(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("a file's lock is held as long as the process lives")
    other = _again(database)
    async with hold(database, "process") as mine:
        assert mine
        async with other.begin() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND database = "
                    "(SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        assert not await mine()
    await other.close()
