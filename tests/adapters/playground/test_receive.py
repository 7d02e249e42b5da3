"""What the page sends is read strictly: it may be anybody's page."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.adapters.playground.receive import place, read
from bot.messages import ContactCard, File, Location, Message, Press, Sender, Submission

AT = datetime(2026, 5, 3, 12, 30, tzinfo=UTC)
ID = "7d1f4c1e-0000-4000-8000-000000000001"
WHO: dict[str, Any] = {"id": ID, "person": "7", "name": "Ana", "at": "2026-05-03T12:30:00.000Z"}
ANA = Sender("playground", "7", "Ana")
SAID = WHO | {"kind": "message", "text": "visited Acme"}
PRESSED = WHO | {"kind": "press", "token": "abc", "card": "12"}
SENT_BACK = WHO | {"kind": "submission", "token": "abc", "card": "12", "answers": {"at": "today"}}


def test_a_message() -> None:
    assert read(SAID) == Message(ANA, place("7"), "visited Acme", AT, ref=ID)


def test_a_phone_is_a_private_chat_with_a_key_of_its_own() -> None:
    assert (place("7").key, place("7").private) == ("playground:demo:7", True)


def test_a_press_ends_its_own_spinner() -> None:
    assert read(PRESSED) == Press(ANA, place("7"), "abc", AT, "12", ID)


def test_a_submission() -> None:
    assert read(SENT_BACK) == Submission(ANA, place("7"), "abc", {"at": "today"}, AT, "12")


def test_attachments() -> None:
    message = read(
        WHO
        | {
            "kind": "message",
            "text": "",
            "files": [{"name": "a.png", "mime": "image/png", "ref": "abcdefgh"}],
            "location": {"latitude": 31.2, "longitude": 121},
            "contact": {"name": "李伟", "phone": ""},
        }
    )
    assert isinstance(message, Message)
    assert message.files == (File("a.png", "image/png", "abcdefgh"),)
    assert message.location == Location(31.2, 121.0, picked=True)
    assert message.contact == ContactCard("李伟", "")


def test_a_place_that_the_phone_measured() -> None:
    where = {"latitude": 31.2, "longitude": 121, "accuracy": 15}
    message = read(WHO | {"kind": "message", "text": "", "location": where})
    assert isinstance(message, Message)
    assert message.location == Location(31.2, 121.0, 15.0)


def test_in_a_file_of_sound_somebody_speaks() -> None:
    file = {"name": "a.webm", "mime": "audio/webm", "ref": "abcdefgh"}
    message = read(WHO | {"kind": "message", "text": "", "files": [file]})
    assert isinstance(message, Message)
    assert message.files == (File("a.webm", "audio/webm", "abcdefgh", spoken=True),)


def test_what_no_database_keeps_is_taken_out() -> None:
    message = read(SAID | {"text": "a\0b\ud800c"})
    assert isinstance(message, Message)
    assert message.text == "abc"


@pytest.mark.parametrize(
    "payload",
    [
        {},
        SAID | {"kind": "shout"},
        SAID | {"kind": ["message"]},
        SAID | {"text": None},
        SAID | {"text": "  "},
        SAID | {"text": "x" * 16_001},
        SAID | {"person": "7 or 1"},
        SAID | {"person": 7},
        SAID | {"person": "٧"},
        SAID | {"id": "../../etc"},
        SAID | {"id": ""},
        SAID | {"at": "yesterday"},
        SAID | {"at": "2026-05-03T12:30:00"},
        SAID | {"files": {}},
        SAID | {"files": ["a.png"]},
        SAID | {"files": [{"name": "a", "mime": "b", "ref": "../secret"}]},
        SAID | {"files": [{"name": "a", "mime": "b", "ref": "abcdefgh"}] * 11},
        SAID | {"location": {"latitude": 91, "longitude": 0}},
        SAID | {"location": {"latitude": True, "longitude": 0}},
        SAID | {"location": {"latitude": float("nan"), "longitude": 0}},
        SAID | {"location": {"latitude": 1, "longitude": 2, "accuracy": -1}},
        SAID | {"location": {"latitude": 1, "longitude": 2, "accuracy": "near"}},
        SAID | {"location": [1, 2]},
        SAID | {"contact": {"name": " ", "phone": "1"}},
        PRESSED | {"token": ""},
        PRESSED | {"token": "x" * 401},
        PRESSED | {"card": 12},
        SENT_BACK | {"answers": []},
        SENT_BACK | {"answers": {"at": 3}},
        SENT_BACK | {"answers": {str(n): "" for n in range(51)}},
    ],
)
def test_nonsense_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        read(payload)
