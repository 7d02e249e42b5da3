"""The options of a form's question: only for who may fill it in, and only what they may see."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.messages import Sender, Sheet, Token
from bot.runtime.calls import LIFE
from bot.runtime.suggesting import suggest
from storage.models import Role, StoredCall
from tests.dialogs.helpers import change, move_account
from tests.talk import Company, Phone, Someone, with_windows

WINDOW = "view:V1"


@pytest.fixture
def phone() -> Phone:
    return with_windows()


@pytest.fixture
async def ana(company: Company) -> Someone:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    return ana


async def form(someone: Someone, text: str = "/visit") -> str:
    """Open a form; its token."""
    await someone.says(text, window=WINDOW)
    blocks = someone.company.phone.windows[WINDOW].reply.blocks
    then = next(each for each in blocks if isinstance(each, Sheet)).then
    assert isinstance(then, Token)
    return then.value


async def labels(
    someone: Someone, token: str, text: str = "Acme", question: str = "account"
) -> list[str]:
    found = await suggest(someone.company.runtime, someone.sender, token, question, text)
    return [each.label for each in found]


async def test_its_owner_is_shown_what_may_be_meant(company: Company, ana: Someone) -> None:
    token = await form(ana)
    assert "Acme" in await labels(ana, token)
    assert "Acme" in await labels(ana, token, "")
    assert "Acme" in await labels(ana, token, "ac\u202eme\0")


async def test_nobody_else_is_shown_anything(company: Company, ana: Someone) -> None:
    token = await form(ana)
    rui = await company.hire("Rui", Role.MANAGER)
    assert await labels(rui, token) == []
    for stranger in (Sender("phone", ""), Sender("phone", "nobody"), Sender("slack", ana.id)):
        assert await suggest(company.runtime, stranger, token, "account", "Acme") == ()


async def test_a_token_of_something_else_shows_nothing(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    (undo,) = [each for each in ana.last.buttons if each.label == "Undo"]
    assert isinstance(undo.then, Token)
    for token in ("", "nonsense", undo.then.value):
        assert await labels(ana, token) == []


async def test_an_old_form_shows_nothing(company: Company, ana: Someone) -> None:
    token = await form(ana)
    company.now += LIFE
    assert "Acme" in await labels(ana, token)
    company.now += timedelta(seconds=1)
    assert await labels(ana, token) == []


async def test_a_form_that_was_sent_shows_nothing(company: Company, ana: Someone) -> None:
    token = await form(ana)
    await ana.sends(WINDOW, account="Acme")
    assert await labels(ana, token) == []


async def test_who_has_left_is_shown_nothing(company: Company, ana: Someone) -> None:
    token = await form(ana)
    await change(company, ana, active=False)
    assert await labels(ana, token) == []


async def test_who_may_not_answer_it_any_more_is_shown_nothing(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await form(ana)
    visit = company.runtime.book.by_word["visit"]
    monkeypatch.setitem(visit.__dict__, "allow", Role.MANAGER)
    assert await labels(ana, token) == []
    await change(company, ana, role=Role.MANAGER)
    assert await labels(ana, token) != []


async def test_a_customer_who_went_to_another_region_is_not_shown(
    company: Company, ana: Someone
) -> None:
    bo = await company.hire("Bo", unit="West")
    acme = await company.open_account(ana, "Acorn")
    token = await form(ana)
    values = [each.value for each in await suggest(
        company.runtime, ana.sender, token, "account", "Acorn"
    )]  # fmt: skip
    assert str(acme.id) in values
    await move_account(company, acme.id, bo)
    after = await suggest(company.runtime, ana.sender, token, "account", "Acorn")
    assert str(acme.id) not in [each.value for each in after]


async def test_a_question_without_suggestions_has_none(company: Company, ana: Someone) -> None:
    token = await form(ana)
    assert await labels(ana, token, "anything", "note") == []


async def test_it_changes_nothing(company: Company, ana: Someone) -> None:
    token = await form(ana)
    await labels(ana, token, "Brand new")
    async with company.database.begin() as session:
        spent = update(StoredCall).where(StoredCall.token == token).returning(StoredCall.used_at)
        assert await session.scalar(spent.values(label="seen")) is None
    await ana.says("/account Brand new")
    ana.sees("I don't know an account called “Brand new”")
