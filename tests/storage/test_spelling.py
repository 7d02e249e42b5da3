"""Letters are found in whatever case, the same on both databases."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from storage.engine import Database
from storage.spelling import spelled

ALIKE = [
    ("Ágnes Érdős", "met ÁGNES ÉRDŐS again"),
    ("ágnes érdős", "met Ágnes Érdős again"),
    ("Иванова", "видел ИВАНОВА МАРИЯ"),
    ("ИВАНОВА", "иванова"),
    ("Ørsted", "øRSTED"),
    ("Kelvin", "\u212aelvin"),
    ("Ǆ", "ǅ ǆ"),
    ("O'Neil (Jr.)", "o'neil (JR.)"),
    ("a\\b%_^$[c]{2}|", "say A\\B%_^$[C]{2}|"),
    ("王伟", "见了王伟"),
    ("😀 Li", "😀 LI"),
]
OTHERS = [("Ágnes", "Agnes"), ("a.c", "abc"), ("Иван", "иран"), ("王伟", "王玮"), ("(x)", "x")]


async def finds(database: Database, name: str, text: str) -> bool:
    async with database.read() as session:
        return bool(await session.scalar(select(literal(text).regexp_match(spelled(name)))))


@pytest.mark.parametrize(("name", "text"), ALIKE)
async def test_in_whatever_case_plain_and_in_json(
    database: Database, name: str, text: str
) -> None:
    escaped = json.dumps(text)
    capitals = re.sub(r"(?<=\\u)[0-9a-f]{4}", lambda found: found[0].upper(), escaped)
    for way in (text, escaped, capitals):
        assert await finds(database, name, way), way


@pytest.mark.parametrize(("name", "text"), OTHERS)
async def test_other_letters_are_others(database: Database, name: str, text: str) -> None:
    assert not await finds(database, name, text)


async def test_any_of_several(database: Database) -> None:
    async with database.read() as session:
        for text, found in (("Ána", True), ("BÉA", True), ("Ana", False)):
            query = select(literal(text).regexp_match(spelled("ána", "béa")))
            assert bool(await session.scalar(query)) is found


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_every_text_is_found_as_it_is_and_escaped(text: str) -> None:
    pattern = re.compile(spelled(text))
    for way in (text, text.upper(), text.lower()):
        if len(way) == len(text) and re.fullmatch(f"(?i:{re.escape(text)})", way):
            assert pattern.search(way)
            assert pattern.search(json.dumps(way))
