"""Lowering: nothing is dropped; splitting: no word is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import Markdown, escape, parse, plain
from bot.messages import (
    Block,
    Button,
    Buttons,
    Choice,
    Fields,
    File,
    Image,
    Input,
    Link,
    Reply,
    Sheet,
    Table,
    Text,
    Token,
    reply,
)
from bot.runtime.lowering import fitting, lower, split

ANY = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30)
WORD = st.text(alphabet="abcdefg汉字*_👍", min_size=1, max_size=8)
PHOTO = File("shelf.jpg", "image/jpeg", "ref")
ALL: frozenset[type[Block]] = frozenset({Text, Fields, Table, Image, File, Buttons, Choice, Sheet})
BUTTON = st.builds(
    Button,
    label=ANY,
    then=st.just(Token("t")) | st.just(Link("https://acme.example/page")),
)
BLOCKS: list[st.SearchStrategy[Block]] = [
    st.builds(Text, ANY.map(escape)),
    st.builds(Fields, st.lists(st.tuples(ANY, ANY), min_size=1, max_size=3).map(tuple)),
    st.builds(Table, st.tuples(ANY, ANY), st.lists(st.tuples(ANY, ANY), max_size=2).map(tuple)),
    st.builds(Image, st.just(PHOTO), ANY),
    st.just(PHOTO),
    st.builds(Buttons, st.lists(BUTTON, min_size=1, max_size=3).map(tuple)),
    st.builds(Choice, ANY, st.lists(BUTTON, min_size=1, max_size=3).map(tuple)),
    st.builds(
        Sheet,
        ANY,
        st.lists(st.builds(Input, ANY, ANY, ANY), max_size=2).map(tuple),
        ANY,
        st.just(Token("t")),
    ),
]


def said(block: Block) -> list[str]:
    """Every text of a block that a person would miss."""
    match block:
        case Text(markdown):
            return [plain(markdown)]
        case Fields(rows):
            return [text for row in rows for text in row]
        case Table(headers, rows):
            return [text for row in (headers, *rows) for text in row]
        case Image(file, alt):
            return [file.name, alt]
        case File(name=name):
            return [name]
        case Buttons(buttons):
            return _labels(buttons)
        case Choice(prompt, options):
            return [prompt, *_labels(options)]
        case Sheet(title, inputs):
            return [title, *(text for each in inputs for text in (each.label, each.hint))]


def _labels(buttons: tuple[Button, ...]) -> list[str]:
    links = [each.then.url for each in buttons if isinstance(each.then, Link)]
    return [*(each.label for each in buttons), *links]


@given(
    st.lists(st.one_of(BLOCKS), max_size=4),
    st.sets(st.sampled_from(sorted(ALL, key=lambda each: each.__name__))),
)
def test_nothing_is_dropped(blocks: list[Block], renders: set[type[Block]]) -> None:
    low = lower(Reply(tuple(blocks)), frozenset(renders | {Text}))
    assert {type(block) for block in low} <= renders | {Text}
    shown = "\n".join(text for block in low for text in said(block))
    for block in blocks:
        for text in said(block):
            assert text in shown


@given(st.lists(st.one_of(BLOCKS), max_size=4))
def test_what_a_platform_shows_is_left_alone(blocks: list[Block]) -> None:
    kept = lower(Reply(tuple(blocks)), ALL)
    assert [b for b in kept if not isinstance(b, Text)] == [
        b for b in blocks if not isinstance(b, Text)
    ]


def test_neighbouring_texts_become_one() -> None:
    card = reply("Hello", Fields((("Owner", "Ana*"),)), Buttons((Button("Go", Token("t")),)))
    [text] = lower(card, frozenset({Text}))
    assert text == Text(Markdown("Hello\n\n*Owner* Ana\\*\n\n1. Go"))


@given(st.lists(WORD, max_size=60), st.integers(min_value=16, max_value=60))
def test_a_split_keeps_every_word_within_the_limit(words: list[str], limit: int) -> None:
    text = " ".join(words)
    parts = [plain(part) for part in split(escape(text), limit)]
    assert all(len(part.encode("utf-16-le")) // 2 <= limit for part in parts)
    assert " ".join(parts).split() == text.split()


@given(st.text(alphabet="ab \n。*`é👍\u200d\u0301", max_size=120), st.integers(4, 20))
def test_a_split_loses_nothing_but_the_space_at_a_cut(text: str, limit: int) -> None:
    parts = [plain(part) for part in split(escape(text), limit)]
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)


@given(st.lists(WORD, min_size=1, max_size=40), st.integers(min_value=16, max_value=60))
def test_a_split_keeps_bold_bold(words: list[str], limit: int) -> None:
    parts = split(Markdown(f"*{escape(' '.join(words))}*"), limit)
    for part in parts:
        assert {span.style for span in parse(part) if span.text.strip()} <= {"bold"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two\n\nthree four", ("one two", "three four")),
        ("one two three\nfour five", ("one two three", "four five")),
        ("第一句话说完了。第二句话也说完。", ("第一句话说完了。", "第二句话也说完。")),
        ("", ("",)),
        ("short", ("short",)),
    ],
)
def test_the_best_border_is_taken(text: str, parts: tuple[str, ...]) -> None:
    assert split(Markdown(text), 15) == parts


@given(st.text(alphabet=st.characters(codec="utf-8")), st.integers(min_value=0, max_value=50))
def test_what_fits_is_counted_as_a_phone_counts(text: str, limit: int) -> None:
    count = fitting(text, limit)
    assert len(text[:count].encode("utf-16-le")) // 2 <= limit
    if count < len(text):
        assert len(text[: count + 1].encode("utf-16-le")) // 2 > limit
