"""Getting in: by invitation, once, from each platform."""

from dataclasses import replace

import pytest

from bot.messages import Message, Place, Sender
from storage.models import Role
from tests.dialogs.helpers import GROUP, change, identities, invite, stranger
from tests.talk import Company, Phone, Someone


async def test_a_guest_is_told_the_way_in(company: Company) -> None:
    kim = stranger(company)
    for said in ("/start", "/help", "start", "Hello!", "hi"):
        await kim.says(said)
        kim.sees("sales assistant", "invitation")


@pytest.mark.parametrize(
    "said", ["good morning", "/visit Acme", "/me", "/undo", "/settings", "拜访 Acme"]
)
async def test_a_guest_can_do_nothing_else(company: Company, said: str) -> None:
    kim = stranger(company)
    await kim.says(said)
    kim.sees("We haven't met yet", "invitation")


async def test_a_guest_is_answered_in_the_phone_s_language(company: Company) -> None:
    kim = stranger(company, language="zh-hans")
    await kim.says("在吗")
    kim.sees("我们还不认识")
    await kim.says("你好")
    kim.sees("邀请链接")


async def test_an_invitation_lets_in_and_the_inviter_hears_of_it(
    company: Company, rui: Someone
) -> None:
    code = await invite(company, rui)
    kim = stranger(company)
    await kim.says(f"/start {code}")
    kim.sees("Welcome, Kim", "rep, East", "visited Acme, demo went well")
    rui.sees("Kim accepted your invitation and joined as rep, East, as “Kim” on Phone.")
    await kim.presses("What I can do")
    kim.sees("/visit", "/account")


async def test_the_inviter_hears_of_it_in_their_own_language(company: Company) -> None:
    rui = await company.hire("芮", Role.MANAGER, language="zh")
    code = await invite(company, rui)
    kim = stranger(company)
    await kim.says(f"/start {code}")
    kim.sees("Welcome, Kim")
    rui.sees("Kim接受了你的邀请，已加入，角色：销售，East。对方在 Phone 上的名字是“Kim”。")


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("Zed", "joined as rep, East, as “Zed” on Phone."),
        ("*Zed*\n[x](y)", "joined as rep, East, as “*Zed* [x](y)” on Phone."),
        ("  ", "joined as rep, East."),
    ],
    ids=["another name", "markup", "no name"],
)
async def test_the_inviter_hears_by_what_name_of_their_own_somebody_came(
    company: Company, rui: Someone, own: str, told: str
) -> None:
    code = await invite(company, rui)
    await stranger(company, own).says(f"/start {code}")
    rui.sees(f"Kim accepted your invitation and {told}", "[That isn't them]")


async def test_the_welcome_is_in_the_phone_s_language(company: Company) -> None:
    code = await invite(company, name="小金")
    kim = stranger(company, language="zh")
    await kim.says(f"/start {code}")
    kim.sees("小金，欢迎加入。你的角色：销售，East", "今天拜访了华东医院")
    await kim.says("我")
    kim.sees("角色: 销售")


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER, Role.HQ])
async def test_everyone_is_told_what_they_can_do(company: Company, role: Role) -> None:
    code = await invite(company, role=role)
    kim = stranger(company)
    await kim.says(f"/join {code}")
    said = {
        Role.REP: "Tell me about a visit",
        Role.MANAGER: "any customer of your team",
        Role.HQ: "any customer of the company",
    }
    kim.sees(said[role])


async def test_a_wrong_code_is_refused(company: Company) -> None:
    kim = stranger(company)
    await kim.says("/start nonsense")
    kim.sees("isn't valid", "new one")


async def test_a_code_lasts_three_days(company: Company) -> None:
    code = await invite(company)
    company.after(hours=71)
    company.after(hours=2)
    kim = stranger(company)
    await kim.says(f"/start {code}")
    kim.sees("expired")


async def test_a_code_lets_in_one_person(company: Company) -> None:
    code = await invite(company)
    kim, joe = stranger(company), stranger(company, "Joe")
    await kim.says(f"/start {code}")
    await joe.says(f"/start {code}")
    joe.sees("used already")
    assert [each.external_id for each in await identities(company)] == [kim.id]


async def test_who_is_in_stays_in(company: Company) -> None:
    code = await invite(company)
    kim = stranger(company)
    await kim.says(f"/start {code}")
    await kim.says(f"/start {code}")
    kim.sees("You're in already, Kim.")


@pytest.mark.parametrize(
    "pasted",
    ["{}", "https://t.me/acme_sales_bot?start={}", "t.me/acme_sales_bot?start={}", " {} "],
)
async def test_a_pasted_code_or_link_lets_in(company: Company, pasted: str) -> None:
    code = await invite(company)
    kim = stranger(company)
    await kim.says(pasted.format(code))
    kim.sees("Welcome, Kim")


async def test_the_same_code_from_a_second_platform_is_the_same_person(company: Company) -> None:
    slate = Phone(platform="slate")
    slate.happened = company.phone.happened
    adapters = {**company.runtime.adapters, "slate:test": slate}
    company.runtime = replace(company.runtime, adapters=adapters)
    company.delivery = replace(company.delivery, runtime=company.runtime)
    code = await invite(company)
    kim = stranger(company)
    await kim.says(f"/start {code}")
    there = Place("slate", "test", "dm")
    said = Message(Sender("slate", "U1", "Kim"), there, f"/start {code}", company.now)
    await company.happen(said)
    first, second = await identities(company)
    assert (first.person_id, first.platform, second.platform) == (
        second.person_id,
        "phone",
        "slate",
    )
    assert "Connected, Kim." in slate.chats["dm"][-1].text
    await kim.says("/me")
    kim.sees("Phone, Slate")


async def test_an_invitation_is_not_for_a_group(company: Company) -> None:
    code = await invite(company)
    kim = stranger(company)
    await kim.says(f"/start {code}", place=GROUP)
    assert "private chat" in company.phone.chats["group"][-1].text
    await kim.says(f"/start {code}")
    kim.sees("Welcome, Kim")


async def test_who_left_is_a_guest_again(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    card = ana.last
    await change(company, ana, active=False)
    await ana.says("/me")
    ana.sees("We haven't met yet")
    await ana.presses("Undo", on=card)
    ana.sees("We haven't met yet")


async def test_a_second_invitation_stays_unused(company: Company, ana: Someone) -> None:
    code = await invite(company)
    await ana.says(f"/start {code}")
    ana.sees("You're in already, Ana. I didn't use the code.")
    kim = stranger(company)
    await kim.says(f"/start {code}")
    kim.sees("Welcome, Kim.")
