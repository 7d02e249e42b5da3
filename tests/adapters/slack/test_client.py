from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.adapters.slack.client import Slack
from bot.markdown import Markdown
from bot.messages import Button, File, Place, Reply, Sheet, Token, reply
from bot.runtime.adapter import NotSent, Outgoing, Rejected, RetryLater, Uncertain, Unreachable
from tests.acceptance.slack import ANA, BOT_TOKEN, CHANNEL, TEAM, Control
from tests.adapters.slack.odd import HERE, Says, error, odd_slack

HELLO = reply("Hello", Button("Undo", Token("tok")))
IN_CHANNEL = Place("slack", TEAM, CHANNEL, private=False)
TO_ANA = replace(IN_CHANNEL, only=ANA)


def outgoing(place: Place, said: Reply = HELLO, edit: str = "") -> Outgoing:
    return Outgoing(1, place, said, edit=edit)


@pytest.fixture
def ana() -> Place:
    return Place("slack", TEAM, ANA)


async def test_it_learns_its_name(slack: Slack, slack_control: Control) -> None:
    team = slack_control.server.team()
    assert (slack.bot, slack.me.user, slack.me.bot) == (TEAM, team.bot_user, team.bot_id)
    assert "xoxb" not in repr(slack)


async def test_a_wrong_token_is_named_without_showing_it(slack_control: Control) -> None:
    with pytest.raises(Rejected, match="does not know") as raised:
        await Slack.connect("xoxb-9-wrong", slack_control.server.base_url)
    assert "xoxb" not in str(raised.value)


async def test_nobody_there() -> None:
    with pytest.raises(NotSent):
        await Slack.connect(BOT_TOKEN, "http://127.0.0.1:9/api/")


async def test_a_message_and_its_name(slack: Slack, slack_control: Control, ana: Place) -> None:
    name = await slack.send(outgoing(ana))

    [message] = slack_control.messages()
    channel, _, ts = name.partition("/")
    assert (channel[0], ts) == ("D", message["ts"])
    assert slack_control.texts() == ["Hello"]
    assert slack_control.violations == []


async def test_nothing_is_unfurled(slack: Slack, slack_control: Control, ana: Place) -> None:
    await slack.send(outgoing(ana, reply("See https://example.com")))

    [call] = slack_control.calls("chat.postMessage")
    assert {call["args"]["unfurl_links"], call["args"]["unfurl_media"]} <= {False, "0", "false"}


@pytest.mark.parametrize("begun", [True, False])
async def test_a_thread(slack: Slack, slack_control: Control, begun: bool) -> None:
    ts = slack_control.says("lunch?", ANA, CHANNEL)["ts"]
    place = replace(IN_CHANNEL, thread=ts if begun else f"new:{ts}")
    await slack.send(outgoing(place))
    await slack.send(outgoing(replace(place, only=ANA)))

    assert [each["thread_ts"] for each in slack_control.messages(ANA, CHANNEL)] == [ts]
    [whisper] = slack_control._place(CHANNEL, ANA).ephemeral
    # In a thread that is not there yet, nobody would see it.
    assert whisper.get("thread_ts") == (ts if begun else None)


@pytest.mark.parametrize("code", ["cannot_reply_to_message", "restricted_action_thread_locked"])
async def test_a_thread_that_takes_no_more(code: str) -> None:
    place = replace(HERE, thread="1.2")
    async with odd_slack() as (slack, odd):
        odd.says("chat.postMessage", error(code), Says())
        await slack.send(outgoing(place))

        assert [each.get("thread_ts") for each in odd.calls("chat.postMessage")] == ["1.2", None]
        odd.says("chat.postMessage", error(code))
        with pytest.raises(Rejected):
            await slack.send(outgoing(HERE))


class TestEdits:
    async def test_a_card_is_worded_anew(
        self, slack: Slack, slack_control: Control, ana: Place
    ) -> None:
        card = await slack.send(outgoing(ana))
        assert await slack.send(outgoing(ana, reply("Undone."), card)) == card

        [shown] = slack_control.sees()
        assert (shown.text, shown.buttons) == ("Undone.", ())

    async def test_one_that_is_gone_is_followed_by_another(
        self, slack: Slack, slack_control: Control, ana: Place
    ) -> None:
        card = await slack.send(outgoing(ana))
        for lost in (card.replace("/1", "/2"), "C0NOWHERE/1.2"):
            name = await slack.send(outgoing(ana, reply("Undone."), lost))
            assert name not in {card, lost}

        assert slack_control.texts() == ["Hello", "Undone.", "Undone."]

    @pytest.mark.parametrize(
        "code", ["edit_window_closed", "cant_update_message", "block_mismatch", "is_inactive"]
    )
    async def test_one_that_cannot_be_edited_is_followed_by_another(self, code: str) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("chat.update", error(code))
            assert await slack.send(outgoing(HERE, edit="D1/1.1")) == "D1/1.2"

    async def test_a_file_is_followed_by_words(self) -> None:
        async with odd_slack() as (slack, odd):
            assert await slack.send(outgoing(HERE, edit="D1/F1")) == "D1/1.2"
            assert odd.names == ["chat.postMessage"]

    @pytest.mark.parametrize(
        ("answer", "means"),
        [
            (error("invalid_blocks"), Rejected),
            (Says(cut=True), Uncertain),
            (Says(status=429), RetryLater),
            (error("not_in_channel"), Unreachable),
        ],
    )
    async def test_a_failure_is_no_reason_to_say_it_twice(
        self, answer: Says, means: type[Exception]
    ) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("chat.update", answer)
            with pytest.raises(means):
                await slack.send(outgoing(HERE, edit="D1/1.1"))
            assert odd.names == ["chat.update"]

    async def test_a_whispered_card_is_worded_anew_by_its_address(
        self, slack: Slack, slack_control: Control
    ) -> None:
        await slack.send(outgoing(TO_ANA))
        pressed = await slack_control.server.action(
            user=ANA, channel=CHANNEL, action_id="do:tok", wait=False
        )
        url = str(pressed["response_url"])
        place = replace(TO_ANA, only=f"{ANA} {url}")
        assert await slack.send(outgoing(place, reply("Undone."), url)) == url

        assert [each.text for each in slack_control.ephemerals(ANA)] == ["Undone."]

    @pytest.mark.parametrize(
        "answer",
        [
            Says({"ok": False, "error": "expired_url"}, 404),
            Says("no such address", 404, "text/plain"),
            Says("", 410),
        ],
    )
    async def test_one_whose_address_has_had_its_day_is_whispered_anew(self, answer: Says) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("abc", answer)
            odd.says("chat.postEphemeral", Says({"ok": True, "message_ts": "1.3"}))
            url = f"{odd.url}/hooks/abc"
            place = replace(IN_CHANNEL, only=f"U1 {url}")
            assert await slack.send(outgoing(place, edit=url)) == ""

            assert odd.names == ["abc", "abc", "chat.postEphemeral"]
            assert odd.calls("abc")[0]["replace_original"] is True

    @pytest.mark.parametrize(
        ("answer", "means"),
        [
            (Says("error", 500, "text/plain"), Uncertain),
            (Says("ratelimited", 429, "text/plain"), RetryLater),
            (Says("invalid_blocks", 400, "text/plain"), Rejected),
            (Says(cut=True), Uncertain),
        ],
    )
    async def test_an_address_that_fails(self, answer: Says, means: type[Exception]) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("abc", answer)
            url = f"{odd.url}/hooks/abc"
            place = replace(IN_CHANNEL, only=f"U1 {url}")
            for edit in (url, ""):
                with pytest.raises(means):
                    await slack.send(outgoing(place, edit=edit))
            assert set(odd.names) == {"abc"}


async def test_what_can_never_be_said(slack: Slack, ana: Place) -> None:
    form = Sheet("Log", (), "Save", Token("t"))
    with pytest.raises(Rejected):
        await slack.send(outgoing(ana, Reply((form,))))
    with pytest.raises(Unreachable):
        await slack.send(outgoing(replace(ana, chat="U0NOBODY1")))


async def test_why_it_was_not_sent_is_logged_without_its_words() -> None:
    async with odd_slack() as (slack, odd):
        odd.says("chat.postMessage", error("invalid_blocks"))
        with capture_logs() as logs, pytest.raises(Rejected):
            await slack.send(outgoing(HERE, reply("Project Nightingale")))

    [line] = logs
    assert (line["code"], line["means"]) == ("invalid_blocks", "Rejected")
    assert line["log_level"] == "info"


@pytest.mark.parametrize(
    ("code", "do"),
    [
        ("token_revoked", "Install App"),
        ("invalid_auth", "SLACK_BOT_TOKEN"),
        ("messages_tab_disabled", "App Home"),
        ("enterprise_is_restricted", "administrators"),
        ("missing_scope", "reinstall"),
    ],
)
async def test_what_somebody_has_to_put_right_is_logged_loudly(code: str, do: str) -> None:
    async with odd_slack() as (slack, odd):
        odd.says("chat.postMessage", error(code))
        with capture_logs() as logs, pytest.raises(RetryLater):
            await slack.send(outgoing(HERE))

    [line] = logs
    assert (line["code"], line["log_level"]) == (code, "warning")
    assert do in line["do"]


async def test_before_it_is_opened_there_is_nothing_to_fetch_by() -> None:
    with pytest.raises(RuntimeError, match="open it first"):
        await Slack("xoxb-1").download(File("a", "b", "F1"))


async def test_typing_is_nothing(slack: Slack, slack_control: Control, ana: Place) -> None:
    before = len(slack_control.server.requests)
    await slack.typing(ana)
    assert len(slack_control.server.requests) == before


async def test_commands_are_spelled_as_slack_s_people_write_them(
    slack: Slack, slack_control: Control, ana: Place
) -> None:
    slack.learn(lambda text: text == "/visit", "en")
    [card] = slack.pack(reply(Markdown("Send /visit Acme")))
    await slack.send(outgoing(ana, card))

    assert slack_control.texts() == ["Send /salesbot visit Acme"]
