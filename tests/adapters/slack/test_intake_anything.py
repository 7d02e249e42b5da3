import asyncio
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.client import Slack
from bot.adapters.slack.envelope import Answer, Envelope
from bot.adapters.slack.intake import Intake
from storage.inbox import Arrival
from tests.adapters.slack.payloads import ME, NOW, WHO, form, mention, message
from tests.adapters.slack.test_arrivals import JUNK


class Rows:
    """An inbox in memory, which may fail."""

    def __init__(self, *, fails: bool) -> None:
        self.fails, self.rows = fails, list[Arrival]()

    async def take(self, arrival: Arrival) -> int | None:
        if self.fails:
            raise OSError("the disk is full")
        self.rows.append(arrival)
        return None


class Shut:
    """Windows that don't open."""

    language = "en"

    async def open(self, _trigger: str, **_more: Any) -> str:
        return ""


PARTS = {
    "event": JUNK | st.sampled_from([message()["event"], mention()["event"]]),
    "actions": JUNK | st.lists(JUNK, max_size=2),
    "user": JUNK | st.just(WHO),
    "view": JUNK | st.just(form()["view"]),
    "container": JUNK,
    "authorizations": JUNK,
    "team": JUNK,
    "message": JUNK,
    "trigger_id": JUNK,
    "text": JUNK,
    "channel": JUNK,
    "ssl_check": st.just("0"),
}
TYPES = ["event_callback", "block_actions", "view_submission", "shortcut", "message_action"]
TYPES += ["block_suggestion", "app_rate_limited"]
ODD = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES) | JUNK}, optional=PARTS | {"command": JUNK}
)


@given(ODD, st.booleans())
def test_whatever_comes_is_kept_or_is_nothing(payload: dict[str, Any], fails: bool) -> None:
    async def taken() -> tuple[Answer, Rows]:
        slack = Slack("xoxb-1", "http://127.0.0.1:9/api/", me=ME)
        shut: Any = Shut()
        slack.windows = shut
        rows: Any = Rows(fails=fails)
        intake = Intake(slack, rows, _nobody, lambda _text: True, lambda: NOW, None)
        return await intake.dispatch(Envelope("e", "events_api", payload)), rows

    answer, rows = asyncio.run(taken())

    assert answer.acknowledge or fails
    for row in rows.rows:
        assert row.payload.isascii()
        assert row.external_id.isascii()
        assert row.chat.startswith("slack:T1:")


async def _nobody(*_asked: Any) -> list[Any]:
    return []
