"""Whose a row is, as the journal knows it: what must still be in scope when it is taken back."""

from collections.abc import Mapping
from typing import Any

from storage.journal import MODELS, encode
from storage.models import Base, Entry, Person
from storage.scope import Scope
from storage.work import Work

Row = Mapping[str, Any]
OWNED: Mapping[str, tuple[str, str]] = {
    "accounts": ("owner_id", "unit_id"),
    "deals": ("owner_id", "unit_id"),
    "invites": ("invited_by_id", "unit_id"),
    "people": ("id", "unit_id"),
    "reminders": ("person_id", "unit_id"),
    "visits": ("rep_id", "unit_id"),
}
"""The columns that say whose a row is."""
WITH: Mapping[str, tuple[str, str]] = {
    "account_keys": ("accounts", "account_id"),
    "attachments": ("visits", "visit_id"),
    "attendees": ("visits", "visit_id"),
    "claims": ("accounts", "account_id"),
    "contacts": ("accounts", "account_id"),
    "identities": ("people", "person_id"),
    "leaves": ("people", "person_id"),
    "memberships": ("people", "person_id"),
}
"""The row that another one is seen with."""
OWN: Mapping[str, str] = {"claims": "claimant_id", "leaves": "person_id"}
"""Who may always take back what they said in it."""


async def may_undo(work: Work, person: Person, scope: Scope, entry: Entry) -> bool:
    """Whether a row is somebody's to take back: in their scope as it was and as it is.

    What one gave away oneself one may still take back, and a contact that one added.
    """
    if scope.everything:
        return True
    row = await work.history.row(entry)
    now = _values(row) if row else None
    if entry.before is not None:
        was = {"id": entry.key, **(now or {}), **entry.before}
        if not await _covers(work, person, scope, entry.noun, was):
            return False
        if _gave_away(entry):
            return True
    elif entry.noun == "contacts":
        return True
    return now is None or await _covers(work, person, scope, entry.noun, now)


def _gave_away(entry: Entry) -> bool:
    return not (entry.after or {}).keys().isdisjoint(OWNED.get(entry.noun, ()))


async def _covers(work: Work, person: Person, scope: Scope, noun: str, row: Row) -> bool:
    if noun in OWN and row[OWN[noun]] == person.id:
        return True
    if noun in WITH:
        noun, column = WITH[noun]
        found = await work.session.get(MODELS[noun], row[column])
        if found is None:
            return True  # it went with the same change
        row = _values(found)
    if noun == "units":
        return not scope.units.isdisjoint({row["id"], row["parent_id"]})
    if noun not in OWNED:
        return True  # a group's name is nobody's: the role for it is asked for
    owner, unit = OWNED[noun]
    return scope.covers(row[owner], row[unit])


def _values(row: Base) -> Row:
    return {column.key: encode(getattr(row, column.key)) for column in row.__table__.columns}
