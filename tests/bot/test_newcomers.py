"""A new customer as an answer: what may be told of them, and how it is kept until it is used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.answers import ACCOUNT, ACCOUNT_OR_NEW, DEAL
from bot.answers.newcomers import NewAccount, Newcomer, cleaned
from bot.details import Details
from bot.forms import Asking, InvalidAnswer
from bot.phrases import speaking
from services import accounts
from storage.models import AccountKey, Lifecycle, Role, Tier
from storage.work import Work
from tests.services.conftest import Hire, hire, work
from tests.talk import MONDAY

__all__ = ["hire", "work"]

FULL = Newcomer("Nova Labs", "Hangzhou", Tier.A, "星云")


@pytest.fixture
async def asking(work: Work, hire: Hire) -> Asking:
    return Asking(work, await hire("Ana"), MONDAY)


@pytest.fixture
def about() -> Details[NewAccount]:
    assert ACCOUNT_OR_NEW.details
    return ACCOUNT_OR_NEW.details


names = st.text(min_size=1, max_size=120)


@given(st.builds(Newcomer, names, names | st.just(""), st.sampled_from(Tier), names))
def test_what_is_told_is_kept(told: Newcomer) -> None:
    assert Newcomer.load(told.dump()) == told


@given(names.map(cleaned).filter(lambda name: not name.startswith("{")))
def test_a_name_alone_is_kept_as_it_is(name: str) -> None:
    assert Newcomer(name).dump() == f"+{name}"
    assert Newcomer.load(f"+{name}") == Newcomer(name)


@pytest.mark.parametrize(
    "name",
    [
        "{",
        "{}",
        "{curly} Ltd",
        '{"name": "X"}',
        '{"name": "X", "city": "", "tier": "Z", "alias": ""}',
        "[1]",
    ],
)
def test_a_name_that_only_looks_like_more_is_a_name(name: str) -> None:
    assert Newcomer.load(f"+{name}") == Newcomer(name)


@pytest.mark.parametrize("stored", ["", "7", "Acme"])
def test_a_known_one_is_no_new_one(stored: str) -> None:
    assert Newcomer.load(stored) is None


async def test_there_is_more_to_ask_about_a_new_one_only(asking: Asking) -> None:
    await accounts.create(asking.work, asking.person, "Novabank")
    found = await ACCOUNT_OR_NEW.suggest("Nova", asking)
    assert [(each.label, each.more) for each in found] == [
        ("Novabank", False),
        ("New: Nova", True),
    ]
    assert not any(each.more for each in await ACCOUNT.suggest("Nova", asking))
    assert ACCOUNT.details is None


async def test_it_is_opened_as_it_was_told(asking: Asking) -> None:
    account = await ACCOUNT_OR_NEW.load(FULL.dump(), asking)
    assert (account.name, account.city, account.tier) == ("Nova Labs", "Hangzhou", "A")
    assert (account.lifecycle, account.owner_id) == (Lifecycle.NEW, asking.person.id)
    keys = await asking.work.session.scalars(select(AccountKey.key))
    assert {"novalabs", "星云"} <= {*keys}
    plain = await ACCOUNT_OR_NEW.load("+Crane", asking)
    assert (plain.name, plain.city, plain.tier) == ("Crane", "", "C")


async def test_it_is_shown_by_its_name_and_spelled_in_full(asking: Asking) -> None:
    assert await ACCOUNT_OR_NEW.show(FULL.dump(), asking) == "Nova Labs (new)"
    assert await ACCOUNT_OR_NEW.spell("+Crane", asking) == "Crane (new)"
    told = await ACCOUNT_OR_NEW.spell(FULL.dump(), asking)
    assert told == "Nova Labs (new) · Hangzhou · tier A · 星云"
    with speaking("zh"):
        told = await ACCOUNT_OR_NEW.spell(FULL.dump(), asking)
        assert told == "Nova Labs（新） · Hangzhou · A 级 · 星云"
    known = await accounts.create(asking.work, asking.person, "Acme")
    assert await ACCOUNT_OR_NEW.spell(str(known.id), asking) == "Acme"


async def test_picked_before_it_is_judged_afresh_and_keeps_what_was_told(asking: Asking) -> None:
    assert await ACCOUNT_OR_NEW.accept(FULL.dump(), asking) == FULL.dump()
    known = await accounts.create(asking.work, asking.person, "NOVA labs")
    assert await ACCOUNT_OR_NEW.accept(FULL.dump(), asking) == str(known.id)
    with pytest.raises(InvalidAnswer, match="customer's name"):
        await ACCOUNT_OR_NEW.accept(Newcomer("?!", "Hangzhou").dump(), asking)
    with pytest.raises(InvalidAnswer, match="customer's name"):
        await ACCOUNT.accept(FULL.dump(), asking)


async def test_a_deal_with_one_is_called_like_it(asking: Asking) -> None:
    asking = Asking(
        asking.work, asking.person, MONDAY, {"account": FULL.dump(), "amount": "100 CNY"}
    )
    assert await DEAL.implied(asking) == "+Nova Labs"


async def test_the_form_begins_with_what_is_known(about: Details[NewAccount]) -> None:
    assert about.begun("+Nova Labs") == {"name": "Nova Labs", "tier": "C"}
    assert about.begun(FULL.dump())["tier"] == "A"
    assert about.begun("7") == {}


async def test_only_its_name_must_be_told(about: Details[NewAccount], asking: Asking) -> None:
    needed = [each.name for each in about.form.questions if each.required]
    assert needed == ["name"]
    form = await about.form.fill({"name": " Nova  Labs, "}, asking)
    assert await about.dump(form, asking) == "+Nova Labs"
    full = {"name": "Nova Labs", "city": "Hangzhou", "tier": "A", "alias": "星云"}
    assert await about.dump(await about.form.fill(full, asking), asking) == FULL.dump()
    with pytest.raises(InvalidAnswer, match="customer's name"):
        await about.form.fill({"name": "?!"}, asking)


async def test_one_that_is_there_is_not_added_again(
    about: Details[NewAccount], asking: Asking, hire: Hire
) -> None:
    await accounts.create(asking.work, asking.person, "Acme Trading", ["Acme"])
    await accounts.create(asking.work, await hire("Bo", unit="West"), "Bolt")
    with pytest.raises(InvalidAnswer, match=r"\*Acme Trading\* is there already"):
        await about.dump(NewAccount("ACME", "Hangzhou"), asking)
    with pytest.raises(InvalidAnswer, match="belongs to Bo"):
        await about.dump(NewAccount("bolt"), asking)


async def test_what_it_may_turn_out_to_be_is_told(
    about: Details[NewAccount], asking: Asking, hire: Hire
) -> None:
    await accounts.create(asking.work, asking.person, "Acme Trading")
    await accounts.create(asking.work, await hire("Bo", unit="West"), "Bolt Works")
    assert await about.doubt("+Crane", asking) == ""
    assert await about.doubt("7", asking) == ""
    assert "*Acme Trading*, which is yours" in await about.doubt("+Acme Tradings", asking)
    by_alias = Newcomer("Crane", alias="Acme Trading").dump()
    assert "*Acme Trading*, which is yours" in await about.doubt(by_alias, asking)
    told = await about.doubt("+Bolt Work", asking)
    assert "*Bolt Works*, which belongs to Bo." in told
    assert "Pick it" not in told


async def test_a_colleague_s_is_told_by_its_owner(
    about: Details[NewAccount], work: Work, hire: Hire
) -> None:
    ben = await hire("Ben")
    await accounts.create(work, ben, "Acme Trading")
    boss = await hire("Eve", Role.MANAGER)
    assert "which is Ben's" in await about.doubt("+Acme Tradin", Asking(work, boss, MONDAY))
