"""The people of the company, in chat: who is where, and what may be done about them."""

import pytest

from bot.messages import Token
from storage.models import Reminder, Role
from tests.dialogs.helpers import change, deals, reminders, visits
from tests.talk import Company, Someone


@pytest.fixture
async def hal(company: Company) -> Someone:
    return await company.hire("Hal", Role.HQ, "")


async def test_people_stand_under_their_units(
    company: Company, hal: Someone, rui: Someone, ana: Someone, bo: Someone
) -> None:
    await hal.says("/people")
    hal.sees("4 people\nHQ\n– Hal · HQ\nEast\n– Rui · manager\n– Ana · rep\nWest\n– Bo · rep")
    await rui.says("/people")
    rui.sees("2 people\nEast\n– Rui · manager\n– Ana · rep\n[Rui] [Ana] [Invite]")
    await hal.says("/org East")
    await hal.presses("People")
    hal.sees("2 people\nEast")
    await hal.says("/people West")
    hal.sees("1 person\nWest\n– Bo · rep")
    await rui.says("/people West")
    assert "Bo" not in rui.last.text
    assert (ana.name, bo.name, company.now.day) == ("Ana", "Bo", 2)


async def test_many_people_are_shown_a_screen_at_a_time(company: Company, rui: Someone) -> None:
    for number in range(20):
        await company.hire(f"Rep {number:02}")
    await rui.says("/people")
    rui.sees("21 people", "Rep 10", "[More ›]")
    assert "Rep 11" not in rui.last.text
    await rui.presses("More ›")
    rui.sees("Rep 11", "Rep 19", "[‹ Back]")


async def test_namesakes_are_told_apart(company: Company, hal: Someone) -> None:
    await company.hire("Li Wei")
    await company.hire("Li Wei", unit="West")
    await hal.says("/people li wei")
    hal.sees("Who is “li wei”?", "[Li Wei, East] [Li Wei, West]")
    await hal.presses("Li Wei, West")
    hal.sees("Unit: HQ › West")
    await hal.says("/people")
    hal.sees("[Li Wei, East]", "[Li Wei, West]")


async def test_a_card_says_all_that_a_manager_needs(
    company: Company, rui: Someone, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await rui.says("/people ana")
    rui.sees("Role: rep", "Unit: HQ › East", "Reports to: Rui", "Has: 1 customer · 0 open deals")
    rui.sees("Last visit: today 10:00", "Connected: Phone")
    assert "Away" not in rui.last.text
    await ana.says("/leave 9 Mar - 11 Mar")
    await rui.says("/people ana")
    rui.sees("Away: Mon 9 Mar – Wed 11 Mar")
    rui.sees("[Move] [Hand over customers] [Leave] [Has left]")
    await ana.blocks_the_bot()
    await rui.says("/people ana")
    rui.sees("Connected: can't be reached just now", "[Invite]")
    await rui.says("/people")
    rui.sees("Ana · rep · not connected")


async def test_nobody_out_of_scope_is_shown(rui: Someone, bo: Someone) -> None:
    await rui.says("/people Bo")
    rui.sees("Nobody of yours is called “Bo”.")
    assert bo.person
    await rui.says(f"/people person: {bo.person.id}")
    assert "West" not in rui.last.text


async def test_who_moves_takes_their_open_work_along(
    company: Company, hal: Someone, ana: Someone, bo: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.says("/remind call Acme, tomorrow 9am")
    await ana.says("/deal Acme, lead, deal: Pumps")
    await hal.says("/people Ana")
    await hal.presses("Move")
    await hal.presses("West")
    hal.sees("Ana is in West now.", "Came along: 1 customer", "1 open deal", "1 thing to do")
    hal.sees("Unit: HQ › West", "[Hand over customers]", "[Undo]")
    ana.sees("You are in West now.", "– Hal")
    assert bo.person
    assert ana.person
    west, east = bo.person.unit_id, ana.person.unit_id
    assert [each.unit_id for each in await visits(company)] == [east]
    assert [each.unit_id for each in await deals(company)] == [west]
    todo: list[Reminder] = await reminders(company)
    assert {each.unit_id for each in todo} == {west}
    await hal.presses("Undo")
    hal.sees("Ana is back in East.", "[Redo]")
    assert [each.unit_id for each in await deals(company)] == [east]


async def test_a_manager_moves_reps_within_their_units_only(
    company: Company, rui: Someone, ana: Someone, bo: Someone
) -> None:
    await company.hire("Cy", unit="East/Shanghai")
    await rui.says("/moveperson Ana, Shanghai")
    rui.sees("Ana is in Shanghai now.")
    await rui.says("/moveperson Ana, West")
    rui.sees("Which unit", "West")
    await rui.says("/moveperson Rui, Shanghai")
    rui.sees("Rui is for HQ to change.")
    assert (ana.name, bo.name) == ("Ana", "Bo")


async def test_a_role_holds_at_once(hal: Someone, ana: Someone) -> None:
    await ana.says("/people")
    ana.sees("That is for managers.")
    await hal.says("/people Ana")
    await hal.presses("Role")
    await hal.presses("manager")
    hal.sees("Ana's role is now: manager.", "Role: manager")
    ana.sees("Your role is now: manager.")
    await ana.says("/people")
    ana.sees("1 person")
    card = ana.last
    await hal.says("/giverole Ana, rep")
    await ana.presses("Ana", on=card)
    ana.sees("That is for managers.")


async def test_nobody_gives_themselves_a_role_or_ends_themselves(
    hal: Someone, rui: Someone
) -> None:
    for said in ("/giverole Hal, rep", "/hasleft Hal"):
        await hal.says(said)
        hal.sees("That's about yourself")
    await hal.says("/people Hal")
    assert "[Has left]" not in hal.last.text
    assert "[Role]" not in hal.last.text
    await rui.says("/giverole Rui, hq")
    rui.sees("That is for HQ.")
    await rui.says("/hasleft Rui")
    rui.sees("That's about yourself")


async def test_who_has_left_is_answered_no_more(
    company: Company, rui: Someone, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    card = ana.last
    await rui.says("/people Ana")
    await rui.presses("Has left")
    rui.sees("Ana has left, and is answered no more.", "Has left the company.")
    rui.sees("Has: 1 customer", "[Hand over customers]", "[Bring back]")
    for button in card.buttons:
        if isinstance(button.then, Token):
            await ana.taps(button, card)
            ana.sees("We haven't met yet")
    await ana.says("visited Acme")
    ana.sees("We haven't met yet")
    assert len(await visits(company)) == 1
    await rui.says("/people")
    assert "Ana" not in rui.last.text


async def test_who_comes_back_finds_all_as_it_was(
    company: Company, rui: Someone, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await rui.says("/hasleft Ana")
    await rui.says("/people Ana")
    await rui.presses("Bring back")
    rui.sees("Ana is back.")
    ana.sees("You are back.")
    await ana.says("/account Acme")
    ana.sees("Owner: Ana", "Ana")
    await rui.presses("Undo")
    rui.sees("Undone: that Ana is back.")
    await ana.says("/me")
    ana.sees("We haven't met yet")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Ana is back in.", "Ana is back in East.", "Undone: that Ana is back."]),
        ("zh", ["Ana恢复在职。", "Ana已回到East。", "已撤销：Ana的复职。"]),
    ],
)
async def test_an_undo_says_what_is_so_again(
    company: Company, ana: Someone, bo: Someone, language: str, told: list[str]
) -> None:
    back, moved, came = told
    hal = await company.hire("Hal", Role.HQ, language=language)
    await hal.says("/hasleft Ana")
    await hal.says("/undo")
    assert hal.last.text.split("\n")[0] == back
    await ana.says("/me")
    ana.sees("East")
    await hal.says("/moveperson Ana, West")
    await hal.says("/undo")
    assert hal.last.text.split("\n")[0] == moved
    await hal.says("/hasleft Ana")
    await hal.says("/bringback Ana")
    await hal.says("/undo")
    assert hal.last.text.split("\n")[0] == came


async def test_who_comes_back_to_a_closed_unit_is_asked_where_to(
    company: Company, hal: Someone, bo: Someone, ana: Someone
) -> None:
    await hal.says("/hasleft Bo")
    await hal.says("/closeunit West")
    await hal.says("/people Bo")
    await hal.presses("Bring back")
    hal.sees("Which unit are they in now?")
    await hal.presses("East")
    hal.sees("Bo is back.", "Unit: HQ › East")
    await bo.says("/me")
    bo.sees("Unit: East")
    assert ana.name == "Ana"


async def test_a_button_that_is_pressed_late_is_judged_afresh(
    company: Company, hal: Someone, rui: Someone, ana: Someone
) -> None:
    """The rep became a manager, or the manager a rep, since the card was shown."""
    await rui.says("/people Ana")
    card = rui.last
    await change(company, ana, role=Role.MANAGER)
    await rui.presses("Has left", on=card)
    rui.sees("Ana is for HQ to change.")
    await change(company, rui, role=Role.REP)
    await rui.presses("Move", on=card)
    rui.sees("That is for managers.")
    await ana.says("/me")
    ana.sees("Role: manager")
    assert hal.name == "Hal"


async def test_a_button_pressed_twice_ends_somebody_once(rui: Someone, ana: Someone) -> None:
    await rui.says("/people Ana")
    card = rui.last
    button = next(each for each in card.buttons if each.label == "Has left")
    await rui.taps(button, card)
    await rui.taps(button, card)
    rui.sees("pressed already")
    assert ana.name == "Ana"


async def test_somebody_else_s_card_does_nothing(hal: Someone, rui: Someone, ana: Someone) -> None:
    await hal.says("/people Rui")
    card = hal.last
    button = next(each for each in card.buttons if each.label == "Has left")
    await rui.taps(button, card)
    rui.sees("That card is someone else's.")
    await rui.says("/me")
    rui.sees("Role: manager")
    assert ana.name == "Ana"


async def test_in_chinese(company: Company) -> None:
    rui = await company.hire("芮", Role.MANAGER, language="zh")
    ming = await company.hire("王小明", language="zh")
    await company.hire("李雷", unit="East/Shanghai")
    await rui.says("人员")
    rui.sees("3 人", "– 芮 · 经理", "– 王小明 · 销售", "[邀请]")
    await rui.says("/people wxm")
    rui.sees("角色: 销售", "部门: HQ › East", "上级: 芮", "[调动] [请假] [离职]")
    await rui.presses("调动")
    await rui.says("Shanghai")
    rui.sees("王小明已调到Shanghai。")
    ming.sees("你已调到Shanghai。", "—— 芮")
    await rui.presses("离职")
    rui.sees("王小明已离职，不再能使用我。", "[复职]")
    await ming.says("/me")
    ming.sees("We haven't met yet")
    await rui.presses("撤销")
    rui.sees("王小明恢复在职。")
    await ming.says("我")
    ming.sees("角色: 销售")
