"""The app that is pasted into Slack is the one that the bot is written for."""

import ast
import json
import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.adapters.slack.scopes import NEEDED, missing
from bot.commands import collect
from tests.acceptance.fakes import FAKES

ROOT = Path(__file__).parents[1]
ADAPTER = ROOT / "bot" / "adapters" / "slack"
SPECS = FAKES / "specs"
CALLED = {
    "apps.connections.open": "",
    "auth.test": "",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "views.open": "",
    "views.publish": "",
    "views.push": "",
    "views.update": "",
}
"""The methods that the adapter calls, and the scope that each wants of a bot."""

HEARD = {"app_home_opened": "", "app_mention": "app_mentions:read", "message.im": "im:history"}
"""The events that it hears, and the scope that each wants."""

FEATURES = {"slash_commands": "commands", "shortcuts": "commands"}
LONGEST = {"name": 35, "display_name": 80, "command": 32, "description": 140, "usage_hint": 100}
"""Of what the manifest says (docs.slack.dev/reference/app-manifest)."""


Lines = deque[tuple[int, str]]


def read(text: str) -> Any:
    """As much of YAML as a manifest needs: mappings and lists, one value a line."""
    written = [line for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]
    lines = deque((len(line) - len(line.lstrip()), line.strip()) for line in written)
    found = _block(lines)
    assert not lines, lines
    return found


def _block(lines: Lines) -> Any:
    indent, first = lines[0]
    return _items(lines, indent) if first.startswith("- ") else _fields(lines, indent)


def _items(lines: Lines, indent: int) -> list[Any]:
    found: list[Any] = []
    while lines and lines[0][0] == indent:
        item = lines.popleft()[1].removeprefix("- ")
        if ": " in item:
            lines.appendleft((indent + 2, item))
            found.append(_fields(lines, indent + 2))
        else:
            found.append(_scalar(item))
    return found


def _fields(lines: Lines, indent: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while lines and lines[0][0] == indent:
        key, _, written = lines.popleft()[1].partition(":")
        assert key not in found, key
        found[key] = _scalar(written.strip()) if written else _block(lines)
    return found


def _scalar(written: str) -> str | bool:
    if written in {"true", "false"}:
        return written == "true"
    return str(json.loads(written)) if written.startswith('"') else written


@cache
def manifest() -> Any:
    return read((ROOT / "slack-manifest.yaml").read_text(encoding="utf-8"))


def _named() -> Iterator[str]:
    """Everything in the adapter that is named as one of the library's methods is."""
    for file in sorted(ADAPTER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                yield node.attr
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value.replace(".", "_")


def test_the_adapter_calls_these_methods_and_no_other() -> None:
    ours = {"api_call", "api_test"}
    methods = {name for name in dir(AsyncWebClient) if re.match(r"[a-z]+_[a-z]", name)} - ours
    assert {name.replace(".", "_") for name in CALLED} == methods & set(_named())


@pytest.mark.skipif(not SPECS.exists(), reason=f"Slack's method reference is not at {SPECS}")
def test_each_method_and_event_wants_the_scope_that_we_think() -> None:
    methods = json.loads((SPECS / "slack_web_api_methods.json").read_text(encoding="utf-8"))
    methods = methods["methods"]
    for method, scope in CALLED.items():
        assert scope in (methods[method]["scope"].get("bot") or [""]), method
    events = json.loads((SPECS / "slack_events.json").read_text(encoding="utf-8"))["events"]
    for event, scope in HEARD.items():
        wanted = [each.replace("mentions.", "mentions:") for each in events[event]["scopes"]]
        assert scope in (wanted or [""]), event


def test_the_scopes_are_those_that_something_needs() -> None:
    needed = {*CALLED.values(), *HEARD.values(), *FEATURES.values()} - {""}
    assert needed == set(NEEDED)
    assert sorted(NEEDED) == manifest()["oauth_config"]["scopes"]["bot"]


def test_what_was_not_granted_is_told_with_its_use() -> None:
    assert missing(NEEDED) == {}
    assert missing([]) == NEEDED
    lacking = missing(set(NEEDED) - {"files:read"})
    assert lacking == {"files:read": NEEDED["files:read"]}


def test_the_events_are_those_that_are_read() -> None:
    assert sorted(HEARD) == manifest()["settings"]["event_subscriptions"]["bot_events"]
    names = set(_named())
    assert {event.partition(".")[0] for event in HEARD} <= names


def test_a_shortcut_runs_the_command_that_it_names() -> None:
    shortcuts = manifest()["features"]["shortcuts"]
    words = [each["callback_id"] for each in shortcuts]
    assert set(words) <= set(collect(handlers).by_word)
    assert len(set(words)) == len(words)
    assert {each["type"] for each in shortcuts} == {"global", "message"}
    assert all(len(each["name"]) <= 24 for each in shortcuts)


def test_the_command_is_handed_on_as_it_was_typed() -> None:
    (command,) = manifest()["features"]["slash_commands"]
    assert command["command"] == "/salesbot"
    assert command["should_escape"] is False


def test_people_can_write_to_it_and_see_their_home() -> None:
    assert manifest()["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_it_works_without_an_address_of_our_own() -> None:
    settings = manifest()["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["org_deploy_enabled"] is settings["token_rotation_enabled"] is False
    assert "url" not in (ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")


def _texts(part: Any) -> Iterator[tuple[str, str]]:
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    if isinstance(part, dict):
        for key, value in part.items():
            yield from [(key, value)] if isinstance(value, str) else _texts(value)


def test_what_it_says_of_itself_is_within_slack_s_limits() -> None:
    texts = list(_texts(manifest()))
    assert {key for key, _ in texts} >= set(LONGEST)
    assert all(len(text) <= LONGEST.get(key, 255) for key, text in texts)
