"""Claiming a colleague's customer, and deciding who has it."""

import pytest

from storage.journal import Author
from storage.models import Role
from storage.work import Work
from tests.dialogs.helpers import change, deals, move_account, reminders
from tests.talk import Company, Someone

WHY = "I've sold to them since March"


@pytest.fixture
async def ben(company: Company) -> Someone:
    return await company.hire("Ben")


@pytest.fixture
async def claimed(company: Company, ana: Someone, ben: Someone, rui: Someone) -> int:
    """Ana's Acme, with a deal and something to do, which Ben claims."""
    acme = await company.open_account(ana, "Acme")
    await ana.says("/visit Acme yesterday")
    await ana.says("/remind Acme, Friday 9am, send the quote")
    await ana.says("/deal Acme, proposal, 50k")
    await ben.says(f"/claim Acme, {WHY}")
    return acme.id


async def owner(company: Company, account_id: int) -> str | None:
    async with company.database.read() as session:
        return await Work(session, Author(company.now, None, "")).accounts.owner(account_id)


async def test_what_is_refused_can_be_claimed_at_once(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ben.says("/visit Acme")
    ben.sees("Acme belongs to Ana.", "[Claim it]")
    await ben.presses("Claim it")
    ben.sees("Why is it yours?")
    await ben.says(WHY)
    ben.sees("Claimed: Acme, from Ana.", "Rui decides", "[Take it back]")
    rui.sees("Ben claims Acme, which Ana has.", WHY)


async def test_a_near_name_can_be_claimed_too(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Northwind Traders")
    await ben.says("/visit Northwind")
    ben.sees("belongs to Ana", "[New: Northwind]", "[Claim it]")
    await ben.presses("Claim it")
    await ben.says(WHY)
    rui.sees("Ben claims Northwind Traders")


async def test_whoever_decides_sees_both_sides(
    company: Company, rui: Someone, claimed: int
) -> None:
    rui.sees(
        "Ana, East: has it since today, 1 visit in 90 days, last yesterday",
        "1 open deal, CN¥50,000",
        "Ben, East: no visits in 90 days, no open deals",
        "[Give to Ben] [Stays with Ana]",
    )


async def test_given_it_goes_over_with_all_that_is_open(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    await rui.presses("Give to Ben")
    rui.sees("Acme is with Ben now, and 1 open deal with it.", "I've told both.", "[Undo]")
    ben.sees("Acme is yours now. Rui decided so.")
    ana.sees("Acme is with Ben now. Rui decided so.")
    assert await owner(company, claimed) == "Ben"
    assert ben.person
    assert {each.owner_id for each in await deals(company)} == {ben.person.id}
    assert {each.person_id for each in await reminders(company)} == {ben.person.id}
    await ben.presses("Open it")
    ben.sees("Owner: Ben")


async def test_kept_it_stays_and_both_know(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    await rui.presses("Stays with Ana")
    rui.sees("Acme stays with Ana.")
    ben.sees("Acme stays with Ana. Rui decided so.")
    ana.sees("Ben claimed Acme. It stays with you. Rui decided so.")
    assert await owner(company, claimed) == "Ana"


async def test_a_decision_is_undone_whole(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    await rui.presses("Give to Ben")
    await rui.presses("Undo")
    assert await owner(company, claimed) == "Ana"
    assert ana.person
    assert {each.owner_id for each in await deals(company)} == {ana.person.id}
    await rui.says("/claims")
    rui.sees("Ben claims Acme", "[Give to Ben]")


async def test_a_decision_that_is_undone_is_told_to_both(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    await rui.presses("Give to Ben")
    await rui.presses("Undo")
    rui.sees("Undone: claim to Acme.", "Ben's claim is open again. I've told both.", "[Redo]")
    ana.sees("Reopened: Ben's claim to Acme. Rui looks at it again.", "It is yours again.")
    ben.sees("Reopened: Ben's claim to Acme. Rui looks at it again.", "It is Ana's again.")
    await rui.presses("Redo")
    assert "open again" not in rui.last.text
    ana.sees("Acme is with Ben now. Rui decided so.")
    ben.sees("Acme is yours now. Rui decided so.", "[Open it]")


async def test_a_refusal_that_is_undone_moves_nothing(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    await rui.presses("Stays with Ana")
    await rui.presses("Undo")
    for each in (ana, ben):
        each.sees("Reopened: Ben's claim to Acme. Rui looks at it again.")
        assert "again." not in each.last.text.split("looks at it again.")[1]
    await rui.presses("Redo")
    ana.sees("Ben claimed Acme. It stays with you. Rui decided so.")
    ben.sees("Acme stays with Ana. Rui decided so.")


async def test_others_who_claimed_it_hear_that_theirs_is_open_too(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    card = rui.last
    eva = await company.hire("Eva")
    await eva.says("/claim Acme, I met them first")
    await rui.presses("Give to Ben", on=card)
    await rui.presses("Undo")
    eva.sees("Reopened: Eva's claim to Acme. Rui looks at it again.")
    assert "again." not in eva.last.text.split("looks at it again.")[1]
    await rui.presses("Redo")
    eva.sees("Your claim to Acme is closed again.")


async def test_everybody_hears_it_in_their_own_language(company: Company, lin: Someone) -> None:
    eva = await company.hire("伊娃", language="zh")
    await company.hire("王总", Role.MANAGER, language="zh")
    boss = Someone(company, "3", "chat-3", "王总")
    await company.open_account(eva, "华东医院")
    await lin.says("申领 华东医院，三月起一直是我在跟")
    lin.sees("已申领：华东医院，目前由伊娃负责。", "等王总决定")
    boss.sees("林申领华东医院", "三月起一直是我在跟", "[分给林] [仍归伊娃]")
    await boss.presses("分给林")
    lin.sees("华东医院现在是你的了，王总决定的。")
    eva.sees("华东医院现在归林了，王总决定的。")
    await boss.presses("撤销")
    boss.sees("林的申领已重新打开，双方都已告知。")
    lin.sees("林对华东医院的申领已重新打开，王总会再看一次。", "客户先归还给伊娃。")
    eva.sees("客户先归还给你。")


async def test_one_claim_at_a_time(company: Company, ben: Someone, claimed: int) -> None:
    await ben.says("/claim Acme, once more")
    ben.sees("You've claimed Acme already. It's with Rui.", "[Take it back]")
    await ben.presses("Take it back")
    ben.sees("Taken back: your claim to Acme.")
    await ben.says("/claim Acme, once more")
    ben.sees("Claimed: Acme")


async def test_nobody_claims_their_own(company: Company, ana: Someone, rui: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/claim Acme, it is mine")
    ana.sees("Acme is yours already.")
    await rui.says("/claim Acme, it is mine")
    rui.sees("Acme is in your own hands.", "/assign")


async def test_taken_back_it_is_nobody_s_to_decide(
    company: Company, ben: Someone, rui: Someone, claimed: int
) -> None:
    card = rui.last
    await ben.presses("Take it back")
    ben.sees("Taken back: your claim to Acme.")
    rui.sees("Ben took back the claim to Acme.")
    await rui.presses("Give to Ben", on=card)
    rui.sees("That claim was taken back.")
    assert await owner(company, claimed) == "Ana"
    await ben.presses("Undo")
    await rui.says("/claims")
    rui.sees("Ben claims Acme")


async def test_it_is_decided_once(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    kim = await company.hire("Kim", Role.HQ)
    await kim.says("/claims")
    card = kim.last
    await rui.presses("Stays with Ana")
    company.after(minutes=5)
    await kim.presses("Give to Ben", on=card)
    kim.sees("That was decided already, today 10:00.")
    assert await owner(company, claimed) == "Ana"


async def test_a_claim_to_what_has_moved_is_closed(
    company: Company, ben: Someone, rui: Someone, claimed: int
) -> None:
    eva = await company.hire("Eva")
    await move_account(company, claimed, eva)
    await rui.presses("Give to Ben")
    rui.sees("Acme belongs to Eva by now, so that claim is closed.")
    assert await owner(company, claimed) == "Eva"
    await rui.says("/claims")
    rui.sees("No open claims.")


async def test_a_claim_against_who_has_left_is_closed(
    company: Company, ana: Someone, rui: Someone, claimed: int
) -> None:
    await change(company, ana, active=False)
    await rui.presses("Give to Ben")
    rui.sees("Ana has left, so that claim is closed.")
    assert await owner(company, claimed) == "Ana"


async def test_the_claims_of_others_are_closed_with_it(
    company: Company, ben: Someone, rui: Someone, claimed: int
) -> None:
    eva = await company.hire("Eva")
    await eva.says("/claim Acme, I know them")
    await rui.presses("Give to Ben")
    eva.sees("Acme is with Ben now, so your claim is closed.")
    await eva.says("/claims")
    eva.sees("No open claims.")


async def test_the_wrong_person_s_press_does_nothing(
    company: Company, ana: Someone, ben: Someone, rui: Someone, claimed: int
) -> None:
    button = next(each for each in rui.last.buttons if each.label == "Give to Ben")
    for other in (ana, ben, await company.hire("Una", Role.MANAGER, unit="West")):
        await other.taps(button, rui.last)
        other.sees("That card is someone else's.")
    assert await owner(company, claimed) == "Ana"


@pytest.mark.parametrize("lost", ["role", "unit", "active"])
async def test_who_may_not_decide_any_more_is_told_so(
    company: Company, rui: Someone, bo: Someone, claimed: int, lost: str
) -> None:
    assert bo.person
    now = {"role": Role.REP, "unit": bo.person.unit_id, "active": False}[lost]
    await change(company, rui, **{"unit_id" if lost == "unit" else lost: now})
    await rui.presses("Give to Ben")
    rui.sees(
        {
            "role": "That is for managers.",
            "unit": "That claim is gone, or isn't yours to decide.",
            "active": "We haven't met yet",
        }[lost]
    )
    assert await owner(company, claimed) == "Ana"


async def test_between_regions_it_goes_to_hq(
    company: Company, ana: Someone, bo: Someone, rui: Someone
) -> None:
    kim = await company.hire("Kim", Role.HQ, unit="")
    await company.open_account(ana, "Acme")
    await bo.says("/claim Acme, they moved to the West")
    bo.sees("HQ decides")
    kim.sees("Bo claims Acme", "Ana, East", "Bo, West")
    rui.sees_nothing()


async def test_without_anybody_above_both_that_is_said(
    company: Company, ana: Someone, bo: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await bo.says("/claim Acme, they moved to the West")
    bo.sees("There's nobody above you both", "Ask HQ")


async def test_no_manager_decides_for_themselves(company: Company, ben: Someone) -> None:
    boss = await company.hire("Rui", Role.MANAGER)
    chief = await company.hire("Mia", Role.MANAGER, unit="")
    await company.open_account(boss, "Acme")
    await ben.says("/claim Acme, I know them well")
    chief.sees("Ben claims Acme, which Rui has.")
    boss.sees_nothing()
    await boss.says("/claims")
    boss.sees("No open claims.")


async def test_names_and_reasons_are_never_markup(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "*Ac_me* <!channel>")
    await ben.says("/claim *Ac_me* <!channel>, [x](https://a.example) @everyone `now`")
    rui.sees("Ben claims *Ac_me* <!channel>", "[x](https://a.example) @everyone `now`")


async def test_an_unknown_name_is_no_claim(company: Company, ben: Someone, bo: Someone) -> None:
    await ben.says("/claim Nobody Knows Them, really")
    ben.sees("I don't know an account called")
    await company.open_account(bo, "Acme")
    await company.open_account(bo, "Acme")
    await ben.says("/claim Acme")
    ben.sees("Which one is “Acme”?", "[Acme · Bo]")


async def test_one_s_own_claims_are_listed(company: Company, ben: Someone, claimed: int) -> None:
    await ben.says("/claims")
    ben.sees("You claimed Acme from Ana. It isn't decided yet.", "[Take it back]")
