"""The command line, as someone at a terminal uses it."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.runtime.process import Roles
from bot.settings import Settings
from storage.engine import connect
from storage.exclusive import hold


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, no settings from outside, and the tests' own logging."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.logs.configure", lambda *_: None)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)


def refused(*argv: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    return str(stopped.value)


def test_the_first_person_gets_in_by_the_command_line_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "salesbot migrate" in refused("invite", "--role", "hq", "--name", "Hua Jing")
    main(["migrate"])
    main(["invite", "--role", "hq", "--name", "Hua Jing", "--unit", "华东/上海"])
    told = capsys.readouterr().out
    code = re.search(r"72 hours: (\S+)", told)
    assert code
    assert f"/start {code[1]}" in told
    with sqlite3.connect(tmp_path / "data" / "salesbot.db") as database:
        rows = database.execute("SELECT name, role FROM invites").fetchall()
        units = database.execute("SELECT name FROM units ORDER BY path").fetchall()
    assert rows == [("Hua Jing", 3)]
    assert units == [("HQ",), ("华东",), ("上海",)]


def test_migrating_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate"])
    main(["migrate"])
    assert capsys.readouterr().out


def test_all_mistakes_of_the_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "not-a-token-but-secret")
    monkeypatch.setenv("HTTP_PORT", "many")
    told = refused("check")
    assert "TELEGRAM_BOT_TOKEN" in told
    assert "HTTP_PORT" in told
    assert "not-a-token-but-secret" not in told


def test_without_a_platform_the_way_is_told() -> None:
    assert "TELEGRAM_BOT_TOKEN" in refused("run")


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "data")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    assert "data can't be written" in refused("migrate")


def test_a_database_that_is_down_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:hidden@127.0.0.1:1/none")
    told = refused("migrate")
    assert "salesbot check" in told
    assert "hidden" not in told


@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        (["--role", "hq", "--name", " "], "--name"),
        (["--role", "rep", "--name", "Ana"], "--unit"),
        (["--role", "manager", "--name", "Ana", "--unit", "/"], "--unit"),
    ],
)
def test_an_invitation_needs_a_name_and_a_unit(argv: list[str], hint: str) -> None:
    assert hint in refused("invite", *argv)


def test_nobody_is_invited_into_a_closed_unit(tmp_path: Path) -> None:
    main(["migrate"])
    main(["invite", "--role", "rep", "--name", "Ana", "--unit", "East"])
    with sqlite3.connect(tmp_path / "data" / "salesbot.db") as database:
        database.execute("UPDATE units SET closed_at = '2026-03-02' WHERE name = 'East'")
    told = refused("invite", "--role", "rep", "--name", "Ben", "--unit", "East")
    assert "East is closed" in told


def test_an_invitation_says_how_to_get_in_on_slack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-test")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-test")
    main(["migrate"])
    main(["invite", "--role", "hq", "--name", "Zhou"])
    told = capsys.readouterr().out
    code = re.search(r"hours: (\S+)", told)
    assert code
    assert f"/salesbot join {code[1]}" in told
    assert "Telegram" not in told


def test_check_says_what_to_do_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused("check") == "1"
    assert "salesbot migrate" in capsys.readouterr().out


def test_sqlite_serves_one_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f"1:{'A' * 35}")
    main(["migrate"])
    database = connect(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'salesbot.db'}")

    async def while_another_runs() -> str:
        async with hold(database, "process") as alone:
            assert alone
            told = await asyncio.to_thread(refused, "run")
        await database.close()
        return told

    assert "one process" in asyncio.run(while_another_runs())


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("receive,work,deliver", Roles()),
        ("receive", Roles(receive=True, work=False, deliver=False)),
        (" work , deliver ", Roles(receive=False, work=True, deliver=True)),
    ],
)
def test_roles_are_named(text: str, roles: Roles) -> None:
    assert Roles.parse(text) == roles


def test_an_unknown_role_is_named() -> None:
    assert "dance" in refused("run", "--roles", "work,dance")
