"""Whoever is erased from whatever company: nothing of them is left, and all of everybody else."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.erasure import CONTACTS, PEOPLE
from storage.engine import Database, connect
from storage.models import Base, Contact, Person, Role
from storage.verifying import verify
from tests.dumps import Dump, dump, on_disk, places_of, texts
from tests.services.test_erasure import Firm, account, contact, kept, mentioned, visit

FIRST = st.sampled_from(["Zora", "Wim", "Ottoline", "Kwame", "艾莉", "欧阳", "*Bold*", "O'Neil"])
LAST = st.sampled_from(
    ["Vexley", "Quandt", "Osei-Yeboah", "司徒雪", "端木云", "(Jr.)", "Ü. Åberg"]
)
SAYS = st.sampled_from(["met {}", "{} agrees", "ask {}, then send", "（{}）同意", "call {}!"])
NAMES = st.lists(st.tuples(FIRST, LAST), min_size=2, max_size=5, unique=True)


@dataclass(frozen=True)
class Scene:
    """Names, who writes what about whom, and which one of them goes."""

    names: tuple[str, ...]
    talk: tuple[tuple[int, str], ...]
    gone: int
    colleague: bool


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A small company; nobody is called like a part of anybody else."""
    pairs = draw(NAMES)
    names = tuple(f"{first} {last} {n}x{n}" for n, (first, last) in enumerate(pairs, start=1))
    whose = st.integers(0, len(names) - 1)
    talk = tuple(draw(st.lists(st.tuples(whose, SAYS), min_size=1, max_size=6)))
    return Scene(names, talk, draw(whose), draw(st.booleans()))


@given(scenes())
@settings(max_examples=15)
def test_nothing_of_them_and_all_of_the_others(scene: Scene) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_played(scene, Path(folder)))


async def _played(scene: Scene, folder: Path) -> None:
    database = connect(f"sqlite+aiosqlite:///{folder / 'firm.db'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    try:
        await _erased(scene, database)
    finally:
        await database.close()


async def _erased(scene: Scene, database: Database) -> None:
    firm = Firm(database)
    for name, role in (("Hua", Role.HQ), ("Ana", Role.REP)):
        await firm.hire(name, role, "East", f"U{name.upper()}00")
    numbers = [await _known(firm, name, scene) for name in scene.names]
    acme = await account(firm, "Ana", "Acme")
    for whose, said in scene.talk:
        name = scene.names[whose]
        await mentioned(firm, said.format(name), acme)
        if scene.colleague:
            await kept(firm, said.format(name), firm.people[name])
    gone, number = scene.names[scene.gone], numbers[scene.gone]
    before = await dump(database)
    await firm.erase("Hua", PEOPLE if scene.colleague else CONTACTS, number)
    after = await dump(database)
    assert await places_of(database, gone, gone.replace("*", r"\*")) == []
    assert on_disk(database, gone) == []
    assert list(_harmed(before, after, gone)) == []
    async with database.read() as session:
        assert (await verify(session)).wrong is None
        left = await session.scalars(select(Person.name if scene.colleague else Contact.name))
        assert {*scene.names} - {*left} == {gone}


async def _known(firm: Firm, name: str, scene: Scene) -> int:
    """Somebody of that name, as a colleague or at a customer of their own."""
    if scene.colleague:
        return (await firm.hire(name, Role.REP, "East", f"UHANDLE{len(firm.people)}")).id
    place = await account(firm, "Ana", f"Customer {len(name)} of {hash(name)}")
    met = await contact(firm, place, name)
    await visit(firm, "Ana", place, f"saw {name}", met)
    return met.id


def _harmed(before: Dump, after: Dump, gone: str) -> Iterator[str]:
    """Rows that had nothing of theirs and yet are not what they were."""
    theirs = set(_theirs(before, gone))
    for name, rows in before.items():
        for key, row in rows.items():
            if name in {"entries", "seals"} or (name, key) in theirs:
                continue
            if after[name].get(key) != row:
                yield f"{name}{key}"


def _theirs(before: Dump, gone: str) -> Iterator[tuple[str, object]]:
    """The rows that name somebody, are theirs, or say that they were met."""
    numbers = {key for key, row in before["people"].items() if row["name"] == gone}
    met = {key[0] for key, row in before["contacts"].items() if row["name"] == gone}
    for name, rows in before.items():
        for key, row in rows.items():
            own = (row.get("person_id"),) in numbers and name != "visits"
            named = any(_plain(gone) in _plain(text) for _at, text in texts({name: {key: row}}))
            if own or named or row.get("contact_id") in met:
                yield name, key


def _plain(text: str) -> str:
    """Without what JSON or Markdown put before its characters."""
    return text.replace("\\", "")
