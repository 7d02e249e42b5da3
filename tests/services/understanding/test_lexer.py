"""How a text is split into the words that the grammar reads."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import services.understanding
from services.understanding.facts import Spotted
from services.understanding.lexer import LONGEST_NUMBER, Token, tokens
from services.understanding.words_zh import WORDS

GRAMMAR = ("counts", "following", "grammar", "joining", "reading", "rules/*", "times")
HAN = range(0x4E00, 0xA000)


def told(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


def sources() -> Iterator[Path]:
    folder = Path(services.understanding.__file__).parent
    for name in GRAMMAR:
        yield from folder.glob(f"{name}.py")


def asked_for(source: str) -> set[str]:
    """The Chinese characters that a module asks for outside its documentation and whole words."""
    tree = ast.parse(source)
    documents = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    asked = [
        str(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in documents
    ]
    found = {each for text in asked if text not in WORDS for each in text}
    return {each for each in found if ord(each) in HAN}


@pytest.mark.parametrize("path", [*sources()], ids=lambda path: path.stem)
def test_each_character_that_a_rule_asks_for_stands_alone(path: Path) -> None:
    for character in asked_for(path.read_text(encoding="utf-8")):
        # An unknown character on either side would swallow one that nobody has listed.
        texts = [token.text for token in tokens(f"猫{character}猫")]
        assert texts == ["猫", character, "猫"], character


def test_characters_that_no_rule_asks_for_stand_together() -> None:
    assert told("访客户") == [("han", "访客户")]


@pytest.mark.parametrize("word", sorted(WORDS))
def test_each_chinese_word_is_one(word: str) -> None:
    if any(each.isdigit() and each.isascii() for each in word):
        return  # 周5 is put together of two
    (token,) = tokens(word)
    assert (token.kind, token.value, token.text) == (*WORDS[word], word)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("3pm", [("number", "3"), ("half", "pm")]),
        ("a.m. am", [("half", "a.m."), ("half", "am")]),
        ("amount", [("word", "amount")]),
        ("2moro", [("relative", "2moro")]),
        ("2 moro", [("number", "2"), ("word", "moro")]),
        ("1h30", [("clock", "1h30")]),
        ("12:34:56", [("clock", "12:34:56")]),
        ("3.11.2025", [("three", "3.11.2025")]),
        ("3.14", [("dotted", "3.14")]),
        ("3.145", [("decimal", "3.145")]),
        ("2025-12-05t15:30", [("iso", "2025-12-05t"), ("clock", "15:30")]),
        ("20251205", [("compact", "20251205")]),
        ("20251305", [("number", "20251305")]),
        ("周5下午", [("weekday", "周"), ("part", "下午")]),
        ("两周5家", [("number", "两"), ("unit", "周"), ("number", "5"), ("han", "家")]),
        ("一个周一", [("number", "一"), ("han", "个"), ("weekday", "周一")]),
        ("三五个人", [("several", "三五"), ("han", "个"), ("han", "人")]),
        ("friday's", [("weekday", "friday's")]),
        ("wendesday", [("weekday", "wendesday")]),
        ("😀", [("mark", "😀")]),
        (" \n\t", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_is_split(text: str, split: list[tuple[str, str]]) -> None:
    assert told(text) == split


def values(text: str) -> list[object]:
    return [token.value for token in tokens(text)]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        *(("零", 0), ("〇", 0), ("两", 2), ("十", 10), ("十五", 15), ("二十", 20), ("三十一", 31)),
        *(("一百", 100), ("一百二十", 120), ("一百零五", 105), ("零五", 5), ("二〇二五", 2025)),
        *(("二零二五", 2025), ("两千", 2000), ("一千零一", 1001)),
    ],
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert values(numeral) == [value]


def test_what_is_hidden_is_a_wall() -> None:
    found = tokens("may be in may", [Spotted(0, 3), Spotted(1, 2), Spotted(2, 6)])
    assert found[:2] == [
        Token("wall", None, "", 0, 3, spaced=True),
        Token("wall", None, "", 2, 6, spaced=True),
    ]
    assert [token.text for token in found[2:]] == ["in", "may"]


def test_a_gap_before_a_word_is_remembered() -> None:
    assert [token.spaced for token in tokens("3 pm, 5")] == [False, True, False, True]


def test_a_number_without_end_is_cut() -> None:
    found = tokens("一" * 100)
    assert max(len(token.text) for token in found) == LONGEST_NUMBER
    assert values("9" * 100) == [-1]
