"""A voice note through the whole bot: heard once, also when it is killed while it listens."""

import asyncio
import base64
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.models import Delivery, Update, Visit
from tests.simulation.scene import PATIENCE, Scene

pytestmark = pytest.mark.acceptance
SOUND = base64.b64encode(b"OggS sound").decode()
LISTENS = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
heard = sys.stdin.buffer.read()
with (folder / "heard").open("ab") as log:
    log.write(heard + b"\\n")
while (folder / "slow").exists():
    time.sleep(0.05)
print("met Li Wei at " + sys.argv[2] + ", went well")
"""


class Ear:
    """A program that listens as long as a file says so, and writes down how often it was asked."""

    def __init__(self, folder: Path, account: str) -> None:
        self.folder = folder
        program = folder / "listens.py"
        program.write_text(LISTENS)
        self.command = f"{sys.executable} {program} {folder} '{account}'"

    def slow(self) -> None:
        (self.folder / "slow").touch()

    def quick(self) -> None:
        (self.folder / "slow").unlink()

    @property
    def heard(self) -> list[bytes]:
        log = self.folder / "heard"
        return log.read_bytes().splitlines() if log.exists() else []

    async def begun(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.heard) < times:  # noqa: ASYNC110 - another process has no event of ours
                await asyncio.sleep(0.05)


@pytest.fixture
def ear(scene: Scene, tmp_path: Path) -> Ear:
    ear = Ear(tmp_path, f"Firma {scene.chats[0]}")
    scene.bot.more = {"TRANSCRIBE_COMMAND": ear.command}
    return ear


async def speaks(scene: Scene, chat: int) -> None:
    sound = {"content_b64": SOUND, "duration": 3}
    await scene.telegram.call("POST", "message", {"chat_id": chat, "voice": sound})


async def shows(scene: Scene, chat: int, words: str) -> None:
    wanted = {"chat_id": chat, "text": words, "timeout": 50, "kinds": "message,edit"}
    found = await scene.telegram.call("GET", "wait", **wanted)
    assert found["complete"], await scene.telegram.texts(chat)


async def test_it_is_heard_looked_over_and_saved(scene: Scene, ear: Ear) -> None:
    chat = scene.chats[0]
    await scene.start()
    await speaks(scene, chat)
    await shows(scene, chat, "🎙")
    assert ear.heard == [base64.b64decode(SOUND)]
    await scene.telegram.presses(chat, "Save")
    await shows(scene, chat, "Logged")
    await scene.settle()
    async with scene.database.read() as session:
        notes = list(await session.scalars(select(Visit.note)))
    assert [note.startswith("🎙") for note in notes] == [True]
    assert await scene.telegram.violations() == []


@pytest.mark.timeout(180)
async def test_killed_while_it_listens_it_answers_once(scene: Scene, ear: Ear) -> None:
    chat, other, *_rest = scene.chats
    ear.slow()
    await scene.start()
    await speaks(scene, chat)
    await scene.telegram.says(chat, "/me")
    await ear.begun(1)
    await scene.telegram.says(other, "/me")
    await shows(scene, other, "This month")  # nobody else waits for it
    assert await scene.telegram.texts(chat) == []

    await scene.bot.kill()
    await scene.start()
    await ear.begun(2)
    ear.quick()
    await shows(scene, chat, "🎙")
    await scene.settle()

    texts = await scene.telegram.texts(chat)
    assert ["🎙" in text for text in texts] == [True, False]
    async with scene.database.read() as session:
        assert await session.scalar(select(func.count(Update.id))) == 3
        assert await session.scalar(select(func.count(Delivery.id))) == 3


async def test_asked_to_stop_it_leaves_the_note_to_the_next_at_once(
    scene: Scene, ear: Ear
) -> None:
    chat = scene.chats[0]
    ear.slow()
    await scene.start()
    await speaks(scene, chat)
    await ear.begun(1)
    assert await scene.bot.stop() == 0
    ear.quick()
    await scene.start()
    await shows(scene, chat, "🎙")
    assert len(ear.heard) == 2
