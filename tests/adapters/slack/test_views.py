import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack import inputs, views
from bot.adapters.slack.elements import weight
from bot.markdown import Markdown
from bot.messages import (
    Button,
    Buttons,
    Call,
    Choice,
    Fields,
    Input,
    Reply,
    Sheet,
    Table,
    Text,
    Token,
    Way,
    reply,
)
from tests.acceptance import slack_reader
from tests.adapters.contract import visible
from tests.adapters.slack.kit import LONG, PHOTO, REPLY, WORDS, Json, twice, view_faults

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


def sheet(*questions: Input) -> Sheet:
    return Sheet("Log a visit to an account.", questions, "Save", Token("s1"))


def question(view: Json, name: str) -> Json:
    found: Json = next(
        each for each in view["blocks"] if inputs.question_of(each.get("block_id", "")) == name
    )
    return found


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
        ("记录一次客户拜访。", "记录一次客户拜访"),
        ("x" * 30, "x" * 23 + "…"),
        ("*Set* a\nreminder", "*Set* a reminder"),
        (Markdown("*Set* a reminder"), "Set a reminder"),
    ],
)
def test_titles_are_cut_between_words(text: str, title: str) -> None:
    assert title == views.titled(text)


def test_a_text_is_typed_with_its_example_in_the_field() -> None:
    block = question(
        views.modal(
            sheet(Input("note", "Note", "Demo went well", "So far", multiline=True, focus=True)),
            "en",
        ),
        "note",
    )

    element = block["element"]
    assert (
        element["type"],
        element["multiline"],
        element["initial_value"],
    ) == ("plain_text_input", True, "So far")
    assert element["placeholder"]["text"] == "Demo went well"
    assert element["focus_on_load"]
    assert block["optional"]


def test_a_long_hint_stands_below_the_field() -> None:
    long = "Say it as you would say it to a colleague: who you met, what they want, what is next."
    block = question(views.modal(sheet(Input("note", "Note", long, required=True)), "en"), "note")

    assert long == block["hint"]["text"]
    assert "placeholder" not in block["element"]
    assert not block["optional"]


@pytest.mark.parametrize(("value", "stored"), [("", "zh"), ("Chinese", ""), ("zh", "")])
def test_one_of_few_is_chosen(value: str, stored: str) -> None:
    options = (("English", "en"), ("Chinese", "zh"))
    view = views.modal(sheet(Input("l", "L", value=value, stored=stored, options=options)), "en")

    element = question(view, "l")["element"]
    assert element["type"] == "static_select"
    assert element["initial_option"]["value"] == "zh"


def test_what_is_not_offered_is_not_chosen() -> None:
    view = views.modal(sheet(Input("l", "L", value="fr", options=(("English", "en"),))), "en")

    assert "initial_option" not in question(view, "l")["element"]


def test_more_than_a_menu_holds_is_grouped() -> None:
    options = tuple((f"Zone {n:03}", f"z{n}") for n in range(250))
    view = views.modal(sheet(Input("z", "Zone", options=options, stored="z249")), "en")

    groups = question(view, "z")["element"]["option_groups"]
    assert view_faults(view) == []
    assert [group["label"]["text"] for group in groups] == [
        "Zone 000 – Zone 099",
        "Zone 100 – Zone 199",
        "Zone 200 – Zone 249",
    ]


def test_a_customer_is_looked_up_as_one_types() -> None:
    asked = Input("account", "Account", "Acme", way=Way.SUGGESTED)
    empty = question(views.modal(sheet(asked), "en"), "account")["element"]
    filled = question(
        views.modal(sheet(replace(asked, value="Acme East", stored="7")), "en"), "account"
    )["element"]

    assert (empty["type"], empty["min_query_length"]) == ("external_select", 0)
    assert (
        filled["initial_option"]["text"]["text"],
        filled["initial_option"]["value"],
    ) == ("Acme East", "7")


@pytest.mark.parametrize(
    ("stored", "day", "time"),
    [
        ("2026-11-20 15:00", "2026-11-20", "15:00"),
        ("2026-11-20", "2026-11-20", None),
        ("", None, None),
    ],
)
def test_a_moment_is_a_day_and_a_time(stored: str, day: str | None, time: str | None) -> None:
    asked = Input("at", "When?", stored=stored, required=True, way=Way.MOMENT)
    view = views.modal(sheet(asked), "en")

    on, clock = question(view, "at"), question(view, "at.time")
    assert view_faults(view) == []
    assert (day, time) == (
        on["element"].get("initial_date"),
        clock["element"].get("initial_time"),
    )
    assert (on["optional"], clock["optional"], clock["label"]["text"]) == (False, True, "Time")


def test_what_was_wrong_stands_under_its_question() -> None:
    error = Markdown("I don't know *Acme*.")
    view = views.modal(sheet(Input("a", "A", error=error), Input("b", "B")), "en")

    assert [each["type"] for each in view["blocks"]] == ["input", "context", "input"]
    assert "⚠️ I don't know Acme." in slack_reader.page(view).text


def test_a_value_that_changed_gives_the_question_another_name() -> None:
    """Slack keeps what was typed by the name of the block, whatever a new view says."""
    asked = Input("account", "Account")
    names = [
        inputs.block_id(each)
        for each in (asked, replace(asked, value="Acme"), replace(asked, stored="7"))
    ]

    assert names[0] == "account"
    assert len(set(names)) == 3
    assert {"account"} == {inputs.question_of(name) for name in names}
    assert names[1] == inputs.block_id(replace(asked, value="Acme", error="No."))


def test_photos_can_be_added_where_the_form_takes_them() -> None:
    whole = replace(sheet(Input("a", "A")), files=True)
    block = views.modal(whole, "en")["blocks"][-1]

    assert (
        block["block_id"],
        block["element"]["type"],
        block["element"]["max_files"],
    ) == ("files", "file_input", 10)


def test_a_form_that_is_not_stored_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="still holds"):
        views.modal(Sheet("Log", (), "Save", Call("submit")), "en")


@given(REPLY)
def test_any_reply_can_be_said_in_a_window(whole: Reply) -> None:
    view = views.said(whole, "Saved", "Close")

    assert view_faults(view) == []
    assert weight(view) <= 250_000
    assert slack_reader.page(view).active == ()
    assert "submit" not in view


@given(REPLY)
def test_any_reply_can_be_a_home(whole: Reply) -> None:
    view = views.home(whole)

    assert view_faults(view) == []
    assert weight(view) <= 250_000
    assert slack_reader.page(view).active == ()


@given(REPLY)
def test_a_home_says_all_of_a_reply_that_fits(whole: Reply) -> None:
    page, message = views.home(whole), views.said(whole, "x", "x")
    if len(page["blocks"]) < 100 and len(message["blocks"]) < 100:
        expected = slack_reader.page(message)
        found = slack_reader.page(page)
        assert sorted(expected.buttons) == sorted(found.buttons)
        assert sorted(visible(expected.text)[1:].split()) == sorted(visible(found.text).split())


def test_a_home_has_headings_and_a_button_beside_each_thing_to_do() -> None:
    done = [Button("Done", Token(f"d{n}")) for n in range(2)]
    view = views.home(
        reply(
            Markdown("*Today*\n\n*09:00* Call Acme"),
            done[0],
            Markdown("*10:00* Visit Bolt"),
            done[1],
            Markdown("*Later*\nNothing yet."),
            Button("Log a visit", Token("v", form=True), primary=True),
            Button("Add a reminder", Token("r", form=True)),
        )
    )

    assert [each["type"] for each in view["blocks"]] == [
        "header",
        "section",
        "section",
        "divider",
        "header",
        "section",
        "actions",
    ]
    assert [f"do:d{n}" for n in range(2)] == [
        each["accessory"]["action_id"] for each in view["blocks"][1:3]
    ]


def test_a_home_that_is_too_long_says_so() -> None:
    many = [
        part
        for n in range(150)
        for part in (Text(Markdown(f"Call {n}")), Buttons((Button("Done", Token(f"d{n}")),)))
    ]
    view = views.home(Reply(tuple(many)))

    assert len(view["blocks"]) == 100
    assert "There is more than fits here." in slack_reader.page(view).text


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
