import json
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.adapters.slack import files
from bot.adapters.slack.blocks import to_blocks
from bot.adapters.slack.client import Slack
from bot.markdown import Markdown
from bot.messages import Block, File, Image, Place, Reply, reply
from bot.runtime.adapter import NotSent, Outgoing, Rejected, RetryLater, Uncertain, Unreachable
from tests.acceptance.slack import ANA, BOT_TOKEN, CHANNEL, TEAM, Control
from tests.adapters.slack.odd import HERE, Odd, Says, error, odd_slack

PICTURE = Image(File("chart.png", "image/png", content=b"PNG"), Markdown("*The* week <!channel>"))
TABLE = File("a.csv", "text/csv", content=b"a,b")
SENT = File("shelf.jpg", "image/jpeg", ref="F1")


def outgoing(block: Block, place: Place = HERE) -> Outgoing:
    return Outgoing(1, place, Reply((block,)))


def prepared(odd: Odd) -> None:
    """An odd Slack that takes a file."""
    odd.says("conversations.open", Says({"ok": True, "channel": {"id": "D1"}}))
    address = f"{odd.url}/upload/bytes"
    odd.says(
        "files.getUploadURLExternal", Says({"ok": True, "upload_url": address, "file_id": "F1"})
    )
    odd.says("bytes", Says("OK - 3", kind="text/plain"))
    odd.says("files.completeUploadExternal", Says({"ok": True, "files": []}))


STEPS = (
    "conversations.open",
    "files.getUploadURLExternal",
    "bytes",
    "files.completeUploadExternal",
)


class TestSending:
    async def test_its_steps(self) -> None:
        async with odd_slack() as (slack, odd):
            prepared(odd)
            assert await slack.send(outgoing(PICTURE)) == "D1/F1"

            assert tuple(odd.names) == STEPS
            assert odd.calls("bytes") == [{"bytes": b"PNG"}]
            [asked] = odd.calls("files.getUploadURLExternal")
            assert (asked["length"], asked["alt_txt"]) == ("3", "The week <!channel>")
            [done] = odd.calls("files.completeUploadExternal")
            assert "initial_comment" not in done
            assert done["blocks"] == json.dumps(
                to_blocks(reply(Markdown("*The* week <!channel>")))
            )

    async def test_an_address_in_its_words_is_no_link(self, slack_control: Control) -> None:
        slack = await Slack.connect(BOT_TOKEN, slack_control.server.base_url)
        words = "https://evil.example"
        await slack.send(outgoing(Image(PICTURE.file, words), Place("slack", TEAM, ANA)))
        await slack.close()

        [shown] = slack_control.messages()
        assert shown["blocks"][0]["text"] == to_blocks(reply(words))[0]["text"]
        assert shown["blocks"][0]["text"]["verbatim"]
        assert not shown["text"]

    @pytest.mark.parametrize("block", [TABLE, Image(PICTURE.file, "")])
    async def test_without_words(self, block: Block) -> None:
        async with odd_slack() as (slack, odd):
            prepared(odd)
            await slack.send(outgoing(block))

            assert "blocks" not in odd.calls("files.completeUploadExternal")[0]
            assert "alt_txt" not in odd.calls("files.getUploadURLExternal")[0]

    @pytest.mark.parametrize("thread", ["new:1.2", "1.2"])
    async def test_in_a_thread_of_a_channel(self, thread: str) -> None:
        place = Place("slack", "T1", "C1", thread, private=False)
        async with odd_slack() as (slack, odd):
            prepared(odd)
            assert await slack.send(outgoing(TABLE, place)) == "C1/F1"
            assert (
                await slack.send(outgoing(TABLE, replace(place, only="U1 https://x"))) == "D1/F1"
            )

            assert odd.calls("conversations.open") == [{"users": "U1"}]
            done = odd.calls("files.completeUploadExternal")
            assert [(each["channel_id"], each.get("thread_ts")) for each in done] == [
                ("C1", "1.2"),
                ("D1", None),
            ]

    @pytest.mark.parametrize("step", STEPS[:3])
    @pytest.mark.parametrize(
        "answer",
        [Says(cut=True), Says("", 500, "text/html"), Says("", 503), error("internal_error")],
    )
    async def test_until_anybody_sees_it_nothing_was_sent(self, step: str, answer: Says) -> None:
        if step == "bytes" and answer.status == 200 and not answer.cut:
            answer = Says("moved", 302, "text/plain")
        async with odd_slack() as (slack, odd):
            prepared(odd)
            odd.says(step, answer)
            with pytest.raises(NotSent):
                await slack.send(outgoing(TABLE))

            assert odd.calls("files.completeUploadExternal") == []

    @pytest.mark.parametrize("answer", [Says(cut=True), Says("", 500), error("internal_error")])
    async def test_in_the_end_it_may_have_been_seen(self, answer: Says) -> None:
        async with odd_slack() as (slack, odd):
            prepared(odd)
            odd.says(STEPS[-1], answer)
            with pytest.raises(Uncertain):
                await slack.send(outgoing(TABLE))

    @pytest.mark.parametrize(
        ("step", "answer", "means"),
        [
            (STEPS[0], error("user_disabled"), Unreachable),
            (STEPS[0], error("missing_scope"), Rejected),
            (STEPS[1], error("missing_scope"), Rejected),
            (STEPS[3], error("missing_scope"), Rejected),
            (STEPS[1], error("token_revoked"), RetryLater),
            (STEPS[1], Says({"ok": False, "error": "ratelimited"}, 429), RetryLater),
            (STEPS[1], error("file_uploads_disabled"), Rejected),
            (STEPS[3], error("not_in_channel"), Unreachable),
            (STEPS[3], error("file_type_not_allowed"), Rejected),
        ],
    )
    async def test_what_slack_says_against_it(
        self, step: str, answer: Says, means: type[Exception]
    ) -> None:
        async with odd_slack() as (slack, odd):
            prepared(odd)
            odd.says(step, answer)
            with pytest.raises(means):
                await slack.send(outgoing(TABLE))

    @pytest.mark.parametrize("step", [STEPS[0], STEPS[1], STEPS[3]])
    async def test_where_no_files_may_be_sent_its_words_are(self, step: str) -> None:
        lacking = Says({"ok": False, "error": "missing_scope", "needed": "files:write"})
        async with odd_slack() as (slack, odd):
            prepared(odd)
            odd.says(step, lacking)
            with capture_logs() as logs:
                assert await slack.send(outgoing(PICTURE)) == "D1/1.2"

            [said] = odd.calls("chat.postMessage")
            assert said["text"] == "The week &lt;!channel&gt;"
        assert [(line["log_level"], line["lacks"]) for line in logs] == [("error", "files:write")]

    async def test_the_stand_in_takes_it(self, slack_control: Control) -> None:
        slack = await Slack.connect(BOT_TOKEN, slack_control.server.base_url)
        await slack.send(outgoing(PICTURE, Place("slack", TEAM, ANA)))
        await slack.send(outgoing(TABLE, Place("slack", TEAM, CHANNEL, private=False)))
        await slack.close()

        assert slack_control.sees()[0].files
        assert slack_control.sees(ANA, CHANNEL)[0].files
        assert slack_control.violations == []


def of(odd: Odd, **entry: Any) -> None:
    """What is told of the file that somebody sent."""
    found = {"id": "F1", "size": 3, "url_private_download": f"{odd.url}/files-pri/photo"} | entry
    odd.says("files.info", Says({"ok": True, "file": found}))


class TestFetching:
    async def test_its_bytes_with_our_token(self) -> None:
        async with odd_slack() as (slack, odd):
            of(odd)
            odd.says("photo", Says(b"JPEG", kind="image/jpeg"))

            assert await slack.download(SENT) == b"JPEG"
            assert odd.seen[-1]["Authorization"] == "Bearer xoxb-1-secret"

    async def test_what_we_have_already_is_not_asked_for(self) -> None:
        async with odd_slack() as (slack, odd):
            assert await slack.download(TABLE) == b"a,b"
            assert odd.asked == []

    @pytest.mark.parametrize(
        ("answer", "means"),
        [
            (Says("", 302, headers={"Location": "/elsewhere"}), Rejected),
            (Says("<html>Sign in</html>", 200, "text/html"), Rejected),
            (Says("", 404), Rejected),
            (Says("", 429), NotSent),
            (Says("", 502), NotSent),
        ],
    )
    async def test_what_is_not_handed_out(self, answer: Says, means: type[Exception]) -> None:
        async with odd_slack() as (slack, odd):
            of(odd)
            odd.says("photo", answer)
            with pytest.raises(means):
                await slack.download(SENT)

            assert "elsewhere" not in odd.names

    @pytest.mark.parametrize("told", [0, 10**9])
    async def test_more_than_there_is_room_for(
        self, told: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "LARGEST", 1000)
        async with odd_slack() as (slack, odd):
            of(odd, size=told)
            odd.says("photo", Says(b"x" * 1001, kind="image/jpeg"))
            with pytest.raises(Rejected, match="larger"):
                await slack.download(SENT)

            assert odd.names.count("photo") == (0 if told else 1)

    @pytest.mark.parametrize("answer", [error("file_not_found"), error("file_deleted")])
    async def test_what_is_gone(self, answer: Says) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("files.info", answer)
            with pytest.raises(Rejected):
                await slack.download(SENT)

    @pytest.mark.parametrize("entry", [{"url_private_download": ""}, {"size": "many"}])
    async def test_what_is_told_oddly(self, entry: dict[str, Any]) -> None:
        async with odd_slack() as (slack, odd):
            of(odd, **entry)
            with pytest.raises((Rejected, Uncertain)):
                await slack.download(SENT)
            odd.says("files.info", Says({"ok": True}))
            with pytest.raises(Rejected):
                await slack.download(SENT)


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com/files-pri/T1-F1/a.jpg",
        "https://corp.slack.com/files/a.jpg",
        "https://FILES.slack.com/a.jpg",
    ],
)
def test_slack_s_own_hosts(url: str) -> None:
    assert files._slacks(url, "https://slack.com/api/")


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/a.jpg",
        "https://evilslack.com/a.jpg",
        "https://slack.com.evil.example/a.jpg",
        "https://files.slack.com@evil.example/a.jpg",
        "https://evil.example/files.slack.com/a.jpg",
        "https://evil.example#.slack.com/a.jpg",
        "https://evil.example?.slack.com",
        "https://docs.google.com/document/1",
        "http://127.0.0.1:8000/healthz",
        "file:///etc/passwd",
        "https://[files.slack.com",
        "/a.jpg",
        "",
    ],
)
async def test_our_token_goes_nowhere_else(url: str) -> None:
    assert files._slacks(url, "https://slack.com/api/") is None
    async with odd_slack() as (slack, odd):
        of(odd, url_private_download=url, url_private=url)
        with pytest.raises(Rejected, match="not kept by Slack"):
            await slack.download(SENT)

        assert odd.names == ["files.info"]
