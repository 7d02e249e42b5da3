"""Accounts that may be one: by a number or code that they share, or by how they are written."""

from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlalchemy.orm import aliased

from storage.accounts import NAMES, Sighting, sighting
from storage.models import Account, AccountKey, Contact
from storage.repository import Repository
from storage.scope import Scope

SHORTEST_PHONE = 7


class Mark(StrEnum):
    """What two accounts have in common."""

    TAX_NUMBER = "tax number"
    CODE = "code"
    PHONE = "phone"
    NAME = "name"


class Duplicates(Repository):
    async def by_marks(
        self, scope: Scope, *, phone: str = "", tax_number: str = "", code: str = ""
    ) -> list[tuple[Sighting, Mark]]:
        """The accounts that have a folded number, or a contact who has it, or a code."""
        at = select(Contact.account_id).where(Contact.phone_digits == phone)
        wanted: list[tuple[str, Mark, ColumnElement[bool]]] = [
            (tax_number, Mark.TAX_NUMBER, Account.tax_number == tax_number),
            (code, Mark.CODE, Account.code == code),
            (phone, Mark.PHONE, or_(Account.phone_digits == phone, Account.id.in_(at))),
        ]
        return [
            (sighting(row, scope), mark)
            for value, mark, condition in wanted
            if value
            for row in await self._session.execute(NAMES.where(condition).order_by(Account.id))
        ]

    async def pairs(self, scope: Scope, limit: int) -> list[tuple[int, int]]:
        """Accounts in scope that are written the same, or have one number: the older first."""
        one, other = aliased(AccountKey), aliased(AccountKey)
        written = (
            select(one.account_id.label("first"), other.account_id.label("second"))
            .join(other, (one.key == other.key) & (one.account_id < other.account_id))
            .where(~(one.sound & other.sound))
        )
        taxed = _alike(Account.tax_number != "", "tax_number")
        called = _alike(func.length(Account.phone_digits) >= SHORTEST_PHONE, "phone_digits")
        found = union(written, taxed, called).subquery()
        first, second = aliased(Account), aliased(Account)
        query = (
            select(found.c.first, found.c.second)
            .join(first, first.id == found.c.first)
            .join(second, second.id == found.c.second)
            .where(
                scope.where(first.owner_id, first.unit_id),
                scope.where(second.owner_id, second.unit_id),
            )
            .order_by(found.c.first, found.c.second)
            .limit(limit)
        )
        return [(a, b) for a, b in await self._session.execute(query)]


def _alike(known: ColumnElement[bool], column: str) -> Select[int, int]:
    """Pairs of accounts that have the same in a column."""
    other = aliased(Account)
    same = getattr(Account, column) == getattr(other, column)
    return (
        select(Account.id.label("first"), other.id.label("second"))
        .join(other, same & (Account.id < other.id))
        .where(known)
    )
