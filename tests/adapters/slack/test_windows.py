import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.adapters.slack.client import Slack
from bot.messages import Button, Input, Reply, Sheet, Token, reply
from bot.runtime.adapter import NotSent, Outgoing, Rejected, RetryLater, Uncertain
from tests.acceptance.slack import ANA, TEAM, Control
from tests.adapters.slack.odd import HERE, Says, error, odd_slack
from tests.adapters.slack.payloads import form

FORM = Sheet(
    "Log a visit", (Input("note", "Note"),), "Save", Token("tok"), again=Token("again", form=True)
)


def arguments(*messages: str) -> Says:
    """How Slack refuses what was sent, where it says what of it."""
    said = {"response_metadata": {"messages": list(messages)}} if messages else {}
    return Says({"ok": False, "error": "invalid_arguments", **said})


def showing(
    window: str, said: Reply | None = None, edit: str = "", language: str = ""
) -> Outgoing:
    what = Reply((FORM,)) if said is None else said
    return Outgoing(1, HERE, what, edit=edit, window=window, language=language)


class TestOpening:
    async def test_a_form(self, slack: Slack, slack_control: Control) -> None:
        trigger = slack_control.server.new_trigger(slack_control.server.team(), ANA)
        name = await slack.send(showing(f"trigger:{trigger}", edit="D1/1.2"))

        view = slack_control.window()
        assert name == f"view:{view['id']}"
        assert json.loads(view["private_metadata"]) == {"token": "tok", "card": "D1/1.2"}
        assert slack_control.violations == []

    @pytest.mark.parametrize(
        "code", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"]
    )
    async def test_where_it_is_too_late_it_is_offered(self, code: str) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.open", error(code))
            assert await slack.send(showing("trigger:1.2")) == "D1/1.2"

            [offer] = odd.calls("chat.postMessage")
            assert offer["channel"] == "U1"
            assert "'form:again'" in str(offer["blocks"])
            assert "Log a visit" in str(offer["blocks"])

    async def test_that_it_is_too_late_may_be_told_of_what_was_sent(self) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.open", arguments("[ERROR] invalid trigger_id [json-pointer:/x]"))
            assert await slack.send(showing("trigger:1.2")) == "D1/1.2"
            assert "'form:again'" in str(odd.calls("chat.postMessage"))

    @pytest.mark.parametrize("messages", [["[ERROR] no more than 100 items"], None])
    async def test_what_else_was_wrong_with_it_is_not_that(
        self, messages: list[str] | None
    ) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.open", arguments(*messages or ()))
            with pytest.raises(Rejected):
                await slack.send(showing("trigger:1.2"))

    async def test_what_is_no_form_is_said_then(self) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.open", error("expired_trigger_id"))
            await slack.send(showing("trigger:1.2", reply("All is well.")))

            assert "All is well." in str(odd.calls("chat.postMessage"))

    async def test_a_form_that_cannot_be_offered_again_is_told_of(self) -> None:
        once = Reply((Sheet("Log", (), "Save", Token("tok")),))
        async with odd_slack() as (slack, odd):
            odd.says("views.open", error("expired_trigger_id"))
            await slack.send(showing("trigger:1.2", once))

            assert "button" not in str(odd.calls("chat.postMessage"))

    @pytest.mark.parametrize(
        ("answer", "means"),
        [
            (Says(cut=True), Uncertain),
            (error("view_too_large"), Rejected),
            (error("missing_scope"), Rejected),
            (Says({"ok": False, "error": "ratelimited"}, 429), RetryLater),
        ],
    )
    async def test_a_failure_is_no_reason_to_offer_it(
        self, answer: Says, means: type[Exception]
    ) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.open", answer)
            with pytest.raises(means):
                await slack.send(showing("trigger:1.2"))
            assert odd.names == ["views.open"]

    async def test_without_a_name_it_is_not_known(self) -> None:
        async with odd_slack() as (slack, odd):
            for answer in (Says({"ok": True}), Says({"ok": True, "view": {}})):
                odd.says("views.open", answer)
                assert await slack.send(showing("trigger:1.2")) == ""


class TestChanging:
    async def test_a_window_that_waits_is_filled(
        self, slack: Slack, slack_control: Control
    ) -> None:
        trigger = slack_control.server.new_trigger(slack_control.server.team(), ANA)
        window = await slack.windows.open(trigger)
        assert slack_control.modal().text
        assert await slack.send(showing(window)) == window

        assert slack_control.window()["callback_id"] == "form"
        assert slack_control.violations == []

    async def test_in_the_reader_s_language(self, slack: Slack, slack_control: Control) -> None:
        slack.learn(lambda _text: False, "zh")
        trigger = slack_control.server.new_trigger(slack_control.server.team(), ANA)
        window = await slack.windows.open(trigger)
        assert "请稍" in slack_control.modal().text
        await slack.send(showing(window, reply("Logged."), language="en"))

        assert slack_control.window()["close"]["text"] == "Close"

    async def test_one_that_was_closed_wants_nothing(self) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.update", error("not_found"))
            assert await slack.send(showing("view:V1", reply("All is well."))) == "view:V1"
            assert odd.names == ["views.update"]

    async def test_a_form_that_finds_its_window_closed_is_offered(self) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.update", error("not_found"))
            assert await slack.send(showing("view:V1")) == "D1/1.2"

            [offer] = odd.calls("chat.postMessage")
            assert "'form:again'" in str(offer["blocks"])

    async def test_what_slack_refuses_is_said_in_the_chat(self) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.update", error("view_too_large"), Says())
            with capture_logs() as logs:
                said = await slack.send(showing("view:V1", reply("All is well.")))

            assert (said, odd.names[1:]) == ("D1/1.2", ["chat.postMessage", "views.update"])
            assert "All is well." in str(odd.calls("chat.postMessage"))
            assert "answered you in private" in str(odd.calls("views.update")[-1])
            assert logs[0]["reason"] == "view_too_large"

    @pytest.mark.parametrize("code", ["not_found", "view_too_large"])
    async def test_what_stands_in_the_chat_already_is_not_said_again(self, code: str) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.update", error(code))
            assert await slack.send(replace(showing("view:V1"), spare=True)) == "view:V1"
            assert "chat.postMessage" not in odd.names

    @pytest.mark.parametrize(
        ("answer", "means"),
        [
            (Says(cut=True), Uncertain),
            (Says("x"), Uncertain),
            (error("service_unavailable"), NotSent),
            (Says({"ok": False, "error": "ratelimited"}, 429), RetryLater),
        ],
    )
    async def test_a_failure_is_one(self, answer: Says, means: type[Exception]) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.update", answer)
            with pytest.raises(means):
                await slack.send(showing("view:V1"))

    async def test_nobody_waits_for_another_window(self) -> None:
        async with odd_slack() as (slack, odd):
            with slack.windows.expecting(form()) as waiting:
                await slack.send(showing("view:V2"))
                assert not waiting.done()
                assert len(odd.calls("views.update")) == 1
                await slack.send(showing("view:V1", reply("Logged.")))
                assert waiting.result() == {}
                await slack.send(showing("view:V1", reply("Logged.")))

            assert [each["view_id"] for each in odd.calls("views.update")] == ["V2", "V1"]

    async def test_nobody_waits_any_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bot.adapters.slack.windows.SETTLING_SECONDS", 0)
        async with odd_slack() as (slack, odd):
            with slack.windows.expecting(form()) as waiting:
                waiting.cancel()
            await slack.send(showing("view:V1"))

            assert len(odd.calls("views.update")) == 1
            assert slack.windows._waiting == {}


class TestUnderOurName:
    """A window of which Slack has not said in time that it is open."""

    async def test_one_that_opened_late_is_filled_in(
        self, slack: Slack, slack_control: Control, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = await opened_late(slack, slack_control, monkeypatch)
        for note in ("one", "two"):
            form = Sheet("Log a visit", (Input("note", note),), "Save", Token("tok"))
            assert await slack.send(showing(window, Reply((form,)))) == window
            assert note in slack_control.modal().text

        assert slack_control.violations == []

    async def test_one_that_opened_for_nothing_says_so(
        self, slack: Slack, slack_control: Control, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = await opened_late(slack, slack_control, monkeypatch)
        await slack.windows.give_up(window)

        assert "Try once more" in slack_control.modal().text

    async def test_each_has_a_name_of_its_own(self) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.open", Says(cut=True))
            names = {await slack.windows.open(trigger) for trigger in ("1.2.a", "1.2.b")}
            assert len(names) == 2

    @pytest.mark.parametrize("said", [reply("All is well."), None])
    async def test_what_belongs_in_one_that_did_not_open_is_said(self, said: Reply | None) -> None:
        async with odd_slack() as (slack, odd):
            odd.says("views.open", Says(cut=True))
            odd.says("views.update", error("not_found"))
            window = await slack.windows.open("1.2")
            assert await slack.send(showing(window, said)) == "D1/1.2"

            words = "All is well." if said else "'form:again'"
            assert words in str(odd.calls("chat.postMessage"))


async def opened_late(
    slack: Slack, slack_control: Control, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A window that Slack opens without saying so in time."""
    opens = slack.api.views_open

    async def opens_late(**given: Any) -> None:
        await opens(**given)
        raise TimeoutError

    trigger = slack_control.server.new_trigger(slack_control.server.team(), ANA)
    monkeypatch.setattr(slack.api, "views_open", opens_late)
    return await slack.windows.open(trigger)


async def test_one_that_cannot_be_given_up_at_once_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.adapters.slack.windows.GIVING_UP_SECONDS", 0.01)

    async def hangs(**_given: Any) -> None:
        await asyncio.Event().wait()

    async with odd_slack() as (slack, _odd), asyncio.timeout(10):
        monkeypatch.setattr(slack.api, "views_update", hangs)
        with capture_logs() as logs:
            await slack.windows.give_up("view:V1")

    assert [line["reason"] for line in logs] == ["TimeoutError"]


async def test_the_home_tab(slack: Slack, slack_control: Control) -> None:
    page = reply("*Today*", "Nothing is due.", Button("Log a visit", Token("log", form=True)))
    assert await slack.send(showing(f"home:{ANA}", page)) == f"home:{ANA}"

    assert "Nothing is due." in slack_control.home().text
    assert slack_control.server.team().id == TEAM
    assert slack_control.violations == []


async def test_what_does_not_open_is_logged_by_its_reason() -> None:
    async with odd_slack() as (slack, odd):
        odd.says("views.open", error("expired_trigger_id"), Says(cut=True))
        with capture_logs() as logs:
            assert await slack.windows.open("1.2") == ""
            await slack.windows.open("1.2")

    assert [line["reason"] for line in logs] == ["expired_trigger_id", "ServerDisconnectedError"]
