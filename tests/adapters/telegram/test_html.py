from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.telegram.html import WORD_JOINER, entities, to_html, units, visible
from bot.markdown import Markdown, escape, moment, plain
from tests.acceptance.fakes import load
from tests.adapters.contract import NASTY

PHRASES = (
    "{typed}",
    "Logged your visit to *{typed}* on Monday.",
    "_{typed}_ is new. Try /help or /visit {typed}",
    "Owner: {typed}, see [the page](https://example.com/{{id}}) `{typed}`",
    "“{typed}” ({typed})\n{typed}",
    "已记录：{typed}，今天 14:30。",
)
PIECES = st.sampled_from(
    ["@", "/", "#", "$", "+", ".", ":", "//", "http", "https://", "com", "evil.com", "a", "B", "7",
     "_", "-", "(", ")", "<", ">", "&", "\\", "*", "`", "[", "]", " ", "\n", "中", "😀", "tg://",
     "www.", "ana@x.io", "AAPL", "1.2.3.4", "&amp;", "<b>", "\u2060", "？"]
)  # fmt: skip
TYPED = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30).filter(
    lambda text: not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)
)


@pytest.fixture(scope="module")
def bot_api() -> ModuleType:
    return load("fake_telegram")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("*b* _i_ `c`", "<b>b</b> <i>i</i> <code>c</code>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("[a & b](https://x.io/?a=1&b=2)", '<a href="https://x.io/?a=1&amp;b=2">a &amp; b</a>'),
        ("[*a*](https://x.io)", '<a href="https://x.io"><b>a</b></a>'),
        ("[`a`](https://x.io)", '<a href="https://x.io">a</a>'),
        ("*a\\.b*", f"<b>a.{WORD_JOINER}b</b>"),
        ("see /help", "see /help"),
        ("`/visit Acme`", "<code>/visit Acme</code>"),
        ("`a\\.b`", "<code>a.b</code>"),
    ],
)
def test_html(text: str, html: str) -> None:
    assert html == to_html(Markdown(text))


@pytest.mark.parametrize("typed", ["10:30", "3.5", "1/2", "$ 5", "Dr. Li", "12.05.24"])
def test_ordinary_words_are_left_alone(typed: str) -> None:
    assert typed == to_html(escape(typed))


def test_our_own_commands_stay_tappable(bot_api: ModuleType) -> None:
    _, found = bot_api.parse_text(to_html(Markdown("Try /help or /today.")), "HTML", None)

    assert [entity["type"] for entity in found] == ["bot_command", "bot_command"]


def _tappable(bot_api: ModuleType, phrase: str, typed: str) -> list[Any]:
    text = Markdown(phrase.format(typed=escape(typed), id=1))
    shown, found = bot_api.parse_text(to_html(text), "HTML", None)
    # Telegram trims what it shows, so must the comparison.
    assert plain(text).strip() == shown.replace(WORD_JOINER, "").strip() or WORD_JOINER in typed
    styles = {"bold", "italic", "code"}
    return [entity for entity in found if entity["type"] not in styles]


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("typed", [*NASTY, "a@-b.c", "http:x.com", "../etc", "://a", "x.com/@y"])
def test_nothing_typed_is_tappable(bot_api: ModuleType, phrase: str, typed: str) -> None:
    ours = _tappable(bot_api, phrase, "nothing")

    assert [e["type"] for e in ours] == [e["type"] for e in _tappable(bot_api, phrase, typed)]


@given(phrase=st.sampled_from(PHRASES), typed=TYPED)
@example(phrase=PHRASES[0], typed="https://evil.com")
def test_whatever_is_typed_only_our_own_words_are_tappable(phrase: str, typed: str) -> None:
    bot_api = load("fake_telegram")
    ours = _tappable(bot_api, phrase, "nothing")
    if not typed.strip():
        return

    found = [entity["type"] for entity in _tappable(bot_api, phrase, typed)]
    assert [entity["type"] for entity in ours] == found


@given(st.text(alphabet="*_`[]()\\<>&\"' \nabhttps:/.中😀", max_size=80))
def test_whatever_the_markdown_telegram_can_parse_it(text: str) -> None:
    bot_api = load("fake_telegram")
    parsed, found = bot_api.HtmlParser(to_html(Markdown(text))).parse()

    assert plain(Markdown(text)) == parsed.replace(WORD_JOINER, "")
    assert len(found) <= entities(Markdown(text))


def test_length_is_what_a_phone_counts_with_what_we_add() -> None:
    assert units(Markdown("*a*😀b")) == 4
    assert units(escape("a.b")) == 4


@pytest.mark.parametrize(
    ("text", "seen"), [("", False), (" \n\u200b", False), ("* *", False), ("·", True)]
)
def test_blank_is_known(text: str, seen: bool) -> None:
    assert seen == visible(Markdown(text))


def test_a_moment_is_its_words() -> None:
    said = moment("today 10:00", datetime(2026, 3, 2, 2, 0, tzinfo=UTC))
    assert to_html(Markdown(f"*{said}*, {said}")) == "<b>today 10:00</b>, today 10:00"
