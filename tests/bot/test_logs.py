import asyncio
import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import HIDDEN, Redactor, bind, configure

TOKEN = "123456:AAAAAAAAAABBBBBBBBBBCCCCCCCCCC_-x"
PASSWORD = 'p@s"s wörd\\'
SECRETS = [TOKEN, TOKEN.split(":")[1], PASSWORD]


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    """Leave logging as it was found."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def json_logs(level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    configure(level, "json", SECRETS, stream)
    return stream


def console_logs() -> io.StringIO:
    stream = io.StringIO()
    configure("info", "console", SECRETS, stream)
    return stream


def test_our_lines_and_the_libraries_look_alike() -> None:
    stream = json_logs()
    structlog.get_logger("bot").info("visit logged", account="华东医院")
    logging.getLogger("telegram.ext").warning("slow answer after %d s", 5)
    ours, theirs = lines(stream)
    assert (ours["event"], ours["account"], ours["level"]) == ("visit logged", "华东医院", "info")
    assert (theirs["event"], theirs["level"]) == ("slow answer after 5 s", "warning")
    assert set(theirs) == set(ours) - {"account"}
    assert "华东医院" in stream.getvalue()


def test_the_update_is_on_every_line_inside() -> None:
    stream = json_logs()
    with bind(update=7):
        structlog.get_logger().info("one")
        logging.getLogger("aiohttp.server").error("two")
    structlog.get_logger().info("three")
    assert [line.get("update") for line in lines(stream)] == [7, 7, None]


async def test_tasks_keep_their_own_update() -> None:
    stream = json_logs()

    async def work(update: int) -> None:
        with bind(update=update):
            await asyncio.sleep(0)
            structlog.get_logger().info("done", expected=update)

    await asyncio.gather(*(work(n) for n in range(5)))
    assert all(line["update"] == line["expected"] for line in lines(stream))


def fail(url: str) -> NoReturn:
    raise RuntimeError(url) from ValueError(PASSWORD)


@pytest.mark.parametrize("make", [json_logs, console_logs])
def test_secrets_are_nowhere(make: Any) -> None:
    stream = make()
    log = structlog.get_logger()
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    log.info(url, nested={"k": [TOKEN, {TOKEN: 1}]}, pair=(TOKEN, 1), raw=TOKEN.encode())
    log.warning("formatted %s", PASSWORD)
    logging.getLogger("telegram").error("The token `%s` was rejected", TOKEN)
    logging.getLogger("sqlalchemy").error("bad", extra={"dsn": PASSWORD})
    try:
        fail(url)
    except RuntimeError as error:
        log.exception("failed", error=error)
        logging.getLogger("x").exception("failed")
    log.info("with its stack", stack_info=True)
    text = stream.getvalue()
    assert "AAAAABBBBB" not in text
    assert "wörd" not in text
    assert "w\\u00f6rd" not in text
    assert text.count("RuntimeError") >= 2
    assert HIDDEN in text


def test_a_token_that_nobody_named_is_hidden_too() -> None:
    stream = json_logs()
    structlog.get_logger().info("GET /bot98765:%s/x and /bot98765%%3A%s/x", "z" * 35, "z" * 35)
    assert lines(stream)[0]["event"] == f"GET /bot{HIDDEN}/x and /bot{HIDDEN}/x"


KEYS = [
    "xoxb-2154-3141-kQWdAbC",
    "xapp-1-A0123-4567-89abcdef",
    "xoxe.xoxb-1-MS0yLTU3",
    "wss://wss-primary.slack.com/link/?ticket=089a0c38-cdec&app_id=A0123",
    "https://hooks.slack.com/commands/T0123/4567/89abcdef",
    "https://hooks.slack.com/actions/T0123/4567/89abcdef",
    "https:\\/\\/hooks.slack.com\\/actions\\/T0123\\/4567\\/89abcdef",
    "https%3A%2F%2Fhooks.slack.com%2Factions%2FT0123%2F4567%2F89abcdef",
    "https://files.slack.com/upload/v1/ABC89abcdef",
]


@pytest.mark.parametrize("key", KEYS)
def test_what_lets_into_slack_is_hidden_by_its_looks(key: str) -> None:
    told = Redactor([]).text(f'POST {{"url": "{key}"}} from Acme')
    assert HIDDEN in told
    assert told.startswith('POST {"url": "')
    assert told.endswith('"} from Acme')
    for part in ("4567", "3141", "cdef", "c38", "MS0y"):
        assert part not in told


@pytest.mark.parametrize(
    "text", ["xoxb-…", "the foxapp-store of Acme", "xapp", "a ticket=4", "https://slack.com/api/x"]
)
def test_what_only_speaks_of_slack_is_shown(text: str) -> None:
    assert Redactor([]).text(text) == text


@pytest.mark.parametrize("make", [json_logs, console_logs])
def test_tracebacks_show_no_local_variables(make: Any) -> None:
    stream = make()
    note = "customer " + "canary"
    try:
        fail(str(len(note)))
    except RuntimeError:
        structlog.get_logger().exception("failed")
    assert "Traceback" in stream.getvalue()
    assert "customer canary" not in stream.getvalue()


def test_libraries_do_not_tell_every_request() -> None:
    stream = json_logs("debug")
    logging.getLogger("httpx").info("HTTP Request: POST ...")
    logging.getLogger("httpcore.http11").debug("send_request_headers")
    logging.getLogger("slack_sdk.web.async_client").debug("Sending a request - text: ...")
    logging.getLogger("bot").debug("ours")
    assert [line["event"] for line in lines(stream)] == ["ours"]


def test_lines_below_the_level_are_not_written() -> None:
    stream = json_logs("warning")
    structlog.get_logger().info("quiet")
    logging.getLogger("aiohttp").info("quiet")
    assert not stream.getvalue()


def test_a_line_that_cannot_be_made_shows_nothing_of_its_arguments(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stream = json_logs()
    logging.getLogger("telegram").warning("%d", TOKEN)
    assert "a line of telegram could not be logged: TypeError" in stream.getvalue()
    assert TOKEN not in stream.getvalue() + "".join(capsys.readouterr())


def test_broken_values_do_not_lose_the_line() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError(TOKEN)

    stream = json_logs()
    structlog.get_logger().info("odd \ud800", thing=Broken(), number=float("nan"))
    assert lines(stream)[0]["thing"] == "<Broken>"
    stream.getvalue().encode()


def test_warnings_are_logged() -> None:
    stream = json_logs()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(f"old {TOKEN}", stacklevel=1)
    assert HIDDEN in lines(stream)[0]["event"]


def test_a_second_set_up_takes_the_place_of_the_first() -> None:
    first, second = json_logs(), json_logs()
    structlog.get_logger().info("once")
    assert (len(lines(first)), len(lines(second))) == (0, 1)


def test_a_short_secret_is_hidden_where_it_stands_alone() -> None:
    redact = Redactor(["db", ""])
    assert redact.text("user:db@host, the dbname") == f"user:{HIDDEN}@host, the dbname"


@given(st.text(min_size=4, max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_a_secret_never_gets_through(secret: str, before: str, after: str) -> None:
    redact = Redactor([secret])
    assert secret not in redact.text(before + secret + after).replace(HIDDEN, "")
    assert HIDDEN in redact.text(repr(before + secret + after))
    assert HIDDEN in redact.text(json.dumps({"url": before + secret + after}))


@given(st.text(alphabet="0123456789", max_size=2000))
def test_digits_alone_are_no_token(text: str) -> None:
    assert Redactor([]).text(text * 10) == text * 10


def test_the_row_that_postgresql_quotes_in_an_error_is_hidden() -> None:
    told = Redactor([]).text(
        "duplicate key value\nDETAIL:  Key (external_id)=(canary) already exists.\n[SQL: INSERT]"
    )
    assert "canary" not in told
    assert "[SQL: INSERT]" in told
