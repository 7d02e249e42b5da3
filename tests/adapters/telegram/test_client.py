import asyncio
import logging
import time

import pytest

from bot.adapters.telegram import Telegram
from bot.markdown import Markdown
from bot.messages import Block, Button, Buttons, File, Image, Place, Reply, Text, Token
from bot.runtime.adapter import NotSent, Outgoing, Rejected, RetryLater, Uncertain, Unreachable
from tests.acceptance.fakes import ANA, TEAM, TOKEN, Control
from tests.adapters.contract import PIXEL

HELLO = Text(Markdown("Hello"))
CHART = File("chart.png", "image/png", content=PIXEL)
SENT_TOO_LONG_AGO = "99999"


def outgoing(place: Place, *blocks: Block, edit: str = "", ack: str = "") -> Outgoing:
    return Outgoing(1, place, Reply(blocks or (HELLO,)), edit=edit, ack=ack)


async def settled(telegram: Telegram) -> None:
    while telegram._spinners:
        await asyncio.wait(telegram._spinners)


async def test_it_learns_its_name(telegram: Telegram) -> None:
    assert (telegram.bot, telegram.me.username) == ("123456", "test_123456_bot")
    assert "AAAA" not in repr(telegram)


async def test_a_wrong_token_is_named_without_showing_it(control: Control) -> None:
    with pytest.raises(Rejected, match="does not know") as raised:
        await Telegram.connect(TOKEN + "x", control.server.url)
    assert "AAAA" not in str(raised.value)


async def test_nobody_there() -> None:
    with pytest.raises(NotSent):
        await Telegram.connect(TOKEN, "http://127.0.0.1:9")


async def test_a_message_and_its_name(telegram: Telegram, control: Control, ana: Place) -> None:
    name = await telegram.send(outgoing(ana))

    [message] = control.sees()
    assert (name, "Hello") == (str(message["message_id"]), message["text"])
    assert control.violations == []


async def test_previews_are_off(telegram: Telegram, control: Control, ana: Place) -> None:
    await telegram.send(outgoing(ana, Text(Markdown("See https://example.com"))))

    assert control.sees()[0]["link_preview_options"] == {"is_disabled": True}


async def test_a_topic(telegram: Telegram, control: Control) -> None:
    topic = Place("telegram", "123456", str(TEAM), "8", private=False)
    await telegram.send(outgoing(topic))

    assert control.sees(TEAM)[0]["message_thread_id"] == 8


async def test_files_by_bytes_and_by_reference(
    telegram: Telegram, control: Control, ana: Place
) -> None:
    await telegram.send(outgoing(ana, Image(CHART, "The week")))
    [photo] = control.sees()
    again = File("chart.png", "image/png", ref=photo["photo"][-1]["file_id"])
    await telegram.send(outgoing(ana, Image(again, "Again")))
    await telegram.send(outgoing(ana, File("a.csv", "text/csv", content=b"a,b")))

    assert [m.get("caption") for m in control.sees()] == ["The week", "Again", None]
    assert control.sees()[2]["document"]["file_name"] == "a.csv"
    assert control.violations == []


async def test_a_picture_that_is_no_photo_is_sent_as_a_file(
    telegram: Telegram, control: Control, ana: Place
) -> None:
    strip = File("strip.svg", "image/svg+xml", content=b"<svg/>")
    await telegram.send(outgoing(ana, Image(strip, "Strip")))

    assert control.sees()[0]["document"]["file_name"] == "strip.svg"


class TestPress:
    @pytest.fixture
    async def card(self, telegram: Telegram, ana: Place) -> str:
        undo = Buttons((Button("Undo", Token("u")),))
        return await telegram.send(outgoing(ana, HELLO, undo))

    async def test_it_edits_the_card_and_ends_the_spinner(
        self, telegram: Telegram, control: Control, ana: Place, card: str
    ) -> None:
        ack = control.presses("Undo")["callback_query_id"]
        undone = Text(Markdown("Undone."))
        assert await telegram.send(outgoing(ana, undone, edit=card, ack=ack)) == card
        await settled(telegram)

        [message] = control.sees()
        assert (message["text"], message.get("reply_markup")) == ("Undone.", None)
        assert control.server.callbacks[ack].answered_at
        assert control.violations == []

    async def test_the_same_again_is_no_failure(
        self, telegram: Telegram, ana: Place, card: str
    ) -> None:
        undo = Buttons((Button("Undo", Token("u")),))

        assert await telegram.send(outgoing(ana, HELLO, undo, edit=card)) == card

    async def test_a_spinner_that_is_too_old_does_not_matter(
        self, telegram: Telegram, control: Control, ana: Place, card: str
    ) -> None:
        await telegram.send(outgoing(ana, Text(Markdown("Done.")), edit=card, ack="123"))
        await settled(telegram)

        assert control.texts() == ["Done."]

    async def test_a_hanging_spinner_does_not_delay_the_reply(
        self, telegram: Telegram, control: Control, ana: Place, card: str
    ) -> None:
        control.breaks("delay", method="answerCallbackQuery", seconds=2)
        ack = control.presses("Undo")["callback_query_id"]
        began = time.monotonic()
        await telegram.send(outgoing(ana, Text(Markdown("Done.")), edit=card, ack=ack))

        assert time.monotonic() - began < 1

    async def test_a_second_attempt_leaves_the_spinner_alone(
        self, telegram: Telegram, control: Control, ana: Place
    ) -> None:
        await telegram.send(Outgoing(1, ana, Reply((HELLO,)), ack="5", attempt=2))
        await settled(telegram)

        assert control.calls("answerCallbackQuery") == []

    @pytest.mark.parametrize("picture", [False, True])
    async def test_a_card_that_cant_be_edited_is_followed_by_a_new_one(
        self, telegram: Telegram, control: Control, ana: Place, picture: bool
    ) -> None:
        card = SENT_TOO_LONG_AGO
        if picture:
            card = await telegram.send(outgoing(ana, Image(CHART, "The week")))
        name = await telegram.send(outgoing(ana, edit=card))

        assert name != card
        assert control.texts()[-1] == "Hello"


class TestTrouble:
    @pytest.mark.parametrize("status", ["blocked", "deactivated", "not_started"])
    async def test_who_is_gone(
        self, telegram: Telegram, control: Control, ana: Place, status: str
    ) -> None:
        control.server.set_chat_status(ANA, status)

        with pytest.raises(Unreachable):
            await telegram.send(outgoing(ana))

    @pytest.mark.parametrize("status", ["kicked", "restricted"])
    async def test_a_group_that_put_us_out(
        self, telegram: Telegram, control: Control, team: Place, status: str
    ) -> None:
        control.server.set_chat_status(TEAM, status)

        with pytest.raises(Unreachable):
            await telegram.send(outgoing(team))

    async def test_a_chat_that_never_was(self, telegram: Telegram) -> None:
        with pytest.raises(Unreachable):
            await telegram.send(outgoing(Place("telegram", "123456", "404")))

    async def test_a_group_that_moved(self, telegram: Telegram, control: Control) -> None:
        control.server.add_chat(-55)
        control.server.set_chat_status(-55, "migrated", migrate_to=TEAM)
        old = Place("telegram", "123456", "-55", private=False)
        await telegram.send(outgoing(old, edit="3"))

        assert control.texts(TEAM) == ["Hello"]

    async def test_too_many_requests(
        self, telegram: Telegram, control: Control, ana: Place
    ) -> None:
        control.breaks("flood", method="sendMessage", retry_after=7, times=1)

        with pytest.raises(RetryLater) as raised:
            await telegram.send(outgoing(ana))
        assert raised.value.seconds == 7

    async def test_a_429_in_a_proxys_own_words(
        self, telegram: Telegram, control: Control, ana: Place
    ) -> None:
        control.breaks("error", method="sendMessage", status=429, body="slow down", times=1)

        with pytest.raises(RetryLater):
            await telegram.send(outgoing(ana))

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    @pytest.mark.parametrize("body", [None, "<html>Bad Gateway</html>"])
    async def test_a_fault_of_theirs_leaves_it_open(
        self, telegram: Telegram, control: Control, ana: Place, status: int, body: str | None
    ) -> None:
        control.breaks("error", method="sendMessage", status=status, body=body)

        with pytest.raises(Uncertain):
            await telegram.send(outgoing(ana))

    @pytest.mark.parametrize("body", ["{}", "[]", "not JSON", '{"ok":true,"result":5}'])
    async def test_an_answer_that_makes_no_sense_leaves_it_open(
        self, telegram: Telegram, control: Control, ana: Place, body: str
    ) -> None:
        control.breaks("error", method="sendMessage", status=200, body=body)

        with pytest.raises(Uncertain):
            await telegram.send(outgoing(ana))

    @pytest.mark.parametrize(("kind", "arrived"), [("reset", 0), ("lost", 1)])
    async def test_a_connection_that_breaks_leaves_it_open(
        self, telegram: Telegram, control: Control, ana: Place, kind: str, arrived: int
    ) -> None:
        control.breaks(kind, method="sendMessage", times=1)

        with pytest.raises(Uncertain):
            await telegram.send(outgoing(ana))
        assert len(control.sees()) == arrived

    async def test_no_answer_in_time_leaves_it_open(
        self,
        telegram: Telegram,
        control: Control,
        ana: Place,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("bot.adapters.telegram.client.SEND_SECONDS", 0.3)
        control.breaks("slow_response", method="sendMessage", seconds=1)

        with pytest.raises(Uncertain):
            await telegram.send(outgoing(ana))
        assert control.texts() == ["Hello"]

    async def test_no_connection_means_not_sent(self, ana: Place) -> None:
        nowhere = Telegram(TOKEN, "http://127.0.0.1:9")
        with pytest.raises(NotSent):
            await nowhere.send(outgoing(ana))
        await nowhere.close()

    async def test_a_revoked_token_pauses_and_loses_nothing(
        self, control: Control, ana: Place
    ) -> None:
        stranger = Telegram(TOKEN + "x", control.server.url)
        with pytest.raises(RetryLater):
            await stranger.send(outgoing(ana))
        await stranger.close()

    async def test_what_telegram_will_never_take(
        self, telegram: Telegram, control: Control, ana: Place
    ) -> None:
        with pytest.raises(Rejected):
            await telegram.send(outgoing(ana, Text(Markdown("x" * 5_000))))
        control.breaks("error", method="sendMessage", status=413, description="Too Large")
        with pytest.raises(Rejected):
            await telegram.send(outgoing(ana))

    async def test_typing_never_raises(
        self, telegram: Telegram, control: Control, ana: Place
    ) -> None:
        for kind in ("error", "reset", "flood"):
            control.breaks(kind, method="sendChatAction", times=1)
            await telegram.typing(ana)
        await telegram.typing(ana)
        await telegram.typing(Place("telegram", "123456", "404"))

        assert [e["kind"] for e in control.server.events] == ["chat_action"]

    async def test_no_log_line_holds_the_token(
        self,
        telegram: Telegram,
        control: Control,
        ana: Place,
        caplog: pytest.LogCaptureFixture,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        caplog.set_level(logging.INFO)
        control.breaks("reset", method="sendMessage", times=1)
        with pytest.raises(Uncertain):
            await telegram.send(outgoing(ana, ack="5"))
        await telegram.send(outgoing(ana))
        await settled(telegram)

        assert TOKEN not in caplog.text + "".join(capsys.readouterr())


class TestDownload:
    async def test_a_file_that_someone_sent(self, telegram: Telegram, control: Control) -> None:
        control.says(document={"file_name": "a.csv", "content_b64": "YSxi"})
        [stored] = control.server.files.by_id

        assert await telegram.download(File("a.csv", "text/csv", stored)) == b"a,b"

    async def test_a_file_of_our_own(self, telegram: Telegram) -> None:
        assert await telegram.download(File("a.csv", "text/csv", content=b"a")) == b"a"

    async def test_a_file_too_large_for_bots(self, telegram: Telegram, control: Control) -> None:
        control.says(document={"file_name": "a.zip", "size": 21 * 1024 * 1024})
        [stored] = control.server.files.by_id

        with pytest.raises(Rejected, match=r"a\.zip is larger than 20 MB"):
            await telegram.download(File("a.zip", "application/zip", stored))

    async def test_trouble_on_the_way(self, telegram: Telegram, control: Control) -> None:
        control.says(document={"content_b64": "YSxi"})
        [stored] = control.server.files.by_id
        control.breaks("reset", method="file", times=1)

        with pytest.raises(Uncertain):
            await telegram.download(File("a.csv", "text/csv", stored))


async def test_sixty_messages_at_the_stated_pace_are_never_too_many(
    telegram: Telegram, control: Control
) -> None:
    """Bursts as the pace allows them, to several chats, for as long as a burst has an effect."""
    pace = telegram.pace
    people = [ANA + n for n in range(12)]
    for person in people:
        control.server.add_chat(person)

    async def talk(person: int) -> None:
        place = Place("telegram", "123456", str(person))
        for n in range(pace.chat_burst + 2):
            if n >= pace.chat_burst:
                await asyncio.sleep(pace.chat_gap / 1000)
            async with lane:
                await telegram.send(outgoing(place))
                await asyncio.sleep(pace.lane_gap / 1000)

    lane = asyncio.Semaphore(1)
    await asyncio.gather(*map(talk, people))

    assert [call["status"] for call in control.calls("sendMessage")] == [200] * 60
    assert control.violations == []
