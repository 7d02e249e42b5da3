"""The tables."""

from storage.kinds import (
    Activity,
    ClaimState,
    ImportState,
    Lifecycle,
    Outcome,
    Stage,
    Tier,
    Verdict,
)
from storage.models.base import Base, Journaled, UtcDateTime
from storage.models.guards import guards
from storage.models.imports import ColumnMapping, Import
from storage.models.journal import Change, Entry, Seal
from storage.models.org import Claim, Group, Leave, Membership, Standing
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
from storage.models.trust import Erasure, Retention

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
    "Claim",
    "ClaimState",
    "ColumnMapping",
    "Contact",
    "Cursor",
    "Deal",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Entry",
    "Erasure",
    "Gate",
    "Group",
    "Identity",
    "Import",
    "ImportState",
    "Invite",
    "JobRun",
    "Journaled",
    "Lane",
    "Leave",
    "Lifecycle",
    "Membership",
    "Outcome",
    "Page",
    "Person",
    "Priority",
    "Reminder",
    "Retention",
    "Role",
    "Seal",
    "Stage",
    "Standing",
    "StoredCall",
    "Tier",
    "Unit",
    "Update",
    "UpdateState",
    "UtcDateTime",
    "Verdict",
    "Visit",
    "guards",
]
