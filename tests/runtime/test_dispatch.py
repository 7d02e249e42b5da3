"""Dispatch: in whose language, in whose clock, to which place."""

from datetime import timedelta

import pytest

from bot.messages import Message, Place, Reachable, Sender
from bot.runtime.dispatch import OLDEST
from services.errors import GoneAccount
from storage.models import Role
from tests.dialogs.helpers import GROUP, change, identities, invite, stranger
from tests.talk import Company


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("zh-hans", "你好"),
        ("zh", "你好"),
        ("en-US", "Hello"),
        ("de", "Hello"),
        ("", "Hello"),
    ],
)
async def test_a_guest_is_spoken_to_in_the_phone_s_language(
    company: Company, told: str, words: str
) -> None:
    kim = stranger(company, language=told)
    await kim.says("/start")
    kim.sees(words)


async def test_who_is_in_is_spoken_to_in_their_own(company: Company) -> None:
    lin = await company.hire("林", language="zh")
    lin.language = "en"
    await lin.says("/me")
    lin.sees("角色")
    await lin.says("/undo")
    lin.sees("没有可撤销的")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (timedelta(0), "today 10:00"),
        (timedelta(hours=-3), "today 07:00"),
        (-OLDEST, "Mon 23 Feb, 10:00"),
        (-OLDEST - timedelta(seconds=1), "today 10:00"),
        (timedelta(hours=1), "today 10:00"),
    ],
)
async def test_now_is_when_it_was_written_if_that_can_be(
    company: Company, written: timedelta, shown: str
) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme", at=company.now + written)
    ana.sees(f"Logged: Acme, {shown}.")


async def test_a_name_that_is_a_role_s_word_is_a_name(company: Company) -> None:
    bo = await company.hire("manager", unit="West")
    ana = await company.hire("Ana", language="zh")
    await company.open_account(bo, "hq")
    await ana.says("/account hq")
    ana.sees("hq由manager负责")


async def test_a_group_member_without_a_name(company: Company) -> None:
    ana = await company.hire("Ana")
    ana.name = ""
    await ana.says("/me", place=GROUP)
    assert company.phone.chats["group"][-1].text == "I've answered you in private."


async def test_the_pointer_cannot_be_markup(company: Company) -> None:
    ana = await company.hire("Ana")
    ana.name = "*Ana* @everyone"
    await ana.says("/me", place=GROUP)
    assert company.phone.chats["group"][-1].text.startswith("*Ana* @everyone, I've")


async def test_a_refusal_in_a_group_is_private_too(company: Company) -> None:
    ana = await company.hire("Ana")
    await ana.says("/undo", place=GROUP)
    ana.sees("Nothing to undo")
    assert "Nothing" not in company.phone.chats["group"][-1].text


async def test_what_goes_wrong_is_said_with_its_reference(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await company.hire("Ana", language="zh")

    async def broken(*_args: object) -> int:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("services.visits.count_this_month", broken)
    await ana.says("/me")
    ana.sees("我这边出错了，什么都没改动。", "编号")
    assert "secret" not in ana.last.text


async def test_a_refusal_of_a_service_is_said_as_it_is_written(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await company.hire("Ana")

    async def gone(*_args: object) -> int:
        raise GoneAccount

    monkeypatch.setattr("services.visits.count_this_month", gone)
    await ana.says("/me")
    ana.sees("That account is gone, or isn't yours to see.")


async def test_who_has_just_joined_owns_the_welcome_s_buttons(company: Company) -> None:
    code = await invite(company)
    kim = stranger(company)
    await kim.says(f"/start {code}")
    await kim.presses("What I can do")
    kim.sees("/visit")


async def test_reachability_is_of_the_identity(company: Company) -> None:
    ana = await company.hire("Ana")
    for reachable in (False, True):
        await company.happen(Reachable(ana.sender, ana.place, reachable, company.now))
        assert [each.reachable for each in await identities(company)] == [reachable]


async def test_one_s_private_chat_is_the_one_that_was_joined_from(company: Company) -> None:
    ana = await company.hire("Ana")
    elsewhere = Place("phone", "test", "another-group", private=False)
    said = Message(Sender("phone", ana.id, "Ana"), elsewhere, "/me", company.now)
    await company.happen(said)
    ana.sees("Role: rep")


async def test_a_role_holds_at_the_next_message(company: Company) -> None:
    ana = await company.hire("Ana")
    await change(company, ana, role=Role.GUEST)
    await ana.says("/visit Acme")
    ana.sees("That is for the sales team.")
