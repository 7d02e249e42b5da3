import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from bot import logs
from bot.tracebacks import quoting_nobody
from storage.engine import connect

SAID = "华东医院 王主任 13800138000"


def told(raising: Callable[[], object]) -> str:
    try:
        raising()
    except BaseException as error:
        return str(quoting_nobody(None, "", {"exc_info": error})["exception"])
    raise AssertionError


def _quotes() -> None:
    raise LookupError(f"no customer is called {SAID}")


def _caused() -> None:
    try:
        _quotes()
    except LookupError as error:
        raise ValueError(SAID * 2) from error


def _during() -> None:
    try:
        _quotes()
    except LookupError:
        _missing({})


def _missing(known: dict[str, str]) -> str:
    return known[SAID]


def _several() -> None:
    raise ExceptionGroup("many", [LookupError(SAID), ValueError(SAID)])


def _literal() -> None:
    raise RuntimeError("nothing was changed yet")


@pytest.mark.parametrize("raising", [_quotes, _caused, _during, _several])
def test_what_an_error_quotes_is_not_told(raising: Callable[[], None]) -> None:
    found = told(raising)
    assert SAID not in found
    assert "LookupError" in found
    assert f"in {raising.__name__}" in found


def test_how_one_came_of_another_is_told() -> None:
    assert "direct cause" in told(_caused)
    assert "During handling" in told(_during)


def test_words_that_stand_in_the_code_are_told() -> None:
    assert "RuntimeError: nothing was changed yet" in told(_literal)


def test_the_machines_own_errors_are_told_whole() -> None:
    assert "No such file" in told(Path("/nowhere/at/all").read_text)


def test_a_broken_error_loses_no_line() -> None:
    class Broken(Exception):
        def __str__(self) -> str:
            raise ValueError(SAID)

    def fails() -> None:
        raise Broken

    assert "Broken" in told(fails)


def test_an_error_that_is_its_own_cause_ends() -> None:
    error = LookupError(SAID)
    error.__cause__ = error
    assert "LookupError" in str(quoting_nobody(None, "", {"exc_info": error})["exception"])


def test_a_line_without_an_error_stays_as_it_is() -> None:
    assert quoting_nobody(None, "", {"event": "done"}) == {"event": "done"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root, stream, before = logging.getLogger(), io.StringIO(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    logs.configure("debug", "json", [], stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.configure(**before)


@pytest.mark.parametrize("name", ["structlog", "logging"])
def test_the_error_being_handled_is_written_too(log: io.StringIO, name: str) -> None:
    line: Any = structlog.get_logger() if name == "structlog" else logging.getLogger("library")
    try:
        _quotes()
    except LookupError:
        line.exception("it failed")
    written = json.loads(log.getvalue())
    assert "in _quotes" in written["exception"]
    assert SAID not in log.getvalue()


async def test_rows_are_never_written_however_much_is_logged(
    log: io.StringIO, tmp_path: Any
) -> None:
    database = connect(f"sqlite+aiosqlite:///{tmp_path / 'rows.db'}")
    async with database.begin() as session:
        assert await session.scalar(text("SELECT :said"), {"said": SAID}) == SAID
    await database.close()
    assert SAID not in log.getvalue()
