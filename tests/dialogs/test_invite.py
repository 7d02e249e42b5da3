"""Invitations in chat: given, taken back, used by the wrong person."""

import re

import pytest
from sqlalchemy import select

from storage.journal import Author
from storage.models import Identity, Invite, Role
from storage.work import Work
from tests.dialogs.helpers import change, identities, stranger
from tests.talk import Company, Someone


@pytest.fixture
async def hal(company: Company) -> Someone:
    return await company.hire("Hal", Role.HQ, "")


def code_of(someone: Someone) -> str:
    """The code on the card that somebody sees."""
    found = re.search(r"Phone[:：] ?/start (\S+)", someone.last.text)
    assert found, someone.last.text
    return found[1]


async def imported(company: Company, someone: Someone) -> None:
    """Somebody is in the company, but connected by no account."""
    assert someone.person
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "import"))
        for each in await session.scalars(Identity.__table__.select()):
            row = await session.get_one(Identity, each)
            if row.person_id == someone.person.id:
                await session.delete(row)


async def test_a_manager_invites_a_rep_in_one_line(company: Company, rui: Someone) -> None:
    await rui.says("/invite Ben, rep, East")
    rui.sees("Invitation for Ben: rep, East.", "until Thu 5 Mar", "Phone: /start ", "[Take back]")
    code = code_of(rui)
    assert len(code) == 22
    ben = stranger(company, "Ben")
    await ben.says(f"/start {code}")
    ben.sees("Welcome, Ben. You're in as rep, East.")
    rui.sees("Ben accepted your invitation and joined as rep, East, as “Ben” on Phone.")
    rui.sees("[That isn't them]")


async def test_the_commas_may_be_left_out(rui: Someone) -> None:
    await rui.says("/invite Ben Miller rep East")
    rui.sees("Invitation for Ben Miller: rep, East.")


async def test_it_is_asked_step_by_step(hal: Someone, rui: Someone) -> None:
    await hal.says("/invite")
    await hal.says("Mia")
    hal.sees("What will they be?", "[rep] [manager] [HQ]")
    await hal.presses("manager")
    await hal.presses("East")
    hal.sees("Invitation for Mia: manager, East.")
    assert rui.name == "Rui"


@pytest.mark.parametrize("post", ["boss", "lead", "manger", "sales boss", "老板"])
async def test_what_is_no_role_word_is_asked_about(
    company: Company, hal: Someone, bo: Someone, post: str
) -> None:
    await hal.says(f"/invite Wrong, {post}, West")
    hal.sees(f"“{post}” is none of these. Pick one.", "[rep] [manager] [HQ]")
    async with company.database.read() as session:
        assert (await session.scalars(select(Invite))).all() == []
    await hal.presses("rep")
    hal.sees("Invitation for Wrong: rep, West.")


@pytest.mark.parametrize("line", ["Ben, manager, West", "Ben, 经理, West", "Ben manager West"])
async def test_a_role_word_is_taken_in_either_language(
    hal: Someone, bo: Someone, line: str
) -> None:
    await hal.says(f"/invite {line}")
    hal.sees("Invitation for Ben: manager, West.")


async def test_a_manager_is_not_asked_for_the_role(rui: Someone) -> None:
    await rui.says("/invite")
    await rui.says("Ben")
    rui.sees("In which unit?", "[East]")
    await rui.presses("East")
    rui.sees("Invitation for Ben: rep, East.")


async def test_a_manager_invites_into_their_own_units_and_reps_alone(
    rui: Someone, bo: Someone
) -> None:
    await rui.says("/invite Ben, manager, East")
    rui.sees("That is for HQ.")
    await rui.says("/invite Ben, rep, West")
    rui.sees("Which unit is “West”?")
    assert "Invitation for" not in rui.last.text
    assert bo.name == "Bo"


async def test_only_the_hash_of_a_code_is_kept(company: Company, rui: Someone) -> None:
    await rui.says("/invite Ben, rep, East")
    code = code_of(rui)
    async with company.database.read() as session:
        rows = (await session.execute(Invite.__table__.select())).all()
        journal = await session.connection()
        entries = (await journal.exec_driver_sql("SELECT * FROM entries")).all()
    assert code not in str(rows)
    assert code not in str(entries)


async def test_open_invitations_are_listed_and_taken_back(
    company: Company, hal: Someone, rui: Someone
) -> None:
    await rui.says("/invites")
    rui.sees("No invitation is open.")
    await rui.says("/invite Ben, rep, East")
    code = code_of(rui)
    await hal.says("/invite Mia, manager, West")
    await hal.says("/invites")
    hal.sees("– Ben · rep · East · until Thu 5 Mar, 10:00")
    await rui.says("/invites")
    rui.sees("Ben")
    assert "Mia" not in rui.last.text
    await rui.presses("Take back: Ben")
    rui.sees("Taken back: the invitation for Ben.", "No invitation is open.")
    ben = stranger(company, "Ben")
    await ben.says(f"/start {code}")
    ben.sees("expired")
    await rui.presses("Undo")
    rui.sees("Undone: taking back the invitation for Ben.")
    await ben.says(f"/start {code}")
    ben.sees("Welcome, Ben")


async def test_one_that_was_used_is_not_taken_back(company: Company, rui: Someone) -> None:
    await rui.says("/invite Ben, rep, East")
    card = rui.last
    await stranger(company, "Ben").says(f"/start {code_of(rui)}")
    await rui.presses("Take back", on=card)
    rui.sees("That invitation is over")


async def test_the_wrong_person_is_out_at_once(company: Company, rui: Someone) -> None:
    await rui.says("/invite Ben, rep, East")
    eve = stranger(company, "Eve")
    await eve.says(f"/start {code_of(rui)}")
    eve.sees("Welcome, Ben")
    await eve.presses("What I can do")
    card = eve.last
    await rui.presses("That isn't them")
    rui.sees("Done: whoever came in as Ben is out", "[Invite] [Undo]")
    await eve.says("/me")
    eve.sees("We haven't met yet")
    await eve.presses("/visit", on=card)
    assert "Which account" not in eve.last.text
    await rui.says("/people")
    assert "Ben" not in rui.last.text


async def test_after_the_wrong_person_the_right_one_is_invited_with_all_filled_in(
    company: Company, hal: Someone
) -> None:
    await hal.says("/invite Ben, manager, HQ")
    await stranger(company, "Eve").says(f"/start {code_of(hal)}")
    await hal.presses("That isn't them")
    await hal.presses("Invite")
    hal.sees("Name: Ben", "Role: manager", "Unit: HQ")
    async with company.database.read() as session:
        assert len((await session.scalars(select(Invite))).all()) == 1
    await hal.presses("Save")
    hal.sees("Invitation for Ben: manager, HQ.")


async def test_an_invitation_of_who_may_not_invite_any_more_lets_nobody_in(
    company: Company, hal: Someone
) -> None:
    await hal.says("/invite Ben, rep, HQ")
    code = code_of(hal)
    await company.hire("Ivy", Role.HQ, "")
    await change(company, hal, role=Role.REP)
    ben = stranger(company, "Ben")
    await ben.says(f"/start {code}")
    ben.sees("This invitation isn't valid.")


async def test_somebody_who_is_known_already_is_invited_from_their_card(
    company: Company, rui: Someone
) -> None:
    ben = await company.hire("Ben")
    await company.open_account(ben, "Acme")
    await imported(company, ben)
    await rui.says("/people Ben")
    rui.sees("Connected: not yet", "[Invite]")
    await rui.presses("Invite")
    rui.sees("Invitation for Ben: rep, East.")
    code = code_of(rui)
    await rui.says("/people Ben")
    rui.sees("Connected: invited, until Thu 5 Mar, 10:00")
    phone = stranger(company, "Benjamin")
    await phone.says(f"/start {code}")
    phone.sees("Welcome, Ben")
    await phone.says("/account Acme")
    phone.sees("Owner: Ben")
    await rui.presses("That isn't them")
    await phone.says("/account Acme")
    phone.sees("We haven't met yet")
    await rui.says("/people Ben")
    rui.sees("Has: 1 customer", "Connected: not yet")
    assert [each.external_id for each in await identities(company)] == [rui.id]


async def test_who_is_connected_is_not_invited_again_but_by_hq(
    company: Company, hal: Someone, rui: Someone, ana: Someone
) -> None:
    """Who has the code could speak as her."""
    await rui.says("/inviteagain Ana")
    rui.sees("Ana is connected already. If that account is lost, HQ can invite them again.")
    async with company.database.read() as session:
        assert (await session.scalars(select(Invite))).all() == []
    await hal.says("/inviteagain Ana")
    phone = stranger(company)
    await phone.says(f"/start {code_of(hal)}")
    phone.sees("Welcome, Ana")
    ana.sees("Hal invited you again, and Phone is connected to you now, too.", "tell HQ at once")
    assert "invited you again" not in phone.transcript()


async def test_nor_does_one_come_in_who_was_connected_meanwhile(
    company: Company, rui: Someone, ana: Someone
) -> None:
    await unreachable(company, ana, is_so=True)
    await rui.says("/inviteagain Ana")
    code = code_of(rui)
    await unreachable(company, ana, is_so=False)
    phone = stranger(company, "Ana")
    await phone.says(f"/start {code}")
    phone.sees("This invitation isn't valid.")
    await unreachable(company, ana, is_so=True)
    await phone.says(f"/start {code}")
    phone.sees("Welcome, Ana")


async def unreachable(company: Company, someone: Someone, *, is_so: bool) -> None:
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "test"))
        mine = select(Identity).where(Identity.external_id == someone.id)
        (await session.scalars(mine)).one().reachable = not is_so


async def test_on_every_account_one_hears_of_a_new_one(company: Company, hal: Someone) -> None:
    await hal.says("/invite 小金, rep, HQ")
    first, second, third = [stranger(company, each, "zh") for each in ("甲", "乙", "丙")]
    await first.says(f"/start {code_of(hal)}")
    assert "重新邀请" not in first.transcript()
    await hal.says("/inviteagain 小金")
    await second.says(f"/start {code_of(hal)}")
    first.sees("Hal重新邀请了你，现在Phone也接入了你的账号。", "请马上告诉总部")
    await hal.says("/inviteagain 小金")
    await third.says(f"/start {code_of(hal)}")
    for each in (first, second):
        each.sees("请马上告诉总部")


async def test_names_full_of_markup_stay_names(rui: Someone) -> None:
    await rui.says('/invite "*Ben* <!channel> [x](y)", rep, East')
    rui.sees("Invitation for *Ben* <!channel> [x](y): rep, East.")


async def test_in_chinese(company: Company) -> None:
    rui = await company.hire("芮", Role.MANAGER, language="zh")
    await rui.says("/invite 小金，销售，East")
    rui.sees("给小金的邀请：销售，East。", "只限一人使用", "[收回] [邀请列表]")
    kim = stranger(company, language="zh")
    await kim.says(f"/start {code_of(rui)}")
    kim.sees("小金，欢迎加入")
    rui.sees("小金接受了你的邀请，已加入，角色：销售，East。", "[不是本人]")
    await rui.presses("不是本人")
    rui.sees("已请出以小金身份进来的人")
    await kim.says("我")
    kim.sees("我们还不认识")
