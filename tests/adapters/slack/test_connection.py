from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.connection import Connection, Oddity, asked_to_wait, described, read
from bot.runtime.adapter import RetryLater


async def test_a_connection_that_breaks_as_it_is_told_is_closed() -> None:
    class Broken:
        closed = False

        async def send_str(self, _: str) -> None:
            raise ConnectionResetError

    broken: Any = Broken()

    assert not await Connection(broken).tell("{}")


async def test_the_end_of_a_connection_is_not_put_off() -> None:
    websocket: Any = None
    connection = Connection(websocket)
    async with connection.limit:
        connection.end_in(60)
        end = connection.limit.when()
        connection.end_in(90)

    assert connection.limit.when() == end


def test_the_name_of_an_oddity_is_cut() -> None:
    assert read('{"type": "' + "x" * 99 + '"}') == Oddity("x" * 40)


def test_what_slack_asks_for_is_read_from_any_error() -> None:
    assert asked_to_wait(RetryLater(12)) == 12
    assert asked_to_wait(OSError()) == 0
    assert described(OSError("wss://secret")) == "OSError"


def test_an_error_of_slack_s_is_named_by_its_code() -> None:
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.com/api/apps.connections.open",
        req_args={},
        data={"ok": False, "error": "ratelimited"},
        headers={"Retry-After": "30"},
        status_code=429,
    )
    error: Any = SlackApiError  # its constructor has no types
    error = error("The request to the Slack API failed.", answer)

    assert (described(error), asked_to_wait(error)) == ("ratelimited", 30)
