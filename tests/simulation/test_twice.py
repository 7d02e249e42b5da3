from sqlalchemy import func, select

from handlers.upkeep import clean_up
from storage.journal import Author
from storage.models import Visit
from storage.work import Work
from tests.talk import Company


async def test_an_update_that_comes_again_a_day_later_does_nothing(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    number = await ana.says("/visit Acme, once")
    company.after(days=1)
    async with company.database.begin() as session:
        await clean_up.handler(Work(session, Author(company.now, None, "clean-up")), company.now)

    await ana.says("/visit Acme, once", number=number)

    async with company.database.read() as session:
        assert await session.scalar(select(func.count(Visit.id))) == 1
    assert len(ana.screen) == 1


async def test_an_update_that_comes_twice_at_once_is_done_once(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    number = await ana.says("/visit Acme, once")
    await ana.says("/visit Acme, once", number=number)
    assert len(ana.screen) == 1
