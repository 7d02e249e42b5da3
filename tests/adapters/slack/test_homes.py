from hypothesis import given, settings

from bot.adapters.slack import views
from bot.adapters.slack.elements import weight
from bot.markdown import Markdown
from bot.messages import (
    Button,
    Buttons,
    Reply,
    Text,
    Token,
    reply,
)
from tests.acceptance import slack_reader
from tests.adapters.contract import visible
from tests.adapters.slack.kit import (
    REPLY,
    view_faults,
)


@settings(max_examples=50)
@given(REPLY)
def test_any_reply_can_be_a_home(whole: Reply) -> None:
    view = views.home(whole)

    assert view_faults(view) == []
    assert weight(view) <= 250_000
    assert slack_reader.page(view).active == ()


@settings(max_examples=50)
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


def test_the_shortcuts_of_a_page_stand_apart() -> None:
    view = views.home(
        reply(
            "Acme, today",
            Button("Acme", Token("a")),
            Buttons((Button("Log a visit", Token("v")), Button("Find a customer", Token("f")))),
        )
    )

    assert [each["type"] for each in view["blocks"]] == ["section", "divider", "actions"]


def test_words_that_slack_might_misread_have_their_button_below() -> None:
    view = views.home(reply("call *Bolt* :phone:", Button("Done", Token("d"))))

    assert [each["type"] for each in view["blocks"]] == ["rich_text", "actions"]
    assert "call *Bolt* :phone:" in slack_reader.page(view).text
