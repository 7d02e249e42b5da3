"""Markdown: what a person typed is shown as typed, and what we wrote is read back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import (
    Markdown,
    Span,
    Style,
    escape,
    join,
    markdown,
    moment,
    parse,
    plain,
    write,
)

ANY = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)
MARKS = st.text(alphabet="*_`[]()\\ab :/.@#\n", max_size=40)
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\n"), min_size=1)
SPANS = st.lists(
    st.builds(
        Span,
        text=WORDS,
        style=st.sampled_from([Style.PLAIN, Style.BOLD]),
        href=st.sampled_from(["", "https://acme.example/a"]),
        typed=st.booleans(),
    ),
    max_size=6,
)


@given(ANY | MARKS)
def test_what_is_escaped_shows_as_it_was_typed(text: str) -> None:
    spans = parse(escape(text))
    assert text == "".join(span.text for span in spans) == plain(escape(text))
    assert {span.style for span in spans} <= {Style.PLAIN}
    assert {span.href for span in spans} <= {""}


@given(ANY | MARKS)
def test_inside_our_markup_it_stays_as_typed(text: str) -> None:
    shown = text.replace("\n", " ") or "x"
    spans = parse(Markdown(f"*{escape(shown)}*"))
    assert ("".join(span.text for span in spans), {span.style for span in spans}) == (
        shown,
        {Style.BOLD},
    )


@given(ANY | MARKS)
def test_any_text_can_be_read(text: str) -> None:
    parse(text)


@given(ANY | MARKS)
def test_what_is_read_and_written_reads_the_same(text: str) -> None:
    once = write(parse(text))
    assert plain(once) == plain(Markdown(text))
    assert plain(write(parse(once))) == plain(once)


@given(SPANS)
def test_writing_loses_no_word_of_any_span(spans: list[Span]) -> None:
    assert plain(write(spans)) == "".join(span.text for span in spans)


@given(st.lists(ANY, max_size=4))
def test_joined_strings_are_escaped_and_markdown_is_not(parts: list[str]) -> None:
    assert plain(join(", ", parts)) == ", ".join(parts)
    assert join("", [Markdown("*a*"), "*b*"]) == r"*a*\*b\*"


@pytest.mark.parametrize(
    ("text", "style"),
    [("*bold*", Style.BOLD), ("_italic_", Style.ITALIC), ("`code`", Style.CODE)],
)
def test_each_mark_has_its_style(text: str, style: Style) -> None:
    assert parse(text) == (Span(text[1:-1], style),)


@pytest.mark.parametrize(
    "text", ["*open", "snake_case_name", "a*", "[x](javascript:1)", "[x]", "`"]
)
def test_what_is_not_closed_is_ordinary(text: str) -> None:
    assert {span.style for span in parse(text)} == {Style.PLAIN}
    assert plain(Markdown(text)) == text


def test_a_link_may_be_bold_and_hold_brackets() -> None:
    assert parse(r"[*a\]*](https://acme.example/x)") == (
        Span("a", Style.BOLD, "https://acme.example/x"),
        Span("]", Style.BOLD, "https://acme.example/x", typed=True),
    )


def test_only_plain_strings_are_escaped() -> None:
    assert markdown("*a*") == r"\*a\*"
    assert markdown(Markdown("*a*")) == "*a*"
    assert plain("*a*") == "*a*"
    assert plain(Markdown("*a*")) == "a"


def test_a_moment_is_its_words_and_an_instant() -> None:
    at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    said = moment("today *10:00*", at)

    assert plain(said) == "today *10:00*"
    assert {(span.at, span.link) for span in parse(said)} == {(1772416800, "")}
    assert write(parse(said)) == said
    assert all(span.at is None for span in parse(escape(said)))
