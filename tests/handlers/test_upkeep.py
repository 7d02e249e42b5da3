from datetime import timedelta

from sqlalchemy import func, select

from handlers.upkeep import clean_up
from services.retention import RULES, Kind
from storage.journal import Author
from storage.models import Base, Delivery, Draft, Role, StoredCall, Update, Visit
from storage.work import Work
from tests.talk import Company


async def count(company: Company, model: type[Base]) -> int:
    async with company.database.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def at_night(company: Company) -> None:
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, None, "clean-up"))
        await clean_up.handler(work, company.now)


async def test_what_is_over_is_forgotten_and_what_people_logged_stays(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.says("/visit")
    kept = [await count(company, each) for each in (Update, Delivery, StoredCall, Draft)]
    company.after(hours=47)
    await at_night(company)
    assert [await count(company, each) for each in (Update, Delivery, StoredCall, Draft)] == kept
    company.after(days=RULES[Kind.MESSAGES].days, seconds=1)
    await at_night(company)
    assert [await count(company, each) for each in (Update, Delivery, StoredCall, Draft)] == [
        0,
        0,
        0,
        0,
    ]
    assert await count(company, Visit) == 1


async def test_hq_says_how_long_that_is(company: Company) -> None:
    kim = await company.hire("Kim", Role.HQ)
    await kim.says("/retention messages 90 days")
    await kim.says("/retention forms 1 day")
    await kim.says("/visit")
    company.after(days=31)
    await at_night(company)
    assert await count(company, Draft) == 0
    assert await count(company, Delivery) == 3
    company.after(days=60)
    await at_night(company)
    assert await count(company, Delivery) == 0


async def test_an_update_that_was_not_answered_is_never_forgotten(company: Company) -> None:
    async with company.database.begin() as session:
        session.add(
            Update(
                platform="phone",
                bot="test",
                external_id="1",
                chat="phone:test:1",
                payload="{}",
                received_at=company.now - timedelta(days=90),
            )
        )
    await at_night(company)
    assert await count(company, Update) == 1
