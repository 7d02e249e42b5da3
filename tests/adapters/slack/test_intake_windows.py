import asyncio
import json
from typing import Any

import pytest

from tests.adapters.slack.odd import Says, error
from tests.adapters.slack.payloads import (
    command,
    message,
    press,
    shortcut,
)
from tests.adapters.slack.taking import REFUSED, TAKEN, Door

FORM_BUTTON = {"type": "button", "action_id": "form:tok", "value": "tok"}
OPENING = {
    "command": command("visit"),
    "command with a slash": command(" /visit "),
    "press": press(FORM_BUTTON),
    "pick": press(
        {
            "type": "static_select",
            "action_id": "choice:1",
            "selected_option": {"value": "form:tok"},
        }
    ),
    "shortcut": shortcut(),
    "on a message": shortcut({"text": "hello", "ts": "1.2"}),
    "home tab": press(
        FORM_BUTTON, container={"type": "view", "view_id": "V1"}, view={"id": "V1", "type": "home"}
    ),
}


class TestWindows:
    @pytest.mark.parametrize("payload", OPENING.values(), ids=OPENING)
    async def test_what_asks_for_a_form_opens_one_first(
        self, door: Door, payload: dict[str, Any]
    ) -> None:
        door.inbox.failure = OSError()
        await door.takes(payload)
        assert door.odd.names[0] == "views.open"
        door.inbox.failure = None
        await door.takes(payload)

        assert door.odd.calls("views.open")[-1]["trigger_id"] == "1.2.abc"
        [kept] = await door.kept()
        assert kept["salesbot"]["window"] == "view:V9"

    @pytest.mark.parametrize(
        "payload",
        [
            command("me"),
            command(""),
            message(),
            press(),
            press(FORM_BUTTON, view={"id": "V1", "type": "modal"}),
            command("visit", trigger_id=""),
        ],
    )
    async def test_nothing_else_opens_one(self, door: Door, payload: dict[str, Any]) -> None:
        await door.takes(payload)
        assert "views.open" not in door.odd.names

    @pytest.mark.parametrize("code", ["expired_trigger_id", "ratelimited"])
    async def test_one_that_does_not_open_costs_nothing(self, door: Door, code: str) -> None:
        door.odd.says("views.open", error(code))

        assert await door.takes(command("visit")) == TAKEN
        [kept] = await door.kept()
        assert "window" not in kept["salesbot"]

    @pytest.mark.parametrize(
        "answer", [Says("", 502, "text/html"), Says({"ok": True}), Says(cut=True)]
    )
    async def test_one_that_may_have_opened_is_called_by_the_name_we_gave_it(
        self, door: Door, answer: Says
    ) -> None:
        door.odd.says("views.open", answer)

        assert await door.takes(command("visit")) == TAKEN
        [kept], [opened] = await door.kept(), door.odd.calls("views.open")
        name = opened["view"]["external_id"]
        assert kept["salesbot"]["window"] == f"ours:{name}"

    async def test_one_that_hangs_is_not_waited_for(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.adapters.slack.windows.OPENING_SECONDS", 0.01)

        async def hangs(**_given: Any) -> None:
            await asyncio.Event().wait()

        monkeypatch.setattr(door.slack.api, "views_open", hangs)
        assert await door.takes(command("visit")) == TAKEN
        assert len(await door.rows()) == 1

    @pytest.mark.parametrize("answer", [Says(), error("not_found"), Says(cut=True), Says("x")])
    async def test_one_that_was_opened_for_nothing_says_so(self, door: Door, answer: Says) -> None:
        door.odd.says("views.update", answer)
        door.inbox.failure = OSError("the disk is full")

        assert await door.takes(command("visit")) == REFUSED
        [told] = door.odd.calls("views.update")
        assert told["view_id"] == "V9"
        assert "Try once more" in json.dumps(told)

    async def test_one_for_what_nobody_can_read_says_so(self, door: Door) -> None:
        assert await door.takes(shortcut(user={"id": ""})) == TAKEN
        assert "Try once more" in json.dumps(door.odd.calls("views.update"))
