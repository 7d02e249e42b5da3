from dataclasses import replace

import pytest

from bot.adapters.slack import inputs, views
from bot.adapters.slack.submitted import question as question_of
from bot.markdown import Markdown
from bot.messages import (
    Input,
    Way,
)
from tests.acceptance import slack_reader
from tests.adapters.slack.kit import (
    Json,
    sheet,
    view_faults,
)


def question(view: Json, name: str) -> Json:
    found: Json = next(
        each for each in view["blocks"] if question_of(each.get("block_id", "")) == name
    )
    return found


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
    assert {"account"} == {question_of(name) for name in names}
    assert names[1] == inputs.block_id(replace(asked, value="Acme", error="No."))


def test_photos_can_be_added_where_the_form_takes_them() -> None:
    whole = replace(sheet(Input("a", "A")), files=True)
    block = views.modal(whole, "en")["blocks"][-1]

    assert (
        block["block_id"],
        block["element"]["type"],
        block["element"]["max_files"],
    ) == ("files", "file_input", 10)
