"""The unit of work: one transaction and the repositories in it. It commits where it was opened."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts import Accounts
from storage.audit import Audit
from storage.claims import Claims
from storage.deals import Deals
from storage.duplicates import Duplicates
from storage.erasure import Erasures
from storage.handovers import Handovers
from storage.history import History
from storage.imports import Imports
from storage.invites import Invites
from storage.journal import Author, sign, write_note
from storage.leaves import Leaves
from storage.merging import Merging
from storage.org import Org
from storage.people import People
from storage.places import Places
from storage.privacy import Holdings
from storage.reminders import Reminders
from storage.retention import Retentions
from storage.roster import Roster
from storage.scope import Scope
from storage.subjects import Subjects
from storage.tables import Tables
from storage.visits import Visits


@dataclass(frozen=True)
class Work:
    """Everything that a service may read or change, and who is answerable for it."""

    session: AsyncSession
    author: Author

    def __post_init__(self) -> None:
        sign(self.session.sync_session, self.author)

    @property
    def change_id(self) -> int:
        """The journal's number of what was changed so far: what an undo button takes back."""
        if self.author.change_id is None:
            raise LookupError("nothing was changed yet")
        return self.author.change_id

    async def note(self, text: str, **values: str | int) -> None:
        """Keep in the journal what was done though no row changed, such as an export.

        ``text`` is English with braces, which ``values`` fill, and is translated where the journal
        is read; mark it for translation. It joins the change of this transaction, if there is one.
        """
        await self.session.run_sync(write_note, text, values)

    @property
    def scopes(self) -> dict[int, Scope]:
        """What people may see, as it was found out in this transaction."""
        known: dict[int, Scope] = self.session.info.setdefault("scopes", {})
        return known

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.session)

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.session)

    @cached_property
    def claims(self) -> Claims:
        return Claims(self.session)

    @cached_property
    def deals(self) -> Deals:
        return Deals(self.session)

    @cached_property
    def duplicates(self) -> Duplicates:
        return Duplicates(self.session)

    @cached_property
    def handovers(self) -> Handovers:
        return Handovers(self.session)

    @cached_property
    def erasures(self) -> Erasures:
        return Erasures(self.session)

    @cached_property
    def history(self) -> History:
        return History(self.session)

    @cached_property
    def invites(self) -> Invites:
        return Invites(self.session)

    @cached_property
    def imports(self) -> Imports:
        return Imports(self.session)

    @cached_property
    def holdings(self) -> Holdings:
        return Holdings(self.session)

    @cached_property
    def leaves(self) -> Leaves:
        return Leaves(self.session)

    @cached_property
    def merging(self) -> Merging:
        return Merging(self.session)

    @cached_property
    def org(self) -> Org:
        return Org(self.session)

    @cached_property
    def people(self) -> People:
        return People(self.session)

    @cached_property
    def places(self) -> Places:
        return Places(self.session)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self.session)

    @cached_property
    def tables(self) -> Tables:
        return Tables(self.session)

    @cached_property
    def retentions(self) -> Retentions:
        return Retentions(self.session)

    @cached_property
    def subjects(self) -> Subjects:
        return Subjects(self.session)

    @cached_property
    def roster(self) -> Roster:
        return Roster(self.session)

    @cached_property
    def visits(self) -> Visits:
        return Visits(self.session)
