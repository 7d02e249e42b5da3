import asyncio
import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.adapters.slack.envelope import Answer
from bot.forms import Option
from bot.messages import Input, Place, Reply, Sender, Sheet, Token, reply
from bot.runtime.adapter import Outgoing
from storage.engine import Database
from tests.adapters.slack.payloads import (
    form,
    picked,
    suggestion,
    typed,
)
from tests.adapters.slack.taking import REFUSED, TAKEN, Door, at_the_door

LOADING = "loading"


def showing(what: Reply, view: str = "V1") -> Outgoing:
    return Outgoing(1, Place("slack", "T1", "U1"), what, window=f"view:{view}")


def sheet(*inputs: Input) -> Reply:
    return Reply((Sheet("Log a visit", inputs, "Save", Token("tok2")),))


async def answered(door: Door, said: Reply, payload: dict[str, Any] | None = None) -> Any:
    """What Slack is told of a form, when this comes of it."""
    task = asyncio.create_task(door.takes(payload or form()))
    number = await door.express.get()
    assert [row.id for row in await door.rows()] == [number]
    await door.slack.send(showing(said))
    return (await task).payload


class TestSubmissions:
    async def test_what_is_right_closes_the_window(self, door: Door) -> None:
        assert await answered(door, reply("Logged.")) == {}
        assert door.odd.asked == []

    async def test_mistakes_are_shown_in_their_places(self, door: Door) -> None:
        values = {"note~1a": {"answer": typed("")}, "at": {"answer": picked(None)}}
        found = await answered(
            door,
            sheet(Input("note", "Note", error="Say *something*"), Input("at", "When?")),
            form(values),
        )

        assert found == {"response_action": "errors", "errors": {"note~1a": "Say *something*"}}

    async def test_a_form_with_another_question_is_shown_anew(self, door: Door) -> None:
        said = sheet(Input("note", "Note", error="Say something"), Input("why", "Why?"))
        found = await answered(door, said)

        assert (found["response_action"], found["view"]["callback_id"]) == ("update", "form")
        assert "Say something" in json.dumps(found)

    async def test_a_form_that_goes_on_is_shown(self, door: Door) -> None:
        found = await answered(door, sheet(Input("amount", "How much?")))

        assert found["response_action"] == "update"
        assert json.loads(found["view"]["private_metadata"])["token"] == "tok2"

    async def test_what_takes_too_long_is_shown_later(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.adapters.slack.intake.PATIENCE", 0.01)
        monkeypatch.setattr("bot.adapters.slack.windows.SETTLING_SECONDS", 0.3)
        answer = await door.takes(form())
        told = asyncio.get_running_loop().time()

        assert isinstance(answer.payload, dict)
        assert answer.payload["response_action"] == "update"
        assert answer.payload["view"]["callback_id"] == LOADING
        await door.slack.send(showing(sheet(Input("note", "Note", error="Say something"))))
        [shown] = door.odd.calls("views.update")
        assert shown["view_id"] == "V1"
        assert "Say something" in json.dumps(shown)
        # Slack has shown the acknowledgement by then, which would have covered it.
        assert asyncio.get_running_loop().time() - told >= 0.25

    async def test_time_that_keeping_took_is_not_waited_again(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.adapters.slack.intake.PATIENCE", -60)
        async with asyncio.timeout(5):
            answer = await door.takes(form())

        assert isinstance(answer.payload, dict)
        assert answer.payload["view"]["callback_id"] == LOADING

    async def test_where_nothing_is_answered_here_it_is_shown_later(
        self, database: Database
    ) -> None:
        async with at_the_door(database, express=False) as door:
            answer = await door.takes(form())
            [row] = await door.rows()

            assert isinstance(answer.payload, dict)
            assert answer.payload["view"]["callback_id"] == LOADING
            assert row.held_until is not None, "what comes of it must not be covered"

    @pytest.mark.parametrize("failure", [OSError("the disk is full"), TimeoutError()])
    async def test_what_is_not_kept_is_not_acknowledged(
        self, door: Door, failure: Exception
    ) -> None:
        door.inbox.failure = failure
        assert await door.takes(form()) == REFUSED
        assert door.express.empty()
        assert door.slack.windows._waiting == {}

    async def test_the_same_one_twice_is_answered_once(self, door: Door) -> None:
        twice = [asyncio.create_task(door.takes(form())) for _ in range(2)]
        await door.express.get()
        twice += [asyncio.create_task(door.takes(form()))]
        await asyncio.sleep(0)
        await door.slack.send(showing(sheet(Input("note", "Note", error="Say something"))))

        told = {"response_action": "errors", "errors": {"note": "Say something"}}
        assert [each.payload for each in await asyncio.gather(*twice)] == [told] * 3
        assert len(await door.rows()) == 1
        assert door.express.empty()

    async def test_one_that_was_not_kept_is_taken_when_it_comes_again(self, door: Door) -> None:
        door.inbox.failure = OSError("the disk is full")
        answers = await asyncio.gather(*(door.takes(form()) for _ in range(2)))
        assert answers == [REFUSED] * 2

        door.inbox.failure = None
        assert await answered(door, reply("Logged.")) == {}

    async def test_one_that_was_answered_is_not_answered_again(self, door: Door) -> None:
        await answered(door, reply("Logged."))
        assert await door.takes(form()) == TAKEN

    async def test_two_at_once_from_one_window(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = asyncio.create_task(door.takes(form()))
        await door.express.get()
        second = asyncio.create_task(door.takes(form() | {"trigger_id": "9.9"}))
        await door.express.get()
        first.cancel()
        await asyncio.wait([first])
        await door.slack.send(showing(reply("Logged.")))

        assert (await second).payload == {}

    @pytest.mark.parametrize(
        "payload",
        [
            form(callback_id=LOADING),
            form(private_metadata="not JSON"),
            form(state=None),
            form() | {"view": None},
            form() | {"user": []},
        ],
    )
    async def test_what_is_no_form_of_ours_closes(
        self, door: Door, payload: dict[str, Any]
    ) -> None:
        assert await door.takes(payload) == TAKEN
        assert door.express.empty()


class TestSuggestions:
    async def test_what_may_be_meant(self, door: Door) -> None:
        door.options = [Option("R&D <Ltd>", "7"), Option("x" * 100, "8")]
        answer = await door.takes(suggestion("r&d"))

        assert isinstance(answer.payload, dict)
        first, second = answer.payload["options"]
        text = {"type": "plain_text", "text": "R&D <Ltd>", "emoji": False}
        assert first == {"text": text, "value": "7"}
        assert len(second["text"]["text"]) == 75
        assert door.asked == [(Sender("slack", "U1"), "tok", "account", "r&d")]
        assert await door.rows() == []

    async def test_no_more_and_no_longer_than_slack_takes(self, door: Door) -> None:
        many = [Option(str(n), str(n)) for n in range(150)]
        door.options = [Option("none", ""), Option("long", "v" * 151), *many]
        answer = await door.takes(suggestion(""))

        assert isinstance(answer.payload, dict)
        assert [each["value"] for each in answer.payload["options"]] == [
            str(n) for n in range(100)
        ]

    @pytest.mark.parametrize(
        "payload",
        [
            suggestion("x", view={"private_metadata": ""}),
            suggestion("x", view=None),
            suggestion("x", user=None),
            {"type": "block_suggestion"},
        ],
    )
    async def test_where_it_cannot_be_told_there_are_none(
        self, door: Door, payload: dict[str, Any]
    ) -> None:
        door.options = [Option("Acme", "7")]
        assert await door.takes(payload) == Answer(acknowledge=True, payload={"options": []})

    async def test_a_failure_is_none_and_is_logged_without_words(self, door: Door) -> None:
        door.options = LookupError("no such customer: Acme")
        with capture_logs() as logs:
            answer = await door.takes(suggestion("Acme"))

        assert answer.payload == {"options": []}
        assert [line["reason"] for line in logs] == ["LookupError"]

    async def test_what_takes_too_long_is_none(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.adapters.slack.intake.PATIENCE", 0.01)

        async def hangs(*_asked: Any) -> list[Option]:
            await asyncio.Event().wait()
            return []

        door.intake.suggest = hangs
        assert (await door.takes(suggestion("Acme"))).payload == {"options": []}
