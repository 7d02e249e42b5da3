"""A model that lies, dawdles, breaks and babbles, on a server of our own."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errands import Consult
from bot.outside.model import LONGEST, MOST, Model
from bot.runtime.errands import Failed
from bot.settings import load

ASKED = Consult("拜访了华东医院", ("proposal", "won"))
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Server:
    """Answers as it is told, and keeps what it was asked."""

    answer: Answer
    asked: list[Any] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        return await self.answer(request)

    def model(self, key: str = "") -> Model:
        return Model(self.url, "small", key)


def saying(content: object) -> Answer:
    """A well-formed answer with this content."""

    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"choices": [{"message": {"content": content}}]})

    return answer


def sending(body: bytes | str, status: int = 200) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        raw = body if isinstance(body, bytes) else body.encode()
        return web.Response(body=raw, status=status)

    return answer


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    serving = Server(saying('{"account": "华东医院"}'))
    app = web.Application()
    app.router.add_post("/v1/chat/completions", serving.handle)
    async with TestServer(app) as running:
        written = load({"LLM_URL": str(running.make_url("/v1")), "LLM_MODEL": "small"}, None)
        serving.url = written.llm_url or ""
        yield serving


async def test_it_is_asked_with_the_text_the_stages_and_nothing_else(server: Server) -> None:
    assert await server.model().fetch(ASKED) == '{"account": "华东医院"}'
    [asked] = server.asked
    rules, message = asked["messages"]
    assert message == {"role": "user", "content": "拜访了华东医院"}
    assert "华东医院" not in rules["content"]
    form = asked["response_format"]["json_schema"]["schema"]
    assert form["properties"]["stage"]["anyOf"][0]["properties"]["value"]["enum"] == [
        "proposal",
        "won",
    ]
    assert set(asked) == {"model", "temperature", "max_tokens", "messages", "response_format"}


async def test_its_key_is_sent_and_never_shown(server: Server) -> None:
    model = server.model("hunter22")
    await model.fetch(ASKED)
    await server.model().fetch(ASKED)
    assert server.keys == ["Bearer hunter22", ""]
    assert "hunter22" not in repr(model)


async def test_a_server_that_knows_no_schemas_is_asked_without_from_then_on(
    server: Server,
) -> None:
    good = server.answer

    async def answer(request: web.Request) -> web.StreamResponse:
        if "response_format" in server.asked[-1]:
            return web.json_response({"error": "unknown field"}, status=400)
        return await good(request)

    server.answer = answer
    model = server.model()
    for _ in range(2):
        assert await model.fetch(ASKED) == '{"account": "华东医院"}'
    assert ["response_format" in each for each in server.asked] == [True, False, False]


@pytest.mark.parametrize(
    "content",
    [
        '```json\n{"account": "Acme"}\n```',
        'Here you are: {"account": "Acme"} Anything else?',
        '<think>is it {"account": "Other"}?</think>\n{"account": "Acme"}',
    ],
)
async def test_words_around_the_answer_are_left_out(server: Server, content: str) -> None:
    server.answer = saying(content)
    assert await server.model().fetch(ASKED) == '{"account": "Acme"}'


GARBAGE = [
    sending("not json"),
    sending(b"\xff\xfe\x00"),
    sending("[]"),
    sending("{}"),
    sending("null"),
    sending('{"choices": []}'),
    sending('{"choices": [{"message": null}]}'),
    sending("[" * 50_000),
    saying(None),
    saying(17),
    saying([]),
    saying(""),
    saying("I can't help with that."),
    saying('{"account": '),
    saying("{" * 20_000 + "}" * 20_000),
    saying(json.dumps({"account": "x" * LONGEST})),
    sending("x" * (MOST + 1)),
    sending("secret words of the message", 500),
    sending("secret words of the message", 401),
    sending("", 302),
]


@pytest.mark.parametrize("answer", GARBAGE)
async def test_garbage_is_a_failure_that_quotes_nothing(server: Server, answer: Answer) -> None:
    server.answer = answer
    with pytest.raises(Failed) as failed:
        await server.model().fetch(ASKED)
    assert "secret" not in str(failed.value)
    assert len(str(failed.value)) < 60


async def test_one_that_hangs_up_is_a_failure(server: Server) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return web.Response()

    server.answer = answer
    with pytest.raises(Failed):
        await server.model().fetch(ASKED)


async def test_one_that_is_not_there_is_a_failure() -> None:
    with pytest.raises(Failed):
        await Model("http://127.0.0.1:9/v1/chat/completions", "small").fetch(ASKED)


async def test_one_that_dawdles_is_not_waited_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = asyncio.Event()

    async def answer(_request: web.Request) -> web.StreamResponse:
        await left.wait()
        return web.Response()

    server.answer = answer
    monkeypatch.setattr(Model, "seconds", 0.2)
    with pytest.raises(Failed):
        await server.model().fetch(ASKED)
    left.set()
