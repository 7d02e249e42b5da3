"""Visits: who met which customer, when, and what came of it."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, ClassVar

from services.contacts import same
from services.names import fold
from services.tables.cells import joined, shown
from services.tables.directory import Directory
from services.tables.moments import told
from services.tables.noun import Column, Kind, Noun, titled, words
from services.tables.reasons import NotTaken, Why
from services.tables.shape import Draft, Fields, Shape
from services.tables.table import Cell
from services.visits import AHEAD
from storage.journal import encode
from storage.models import Activity, Attendee, Contact, Visit
from storage.tables import Tables

ACTIVITIES = {
    "visit": words("Visit|visited", "拜访|走访|上门"),
    "call": words("Call|phone|phone call", "电话|通话|致电"),
    "meeting": words("Meeting|met", "会议|开会|会面"),
    "demo": words("Demo|demonstration", "演示|展示"),
    "message": words("Message|wechat|email|text", "消息|微信|短信|邮件"),
}
OUTCOMES = {
    "positive": words("Went well|positive|good|great", "顺利|好|很好|不错|积极"),
    "neutral": words("So-so|neutral|ok|average", "一般|还行|中性"),
    "negative": words("Went badly|negative|bad|poor", "不顺利|不好|不顺|消极"),
}
VERDICTS = {
    "there": words("On site|there", "在现场"),
    "far": words("Far away|far", "不在现场"),
    "learnt": words("Position learnt|learnt", "首次记录位置"),
    "vague": words("Position vague|vague", "定位不准"),
    "stale": words("Position old|stale", "定位过期"),
    "picked": words("Position picked|picked", "手选位置"),
    "too fast": words("Too fast", "移动过快"),
}


class Visits(Shape):
    """A visit is found again by who met whom when, how, and what they wrote of it."""

    model = Visit
    stored: ClassVar = {
        "account": "account_id",
        "rep": "rep_id",
        "unit": "unit_id",
        "contacts": "met",
    }
    beside: ClassVar = {"attendees": Attendee}
    owner = "rep_id"
    defaults: ClassVar = {
        "kind": Activity.VISIT,
        "outcome": None,
        "contact_id": None,
        "note": "",
        "next_step": "",
        "all_day": False,
        "product": "",
        "competitor": "",
        "verdict": "",
        "distance": None,
        "attendees": [],
    }

    def place(self, fields: Fields, column: Column, at: datetime, *, all_day: bool) -> None:
        fields["at"], fields["all_day"] = encode(at), all_day

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        ids = {draft.fields["account_id"] for draft in drafts}
        contacts: defaultdict[int, list[Any]] = defaultdict(list)
        if any("met" in draft.fields for draft in drafts):
            for row in await tables.rows(Contact, "account_id", ids, directory.scope):
                contacts[row["account_id"]].append(SimpleNamespace(**row))
        known: defaultdict[Hashable, list[Fields]] = defaultdict(list)
        for row in await tables.rows(Visit, "account_id", ids, directory.scope):
            known[_key(row, directory)].append(row)
        for draft in drafts:
            draft.found = next(iter(known[_key(draft.fields, directory)]), None)
            try:
                _meet(draft, contacts[draft.fields["account_id"]], directory)
            except NotTaken as error:
                draft.reason = error.reason
            if draft.found and draft.fields["all_day"]:
                draft.fields["at"] = draft.found["at"]
        await self.with_beside(tables, [draft.found for draft in drafts if draft.found])

    def values(self, name: str, row: Fields, hanging: Sequence[Fields]) -> list[int]:
        return [each["contact_id"] for each in hanging]

    def hang(self, name: str, row_id: int, row: Fields) -> list[Fields]:
        return [{"visit_id": row_id, "contact_id": each} for each in row["attendees"]]

    def complete(self, fields: Fields, directory: Directory) -> Fields:
        rep = directory.people[fields["rep_id"]]
        return {**self.defaults, "unit_id": rep["unit_id"], **fields}

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        super().check(new, found, directory)
        at = datetime.fromisoformat(new["at"])
        if found is None and at > directory.now + AHEAD:
            on = datetime.fromisoformat(new["at"]).astimezone(self.zone(new, directory)).date()
            today = directory.now.astimezone(self.zone(new, directory)).date()
            if on > today or not new["all_day"]:
                raise NotTaken(Why.IN_FUTURE, "at", text=told(at, self.zone(new, directory)))

    def key(self, fields: Fields) -> Hashable:
        when = (fields["all_day"], fields["at"])
        who = (fields["account_id"], fields["rep_id"])
        return who, when, fields.get("kind", Activity.VISIT), fields.get("note", "")

    def label(self, fields: Fields, directory: Directory) -> str:
        return directory.accounts[fields["account_id"]].name

    async def known(self, tables: Tables, directory: Directory, rows: Sequence[Fields]) -> None:
        await directory.see({row["account_id"] for row in rows} - directory.accounts.keys())
        ids = {row["contact_id"] for row in rows} | {i for row in rows for i in row["attendees"]}
        wanted = ids - {None} - directory.contacts.keys()
        for row in await tables.rows(Contact, "id", wanted, directory.scope):
            directory.contacts[row["id"]] = row["name"]

    def cell(self, column: Column, row: Fields, directory: Directory, language: str) -> Cell:
        if column.kind is Kind.CONTACTS:
            met = [each for each in (row["contact_id"], *row["attendees"]) if each]
            called = (directory.contacts.get(each, "") for each in met)
            return joined(tuple(filter(None, called))) or None
        if column.name == "at" and row["all_day"]:
            at = datetime.fromisoformat(row["at"])
            return told(at, self.zone(row, directory), all_day=True)
        return super().cell(column, row, directory, language)


def _key(fields: Fields, directory: Directory) -> Hashable:
    """A whole day is the same at whatever hour it was written down."""
    shape = VISITS.shape
    at = fields["at"]
    if fields["all_day"]:
        at = str(datetime.fromisoformat(at).astimezone(shape.zone(fields, directory)).date())
    return shape.key({**fields, "at": at})


def _meet(draft: Draft, contacts: Sequence[Any], directory: Directory) -> None:
    """Tell which of an account's contacts were met."""
    texts = draft.fields.pop("met", None)
    if texts is None:
        return
    met = []
    for text in texts:
        found = same(contacts, text)
        if found is None:
            raise NotTaken(Why.UNKNOWN, "contacts", text=shown(text))
        if fold(found.name) != fold(text):
            directory.note("contacts", text, found.name, 90, draft.number)
        directory.contacts[found.id] = found.name
        met.append(found.id)
    met = list(dict.fromkeys(met))
    draft.fields["contact_id"] = met[0] if met else None
    draft.fields["attendees"] = met[1:]


VISITS = Noun(
    "visits",
    titled("Visits", "拜访"),
    (
        Column(
            "account",
            titled("Customer", "客户名称"),
            (
                "account",
                "account name",
                "customer name",
                "company",
                "客户",
                "公司",
                "公司名称",
                "拜访客户",
                "医院",
            ),
            Kind.ACCOUNT,
            required=True,
        ),
        Column(
            "rep",
            titled("Rep", "拜访人"),
            ("sales rep", "salesperson", "owner", "who", "销售", "业务员", "负责人", "客户经理"),
            Kind.PERSON,
            required=True,
        ),
        Column(
            "at",
            titled("When", "拜访时间"),
            ("date", "visited on", "visit date", "time", "日期", "时间", "拜访日期"),
            Kind.INSTANT,
            required=True,
        ),
        Column(
            "unit",
            titled("Unit", "部门"),
            ("department", "team", "region", "团队", "大区", "所属部门"),
            Kind.UNIT,
        ),
        Column(
            "kind",
            titled("Kind", "方式"),
            ("type", "activity", "类型", "拜访方式", "跟进方式"),
            Kind.CHOICE,
            choices=ACTIVITIES,
        ),
        Column(
            "outcome",
            titled("Outcome", "结果"),
            ("result", "how it went", "效果", "拜访结果"),
            Kind.CHOICE,
            choices=OUTCOMES,
        ),
        Column(
            "contacts",
            titled("Met", "见到"),
            ("contact", "contacts", "attendees", "with", "联系人", "拜访对象", "参会人", "见了谁"),
            Kind.CONTACTS,
        ),
        Column(
            "note",
            titled("Note", "备注"),
            ("notes", "comment", "remarks", "summary", "内容", "拜访内容", "说明", "纪要"),
        ),
        Column(
            "next_step",
            titled("Next step", "下一步"),
            ("follow-up", "follow up", "next", "下步计划", "跟进计划", "后续"),
        ),
        Column("product", titled("Product", "产品"), ("products", "产品名称")),
        Column(
            "competitor", titled("Competitor", "竞争对手"), ("competition", "竞品", "竞争品牌")
        ),
        Column(
            "verdict",
            titled("Check-in", "签到"),
            ("check in", "verdict", "签到结果"),
            Kind.CHOICE,
            choices=VERDICTS,
        ),
        Column(
            "distance",
            titled("Distance, m", "距离（米）"),
            ("distance", "metres", "距离"),
            Kind.INTEGER,
        ),
    ),
    ("account", "rep", "at", "kind", "note"),
    shape=Visits(),
)
