import json
from time import thread_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.receive import private, read
from bot.messages import File, Incoming, Message, Place, Sender
from tests.adapters.slack.payloads import (
    ME,
    SENT,
    TS,
    changed,
    command,
    event,
    form,
    home,
    in_channel,
    mention,
    message,
    press,
    reading,
    shortcut,
)

ALONE = Place("slack", "T1", "U1")
CODE = "wJ4k9Xh2mQ7c_5Tz-0AbCd"


def said(payload: dict[str, Any]) -> Message:
    found = reading(payload)
    assert isinstance(found, Message)
    return found


class TestMessages:
    def test_one_to_us_alone(self) -> None:
        expected = Message(Sender("slack", "U1"), ALONE, "visited Acme", SENT, f"D1/{TS}")
        assert reading(message()) == expected

    def test_the_person_s_own_name_is_their_chat_s(self) -> None:
        assert said(message(channel="D777")).place == private("U1", ME)

    @pytest.mark.parametrize("where", [{"channel_type": "im"}, {"channel_type": None}])
    def test_a_thread_of_theirs_is_answered_in(self, where: dict[str, Any]) -> None:
        place = said(message(thread_ts="1.2", **where)).place

        assert (place.chat, place.thread, place.private) == ("U1", "1.2", True)
        assert place.key == ALONE.key

    def test_in_a_channel_by_name(self) -> None:
        found = said(in_channel("<@UBOT> me"))

        assert (found.text, found.addressed) == ("me", True)
        assert found.place == Place("slack", "T1", "C1", f"new:{TS}", private=False)

    @pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
    def test_in_a_channel_unnamed(self, kind: str) -> None:
        found = said(in_channel("lunch?", channel_type=kind))

        assert not found.addressed
        assert not found.place.private

    def test_a_mention_says_the_same_as_its_message(self) -> None:
        assert reading(mention("<@UBOT> me")) == reading(in_channel("<@UBOT> me"))

    def test_in_a_thread_that_is_there(self) -> None:
        assert said(mention(thread_ts="1.2")).place.thread == "1.2"

    def test_somebody_of_another_workspace(self) -> None:
        found = said(mention(user="W2EXT", user_team="T9", team="T9"))

        assert (found.sender, found.place.bot) == (Sender("slack", "W2EXT"), "T1")

    @pytest.mark.parametrize("kind", ["file_share", "thread_broadcast", "me_message"])
    def test_the_kinds_that_people_write(self, kind: str) -> None:
        assert said(message(subtype=kind)).text == "visited Acme"

    @pytest.mark.parametrize(
        "payload",
        [
            message(subtype="channel_join"),
            message(subtype="message_deleted", deleted_ts="1.2"),
            message(subtype="bot_message", user=None, bot_id="B9"),
            message(subtype=["file_share"]),
            message(bot_id="B9"),
            message(user="UBOT"),
            message(text=""),
            message(text=None, attachments=[{"text": "shared"}]),
            home(tab="messages"),
            event({"type": "reaction_added", "user": "U1", "reaction": "eyes"}),
            {"type": "view_closed", "view": {}},
        ],
    )
    def test_what_is_nothing_to_us(self, payload: dict[str, Any]) -> None:
        assert reading(payload) is None

    @pytest.mark.parametrize("words", [f"join {CODE}", f"JOIN  {CODE}", f"加入 {CODE}"])
    def test_who_wants_in_needs_no_slash(self, words: str) -> None:
        read_as = "/" + " ".join(words.split())
        assert said(message(words)).text == read_as
        assert said(mention(f"<@UBOT> {words}")).text == read_as

    @pytest.mark.parametrize(
        "payload",
        [
            in_channel(f"join {CODE}"),
            message("join https://meet.example.com/abc-defg-hij"),
            message("start with something altogether simpler"),
            message(f"join {CODE} please"),
        ],
    )
    def test_joining_something_else_is_talk(self, payload: dict[str, Any]) -> None:
        assert not said(payload).text.startswith("/")


class TestEdits:
    def test_words_that_were_changed(self) -> None:
        found = said(changed("visited Acme", "visited Beta", edited={"user": "U1"}))

        assert (found.text, found.edited, found.ref) == ("visited Beta", True, f"D1/{TS}")
        assert (found.place, found.at) == (ALONE, SENT)

    def test_in_a_thread(self) -> None:
        assert said(changed("a", "b", thread_ts="1.2")).place.thread == "1.2"

    @pytest.mark.parametrize(
        "payload",
        [
            changed("see acme.com", "see acme.com", attachments=[{"title": "Acme"}]),
            changed("a", "This message was deleted.", subtype="tombstone", user="USLACKBOT"),
            changed("a", "b", bot_id="B9"),
            changed("a", "b", user="UBOT"),
        ],
        ids=["unfurled", "deleted", "bot", "ours"],
    )
    def test_what_nobody_worded_anew(self, payload: dict[str, Any]) -> None:
        assert reading(payload) is None

    def test_in_a_channel_nobody_asks(self) -> None:
        payload = changed("<@UBOT> a", "<@UBOT> b")
        payload["event"] |= {"channel": "C1", "channel_type": "channel"}

        assert reading(payload) is None


class TestFiles:
    def files(self, **entry: Any) -> tuple[File, ...]:
        kept = {"id": "F1", "name": "shelf.jpg", "mimetype": "image/jpeg", "mode": "hosted"}
        found = reading(message(text="look", subtype="file_share", files=[kept | entry]))
        assert isinstance(found, Message)
        return found.files

    def test_a_photo_without_words(self) -> None:
        photo = {"id": "F1", "name": "shelf.jpg", "mimetype": "image/jpeg"}
        found = said(message(text="", subtype="file_share", files=[photo]))

        assert (found.text, found.files) == ("", (File("shelf.jpg", "image/jpeg", "F1"),))

    @pytest.mark.parametrize(
        ("mime", "subtype", "spoken"),
        [
            ("audio/webm", "slack_audio", True),
            ("audio/mp4", None, True),
            ("video/mp4", "slack_audio", True),
            ("video/mp4", "slack_video", True),
            ("video/mp4", None, False),
            ("image/png", None, False),
        ],
    )
    def test_clips_are_spoken(self, mime: str, subtype: str | None, spoken: bool) -> None:
        assert [each.spoken for each in self.files(mimetype=mime, subtype=subtype)] == [spoken]

    @pytest.mark.parametrize(
        "gone",
        [
            {"mode": "tombstone"},
            {"mode": "hidden_by_limit"},
            {"mode": "external", "is_external": True},
            {"is_external": True},
        ],
    )
    def test_what_cannot_be_fetched_is_left_out(self, gone: dict[str, Any]) -> None:
        assert self.files(**gone) == ()

    def test_of_a_file_of_another_workspace_nothing_is_known_but_its_number(self) -> None:
        entry = {"id": "F2", "file_access": "check_file_info", "created": 0}
        found = said(message(text="", files=[entry]))

        assert found.files == (File("file", "application/octet-stream", "F2"),)

    def test_a_file_s_number_leads_nowhere_else(self) -> None:
        with pytest.raises(ValueError):
            self.files(id="../auth.revoke")


BROKEN: list[dict[str, Any]] = [
    message(user=None),
    message(user={"id": "U1"}),
    message(ts="yesterday"),
    mention(channel="C1/../x"),
    command(user_id="U1 https://evil.example"),
    press(actions=[]),
    press(container={}),
    press(user={}),
    shortcut(user={"id": ""}),
    form(id="V1/../x"),
    changed("a", "b", user=None),
]


@pytest.mark.parametrize("payload", BROKEN)
def test_nonsense_raises(payload: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, IndexError, AttributeError)):
        reading(payload)


ANY = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["U1", "C1", TS]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
WHOLE = [
    message(),
    mention(),
    changed("a", "b"),
    command("x"),
    press(),
    form(),
    shortcut(),
    home(),
]


@given(st.sampled_from(WHOLE), st.lists(st.integers(0, 60), max_size=4), ANY)
def test_what_is_read_is_whole_or_nothing(
    payload: dict[str, Any], path: list[int], junk: Any
) -> None:
    """Anything in anyone's place is read as something true, as nothing, or not at all."""
    spoilt = json.loads(json.dumps(payload))
    _spoil(spoilt, path, junk)
    try:
        found: Incoming | None = reading(spoilt)
    except Exception:  # the inbox puts it aside, whatever it is
        return
    if found is not None:
        assert found.place.bot == "T1"
        assert found.sender.id.isalnum()
        assert found.place.chat.isalnum()


def _spoil(whole: Any, path: list[int], junk: Any) -> None:
    for step in path[:-1]:
        keys = list(whole) if isinstance(whole, dict) else range(len(whole))
        if not keys or not isinstance(whole[keys[step % len(keys)]], dict | list):
            break
        whole = whole[keys[step % len(keys)]]
    keys = list(whole) if isinstance(whole, dict) else range(len(whole))
    if path and keys:
        whole[keys[path[-1] % len(keys)]] = junk


def test_what_was_never_stamped_is_no_command() -> None:
    with pytest.raises(KeyError):
        read(command("x"), ME, lambda _text: False)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (f"join {CODE}", f"/join {CODE}"),
        (f"`/salesbot join {CODE}`", f"/join {CODE}"),
        (f"/salesbot join {CODE}", f"/join {CODE}"),
        (f"join: {CODE}.", f"/join {CODE}"),
        (f"加入 {CODE}", f"/加入 {CODE}"),
        ("/salesbot reminders", "/reminders"),
        ("/salesbot visited Acme today", "visited Acme today"),
        ("join us on Friday", "join us on Friday"),
    ],
)
def test_a_command_may_be_sent_as_a_message(text: str, read_as: str) -> None:
    found = read(message(text), ME, lambda line: line in {"/reminders", f"/join {CODE}"})
    assert isinstance(found, Message)
    assert found.text == read_as


@pytest.mark.parametrize("blank", [" ", "`", "* "])
def test_a_message_of_blanks_is_soon_read(blank: str) -> None:
    def effort(text: str) -> float:
        began = thread_time()
        reading(message(text))
        return thread_time() - began

    odd = f"/salesbot x{blank * (14_000 // len(blank))}y"
    assert min(effort(odd) for _ in range(3)) < 30 * min(effort("a" * 14_000) for _ in range(3))


def test_only_to_be_named_is_to_ask_what_there_is() -> None:
    assert said(mention("<@UBOT>")).text == "/help"
    assert said(mention("<@UBOT>: ")).text == "/help"


def test_emoji_are_read_as_they_are_seen() -> None:
    emoji = {"type": "emoji", "name": "tada", "unicode": "1f389"}
    blocks = [{"type": "rich_text", "elements": [{"elements": [emoji]}]}]
    assert said(message("went well :tada:", blocks=blocks)).text == "went well 🎉"
