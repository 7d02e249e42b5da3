import asyncio
from typing import Any

import pytest
from aiohttp import (
    ClientConnectorError,
    ClientHttpProxyError,
    ClientPayloadError,
    ConnectionTimeoutError,
    RequestInfo,
    ServerDisconnectedError,
    SocketTimeoutError,
)
from aiohttp.client_reqrep import ConnectionKey
from multidict import CIMultiDict, CIMultiDictProxy
from slack_sdk.errors import SlackApiError
from yarl import URL

from bot.adapters.slack import wire
from bot.adapters.slack.client import Slack
from bot.adapters.slack.wire import HookError, outcome, seconds
from bot.markdown import Markdown
from bot.messages import Reply, Text
from bot.runtime.adapter import NotSent, Outgoing, Rejected, RetryLater, Uncertain, Unreachable
from tests.adapters.slack.odd import HERE, Says, error, odd_slack

HELLO = Outgoing(1, HERE, Reply((Text(Markdown("Hello")),)))
HTML = Says("<html>Bad gateway</html>", 502, "text/html")


async def ended(*answers: Says, method: str = "chat.postMessage") -> Exception | str:
    """How sending ends, where Slack answers so."""
    async with odd_slack() as (slack, odd):
        odd.says(method, *answers)
        try:
            return await slack.send(HELLO)
        except Exception as failure:
            return failure


@pytest.mark.parametrize(
    ("code", "means"),
    [
        *((code, RetryLater) for code in ("ratelimited", "rate_limited")),
        *((code, RetryLater) for code in ("token_revoked", "invalid_auth", "account_inactive")),
        *((code, RetryLater) for code in ("missing_scope", "messages_tab_disabled")),
        *((code, Unreachable) for code in ("user_disabled", "not_in_channel", "is_archived")),
        *((code, Unreachable) for code in ("channel_not_found", "cannot_dm_bot")),
        *((code, Unreachable) for code in ("no_permission", "team_access_not_granted")),
        ("restricted_action_read_only_channel", Unreachable),
        *((code, NotSent) for code in ("service_unavailable", "message_limit_exceeded")),
        *((code, Uncertain) for code in ("internal_error", "fatal_error", "request_timeout")),
        *((code, Rejected) for code in ("invalid_blocks", "msg_blocks_too_long", "no_text")),
        ("something_new", Rejected),
    ],
)
async def test_what_slack_s_refusals_mean(code: str, means: type[Exception]) -> None:
    assert type(await ended(error(code))) is means


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        (HTML, Uncertain),
        (Says("upstream error", 503, "text/plain"), Uncertain),
        (Says("fine", 200, "text/plain"), Uncertain),
        (Says("", 200, "text/plain"), Uncertain),
        (Says("not JSON"), Uncertain),
        (Says(b"\xff\xfe{"), Uncertain),
        (Says("null"), Uncertain),
        (Says("[1]"), Uncertain),
        (Says('"ok"'), Uncertain),
        (Says("{}"), Uncertain),
        (Says(b"\x1f\x8b", 200, "application/gzip"), Uncertain),
        (Says({"ok": False}), Uncertain),
        (Says(cut=True), Uncertain),
        (Says("slow down", 429, "text/plain"), RetryLater),
        (Says("<html>slow down</html>", 429, "text/html"), RetryLater),
        (Says("slow down", 429), RetryLater),
        (Says("[]", 429), RetryLater),
    ],
    ids=repr,
)
async def test_an_answer_that_is_none_of_slack_s(answer: Says, means: type[Exception]) -> None:
    assert type(await ended(answer)) is means


async def test_nothing_is_sent_again_by_the_library() -> None:
    async with odd_slack() as (slack, odd):
        for answer in (Says(cut=True), Says(status=429), HTML):
            odd.says("chat.postMessage", answer)
            with pytest.raises((Uncertain, RetryLater)):
                await slack.send(HELLO)
        assert len(odd.asked) == 3


@pytest.mark.parametrize(("asked", "waits"), [("7", 7), ("0", 1), ("soon", 5), (None, 5)])
async def test_the_wait_is_the_one_that_slack_asks_for(asked: str | None, waits: float) -> None:
    headers = {"Retry-After": asked} if asked else {}
    for body in ({"ok": False, "error": "ratelimited"}, "slow down"):
        found = await ended(Says(body, 429, headers=headers))

        assert isinstance(found, RetryLater)
        assert (found.seconds, found.chat_only) == (waits, False)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("2.5", 2.5), ("-3", 1), ("nan", 1), ("inf", 3600), ("1e9", 3600), ("", 5), (None, 5)],
)
def test_no_wait_is_endless_or_none_at_all(asked: object, wait: float) -> None:
    assert seconds(asked) == wait


KEY = ConnectionKey("slack.com", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None,
                    proxy_headers_hash=None)  # fmt: skip
INFO = RequestInfo(URL("https://slack.com"), "POST", CIMultiDictProxy(CIMultiDict()))


@pytest.mark.parametrize(
    ("failure", "means"),
    [
        (ClientConnectorError(KEY, OSError(111, "refused")), NotSent),
        (ConnectionTimeoutError("connecting"), NotSent),
        (ClientHttpProxyError(INFO, (), status=502), NotSent),
        (SocketTimeoutError("reading"), Uncertain),
        (ServerDisconnectedError(), Uncertain),
        (ClientPayloadError(), Uncertain),
        (TimeoutError(), Uncertain),
        (ConnectionResetError(), Uncertain),
        (ValueError("odd"), Uncertain),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), Rejected),
        (HookError("used_url", 404), Rejected),
        (HookError("error", 500), Uncertain),
        (HookError("", 302), Uncertain),
        (HookError("ratelimited", 429, 9), RetryLater),
    ],
    ids=repr,
)
async def test_what_a_failure_means(
    failure: Exception, means: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert type(outcome(failure)) is means

    async def fails(**_given: Any) -> None:
        raise failure

    async with odd_slack() as (slack, _odd):
        monkeypatch.setattr(slack.api, "chat_postMessage", fails)
        with pytest.raises(means):
            await slack.send(HELLO)


async def test_nobody_there() -> None:
    async with odd_slack() as (slack, _odd):
        slack.api.base_url = "http://127.0.0.1:9/"
        with pytest.raises(NotSent):
            await slack.send(HELLO)


async def test_what_hangs_is_uncertain_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.slack.client.SEND_SECONDS", 0.01)

    async def hangs(**_given: Any) -> None:
        await asyncio.Event().wait()

    async with odd_slack() as (slack, _odd):
        monkeypatch.setattr(slack.api, "chat_postMessage", hangs)
        with pytest.raises(Uncertain):
            await slack.send(HELLO)


LIMIT = Says("slow down", 429, headers={"Retry-After": "7"})
LIMITED = Says({"ok": False, "error": "ratelimited"}, 429, headers={"Retry-After": "7"})


@pytest.mark.parametrize("answer", [LIMIT, LIMITED], ids=repr)
@pytest.mark.parametrize("method", ["chat.update", "files.getUploadURLExternal", "views.publish"])
async def test_the_limit_of_one_method_holds_up_one_chat_alone(answer: Says, method: str) -> None:
    async with odd_slack() as (slack, odd):
        odd.says(method, answer)
        with pytest.raises(SlackApiError) as raised:
            await slack.api.api_call(method)

    found = outcome(raised.value)
    assert isinstance(found, RetryLater)
    assert (found.seconds, found.chat_only) == (7, True)


def test_the_limit_of_an_address_holds_up_one_chat_alone() -> None:
    found = outcome(HookError("ratelimited", 429, 9))
    assert isinstance(found, RetryLater)
    assert (found.seconds, found.chat_only) == (9, True)


@pytest.mark.parametrize(
    ("code", "chat_only"), [("messages_tab_disabled", True), ("token_revoked", False)]
)
async def test_what_is_shut_waits(code: str, chat_only: bool) -> None:
    found = await ended(error(code))
    assert isinstance(found, RetryLater)
    assert found.chat_only is chat_only


async def lacking(method: str, needed: str) -> Exception:
    """What it means that a method lacks a scope."""
    async with odd_slack() as (slack, odd):
        odd.says(method, Says({"ok": False, "error": "missing_scope", "needed": needed}))
        with pytest.raises(SlackApiError) as raised:
            await slack.api.api_call(method)
    return outcome(raised.value)


@pytest.mark.parametrize("needed", ["files:read", ""])
async def test_for_want_of_a_scope_one_thing_is_never_done(needed: str) -> None:
    found = await lacking("files.info", needed)
    assert isinstance(found, Rejected)
    assert (needed or "missing_scope") in str(found)
    assert wire.code(found) == "missing_scope"


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "chat.postEphemeral"])
async def test_for_want_of_the_scope_to_write_everything_waits(method: str) -> None:
    assert isinstance(await lacking(method, "chat:write"), RetryLater)


@pytest.mark.parametrize(
    ("failure", "past"),
    [
        (HookError("used_url", 404), True),
        (HookError("no such address", 410), True),
        (HookError("invalid_blocks", 400), False),
        (HookError("error", 500), False),
        (HookError("ratelimited", 429), False),
        (TimeoutError(), False),
    ],
)
def test_what_is_past(failure: Exception, past: bool) -> None:
    assert wire.is_past(failure) is past


async def test_connecting_to_what_is_not_slack() -> None:
    async with odd_slack() as (_slack, odd):
        odd.says("auth.test", Says("[1]"))
        with pytest.raises(Uncertain):
            await Slack.connect("xoxb-1-secret", f"{odd.url}/api/")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        *(
            (code, "Install App")
            for code in ("account_inactive", "token_revoked", "token_expired")
        ),
        *((code, "OAuth & Permissions") for code in ("invalid_auth", "not_authed")),
    ],
)
async def test_whoever_is_shut_out_is_told_what_to_do(code: str, says: str) -> None:
    async with odd_slack() as (_slack, odd):
        odd.says("auth.test", error(code))
        with pytest.raises(Rejected, match=says) as raised:
            await Slack.connect("xoxb-1-secret", f"{odd.url}/api/")
    assert code in str(raised.value)
    assert "secret" not in str(raised.value)
