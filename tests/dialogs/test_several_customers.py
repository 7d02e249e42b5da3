"""A day in one message: each customer has a card, and a save, of their own."""

import pytest

from services.understanding.facts import Facts, Intent, Name
from tests.dialogs.helpers import GROUP, attachments, change, deals, visits
from tests.dialogs.reader import Reader, moment, reader, visit
from tests.talk import PHOTO, Company, Someone


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone, lin: Someone) -> None:
    for name in ("Acme", "Beta"):
        await company.open_account(ana, name)
    for name in ("华东医院", "三一重工"):
        await company.open_account(lin, name)


@pytest.fixture
def read(company: Company) -> Reader:
    plan = Facts(Intent.REMINDER, account=Name("Beta"), follow_up=moment("2026-03-03"))
    return reader(
        company,
        **{
            "Acme yesterday.": visit("Acme", note="one"),
            "Then Beta.": visit("Beta", happened=None, note="two"),
            "Acme yesterday. Then Beta.": visit("Acme", note="both"),
            "Then call Beta.": plan,
            "They know Beta.": Facts(Intent.NOTE, account=Name("Beta")),
            "Acme yesterday. They know Beta.": visit("Acme", note="both"),
            "Acme and Beta yesterday.": visit("Acme", note="both"),
            "Acme yesterday. Acme again.": visit("Acme", note="both"),
        },
    )


async def test_two_cards_and_two_visits(company: Company, ana: Someone, read: Reader) -> None:
    await ana.says("Acme yesterday. Then Beta.")
    first, second = ana.screen
    assert "Account: Acme\nWhen: Sun 1 Mar" in first.text
    assert "Account: Beta\nWhen: Sun 1 Mar" in second.text
    await ana.presses("Save", on=second)
    await ana.presses("Save", on=first)
    assert [each.note for each in await visits(company)] == ["two", "one"]
    await ana.presses("Undo", on=first)
    assert [each.note for each in await visits(company)] == ["two"]


async def test_a_visit_and_something_to_do(ana: Someone, read: Reader) -> None:
    await ana.says("Acme yesterday. Then call Beta.")
    first, second = ana.screen
    assert "Kind: Visit" in first.text
    assert "To do: Then call Beta." in second.text


@pytest.mark.parametrize(
    "said",
    ["Acme yesterday. They know Beta.", "Acme and Beta yesterday.", "Acme yesterday. Acme again."],
)
async def test_what_is_of_one_customer_stays_one(ana: Someone, read: Reader, said: str) -> None:
    await ana.says(said)
    card, *_others = ana.screen
    assert "Account: Acme" in card.text


async def test_a_photo_is_of_the_first(company: Company, ana: Someone, read: Reader) -> None:
    await ana.says("Acme yesterday. Then Beta.", files=(PHOTO,))
    for card in list(ana.screen):
        await ana.presses("Save", on=card)
    [kept] = await attachments(company)
    assert kept.visit_id == (await visits(company))[0].id


async def test_none_of_several_is_saved_at_once(
    company: Company, ana: Someone, read: Reader
) -> None:
    await change(company, ana, save_at_once=True)
    await ana.says("Acme yesterday. Then Beta.")
    assert len(ana.screen) == 2
    assert await visits(company) == []


async def test_in_a_group_both_are_for_the_asker(
    company: Company, ana: Someone, read: Reader
) -> None:
    await ana.says("Acme yesterday. Then Beta.", place=GROUP)
    assert len(ana.screen) == 2
    assert "Beta" not in "".join(each.text for each in company.phone.chats["group"])


async def test_nothing_of_one_customer_is_another_s(company: Company, lin: Someone) -> None:
    await lin.says("昨天跑了两家：华东医院王主任说下周三定；三一重工张总要报价，5万")
    first, second = lin.screen
    assert "客户: 华东医院" in first.text
    assert "¥50,000" not in first.text
    assert "张总" not in first.text
    assert "客户: 三一重工\n时间: 3月1日 周日" in second.text
    assert "¥50,000" in second.text
    for card in (first, second):
        await lin.presses("保存", on=card)
    assert len(await visits(company)) == 2
    assert [each.amount for each in await deals(company)] == [5_000_000]
