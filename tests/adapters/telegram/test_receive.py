from datetime import UTC, datetime
from typing import Any

import pytest

from bot.adapters.telegram.receive import read
from bot.messages import (
    ContactCard,
    File,
    Location,
    Message,
    Place,
    Press,
    Reachable,
    Sender,
)
from tests.adapters.telegram.updates import ANA, DATE, GROUP, ME, PRIVATE, change, message, press

AT = datetime.fromtimestamp(DATE, UTC)
WHO = Sender("telegram", "7001", "Ana Ruiz", "zh-hans")
HERE = Place("telegram", "123456", "7001")


def text_of(update: dict[str, Any]) -> str | None:
    """What is said to us; a command that names nobody may be."""
    found = read(update, ME)
    assert found is None or isinstance(found, Message)
    return found.text if found and (found.addressed or found.text.startswith("/")) else None


def test_a_message() -> None:
    assert Message(WHO, HERE, "visited Acme", AT, "5") == read(message("visited Acme"), ME)


def test_an_edited_message_says_so() -> None:
    update = message("visited Beta")
    edited = read({"update_id": 9, "edited_message": update["message"]}, ME)

    assert Message(WHO, HERE, "visited Beta", AT, "5", edited=True) == edited


def test_the_photos_of_an_album_say_so() -> None:
    sizes = [{"file_id": "one", "width": 90, "height": 60}]
    albums = [
        read(message(photo=sizes, media_group_id="13579"), ME),
        read(message(photo=sizes), ME),
    ]

    assert [each.album for each in albums if isinstance(each, Message)] == ["13579", ""]


def test_a_caption_is_its_text_and_the_largest_photo_its_file() -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60},
        {"file_id": "large", "width": 1280, "height": 960},
        {"file_id": "medium", "width": 320, "height": 240},
    ]
    found = read(message(photo=sizes, caption="the shelf"), ME)

    assert isinstance(found, Message)
    assert ("the shelf", (File("photo.jpg", "image/jpeg", "large"),)) == (found.text, found.files)


@pytest.mark.parametrize(
    ("kind", "media", "file"),
    [
        ("document", {"file_id": "d", "file_name": "a.csv", "mime_type": "text/csv"},
         File("a.csv", "text/csv", "d")),
        ("document", {"file_id": "d"}, File("file", "application/octet-stream", "d")),
        ("voice", {"file_id": "v", "mime_type": "audio/ogg"},
         File("voice.oga", "audio/ogg", "v", spoken=True)),
        ("video", {"file_id": "v"}, File("video.mp4", "video/mp4", "v")),
        ("video_note", {"file_id": "v"}, File("video.mp4", "video/mp4", "v", spoken=True)),
        ("audio", {"file_id": "a"}, File("audio.mp3", "audio/mpeg", "a", spoken=True)),
    ],
)  # fmt: skip
def test_media_are_files(kind: str, media: dict[str, str], file: File) -> None:
    found = read(message(**{kind: media}), ME)

    assert isinstance(found, Message)
    assert (file,) == found.files


def test_a_location_and_a_contact() -> None:
    place = read(message(location={"latitude": 31.2, "longitude": 121.5}), ME)
    card = read(message(contact={"first_name": "Li", "last_name": "Wei", "phone_number": "1"}), ME)

    assert isinstance(place, Message)
    assert isinstance(card, Message)
    assert Location(31.2, 121.5, picked=True) == place.location
    assert ContactCard("Li Wei", "1") == card.contact


SPOT = {"latitude": 31.2, "longitude": 121.5}


@pytest.mark.parametrize(
    ("said", "accuracy", "picked"),
    [
        ({"location": SPOT | {"horizontal_accuracy": 12.5}}, 12.5, False),
        ({"location": SPOT}, None, True),
        ({"location": SPOT | {"live_period": 900}}, None, False),
        ({"location": SPOT | {"horizontal_accuracy": 0}}, 0.0, False),
        ({"location": SPOT | {"horizontal_accuracy": 12}, "forward_origin": {}}, 12.0, True),
        ({"location": SPOT | {"horizontal_accuracy": 12}, "forward_date": 1}, 12.0, True),
        ({"location": SPOT | {"live_period": 900}, "forward_origin": {}}, None, True),
        ({"location": SPOT | {"horizontal_accuracy": 12}, "venue": {"title": "A"}}, 12.0, True),
        ({"location": SPOT | {"horizontal_accuracy": 12}, "via_bot": {"id": 1}}, 12.0, True),
    ],
)
def test_a_place_that_nobody_measured_is_told_from_one_s_own(
    said: dict[str, Any], accuracy: float | None, picked: bool
) -> None:
    place = read(message(**said), ME)

    assert isinstance(place, Message)
    assert Location(31.2, 121.5, accuracy, picked) == place.location


def test_a_moving_position_is_not_answered_at_every_step() -> None:
    body = message(location={"latitude": 1, "longitude": 2, "live_period": 60})["message"]

    assert read({"update_id": 1, "edited_message": body}, ME) is None


def test_a_sticker_is_a_message_without_words() -> None:
    found = read(message(sticker={"file_id": "s"}), ME)

    assert isinstance(found, Message)
    assert found.text == ""


@pytest.mark.parametrize("service", ["pinned_message", "new_chat_title", "write_access_allowed"])
def test_what_telegram_says_by_itself_is_nothing(service: str) -> None:
    assert read(message(**{service: {}}), ME) is None


@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/visit Acme", "/visit Acme"),
        ("/visit@sales_bot Acme", "/visit Acme"),
        ("/visit@Sales_Bot", "/visit"),
        ("/visit@sales_bot\nAcme\nEast", "/visit\nAcme\nEast"),
        ("/visit@other_bot Acme", None),
        ("/visit@sales_bot2", None),
    ],
)
def test_commands(said: str, heard: str | None, chat: dict[str, Any]) -> None:
    assert heard == text_of(message(said, chat=chat))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("lunch?", None),
        ("mail me at ana@sales_bot", None),
        ("@sales_bot how are we doing", "how are we doing"),
        ("@Sales_Bot: how are we doing", "how are we doing"),
        ("how are we doing @sales_bot", "how are we doing "),
        ("@sales_bot_2 hello", None),
    ],
)
def test_talk_in_a_group_is_for_us_only_when_it_names_us(said: str, heard: str | None) -> None:
    assert heard == text_of(message(said, chat=GROUP))


@pytest.mark.parametrize(
    ("said", "addressed"), [("/visit", False), ("/visit@sales_bot", True), ("lunch?", False)]
)
def test_in_a_group_a_command_may_be_another_bot_s(said: str, addressed: bool) -> None:
    for chat, expected in ((GROUP, addressed), (PRIVATE, True)):
        found = read(message(said, chat=chat), ME)

        assert isinstance(found, Message)
        assert expected == found.addressed


def test_in_a_group_an_answer_to_our_message_is_for_us() -> None:
    ours = {"message_id": 3, "from": {"id": 123456}}
    theirs = {"message_id": 3, "from": {"id": 5}}

    assert text_of(message("yes", chat=GROUP, reply_to_message=ours)) == "yes"
    assert text_of(message("yes", chat=GROUP, reply_to_message=theirs)) is None


def test_a_group_is_not_private() -> None:
    found = read(message("/stats", chat=GROUP), ME)

    assert isinstance(found, Message)
    assert Place("telegram", "123456", "-1001234567890", private=False) == found.place


@pytest.mark.parametrize(
    "hidden",
    [
        {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP},
        {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}},
        {
            "from": {"id": 136817688, "is_bot": True},
            "sender_chat": {"id": -100, "type": "channel"},
        },
    ],
)
def test_who_hides_has_no_id(hidden: dict[str, Any]) -> None:
    found = read(message("/stats", chat=GROUP, **hidden), ME)

    assert isinstance(found, Message)
    assert Sender("telegram", "") == found.sender


def test_other_bots_and_forwarded_channel_posts_are_not_answered() -> None:
    robot = {**ANA, "is_bot": True}

    assert read(message("/stats", chat=GROUP, **{"from": robot}), ME) is None
    assert read(message("/stats", chat=GROUP, is_automatic_forward=True), ME) is None


@pytest.mark.parametrize(
    ("more", "thread"),
    [
        ({"message_thread_id": 8}, "8"),
        ({"message_thread_id": 8, "is_topic_message": True, "reply_to_message": {}}, "8"),
        ({"message_thread_id": 8, "reply_to_message": {"from": {"id": 5}}}, ""),
        ({}, ""),
    ],
)
def test_topics_are_threads_and_chains_of_replies_are_not(
    more: dict[str, Any], thread: str
) -> None:
    found = read(message("/stats", chat=GROUP, **more), ME)

    assert isinstance(found, Message)
    assert thread == found.place.thread


def test_a_press_is_as_old_as_its_arrival_and_not_as_its_card() -> None:
    assert Press(WHO, HERE, "tok", AT, "4", "77") == read(press(), ME)


def test_a_press_without_card_or_data_is_nothing() -> None:
    assert read(press(message=None), ME) is None
    query = press()
    del query["callback_query"]["data"]
    assert read(query, ME) is None


@pytest.mark.parametrize(("status", "reachable"), [("kicked", False), ("member", True)])
def test_blocking_and_coming_back(status: str, reachable: bool) -> None:
    assert Reachable(WHO, HERE, reachable, AT) == read(change(status), ME)


def test_joining_a_group_says_nothing_of_a_person() -> None:
    assert read(change("member", GROUP), ME) is None
    assert read(change("administrator"), ME) is None


def test_unknown_updates_are_nothing() -> None:
    assert read({"update_id": 1, "poll": {}}, ME) is None


@pytest.mark.parametrize(
    "broken",
    [
        message("hi", chat={"id": "x", "type": "private"}),
        message("hi", date="yesterday"),
        message("hi", **{"from": {}}),
        {"update_id": 1, "message": {"text": "hi"}},
        {"update_id": 1, "callback_query": {"message": {}, "data": "x"}},
    ],
)
def test_nonsense_raises(broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read(broken, ME)
