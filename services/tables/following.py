"""What goes along with the rows that a table changes, in the same change, as it does in chat.

With people who move go their accounts, their open deals and what they have to do; with accounts
that change hands what is open of them (`services.posts`, `services.handover`).
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from services.access import scope_of
from services.errors import NotAllowed
from services.tables.concerned import Concerned
from services.tables.losing import note
from storage.bulk import Job
from storage.losses import Losses
from storage.models import Account, Base, Deal, Person, Reminder, Role
from storage.scope import Scope
from storage.tables import chunks
from storage.work import Work

Row = dict[str, Any]
Change = tuple[int, Row, Row]
"""A row by its id: the changed columns as they were, and as they are going to be."""
WATCHED: Mapping[type[Base], Collection[str]] = {
    Account: frozenset({"owner_id", "unit_id"}),
    Person: frozenset({"unit_id", "role", "active"}),
}
THEIRS: Mapping[type[Base], tuple[str, str]] = {
    Account: ("owner_id", ""),
    Deal: ("owner_id", "closed_at"),
    Reminder: ("person_id", "done_at"),
}
"""Of what goes along, the column of whose it is, and the one that says when it was over."""


async def follow(work: Work, jobs: Iterable[Job], losses: Losses) -> Concerned:
    """Before a table is written, change what goes along; returns whom all of it concerns.

    Raises NotAllowed where the asker was at HQ until a moment ago, and changes posts.
    """
    follower = _Follower(work, losses)
    for job in jobs:
        watched = WATCHED.get(job.model, ())
        if job.kind == "update" and not set(watched).isdisjoint(job.names):
            rows = await asyncio.to_thread(_rows, job)
            for some in chunks(rows):
                await follower.lead(job.model, some)
    return follower.concerned


def _rows(job: Job) -> list[tuple[int, Row]]:
    watched = WATCHED[job.model]
    return [
        (values[-1], {n: v for n, v in zip(job.names, values, strict=False) if n in watched})
        for values in job.rows
    ]


class _Follower:
    """Finds and changes what goes along with some hundred rows at a time."""

    def __init__(self, work: Work, losses: Losses) -> None:
        self.work, self.losses = work, losses
        self.concerned = Concerned()

    async def lead(self, model: type[Base], rows: Sequence[tuple[int, Row]]) -> None:
        """Some rows are going to be changed."""
        before = await self.work.tables.numbered(model, [key for key, _after in rows])
        changes = []
        for key, after in rows:
            was = {name: before[key][name] for name in after}
            changed = {name: value for name, value in after.items() if was[name] != value}
            if changed:
                changes.append((key, {name: was[name] for name in changed}, changed))
                self.concerned.note(model, key, was, after)
        if model is Person:
            await self._people(changes)
        else:
            await self._accounts(changes, before)

    async def _people(self, changes: Sequence[Change]) -> None:
        if any(not {"role", "active"}.isdisjoint(after) for _key, _was, after in changes):
            await self._still_there()
        for key, _was, after in changes:
            if not after.get("active", True):
                for invite in await self.work.invites.open_for(key, self.work.author.at):
                    invite.expires_at = self.work.author.at
        await self.work.people.flush()
        units = {key: after["unit_id"] for key, _was, after in changes if "unit_id" in after}
        theirs = Scope(self.losses.author or 0, everything=True)  # what is theirs goes with them
        for model, (whose, _over) in THEIRS.items():
            found = await self._open(model, whose, units, theirs)
            await self._along(model, found, _there(units, whose))

    async def _still_there(self) -> None:
        """Whether an asker at HQ was not ended or given another role meanwhile; locks HQ."""
        heads = await self.work.people.heads()
        asker = await self.work.people.get(self.losses.author or 0)
        at_hq = asker.role >= Role.HQ or not asker.active
        if at_hq and asker.id not in {each.id for each in heads}:
            raise NotAllowed(role=Role.HQ.name.lower())

    async def _accounts(self, changes: Sequence[Change], before: Mapping[int, Row]) -> None:
        given = {
            key: (was["owner_id"], {**before[key], **after})
            for key, was, after in changes
            if "owner_id" in after
        }
        if not given:
            return
        asker = await self.work.people.get(self.losses.author or 0)
        scope = await scope_of(self.work, asker)
        for model, name in ((Deal, "owner_id"), (Reminder, "person_id")):
            found = await self._open(model, "account_id", given, scope)
            theirs = [row for row in found if row[name] == given[row["account_id"]][0]]
            await self._along(model, theirs, _new(given, name))

    async def _open(
        self, model: type[Base], column: str, values: Collection[int], scope: Scope
    ) -> list[Row]:
        """The rows with one of these values that are not over, locked."""
        over = THEIRS[model][1]
        found = await self.work.tables.rows(model, column, values, scope)
        ids = sorted(row["id"] for row in found if not (over and row[over]))
        rows: list[Row] = []
        for some in chunks(ids):
            locked = (await self.work.tables.numbered(model, some)).values()
            rows += [row for row in locked if row[column] in values and not (over and row[over])]
        return rows

    async def _along(
        self, model: type[Base], rows: Sequence[Row], new: Callable[[Row], Row]
    ) -> None:
        """Change rows as those change that they go along with."""
        changes: list[tuple[int, Row]] = []
        entries: list[Row] = []
        for row in rows:
            after = {name: value for name, value in new(row).items() if row[name] != value}
            if after:
                was = {name: row[name] for name in after}
                key = row["id"]
                changes.append((key, after))
                entries.append(
                    {"noun": model.__tablename__, "key": key, "before": was, "after": after}
                )
                note(self.losses, model, row, {**row, **after})
        jobs = self.work.tables.jobs()
        jobs.update(model, changes)
        jobs.journal(entries)
        await self.work.tables.write(jobs.done)


def _there(units: Mapping[int, int], whose: str) -> Callable[[Row], Row]:
    """What becomes of what goes where its owner goes."""
    return lambda row: {"unit_id": units[row[whose]]}


def _new(given: Mapping[int, tuple[int, Row]], name: str) -> Callable[[Row], Row]:
    """What becomes of something that is open at an account: it is whose the account is."""

    def new(row: Row) -> Row:
        account = given[row["account_id"]][1]
        return {name: account["owner_id"], "unit_id": account["unit_id"]}

    return new
