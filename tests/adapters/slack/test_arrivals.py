import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack import arrivals
from bot.adapters.slack.arrivals import is_foreign, is_ours, kind, name, received, stamped, window
from tests.adapters.slack.payloads import (
    NOW,
    changed,
    command,
    event,
    form,
    home,
    in_channel,
    mention,
    message,
    press,
    shortcut,
    suggestion,
)

ALL = {
    "message": message(),
    "app_mention": mention(),
    "app_home_opened": home(),
    "command": command("visit"),
    "block_actions": press(),
    "view_submission": form(),
    "shortcut": shortcut(),
    "message_action": shortcut({"text": "hello"}),
}
JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.sampled_from(["message"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(("expected", "payload"), ALL.items(), ids=ALL)
def test_the_kind_of_each(expected: str, payload: dict[str, Any]) -> None:
    assert kind(payload) == expected


@pytest.mark.parametrize("payload", ALL.values(), ids=ALL)
def test_what_is_sent_again_has_the_name_that_it_had(payload: dict[str, Any]) -> None:
    again = json.loads(json.dumps(payload))

    assert name(again | {"token": payload.get("token")}) == name(payload)
    assert name(payload).isascii()


def test_everything_has_a_name_of_its_own() -> None:
    payloads = [*ALL.values(), in_channel("x"), changed("a", "b")]
    payloads += [press(trigger_id="1.3.abc"), message(ts="1.2"), home() | {"event_id": "Ev9"}]
    names = [name(each) for each in payloads if each != ALL["app_mention"]]

    assert len(set(names)) == len(names)


def test_a_mention_and_its_message_are_one() -> None:
    assert name(mention("<@UBOT> me")) == name(in_channel("<@UBOT> me"))
    assert name(mention("<@UBOT> me", ts="9.9")) != name(in_channel("<@UBOT> me"))


def test_an_edit_is_another_thing_than_its_message() -> None:
    assert name(changed("a", "b")) == "message:Ev1"


@pytest.mark.parametrize(
    "odd", ["", None, "x" * 500, "a b", "\0", "\ud800", "中", {"a": 1}], ids=repr
)
def test_a_name_is_one_that_every_database_holds(odd: Any) -> None:
    payload = command("visit", trigger_id=odd)
    found = name(payload)

    assert found.isascii()
    assert found.isprintable()
    assert len(found) < 150
    assert found == name(dict(reversed(payload.items())))
    assert found != name(command("other", trigger_id=odd))


@pytest.mark.parametrize(
    "payload",
    [
        message(user="UBOT", bot_id="BBOT"),
        message(user="UBOT"),
        message(user=None, bot_id="BBOT", subtype="bot_message"),
        changed("a", "b", user="UBOT", bot_id="BBOT"),
    ],
)
def test_what_we_did_ourselves(payload: dict[str, Any]) -> None:
    assert is_ours(payload, "UBOT", "BBOT")


@pytest.mark.parametrize(
    "payload", [*ALL.values(), message(bot_id="BOTHER"), event({"type": "message"})]
)
def test_what_others_did(payload: dict[str, Any]) -> None:
    assert not is_ours(payload, "UBOT", "BBOT")
    assert not is_ours(payload, "UBOT", "")


def test_what_is_kept_lets_nobody_in() -> None:
    secret = form() | {"bot_access_token": "xwfp-secret"} | event({}) | {"token": "secret"}
    kept = json.loads(stamped(secret, NOW))

    assert {"token", "authorizations", "bot_access_token"} & kept.keys() == set()
    assert "secret" not in json.dumps(kept)
    assert kept["view"] == secret["view"]


def test_what_is_kept_carries_our_marks_and_nobody_else_s() -> None:
    forged = message() | {"salesbot": {"at": 0, "window": "view:VEVIL"}}
    kept, opened = json.loads(stamped(forged, NOW)), json.loads(stamped(message(), NOW, "view:V1"))

    assert (received(kept), window(kept), window(opened)) == (NOW, "", "view:V1")


def test_half_a_surrogate_pair_can_be_kept() -> None:
    kept = stamped(message("a\ud800b\0"), NOW)

    assert kept.encode("utf-8").isascii()
    assert json.loads(kept)["event"]["text"] == "a\ud800b\0"


@given(st.dictionaries(st.sampled_from(["type", "event", "command", "trigger_id"]), JUNK))
def test_nothing_that_comes_is_too_odd_to_be_named_and_kept(payload: dict[str, Any]) -> None:
    for each in (payload, payload | {"type": "event_callback"}):
        assert name(each).isascii()
        assert isinstance(kind(each), str)
        assert is_ours(each, "UBOT", "BBOT") in (True, False)
        assert is_foreign(each, "T1", "E1") in (True, False)
        json.loads(stamped(each, NOW))


AWAY = {"id": "U1", "name": "ana", "team_id": "T9"}
FOREIGN = {
    "mention": mention(user_team="T9"),
    "message": message(source_team="T9", team="T1"),
    "without more": in_channel("hello", team="T9"),
    "edit": changed("a", "b", user_team="T9"),
    "press": press(user=AWAY),
    "form": form() | {"user": AWAY},
    "shortcut": shortcut(user=AWAY),
    "suggestion": suggestion("x", user=AWAY),
    "command": command("me", team_id="T9"),
}


@pytest.mark.parametrize("payload", FOREIGN.values(), ids=FOREIGN)
def test_who_is_of_another_company(payload: dict[str, Any]) -> None:
    assert is_foreign(payload, "T1")
    assert is_foreign(payload, "T1", "E1")
    assert not is_foreign(payload, "T9")
    assert not is_foreign(payload, "")

    of_ours = {"enterprise": {"id": "E1"}, "enterprise_id": "E1", "is_ext_shared_channel": False}
    assert is_foreign(payload | of_ours, "T1", "E2") is ("event" not in payload)
    assert not is_foreign(payload | of_ours, "T1", "E1")
    assert is_foreign(payload | of_ours, "T1")
    # An event's is that of the workspace it is sent to.
    assert is_foreign(payload | of_ours | {"is_ext_shared_channel": True}, "T1", "E1") is (
        "event" in payload
    )


@pytest.mark.parametrize("payload", ALL.values(), ids=ALL)
def test_who_is_one_of_us(payload: dict[str, Any]) -> None:
    assert not is_foreign(payload, "T1")
    assert not is_foreign(payload, "T1", "E1")


@pytest.mark.parametrize("odd", ["", "C1/../x", "C 1", "中", "²", None, 5, "x" * 41])
def test_a_name_of_slack_s_is_letters_and_digits(odd: Any) -> None:
    with pytest.raises(ValueError):
        arrivals.identifier(odd)
    assert arrivals.identifier("W012AB") == "W012AB"


def test_a_time_as_slack_writes_it() -> None:
    assert arrivals.moment("1795338000.000100") == datetime.fromtimestamp(1795338000.0001, UTC)
