"""An answer that there is more to ask about: picked in a window, it opens another upon it."""

import json
from dataclasses import replace

import pytest

from bot.adapters.slack import inputs, views
from bot.adapters.slack.submitted import MORE, answers
from bot.forms import Option
from bot.messages import Detail, Input, Place, Sender, Way
from tests.adapters.slack.kit import Json, seen, sheet, view_faults
from tests.adapters.slack.odd import Says, error
from tests.adapters.slack.payloads import ME, NOW, picked, press, reading, suggestion, typed
from tests.adapters.slack.taking import OPENED, REFUSED, TAKEN, Door

META = json.dumps({"token": "tok", "card": "D1/1.2"})


def choice(value: str | None = f"{MORE}+Nova", kind: str = "external_select") -> Json:
    """Somebody picks an answer in a form that stays open."""
    action = picked(value, kind) | {"action_id": "answer", "block_id": "account~1f"}
    values = {
        "account~1f": {"answer": picked(value, kind)},
        "note~2": {"answer": typed("bring samples")},
        "kind": {"answer": picked("demo")},
        "at": {"answer": {"type": "datepicker", "selected_date": "2026-11-20"}},
        "at.time": {"answer": {"type": "timepicker", "selected_time": "15:00"}},
    }
    view: Json = {"id": "V1", "type": "modal", "callback_id": "form", "private_metadata": META}
    view |= {"root_view_id": "V1", "state": {"values": values}}
    return press(action, container={"type": "view", "view_id": "V1"}, view=view)


def test_it_is_read_with_what_stands_in_the_form() -> None:
    assert reading(choice(), "view:V2") == Detail(
        Sender("slack", "U1", "ana"),
        Place("slack", ME.team, "U1"),
        "tok",
        "account",
        "+Nova",
        {"note": "bring samples", "at": "2026-11-20 15:00"},
        {"account": "+Nova", "kind": "demo"},
        NOW,
        window="view:V2",
        under="view:V1",
        card="D1/1.2",
    )


def test_without_a_window_for_it_nothing_is_asked() -> None:
    assert reading(choice()) is None


@pytest.mark.parametrize("value", [None, "7", "+Nova", "=ab", "more"])
def test_of_another_answer_nothing_is_asked(value: str | None) -> None:
    assert reading(choice(value), "view:V2") is None


def test_only_what_is_looked_up_in_a_window_asks() -> None:
    assert reading(choice(kind="static_select"), "view:V2") is None
    assert reading(choice() | {"view": {"type": "home"}}, "view:V2") is None


def test_a_picked_answer_is_sent_as_it_is_kept() -> None:
    _typed, chosen = answers({"account": {"answer": picked(f"{MORE}+Nova", "external_select")}})
    assert chosen == {"account": "+Nova"}


def test_what_is_looked_up_is_told_at_once() -> None:
    account, kind = Input("account", "Who?", way=Way.SUGGESTED), Input("kind", "What?")
    view = views.modal(sheet(account, kind, replace(kind, name="at", way=Way.MOMENT)), "en")
    told = [each["block_id"] for each in view["blocks"] if each.get("dispatch_action")]
    assert told == ["account"]
    assert view_faults(view) == []


def test_a_doubt_stands_below_its_question() -> None:
    named = Input("name", "Name", value="Nova", doubt="This may be Acme.")
    blocks = [*inputs.to_blocks(named)]
    assert [each["type"] for each in blocks] == ["input", "context"]
    assert "⚠️ This may be Acme." in seen(blocks).text
    assert len([*inputs.to_blocks(replace(named, error="Too long."))]) == 3


@pytest.fixture
def door(door: Door) -> Door:
    door.odd.says("views.push", OPENED)
    return door


async def test_a_window_is_pushed_before_it_is_kept(door: Door) -> None:
    assert await door.takes(choice()) == TAKEN
    assert door.odd.names == ["views.push"]
    assert door.odd.calls("views.push")[0]["trigger_id"] == "1.2.abc"
    [row] = await door.rows()
    assert row.chat == "slack:T1:U1#view:V9"
    assert json.loads(row.payload)["salesbot"]["window"] == "view:V9"


async def test_one_that_is_not_pushed_costs_nothing(door: Door) -> None:
    door.odd.says("views.push", error("expired_trigger_id"))
    assert await door.takes(choice()) == TAKEN
    assert await door.rows() == []


async def test_one_that_slack_does_not_name_is_found_by_our_name(door: Door) -> None:
    door.odd.says("views.push", Says({"ok": True}))
    assert await door.takes(choice()) == TAKEN
    [row] = await door.rows()
    assert json.loads(row.payload)["salesbot"]["window"].startswith("ours:")


async def test_what_was_pushed_in_vain_says_so(door: Door) -> None:
    door.inbox.failure = OSError("the disk is full")
    assert await door.takes(choice()) == REFUSED
    [told] = door.odd.calls("views.update")
    assert (told["view_id"], "nothing was saved" in json.dumps(told)) == ("V9", True)


async def test_other_answers_are_acknowledged_and_not_kept(door: Door) -> None:
    for value in ("7", "+Nova", None):
        assert await door.takes(choice(value)) == TAKEN
    assert (door.odd.names, await door.rows()) == ([], [])


async def test_what_there_is_more_to_ask_about_is_marked_where_there_is_room(door: Door) -> None:
    longest = "n" * (150 - len(MORE))
    door.options = [
        Option("Acme", "7"), Option("New", "+Nova", more=True),
        Option("Long", longest, more=True), Option("Longer", f"{longest}n", more=True),
    ]  # fmt: skip
    answer = await door.takes(suggestion("No"))
    assert isinstance(answer.payload, dict)
    values = [each["value"] for each in answer.payload["options"]]
    assert values == ["7", "more:+Nova", f"more:{longest}"]
