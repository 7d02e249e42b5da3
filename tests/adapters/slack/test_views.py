import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.slack import views
from bot.adapters.slack.elements import weight
from bot.markdown import Markdown
from bot.messages import (
    Button,
    Call,
    Choice,
    Fields,
    Input,
    Reply,
    Sheet,
    Table,
    Token,
    Way,
)
from tests.acceptance import slack_reader
from tests.adapters.slack.kit import (
    LONG,
    PHOTO,
    REPLY,
    WORDS,
    sheet,
    twice,
    view_faults,
)

NAME = st.text("abcdef_", min_size=1, max_size=20)
OPTIONS = st.integers(0, 250).map(lambda n: tuple((f"Option {i}", f"v{i}") for i in range(n)))
STORED = st.sampled_from(["", "v3", "2026-11-20", "2026-11-20 15:00", "nonsense"])
INPUT = st.builds(
    Input,
    name=NAME,
    label=LONG,
    hint=LONG,
    value=LONG,
    error=LONG,
    required=st.booleans(),
    multiline=st.booleans(),
    options=OPTIONS,
    way=st.sampled_from(Way),
    stored=STORED,
)
INPUTS = st.lists(INPUT, max_size=8, unique_by=lambda each: each.name).map(tuple)
SHEET = st.builds(
    Sheet, WORDS, INPUTS, WORDS, st.builds(Token, st.just("s1")), files=st.booleans()
)


@settings(max_examples=50)
@given(SHEET)
def test_any_form_is_a_window_within_the_limits(whole: Sheet) -> None:
    view = views.modal(whole, "zh", "D1/1.2")

    assert view_faults(view) == []
    assert weight(view) <= 250_000
    assert slack_reader.page(view).active == ()


def test_a_window_knows_its_form_and_where_it_came_from() -> None:
    view = views.modal(sheet(Input("account", "Account")), "en", "D1/1.2")

    assert json.loads(view["private_metadata"]) == {"token": "s1", "card": "D1/1.2"}
    assert (
        view["callback_id"],
        view["submit"]["text"],
        view["close"]["text"],
    ) == ("form", "Save", "Cancel")


def test_a_window_speaks_the_persons_language() -> None:
    assert views.modal(sheet(Input("a", "A")), "zh")["close"]["text"] == "取消"
    assert "请稍候…" in slack_reader.page(views.loading("zh")).text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Log a visit", "Log a visit"),
        ("Log a visit to an account.", "Log a visit to an…"),
        ("Log a visit, call, meeting or demo.", "Log a visit"),
        ("看最近拜访、联系人和待跟进的所有事项，以及更多更多的内容。", "看最近拜访"),
        ("记录一次客户拜访。", "记录一次客户拜访"),
        ("x" * 30, "x" * 23 + "…"),
        ("*Set* a\nreminder", "*Set* a reminder"),
        (Markdown("*Set* a reminder"), "Set a reminder"),
    ],
)
def test_titles_are_cut_between_words(text: str, title: str) -> None:
    assert title == views.titled(text)


def test_a_form_that_is_not_stored_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="still holds"):
        views.modal(Sheet("Log", (), "Save", Call("submit")), "en")


@settings(max_examples=50)
@given(REPLY)
def test_any_reply_can_be_said_in_a_window(whole: Reply) -> None:
    view = views.said(whole, "Saved", "Close")

    assert view_faults(view) == []
    assert weight(view) <= 250_000
    assert slack_reader.page(view).active == ()
    assert "submit" not in view


def test_a_page_has_no_tables_nor_files() -> None:
    whole = Reply(
        (
            Table(("Rep", "Visits"), (("Ana", "12"),)),
            PHOTO,
            Fields((("Owner", "Ana"), ("Tier", "A"))),
            Choice("Which?", (Button("Acme", Token("c")),)),
            Choice("Which?", (Button("Bolt", Token("d")),)),
        )
    )
    for view in (views.home(whole), views.said(whole, "Found", "Close")):
        assert view_faults(view) == []
        assert twice(view["blocks"]) == []
        shown = slack_reader.page(view).text
        assert [each for each in ("Ana", "12", "chart.png", "Tier") if each not in shown] == []
