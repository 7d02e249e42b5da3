"""The playground's part of the server: who may come in, what is committed, what files may do."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError

from bot.adapters.playground.files import LIMIT
from bot.adapters.playground.routes import PAGE
from bot.messages import Message
from tests.adapters.playground.scene import text
from tests.adapters.playground.stage import Stage

ID = "7d1f4c1e-0000-4000-8000-000000000001"
HELLO = {"kind": "message", "at": "2026-05-03T12:30:00Z", "text": "hello"}


@pytest.fixture
async def client(set_up: Stage) -> AsyncIterator[ClientSession]:
    async with ClientSession(set_up.url, headers={"Origin": set_up.url}) as session:
        yield session


async def heard(socket: ClientWebSocketResponse, kind: str) -> Any:
    """The next event of a kind."""
    while True:
        event = json.loads(await socket.receive_str(timeout=5))
        if event["type"] == kind:
            return event


async def test_the_page_may_run_only_its_own_scripts(client: ClientSession) -> None:
    answer = await client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status == 200
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    html = await answer.text()
    assert "http" not in html
    assert "style=" not in html


@pytest.mark.parametrize("path", sorted(PAGE.iterdir()), ids=lambda path: path.name)
async def test_every_part_of_the_page_is_served(client: ClientSession, path: Any) -> None:
    answer = await client.get(f"/page/{path.name}")
    assert answer.status == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert await answer.read() == path.read_bytes()


@pytest.mark.parametrize("name", ["nothing.js", "..%2Froutes.py", "%2e%2e%2fclient.py"])
async def test_nothing_else_is(client: ClientSession, name: str) -> None:
    assert (await client.get(f"/page/{name}")).status in {403, 404}


async def test_the_people(client: ClientSession) -> None:
    people = await (await client.get("/people")).json()
    assert people[0] == {
        "id": "3",
        "name": "周敏",
        "role": "hq",
        "unit": "Northwind",
        "path": "/1/",
        "language": "zh",
    }
    assert [one["name"] for one in people] == [
        "周敏",
        "Jonas Weber",
        "Ana Keller",
        "王建国",
        "李晓彤",
    ]


async def test_a_phone_is_greeted_with_commands_and_its_history(
    set_up: Stage, client: ClientSession
) -> None:
    await set_up.said("1", "hello")
    ref = await set_up.say("1", text("Hi"))
    await set_up.say("1", text("Hi, Ana"), edit=ref)
    async with client.ws_connect("/ws?person=1") as socket:
        hello = await heard(socket, "hello")
        history = await heard(socket, "history")
    assert hello["language"] == "en"
    assert hello["commands"]["zh"][0] == ["visit", "记录一次客户拜访"]
    mine, theirs = history["messages"]
    assert mine["payload"]["text"] == "hello"
    assert (theirs["ref"], theirs["blocks"]) == (
        ref,
        [{"type": "text", "spans": [{"text": "Hi, Ana"}]}],
    )


async def test_committed_before_confirmed_and_once(set_up: Stage, client: ClientSession) -> None:
    async with client.ws_connect("/ws?person=1") as socket:
        for _ in range(2):
            await socket.send_json({"type": "send", "id": ID, "payload": HELLO})
            assert (await heard(socket, "committed"))["id"] == ID
    (message,) = set_up.taken
    assert isinstance(message, Message)
    assert (message.text, message.sender.id, message.sender.name) == ("hello", "1", "Ana Keller")


async def test_nobody_speaks_as_another_by_saying_so(set_up: Stage, client: ClientSession) -> None:
    async with client.ws_connect("/ws?person=1") as socket:
        await socket.send_json({"id": ID, "payload": HELLO | {"person": "3", "name": "周敏"}})
        await heard(socket, "committed")
    assert set_up.taken[0].sender.id == "1"


async def test_what_is_not_committed_is_not_confirmed(
    set_up: Stage, client: ClientSession
) -> None:
    set_up.asleep = True
    async with client.ws_connect("/ws?person=1") as socket:
        await heard(socket, "history")
        await socket.send_json({"id": ID, "payload": HELLO})
        assert (await socket.receive(timeout=5)).type is not aiohttp.WSMsgType.TEXT


@pytest.mark.parametrize("frame", ["{", "[]", "3", '{"id": 3, "payload": {}}', '{"id": "x"}'])
async def test_nonsense_is_refused_and_the_phone_stays_open(
    set_up: Stage, client: ClientSession, frame: str
) -> None:
    async with client.ws_connect("/ws?person=1") as socket:
        await socket.send_str(frame)
        await heard(socket, "refused")
        await socket.send_json({"id": ID, "payload": HELLO})
        await heard(socket, "committed")
    assert len(set_up.taken) == 1


async def test_two_phones_of_one_person_show_the_same(
    set_up: Stage, client: ClientSession
) -> None:
    async with client.ws_connect("/ws?person=1") as one, client.ws_connect("/ws?person=1") as two:
        await heard(two, "history")
        await one.send_json({"id": ID, "payload": HELLO})
        assert (await heard(two, "committed"))["payload"]["text"] == "hello"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1:1"])
async def test_other_sites_may_not_speak(set_up: Stage, origin: str) -> None:
    async with ClientSession(set_up.url, headers={"Origin": origin} if origin else {}) as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect("/ws?person=1")
        assert refused.value.status == 403
        assert (await session.post("/files?name=a", data=b"x")).status == 403


@pytest.mark.parametrize(
    ("person", "status"), [("99", 404), ("x", 400), ("", 400), ("1 or 1", 400)]
)
async def test_only_those_who_have_a_phone(
    client: ClientSession, person: str, status: int
) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await client.ws_connect("/ws", params={"person": person})
    assert refused.value.status == status


async def test_a_picture_comes_back_as_one(client: ClientSession) -> None:
    kept = await put(client, "图.png", b"png", "image/png")
    answer = await client.get(f"/files/{kept['ref']}")
    assert (answer.content_type, await answer.read()) == ("image/png", b"png")
    assert answer.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/javascript", "x/y"])
async def test_anything_that_could_act_is_only_downloaded(
    client: ClientSession, mime: str
) -> None:
    kept = await put(client, 'a"\r\n.html', b"<script>alert(1)</script>", mime)
    answer = await client.get(f"/files/{kept['ref']}")
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_files_have_a_limit_and_a_name(client: ClientSession) -> None:
    assert (await client.post("/files?name=a", data=BytesIO(b"x" * (LIMIT + 1)))).status == 413
    assert (await client.post("/files?name=a", data=BytesIO(b"x" * LIMIT))).status == 201
    assert (await client.post("/files", data=b"x")).status == 400
    assert (await client.post("/files?name=a", data=b"")).status == 400
    assert (await client.get("/files/nowhere1")).status == 404


async def put(client: ClientSession, name: str, content: bytes, mime: str) -> Any:
    answer = await client.post(
        "/files", params={"name": name}, data=content, headers={"Content-Type": mime}
    )
    return await answer.json()
