"""Adding a customer with all that is known, and being told who it may be the same as."""

import pytest
from sqlalchemy import select

from storage.models import Account, AccountKey
from tests.dialogs.helpers import contacts
from tests.talk import Company, Someone

TAX = "91330100799655058B"


async def accounts(company: Company) -> list[Account]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Account).order_by(Account.id)))


async def test_all_in_one_line(company: Company, ana: Someone) -> None:
    await ana.says(f"/add Bluebird Toys, Suzhou, A, {TAX}, 021 5555 1234")
    ana.sees("Added: Bluebird Toys.", "City: Suzhou", "Tier: A", f"Tax number: {TAX}")
    ana.sees("Phone: 021 5555 1234", "[Log a visit] [Open it] [Undo]")
    [account] = await accounts(company)
    assert (account.name, account.city, account.tier) == ("Bluebird Toys", "Suzhou", "A")
    assert (account.tax_number, account.phone_digits) == (TAX, "02155551234")


async def test_parts_by_name(company: Company, ana: Someone) -> None:
    await ana.says("/add Bluebird Toys, also called: 蓝鸟, customer code: C-1024, city: New York")
    ana.sees("City: New York", "Also called: 蓝鸟", "Customer number: C-1024")
    [account] = await accounts(company)
    assert account.code == "C-1024"
    await ana.says("/account lanniao")
    ana.sees("Bluebird Toys", "Owner: Ana")


async def test_in_chinese(company: Company, lin: Someone) -> None:
    await lin.says("新增客户 蓝鸟玩具，苏州，A，0512 5555 1234")
    lin.sees("已新增：蓝鸟玩具。", "城市: 苏州", "级别: A", "电话: 0512 5555 1234")


async def test_question_by_question(company: Company, ana: Someone) -> None:
    await ana.says("/add")
    ana.sees("What is the customer called?")
    await ana.says("Bluebird Toys")
    ana.sees("Which city are they in?", "[Skip] [Save now]")
    await ana.presses("Save now")
    ana.sees("Added: Bluebird Toys.")


async def test_it_is_undone_whole(company: Company, ana: Someone) -> None:
    await ana.says("/add Bluebird Toys, Suzhou")
    await ana.presses("Undo")
    ana.sees("Undone: account Bluebird Toys.")
    assert await accounts(company) == []
    async with company.database.read() as session:
        assert not [*await session.scalars(select(AccountKey))]


@pytest.mark.parametrize("wrong", ["91330100799655058C", "913301007996550581", "9133010079965505"])
async def test_a_wrong_tax_number_is_said_so(company: Company, ana: Someone, wrong: str) -> None:
    await ana.says(f"/add Bluebird Toys, {wrong}")
    ana.sees("That isn't a tax number.", "[Skip]")
    assert await accounts(company) == []
    await ana.says(TAX)
    ana.sees("Added: Bluebird Toys.", TAX)


@pytest.mark.parametrize(
    ("known", "line", "common"),
    [
        ("Bluebird Toys", "bluebird toys", "a name like it"),
        ("Bluebird Toys", "Bluebird Toyz", "a name like it"),
        ("Bluebird Toys", "Bluebird Toys Co. Ltd", "a name like it"),
        ("华东医院", "Huadong Yiyuan", "a name like it"),
        ("Huadong Yiyuan", "华东医院", "a name like it"),
        ("Crane, phone: +86 138 0013 8000", "Heron, 13800138000", "the same phone"),
        (f"Crane, {TAX}", f"Heron, {TAX.lower()}", "the same tax number"),
        ("Crane, code: C-1", "Heron, code: C-1", "the same customer number"),
        ("Crane, also called: 蓝鸟玩具", "蓝鸟玩具", "a name like it"),
    ],
)
async def test_another_s_is_named_with_its_owner_and_no_more(  # noqa: PLR0917 - a table
    company: Company, ana: Someone, bo: Someone, known: str, line: str, common: str
) -> None:
    await bo.says(f"/add {known}, city: Secretville")
    name = known.split(",", maxsplit=1)[0]
    await ana.says(f"/add {line}")
    ana.sees(f"• {name}, with Bo: {common}", f"[Claim {name}]")
    assert "Secretville" not in ana.transcript()
    assert len(await accounts(company)) == 1


async def test_one_s_own_is_offered_to_be_opened(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Bluebird Toys")
    await ana.says("/add Bluebird Toyz")
    ana.sees("Bluebird Toyz may be there already:", "• Bluebird Toys, yours: a name like it")
    await ana.presses("Open Bluebird Toys")
    ana.sees("Owner: Ana")
    assert len(await accounts(company)) == 1


async def test_it_is_added_all_the_same_once(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Bluebird Toys")
    await ana.says("/add Bluebird Toyz, Suzhou, A")
    card = ana.last
    button = card.buttons[-1]
    await ana.presses("Add all the same")
    ana.sees("Added: Bluebird Toyz.", "City: Suzhou", "Tier: A")
    await ana.taps(button, card)
    ana.sees("You answered that card already")
    assert len(await accounts(company)) == 2


async def test_no_two_have_one_tax_number(company: Company, ana: Someone, bo: Someone) -> None:
    await bo.says(f"/add Crane, {TAX}")
    await ana.says(f"/add Heron, {TAX}")
    ana.sees("Heron is there already:", "• Crane, with Bo: the same tax number", "[Claim Crane]")
    assert "Add all the same" not in ana.last.text
    await ana.says(f"/addallthesame Heron, {TAX}")
    ana.sees("Crane has that tax number already, and belongs to Bo.")
    assert len(await accounts(company)) == 1


async def test_two_presses_of_new_make_one(company: Company, ana: Someone) -> None:
    await ana.says("/visit Qwxzmills yesterday")
    first = ana.last
    await ana.says("/visit Qwxzmills")
    await ana.presses("New: Qwxzmills")
    await ana.says("/account qwxz mills")
    ana.sees("Owner: Ana")
    await ana.presses("New: Qwxzmills", on=first)
    assert len(await accounts(company)) == 1


async def test_what_another_made_meanwhile_is_not_made_twice(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await ana.says("/contact Qwxzmills, Li Wei")
    await bo.says("/add Qwxzmills")
    await ana.presses("New: Qwxzmills")
    ana.sees("Qwxzmills belongs to Bo.", "[Claim it]")
    assert len(await accounts(company)) == 1
    await ana.presses("Claim it")
    ana.sees("Why is it yours?")


async def test_a_name_that_sounds_like_another_s_is_noticed_on_a_visit(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(bo, "Huadong Yiyuan")
    for said in ("/visit 华东医院", "/deal 华东医院", "/contact 华东医院，王主任"):
        await ana.says(said)
        ana.sees("may be Huadong Yiyuan, which belongs to Bo.", "[New: 华东医院]", "[Claim it]")
        await ana.says("/cancel")
    assert len(await accounts(company)) == 1


async def test_a_contact_s_number_that_is_known_elsewhere_is_noticed(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(bo, "Crane")
    await company.open_account(ana, "Heron")
    await bo.says("/contact Crane, Li Wei 138 0013 8000")
    assert (await contacts(company))[0].phone_digits == "13800138000"
    await ana.says("/contact Heron, Li Wei +86 13800138000")
    ana.sees("Saved: Li Wei, Heron.", "That number is at Crane, too, which belongs to Bo.")
    ana.sees("[Claim it] [Undo]")
    await ana.says("/contact Heron, Wu 139 0013 8000")
    assert "too" not in ana.last.text


async def test_a_number_at_one_s_own_is_opened(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Crane")
    await company.open_account(ana, "Heron")
    await ana.says("/contact Crane, Li Wei 138 0013 8000")
    await ana.says("/contact Heron, Li Wei 138 0013 8000")
    ana.sees("That number is at Crane, too.", "[Open it] [Undo]")


@pytest.mark.parametrize("name", ["*Acme*", "A_c_me", "[x](https://a.example)", "<!channel>"])
async def test_a_name_is_never_markup(company: Company, ana: Someone, name: str) -> None:
    await ana.says("/add")
    await ana.says(name)
    await ana.presses("Save now")
    ana.sees(f"Added: {name}.")
    await ana.says("/add")
    await ana.says(name)
    await ana.presses("Save now")
    ana.sees(f"{name} may be there already:", f"[Open {name}]")


@pytest.mark.parametrize("name", ["...", "，", "👍"])
async def test_a_name_has_a_letter_or_a_digit(company: Company, ana: Someone, name: str) -> None:
    await ana.says("/add")
    await ana.says(name)
    ana.sees("I need a customer's name here.")
