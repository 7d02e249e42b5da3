"""Whose name is taken out of a text, and whose is not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import escape
from services.redaction import GONE, Traces, is_word, polite, shared, without

LI = Traces(("Li Wei", "李伟"), ("+86 138 0013 8000",), ("U0123ABC",))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Met Li Wei today", "Met … today"),
        ("LI WEI, li wei; Li-Wei. Li_Wei", "…, …; …. …"),
        ("Olli Weiss, Li Weiland", "Olli Weiss, Li Weiland"),
        ("Li came, then Wei", "Li came, then Wei"),
        ("Li. Wei came too", "Li. Wei came too"),
        ("见了Li Wei今天", "见了…今天"),
        ("拜访了李伟，顺利", "拜访了…，顺利"),
        ("李伟明也来了", "…明也来了"),
        ("13800138000 / 138-0013-8000", "… / …"),
        ("+86 13800138000, 0086-138 0013 8000", "…, …"),
        ("138 00 13 80 00.", "…."),
        ("9138001380001", "9138001380001"),
        ("<@U0123ABC> U0123ABCD", "<@…> U0123ABCD"),
        ("", ""),
    ],
)
def test_a_name_goes_whole_and_nobody_else_s(text: str, left: str) -> None:
    assert LI.clean(text) == left
    assert LI.found(text) == (text != left)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Mark", "Mark it as done, then mark my words", "… it as done, then mark my words"),
        ("May", "may come in May", "may come in …"),
        ("林", "林来了，森林很大。林", "林来了，森林很大。…"),
        ("Al", "Al and al, also", "… and al, also"),
        ("Ana", "ANA said banana", "… said banana"),
        ("J. R. O'Neil", "J. R. O'Neil, JR ONeil, J R O’Neil", "…, …, …"),
        ("*A*(b", r"is \*A\*\(b here, or *A*(b", r"is \*… here, or *…"),
        ("123", "123 boxes", "123 boxes"),
        ("…", "… and …", "… and …"),
        ("José Núñez", "JOSÉ NÚÑEZ y José Núñezz", "… y José Núñezz"),
    ],
)
def test_names_of_every_sort(name: str, text: str, left: str) -> None:
    assert Traces((name,)).clean(text) == left


def test_json_is_walked_and_its_parts_keep_their_names() -> None:
    value = {"Li Wei": [{"said": "Li Wei", "n": 7, "none": None}, True], "chat": "U0123ABC"}
    assert LI.cleaned(value) == {
        "Li Wei": [{"said": GONE, "n": 7, "none": None}, True],
        "chat": GONE,
    }


def test_nothing_is_known_by_nothing() -> None:
    assert Traces().clean("anything") == "anything"
    assert not Traces(("  ",), ("12",)).found("  12")
    assert Traces(("  ", "***"), ("12",)).hints == frozenset()


@pytest.mark.parametrize("name", ["Mark", "may", "WILL", "林", "Bo", "高兴", "10"])
def test_names_that_are_words_besides(name: str) -> None:
    assert is_word(name)
    assert Traces((name, "Ana")).told.names == ("Ana",)


@pytest.mark.parametrize("name", ["Ana", "李伟", "May Li", "Markus"])
def test_names_that_are_names(name: str) -> None:
    assert not is_word(name)


def test_namesakes() -> None:
    assert shared("Li  Wei", ["li wei"])
    assert not shared("Li Wei", ["Li Weiwei"])
    assert without(["李伟", "Li Wei"], ["李 伟"]) == ("Li Wei",)


def test_how_chinese_contacts_are_called() -> None:
    assert polite("王建国", "主任") == ("王主任", "王建主任")
    assert polite("王主任", "主任") == polite("Kevin Shen", "CEO") == polite("王建国", "") == ()


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(NAMES, st.lists(NAMES, max_size=3))
def test_whatever_it_is_called_is_gone_however_it_is_kept(name: str, around: list[str]) -> None:
    """Also escaped as Markdown, and as JSON in JSON, as messages, drafts and buttons keep it."""
    traces = Traces((name,))
    if not traces.found(name):
        return
    for kept in (name, escape(name), json.dumps(name, ensure_ascii=False)):
        text = " ".join([*around, kept, *around])
        assert not traces.found(traces.clean(text))
        assert any(hint.casefold() in text.casefold() for hint in traces.hints)
    assert not traces.found(traces.clean(traces.clean(name)))
