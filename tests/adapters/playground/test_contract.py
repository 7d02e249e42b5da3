import json
from collections.abc import Sequence
from typing import Any, cast

import pytest
from aiohttp.web import WebSocketResponse

from bot.adapters.playground import receive
from bot.adapters.playground.client import Playground
from bot.runtime.adapter import Adapter
from tests.adapters.contract import AdapterContract, Screen, Shown
from tests.adapters.playground.stage import Stage


class OpenPhone:
    """What a page would show: messages by name, edits in their place."""

    def __init__(self, playground: Playground) -> None:
        self.adapter: Adapter = playground
        self.place = receive.place("1")
        self.messages: dict[str, Any] = {}
        playground.plug("1", cast("WebSocketResponse", self))

    async def send_str(self, text: str) -> None:
        event = json.loads(text)
        if event["type"] == "message":
            self.messages[event["ref"]] = event["blocks"]

    async def close(self, **_how: Any) -> None:
        pass

    def shown(self) -> Sequence[Shown]:
        return [shown(blocks) for blocks in self.messages.values()]

    def complaints(self) -> Sequence[str]:
        return ()


def shown(blocks: Any) -> Shown:
    buttons = [
        one for block in blocks for key in ("buttons", "options") for one in block.get(key, [])
    ]
    links = [url for block in blocks for url in hrefs(block)]
    files = [block["name"] for block in blocks if block["type"] in {"image", "file"}]
    return Shown(
        "\n".join(word for block in blocks for word in words(block)),
        tuple((one["label"], one.get("token") or one["url"]) for one in buttons),
        tuple(files),
        tuple(links),
    )


def words(node: Any) -> list[str]:
    """Every text of a block, a list of spans as one."""
    match node:
        case [{"text": _}, *_]:
            return ["".join(span["text"] for span in node)]
        case list():
            return [word for each in node for word in words(each)]
        case dict():
            told = [node[key] for key in ("alt", "title", "label") if key in node]
            return told + [word for value in node.values() for word in words(value)]
        case _:
            return []


def hrefs(node: Any) -> list[str]:
    match node:
        case list():
            return [url for each in node for url in hrefs(each)]
        case dict():
            own = [node["href"]] if "href" in node else []
            return own + [url for value in node.values() for url in hrefs(value)]
        case _:
            return []


class TestPlayground(AdapterContract):
    @pytest.fixture
    def screen(self, set_up: Stage) -> Screen:
        return OpenPhone(set_up.playground)
