"""People as their managers see them."""

from datetime import timedelta

import pytest

from services import accounts, joining, posts, roster
from storage.models import Group, Identity, Leave, Membership, Person, Role, Visit
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY


@pytest.fixture
async def rui(hire: Hire) -> Person:
    """The manager of the East."""
    return await hire("Rui", Role.MANAGER)


async def test_people_stand_by_unit_managers_first(work: Work, rui: Person, hire: Hire) -> None:
    for name, unit in (("Zoe", "East"), ("Ana", "East"), ("Bo", "West"), ("Abe", "East/Pudong")):
        await hire(name, unit=unit)
    found = await roster.listed(work, rui)
    assert [each.name for each in found] == ["Rui", "Ana", "Zoe", "Abe"]
    pudong = await work.people.unit(found[-1].unit_id)
    inside = await roster.listed(work, rui, pudong)
    assert [(each.name, each.unit) for each in inside] == [("Abe", "Pudong")]


async def test_who_is_away_or_not_connected_is_marked(work: Work, rui: Person, hire: Hire) -> None:
    ana = await hire("Ana")
    today = MONDAY.date()
    await work.people.add(Leave(starts_on=today, ends_on=today, person_id=ana.id))
    await work.people.add(
        Identity(person_id=rui.id, platform="phone", external_id="1", bot="b", chat="c")
    )
    listed = await roster.listed(work, rui)
    found = await roster.members(work, listed, now=MONDAY)
    assert [(e.who.name, e.reached, e.away) for e in found] == [
        ("Rui", True, False),
        ("Ana", False, True),
    ]
    later = await roster.members(work, listed, now=MONDAY + timedelta(days=1))
    assert not any(each.away for each in later)


async def test_a_card_counts_what_the_asker_may_see(work: Work, rui: Person, hire: Hire) -> None:
    ana, group = await hire("Ana"), Group(name="Labs")
    await work.org.add(group)
    await work.org.add(Membership(group_id=group.id, person_id=ana.id))
    account = await accounts.create(work, ana, "Acme")
    seen = MONDAY - timedelta(days=2)
    await work.people.add(
        Visit(account_id=account.id, rep_id=ana.id, unit_id=ana.unit_id, at=seen)
    )
    card = await roster.card(work, rui, ana, now=MONDAY)
    assert (card.owned.accounts, card.owned.deals, card.owned.last_visit) == (1, 0, seen)
    assert (card.path, card.managers) == (["HQ", "East"], ["Rui"])
    assert [each.name for each in card.groups] == ["Labs"]
    assert card.may == posts.May(move=True, end=True, invite=True)


async def test_a_card_shows_the_open_invitation(work: Work, rui: Person, hire: Hire) -> None:
    ana = await hire("Ana")
    assert (await roster.card(work, rui, ana, now=MONDAY)).invite is None
    given = await joining.invite(
        work, "Ana", Role.REP, ana.unit, code="c", by=rui, person=ana, now=MONDAY
    )
    card = await roster.card(work, rui, ana, now=MONDAY)
    assert card.invite == given
    late = MONDAY + timedelta(days=4)
    assert (await roster.card(work, rui, ana, now=late)).invite is None
