"""The tables."""

from storage.kinds import Activity, Lifecycle, Outcome, Stage, Tier
from storage.models.base import Base, Journaled, UtcDateTime
from storage.models.journal import Change, Entry
from storage.models.people import Identity, Invite, Person, Role, Unit
from storage.models.runtime import (
    Cursor,
    Delivery,
    DeliveryState,
    Draft,
    Gate,
    JobRun,
    Lane,
    Page,
    Priority,
    StoredCall,
    Update,
    UpdateState,
)
from storage.models.selling import (
    Account,
    AccountKey,
    Attachment,
    Attendee,
    Blob,
    Contact,
    Deal,
    Reminder,
    Visit,
)

for _table in Base.metadata.tables.values():
    # A button or the journal may name a row that is gone: its number must not come again.
    if "id" in _table.columns:
        _table.dialect_options["sqlite"]["autoincrement"] = True

__all__ = [
    "Account",
    "AccountKey",
    "Activity",
    "Attachment",
    "Attendee",
    "Base",
    "Blob",
    "Change",
    "Contact",
    "Cursor",
    "Deal",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Entry",
    "Gate",
    "Identity",
    "Invite",
    "JobRun",
    "Journaled",
    "Lane",
    "Lifecycle",
    "Outcome",
    "Page",
    "Person",
    "Priority",
    "Reminder",
    "Role",
    "Stage",
    "StoredCall",
    "Tier",
    "Unit",
    "Update",
    "UpdateState",
    "UtcDateTime",
    "Visit",
]
