"""Customers by what people call them."""

import pytest

from tests.dialogs.helpers import visits
from tests.talk import Company, Someone


@pytest.mark.parametrize(
    "called", ["华东医院", "huadongyiyuan", "hdyy", "HDYY", "东区三甲", "华东医院。"]
)
async def test_by_alias_pinyin_or_initials(company: Company, ana: Someone, called: str) -> None:
    await company.open_account(ana, "华东医院", "东区三甲")
    await company.open_account(ana, "Acme")
    await ana.says(f"/visit {called}")
    ana.sees("Logged: 华东医院")


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("/visit Hospital No 12, fine", "Hospital No 11"),
        ("/visit Shenzhen Plant 13", "Shenzhen Plant 3"),
        ("/visit Northwind 2025", "Northwind 2024"),
        ("/visit Right Dental Clinic", "Bright Dental Clinic"),
        ("/visit Plant III East", "Plant II East"),
        ("/visit shanghaidiliurenminyiyuan", "上海第一人民医院"),
        ("/visit 上海第六人民医院", "上海第一人民医院"),
        ("/visit 华东 顺利", "华东医院"),
        ("/visit 华东", "华东医院"),
    ],
)
async def test_what_is_only_alike_is_asked_about(
    company: Company, ana: Someone, said: str, known: str
) -> None:
    await company.open_account(ana, known)
    await ana.says(said)
    ana.sees(f"[{known}]", "[New: ")
    assert await visits(company) == []
    await ana.presses(known)
    ana.sees(f"Logged: {known}")


async def test_a_number_is_never_misspelt(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Shenzhen Plant 3")
    await ana.says("/account Shenzhen Plant 13")
    ana.sees("Which one is “Shenzhen Plant 13”?", "[Shenzhen Plant 3]")


@pytest.mark.parametrize(
    ("said", "known", "new", "note", "when"),
    [
        ("/visit Acme Medical, liked it", "Acme", "Acme Medical", "Medical, liked it", "today"),
        ("/visit Acme Medical yesterday", "Acme", "Acme Medical", "Medical", "yesterday"),
        ("/visit Acme 12, they agreed", "Acme", "Acme 12", "12, they agreed", "today"),
        ("/visit Acme Paris it rained", "Acme", "Acme Paris", "Paris it rained", "today"),
        (
            "/visit 华东医院附属二院 昨天",
            "华东医院",
            "华东医院附属二院",
            "附属二院",
            "yesterday",
        ),
        (
            "/visit 华东医院 浦东分院，聊了",
            "华东医院",
            "华东医院 浦东分院",
            "浦东分院， 聊了",
            "today",
        ),
        ("/visit 三一重工集团 昨天", "三一重工有限公司", "三一重工集团", "集团", "yesterday"),
        ("/visit 三一重工集团昨天", "三一重工有限公司", "三一重工集团", "集团", "yesterday"),
    ],
)
async def test_a_longer_name_that_begins_with_a_known_one(  # noqa: PLR0917 - a table
    company: Company, ana: Someone, said: str, known: str, new: str, note: str, when: str
) -> None:
    """Either answer keeps every word: in the name, or in the note."""
    await company.open_account(ana, known)
    await ana.says(said)
    ana.sees(f"Is it {known}, or a new account, “{new}”?")
    await ana.presses(known)
    ana.sees(f"Logged: {known}, {when}")
    assert note == (await visits(company))[-1].note
    await ana.says(said)
    await ana.presses(f"New: {new}")
    ana.sees(f"Logged: {new}, {when}")
    assert new.rsplit(maxsplit=1)[-1] not in (await visits(company))[-1].note


async def test_a_longer_name_that_begins_with_another_rep_s(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(bo, "Acme")
    await ana.says("/visit Acme Medical, liked it")
    ana.sees("“Acme Medical” may be Acme, which belongs to Bo.", "[New: Acme Medical]")


@pytest.mark.parametrize(
    "said",
    ["/visit Acme Liked it a lot", "/visit Acme They want it", "/visit Acme 50 pieces ordered"],
)
async def test_a_note_may_begin_with_a_capital(company: Company, ana: Someone, said: str) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(said)
    ana.sees("Logged: Acme, today")
    assert (await visits(company))[-1].note == said.removeprefix("/visit Acme ")


@pytest.mark.parametrize(
    ("said", "new", "shown"),
    [
        ("/visit Bluebird Toys went well", "Bluebird Toys", "Went well"),
        ("/visit Bluebird Toys demo went well", "Bluebird Toys", "Demo · Went well"),
        ("/visit with Bluebird yesterday", "Bluebird", "yesterday"),
        ("/visit Bluebird Toys liked the new samples", "Bluebird Toys", "liked the new samples"),
        ("/visit 跟 蓝鸟玩具 昨天 顺利", "蓝鸟玩具", "Went well"),
    ],
)
async def test_an_unknown_name_ends_where_another_answer_begins(
    company: Company, ana: Someone, said: str, new: str, shown: str
) -> None:
    await ana.says(said)
    ana.sees(f"[New: {new}]", shown)


@pytest.mark.parametrize(
    "said", ["with Acme", "to Acme", "visited Acme", "at Acme yesterday", "跟Acme", "去 Acme"]
)
async def test_a_preposition_is_no_name(company: Company, ana: Someone, said: str) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(f"/visit {said}")
    ana.sees("Logged: Acme")


async def test_likenesses_of_a_shorter_head(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Northwind")
    await ana.says("/visit Nortwind Harbour, fine")
    ana.sees("[New: Nortwind Harbour]", "Northwind")


@pytest.mark.parametrize("called", ["siemens", "Simens", "Siemens Helthineers"])
async def test_misspelt(company: Company, ana: Someone, called: str) -> None:
    await company.open_account(ana, "Siemens Healthineers GmbH", "Siemens")
    await ana.says(f"/visit {called}")
    ana.sees("Logged: Siemens Healthineers GmbH")


async def test_in_doubt_three_buttons_and_a_new_one(company: Company, ana: Someone) -> None:
    for name in ("Northwind Foods", "Northwind Traders", "Northwind Tools"):
        await company.open_account(ana, name)
    await ana.says("/visit Northwind, went well")
    ana.sees("Which one is “Northwind”?", "[Northwind Foods]", "[Northwind Tools]")
    ana.sees("[New: Northwind]", "✎ Went well")
    await ana.presses("Northwind Traders")
    ana.sees("Logged: Northwind Traders", "Went well")


async def test_an_unknown_name_is_an_offer(company: Company, ana: Someone) -> None:
    await ana.says("/visit Bluebird Toys yesterday 3pm, liked the samples")
    ana.sees("I don't know “Bluebird Toys” yet", "[New: Bluebird Toys]")
    await ana.presses("New: Bluebird Toys")
    ana.sees("Logged: Bluebird Toys, yesterday 15:00.", "liked the samples")
    await ana.says("/account bluebird")
    ana.sees("Owner: Ana", "new customer", "liked the samples")


async def test_instead_of_a_new_one_another_name_may_be_typed(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Qwxz")
    await ana.says("Acme")
    ana.sees("Logged: Acme")


async def test_likely_duplicates_come_first(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Bluebird Toys")
    await ana.says("/visit Bluebird Toyz Ltd")
    labels = [button.label for button in ana.last.buttons]
    assert labels == ["Bluebird Toys", "New: Bluebird Toyz Ltd", "Cancel"]


async def test_another_rep_s_account_is_its_name_and_owner(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(bo, "Acme Ltd")
    await bo.says("/visit Acme, the secret price is 5")
    for said in ("/visit Acme", "/account Acme"):
        await ana.says(said)
        ana.sees("Acme Ltd belongs to Bo.", "ask your manager")
        assert "secret" not in ana.transcript()
    assert len(await visits(company)) == 1


async def test_one_s_own_comes_before_another_s_of_the_same_name(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(bo, "Acme Ltd")
    await company.open_account(ana, "Acme Ltd")
    await ana.says("/visit Acme")
    ana.sees("Logged: Acme Ltd")
    await ana.says("/account Acme")
    ana.sees("Owner: Ana")


async def test_a_near_name_of_another_is_mentioned_before_it_is_created_twice(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(bo, "Northwind Traders")
    await ana.says("/visit Northwind")
    ana.sees("Northwind Traders", "belongs to Bo")


async def test_two_of_one_name_can_be_told_apart(company: Company, ana: Someone) -> None:
    first = await company.open_account(ana, "Acme")
    second = await company.open_account(ana, "Acme")
    await ana.says("/visit Acme yesterday")
    ana.sees("Which one is “Acme”?", f"[Acme · not visited yet · #{first.id}]")
    await ana.presses(f"Acme · not visited yet · #{second.id}")
    ana.sees("Logged: Acme, yesterday")
    await ana.says("/visit Acme")
    ana.sees(f"[Acme · yesterday · #{second.id}]")


async def test_a_manager_sees_whose_each_is(company: Company, ana: Someone, rui: Someone) -> None:
    eva = await company.hire("Eva")
    await company.open_account(ana, "Acme")
    await company.open_account(eva, "Acme")
    await rui.says("/account Acme")
    rui.sees("[Acme · Ana]", "[Acme · Eva]")
    await rui.presses("Acme · Eva")
    rui.sees("Owner: Eva")


async def test_a_very_long_name(company: Company, ana: Someone) -> None:
    name = "The Extraordinarily Long Name of a Company " * 20
    await ana.says("/visit")
    await ana.says(name)
    assert all(len(button.label) <= 50 for button in ana.last.buttons)
    await ana.taps(ana.last.buttons[0], ana.last)
    await ana.presses("Save now")
    ana.sees("Logged: The Extraordinarily Long")
    assert len(ana.last.text) < 300


async def test_a_name_of_many_words_in_a_line(company: Company, ana: Someone) -> None:
    name = "The First People's Hospital of the City of Hangzhou East"
    await company.open_account(ana, name)
    await ana.says(f"/visit {name} yesterday, new sign")
    ana.sees(f"Logged: {name}, yesterday", "Note: new sign")


@pytest.mark.parametrize(
    "name", ["三一重工", "明天集团", "7天酒店", "May Ltd", "3M", "Monday.com"]
)
async def test_names_that_look_like_times(company: Company, ana: Someone, name: str) -> None:
    await company.open_account(ana, name)
    await ana.says(f"/visit {name} yesterday 3pm, demo")
    ana.sees(f"Logged: {name}, yesterday 15:00.", "Demo")


@pytest.mark.parametrize("name", ["*Acme*", "A_c_me", "[x](https://a.example)", "<b>", "a`b`"])
async def test_a_name_is_never_markup(company: Company, ana: Someone, name: str) -> None:
    await ana.says("/visit")
    await ana.says(name)
    await ana.presses(f"New: {name}")
    await ana.presses("Save now")
    ana.sees(f"Logged: {name}, today 10:00.")


@pytest.mark.parametrize("name", ["...", "，", "-", "👍"])
async def test_a_name_has_a_letter_or_a_digit(company: Company, ana: Someone, name: str) -> None:
    await ana.says("/visit")
    await ana.says(name)
    ana.sees("I need a customer's name here.")


async def test_without_customers_the_way_to_the_first_is_shown(
    company: Company, ana: Someone, lin: Someone
) -> None:
    await ana.says("/account")
    ana.sees("You have none yet.", "/visit")
    await ana.says("/visit")
    ana.sees("Type a name, and I'll add it.")
    await lin.says("查客户")
    lin.sees("你还没有客户", "/visit")
