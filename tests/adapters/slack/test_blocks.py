import pytest
from hypothesis import given, settings

from bot.adapters.slack.blocks import NOTICE, rows, to_blocks, to_text
from bot.adapters.slack.packing import pack
from bot.markdown import Markdown
from bot.messages import (
    Button,
    Buttons,
    Call,
    Choice,
    Fields,
    Link,
    Reply,
    Table,
    Text,
    Token,
    reply,
)
from tests.acceptance import slack_reader
from tests.adapters.contract import NASTY, visible
from tests.adapters.slack.kit import PHOTO, REPLY, Json, faults, seen


def kinds(blocks: list[Json]) -> list[str]:
    return [block["type"] for block in blocks]


def test_short_fields_stand_in_two_columns() -> None:
    blocks = to_blocks(Reply((Fields((("Owner", "Ana"), ("Tier", "A"))),)))

    assert faults(blocks) == []
    assert [each["text"] for each in blocks[0]["fields"]] == ["*Owner*\nAna", "*Tier*\nA"]


def test_many_short_fields_are_several_sections() -> None:
    blocks = to_blocks(Reply((Fields(tuple((f"n{n}", "v") for n in range(23))),)))

    assert faults(blocks) == []
    assert [len(block["fields"]) for block in blocks] == [10, 10, 3]


@pytest.mark.parametrize(
    "value", ["a value that is too long for half a phone", "two\nlines", "", "*typed*"]
)
def test_other_fields_are_lines(value: str) -> None:
    blocks = to_blocks(Reply((Fields((("Owner", "Ana"), ("Note", value))),)))

    assert faults(blocks) == []
    assert all("fields" not in block for block in blocks)
    assert "Owner  Ana\nNote" in seen(blocks).text
    assert value in seen(blocks).text


def test_a_narrow_table_is_slacks_own_with_its_numbers_at_the_right() -> None:
    table = Table(("Rep", "Visits"), (("Ana", "12"), ("李伟", "")))
    [block] = to_blocks(Reply((table,)))

    assert faults([block]) == []
    assert block["column_settings"] == [{"align": "left"}, {"align": "right"}]
    assert block["rows"][2][1]["text"] == "–"


@pytest.mark.parametrize(
    "table",
    [
        Table(("Rep", "Visits", "Calls", "Deals"), (("Ana", "12", "3", "1"),)),
        Table(("Account", "Note"), (("Acme", "a sentence that fills a phone"),)),
        Table(("Rep", "Visits"), (("Ana",),)),
        Table(("Rep",), (("Ana",),)),
    ],
)
def test_any_other_table_is_lines(table: Table) -> None:
    blocks = to_blocks(Reply((table,)))

    assert kinds(blocks) == ["section"]
    cells = [*table.headers, *table.rows[0]]
    assert [cell for cell in cells if cell not in seen(blocks).text] == []


def test_a_table_outside_a_message_is_lines() -> None:
    table = Table(("Rep", "Visits"), (("Ana", "12"),))

    assert faults(to_blocks(Reply((table,)), message=False), "home") == []


def test_buttons_say_whether_they_lead_to_a_form() -> None:
    blocks = to_blocks(
        reply(
            "Logged.",
            Button("Undo", Token("u")),
            Button("Follow up", Token("f", form=True), primary=True),
            Button("Docs", Link("https://example.com")),
        )
    )

    first, second, third = blocks[-1]["elements"]
    assert faults(blocks) == []
    assert (first["action_id"], first["value"], first["style"]) == ("form:f", "f", "primary")
    assert (second["action_id"], second["value"], second.get("style")) == ("do:u", "u", None)
    assert (third["action_id"], third["url"]) == ("link:1", "https://example.com")


def test_a_button_twice_has_two_names_and_one_token() -> None:
    blocks = to_blocks(
        Reply((Buttons((Button("x", Token("t")),) * 3), Buttons((Button("x", Token("t")),))))
    )

    assert faults(blocks) == []
    assert {"t"} == {token for _, token in seen(blocks).buttons}


def test_a_long_label_is_cut() -> None:
    [block] = to_blocks(reply(Button("Acme " * 40, Token("t"))))

    label = block["elements"][0]["text"]["text"]
    assert len(label) <= 75
    assert label.endswith("…")


def test_a_call_that_is_not_stored_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="still holds"):
        to_blocks(reply(Button("Undo", Call("undo"))))


@pytest.mark.parametrize(("count", "lengths"), [(5, [5]), (25, [25]), (60, [25, 25, 10])])
def test_buttons_fill_their_blocks_the_most_wanted_first(count: int, lengths: list[int]) -> None:
    buttons = tuple(Button(str(n), Token(str(n)), primary=n == 4) for n in range(count))

    found = [*rows(buttons)]
    assert lengths == [len(row) for row in found]
    assert found[0][0].primary


def test_a_menu_stands_beside_its_question() -> None:
    options = (Button("Acme East", Token("c1")), Button("New…", Token("c2", form=True)))
    [block] = to_blocks(Reply((Choice("Which Acme?", options),)))

    menu = block["accessory"]
    assert faults([block]) == []
    assert (menu["type"], menu["action_id"]) == ("static_select", "choice:1")
    assert [each["value"] for each in menu["options"]] == ["do:c1", "form:c2"]


def test_two_menus_have_two_names() -> None:
    choice = Choice("Which?", (Button("Acme", Token("c1")),))

    assert faults(to_blocks(Reply((choice, choice, Choice("", choice.options))))) == []


@pytest.mark.parametrize("typed", NASTY)
def test_what_was_typed_is_words_everywhere(typed: str) -> None:
    blocks = to_blocks(
        Reply(
            (
                Text(Markdown("Which?")),
                Fields(((typed, typed),)),
                Table((typed, "B"), (("a", typed),)),
                Choice(typed, (Button(typed, Token("t")),)),
                Buttons((Button(typed, Token("b")),)),
            )
        )
    )

    shown = seen(blocks)
    assert faults(blocks) == []
    assert shown.active == ()
    assert visible(shown.text).count(typed) == 5
    assert [typed] * 2 == [label for label, _ in shown.buttons]


def test_a_notice_names_everything_in_its_order() -> None:
    card = Reply(
        (
            Text(Markdown("Logged *Acme*.")),
            Fields((("Owner", "Ana & Bo"),)),
            Table(("Rep", "Visits"), (("Ana", "12"),)),
            Choice("Which?", (Button("East", Token("e")),)),
            Buttons((Button("Undo", Token("u")),)),
        )
    )

    said = "Logged Acme.\nOwner: Ana &amp; Bo\nRep · Visits\nAna · 12\nWhich?\nEast"
    assert said == to_text(card)


def test_a_notice_of_buttons_alone_names_them() -> None:
    assert to_text(reply(Button("Undo", Token("u")), Button("More", Token("m")))) == "Undo · More"
    assert to_text(Reply((PHOTO,))) == "chart.png"


@settings(max_examples=50)
@given(REPLY)
def test_every_notice_says_something_and_rings_nobody(whole: Reply) -> None:
    for card in pack(whole):
        said = to_text(card)
        assert 0 < len(said) <= NOTICE
        assert slack_reader.mrkdwn(said, verbatim=True).active == ()


def test_what_has_a_heading_stands_apart() -> None:
    text = "Write to me.\n*Customers*\n/visit\n\n*To do*\n/remind *now*\n*Acme* is"
    blocks = to_blocks(reply(Markdown(text)))

    assert [block["text"]["text"] for block in blocks] == [
        "Write to me.",
        "*Customers*\n/visit",
        "*To do*\n/remind *now*\n*Acme* is",
    ]


def test_very_many_headings_stay_together() -> None:
    assert len(to_blocks(reply(Markdown("*Head*\nwords\n" * 60)))) == 1
