"""Erasing contacts and people in chat."""

import pytest
from sqlalchemy import select, update

from storage.models import Account, Change, Contact, Erasure, Person, Role
from tests.dialogs.helpers import change, contacts, visits
from tests.dumps import places_of
from tests.talk import Company, Someone

WEI = "Wei *Canary* Zhang"
PHONE = "+86 138 2468 1357"


@pytest.fixture
async def hua(company: Company) -> Someone:
    return await company.hire("Hua", Role.HQ, unit="")


async def known(company: Company, ana: Someone) -> None:
    """Acme, and somebody there who was written about."""
    await company.open_account(ana, "Acme")
    await ana.says(f"/contact Acme, {WEI}, {PHONE}")
    await ana.says(f"/visit Acme with:{WEI} note: {WEI} liked it")
    await ana.says("/account Acme")


async def hand_over(company: Company, to: Someone) -> None:
    assert to.person
    async with company.database.begin() as session:
        await session.execute(update(Account).values(owner_id=to.person.id))


async def test_a_contact_is_looked_at_confirmed_and_gone(company: Company, ana: Someone) -> None:
    await known(company, ana)
    await ana.says(f"/erase {WEI}")
    ana.sees(f"Erase {WEI}, Acme?", "1 visit and its date", "can't be undone", "backups")
    await ana.presses("Erase…")
    ana.sees(f"Erase {WEI} for good?")
    await ana.presses("Back")
    ana.sees("What goes")
    await ana.presses("Erase…")
    await ana.presses("Erase for good")
    ana.sees("Erased.", "1 text")
    assert await contacts(company) == []
    assert [each.note for each in await visits(company)] == ["… liked it"]
    assert await places_of(company.database, "canary", "13824681357", PHONE) == []
    async with company.database.read() as session:
        row = (await session.scalars(select(Erasure))).one()
        noted = await session.scalars(select(Change.note).where(Change.note != ""))
        assert row.evidence in "".join(noted)
    ana.sees(row.evidence)
    assert "Undo" not in ana.last.text


async def test_undo_afterwards_takes_back_what_was_done_before(
    company: Company, ana: Someone
) -> None:
    await known(company, ana)
    await ana.says("/visit Acme, note: all is well")
    await ana.says(f"/erase {WEI}")
    await ana.presses("Erase…")
    await ana.presses("Erase for good")
    await ana.says("/undo")
    ana.sees("Undone: visit to Acme")


async def test_the_audit_says_that_somebody_was_erased(company: Company, ana: Someone) -> None:
    boss = await company.hire("Boss", Role.HQ, "")
    await known(company, ana)
    await ana.says(f"/erase {WEI}")
    await ana.presses("Erase…")
    await ana.presses("Erase for good")
    await boss.says("/audit")
    boss.sees("Erased a contact. Evidence: ", "new erasure")
    await boss.presses("1")
    boss.sees("new erasure")
    await boss.says("/auditfile")
    boss.sees("newest first.")


async def test_what_the_screen_shows_last_names_nobody(company: Company, ana: Someone) -> None:
    await known(company, ana)
    await ana.says(f"/erase {WEI}")
    card = ana.last
    await ana.presses("Erase…")
    await ana.presses("Erase for good")
    assert "Canary" not in card.text


async def test_in_chinese(company: Company, lin: Someone) -> None:
    await company.open_account(lin, "华东医院")
    await lin.says("/contact 华东医院 王建国")
    await lin.says("删除个人信息 王建国")
    lin.sees("删除王建国，华东医院的信息？", "无法恢复")
    await lin.presses("删除…")
    await lin.presses("永久删除")
    lin.sees("已删除。只留下这个凭证")
    assert await places_of(company.database, "王建国") == []


async def test_pressed_twice_it_was_done_once(company: Company, ana: Someone) -> None:
    await known(company, ana)
    await ana.says(f"/erase {WEI}")
    await ana.presses("Erase…")
    card = ana.last
    last = card.buttons[0]
    await ana.taps(last, card)
    await ana.taps(last, card)
    ana.sees("You answered that card already")
    async with company.database.read() as session:
        assert len((await session.scalars(select(Erasure))).all()) == 1


async def test_nobody_else_erases_whom_they_do_not_look_after(
    company: Company, ana: Someone, bo: Someone, rui: Someone
) -> None:
    await known(company, ana)
    await bo.says(f"/erase {WEI}")
    bo.sees("nobody of yours")
    await ana.says(f"/erase {WEI}")
    await ana.presses("Erase…")
    await bo.taps(ana.last.buttons[0], ana.last)
    bo.sees("someone else's")
    assert len(await contacts(company)) == 1
    await rui.says(f"/erase {WEI}")
    rui.sees(f"Erase {WEI}, Acme?")


async def test_after_the_account_has_gone_the_button_does_nothing(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await known(company, ana)
    await ana.says(f"/erase {WEI}")
    await ana.presses("Erase…")
    await hand_over(company, bo)
    async with company.database.begin() as session:
        assert bo.person
        await session.execute(update(Account).values(unit_id=bo.person.unit_id))
    await ana.presses("Erase for good")
    ana.sees("isn't yours to see")
    assert len(await contacts(company)) == 1


async def test_namesakes_are_told_apart(company: Company, ana: Someone) -> None:
    for name in ("Acme", "Bolt"):
        await company.open_account(ana, name)
        await ana.says(f"/contact {name}, Li Wei")
    await ana.says("/erase li wei")
    ana.sees("Who is “li wei”?", "[Li Wei, Acme]", "[Li Wei, Bolt]")
    await ana.presses("Li Wei, Bolt")
    ana.sees("Erase Li Wei, Bolt?")


async def test_only_hq_is_offered_colleagues(
    company: Company, hua: Someone, rui: Someone, bo: Someone
) -> None:
    await rui.says("/erase Bo")
    rui.sees("nobody of yours")
    await hua.says("/erase Bo")
    hua.sees("Erase Bo, West?", "can't sign in", "0 visits")


async def test_a_colleague_with_customers_hands_them_over_first(
    company: Company, hua: Someone, ana: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await hua.says("/erase Ana")
    hua.sees("Hand these over first", "Acme", "[Hand over]")
    await hua.presses("Hand over")
    hua.sees("To whom?")
    await hand_over(company, rui)
    await hua.presses("Then erase")
    hua.sees("Erase Ana, East?")
    await hua.presses("Erase…")
    await hua.presses("Erase for good")
    hua.sees("Erased.")
    await ana.says("/me")
    ana.sees("We haven't met yet")
    async with company.database.read() as session:
        assert ana.person
        row = await session.get_one(Person, ana.person.id)
        assert (row.name, row.active) == (f"#{row.id}", False)


async def test_customers_that_came_meanwhile_stop_it(
    company: Company, hua: Someone, ana: Someone
) -> None:
    await hua.says("/erase Ana")
    await hua.presses("Erase…")
    await company.open_account(ana, "Acme")
    await hua.presses("Erase for good")
    hua.sees("Hand these over first")
    async with company.database.read() as session:
        assert (await session.scalars(select(Erasure))).all() == []


async def test_not_oneself_and_not_without_the_role(
    company: Company, hua: Someone, bo: Someone
) -> None:
    await hua.says("/erase Hua")
    hua.sees("somebody else at HQ")
    await hua.says("/erase Bo")
    await hua.presses("Erase…")
    await change(company, hua, role=Role.MANAGER)
    await hua.presses("Erase for good")
    hua.sees("That is for HQ")
    async with company.database.read() as session:
        assert (await session.scalars(select(Contact))).all() == []
        assert (await session.scalars(select(Erasure))).all() == []


async def test_an_erasure_is_nothing_to_undo(company: Company, hua: Someone, bo: Someone) -> None:
    await hua.says("/erase Bo")
    await hua.presses("Erase…")
    await hua.presses("Erase for good")
    await hua.says("/undo")
    hua.sees("Nothing to undo")
