"""A name goes however its letters are written, and is found so, on both databases."""

import pytest

from services import erasure
from services.erasure import CONTACTS, PEOPLE
from storage.engine import Database
from storage.journal import Author
from storage.models import Role
from storage.work import Work
from tests.dumps import places_of
from tests.services.test_erasure import Firm, account, contact, mentioned
from tests.talk import MONDAY

NAMES = [
    ("Ágnes Érdős", "ágnes érdős", "ÁGNES ÉRDŐS"),
    ("Иванова Мария", "иванова мария", "ИВАНОВА МАРИЯ"),
    ("ångström øst", "Ångström Øst", "ÅNGSTRÖM ØST"),
]


@pytest.fixture
async def firm(database: Database) -> Firm:
    firm = Firm(database)
    for name, role, unit in (("Hua", Role.HQ, ""), ("Ana", Role.REP, "East")):
        await firm.hire(name, role, unit, f"U{name.upper()}00")
    return firm


@pytest.mark.parametrize("ways", NAMES)
@pytest.mark.parametrize("noun", [CONTACTS, PEOPLE])
async def test_nothing_is_left_in_whatever_case(
    firm: Firm, noun: str, ways: tuple[str, ...]
) -> None:
    acme, other = await account(firm, "Ana", "Acme"), await account(firm, "Ana", "Bolt")
    if noun == CONTACTS:
        number = (await contact(firm, acme, ways[0])).id
    else:
        number = (await firm.hire(ways[0], Role.REP, "East", "UCANARY99")).id
    for at in (acme, other):
        for way in ways:
            await mentioned(firm, f"met {way}", at)
    await firm.erase("Hua", noun, number)
    assert await places_of(firm.database, *ways) == []


@pytest.mark.parametrize("ways", NAMES)
async def test_somebody_is_found_in_whatever_case_and_who_is_called_so_first(
    firm: Firm, ways: tuple[str, ...]
) -> None:
    acme = await account(firm, "Ana", "Acme")
    for number in range(erasure.OFFERED):
        await contact(firm, acme, f"A {ways[0]} {number}")
    meant = await contact(firm, acme, ways[0])
    await firm.hire(ways[0], Role.REP, "East", "UCANARY99")
    async with firm.database.begin() as session:
        work = Work(session, Author(MONDAY, firm.people["Hua"].id, "erase"))
        asker = await work.people.get(firm.people["Hua"].id)
        for way in ways:
            found = await erasure.named(work, asker, way)
            assert [(each.noun, each.name) for each in found] == [
                (CONTACTS, ways[0]),
                (PEOPLE, ways[0]),
            ]
            assert found[0].id == meant.id
