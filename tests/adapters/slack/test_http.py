import gzip
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from bot.adapters.slack.envelope import COMMAND, EVENT, INTERACTION
from bot.adapters.slack.http import LARGEST, RETRY, SIGNATURE, STAMP, Requests
from tests.acceptance.fakes import load
from tests.adapters.slack.peer import Keeper
from tests.adapters.telegram.conftest import until

SECRET = "a-signing-secret"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
EVENTS = {"type": "event_callback", "event_id": "Ev1", "event": {"text": "hello"}}


def signed(body: bytes, stamp: str = "", secret: str = SECRET) -> dict[str, str]:
    stamp = stamp or str(int(NOW.timestamp()))
    said = f"v0:{stamp}:".encode() + body
    return {
        STAMP: stamp,
        SIGNATURE: "v0=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest(),
    }


@dataclass
class Door:
    """The app's URL, and what is kept behind it."""

    url: str = ""
    keeper: Keeper = field(default_factory=Keeper)

    async def post(
        self, body: Any, headers: dict[str, str] | None = None, kind: str = JSON
    ) -> tuple[int, str]:
        """Post what Slack would; ``headers`` in place of the right ones."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = (signed(data) if headers is None else headers) | {"Content-Type": kind}
        async with (
            ClientSession() as session,
            session.post(self.url, data=BytesIO(data), headers=sent) as response,
        ):
            return response.status, await response.text()

    async def submit(self, fields: dict[str, str], **more: Any) -> tuple[int, str]:
        return await self.post(urlencode(fields).encode(), kind=FORM, **more)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    found = Door()
    app = web.Application()
    app.add_routes(Requests(SECRET, found.keeper, lambda: NOW).routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield found
    await runner.cleanup()


async def test_an_event_is_kept_then_acknowledged(door: Door) -> None:
    assert await door.post(EVENTS) == (200, "")

    [kept] = door.keeper.kept
    assert (kept.kind, kept.payload, kept.retry) == (EVENT, EVENTS, 0)
    assert kept.id.startswith("v0=")


@pytest.mark.parametrize("trouble", ["fails", "raises"])
async def test_what_was_not_kept_is_for_slack_to_send_again(door: Door, trouble: str) -> None:
    setattr(door.keeper, trouble, 1)

    assert await door.post(EVENTS) == (500, "")
    assert await door.post(EVENTS) == (200, "")


@pytest.mark.parametrize(("given", "retry"), [("1", 1), ("3", 3), ("x", 0), ("-1", 0), ("²", 0)])
async def test_which_try_it_is(door: Door, given: str, retry: int) -> None:
    body = json.dumps(EVENTS).encode()
    await door.post(body, signed(body) | {RETRY: given})

    assert [one.retry for one in door.keeper.kept] == [retry]


async def test_a_command_is_its_fields(door: Door) -> None:
    fields = {"command": "/visit", "text": "", "user_id": "U1"}
    door.keeper.answer = "One moment"

    assert await door.submit(fields) == (200, "One moment")
    assert [(one.kind, one.payload) for one in door.keeper.kept] == [(COMMAND, fields)]


async def test_an_interaction_is_its_payload(door: Door) -> None:
    pressed = {"type": "block_actions", "actions": []}
    door.keeper.answer = {"response_action": "clear"}

    status, text = await door.submit({"payload": json.dumps(pressed)})

    assert (status, json.loads(text)) == (200, door.keeper.answer)
    assert [(one.kind, one.payload) for one in door.keeper.kept] == [(INTERACTION, pressed)]


async def test_slack_makes_sure_of_the_url(door: Door) -> None:
    challenge = {"type": "url_verification", "challenge": "abc<&"}

    with capture_logs() as logs:
        assert await door.post(challenge) == (200, "abc<&")
        assert await door.submit({"ssl_check": "1", "token": "x"}) == (200, "")

    assert (door.keeper.kept, logs) == ([], [])


async def test_a_replay_is_handed_on_under_the_same_name(door: Door) -> None:
    await door.post(EVENTS)
    await door.post(EVENTS)

    first, second = door.keeper.kept
    assert first.id == second.id


BODY = json.dumps(EVENTS).encode()
RIGHT = signed(BODY)
SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {STAMP: RIGHT[STAMP]},
        {SIGNATURE: RIGHT[SIGNATURE]},
        RIGHT | {SIGNATURE: ""},
        RIGHT | {SIGNATURE: "v0=é\udce9"},
        RIGHT | {SIGNATURE: RIGHT[SIGNATURE].removeprefix("v0=")},
        RIGHT | {SIGNATURE: RIGHT[SIGNATURE].upper()},
        signed(BODY + b" "),
        signed(BODY, secret="another"),
        signed(BODY, secret=""),
        signed(BODY, str(SECONDS - 301)),
        signed(BODY, str(SECONDS + 301)),
        signed(BODY, "abc"),
        signed(BODY, f"{SECONDS}.5"),
        signed(BODY, f"-{SECONDS}"),
        signed(BODY, "²"),
        signed(BODY, "9" * 5000),
        RIGHT | {STAMP: str(SECONDS - 1)},
    ],
)
async def test_what_slack_did_not_sign_now_is_refused_unread(
    door: Door, headers: dict[str, str]
) -> None:
    with capture_logs() as logs:
        assert await door.post(BODY, headers) == (401, "")
        assert await door.post(b"\xff not JSON", headers) == (401, "")

    assert door.keeper.kept == []
    assert logs == []


@pytest.mark.parametrize("late", [-300, 300])
async def test_a_clock_may_be_five_minutes_wrong(door: Door, late: int) -> None:
    assert await door.post(BODY, signed(BODY, str(SECONDS + late))) == (200, "")


async def test_without_a_secret_everything_is_refused() -> None:
    requests = Requests("", Keeper(), lambda: NOW)

    assert not requests._signed(signed(BODY, secret=""), BODY)


def test_a_signature_in_no_encoding_is_a_wrong_one() -> None:
    requests = Requests(SECRET, Keeper(), lambda: NOW)

    assert not requests._signed(RIGHT | {SIGNATURE: "v0=\udce9"}, BODY)


async def test_a_huge_body_is_refused_unsigned_too(door: Door) -> None:
    largest = b"x" * (LARGEST + 1)

    assert await door.post(largest) == (413, "")
    assert await door.post(largest, {}) == (413, "")
    assert await door.post(largest[1:]) == (200, "")


async def test_a_body_that_unpacks_to_something_huge_is_refused(door: Door) -> None:
    packed = gzip.compress(b"x" * (50 * LARGEST))

    assert await door.post(packed, {"Content-Encoding": "gzip"}) == (413, "")


async def test_a_body_that_is_packed_wrong_is_no_fault_of_ours(door: Door) -> None:
    status, _ = await door.post(b"not gzip", {"Content-Encoding": "gzip"})

    assert status == 400


NONSENSE: list[tuple[bytes, str]] = [
    (b"", JSON),
    (b"secret words", JSON),
    (b"\xff", JSON),
    (b"[" * 100_000, JSON),
    (b'["secret words"]', JSON),
    (b'{"type": 7}', JSON),
    (b"", FORM),
    (b"\xff", FORM),
    (b"secret=words", FORM),
    (b"payload=secret+words", FORM),
    (b"payload=%5B%5D", FORM),
    (b"&".join(b"command=x" for _ in range(101)), FORM),
    (b"\xff", "nonsense"),
]


@pytest.mark.parametrize(("body", "kind"), NONSENSE)
async def test_what_makes_no_sense_is_logged_and_not_sent_again(
    door: Door, body: bytes, kind: str
) -> None:
    with capture_logs() as logs:
        assert await door.post(body, kind=kind) == (200, "")

    assert door.keeper.kept == []
    assert [line["event"] for line in logs] == ["slack.request_not_understood"]
    assert "secret" not in str(logs)


def test_the_secret_is_not_in_its_looks() -> None:
    assert SECRET not in repr(Requests(SECRET, Keeper(), lambda: NOW))


@pytest.fixture
async def slack(door: Door) -> AsyncIterator[Any]:
    """The strict stand-in, which now posts to a door of its own time."""
    module = load("fake_slack")
    keeper = door.keeper
    requests = Requests(module.SIGNING_SECRET, keeper, lambda: datetime.now(UTC))
    app = web.Application()
    app.add_routes(requests.routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    async with module.FakeSlack() as server:
        server.config.update({"mode": "http", "request_url": url, "retry_scale": 0.001})
        yield server
    await runner.cleanup()


async def test_slack_verifies_the_url(slack: Any) -> None:
    assert (await slack.verify_url())["verified"]


async def test_slack_delivers_to_it(slack: Any, door: Door) -> None:
    door.keeper.fails = 2
    sent = slack.user_message(user="U0ALICE", channel="C0GENERAL", text="visited Acme")
    delivery = slack.deliveries[sent["deliveries"][0]]
    await until(lambda: delivery.state == "acked")
    assert [one.retry for one in door.keeper.kept] == [0, 1, 2]
    assert door.keeper.texts == ["visited Acme"] * 3

    door.keeper.answer = "One moment"
    used = await slack.command(command="/visit", text="Acme", channel="C0GENERAL")
    assert used["delivery"]["response"] == "One moment"

    door.keeper.answer = None
    pressed = await slack.shortcut(callback_id="help", user="U0ALICE")
    assert pressed["delivery"]["state"] == "acked"
    assert [one.kind for one in door.keeper.kept[3:]] == [COMMAND, INTERACTION]
    assert slack.violation_counts == {}


@pytest.mark.parametrize("fault", ["bad_signature", "old_timestamp"])
async def test_slack_is_refused_where_the_signature_is_not_right(
    slack: Any, door: Door, fault: str
) -> None:
    slack.add_fault(kind=fault, method="slash_commands", times=1)
    used = await slack.command(command="/visit", text="Acme", channel="C0GENERAL")

    assert [attempt["status"] for attempt in used["delivery"]["attempts"]] == [401]
    assert door.keeper.kept == []
