"""What several dialogs need."""

from sqlalchemy import select

from bot.messages import Place
from services import joining, people
from storage.journal import Author
from storage.models import (
    Account,
    Attachment,
    Contact,
    Deal,
    Identity,
    Person,
    Reminder,
    Role,
    Visit,
)
from storage.work import Work
from tests.talk import Company, Someone

GROUP = Place("phone", "test", "group", private=False)


async def visits(company: Company) -> list[Visit]:
    """Every visit, in the order in which they were logged."""
    async with company.database.read() as session:
        return list(await session.scalars(select(Visit).order_by(Visit.id)))


async def note(company: Company) -> str:
    return (await visits(company))[-1].note


async def contacts(company: Company) -> list[Contact]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Contact).order_by(Contact.id)))


async def attachments(company: Company) -> list[Attachment]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Attachment).order_by(Attachment.id)))


async def deals(company: Company) -> list[Deal]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Deal).order_by(Deal.id)))


async def reminders(company: Company) -> list[Reminder]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Reminder).order_by(Reminder.id)))


async def identities(company: Company) -> list[Identity]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Identity).order_by(Identity.id)))


async def invite(
    company: Company,
    by: Someone | None = None,
    *,
    code: str = "wJ4k9Xh2mQ7c_5Tz-0AbCd",
    role: Role = Role.REP,
    name: str = "Kim",
) -> str:
    """An invitation to the East; its code."""
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, None, "invite"))
        unit = await people.unit_at(work, "East")
        inviter = by.person if by else None
        await joining.invite(work, name, role, unit, code=code, by=inviter, now=company.now)
    return code


async def change(company: Company, someone: Someone, **values: object) -> None:
    """Change a person's row, as HQ would."""
    assert someone.person
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "change"))
        person = await session.get_one(Person, someone.person.id)
        for name, value in values.items():
            setattr(person, name, value)


async def move_account(company: Company, account_id: int, to: Someone) -> None:
    """Give an account to another rep."""
    assert to.person
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "move"))
        account = await session.get_one(Account, account_id)
        account.owner_id, account.unit_id = to.person.id, to.person.unit_id


def stranger(company: Company, name: str = "Kim", language: str = "en") -> Someone:
    """Someone who never talked with the bot."""
    return Someone(company, f"stranger-{name}", f"chat-{name}", name, language=language)
