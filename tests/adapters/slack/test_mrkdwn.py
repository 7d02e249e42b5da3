from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given

from bot.adapters.slack.mrkdwn import WORD_JOINER, to_mrkdwn, unmistakable
from bot.adapters.slack.rich import to_rich_text
from bot.markdown import Markdown, escape, moment, plain
from tests.acceptance import slack_reader
from tests.adapters.contract import NASTY, visible
from tests.adapters.slack.kit import WORDS, faults


def read(text: Markdown) -> slack_reader.Read:
    return slack_reader.mrkdwn(to_mrkdwn(text), verbatim=True)


@pytest.mark.parametrize(
    ("ours", "slacks"),
    [
        ("Logged *Acme* _today_ `7`.", "Logged *Acme* _today_ `7`."),
        (
            "[the docs](https://example.com/a?b=1&c=2)",
            "<https://example.com/a?b=1&amp;c=2|the docs>",
        ),
        ("[a|b](https://example.com)", "<https://example.com|a¦b>"),
        ("[ask](tg://resolve?domain=x)", "ask"),
        ("5 < 6 & 7 > 2", "5 &lt; 6 &amp; 7 &gt; 2"),
        ("", ""),
    ],
)
def test_our_marks_are_slacks(ours: str, slacks: str) -> None:
    assert slacks == to_mrkdwn(Markdown(ours))


@pytest.mark.parametrize("typed", NASTY)
def test_what_was_typed_is_there_and_means_nothing(typed: str) -> None:
    assert read(escape(typed)).active == ()
    assert typed == unescape(visible(to_mrkdwn(escape(typed))))


@given(WORDS)
def test_whatever_was_typed_is_there_and_means_nothing(typed: str) -> None:
    assert read(escape(typed)).active == ()
    assert typed == unescape(visible(to_mrkdwn(escape(typed))))


@given(WORDS)
def test_what_is_unmistakable_is_read_as_it_was_typed(typed: str) -> None:
    ours = Markdown(f"*{escape(typed.strip())}* _said_ `7`, {escape(typed)}")
    if unmistakable(ours):
        assert plain(ours) == read(ours).text


@given(WORDS)
def test_rich_text_says_the_same_words(text: str) -> None:
    ours = Markdown(f"*{escape(text)}* said {text}")
    found = slack_reader.text_of(to_rich_text(ours))

    assert plain(ours) == visible(found.text)
    assert found.active == ()


def test_rich_text_keeps_our_styles_and_links() -> None:
    block = to_rich_text(Markdown("*Acme* _was_ `7` [here](https://example.com)"))

    elements = block["elements"][0]["elements"]
    assert faults([block]) == []
    assert [each["style"] for each in elements if "style" in each] == [
        {"bold": True},
        {"italic": True},
        {"code": True},
    ]
    assert elements[-1] == {"type": "link", "url": "https://example.com", "text": "here"}


@pytest.mark.parametrize(
    "text",
    ["Logged *Acme*, `7`.", "*Acme*\n_today_", "a - b, 10:30", "(*Acme*)", "https://x.com/a"],
)
def test_what_slack_can_read_in_one_way_only(text: str) -> None:
    assert unmistakable(Markdown(text))


@pytest.mark.parametrize(
    "text",
    [
        escape("*bold*"),
        escape("snake_case"),
        "~gone~",
        escape("`code`"),
        ":smile:",
        ":100:",
        "10:30:15",
        "fine :)",
        "> quoted",
        "first\n> quoted",
        "＊wide＊",
        "已记录：*华东医院*，今天",
        "a*b*c",
        "unclosed *",
    ],
)
def test_what_slack_might_read_as_something_else(text: str) -> None:
    assert not unmistakable(Markdown(text))


def test_styles_end_with_their_line() -> None:
    """A mark of Slack's that crosses lines is shown as it is."""
    assert to_mrkdwn(Markdown("*one\ntwo*")).count("*") == 2
    assert all(line.count("*") % 2 == 0 for line in to_mrkdwn(Markdown("*a* b\n*c*")).split("\n"))


def test_joiners_are_put_only_beside_what_would_be_active() -> None:
    assert WORD_JOINER not in to_mrkdwn(escape("Acme (East), 10:30, a.b@c.de, #7 @ana"))


def test_a_date_is_shown_in_the_readers_zone() -> None:
    at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    said = moment("2 Mar <10:00>", at)

    shown = "<!date^1772416800^{date_short_pretty} {time}|2 Mar &lt;10:00&gt;>"
    assert to_mrkdwn(said) == shown
    assert to_mrkdwn(Markdown(f"Logged *{said}*.")) == f"Logged *{shown}*."


def test_nobody_can_type_a_date() -> None:
    typed = "<!date^1772416800^{time}|x> [x](at://1772416800)"
    assert "<!date" not in to_mrkdwn(escape(typed))
