"""A hundred thousand texts that are written to break something: none does."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice

import pytest
import structlog

from tests.abuse.going import taken_through
from tests.abuse.hostile import KINDS, LONGEST, texts
from tests.dialogs.helpers import stranger
from tests.language.score import load
from tests.talk import Company, Someone

CHUNKS = 50
EACH = 2_000
TALKED = 4
"""How many of a chunk are said to the whole bot: 1 in 500."""


@cache
def phrases() -> Sequence[str]:
    return [case["text"] for name in ("phrases", "messages") for case in load(f"{name}.jsonl")]


def chunk(number: int, count: int = EACH) -> list[str]:
    return list(islice(texts(number, phrases()), count))


def test_there_are_a_hundred_thousand_of_every_kind() -> None:
    assert CHUNKS * EACH >= 100_000
    some = chunk(0)
    assert len(set(some)) > len(some) * 0.9
    assert any(len(each) > LONGEST for each in some)
    every = [*some, *chunk(1)]
    for each in ("<!channel>", "\x00", "\u202e", "\ud800", "DROP TABLE", "{0.__class__", "1e999"):
        assert any(each in text for text in every), each
    assert len(KINDS) > 8
    assert chunk(3, 50) == chunk(3, 50)
    assert chunk(3, 50) != chunk(4, 50)


@pytest.mark.parametrize("number", range(CHUNKS))
def test_they_are_read_understood_and_shown_as_words(
    number: int,
    record_property: Callable[[str, object], None],
) -> None:
    going = taken_through(chunk(number))
    record_property("slowest", repr(going.slowest))
    assert going.active == []
    assert going.slow == []


@pytest.fixture
def quiet() -> None:
    """Nothing of what strangers write belongs into anybody's terminal."""
    structlog.configure(processors=[structlog.processors.JSONRenderer()])


async def check(someone: Someone, text: str) -> None:
    """It is answered, and nothing went wrong."""
    seen = len(someone.screen)
    await someone.says(text)
    assert len(someone.screen) > seen, repr(text)
    for shown in someone.screen[seen:]:
        assert "reference" not in shown.text, repr(text)
        assert "我这边出错了" not in shown.text, repr(text)


@pytest.mark.parametrize("number", range(CHUNKS))
async def test_the_whole_bot_answers_them(company: Company, quiet: None, number: int) -> None:
    spoken = "zh" if number % 2 else "en"
    ana = await company.hire("Ana", language=spoken)
    await company.open_account(ana, "Acme", "华东医院")
    for text in [each for each in chunk(number, 200) if each.strip()][-TALKED:]:
        await check(ana, text)
    await ana.says("/undo")
    guest = stranger(company)
    await check(guest, chunk(number, 1)[0] or "x")
