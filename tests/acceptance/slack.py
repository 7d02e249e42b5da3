"""Slack's strict stand-in, started inside the test's own event loop, and the people on it.

It grants exactly the scopes and sends exactly the events that ``slack-manifest.yaml`` asks for.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance import slack_reader
from tests.acceptance.fakes import load
from tests.adapters.contract import Shown

ROOT = Path(__file__).resolve().parents[2]
BOT_TOKEN = "xoxb-100000000001-200000000001-AAAAAAAAAAAAAAAAAAAAAAAA"
APP_TOKEN = "xapp-1-A0TESTAPP-300000000001-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"
TEAM = "T0TEST"
ANA, BEN, EVE = "U0ANA", "U0BEN", "U0EVE"
CHANNEL, ELSEWHERE = "C0TEAM", "C0ELSEWHERE"
COMMAND = "/salesbot"
PATIENCE = 30.0


def asked_for(section: str) -> list[str]:
    """The items of one list of the manifest, by the name above it."""
    written = (ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")
    found = re.search(rf"^( *){section}:\n((?:\1 *- .+\n)+)", written, re.MULTILINE)
    assert found, f"the manifest has no {section}"
    return [line.strip().removeprefix("- ").strip("\"'") for line in found[2].splitlines()]


def settings(module: Any, **more: Any) -> Any:
    """The stand-in's settings: what the manifest asks for is what the bot gets."""
    scopes, events = asked_for("bot"), asked_for("bot_events")
    return module.Config(scopes=scopes, subscriptions=events, **more)


@dataclass
class Control:
    """Plays the people on the stand-in, breaks things, and looks at what the bot did."""

    server: Any

    # What people do

    def says(
        self, text: str, user: str = ANA, channel: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Write in a channel, or to the bot alone."""
        done: dict[str, Any] = self.server.user_message(
            user=user, text=text, channel=channel, **more
        )
        return done

    async def command(
        self, text: str = "", user: str = ANA, channel: str | None = None, *, wait: bool = True
    ) -> Any:
        typed = {"command": COMMAND, "text": text, "user": user, "channel": channel}
        return await self.server.command(**typed, wait=wait)

    async def presses(
        self,
        label: str,
        user: str = ANA,
        channel: str | None = None,
        ts: str | None = None,
        *,
        home: bool = False,
    ) -> Any:
        """Tap the newest button of that label, or pick that option of a menu."""
        if home:
            where: dict[str, Any] = {"home": True}
            blocks = self.server.team().homes[user].data["blocks"]
        else:
            card = self._card(label, user, channel, ts)
            where, blocks = {"channel": channel, "message_ts": card["ts"]}, card["blocks"]
        item = next(each for each in slack_reader.elements(blocks) if label in _labels(each))
        named = {"action_id": item["action_id"]}
        named |= {"value": label} if "options" in item else {}
        return await self.server.action(user=user, **where, **named)

    def _card(self, label: str, user: str, channel: str | None, ts: str | None) -> Any:
        place = self._place(channel, user)
        own = [each for each in place.ephemeral if each.get("to") == user]
        for found in sorted([*place.messages.values(), *own], key=_age, reverse=True):
            if ts in (None, found["ts"]) and found.get("bot_id"):
                shown = slack_reader.message(found)
                if label in (name for name, _ in shown.buttons):
                    return found
        raise AssertionError(f"no button {label!r} in {self.texts(user, channel)}")

    async def submits(self, values: Mapping[str, Any], user: str = ANA) -> Any:
        """Fill in the open window and send it; a question is named by the bot's own name.

        Words for a question that has suggestions pick the one that says the same.
        """
        return await self.server.submit(user=user, values=await self._named(values, user))

    async def chooses(
        self, question: str, label: str, values: Mapping[str, Any], user: str = ANA
    ) -> Any:
        """Pick in the open window what says the same, the rest of it filled in so far."""
        view = self.server._open_modal(self.server.team(), user, None)
        option = await self.picks(question, label, user)
        named = await self._named({question: option, **values}, user)
        view.state = self.server._fill(view, dict(named))
        block = _block(question, list(named))
        return await self.server.action(user=user, view_id=view.id, block_id=block, value=option)

    async def _named(self, values: Mapping[str, Any], user: str) -> dict[str, Any]:
        """What is filled in, by the names of its inputs."""
        blocks = {
            each["block_id"]: each for each in self.window(user)["blocks"] if "element" in each
        }
        named: dict[str, Any] = {}
        for name, value in values.items():
            block = _block(name, list(blocks))
            suggested = blocks[block]["element"]["type"] == "external_select"
            picks = suggested and isinstance(value, str)
            named[block] = await self.picks(name, value, user) if picks else value
        return named

    async def picks(self, question: str, label: str, user: str = ANA) -> Any:
        """Type into a field of the open window, and pick what says the same, or offers it anew."""
        options = await self.suggests(question, label, user)
        same = [each for each in options if each["text"]["text"] == label]
        return (same or [each for each in options if label in each["text"]["text"]])[0]

    async def suggests(self, question: str, text: str = "", user: str = ANA) -> list[Any]:
        """What is offered while somebody types in a field of the open window."""
        view = self.server._open_modal(self.server.team(), user, None)
        block = _block(question, [each["block_id"] for each in view.data["blocks"]])
        # All fields have one action_id, and the stand-in finds them by that alone.
        hidden = [each for each in view.data["blocks"] if each["block_id"] != block]
        view.data["blocks"] = [each for each in view.data["blocks"] if each not in hidden]
        asked = self.server.suggest(user=user, action_id="answer", value=text, view_id=view.id)
        whole, pending = [*view.data["blocks"], *hidden], asyncio.ensure_future(asked)
        await asyncio.sleep(0)
        view.data["blocks"] = whole
        return list((await pending)["options"].get("options", ()))

    async def shortcut(self, name: str, user: str = ANA, **message: Any) -> Any:
        return await self.server.shortcut(callback_id=name, user=user, **message)

    def opens_home(self, user: str = ANA) -> Any:
        return self.server.open_home(user=user)

    def shares(self, name: str, mime: str, content: bytes) -> dict[str, Any]:
        """A file that somebody has put into Slack, as events and windows tell of it."""
        module = load("fake_slack")
        number = self.server.new_id("F")
        address = f"{self.server.url}/files-pri/{number}/{name}"
        info = {"id": number, "name": name, "title": name, "mimetype": mime, "size": len(content)}
        info |= {"url_private": address, "url_private_download": address, "mode": "hosted"}
        kept = module.Upload(number, TEAM, name, len(content), number, 0.0)
        kept.data, kept.completed, kept.info = content, True, info
        self.server.uploads[number] = kept
        return info

    # What goes wrong

    def breaks(self, kind: str, method: str = "*", **more: Any) -> Any:
        return self.server.add_fault(kind=kind, method=method, **more)

    def heals(self) -> None:
        self.server.faults.clear()

    # What there is to see

    def _place(self, channel: str | None, user: str) -> Any:
        return self.server._place(self.server.team(), channel, user)

    def messages(self, user: str = ANA, channel: str | None = None) -> list[Any]:
        """What the bot has in a chat, oldest first."""
        return [each for each in self._place(channel, user).messages.values() if "bot_id" in each]

    def sees(self, user: str = ANA, channel: str | None = None) -> list[Shown]:
        return [slack_reader.message(each) for each in self.messages(user, channel)]

    def texts(self, user: str = ANA, channel: str | None = None) -> list[str]:
        return [each.text for each in self.sees(user, channel)]

    def ephemerals(self, user: str = ANA, channel: str | None = CHANNEL) -> list[Shown]:
        """What one person alone sees in a channel."""
        found = self._place(channel, user).ephemeral
        return [slack_reader.message(each) for each in found if each.get("to") == user]

    def window(self, user: str = ANA) -> Any:
        """The window that is open on top."""
        team = self.server.team()
        return self.server.view_json(self.server._open_modal(team, user, None))

    def windows(self, user: str = ANA) -> int:
        """How many windows are open."""
        open_now = [v for v in self.server.views.values() if v.user == user and not v.closed]
        return sum(each.data["type"] == "modal" for each in open_now)

    def modal(self, user: str = ANA) -> Shown:
        return slack_reader.page(self.window(user))

    def home(self, user: str = ANA) -> Shown:
        return slack_reader.page(self.server.view_json(self.server.team().homes[user]))

    def calls(self, method: str) -> list[Any]:
        return [call for call in self.server.requests if call["method"] == method]

    @property
    def violations(self) -> list[str]:
        return [f"{found['kind']}: {found['detail']}" for found in self.server.violations]


def _age(found: Any) -> float:
    return float(found["ts"])


def _labels(item: Any) -> list[str]:
    options = [each["text"]["text"] for each in item.get("options", ())]
    return options or [item["text"]["text"]]


def _block(question: str, blocks: list[str]) -> str:
    """A question's block: its name, and a number where the window was drawn anew."""
    found = [each for each in blocks if re.fullmatch(rf"{re.escape(question)}(~[0-9a-f]+)?", each)]
    assert found, f"the window asks for {blocks}, not for {question}"
    return found[0]


@pytest.fixture
async def slack_server() -> AsyncIterator[Any]:
    """A Slack of our own on a random port, with a team of three."""
    module = load("fake_slack")
    tokens = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SIGNING_SECRET}
    async with module.FakeSlack(config=settings(module), **tokens) as server:
        people(server)
        yield server


def people(server: Any) -> None:
    """Three people, a channel of theirs with the bot in it, and one without."""
    for user, name in ((ANA, "ana"), (BEN, "ben"), (EVE, "eve")):
        server.add_user(user, name=name, tz="Asia/Shanghai", locale="en-US")
    server.add_channel(CHANNEL, name="team", members=[ANA, BEN, EVE, server.team().bot_user])
    server.add_channel(ELSEWHERE, name="elsewhere", members=[ANA, BEN])


@pytest.fixture
def slack_control(slack_server: Any) -> Control:
    return Control(slack_server)
