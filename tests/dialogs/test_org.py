"""The company's tree and its groups, in chat."""

import pytest

from services import people
from storage.journal import Author
from storage.models import Role
from storage.work import Work
from tests.dialogs.helpers import change
from tests.talk import Company, Someone


@pytest.fixture
async def hal(company: Company) -> Someone:
    return await company.hire("Hal", Role.HQ, "")


async def found(company: Company, *paths: str) -> None:
    """Found units along these paths."""
    async with company.database.begin() as session:
        for path in paths:
            await people.unit_at(Work(session, Author(company.now, None, "found")), path)


async def test_hq_sees_the_whole_company(
    company: Company, hal: Someone, rui: Someone, ana: Someone, bo: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await hal.says("/org")
    hal.sees("HQ · 4 / 1", "East · 2 / 1", "[East] [West]")
    hal.sees("West · 1 / 0", "[Groups]")
    assert (rui.name, bo.name) == ("Rui", "Bo")


async def test_a_manager_sees_their_own_part(company: Company, rui: Someone, bo: Someone) -> None:
    await found(company, "East/Shanghai")
    await rui.says("/org")
    rui.sees("East · 1 / 0", "Shanghai · 0 / 0")
    assert "West" not in rui.last.text
    await rui.says("/org West")
    assert "Bo" not in rui.last.text
    await rui.presses("East")
    rui.sees("HQ › East", "Manager: Rui")
    assert "[Rename]" not in rui.last.text
    assert bo.name == "Bo"


async def test_one_taps_through_the_tree_in_place(company: Company, hal: Someone) -> None:
    await found(company, "East/Shanghai/Pudong")
    await hal.says("/org")
    for label in ("Shanghai", "Pudong", "↑ Shanghai", "↑ East", "↑ HQ", "All units"):
        await hal.presses(label)
    hal.sees("Units", "[East] [Shanghai] [Pudong]")
    assert len(hal.screen) == 1


async def test_a_large_company_is_shown_a_screen_at_a_time(company: Company, hal: Someone) -> None:
    await found(company, *(f"Region {number:02}" for number in range(20)))
    await hal.says("/org")
    hal.sees("Region 10", "[More ›]")
    assert "Region 11" not in hal.last.text
    await hal.presses("More ›")
    hal.sees("Region 11", "Region 19", "[‹ Back]")
    await hal.presses("‹ Back")
    hal.sees("Region 10")
    assert len(hal.screen) == 1


async def test_a_unit_is_added_asked_for_or_in_one_line(company: Company, hal: Someone) -> None:
    await found(company, "East")
    await hal.says("/org East")
    await hal.presses("Add a unit")
    hal.sees("What's the new unit called?")
    await hal.says("Shanghai")
    hal.sees("Added Shanghai below East.", "HQ › East › Shanghai", "In it: nobody")
    await hal.says("/addunit South, HQ")
    hal.sees("Added South below HQ.")
    await hal.presses("Undo")
    hal.sees("Undone: unit South.")
    await hal.says("/org")
    assert "South" not in hal.last.text


async def test_a_name_that_is_taken_is_refused(company: Company, hal: Someone) -> None:
    await found(company, "East", "West")
    await hal.says("/addunit east, HQ")
    hal.sees("There's a unit called East there already.")
    await hal.says("/addunit a/b, HQ")
    hal.sees("without a slash")


async def test_a_unit_is_renamed_and_moved(company: Company, hal: Someone) -> None:
    await found(company, "East/Shanghai", "West")
    await hal.says("/org Shanghai")
    await hal.presses("Rename")
    await hal.says("Shanghai and Suzhou")
    hal.sees("Renamed Shanghai to Shanghai and Suzhou.")
    await hal.presses("Move unit")
    await hal.presses("West")
    hal.sees("Moved Shanghai and Suzhou below West.", "HQ › West › Shanghai and Suzhou")
    await hal.presses("Undo")
    await hal.says("/org Shanghai and Suzhou")
    hal.sees("HQ › East › Shanghai and Suzhou")


async def test_nothing_goes_below_itself(company: Company, hal: Someone) -> None:
    await found(company, "East/Shanghai")
    await hal.says("/moveunit East, Shanghai")
    hal.sees("East can't go below itself.")
    await hal.says("/moveunit HQ, East")
    hal.sees("That is the company itself")


async def test_only_an_empty_unit_is_closed(company: Company, hal: Someone, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await hal.says("/org East")
    await hal.presses("Close")
    hal.sees("East isn't empty: people 1, accounts 1, units 0.")
    await found(company, "West")
    await hal.says("/moveperson Ana, West")
    await hal.says("/closeunit East")
    hal.sees("Closed East.", "This unit is closed.", "[Reopen]")
    await hal.says("/moveperson Ana, East")
    assert "Ana is in East now" not in hal.last.text
    await hal.says("/org")
    assert "East" not in hal.last.text
    await hal.presses("HQ")
    await hal.presses("East (closed)")
    await hal.presses("Reopen")
    hal.sees("East is open again.")


async def test_the_tree_is_changed_by_hq_alone(
    company: Company, hal: Someone, rui: Someone
) -> None:
    for said in ("/addunit A, East", "/renameunit East, A", "/closeunit East", "/addgroup A"):
        await rui.says(said)
        rui.sees("That is for HQ.")
    await hal.says("/org East")
    card = hal.last
    await company.hire("Ivy", Role.HQ, "")
    await change(company, hal, role=Role.MANAGER)
    await hal.presses("Close", on=card)
    hal.sees("That is for HQ.")


async def test_reps_don_t_see_it(ana: Someone) -> None:
    for said in ("/org", "/people", "/groups", "/invite"):
        await ana.says(said)
        ana.sees("That is for managers.")


async def test_names_full_of_markup_stay_names(company: Company, hal: Someone) -> None:
    await found(company, "East")
    name = "*A* [x](https://evil.example) <!channel> _b_"
    await hal.says(f'/addunit "{name.replace("/", "-")}", East')
    hal.sees(name.replace("/", "-"))


async def test_groups_are_made_and_filled(
    company: Company, hal: Someone, ana: Someone, bo: Someone
) -> None:
    await hal.says("/groups")
    hal.sees("There are none yet.")
    await hal.presses("Add a group")
    await hal.says("Key accounts")
    hal.sees("Added the group Key accounts.", "0 people")
    await hal.presses("Put in")
    await hal.presses("Ana")
    hal.sees("Ana is in Key accounts now.", "1 person")
    await hal.says("/joingroup Bo, Key accounts")
    hal.sees("2 people", "Ana, Bo")
    await hal.says("/joingroup Bo, Key accounts")
    hal.sees("Bo is in Key accounts already.")
    await hal.presses("Take out")
    await hal.presses("Bo")
    hal.sees("Bo is out of Key accounts.")
    await hal.presses("Undo")
    hal.sees("Undone: who is in Key accounts.")
    await hal.says("/removegroup Key accounts")
    hal.sees("Key accounts isn't empty yet. People in it: 2.")
    await ana.says("/me")
    ana.sees("Groups: Key accounts")
    assert bo.name == "Bo"


async def test_somebody_s_groups_are_switched_on_their_card(hal: Someone, ana: Someone) -> None:
    await hal.says("/people Ana")
    await hal.presses("Groups")
    hal.sees("There are no groups yet.")
    for name in ("Hospitals", "Labs"):
        await hal.says(f"/addgroup {name}")
    await hal.says("/people Ana")
    await hal.presses("Groups")
    await hal.presses("+ Labs")
    hal.sees("[+ Hospitals] [✓ Labs]")
    await hal.presses("✓ Labs")
    hal.sees("[+ Hospitals] [+ Labs]")
    assert ana.name == "Ana"


async def test_a_group_is_renamed_and_removed(hal: Someone) -> None:
    await hal.says("/addgroup Labs")
    await hal.presses("Rename")
    await hal.says("Laboratories")
    hal.sees("Renamed Labs to Laboratories.")
    await hal.presses("Remove")
    hal.sees("Removed the group Laboratories.")
    await hal.presses("Undo")
    hal.sees("Undone: group Laboratories.")
    await hal.says("/groups")
    hal.sees("Laboratories · 0 people")


async def test_in_chinese(company: Company) -> None:
    hal = await company.hire("郝", Role.HQ, "", language="zh")
    await found(company, "华东")
    await hal.says("组织架构")
    hal.sees("HQ · 1 / 0", "[华东]", "[小组]")
    await hal.presses("华东")
    hal.sees("成员: 暂无", "[添加部门] [改名] [移动] [关闭]")
    await hal.presses("添加部门")
    await hal.says("上海")
    hal.sees("已在华东下添加上海。", "HQ › 华东 › 上海")
    await hal.says("/moveunit 上海，HQ")
    hal.sees("已把上海移到HQ下。")
    await hal.presses("关闭")
    hal.sees("已关闭上海。")
    await hal.says("/org shanghai")
    assert "HQ › 上海" not in hal.last.text
