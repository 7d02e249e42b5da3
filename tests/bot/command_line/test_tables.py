"""Tables at the terminal: a dry run first, then all or nothing, and everything back out."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage.engine import connect
from storage.migrate import migrate
from tests.services.tables.kit import hired
from tests.simulation.process import ROOT
from tests.talk import MONDAY

CUSTOMERS = (
    "Customer,Owner,Tier,Colour\nAcme,Bos Person,A,red\n华东医院,Boss Person,重点,\nX,Bob,A,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    asyncio.run(_prepare(tmp_path))
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    return tmp_path


async def _prepare(folder: Path) -> None:
    database = connect(url(folder))
    await migrate(database, backup_dir=None, now=MONDAY)
    await hired(database, "Boss Person")
    await database.close()


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'sales.db'}"


def salesbot(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dry_run_says_what_and_why_and_changes_nothing(folder: Path) -> None:
    for words in (["--dry-run"], []):
        done = salesbot(folder, "import", "customers.csv", *words)
        assert done.returncode == 0, done.stderr
        assert "customers.csv → Accounts: 2 added, 1 left out" in done.stdout
        assert "row 4, X: Owner: “Bob” isn't known here." in done.stdout
        assert "“Bos Person” is taken for Boss Person" in done.stdout
        assert "columns not read: Colour" in done.stdout
        assert "Nothing was changed." in done.stdout
    assert "To do it, add --yes." in done.stdout


def test_what_is_done_is_done_once(folder: Path) -> None:
    first = salesbot(folder, "import", "customers.csv", "--yes")
    assert "2 added, 1 left out" in first.stdout
    second = salesbot(folder, "import", "customers.csv", "--yes")
    assert "2 unchanged, 1 left out" in second.stdout


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_written_out_is_taken_in_again_unchanged(folder: Path, form: str) -> None:
    salesbot(folder, "import", "customers.csv", "--yes")
    done = salesbot(folder, "export", "out", "--format", form)
    assert "Accounts: 2" in done.stdout
    files = sorted(str(each) for each in (folder / "out").iterdir())
    assert len(files) == (1 if form == "xlsx" else 9)
    again = salesbot(folder, "import", *files, "--dry-run")
    assert "Accounts: 2 unchanged" in again.stdout
    assert "added" not in again.stdout
    assert "changed," not in again.stdout


def test_what_is_in_the_way_is_one_clear_line(folder: Path) -> None:
    (folder / "bad.csv").write_text("City,Phone\nBerlin,1\n", encoding="utf-8")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    for words, said in (
        (("import", "nowhere.csv"), "There is no file nowhere.csv."),
        (("import", "bad.csv"), "it lacks: "),
        (("import", "broken.xlsx"), "broken.xlsx: "),
        (("import", "customers.csv", "--as", "Nobody"), "Nobody from HQ is called Nobody."),
    ):
        done = salesbot(folder, *words)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
