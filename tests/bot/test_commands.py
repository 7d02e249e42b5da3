"""Finding the command that was meant."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers
from bot.commands import GUIDED, Book, Command, Context, collect, command
from bot.forms import Form
from bot.messages import Reply, reply
from storage.models import Role

BOOK = collect(handlers)


def found(text: str) -> tuple[str, str] | None:
    each = BOOK.find(text)
    return (each[0].name, each[1]) if each else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/visit", ("visit", "")),
        ("/visit Acme", ("visit", "Acme")),
        ("/VISIT  Acme ", ("visit", "Acme")),
        ("/visit\nAcme\nline two", ("visit", "Acme\nline two")),
        ("／visit Acme", ("visit", "Acme")),
        ("visit", ("visit", "")),
        ("Help!", ("help", "")),
        ("?", ("help", "")),
        ("？", ("help", "")),
        ("/?", ("help", "")),
        ("拜访华东医院", ("visit", "华东医院")),
        ("拜访：华东医院", ("visit", "华东医院")),
        ("/拜访 华东医院", ("visit", "华东医院")),
        ("查客户 华东", ("account", "华东")),
        ("设置中文", ("settings", "中文")),
        ("帮助 拜访", ("help", "拜访")),
        ("撤销", ("undo", "")),
        ("撤销。", ("undo", "")),
    ],
)
def test_what_is_a_command(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "visit Acme", "visited Acme", "/visitAcme", "/nothing", "", "/", "拜访了华东医院",
        "拜访过华东医院", "我今天去了华东医院", "撤销合同", "取消订单", "帮助他们", "开始合作",
        "/visit@other", "👍",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert found(text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(text: str) -> None:
    BOOK.find(text)
    BOOK.suggest(text, Role.HQ)


@pytest.mark.parametrize(
    ("text", "name"),
    [("/vist Acme", "visit"), ("/visti", "visit"), ("/accuont x", "account"), ("undp", "undo")],
)
def test_a_near_miss(text: str, name: str) -> None:
    meant = BOOK.suggest(text, Role.REP)
    assert meant
    assert meant.name == name


@pytest.mark.parametrize(
    "text", ["great", "thanks", "a", "v", "hello", "/xyzzy", "", "ok", "我们"]
)
def test_no_near_miss(text: str) -> None:
    assert BOOK.suggest(text, Role.HQ) is None


def test_nothing_above_one_s_role_is_suggested_or_listed() -> None:
    assert BOOK.suggest("/vist", Role.GUEST) is None
    assert {each.name for each in BOOK.allowed(Role.GUEST)} == {"help"}
    assert [each.order for each in BOOK.allowed(Role.HQ)] == sorted(
        each.order for each in BOOK.allowed(Role.HQ)
    )


def test_an_attachment_runs_its_command() -> None:
    taken = {kind: BOOK.taking(kind) for kind in ("file", "location", "contact", "poll")}
    assert {kind: each and each.name for kind, each in taken.items()} == {
        "file": "photo",
        "location": "here",
        "contact": "shared",
        "poll": None,
    }


def test_a_call_that_asks_for_the_rest_says_so() -> None:
    each = BOOK.by_word["visit"]
    assert each.ask(note="x").answers == {"note": "x", GUIDED: GUIDED}
    assert each.call(note="x").answers == {"note": "x"}


class Nothing(Form):
    """Do nothing."""


@command("nothing", "void", allow=Role.REP)
async def nothing(context: Context, form: Nothing) -> Reply:
    """Never called."""
    return reply()


@command("void", allow=Role.REP)
async def void(context: Context, form: Nothing) -> Reply:
    """Has a word of the other."""
    return reply()


def test_a_command_is_described_by_its_form() -> None:
    assert isinstance(nothing, Command)
    assert (nothing.form, nothing.summary, nothing.order) == (Nothing, "Do nothing.", 0)


def test_two_commands_with_one_word_are_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("clash")
    vars(module).update(nothing=nothing, void=void)
    monkeypatch.setattr("bot.commands.modules", lambda _package: [module])
    with pytest.raises(ValueError, match="void"):
        collect(handlers)


def test_a_command_stands_once_whatever_its_words() -> None:
    book = Book({"nothing": nothing, "void": nothing})
    assert book.commands == [nothing]
