from typing import Any

import pytest

from bot.adapters.slack.receive import private
from bot.messages import Message, Opened, Place, Press, Sender
from tests.adapters.slack.payloads import (
    HOOK,
    ME,
    NOW,
    SENT,
    TS,
    command,
    home,
    press,
    reading,
    shortcut,
)

ALONE = Place("slack", "T1", "U1")


def said(payload: dict[str, Any]) -> Message:
    found = reading(payload)
    assert isinstance(found, Message)
    return found


def pressed(payload: dict[str, Any], window: str = "") -> Press:
    found = reading(payload, window)
    assert isinstance(found, Press)
    return found


class TestCommands:
    def test_in_a_channel_it_is_answered_for_their_eyes_alone(self) -> None:
        found = said(command("visit Acme"))

        only = "U1 https://hooks.slack.com/commands/T1/1/abc"
        assert found.place == Place("slack", "T1", "C1", private=False, only=only)
        assert (found.text, found.at, found.opens) == ("/visit Acme", NOW, "trigger:1.2.abc")
        assert found.sender == Sender("slack", "U1", "ana")

    def test_in_any_private_chat_it_is_answered_in_theirs_with_us(self) -> None:
        assert said(command("visit", channel_id="D9")).place == ALONE

    @pytest.mark.parametrize(
        ("typed", "text"),
        [
            ("", "/help"),
            ("   ", "/help"),
            ("visit R&amp;D &lt;b&gt;", "/visit R&D <b>"),
            ("/visit Acme", "/visit Acme"),
            ("met Li Wei at Acme", "met Li Wei at Acme"),
            (None, "/help"),
        ],
    )
    def test_what_is_typed_after_it(self, typed: Any, text: str) -> None:
        assert said(command(typed)).text == text

    def test_without_what_opens_a_window_it_is_heard_all_the_same(self) -> None:
        payload = command("visit")
        del payload["trigger_id"]
        del payload["response_url"]

        assert (said(payload).opens, said(payload).place.only) == ("", "U1")

    def test_the_window_that_was_opened_for_it(self) -> None:
        found = reading(command("visit"), "view:V1")

        assert isinstance(found, Message)
        assert found.window == "view:V1"


class TestPresses:
    def test_on_a_card_that_all_see(self) -> None:
        place = Place("slack", "T1", "C1", f"new:{TS}", private=False)
        who = Sender("slack", "U1", "ana")
        expected = Press(who, place, "tok", NOW, f"C1/{TS}", opens="trigger:1.2.abc")
        assert reading(press()) == expected

    def test_in_a_thread(self) -> None:
        found = pressed(press(message={"ts": TS, "thread_ts": "1.2"}))

        assert found.place.thread == "1.2"

    def test_on_a_card_in_their_chat(self) -> None:
        where = {"type": "message", "message_ts": TS, "channel_id": "D1", "thread_ts": "1.2"}
        found = pressed(press(container=where, message=None))

        assert (found.place, found.card) == (private("U1", ME, "1.2"), f"D1/{TS}")

    def test_on_a_card_for_their_eyes_it_is_named_by_its_address(self) -> None:
        where = {"type": "message", "message_ts": TS, "channel_id": "C1", "is_ephemeral": True}
        payload = press(container=where)
        del payload["message"]
        found = pressed(payload)

        assert found.card == HOOK
        assert found.place == Place("slack", "T1", "C1", private=False, only=f"U1 {HOOK}")

    def test_in_a_window_it_is_answered_there(self) -> None:
        inside = {"container": {"type": "view", "view_id": "V1"}}
        found = pressed(press(view={"id": "V1", "type": "modal"}, **inside))

        assert (found.place, found.card, found.window) == (ALONE, "", "view:V1")

    def test_on_the_home_tab(self) -> None:
        inside = {"container": {"type": "view", "view_id": "V1"}}
        payload = press(view={"id": "V1", "type": "home"}, **inside)

        assert pressed(payload).window == ""
        assert pressed(payload, "view:V2").window == "view:V2"

    @pytest.mark.parametrize("value", ["form:tok", "do:tok"])
    def test_what_is_picked_from_a_menu(self, value: str) -> None:
        option = {"text": {"type": "plain_text", "text": "Acme"}, "value": value}
        menu = {"type": "static_select", "action_id": "choice:1", "selected_option": option}
        assert pressed(press(menu)).token == "tok"

    @pytest.mark.parametrize(
        "action",
        [
            {"type": "button", "action_id": "link:1", "url": "https://example.com"},
            {"type": "datepicker", "action_id": "answer", "selected_date": "2026-11-22"},
            {"type": "static_select", "action_id": "answer", "selected_option": None},
        ],
    )
    def test_what_is_no_press_of_ours(self, action: dict[str, Any]) -> None:
        assert reading(press(action)) is None


class TestShortcuts:
    def test_on_a_message(self) -> None:
        photo = {"id": "F1", "name": "a.jpg", "mimetype": "image/jpeg"}
        said_there = {"text": "met &lt;Li&gt; <@U2|bob>", "ts": TS, "user": "U2", "files": [photo]}
        found = said(shortcut(said_there))

        assert (found.text, found.command, found.at) == ("met <Li> @bob", "log", SENT)
        assert (found.sender, found.place) == (Sender("slack", "U1", "ana"), ALONE)
        assert (found.opens, [each.ref for each in found.files]) == ("trigger:1.2.abc", ["F1"])

    def test_anywhere(self) -> None:
        found = said(shortcut(callback_id="visit"))

        assert (found.text, found.command, found.at) == ("", "visit", NOW)


def test_looking_at_the_home_tab() -> None:
    assert reading(home()) == Opened(Sender("slack", "U1"), ALONE, NOW, "home:U1")
