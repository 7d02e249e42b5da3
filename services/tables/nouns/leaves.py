"""Leaves: who is away, from when to when, and who stands in."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import ClassVar

from services.errors import (
    DeputyIsOneself,
    DeputyTooLow,
    GonePerson,
    LeaveBackwards,
    LeaveOver,
    LeaveTooFar,
    LeaveTooLong,
)
from services.leaves import Days, fit, may
from services.tables.directory import Directory
from services.tables.noun import Column, Kind, Noun, titled
from services.tables.reasons import NotTaken, Reason, Why
from services.tables.shape import Draft, Fields, Shape
from storage.models import Leave
from storage.tables import Tables


class Leaves(Shape):
    """A leave is found again by whose it is and when it begins."""

    model = Leave
    stored: ClassVar = {
        "person": "person_id",
        "starts": "starts_on",
        "ends": "ends_on",
        "deputy": "deputy_id",
    }
    defaults: ClassVar = {"deputy_id": None}

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        ids = {draft.fields["person_id"] for draft in drafts}
        known: defaultdict[Hashable, list[Fields]] = defaultdict(list)
        rows = await tables.rows(Leave, "person_id", ids, directory.scope)
        theirs: defaultdict[int, list[Fields]] = defaultdict(list)
        for row in rows:
            known[self.key(row)].append(row)
            theirs[row["person_id"]].append(row)
        for draft in drafts:
            draft.found = next(iter(known[self.key(draft.fields)]), None)
            if not draft.found or draft.fields["ends_on"] != draft.found["ends_on"]:
                _look(draft, theirs[draft.fields["person_id"]], directory)

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        """As in `services.leaves`; HQ may take in what is over, as a record of it."""
        person = SimpleNamespace(**directory.people[new["person_id"]])
        deputy_id = new["deputy_id"]
        deputy = SimpleNamespace(**directory.people[deputy_id]) if deputy_id else None
        past = found is None and directory.scope.everything
        if not (past or may(directory.asker, directory.scope, person)):
            raise NotTaken(Why.NOT_YOURS)
        days = Days(date.fromisoformat(new["starts_on"]), date.fromisoformat(new["ends_on"]))
        try:
            fit(person, days, deputy, now=directory.now)
        except (LeaveBackwards, DeputyIsOneself):
            raise NotTaken(Why.BACKWARD) from None
        except LeaveOver:
            if not past:
                raise NotTaken(Why.OVER) from None
        except (LeaveTooLong, LeaveTooFar):
            raise NotTaken(Why.TOO_LONG_AWAY) from None
        except (GonePerson, DeputyTooLow):
            name = deputy.name if deputy else ""
            raise NotTaken(Why.DEPUTY, name=name) from None
        else:
            if not person.active:
                raise NotTaken(Why.NOT_YOURS)

    def key(self, fields: Fields) -> Hashable:
        return fields["person_id"], fields["starts_on"]

    def label(self, fields: Fields, directory: Directory) -> str:
        return str(directory.people[fields["person_id"]]["name"])


def _look(draft: Draft, rows: Sequence[Fields], directory: Directory) -> None:
    """Somebody who is away already, by the calendar or a row before, isn't away once more."""
    fields = draft.fields
    whose, starts, ends = fields["person_id"], fields["starts_on"], fields["ends_on"]
    told = directory.away.setdefault(whose, [])
    there = [(row["starts_on"], row["ends_on"]) for row in rows if row is not draft.found]
    same = {(starts, ends)} & {*told}  # the same row twice is said to be that
    if not same and any(starts <= until and since <= ends for since, until in (*there, *told)):
        draft.reason = Reason(Why.OVERLAP)
    else:
        told.append((starts, ends))


LEAVES = Noun(
    "leaves",
    titled("Leaves", "请假"),
    (
        Column(
            "person",
            titled("Who", "姓名"),
            ("person", "name", "employee", "rep", "员工", "请假人", "销售"),
            Kind.PERSON,
            required=True,
        ),
        Column(
            "starts",
            titled("From", "开始日期"),
            ("starts on", "start", "start date", "first day", "开始", "起始日期"),
            Kind.DATE,
            required=True,
        ),
        Column(
            "ends",
            titled("Until", "结束日期"),
            ("to", "ends on", "end", "end date", "last day", "结束", "截止日期"),
            Kind.DATE,
            required=True,
        ),
        Column(
            "deputy",
            titled("Deputy", "代理人"),
            ("stand-in", "stands in", "cover", "covered by", "代班人", "代管人"),
            Kind.PERSON,
        ),
    ),
    ("person", "starts", "ends"),
    shape=Leaves(),
)
