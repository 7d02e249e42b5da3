from typing import Any

import pytest
from yarl import URL

from bot.adapters.slack.hooks import Hooks
from bot.adapters.slack.wire import HookError
from tests.adapters.slack.odd import Says, odd_slack

BODY = {"text": "Hello"}


async def refusal(*answers: Says) -> HookError | None:
    async with odd_slack() as (slack, odd):
        odd.says("abc", *answers)
        try:
            await slack._hooks.post(f"{odd.url}/hooks/abc", BODY)
        except HookError as error:
            return error
        assert odd.calls("abc") == [BODY]
        return None


@pytest.mark.parametrize(
    "answer",
    [Says("ok", kind="text/plain"), Says({"ok": True}), Says("", kind="text/html"), Says("[]")],
)
async def test_what_was_taken(answer: Says) -> None:
    assert await refusal(answer) is None


@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [
        (Says({"ok": False, "error": "used_url"}, 404), "used_url", 404),
        (Says({"ok": False, "error": "invalid_blocks"}), "invalid_blocks", 200),
        (Says({"ok": False}), "", 200),
        (Says("no_service", 404, "text/plain"), "no_service", 404),
        (Says("error", 500, "text/plain"), "error", 500),
        (Says("not JSON", 500), "not JSON", 500),
        (Says(b"\xff\xfe", 500), "\ufffd\ufffd", 500),
        (Says("x" * 5000, 400, "text/html"), "x" * 100, 400),
        (Says("[1]", 500), "", 500),
        (Says("moved", 302, headers={"Location": "https://evil.example/"}), "moved", 302),
    ],
    ids=repr,
)
async def test_what_was_refused(answer: Says, code: str, status: int) -> None:
    error = await refusal(answer)

    assert error
    assert (error.code, error.status) == (code, status)


async def test_a_redirect_is_not_followed() -> None:
    async with odd_slack() as (slack, odd):
        odd.says("abc", Says("", 307, headers={"Location": f"{odd.url}/elsewhere"}))
        with pytest.raises(HookError):
            await slack._hooks.post(f"{odd.url}/hooks/abc", BODY)

        assert odd.names == ["abc"]


@pytest.mark.parametrize(("asked", "pause"), [("9", 9), ("soon", 5), (None, 5)])
async def test_too_many(asked: str | None, pause: float) -> None:
    headers = {"Retry-After": asked} if asked else {}
    error = await refusal(Says("ratelimited", 429, "text/plain", headers))

    assert error
    assert (error.status, error.pause) == (429, pause)


class Http:
    """Connections that only say where they would go."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def post(self, url: URL, **_more: Any) -> Any:
        self.asked.append(str(url))
        raise ConnectionError


async def gone_to(url: str, api_url: str = "https://slack.com/api/") -> list[str]:
    http: Any = Http()
    try:
        await Hooks(http, api_url).post(url, BODY)
    except HookError:
        assert http.asked == []
    except ConnectionError:
        assert len(http.asked) == 1
    return list(http.asked)


async def test_slack_s_own_addresses_are_posted_to() -> None:
    assert await gone_to("https://hooks.slack.com/actions/T1/1/abc")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/actions",
        "http://hooks.slack.com/actions",
        "https://hooks.slack.com.evil.example/actions",
        "https://evilhooks.slack.com/actions",
        "https://hooks.slack.com@evil.example/actions",
        "https://hooks.slack.com:8443/actions",
        "https://slack.com/api/chat.postMessage",
        "https://[hooks.slack.com/actions",
        "//hooks.slack.com/actions",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "http",
        "",
    ],
)
async def test_no_other_address_is(url: str) -> None:
    assert await gone_to(url) == []


async def test_a_slack_elsewhere_is_posted_to_alone() -> None:
    assert await gone_to("http://127.0.0.1:8082/hooks/x", "http://127.0.0.1:8082/api/")
    assert await gone_to("http://127.0.0.1:9999/hooks/x", "http://127.0.0.1:8082/api/") == []
