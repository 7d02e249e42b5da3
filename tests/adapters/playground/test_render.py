"""A reply becomes JSON without markup: what a person typed stays text."""

from typing import get_args

import pytest

from bot.adapters.playground.client import Playground
from bot.adapters.playground.render import blocks, made, ref, spans
from bot.markdown import Markdown, escape
from bot.messages import (
    Block,
    Button,
    Buttons,
    Call,
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
)
from tests.adapters.playground.scene import EVERYTHING


def test_every_block_is_rendered() -> None:
    assert frozenset(get_args(Block)) == Playground.renders
    assert {type(block) for block in EVERYTHING.blocks} == Playground.renders
    kinds = [block["type"] for block in blocks(EVERYTHING)]
    assert kinds == [
        "text", "fields", "table", "image", "file", "buttons", "choice", "sheet",
    ]  # fmt: skip


def test_text_is_runs_of_one_style() -> None:
    assert spans(Markdown("*a* and [b](https://c.de)")) == [
        {"text": "a", "style": "bold"},
        {"text": " and "},
        {"text": "b", "href": "https://c.de"},
    ]


def test_what_a_person_typed_is_one_plain_run() -> None:
    typed = "*x* <b>[y](https://evil.example)</b> @everyone"
    assert spans(escape(typed)) == [{"text": typed}]
    assert spans(typed) == [{"text": typed}]


def test_cells_may_be_markdown_or_plain() -> None:
    (fields,) = blocks(Reply((Fields((("*Name*", Markdown("*Ana*")),)),)))
    assert fields["rows"] == [[[{"text": "*Name*"}], [{"text": "Ana", "style": "bold"}]]]
    (table,) = blocks(Reply((Table(("A",), ((Markdown("_b_"),),)),)))
    assert (table["headers"], table["rows"]) == (
        [[{"text": "A"}]],
        [[[{"text": "b", "style": "italic"}]]],
    )


def test_buttons_carry_a_token_or_a_page() -> None:
    row = Buttons((Button("Go", Token("t"), primary=True), Button("See", Link("https://a.de"))))
    assert blocks(Reply((row,)))[0]["buttons"] == [
        {"label": "Go", "primary": True, "token": "t"},
        {"label": "See", "primary": False, "url": "https://a.de"},
    ]


def test_a_choice() -> None:
    (choice,) = blocks(Reply((Choice("Which?", (Button("One", Token("1")),)),)))
    assert choice["options"] == [{"label": "One", "primary": False, "token": "1"}]


def test_a_sheet_keeps_all_of_its_questions() -> None:
    question = Input(
        "at",
        "When?",
        "today",
        "3 May",
        "Not yet",
        required=True,
        multiline=True,
        options=(("A", "a"),),
    )
    (sheet,) = blocks(Reply((Sheet("Log", (question,), "Send", Token("t")),)))
    assert sheet["token"] == "t"
    assert sheet["inputs"] == [
        {
            "name": "at",
            "label": "When?",
            "hint": "today",
            "value": "3 May",
            "error": "Not yet",
            "required": True,
            "multiline": True,
            "options": [["A", "a"]],
        }
    ]


@pytest.mark.parametrize(
    "block",
    [Buttons((Button("Go", Call("visit")),)), Sheet("Log", (), "Send", Call("visit"))],
)
def test_a_call_that_is_not_stored_cannot_leave(block: Block) -> None:
    with pytest.raises(ValueError, match="visit"):
        blocks(Reply((block,)))


def test_a_file_of_the_bot_is_named_by_its_bytes() -> None:
    chart = File("a.png", "image/png", content=b"png")
    assert ref(chart) == ref(File("b.png", "image/png", content=b"png"))
    assert ref(File("a.png", "image/png", ref="kept-one")) == "kept-one"
    (image,) = blocks(Reply((Image(chart, "A *chart*"),)))
    assert image["url"] == f"/files/{ref(chart)}"
    assert image["alt"] == "A *chart*"


def test_only_what_the_bot_made_is_to_be_kept() -> None:
    chart, sent = File("a", "b", content=b"1"), File("c", "d", ref="kept-one")
    reply = Reply((Image(chart, ""), Image(sent, ""), sent, chart, Text(Markdown("x"))))
    assert list(made(reply)) == [chart, chart]
