"""HQ says how long things are kept."""

import pytest
from sqlalchemy import select

from storage.models import Retention, Role
from tests.dialogs.helpers import change
from tests.talk import Company, Someone


@pytest.fixture
async def hua(company: Company) -> Someone:
    return await company.hire("Hua", Role.HQ, unit="")


async def kept(company: Company) -> dict[str, int]:
    async with company.database.read() as session:
        return {each.kind: each.days for each in await session.scalars(select(Retention))}


async def test_what_there_is_and_for_how_long(hua: Someone) -> None:
    await hua.says("/retention")
    hua.sees("Messages from me: 30 days", "Messages to me: 2 days", "Notes of visits: for ever")
    await hua.presses("Notes of visits")
    hua.sees("Notes of visits: kept for ever.", "the visit, its date".capitalize(), "[2 years]")


async def test_in_one_line_with_what_goes_and_an_undo(company: Company, hua: Someone) -> None:
    await hua.says("/me")
    company.after(days=20)
    await hua.says("/retention messages 14 days")
    hua.sees("Messages from me: kept 14 days.", "1 is older and goes from tonight on, for good.")
    assert await kept(company) == {"messages": 14}
    await hua.presses("Undo")
    hua.sees("Undone: how long things are kept.")
    assert await kept(company) == {}


async def test_by_buttons(company: Company, hua: Someone) -> None:
    await hua.says("/retention")
    await hua.presses("Who has left")
    hua.sees("unless they still have customers")
    await hua.presses("1 year")
    hua.sees("Who has left: kept 1 year.", "Nothing is older than that.")
    await hua.presses("All kinds")
    hua.sees("Who has left: 1 year")
    await hua.says("/retention people 2 years")
    await hua.says("/retention people forever")
    assert await kept(company) == {"people": 0}


async def test_in_chinese(company: Company) -> None:
    hua = await company.hire("华", Role.HQ, unit="", language="zh")
    await hua.says("保存期限")
    hua.sees("保存期限", "我发出的消息: 30 天", "拜访备注: 永久")
    await hua.says("保存期限 消息 两周")
    hua.sees("我发出的消息：14 天。")
    await hua.presses("撤销")
    hua.sees("已撤销：保存期限。")
    assert await kept(company) == {}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("audit 30 days", "365 days at least"),
        ("updates 1 day", "2 days at least"),
        ("messages forever", "can't be kept for ever"),
        ("messages 999999 days", "can't be kept for ever"),
        ("files for days", "Try 30 days"),
    ],
)
async def test_what_is_too_short_or_too_long(
    company: Company, hua: Someone, said: str, why: str
) -> None:
    await hua.says(f"/retention {said}")
    hua.sees(why)
    assert await kept(company) == {}


async def test_it_is_hqs_alone(company: Company, rui: Someone, hua: Someone) -> None:
    await rui.says("/retention messages 7 days")
    rui.sees("That is for HQ")
    await hua.says("/retention messages")
    await rui.taps(hua.last.buttons[0], hua.last)
    rui.sees("someone else's")
    await change(company, hua, role=Role.MANAGER)
    await hua.presses("7 days")
    hua.sees("That is for HQ")
    assert await kept(company) == {}
