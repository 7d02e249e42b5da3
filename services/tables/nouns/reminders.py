"""Reminders: what is to be done, by whom and when."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import ClassVar

from services.recurrence import following
from services.tables.cells import shown
from services.tables.directory import Directory
from services.tables.moments import told
from services.tables.noun import Column, Kind, Noun, titled
from services.tables.reasons import NotTaken, Why
from services.tables.shape import Draft, Fields, Shape
from services.tables.table import Cell
from services.times import wall
from storage.models import Reminder
from storage.tables import Tables


class Reminders(Shape):
    """A reminder is found again by who has to do what by when, and for which account."""

    model = Reminder
    stored: ClassVar = {
        "person": "person_id",
        "due": "due_at",
        "account": "account_id",
        "unit": "unit_id",
        "done": "done_at",
    }
    owner = "person_id"
    defaults: ClassVar = {
        "text": "",
        "all_day": False,
        "rule": "",
        "account_id": None,
        "visit_id": None,
        "done_at": None,
    }

    def place(self, fields: Fields, column: Column, at: datetime, *, all_day: bool) -> None:
        super().place(fields, column, at, all_day=all_day)
        if column.name == "due":
            fields["all_day"] = all_day

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        ids = {draft.fields["person_id"] for draft in drafts}
        known: defaultdict[Hashable, list[Fields]] = defaultdict(list)
        for row in await tables.rows(Reminder, "person_id", ids, directory.scope):
            known[_key(row, directory)].append(row)
        for draft in drafts:
            draft.found = next(iter(known[_key(draft.fields, directory)]), None)
            if draft.found and draft.fields["all_day"]:
                draft.fields["due_at"] = draft.found["due_at"]

    def complete(self, fields: Fields, directory: Directory) -> Fields:
        person = directory.people[fields["person_id"]]
        return {**self.defaults, "unit_id": person["unit_id"], **fields}

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        super().check(new, found, directory)
        if new["rule"]:
            due = wall(datetime.fromisoformat(new["due_at"]), self.zone(new, directory))
            try:
                following(new["rule"], due, due)
            except (ValueError, TypeError, KeyError, IndexError):
                raise NotTaken(Why.UNREADABLE, "rule", text=shown(new["rule"])) from None

    def key(self, fields: Fields) -> Hashable:
        due = (fields["all_day"], fields["due_at"])
        return fields["person_id"], fields.get("text", ""), due, fields.get("account_id")

    def label(self, fields: Fields, directory: Directory) -> str:
        account = fields.get("account_id")
        return fields.get("text") or (directory.accounts[account].name if account else "")

    async def known(self, tables: Tables, directory: Directory, rows: Sequence[Fields]) -> None:
        ids = {row["account_id"] for row in rows} - {None}
        await directory.see(ids - directory.accounts.keys())

    def cell(self, column: Column, row: Fields, directory: Directory, language: str) -> Cell:
        if column.name == "due" and row["all_day"]:
            due = datetime.fromisoformat(row["due_at"])
            return told(due, self.zone(row, directory), all_day=True)
        return super().cell(column, row, directory, language)


def _key(fields: Fields, directory: Directory) -> Hashable:
    """A whole day is the same at whatever hour it was written down."""
    shape = REMINDERS.shape
    due = fields["due_at"]
    if fields["all_day"]:
        due = str(datetime.fromisoformat(due).astimezone(shape.zone(fields, directory)).date())
    return shape.key({**fields, "due_at": due})


REMINDERS = Noun(
    "reminders",
    titled("Reminders", "待办"),
    (
        Column(
            "person",
            titled("Who", "负责人"),
            ("person", "owner", "rep", "assignee", "责任人", "销售", "执行人"),
            Kind.PERSON,
            required=True,
        ),
        Column(
            "text",
            titled("To do", "事项"),
            ("task", "text", "reminder", "what", "subject", "待办", "内容", "任务", "提醒"),
        ),
        Column(
            "due",
            titled("Due", "到期时间"),
            (
                "due date",
                "due on",
                "when",
                "date",
                "deadline",
                "截止日期",
                "日期",
                "时间",
                "提醒时间",
            ),
            Kind.INSTANT,
            required=True,
        ),
        Column("rule", titled("Repeats", "重复"), ("recurrence", "rule", "周期")),
        Column(
            "account",
            titled("Customer", "客户名称"),
            ("account", "account name", "customer name", "company", "客户", "公司"),
            Kind.ACCOUNT,
        ),
        Column(
            "unit",
            titled("Unit", "部门"),
            ("department", "team", "region", "团队", "大区", "所属部门"),
            Kind.UNIT,
        ),
        Column("done", titled("Done", "完成时间"), ("done at", "completed", "完成"), Kind.INSTANT),
    ),
    ("person", "text", "due", "account"),
    shape=Reminders(),
)
