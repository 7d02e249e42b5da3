"""Leaves: who is away, from when to when, and who stands in."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import ClassVar

from services.tables.directory import Directory
from services.tables.noun import Column, Kind, Noun, titled
from services.tables.reasons import NotTaken, Why
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
        for row in await tables.rows(Leave, "person_id", ids, directory.scope):
            known[self.key(row)].append(row)
        for draft in drafts:
            draft.found = next(iter(known[self.key(draft.fields)]), None)

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        person = directory.people[new["person_id"]]
        if not directory.covers(person["id"], person["unit_id"]):
            raise NotTaken(Why.NOT_YOURS)
        deputy = directory.people.get(new["deputy_id"] or 0)
        if deputy and not directory.covers(deputy["id"], deputy["unit_id"]):
            raise NotTaken(Why.NOT_YOURS)
        if new["ends_on"] < new["starts_on"] or new["deputy_id"] == new["person_id"]:
            raise NotTaken(Why.BACKWARD)

    def key(self, fields: Fields) -> Hashable:
        return fields["person_id"], fields["starts_on"]

    def label(self, fields: Fields, directory: Directory) -> str:
        return str(directory.people[fields["person_id"]]["name"])


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
