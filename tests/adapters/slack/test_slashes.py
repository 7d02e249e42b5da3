"""What we say of commands, as people write them in Slack."""

import pytest

import handlers
from bot.adapters.slack.slashes import spelled
from bot.commands import collect
from bot.markdown import Markdown, escape
from bot.messages import Button, Buttons, Fields, Reply, Text, Token, reply

BOOK = collect(handlers)


def is_command(text: str) -> bool:
    return BOOK.find(text) is not None


def said(text: str) -> str:
    [block] = spelled(Reply((Text(Markdown(text)),)), is_command).blocks
    assert isinstance(block, Text)
    return str(block.markdown)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Use /visit and /account.", "Use /salesbot visit and /salesbot account."),
        ("`/visit Acme`", "`/salesbot visit Acme`"),
        ("*/undo* takes it back", "*/salesbot undo* takes it back"),
        ("用/拜访记录", "用/拜访记录"),
        ("见 /拜访", "见 /salesbot 拜访"),
        ("and/or, 1/2, /nothing", "and/or, 1/2, /nothing"),
        ("https://example.com/visit", "https://example.com/visit"),
        ("/salesbot visit", "/salesbot visit"),
    ],
)
def test_commands_are_all_behind_one(written: str, shown: str) -> None:
    assert said(written) == shown
    assert said(said(written)) == shown


def test_what_a_person_typed_stays_as_it_is() -> None:
    assert said(escape("/visit Acme")) == escape("/visit Acme")
    rows = Fields((("Note", "/visit them again"), ("Way", Markdown("/undo"))))
    [block] = spelled(reply(rows), is_command).blocks
    assert block == Fields((("Note", "/visit them again"), ("Way", Markdown("/salesbot undo"))))


def test_a_button_needs_no_slash() -> None:
    labels = ("/visit", "/visit Acme", "Save", "/nothing")
    row = Buttons(tuple(Button(each, Token(each)) for each in labels))
    [block] = spelled(reply(row), is_command).blocks
    assert isinstance(block, Buttons)
    assert [each.label for each in block.buttons] == ["visit", "visit Acme", "Save", "/nothing"]
