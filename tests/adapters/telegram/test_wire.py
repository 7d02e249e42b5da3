import httpx
import pytest
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.adapters.telegram.wire import FloodError, described, outcome
from bot.runtime.adapter import NotSent, Rejected, RetryLater, Uncertain, Unreachable


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (FloodError(7), RetryLater),
        (InvalidToken(), RetryLater),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
        (BadRequest("Chat not found"), Unreachable),
        (BadRequest("PEER_ID_INVALID"), Unreachable),
        (BadRequest("Not enough rights to send text messages to the chat"), Unreachable),
        (BadRequest("Message is too long"), Rejected),
        (caused(TimedOut(), httpx.ConnectTimeout("")), NotSent),
        (caused(TimedOut(), httpx.PoolTimeout("")), NotSent),
        (caused(NetworkError("x"), httpx.ConnectError("")), NotSent),
        (caused(TimedOut(), httpx.ReadTimeout("")), Uncertain),
        (caused(TimedOut(), httpx.WriteTimeout("")), Uncertain),
        (caused(NetworkError("x"), httpx.ReadError("")), Uncertain),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("")), Uncertain),
        (caused(NetworkError("x"), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "")), Rejected),
        (NetworkError("Bad Gateway"), Uncertain),
        (TelegramError("Invalid server response"), Uncertain),
        (KeyError("result"), Uncertain),
        (TimeoutError(), Uncertain),
    ],
    ids=repr,
)
def test_what_a_failure_means(error: Exception, means: type[Exception]) -> None:
    assert means is type(outcome(error))


def test_the_wait_is_passed_on() -> None:
    found = outcome(FloodError(7))

    assert isinstance(found, RetryLater)
    assert found.seconds == 7


def test_the_token_is_in_no_description() -> None:
    words = described(InvalidToken("The token `123456:AAAAAAAAAAAAAAAAAAAAAAAAAAA` was rejected"))

    assert words == "InvalidToken: The token `<token>` was rejected"
