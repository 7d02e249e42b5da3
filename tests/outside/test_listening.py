import asyncio
import os
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bot.adapters.telegram import Telegram
from bot.errands import Listen
from bot.messages import File
from bot.outside.listening import LONGEST, Transcriber
from bot.runtime.adapter import Rejected
from bot.runtime.errands import Failed
from tests.talk import Phone

VOICE = File("voice.oga", "audio/ogg", content=b"\x00sound\xff" * 50_000, spoken=True)


def program(code: str, *, seconds: float = 20.0, **environment: str) -> Transcriber:
    return Transcriber((sys.executable, "-c", code), environment, seconds)


async def heard(listening: Transcriber, file: File = VOICE) -> str:
    return await listening.fetch(Listen(file), Phone())


async def test_it_reads_the_audio_and_prints_the_words() -> None:
    counts = program("import sys; print(len(sys.stdin.buffer.read()), '个字节')")
    assert await heard(counts) == f"{len(VOICE.content)} 个字节"


async def test_silence_is_no_words() -> None:
    assert await heard(program("print()")) == ""


async def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    words = shlex.split("echo 'a b' $HOME; touch made")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    assert await heard(Transcriber(tuple(words), environment)) == "a b $HOME; touch made"


async def test_it_sees_only_what_it_may_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    shows = program("import os; print(sorted(os.environ))", MODEL="small")
    assert "MODEL" in await heard(shows)
    assert "TOKEN" not in await heard(shows)


async def test_a_program_need_not_read_to_the_end() -> None:
    assert await heard(program("print('short')")) == "short"


async def test_what_is_no_utf8_is_read_as_far_as_it_goes() -> None:
    assert await heard(program("import sys; sys.stdout.buffer.write(b'ok \\xff')")) == "ok \ufffd"


@pytest.mark.parametrize("code", ["print('字' * 1_000_000)", "while True: print('and so on')"])
async def test_it_prints_as_much_as_it_likes_and_is_read_as_far_as_a_message_goes(
    code: str,
) -> None:
    said = await heard(program(code))
    assert (len(said), said[-1]) == (LONGEST, "…")


async def test_a_program_that_does_not_end_is_ended_with_all_that_it_started(
    tmp_path: Path,
) -> None:
    child = tmp_path / "child"
    code = (
        "import subprocess, sys, time, pathlib; "
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        f"pathlib.Path({str(child)!r}).write_text(str(p.pid)); time.sleep(60)"
    )
    started = time.monotonic()
    with pytest.raises(Failed, match="no end within"):
        await heard(program(code, seconds=3.0))
    assert time.monotonic() - started < 30
    await _gone(int(child.read_text()))


async def test_what_a_program_left_behind_is_ended(tmp_path: Path) -> None:
    child = tmp_path / "child"
    left = f"sleep 97 >/dev/null & echo $! > {child}; exit 0"
    assert await heard(Transcriber(("sh", "-c", left), {"PATH": os.defpath})) == ""
    await _gone(int(child.read_text()))


async def _gone(pid: int) -> None:
    await _until(
        lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    )


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - another process has no event of ours
            await asyncio.sleep(0.05)


async def test_who_stops_waiting_leaves_nothing_running(tmp_path: Path) -> None:
    own = tmp_path / "own"
    code = (
        "import os, time, pathlib; "
        f"pathlib.Path({str(own)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    listening = asyncio.create_task(heard(program(code)))
    await _until(lambda: own.exists() and bool(own.read_text()))
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    await _gone(int(own.read_text()))


@pytest.mark.parametrize(
    ("listening", "why"),
    [
        (program("import sys; print('half'); sys.exit(3)"), "ended with 3"),
        (program("import os; os.kill(os.getpid(), 9)"), "ended with -9"),
        (Transcriber(("no-such-program-at-all",)), "can't be started"),
        (Transcriber(("bad\0name",)), "can't be started"),
    ],
)
async def test_what_goes_wrong_is_told_without_what_was_said(
    listening: Transcriber, why: str
) -> None:
    with pytest.raises(Failed, match=why) as failed:
        await heard(listening)
    assert "half" not in str(failed.value)


async def test_a_file_too_large_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.outside.listening.LARGEST", 10)
    with pytest.raises(Failed, match="20 MB"):
        await heard(program("print('ran')"))


async def test_a_platform_that_does_not_give_the_file_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(_self: object, file: File) -> bytes:
        raise Rejected(f"{file.name} is larger than 20 MB, which bots can't get")

    monkeypatch.setattr(Telegram, "download", refuse)
    telegram = Telegram("1:TOKEN")
    try:
        with pytest.raises(Failed, match="larger than 20 MB"):
            await program("print('ran')").fetch(Listen(VOICE), telegram)
    finally:
        await telegram.close()
