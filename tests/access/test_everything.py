"""For random companies and every (actor, action, object): what is shown is what the rule says."""

import random
from collections import Counter

import pytest

from storage.engine import Database
from storage.journal import Author
from storage.models import Person
from storage.work import Work
from tests.access.deeds import Deeds
from tests.access.judging import Judge
from tests.access.world import NOON, World

WORLDS = 4
TRIPLES = 200_000
"""At least so many are compared, on each database."""


async def _judged(database: Database, seed: int) -> Counter[str]:
    """Everything that everybody in one company may see; nothing of it is kept."""
    dice, counted = random.Random(seed), Counter[str]()
    async with database.begin() as session:
        work = Work(session, Author(NOON, None, "test"))
        facts = await World(work, seed).build()
        for number in facts.people:
            actor = await session.get_one(Person, number)
            judge = Judge(work, facts, actor, counted)
            await judge.everything()
            for each in dice.sample([*facts.accounts], 5):
                await judge.of_account(each)
            for each in dice.sample([*facts.deals], 4):
                await judge.of_deal(each)
            for each in dice.sample([*facts.visits], 4):
                await judge.of_visit(each)
            for each in dice.sample([*facts.people], 4):
                await judge.of_person(each)
            await judge.at_home()
            await Deeds(judge, dice).all()
        await session.rollback()
    return counted


@pytest.mark.timeout(600)  # machines are noisy; it takes half a minute of one processor
async def test_every_triple_is_as_the_rule_says(database: Database) -> None:
    counted = Counter[str]()
    for seed in range(WORLDS):
        counted += await _judged(database, seed)
    assert counted.total() - counted["counts"] >= TRIPLES, counted
    assert all(counted.values()), counted
