"""The playground as a platform: what it sends, keeps and forgets."""

import asyncio
from typing import Any, cast

import pytest
from aiohttp.web import WebSocketResponse

from bot.adapters.playground import client
from bot.adapters.playground.client import Playground
from bot.adapters.playground.receive import place
from bot.adapters.playground.render import ref
from bot.messages import Button, Call, File, Image, Reply, reply
from bot.runtime.adapter import Adapter, Outgoing, Rejected
from tests.adapters.playground.scene import EVERYTHING, text
from tests.adapters.playground.stage import Stage

ANA = place("1")


class Phone:
    """An open phone that remembers what it was told, or is broken in some way."""

    def __init__(self, trouble: type[Exception] | None = None, delay: float = 0) -> None:
        self.told: list[str] = []
        self.trouble = trouble
        self.delay = delay
        self.closed = False

    async def send_str(self, text: str) -> None:
        await asyncio.sleep(self.delay)
        if self.trouble:
            raise self.trouble
        self.told.append(text)

    async def close(self, **_how: Any) -> None:
        self.closed = True


def plug(playground: Playground, phone: Phone) -> Phone:
    playground.plug("1", cast("WebSocketResponse", phone))
    return phone


def test_it_is_an_adapter(set_up: Stage) -> None:
    adapter: Adapter = set_up.playground
    assert (adapter.platform, adapter.bot) == ("playground", "demo")


def test_a_reply_is_one_message(set_up: Stage) -> None:
    assert set_up.playground.pack(EVERYTHING) == (EVERYTHING,)


async def test_a_new_message_is_named_by_its_delivery(set_up: Stage) -> None:
    phone = plug(set_up.playground, Phone())
    assert await set_up.playground.send(Outgoing(12, ANA, text("Hi"))) == "12"
    assert '"ref": "12"' in phone.told[0]


async def test_an_edit_keeps_the_name_of_what_it_replaces(set_up: Stage) -> None:
    phone = plug(set_up.playground, Phone())
    assert await set_up.playground.send(Outgoing(13, ANA, text("Hi"), edit="12", ack="p")) == "12"
    assert '"edit": true' in phone.told[0]
    assert '"ack": "p"' in phone.told[0]


async def test_nobody_needs_to_be_there(set_up: Stage) -> None:
    assert await set_up.playground.send(Outgoing(12, ANA, EVERYTHING)) == "12"
    await set_up.playground.typing(ANA)


async def test_other_peoples_phones_are_not_told(set_up: Stage) -> None:
    phone = plug(set_up.playground, Phone())
    await set_up.playground.send(Outgoing(12, place("2"), text("Hi")))
    await set_up.playground.typing(place("2"))
    assert phone.told == []


@pytest.mark.parametrize("trouble", [ConnectionResetError, RuntimeError])
async def test_a_phone_that_is_gone_is_dropped(set_up: Stage, trouble: type[Exception]) -> None:
    plug(set_up.playground, Phone(trouble))
    good = plug(set_up.playground, Phone())
    await set_up.playground.typing(ANA)
    await set_up.playground.typing(ANA)
    assert len(good.told) == 2
    assert len(set_up.playground._phones["1"]) == 1


async def test_a_phone_that_does_not_read_is_hung_up(
    set_up: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.02)
    stuck = plug(set_up.playground, Phone(delay=9))
    good = plug(set_up.playground, Phone())
    await set_up.playground.typing(ANA)
    assert (stuck.closed, len(good.told)) == (True, 1)


async def test_a_call_that_is_not_stored_is_rejected(set_up: Stage) -> None:
    bad = reply(Button("Go", Call("visit")))
    with pytest.raises(Rejected):
        await set_up.playground.send(Outgoing(12, ANA, bad))


async def test_what_a_person_sent_can_be_fetched(set_up: Stage) -> None:
    kept = await set_up.playground.keep(File("a.txt", "text/plain", content=b"hello"))
    assert await set_up.playground.download(File("a.txt", "text/plain", kept)) == b"hello"
    with pytest.raises(FileNotFoundError):
        await set_up.playground.download(File("a.txt", "text/plain", "nowhere"))


async def test_a_picture_of_the_bot_is_kept_once_for_all_who_get_it(set_up: Stage) -> None:
    chart = File("a.png", "image/png", content=b"png")
    card = Reply((Image(chart, "A chart"),))
    sends = (set_up.playground.send(Outgoing(n, place(str(n)), card)) for n in (1, 2, 3))
    await asyncio.gather(*sends)
    blob = await set_up.playground.find(ref(chart))
    assert blob is not None
    assert blob.content == b"png"
