import pytest
from hypothesis import given, settings

from bot.adapters.slack.blocks import to_blocks
from bot.adapters.slack.elements import size, visible, weight
from bot.adapters.slack.packing import OWN, opens, pack
from bot.markdown import Markdown, escape, markdown, plain
from bot.messages import (
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
from tests.adapters.slack.kit import LONG, PHOTO, REPLY, faults, seen, squeezed

SHEET = Sheet("Log a visit", (Input("account", "Account"),), "Save", Token("s"))


def words(cards: tuple[Reply, ...]) -> str:
    """All that is said, in its order."""
    parts = []
    for card in cards:
        match card.blocks[0]:
            case Image(_, alt):
                parts.append(plain(markdown(alt)))
            case File(name=name):
                parts.append(name)
            case _:
                parts.append(seen(to_blocks(card)).text)
    return squeezed("".join(parts))


@settings(max_examples=50)
@given(REPLY)
def test_any_reply_is_within_the_limits_and_packing_twice_changes_nothing(whole: Reply) -> None:
    packed = pack(whole)

    for card in packed:
        if isinstance(card.blocks[0], OWN):
            assert len(card.blocks) == 1
            continue
        blocks = to_blocks(card)
        assert faults(blocks) == []
        assert 0 < len(blocks) <= 50
        assert size(blocks) <= 13_200
        assert weight(blocks) <= 52_800
        assert seen(blocks).active == ()
    assert packed == tuple(part for card in packed for part in pack(card))


@settings(max_examples=50)
@given(LONG, LONG)
def test_no_word_is_lost(first: str, second: str) -> None:
    packed = pack(reply(first, Fields((("Note", second),)), first))

    wanted = [first if visible(first) else "", "Note", second, first if visible(first) else ""]
    assert squeezed("".join(wanted)) == words(packed)


@settings(max_examples=50)
@given(LONG)
def test_no_word_of_a_caption_is_lost(alt: str) -> None:
    packed = pack(Reply((Image(PHOTO, alt),)))

    assert (squeezed(alt) if visible(alt) else "") == words(packed)
    assert sum(isinstance(card.blocks[0], Image) for card in packed) == 1


@settings(max_examples=50)
@given(REPLY)
def test_nothing_that_can_be_pressed_is_lost(whole: Reply) -> None:
    wanted = {
        button.then.value
        for block in whole.blocks
        if isinstance(block, Buttons | Choice)
        for button in (block.buttons if isinstance(block, Buttons) else block.options)
        if isinstance(button.then, Token)
    }
    cards = [card for card in pack(whole) if not isinstance(card.blocks[0], OWN)]
    found = {token for card in cards for _, token in seen(to_blocks(card)).buttons}
    assert wanted == {token for token in found if not token.startswith("https:")}


@pytest.mark.parametrize("columns", [2, 5])
def test_a_long_table_keeps_every_row_under_its_headers(columns: int) -> None:
    table = Table(
        tuple(f"Column {n}" for n in range(columns)),
        tuple((f"row {n}", *("x" * 40,) * (columns - 1)) for n in range(300)),
    )
    packed = pack(Reply((table,)))

    said = words(packed)
    assert len(packed) > 1
    assert [n for n in range(300) if f"row{n}x" not in said.replace("·", "")] == []
    assert len(packed) == said.count("Column0")


def test_two_tables_of_slacks_own_are_two_messages() -> None:
    table = Table(("Rep", "Visits"), (("Ana", "12"),))
    packed = pack(Reply((table, Text(Markdown("and")), table)))

    assert [sum(block["type"] == "table" for block in to_blocks(card)) for card in packed] == [
        1,
        1,
    ]


def test_a_form_and_a_file_stand_alone() -> None:
    packed = pack(reply("Here it is.", PHOTO, SHEET, Button("Undo", Token("u"))))

    assert [[Text, Buttons], [File], [Sheet]] == [
        [type(block) for block in card.blocks] for card in packed
    ]


def test_words_after_a_picture_come_after_it() -> None:
    packed = pack(reply("Before.", Image(PHOTO, "The week"), "After.", Button("Ok", Token("o"))))

    assert [words((card,)) for card in packed] == ["Before.", "Theweek", "After."]
    assert isinstance(packed[-1].blocks[-1], Buttons)


def test_buttons_under_a_picture_alone_are_a_message() -> None:
    packed = pack(reply(Image(PHOTO, "The week"), Button("Undo", Token("u"))))

    assert [Image, Buttons] == [type(card.blocks[0]) for card in packed]


def test_an_empty_file_is_named_instead_of_sent() -> None:
    [card] = pack(Reply((File("empty.csv", "text/csv"),)))

    assert "empty.csv" in words((card,))


def test_blank_replies_are_no_message() -> None:
    for nothing in (
        Reply(),
        reply("  \n"),
        Reply((Fields(()), Fields((("", " "),)), Buttons(()), Choice(" ", ()), Table((), ()))),
    ):
        assert pack(nothing) == ()


def test_an_address_that_slack_refuses_is_written_out() -> None:
    odd = Button("Chat", Link("tg://resolve?domain=x"))
    fine = Button("Docs", Link("https://example.com/x"))
    [card] = pack(reply("Ready.", odd, fine))

    assert seen(to_blocks(card)).buttons == (("Docs", "https://example.com/x"),)
    assert words((card,)) == "Ready.Chat:tg://resolve?domain=x"


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://example.com/a", True),
        ("http://localhost:8000/x", True),
        ("ftp://example.com", False),
        ("https://", False),
        ("https://example.com:0/", False),
        ("https://[::1", False),
        ("https://example.com/a b", False),
        ("https://example.com/" + "a" * 3000, False),
    ],
)
def test_which_addresses_slack_takes(url: str, taken: bool) -> None:
    assert taken == opens(Link(url))


def test_a_link_among_options_is_a_button() -> None:
    options = (Button("Acme", Token("a")), Button("Docs", Link("https://example.com")))
    [card] = pack(Reply((Choice("Which?", options),)))

    assert [Choice, Buttons] == [type(block) for block in card.blocks]


def test_only_the_first_takes_the_place_of_the_card_and_all_are_as_private() -> None:
    packed = pack(Reply((Text(escape("word " * 5_000)), PHOTO), private=False, edit=True))

    assert [True] + [False] * (len(packed) - 1) == [card.edit for card in packed]
    assert {False} == {card.private for card in packed}
