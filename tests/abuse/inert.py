"""Whether what a person typed is only words on every platform, as its strict reader reads it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.adapters.playground import render as playground
from bot.adapters.slack import blocks as slack
from bot.adapters.slack import packing as slack_packing
from bot.adapters.telegram import packing as telegram_packing
from bot.adapters.telegram.render import render
from bot.messages import (
    Button,
    Choice,
    Fields,
    File,
    Image,
    Place,
    Reply,
    Table,
    Token,
    reply,
)
from bot.phrases import _, label, shortened
from bot.runtime.adapter import Outgoing
from tests.acceptance.fakes import load
from tests.acceptance.slack_reader import blocks_text, mrkdwn

STYLES = frozenset({"bold", "italic", "code"})
FILES = (File, Image)
HERE = Place("telegram", "bot", "1")
TELEGRAM = load("fake_telegram")


def line(text: str) -> Reply:
    """The shortest reply that says a text: in bold, as it is, and on a button."""
    name = shortened(text, 60) or "·"
    return reply(
        _("Added: *{account}*.", account=name),
        text,
        Button(shortened(text, 40) or "·", Token("t")),
    )


def card(text: str) -> Reply:
    """A card that says a text wherever cards say what people typed."""
    name = shortened(text, 120) or "·"
    return reply(
        _("Added: *{account}*.", account=name),
        Fields(((label("Note"), text), (_("Account"), name))),
        Table((label("Account"), label("Owner")), ((name, name),)),
        Button(shortened(text, 40) or "·", Token("t")),
        Choice(label("Account"), (Button(name, Token("u")),)),
    )


def on_telegram(said: Reply) -> Sequence[str]:
    """What Telegram is sent, a message each."""
    sent = (render(Outgoing(1, HERE, part)).arguments for part in telegram_packing.pack(said))
    return [str(each.get("text") or each.get("caption") or "") for each in sent]


def on_slack(said: Reply) -> Sequence[tuple[list[Any], str]]:
    """What Slack is sent: blocks, and the line of a notification; files go up by themselves."""
    parts = [part for part in slack_packing.pack(said) if not isinstance(part.blocks[0], FILES)]
    return [(slack.to_blocks(part), slack.to_text(part)) for part in parts]


def on_the_playground(said: Reply) -> Sequence[Any]:
    """What the page draws."""
    return playground.blocks(said)


def active_on_telegram(shown: Sequence[str]) -> Iterator[str]:
    """Entities other than our styles."""
    for html in filter(None, shown):
        _text, found = TELEGRAM.parse_text(html, "HTML", None)
        yield from (each["type"] for each in found if each["type"] not in STYLES)


def active_on_slack(shown: Sequence[tuple[list[Any], str]]) -> Iterator[str]:
    """Mentions, links and emoji, in the blocks and in the notification."""
    for blocks, text in shown:
        yield from blocks_text(blocks).active
        yield from mrkdwn(text, verbatim=True).active


def active_on_the_playground(shown: Any) -> Iterator[str]:
    """Links that the page would make."""
    match shown:
        case {"href": str(href)} if href:
            yield href
        case dict():
            for each in shown.values():
                yield from active_on_the_playground(each)
        case list():
            for each in shown:
                yield from active_on_the_playground(each)


PLATFORMS: Sequence[tuple[Callable[[Reply], Any], Callable[[Any], Iterator[str]]]] = (
    (on_telegram, active_on_telegram),
    (on_slack, active_on_slack),
    (on_the_playground, active_on_the_playground),
)


def active(said: Reply) -> list[str]:
    """What of a reply would be more than words, on any platform."""
    return [f"{show.__name__}: {each}" for show, read in PLATFORMS for each in read(show(said))]
