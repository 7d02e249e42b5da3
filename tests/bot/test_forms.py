"""Forms: questions, what is missing, and filling."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.answers import NUMBER, TEXT
from bot.forms import Asking, Form, InvalidAnswer, Kind, Option, ask


class Order(Form):
    """Order something."""

    what: str = ask("What?", TEXT, label="What")
    many: int = ask("How many?", NUMBER, label="Count", default=1)
    note: str | None = ask("Anything else?", TEXT, label="Note", default=None)


ASKING: Any = Asking(None, None, None)  # type: ignore[arg-type]  # these kinds ask nobody


def names(answers: dict[str, str], *, guided: bool = False) -> list[str]:
    return [question.name for question in Order.missing(answers, guided=guided)]


def test_a_form_knows_its_questions() -> None:
    assert [question.name for question in Order.questions] == ["what", "many", "note"]
    assert [question.required for question in Order.questions] == [True, False, False]
    assert Order.question("many").prompt == "How many?"


def test_only_what_is_needed_is_missing_unless_guided() -> None:
    assert names({}) == ["what"]
    assert names({}, guided=True) == ["what", "many", "note"]
    assert names({"what": "tea"}) == []
    assert names({"what": "tea", "note": ""}, guided=True) == ["many"]


def test_nothing_is_no_answer_to_what_is_needed() -> None:
    assert names({"what": ""}) == ["what"]
    assert names({"what": "", "many": ""}, guided=True) == ["what", "note"]


async def test_filling_leaves_what_was_skipped_at_its_default() -> None:
    form = await Order.fill({"what": "tea", "many": "", "+": "of no question"}, ASKING)
    assert form == Order(what="tea", many=1, note=None)
    assert await Order.fill({"what": "tea", "many": "3"}, ASKING) == Order(what="tea", many=3)


async def test_filling_judges_afresh() -> None:
    with pytest.raises(InvalidAnswer):
        await Order.fill({"what": "tea", "many": "many"}, ASKING)


class Doubled(Kind[int]):
    """The least that a kind must know."""

    async def read(self, text: str, asking: Asking) -> int:
        if not text.isdecimal():
            raise InvalidAnswer("a number", [Option("One", "1")])
        return int(text) * 2

    def dump(self, value: int) -> str:
        return str(value // 2)


@pytest.mark.parametrize(("words", "taken"), [(["3", "x"], ("3", 1)), (["x"], None), ([], None)])
async def test_a_kind_takes_one_word_when_it_can_read_it(
    words: Sequence[str], taken: tuple[str, int] | None
) -> None:
    found = await Doubled().take(words, ASKING)
    assert taken == (found and (found.stored, found.words))


async def test_what_a_kind_is_by_default() -> None:
    kind = Doubled()
    assert await kind.load(kind.dump(8), ASKING) == 8
    assert (await kind.show("4", ASKING), await kind.settle("4", ASKING)) == ("4", "4")
    assert (await kind.likely(ASKING), kind.options(), await kind.advice(ASKING)) == ((), (), "")
    with pytest.raises(NotImplementedError):
        await Kind[str]().read("x", ASKING)


def test_an_invalid_answer_says_why_and_what_may_be_meant() -> None:
    error = InvalidAnswer("why", [Option("One", "1")])
    assert (error.message, error.options, str(error)) == ("why", (Option("One", "1"),), "why")
