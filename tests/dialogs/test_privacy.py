"""What is kept about oneself, who sees it, a copy of it, and the wish to be erased."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.messages import File
from storage.journal import Author, read_notes
from storage.models import Change, Leave, Role, Update
from storage.work import Work
from tests.dialogs.helpers import GROUP, change, invite, stranger
from tests.talk import SPOT, Company, Someone


@pytest.fixture
async def hua(company: Company) -> Someone:
    return await company.hire("Hua", Role.HQ, unit="")


def unzipped(someone: Someone) -> tuple[dict[str, Any], str]:
    """The copy that was sent: for machines, and to read."""
    [file] = [block for block in someone.last.reply.blocks if isinstance(block, File)]
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        [data] = [name for name in archive.namelist() if name.endswith(".json")]
        [text] = [name for name in archive.namelist() if name.endswith(".txt")]
        return json.loads(archive.read(data)), archive.read(text).decode("utf-8-sig")


async def send_away(company: Company, who: Someone, deputy: Someone) -> None:
    assert who.person
    assert deputy.person
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "leave"))
        session.add(
            Leave(
                person_id=who.person.id,
                deputy_id=deputy.person.id,
                starts_on=date(2026, 3, 1),
                ends_on=date(2026, 3, 3),
            )
        )


async def test_one_screen_says_it_all(
    company: Company, ana: Someone, bo: Someone, rui: Someone, hua: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await send_away(company, rui, bo)
    await ana.says("/privacy")
    ana.sees(
        "Yourself: Ana, rep, East, Phone",
        "Your work: 1 visit, 0 deals, 0 to-dos",
        "Check-ins: how near you were, never where",
        "Messages: what I send 30 days, what you send 2 days",
        "Who sees it: Rui, Bo (stands in), HQ: Hua, everyone: which customers are yours",
        "Where it is: your company's own database, and nowhere else",
    )
    assert len(ana.last.text.splitlines()) <= 10
    company.after(days=3)
    await ana.says("/privacy")
    assert "Bo" not in ana.last.text


async def test_in_chinese(company: Company, lin: Someone, hua: Someone) -> None:
    await lin.says("隐私")
    lin.sees("本人: 林、销售", "只记离客户多远，不记位置", "总部：Hua", "只在公司自己的数据库里")
    await lin.presses("保存多久")
    lin.sees("拜访备注: 永久")


async def test_how_long_is_what_hq_said(ana: Someone, hua: Someone) -> None:
    await hua.says("/retention messages 14 days")
    await ana.says("/privacy")
    ana.sees("what I send 14 days")
    await ana.presses("How long")
    ana.sees("Messages from me: 14 days", "HQ sets these times")


async def test_the_copy_has_all_of_ones_own_and_nothing_of_others(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(bo, "Zebra Secret")
    await bo.says("/visit Zebra Secret note: the hidden price")
    await ana.says("/visit Acme with: Li Wei note: *liked* it")
    await ana.says("/remind call Li Wei tomorrow")
    await ana.says("/privacy")
    await ana.presses("Send me my data")
    data, text = unzipped(ana)
    [visit] = data["visits"]
    assert (visit["account"], visit["contact"], visit["note"]) == ("Acme", "Li Wei", "*liked* it")
    assert data["person"]["name"] == "Ana"
    assert [each["platform"] for each in data["identities"]] == ["phone"]
    assert [each["name"] for each in data["accounts"]] == ["Acme"]
    assert any("Logged: Acme" in each["text"] for each in data["messages_to_you"])
    assert {each["command"] for each in data["journal"]} >= {"open", "visit"}
    assert "2026-03-02 10:00" in text
    assert "note: *liked* it" in text
    for kept in (json.dumps(data), text):
        assert "Zebra" not in kept
        assert "hidden price" not in kept
    async with company.database.read() as session:
        notes = [each for each in await session.scalars(select(Change.note)) if each]
    assert read_notes(notes[-1]) == [("Had a copy of their own data made", {})]


async def test_a_copy_does_not_know_where_one_was(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(location=SPOT)
    await ana.says("/mydata")
    data, text = unzipped(ana)
    assert str(SPOT.latitude) not in json.dumps(data) + text


async def test_who_asks_to_be_erased_is_told_who_has_it_and_what_comes_first(
    company: Company, ana: Someone, hua: Someone
) -> None:
    kim = await company.hire("金", Role.HQ, unit="", language="zh")
    await company.open_account(ana, "Acme")
    await ana.says("/privacy")
    await ana.presses("Ask to be erased")
    ana.sees("I've told HQ: Hua, 金.", "First your 1 customer has to be handed over.")
    hua.sees("Ana, East, asks to be erased.", "within a month")
    kim.sees("Ana（East）申请删除个人信息。")
    await hua.presses("Have a look")
    hua.sees("Hand these over first", "Acme")


async def test_once_a_day(company: Company, ana: Someone, hua: Someone) -> None:
    await ana.says("/eraseme")
    await ana.says("/eraseme")
    ana.sees("You asked for that already, today 10:00.")
    assert len(hua.screen) == 1
    company.after(hours=25)
    await ana.says("/eraseme")
    assert len(hua.screen) == 2


async def test_the_last_of_hq_has_nobody_to_ask(hua: Someone) -> None:
    await hua.says("/eraseme")
    hua.sees("nobody else at HQ")


async def test_asked_by_two_erased_by_one(company: Company, ana: Someone, hua: Someone) -> None:
    kim = await company.hire("Kim", Role.HQ, unit="")
    await ana.says("/eraseme")
    for each in (hua, kim):
        await each.presses("Have a look")
        await each.presses("Erase…")
    await hua.presses("Erase for good")
    hua.sees("Erased.")
    await kim.presses("Erase for good")
    assert "Erased." not in kim.last.text
    await ana.says("/privacy")
    ana.sees("We haven't met yet")


async def test_whoever_lost_the_role_erases_nobody(
    company: Company, ana: Someone, hua: Someone
) -> None:
    await ana.says("/eraseme")
    await change(company, hua, role=Role.MANAGER)
    await hua.presses("Have a look")
    hua.sees("That is for HQ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "kept in your company's database. More about that: /privacy"),
        ("zh", "详见 /privacy"),
    ],
)
async def test_whoever_joins_is_told_once(company: Company, language: str, said: str) -> None:
    kim = stranger(company, language=language)
    code = await invite(company)
    await kim.says(f"/start {code}")
    kim.sees(said)
    await kim.says("/start")
    assert said not in kim.last.text


async def test_what_others_write_in_groups_is_not_kept(company: Company, ana: Someone) -> None:
    await ana.says("what we said among us", place=GROUP, addressed=False)
    await ana.says("/me", place=GROUP, addressed=False)
    async with company.database.read() as session:
        payloads = await session.scalars(select(Update.payload).order_by(Update.id))
        assert [payload == "{}" for payload in payloads] == [True, False]
