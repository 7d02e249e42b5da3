"""`salesbot understand --jsonl`, as another program drives it: a line in, a line out."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.command_line import understand
from tests.bot.command_line.test_understand import NOW, ROOT, told


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMPANY_TIMEZONE", raising=False)


def answers(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *lines: bytes | dict[str, Any],
    options: tuple[str, ...] = NOW,
) -> list[dict[str, Any]]:
    raw = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines]
    source = io.TextIOWrapper(io.BytesIO(b"\n".join(raw)))
    monkeypatch.setattr(sys, "stdin", source)
    main(["understand", "--jsonl", *options])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_line_is_answered_by_its_own_id(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines: list[dict[str, Any]] = [
        {"id": "a", "kind": "amount", "text": "50k"},
        {"id": 7, "kind": "time", "text": "明天", "lang": "zh", "now": "2026-05-01T09:00:00"},
        {"id": None, "kind": "period", "text": "now then", "tz": "UTC", "now": None},
        {"text": "hello"},
    ]
    found = answers(monkeypatch, capsys, *lines)
    assert found[:3] == [
        {"id": "a", "value": 50_000},
        {"id": 7, "value": "2026-05-02"},
        {"id": None, "value": None},
    ]
    assert found[3]["value"]["intent"] == "note"


def test_a_line_brings_the_names_that_the_company_knows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "met May at 7天酒店, moved to closing round"
    line = {"id": 1, "text": text, "accounts": ["7天酒店"], "contacts": ["May"]}
    [plain, listed] = answers(
        monkeypatch,
        capsys,
        {**line, "stages": {"late": ["closing round"]}},
        {**line, "stages": ["closing round"]},
    )
    assert plain["value"]["account"] == "7天酒店"
    assert plain["value"]["contacts"] == ["May"]
    assert plain["value"]["deal_stage"] == "late"
    assert listed["value"]["deal_stage"] == "closing round"


NONSENSE = [
    b"",
    b"   ",
    b"{",
    b"null",
    b"[1]",
    b'"text"',
    b"\xff\xfe",
    b'{"text": NaN}',
    b"[" * 100_000,
    b'{"id": 1}',
    b'{"text": 1}',
    b'{"text": "x", "kind": "colour"}',
    b'{"text": "x", "lang": "fr"}',
    b'{"text": "x", "tz": "Mars"}',
    b'{"text": "x", "tz": 7}',
    b'{"text": "x", "now": "soon"}',
    b'{"text": "x", "now": "0001-01-01T00:00:00+14:00"}',
    b'{"text": "x", "accounts": "Acme"}',
    b'{"text": "x", "accounts": [1]}',
    b'{"text": "x", "stages": {"won": "won"}}',
    b'{"id": 1, "text": "' + b"x" * 2_000_000 + b'"}',
    json.dumps({"text": "x" * 4_001}).encode(),
]


@pytest.mark.parametrize("line", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_told_and_the_next_line_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: bytes
) -> None:
    good = {"id": 2, "kind": "amount", "text": "5k"}
    found = answers(monkeypatch, capsys, line, good)
    assert found[0]["value"] is None
    assert found[0]["error"]
    assert found[1:] == [{"id": 2, "value": 5_000}]


def test_a_fault_of_ours_is_told_and_the_next_line_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_request: object) -> None:
        raise LookupError("a bug")

    monkeypatch.setattr(understand, "value", broken)
    found = answers(monkeypatch, capsys, {"id": 1, "text": "x"}, {"id": 2, "text": "y"})
    assert [each["id"] for each in found] == [1, 2]
    assert found[0]["error"] == "not understood: LookupError('a bug')"
    monkeypatch.setattr(understand, "explained", broken)
    assert told(capsys, "hello")["value"] is None


def test_what_utf8_can_not_hold_is_written_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [found] = answers(monkeypatch, capsys, b'{"id": "\\ud800", "text": "\\ud800 50k \\u202e"}')
    assert found["id"] == "\ud800"


@pytest.fixture
def talking() -> Iterator["subprocess.Popen[bytes]"]:
    """The command as another program drives it: a line in, a line out."""
    command = (sys.executable, "-m", "bot", "understand", "--jsonl")
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    with process:
        yield process
        process.kill()


def test_each_answer_is_there_before_the_next_question(
    talking: "subprocess.Popen[bytes]",
) -> None:
    assert talking.stdin
    assert talking.stdout
    for number in range(3):
        line = {"id": number, "kind": "period", "text": "上个月", "now": "2026-03-02T10:00:00Z"}
        talking.stdin.write(json.dumps(line).encode() + b"\n")
        talking.stdin.flush()
        answer = json.loads(talking.stdout.readline())
        assert answer == {"id": number, "value": ["2026-02-01", "2026-03-01"]}
    talking.stdin.close()
    assert talking.wait(30) == 0


def test_who_stops_listening_is_no_fault() -> None:
    command = f"{sys.executable} -m bot understand --jsonl | head -c 1"
    lines = b'{"text": "x"}\n' * 2_000
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, input=lines, capture_output=True, timeout=60, check=True
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
