from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.wording import LONGEST, names, unescaped, words


def escaped(text: str) -> str:
    """What Slack does to what is typed (docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(st.text())
def test_what_was_typed_comes_back_exactly(typed: str) -> None:
    assert words(escaped(typed), "UBOT") == typed.strip()
    assert unescaped(escaped(typed)) == typed


@given(st.text(alphabet="&<>@#!|;ltgamp UBOT^\n\t"))
def test_what_looks_like_slack_s_own_marks_is_not_taken_for_them(typed: str) -> None:
    assert words(escaped(typed), "UBOT") == typed.strip()
    assert not names(escaped(typed), "UBOT")


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("<http://acme.com|acme.com>", "acme.com"),
        ("see <https://x.com/?a=1&amp;b=2>", "see https://x.com/?a=1&b=2"),
        ("<https://x.com|R&amp;D &lt;new&gt;>", "R&D <new>"),
        ("<mailto:li@acme.cn|li@acme.cn>", "li@acme.cn"),
        ("<mailto:li@acme.cn>", "li@acme.cn"),
        ("<tel:+8613800138000|138 0013 8000>", "138 0013 8000"),
        ("<tel:+8613800138000>", "+8613800138000"),
        ("<#C1|general>, <#C2|>, <#C3>", "#general, #C2, #C3"),
        ("<@U2|bob> and <@U3>", "@bob and @U3"),
        ("<!here> <!channel|@channel> <!everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@sales> <!subteam^S2>", "@sales @S2"),
        ("by <!date^1392734382^{date_short}|18 Feb>", "by 18 Feb"),
        ("a < b", "a < b"),
    ],
)
def test_slack_s_marks_read_as_they_are_shown(written: str, seen: str) -> None:
    assert words(written, "UBOT") == seen


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<@UBOT> visit Acme", "visit Acme"),
        ("<@UBOT|salesbot> visit Acme", "visit Acme"),
        ("<@UBOT>: visit Acme", "visit Acme"),
        ("<@UBOT>，拜访华东医院", "拜访华东医院"),
        ("  <@UBOT>\n/visit Acme", "/visit Acme"),
        ("hey <@UBOT> log it", "hey log it"),
        ("log it <@UBOT>", "log it"),
        ("one\n<@UBOT>\ntwo", "one\n \ntwo"),
        ("<@UBOT>", ""),
        ("<@UBOT2> hello", "@UBOT2 hello"),
    ],
)
def test_our_own_name_is_not_among_the_words(written: str, said: str) -> None:
    assert words(written, "UBOT") == said


def test_spaces_stay_as_they_are() -> None:
    assert words("a  b\t\tc", "UBOT") == "a  b\t\tc"


def effort(text: str) -> float:
    """What the quickest of a few readings takes, of this thread's own time."""

    def once() -> float:
        began = thread_time()
        words(text, "UBOT")
        return thread_time() - began

    return min(once() for _ in range(3))


@pytest.mark.parametrize(
    "text",
    [
        f"a{' ' * 100_000}b",
        f"<@UBOT>{' ' * 100_000}b",
        f"{' ' * 100_000}<@UBOT>",
        f"a{' ' * (LONGEST - 2)}b",
        "<" * 100_000,
        "<@" * 50_000,
        "<@UBOT" * 20_000,
        " <@UBOT|" * 20_000,
        "<@UBOT> " * 20_000,
    ],
    ids=lambda text: text.strip()[:8].strip(),
)
def test_nothing_that_is_sent_takes_much_longer_than_plain_words(text: str) -> None:
    assert effort(text) < 30 * effort("visited Acme <!here>".ljust(LONGEST, "."))


@pytest.mark.parametrize("mark", ["<https://x.com|x>", "&amp;", "<@UBOT>"])
@pytest.mark.parametrize("room", [1, 3, 4])
def test_what_is_too_long_ends_before_a_mark_that_would_be_cut(mark: str, room: int) -> None:
    told = "a" * (LONGEST - room)
    assert words(f"{told}{mark} and more", "UBOT") == told


@pytest.mark.parametrize(
    ("text", "named"),
    [("<@UBOT> x", True), ("x <@UBOT|bot>", True), ("&lt;@UBOT&gt;", False), ("<@UBOT2>", False)],
)
def test_whether_it_names_us(text: str, named: bool) -> None:
    assert names(text, "UBOT") is named
