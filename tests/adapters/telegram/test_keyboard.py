import pytest

from bot.adapters.telegram.keyboard import keyboard, opens, rows
from bot.markdown import escape
from bot.messages import Button, Buttons, Call, Link, Token


def lay(*labels: str) -> list[list[str]]:
    made = rows(Button(label, Token("t")) for label in labels)
    return [[button.label for button in line] for line in made]


@pytest.mark.parametrize(
    ("labels", "laid"),
    [
        (["Yes", "No"], [["Yes", "No"]]),
        (["Today", "Tomorrow", "Monday"], [["Today", "Tomorrow", "Monday"]]),
        (["1", "2", "3", "4"], [["1", "2", "3"], ["4"]]),
        (["Follow up later", "Undo the visit"], [["Follow up later", "Undo the visit"]]),
        (["Acme Industrial Holdings", "Beta"], [["Acme Industrial Holdings"], ["Beta"]]),
        (
            ["华东医院心内科", "华西医院心内科", "撤销"],
            [["华东医院心内科", "华西医院心内科"], ["撤销"]],
        ),
        ([], []),
    ],
)
def test_labels_can_be_read_on_a_phone(labels: list[str], laid: list[list[str]]) -> None:
    assert laid == lay(*labels)


def test_each_block_begins_a_row() -> None:
    one, two = Button("A", Token("a")), Button("B", Token("b"))
    made = keyboard([Buttons((one,)), Buttons((two,))])

    assert made is not None
    assert [[button.text for button in row] for row in made.inline_keyboard] == [["A"], ["B"]]


def test_no_buttons_are_no_keyboard() -> None:
    assert keyboard([]) is None
    assert keyboard([Buttons(())]) is None


def test_buttons_hold_tokens_and_links_and_labels_are_plain() -> None:
    made = keyboard(
        [
            Buttons(
                (
                    Button(escape("Acme_East*"), Token("tok"), primary=True),
                    Button(" ", Link("https://example.com")),
                )
            )
        ]
    )

    assert made is not None
    [[token, link]] = made.inline_keyboard
    assert (token.text, token.callback_data, token.style) == ("Acme_East*", "tok", "primary")
    assert (link.text, link.url, link.style) == ("…", "https://example.com", None)


def test_a_call_without_a_token_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="token"):
        keyboard([Buttons((Button("Undo", Call("undo")),))])


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://example.com/a?b=c", True),
        ("http://example.com:8080", True),
        ("http://localhost:8000", False),
        ("https://", False),
        ("ftp://example.com", False),
        ("https://example.com/a b", False),
        ("https://example.com:99999", False),
        ("https://[", False),
    ],
)
def test_links_that_telegram_takes(url: str, taken: bool) -> None:
    assert taken == opens(Link(url))
