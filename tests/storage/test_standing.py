"""Whatever takes something from somebody is noted, by itself; and nothing else is."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from services import accounts, deals, visits
from services.access import scope_of
from storage.engine import Database
from storage.journal import Author
from storage.models import (
    Account,
    Contact,
    Identity,
    Leave,
    Person,
    Role,
    Stage,
    Standing,
    Unit,
    Visit,
)
from storage.scope import Scope
from storage.standing import bump, grown, held, hold, hold_all
from storage.work import Work
from tests.access.oracle import Kept
from tests.access.world import NOON, World
from tests.services.conftest import Hire, hire, work
from tests.talk import MONDAY

__all__ = ["hire", "work"]


async def numbers(work: Work) -> dict[int, int]:
    rows = await work.session.execute(select(Standing.person_id, Standing.number))
    return {each.person_id: each.number for each in rows}


async def less_for(work: Work, before: dict[int, int]) -> set[int]:
    """Whose standing has grown since."""
    return {each for each, number in (await numbers(work)).items() if number > before.get(each, 0)}


async def away(work: Work, person: Person, deputy: Person, days: int = 1) -> Leave:
    today = MONDAY.date()
    leave = Leave(starts_on=today, ends_on=today + timedelta(days=days), person_id=person.id)
    leave.deputy_id = deputy.id
    await work.people.add(leave)
    return leave


async def test_who_loses_an_account_is_noted_and_who_still_sees_it_is_not(
    work: Work, hire: Hire
) -> None:
    above, here = await hire("Rui", Role.MANAGER, ""), await hire("Tian", Role.MANAGER, "East")
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    deputy, hq = await hire("Dai"), await hire("Hua", Role.HQ, "")
    await away(work, ana, deputy)
    acme = await accounts.create(work, ana, "Acme")
    before = await numbers(work)
    acme.owner_id, acme.unit_id = bo.id, bo.unit_id
    await work.accounts.flush()
    assert await less_for(work, before) == {ana.id, here.id, deputy.id}
    assert {above.id, bo.id, hq.id}.isdisjoint(grown(work.session))


async def test_a_place_a_role_or_the_end_of_all_is_noted(work: Work, hire: Hire) -> None:
    for name, value in (("role", Role.REP), ("unit_id", 1), ("active", False)):
        rui, deputy = await hire(f"Rui {name}", Role.MANAGER), await hire("Dai", Role.MANAGER)
        await away(work, rui, deputy)
        before = await numbers(work)
        setattr(rui, name, value)
        await work.people.flush()
        assert {rui.id, deputy.id} <= await less_for(work, before), name


async def test_a_settled_person_loses_nothing_by_a_setting(work: Work, hire: Hire) -> None:
    ana, dai = await hire("Ana"), await hire("Dai")
    ana.language, ana.name = "zh", "Anna"
    await work.people.flush()
    assert await numbers(work) == {}
    await away(work, ana, dai)
    ana.zone = "Pacific/Pago_Pago"
    await work.people.flush()
    assert await numbers(work) == {dai.id: 1}, "her day ends at another hour now"


async def test_a_unit_that_moves_is_lost_to_those_above_it(work: Work, hire: Hire) -> None:
    old, new = await hire("Old", Role.MANAGER, "East"), await hire("New", Role.MANAGER, "West")
    inside = await hire("In", Role.MANAGER, "East/One")
    top = await hire("Top", Role.MANAGER, "")
    unit, west = inside.unit, new.unit
    unit.parent_id, unit.path = west.id, f"{west.path}{unit.id}/"
    await work.people.flush()
    assert await numbers(work) == {old.id: 1}
    assert inside.id not in grown(work.session)
    assert unit.id in (await scope_of(work, top)).units


async def test_a_leave_that_ends_is_noted_and_one_that_is_made_is_not(
    work: Work, hire: Hire
) -> None:
    ana, bo, cai = [await hire(name) for name in ("Ana", "Bo", "Cai")]
    leave = await away(work, ana, bo)
    assert await numbers(work) == {}
    leave.deputy_id = cai.id
    await work.people.flush()
    assert await numbers(work) == {bo.id: 1}
    leave.ends_on = MONDAY.date()
    await work.people.flush()
    await work.session.delete(leave)
    await work.people.flush()
    assert await numbers(work) == {bo.id: 1, cai.id: 2}


async def test_an_account_on_a_platform_that_goes_is_noted(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    mine = Identity(person_id=ana.id, platform="phone", external_id="1", bot="b", chat="c")
    await work.people.add(mine)
    await work.session.delete(mine)
    await work.people.flush()
    assert await numbers(work) == {ana.id: 1}


async def test_a_contact_that_goes_is_lost_with_its_account(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    acme, bolt = await accounts.create(work, ana, "Acme"), await accounts.create(work, bo, "Bolt")
    contact = await accounts.add_contact(work, acme, "Li Wei")
    contact.account_id = bolt.id
    await work.accounts.flush()
    assert await numbers(work) == {ana.id: 1}
    await work.session.delete(await work.session.get_one(Contact, contact.id))
    await work.accounts.flush()
    assert await numbers(work) == {ana.id: 1, bo.id: 1}


async def test_what_one_takes_back_oneself_was_taken_from_nobody(work: Work, hire: Hire) -> None:
    ana, rui = await hire("Ana"), await hire("Rui", Role.MANAGER)
    acme = await accounts.create(work, ana, "Acme")
    done = await visits.log(work, ana, acme, None, now=MONDAY)
    work.author.person_id = ana.id
    await work.session.delete(await work.session.get_one(Visit, done.visit.id))
    await work.visits.flush()
    assert await numbers(work) == {rui.id: 1}


async def test_whoever_is_removed_leaves_no_number(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    ana.active = False
    await work.people.flush()
    assert await numbers(work) == {ana.id: 1}
    await work.session.delete(ana)
    await work.people.flush()
    assert await numbers(work) == {}


async def test_nothing_is_asked_on_a_plain_day(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    acme = await accounts.create(work, ana, "Acme")
    asked: list[str] = []
    connection = await work.session.connection()
    sync = connection.sync_connection

    @event.listens_for(sync, "before_cursor_execute")
    def _count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    await visits.log(work, ana, acme, None, now=MONDAY)
    await deals.move(
        work, ana, acme, None, stage=Stage.LEAD, money=None, currency="CNY", now=MONDAY
    )
    acme.tier = "A"
    await work.accounts.flush()
    event.remove(sync, "before_cursor_execute", _count)
    assert asked
    assert not [each for each in asked if "standings" in each or "role =" in each]


async def test_what_was_known_of_scopes_is_forgotten(work: Work, hire: Hire) -> None:
    rui = await hire("Rui", Role.MANAGER)
    assert (await scope_of(work, rui)).units
    rui.role = Role.REP
    await work.people.flush()
    assert await scope_of(work, rui) == Scope(rui.id)


async def test_a_move_holds_at_once_however_the_person_was_loaded(work: Work, hire: Hire) -> None:
    rui, south = await hire("Rui", Role.MANAGER), await hire("Su", unit="South")
    rui.unit_id = south.unit_id
    await work.people.flush()
    assert (await scope_of(work, rui)).units == {south.unit_id}


async def test_what_is_rolled_back_took_nothing(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    hold(work.session, ana.id, 0)
    async with work.session.begin_nested() as point:
        await bump(work.session, [ana.id])
        assert held(work.session, ana.id) == 1
        await point.rollback()
    assert (await numbers(work), held(work.session, ana.id)) == ({}, 0)
    await bump(work.session, [ana.id])
    assert held(work.session, ana.id) == 1


async def test_what_somebody_else_takes_meanwhile_is_not_counted(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo")
    await bump(work.session, [ana.id])
    await hold_all(work.session, [ana.id, bo.id])
    assert (held(work.session, ana.id), held(work.session, bo.id)) == (1, 0)
    assert held(work.session, None) is None


async def test_bulk_writers_note_it_themselves(work: Work, hire: Hire) -> None:
    ana, dai = await hire("Ana"), await hire("Dai")
    await away(work, ana, dai)
    await bump(work.session, [ana.id])
    await bump(work.session, [])
    assert await numbers(work) == {ana.id: 1, dai.id: 1}


@pytest.mark.parametrize("seed", range(3))
async def test_nobody_ever_sees_less_unnoticed(database: Database, seed: int) -> None:
    """Anything may happen to a company: who sees less of what is still there has a new number."""
    dice = random.Random(seed)
    async with database.begin() as session:
        work = Work(session, Author(NOON, None, "test"))
        world = World(work, seed)
        facts = await world.build()
        await session.flush()
        seen = await _seen(work, await _rows(work))
        for _ in range(20):
            before = await numbers(work)
            await _happens(work, dice, [*facts.above])
            noted, rows = await less_for(work, before), await _rows(work)
            now = await _seen(work, rows)
            unnoticed = {each: seen[each] - now[each] for each in seen if each not in noted}
            assert not any(unnoticed.values()), unnoticed
            seen = now
        await session.rollback()


Seen = set[tuple[str, int]]


async def _seen(work: Work, rows: dict[tuple[str, int], Kept]) -> dict[int, Seen]:
    """What everybody sees of these rows, of which none is ever removed."""
    people = (await work.session.scalars(select(Person).order_by(Person.id))).all()
    found: dict[int, Seen] = {}
    for person in people:
        scope = await scope_of(work, person)
        found[person.id] = {e for e, row in rows.items() if scope.covers(row.owner, row.unit)}
    return found


async def _rows(work: Work) -> dict[tuple[str, int], Kept]:
    accounts = await work.session.scalars(select(Account))
    visits = await work.session.scalars(select(Visit))
    found = {("account", each.id): Kept(each.owner_id, each.unit_id) for each in accounts}
    return found | {("visit", each.id): Kept(each.rep_id, each.unit_id) for each in visits}


async def _happens(work: Work, dice: random.Random, units: list[int]) -> None:
    """One thing that HQ or a service may do."""
    session = work.session
    people = list(await session.scalars(select(Person).order_by(Person.id)))
    person, other = dice.choice(people), dice.choice(people)
    match dice.randrange(7):
        case 0:
            person.role = dice.choice((Role.REP, Role.MANAGER, Role.HQ))
        case 1:
            person.unit_id = dice.choice(units)
        case 2:
            person.active = not person.active
        case 3:
            account = dice.choice(list(await session.scalars(select(Account))))
            account.owner_id, account.unit_id = other.id, other.unit_id
        case 4:
            leaf = await session.get_one(Unit, dice.choice(units))
            top = (await session.scalars(select(Unit).where(Unit.parent_id.is_(None)))).one()
            if leaf is not top:
                before, leaf.parent_id = leaf.path, top.id
                for unit in list(await session.scalars(select(Unit))):
                    if unit.path.startswith(before):
                        unit.path = f"{top.path}{leaf.id}/{unit.path.removeprefix(before)}"
        case 5:
            leaves = list(await session.scalars(select(Leave)))
            leave = dice.choice(leaves)
            leave.ends_on, leave.deputy_id = leave.starts_on, other.id
        case _:
            visit = dice.choice(list(await session.scalars(select(Visit))))
            visit.rep_id, visit.unit_id = other.id, other.unit_id
    await session.flush()
