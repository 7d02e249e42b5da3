"""The preview draws whatever we send, and says what we say."""

from html import unescape

import pytest
from hypothesis import given, settings

from bot.adapters.slack import views
from bot.adapters.slack.blocks import to_blocks
from bot.adapters.slack.packing import OWN, pack
from bot.markdown import Markdown, escape
from bot.messages import Input, Reply, Text, Way
from tests.adapters.contract import NASTY, visible
from tests.adapters.slack.kit import REPLY, sheet
from tests.adapters.slack.preview import paper


@settings(max_examples=50)
@given(REPLY)
def test_any_card_can_be_drawn(whole: Reply) -> None:
    for card in pack(whole):
        if not isinstance(card.blocks[0], OWN):
            assert paper.message(to_blocks(card)).count("<article>") == 1
    assert paper.view(views.home(whole)).startswith("<main class=home>")


@pytest.mark.parametrize("typed", NASTY)
def test_what_was_typed_is_drawn_as_it_was_typed(typed: str) -> None:
    drawn = paper.message(to_blocks(Reply((Text(Markdown(f"*Note* {escape(typed)}")),))))

    assert f"<b>Note</b> {typed}" in visible(unescape(drawn))
    assert "<a>" not in drawn


def test_a_form_is_drawn_with_what_is_filled_in() -> None:
    whole = sheet(
        Input("account", "Account", way=Way.SUGGESTED, value="Acme", stored="7"),
        Input("at", "When?", way=Way.MOMENT, stored="2026-11-20 15:00"),
        Input("kind", "Kind", value="Demo", options=(("Demo", "demo"), ("Visit", "visit"))),
        Input("note", "Note", value="a < b", error="Too short.", multiline=True, focus=True),
    )
    drawn = unescape(paper.view(views.modal(whole, "en")))

    shown = ("Acme", "2026-11-20", "15:00", "Demo", "a < b", "⚠️ Too short.", "Save", "Cancel")
    assert [each for each in shown if each not in drawn] == []
