"""Normal use: several people at once, and Telegram has nothing to complain about."""

import asyncio

import pytest

from tests.simulation.scene import Scene

pytestmark = pytest.mark.acceptance
STRANGER = 9_001


class Rep:
    """Someone who waits for the answer before they go on."""

    def __init__(self, scene: Scene, chat: int) -> None:
        self.telegram, self.chat = scene.telegram, chat
        self.seen = 0

    async def says(self, text: str) -> None:
        await self.telegram.says(self.chat, text)
        await self._answered("message")

    async def presses(self, label: str) -> None:
        await self.telegram.presses(self.chat, label)
        await self._answered("callback_answer")
        await self._answered("message,edit")

    async def _answered(self, kinds: str) -> None:
        wanted = {"chat_id": self.chat, "after": self.seen, "kinds": kinds, "timeout": 30}
        found = await self.telegram.call("GET", "wait", **wanted)
        assert found["complete"], await self.telegram.texts(self.chat)
        if kinds != "callback_answer":
            self.seen = found["events"][-1]["seq"]

    async def day(self) -> None:
        await self.says("/start")
        await self.says("/help")
        await self.says(f"/visit Firma {self.chat} yesterday 3pm, demo, went well")
        await self.presses("Undo")
        await self.presses("Redo")
        await self.says("/visit")
        await self.presses(f"Firma {self.chat}")
        await self.presses("Just now")
        await self.presses("Save now")
        await self.presses("Account")
        await self.says("/vist Acme")
        await self.says("/settings")
        await self.says("/me")
        await self.says("*bold* <b>tags</b> [link](http://example.com) & @everyone")


@pytest.mark.timeout(180)
async def test_a_day_of_ten_reps(scene: Scene) -> None:
    await scene.start()
    reps = [Rep(scene, chat) for chat in scene.chats[:10]]
    await asyncio.gather(*(rep.day() for rep in reps), Rep(scene, STRANGER).says("/start"))
    await scene.settle()
    assert await scene.telegram.violations() == []
    assert await scene.telegram.refused() == []
    counters = await scene.telegram.counters()
    assert counters["unanswered_callbacks"] == 0
