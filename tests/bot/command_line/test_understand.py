"""`salesbot understand`, as someone at a terminal or another program uses it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main

ROOT = Path(__file__).parents[3]
NOW = ("--now", "2026-03-02T10:00:00+08:00", "--tz", "Asia/Shanghai")


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMPANY_TIMEZONE", raising=False)


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    main(["understand", *argv])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("time", "tomorrow", "2026-03-03"),
        ("time", "明天下午3点", "2026-03-03T15:00:00+08:00"),
        ("date", "tomorrow 3pm", "2026-03-03"),
        ("instant", "in 5 days", "2026-03-07T10:00:00+08:00"),
        ("instant", "in 2 hours", "2026-03-02T12:00:00+08:00"),
        ("period", "上个月", ["2026-02-01", "2026-03-01"]),
        ("amount", "5万", 50_000),
        ("amount", "1.25", 1.25),
        ("amount", "nothing of the kind", None),
        ("time", "nothing of the kind", None),
        ("period", "nothing of the kind", None),
    ],
)
def test_a_text_is_read_as_one_thing(
    capsys: pytest.CaptureFixture[str], kind: str, text: str, expected: object
) -> None:
    found = told(capsys, *NOW, "--kind", kind, text)
    assert found["value"] == expected
    assert found["evidence"] == ({} if expected is None else {"value": text})


def test_a_message_is_told_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    text = "visited Acme yesterday, met Li Wei, good, deal to proposal €50k, follow up Friday 3pm"
    found = told(capsys, *NOW, text)
    assert found["lang"] == "en"
    assert found["value"] | {"note": None, "next_step": None, "sure": None} == {
        "intent": "visit",
        "activity": "visit",
        "account": "Acme",
        "contacts": ["Li Wei"],
        "outcome": "positive",
        "note": None,
        "happened_at": "2026-03-01",
        "event_date": "2026-03-01",
        "follow_up_at": "2026-03-06T15:00:00+08:00",
        "next_step": None,
        "deal_stage": "proposal",
        "amount": 50_000,
        "currency": "EUR",
        "product": None,
        "competitor": None,
        "question": None,
        "sure": None,
    }
    assert set(found["evidence"]) >= {"happened_at", "follow_up_at", "deal_stage", "account"}
    assert all(each in text for each in found["evidence"].values())


def test_words_need_no_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        told(capsys, *NOW, "--kind", "time", "next", "Friday", "3pm")["text"] == "next Friday 3pm"
    )


def test_a_question_says_what_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    value = told(capsys, *NOW, "how many visits did I make last month?")["value"]
    assert value["intent"] == "question"
    assert value["question"]["topic"] == "visits"
    assert value["question"]["period"] == ["2026-02-01", "2026-03-01"]


@pytest.mark.parametrize(
    ("zone", "expected", "others"),
    [
        ("Europe/Berlin", "2026-12-05", []),
        ("America/New_York", "2026-05-12", []),
        ("Asia/Shanghai", "2026-05-12", ["2026-12-05"]),
    ],
)
def test_the_order_of_a_date_is_the_custom_of_the_place(
    capsys: pytest.CaptureFixture[str], zone: str, expected: str, others: list[str]
) -> None:
    options = ("--now", "2026-03-02T10:00:00+08:00", "--tz", zone, "--kind", "date")
    found = told(capsys, *options, "5/12")
    assert (found["value"], found["others"]) == (expected, others)


def test_where_nothing_is_said_it_is_now_at_home(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert told(capsys, "hello")["tz"] == "UTC"
    (tmp_path / ".env").write_text("COMPANY_TIMEZONE=Asia/Tokyo\nTELEGRAM_BOT_TOKEN=nonsense\n")
    assert told(capsys, "hello")["tz"] == "Asia/Tokyo"
    monkeypatch.setenv("COMPANY_TIMEZONE", "Asia/Shanghai")
    found = told(capsys, "你好")
    assert (found["tz"], found["lang"]) == ("Asia/Shanghai", "zh")
    assert found["now"].endswith("+08:00")


@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        (["--now", "soon", "x"], "now must be an ISO time"),
        (["--now", "9999-12-31", "x"], "now must be between"),
        (["--tz", "Mars/Base", "x"], "Mars/Base is no time zone"),
        (["--tz", "../etc/passwd", "x"], "is no time zone"),
        (["x" * 5_000], "longer than 4000"),
        ([" "], "What is to be understood?"),
        ([], "What is to be understood?"),
    ],
)
def test_what_can_not_be_asked_is_told(
    capsys: pytest.CaptureFixture[str], argv: list[str], hint: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["understand", *argv])
    assert stopped.value.code == 2
    assert hint in capsys.readouterr().err


def test_it_needs_neither_the_bot_nor_its_settings(tmp_path: Path) -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['understand', 'visited Acme']); "
        "heavy = {'handlers', 'telegram', 'sqlalchemy', 'aiohttp', 'pydantic', 'httpx'}; "
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "DATABASE_URL": "nonsense", "HTTP_PORT": "x"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
