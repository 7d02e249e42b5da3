"""Who may see less by rows that are written past the session's events."""

from collections.abc import Mapping
from typing import Any

from storage.losses import OWNED, Losses
from storage.models import Base, Contact, Leave, Person, Unit

Row = Mapping[str, Any]


def note(losses: Losses, model: type[Base], before: Row | None, now: Row | None) -> None:
    """Note what the change of one row, from all it was to all it is, takes from whom."""
    losses.changes_scopes |= model in {Unit, Leave}
    if before is None:
        return
    if names := OWNED.get(model):
        was, held = (tuple(row[name] for name in names) if row else None for row in (before, now))
        if was is not None and was != held:
            losses.moved.add((was, held))
    if model is Person and now is not None:
        if any(before[name] != now[name] for name in ("role", "unit_id", "active")):
            losses.people.add(now["id"])
        elif before["zone"] != now["zone"]:
            losses.absent.add(now["id"])
    if model is Leave:
        losses.people |= {before["deputy_id"]} - {None}
    if model is Contact and now is None:
        losses.accounts.add(before["account_id"])
    if model is Unit and now is None:
        losses.paths.add((before["path"], ""))
