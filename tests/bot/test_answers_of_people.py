"""People, units and groups as answers: only those are named whom the asker may see."""

from dataclasses import replace

import pytest

from bot.answers import COLLEAGUE, GROUP, NEW_NAME, PERSON, TITLE, UNIT
from bot.answers.people import MemberKind, WhoKind
from bot.forms import Asking, InvalidAnswer
from bot.phrases import speaking
from bot.words import ROLE
from services import people
from services.errors import GoneGroup, GonePerson, GoneUnit
from storage.models import Group, Membership, Person, Role, Unit
from storage.work import Work
from tests.services.conftest import Hire, hire, work
from tests.talk import MONDAY

__all__ = ["hire", "work"]


@pytest.fixture
async def rui(hire: Hire) -> Person:
    """The manager of the East."""
    return await hire("Rui", Role.MANAGER)


@pytest.fixture
async def asking(work: Work, rui: Person) -> Asking:
    return Asking(work, rui, MONDAY)


async def test_a_person_of_one_s_own_is_read_and_kept(asking: Asking, hire: Hire) -> None:
    ana = await hire("Ana", unit="East/Shanghai")
    assert (await PERSON.read("ana", asking)).id == ana.id
    assert await PERSON.show(PERSON.dump(ana), asking) == "Ana"


async def test_nobody_out_of_scope_is_named(asking: Asking, hire: Hire) -> None:
    bo = await hire("Bo", unit="West")
    with pytest.raises(InvalidAnswer) as refused:
        await PERSON.read("Bo", asking)
    assert refused.value.options == ()
    assert await PERSON.suggest("bo", asking) == []
    with pytest.raises(GonePerson):
        await PERSON.load(str(bo.id), asking)
    assert (await COLLEAGUE.read("Bo", asking)).id == bo.id


async def test_who_has_left_is_not_named(asking: Asking, hire: Hire, work: Work) -> None:
    ana = await hire("Ana")
    ana.active = False
    await work.people.flush()
    for kind in (PERSON, COLLEAGUE):
        with pytest.raises(InvalidAnswer):
            await kind.read("Ana", asking)
        with pytest.raises(GonePerson):
            await kind.load(str(ana.id), asking)


async def test_namesakes_are_buttons_with_their_units(asking: Asking, hire: Hire) -> None:
    await hire("Li Wei")
    await hire("Li Wei", unit="East/Shanghai")
    with pytest.raises(InvalidAnswer) as doubt:
        await PERSON.read("li wei", asking)
    assert [each.label for each in doubt.value.options] == ["Li Wei, East", "Li Wei, Shanghai"]
    with speaking("zh"), pytest.raises(InvalidAnswer) as doubt:
        await PERSON.read("li wei", asking)
    assert doubt.value.options[0].label == "Li Wei，East"
    assert doubt.value.message == "“li wei”是哪一位？"


@pytest.mark.parametrize(
    ("words", "used", "left"),
    [
        (["to", "Ana", "Silva,", "all"], 3, ""),
        (["Ana", "all"], 1, ""),
        (["转给王小明吧"], 1, "吧"),
        (["wxm", "now"], 1, ""),
    ],
)
async def test_it_is_taken_from_the_head_of_a_line(
    asking: Asking, hire: Hire, words: list[str], used: int, left: str
) -> None:
    await hire("Ana Silva")
    await hire("王小明")
    taken = await PERSON.take(words, asking)
    assert taken is not None
    assert (taken.words, taken.left, taken.problem) == (used, left, None)


async def test_a_misspelt_name_before_a_comma_is_asked_about(asking: Asking, hire: Hire) -> None:
    await hire("Ana")
    taken = await PERSON.take(["Anna,", "all"], asking)
    assert taken is not None
    assert taken.problem is not None
    assert [each.label for each in taken.problem.options] == ["Ana"]
    assert await PERSON.take(["samples", "by", "Friday"], asking) is None


async def test_colleagues_of_one_s_own_unit_are_offered_first(asking: Asking, hire: Hire) -> None:
    for name, unit in (("Abe", "West"), ("Zoe", "East"), ("Cleo", "East")):
        await hire(name, unit=unit)
    assert [each.label for each in await COLLEAGUE.likely(asking)] == ["Cleo", "Zoe", "Abe"]
    assert [each.label for each in await PERSON.suggest("", asking)] == ["Cleo", "Zoe"]


async def test_a_unit_is_one_that_the_asker_may_see(asking: Asking, work: Work) -> None:
    await people.unit_at(work, "East/Shanghai")
    west = await people.unit_at(work, "West/Shanghai")
    assert (await UNIT.read("shanghai", asking)).path.count("/") == 4
    with pytest.raises(GoneUnit):
        await UNIT.load(str(west.id), asking)
    with pytest.raises(InvalidAnswer):
        await UNIT.read("West", asking)


async def test_units_of_one_name_are_told_apart_by_those_above(work: Work, hire: Hire) -> None:
    hq = Asking(work, await hire("Hal", Role.HQ, ""), MONDAY)
    for path in ("East/Key accounts", "West/Key accounts"):
        await people.unit_at(work, path)
    with pytest.raises(InvalidAnswer) as doubt:
        await UNIT.read("key accounts", hq)
    assert [o.label for o in doubt.value.options] == ["Key accounts, East", "Key accounts, West"]
    assert (await UNIT.read("East/Key accounts", hq)).name == "Key accounts"


async def test_a_closed_unit_is_not_offered_but_its_card_opens(asking: Asking, work: Work) -> None:
    unit = await people.unit_at(work, "East/Shanghai")
    unit.closed_at = MONDAY
    await work.people.flush()
    with pytest.raises(InvalidAnswer):
        await UNIT.read("Shanghai", asking)
    assert await UNIT.load(str(unit.id), asking) == unit


async def test_a_group_by_its_name(asking: Asking, work: Work) -> None:
    group = Group(name="Key accounts")
    await work.people.add(group)
    assert await GROUP.read("key accounts", asking) == group
    assert await GROUP.load(str(group.id), asking) == group
    with pytest.raises(InvalidAnswer):
        await GROUP.read("Hospitals", asking)
    with pytest.raises(GoneGroup):
        await GROUP.load("99", asking)


@pytest.mark.parametrize(
    ("words", "used", "name"),
    [
        (["Ben", "Miller,", "rep"], 2, "Ben Miller"),
        (["Ben", "Miller", "rep", "East"], 2, "Ben Miller"),
        (["小金，", "销售"], 1, "小金"),
        (["Ben"], 1, "Ben"),
    ],
)
async def test_a_new_name_ends_where_another_answer_begins(
    asking: Asking, words: list[str], used: int, name: str
) -> None:
    taken = await NEW_NAME.take(words, replace(asking, others=(ROLE, UNIT)))
    assert taken is not None
    assert (taken.words, taken.stored) == (used, name)


async def test_a_unit_s_name_has_no_slash(asking: Asking) -> None:
    assert await TITLE.read("  Key   accounts, ", asking) == "Key accounts"
    taken = await TITLE.take(["Key", "accounts,", "East"], asking)
    assert taken is not None
    assert (taken.stored, taken.words) == ("Key accounts", 2)
    for wrong in ("East/Shanghai", "  ", "…"):
        with pytest.raises(InvalidAnswer):
            await TITLE.read(wrong, asking)
    wrongly = await TITLE.take(["a/b,", "East"], asking)
    assert wrongly is not None
    assert wrongly.problem is not None


async def test_a_namesake_may_be_named_with_the_unit(asking: Asking, hire: Hire) -> None:
    await hire("Li Wei")
    there = await hire("Li Wei", unit="East/Shanghai")
    taken = await PERSON.take(["Li", "Wei,", "Shanghai,", "all"], asking)
    assert taken is not None
    assert (taken.stored, taken.words, taken.problem) == (str(there.id), 3, None)
    doubt = await PERSON.take(["Li", "Wei,", "all"], asking)
    assert doubt is not None
    assert doubt.problem is not None


async def test_a_unit_before_a_comma_is_not_the_one_below_it(asking: Asking, work: Work) -> None:
    await people.unit_at(work, "East/Shanghai")
    east = await people.unit_at(work, "East")
    taken = await UNIT.take(["East,", "Shanghai"], asking)
    assert taken is not None
    assert (taken.stored, taken.words) == (str(east.id), 1)


async def test_only_who_is_in_a_group_is_taken_out_of_it(
    asking: Asking, hire: Hire, work: Work
) -> None:
    ana, _ben = await hire("Ana"), await hire("Ben")
    group = Group(name="Labs")
    await work.people.add(group)
    await work.people.add(Membership(group_id=group.id, person_id=ana.id))
    inside = replace(asking, answers={"group": str(group.id)})
    member = MemberKind(gone=True)
    assert [each.label for each in await member.likely(inside)] == ["Ana"]
    assert (await member.read("ana", inside)).id == ana.id
    with pytest.raises(InvalidAnswer):
        await member.read("Ben", inside)
    assert len(await member.likely(asking)) == 3


async def test_managers_give_but_one_role(asking: Asking, hire: Hire) -> None:
    assert await ROLE.implied(asking) == "rep"
    hal = replace(asking, person=await hire("Hal", Role.HQ, ""))
    assert await ROLE.implied(hal) == ""
    assert (await ROLE.read("经理", hal)).role == Role.MANAGER


async def test_a_person_or_a_unit_is_told_apart(asking: Asking, hire: Hire) -> None:
    who = WhoKind()
    ana = await hire("Ana", unit="East/Shanghai")
    unit = await who.read("shanghai", asking)
    assert isinstance(unit, Unit)
    for each in (ana, unit):
        assert await who.load(who.dump(each), asking) == each
    west = (await hire("Bo", unit="West")).unit
    with pytest.raises(GoneUnit):
        await who.load(who.dump(west), asking)
    with pytest.raises(InvalidAnswer):
        await who.read("West", asking)
