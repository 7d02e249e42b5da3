from dataclasses import replace

import pytest

from bot.adapters.slack.client import Slack
from bot.messages import Button, Place, Token, reply
from bot.runtime.adapter import Outgoing, Rejected, Uncertain
from tests.acceptance.slack import ANA, CHANNEL, ELSEWHERE, EVE, TEAM, Control
from tests.adapters.slack.odd import Says, error, odd_slack

IN_CHANNEL = Place("slack", TEAM, CHANNEL, private=False)
TO_ANA = replace(IN_CHANNEL, only=ANA)


def outgoing(place: Place) -> Outgoing:
    return Outgoing(1, place, reply("Hello", Button("Undo", Token("tok"))))


def hook(control: Control, user: str, channel: str) -> str:
    """Where somebody's command in a channel may be answered."""
    team = control.server.team()
    place = control._place(channel, user)
    return str(control.server.new_response_url("commands", team, place, user))


async def test_one_person_alone_sees_it(slack: Slack, slack_control: Control) -> None:
    assert await slack.send(outgoing(TO_ANA)) == ""

    assert [each.text for each in slack_control.ephemerals(ANA)] == ["Hello"]
    assert slack_control.ephemerals(EVE) == []
    assert slack_control.texts(ANA, CHANNEL) == []


async def test_by_an_address_also_where_we_are_not(slack: Slack, slack_control: Control) -> None:
    url = hook(slack_control, ANA, ELSEWHERE)
    place = Place("slack", TEAM, ELSEWHERE, private=False, only=f"{ANA} {url}")
    for _ in range(6):
        await slack.send(outgoing(place))

    assert len(slack_control.ephemerals(ANA, ELSEWHERE)) == 5
    assert slack_control.texts() == ["Hello"], "the sixth, which the address did not take"


async def test_in_the_thread_of_the_card() -> None:
    async with odd_slack() as (slack, odd):
        place = replace(IN_CHANNEL, thread="1.2", only=f"U1 {odd.url}/hooks/abc")
        await slack.send(outgoing(place))
        await slack.send(outgoing(replace(place, thread="new:1.2")))

        assert [each.get("thread_ts") for each in odd.calls("abc")] == ["1.2", None]
        assert {each["response_type"] for each in odd.calls("abc")} == {"ephemeral"}


@pytest.mark.parametrize("where", [ELSEWHERE, "C0NOWHERE"])
async def test_where_that_cannot_be_they_are_told_in_their_chat(
    slack: Slack, slack_control: Control, where: str
) -> None:
    name = await slack.send(outgoing(replace(TO_ANA, chat=where)))

    assert name.startswith("D")
    assert slack_control.texts() == ["Hello"]


@pytest.mark.parametrize("code", ["user_not_in_channel", "is_archived", "cannot_reply_to_message"])
async def test_nor_where_slack_says_so(code: str) -> None:
    async with odd_slack() as (slack, odd):
        odd.says("chat.postEphemeral", error(code))
        await slack.send(outgoing(replace(IN_CHANNEL, thread="1.2", only="U1")))

        [told] = odd.calls("chat.postMessage")
        assert (told["channel"], told.get("thread_ts")) == ("U1", None)


@pytest.mark.parametrize(
    ("answer", "means"), [(Says(cut=True), Uncertain), (error("no_text"), Rejected)]
)
async def test_a_failure_is_told_nowhere_else(answer: Says, means: type[Exception]) -> None:
    async with odd_slack() as (slack, odd):
        odd.says("chat.postEphemeral", answer)
        with pytest.raises(means):
            await slack.send(outgoing(replace(IN_CHANNEL, only="U1")))
        assert odd.names == ["chat.postEphemeral"]
