"""`backup` and `restore`, as someone at a terminal uses them."""

import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.logs.configure", lambda *_: None)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    main(["migrate"])
    main(["invite", "--role", "hq", "--name", "Hua Jing"])


def refused(*argv: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    return str(stopped.value)


def names() -> list[str]:
    with sqlite3.connect("data/salesbot.db") as database:
        return [name for (name,) in database.execute("SELECT name FROM invites ORDER BY id")]


def test_what_was_lost_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    main(["backup", "safe/monday.zip"])
    assert re.search(r"safe/monday.zip has [\d,]+ rows, as of 20", capsys.readouterr().out)
    Path("data/salesbot.db").unlink()
    main(["migrate"])
    main(["restore", "safe/monday.zip"])
    told = capsys.readouterr().out
    assert "rows are back, as of 20" in told
    assert "The journal is whole: 0 changes are sealed." in told
    assert "--erasures FILE" in told
    assert names() == ["Hua Jing"]
    main(["invite", "--role", "hq", "--name", "Zhou"])
    assert names() == ["Hua Jing", "Zhou"]


def test_a_file_is_not_overwritten_unless_it_is_meant() -> None:
    main(["backup", "monday.zip"])
    assert "--force" in refused("backup", "monday.zip")
    main(["backup", "monday.zip", "--force"])


def test_what_is_there_is_kept_before_it_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    main(["backup", "monday.zip"])
    main(["invite", "--role", "hq", "--name", "Zhou"])
    assert "not empty" in refused("restore", "monday.zip")
    assert names() == ["Hua Jing", "Zhou"]
    main(["restore", "monday.zip", "--force"])
    kept = re.search(r"What was there is in (\S+)", capsys.readouterr().out)
    assert names() == ["Hua Jing"]
    assert kept
    main(["restore", kept[1], "--force"])
    assert names() == ["Hua Jing", "Zhou"]


def test_what_was_erased_since_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["backup", "old.zip"])
    with sqlite3.connect("data/salesbot.db") as database:
        database.execute(
            "INSERT INTO erasures (noun, key, at, evidence, counts)"
            " VALUES ('contacts', 12, '2026-03-02 00:00:00.000000', 'e', '{}'),"
            " ('units', 1, '2026-03-02 00:00:00.000000', 'e', '{}')"
        )
    main(["backup", "new.zip"])
    Path("data/salesbot.db").unlink()
    main(["restore", "old.zip", "--erasures", "new.zip"])
    told = capsys.readouterr().out
    assert "has to be erased again" in told
    assert "/erase:\n  contacts 12\n  units 1 HQ\n" in told


def test_a_backup_is_noted_and_check_knows_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    refused("check")
    assert re.search(r"✓ backup +there is none yet", capsys.readouterr().out)
    main(["backup", "monday.zip"])
    refused("check")
    assert re.search(r"✓ backup +the newest is of 20", capsys.readouterr().out)
    with sqlite3.connect("data/salesbot.db") as database:
        rows = database.execute("SELECT source, note FROM changes WHERE command = 'backup'")
        [(source, note)] = rows.fetchall()
    assert source == "terminal"
    assert "monday.zip" in note


@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        (["restore", "none.zip"], "no file"),
        (["restore", "broken.zip"], "damaged"),
        (["restore", "monday.zip", "--erasures", "none.zip"], "no file"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_line(argv: list[str], hint: str) -> None:
    main(["backup", "monday.zip"])
    Path("broken.zip").write_bytes(Path("monday.zip").read_bytes()[:-50])
    Path("data/salesbot.db").unlink()
    told = refused(*argv)
    assert hint in told
    assert "\n" not in told


def test_a_database_without_tables_is_not_backed_up() -> None:
    Path("data/salesbot.db").unlink()
    assert "salesbot migrate" in refused("backup", "monday.zip")
    assert not Path("monday.zip").exists()


def test_a_backup_says_the_head_of_its_journal(capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect("data/salesbot.db") as database:
        database.execute("INSERT INTO seals VALUES (1, 1, 'abcd', '2026-03-02 00:00:00.000000')")
    main(["backup", "monday.zip"])
    assert "The head of the journal is abcd" in capsys.readouterr().out
    with zipfile.ZipFile("monday.zip") as archive:
        assert b'"head": "abcd"' in archive.read("manifest.json")
