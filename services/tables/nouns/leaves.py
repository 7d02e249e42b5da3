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
    Refusal,
)
from services.leaves import Days, fit, may, today_of
from services.tables.directory import Directory
from services.tables.noun import Column, Kind, Noun, titled
from services.tables.reasons import NotTaken, Reason, Why
from services.tables.shape import Draft, Fields, Shape
from storage.models import Leave
from storage.tables import Tables

WHY: dict[type[Refusal], Why] = {
    LeaveBackwards: Why.BACKWARD,
    DeputyIsOneself: Why.BACKWARD,
    LeaveOver: Why.OVER,
    LeaveTooLong: Why.TOO_LONG_AWAY,
    LeaveTooFar: Why.TOO_LONG_AWAY,
    GonePerson: Why.DEPUTY,
    DeputyTooLow: Why.DEPUTY,
}


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
                _look(draft, theirs[draft.fields["person_id"]])

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        """As in `services.leaves`; HQ may take in what is over, as a record of it."""
        person = SimpleNamespace(**directory.people[new["person_id"]])
        deputy_id = new["deputy_id"]
        deputy = SimpleNamespace(**directory.people[deputy_id]) if deputy_id else None
        days = Days(date.fromisoformat(new["starts_on"]), date.fromisoformat(new["ends_on"]))
        record = found is None and directory.scope.everything
        record = record and days.first <= days.last < today_of(person, directory.now)
        if not record:
            if not may(directory.asker, directory.scope, person):
                raise NotTaken(Why.NOT_YOURS)
            try:
                fit(person, days, deputy, now=directory.now)
            except Refusal as refusal:
                why = WHY[type(refusal)]
                raise NotTaken(why, name=deputy.name if deputy else "") from None
        told = directory.away.setdefault(person.id, [])
        if _meets(new, told):
            raise NotTaken(Why.OVERLAP)
        told.append((new["starts_on"], new["ends_on"]))

    def key(self, fields: Fields) -> Hashable:
        return fields["person_id"], fields["starts_on"]

    def label(self, fields: Fields, directory: Directory) -> str:
        return str(directory.people[fields["person_id"]]["name"])


def _look(draft: Draft, rows: Sequence[Fields]) -> None:
    """Somebody who is away already isn't away once more."""
    there = [(row["starts_on"], row["ends_on"]) for row in rows if row is not draft.found]
    if _meets(draft.fields, there):
        draft.reason = Reason(Why.OVERLAP)


def _meets(fields: Fields, days: Sequence[tuple[str, str]]) -> bool:
    starts, ends = fields["starts_on"], fields["ends_on"]
    return any(starts <= until and since <= ends for since, until in days)


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
