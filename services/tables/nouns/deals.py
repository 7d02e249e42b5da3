"""Deals."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import ClassVar

from services.deals import CLOSED
from services.names import fold
from services.tables.directory import Directory
from services.tables.money import Sum, major_units, minor_units
from services.tables.noun import Column, Kind, Noun, titled, words
from services.tables.reasons import NotTaken, Why
from services.tables.shape import Draft, Fields, Shape
from services.tables.table import Cell
from storage.journal import encode
from storage.models import Deal, Stage
from storage.tables import Tables

STAGES = {
    "lead": words("Lead|prospect", "线索|商机"),
    "qualified": words("Qualified|qualification", "已确认|需求确认|有意向|意向"),
    "proposal": words("Proposal|quote|quoted|quotation|offer", "报价|已报价|方案"),
    "negotiation": words("Negotiation|negotiating|contract", "谈判|商务谈判|议价|合同"),
    "won": words("Won|closed won|signed", "赢单|成交|签单|签约|已签约"),
    "lost": words("Lost|closed lost", "输单|丢单|失单|丢了"),
}


class Deals(Shape):
    """A deal is found again by its number, else at its account by its name and its beginning."""

    model = Deal
    stored: ClassVar = {
        "account": "account_id",
        "owner": "owner_id",
        "unit": "unit_id",
        "created": "created_at",
        "closes": "closes_on",
        "closed": "closed_at",
    }
    owner = "owner_id"
    defaults: ClassVar = {
        "stage": Stage.LEAD,
        "amount": 0,
        "closes_on": None,
        "closed_at": None,
        "note": "",
        "code": "",
    }

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        codes = {code for draft in drafts if (code := draft.fields.get("code"))}
        coded = defaultdict(list)
        for row in await tables.rows(Deal, "code", codes, directory.scope):
            coded[row["code"]].append(row)
        ids = {draft.fields["account_id"] for draft in drafts}
        named = defaultdict(list)
        for row in await tables.rows(Deal, "account_id", ids, directory.scope):
            named[row["account_id"], fold(row["name"])].append(row)
        for draft in drafts:
            fields = draft.fields
            code = fields.get("code")
            alike = named[fields["account_id"], fold(fields["name"])]
            alike = [each for each in alike if not (code and each["code"])]
            try:
                draft.found = _only(fields, (coded[code] if code else []) or _begun(fields, alike))
                _settle(fields, draft.found, directory)
            except NotTaken as error:
                draft.reason = error.reason

    def complete(self, fields: Fields, directory: Directory) -> Fields:
        account = directory.accounts[fields["account_id"]]
        owner = directory.people[fields.get("owner_id", account.owner_id)]
        unit_id = owner["unit_id"] if "owner_id" in fields else account.unit_id
        now = encode(directory.now)
        own = {"owner_id": owner["id"], "unit_id": unit_id, "created_at": now}
        new = {**self.defaults, **own, "currency": directory.currency, **fields}
        closed = new["stage"] in CLOSED
        new["closed_at"] = (new["closed_at"] or now) if closed else None
        return new

    def changed(self, fields: Fields, found: Fields, directory: Directory) -> Fields:
        """A stage that ends a deal says when, and one that doesn't opens it again."""
        new = dict(fields)
        closed = new.get("stage", found["stage"]) in CLOSED
        if not closed:
            new["closed_at"] = None
        elif not found["closed_at"]:
            new.setdefault("closed_at", encode(directory.now))
        if new.get("owner_id", found["owner_id"]) != found["owner_id"]:
            new.setdefault("unit_id", directory.people[new["owner_id"]]["unit_id"])
        return super().changed(new, found, directory)

    def key(self, fields: Fields) -> Hashable:
        named = fields["account_id"], fold(fields["name"]), fields.get("created_at")
        return fields.get("code") or named

    async def known(self, tables: Tables, directory: Directory, rows: Sequence[Fields]) -> None:
        await directory.see({row["account_id"] for row in rows} - directory.accounts.keys())

    def cell(self, column: Column, row: Fields, directory: Directory, language: str) -> Cell:
        if column.kind is Kind.AMOUNT:
            return major_units(row["amount"], row["currency"])
        return super().cell(column, row, directory, language)


def _begun(fields: Fields, alike: list[Fields]) -> list[Fields]:
    """Those of one name that began when the row says; without that the one that is open."""
    if begun := fields.get("created_at"):
        return [each for each in alike if each["created_at"] == begun]
    opened = [each for each in alike if each["closed_at"] is None]
    return opened if len(alike) > 1 and opened else alike


def _only(fields: Fields, found: list[Fields]) -> Fields | None:
    if len(found) > 1:
        amount = str(len(found))
        raise NotTaken(Why.AMBIGUOUS, "name", text=fields["name"], candidates=amount)
    return found[0] if found else None


def _settle(fields: Fields, found: Fields | None, directory: Directory) -> None:
    """Count a sum in the coins of its currency, once that is known."""
    total = fields.get("amount")
    if isinstance(total, Sum):
        known = found["currency"] if found else directory.currency
        currency = total.currency or fields.get("currency") or known
        if fields.get("currency", currency) != currency:
            text = f"{total.value:f} {total.currency}"
            raise NotTaken(Why.UNREADABLE, "amount", text=text)
        fields["amount"] = minor_units(total.value, currency, "amount")
        fields["currency"] = currency
    elif found:
        fields.pop("currency", None)  # a sum doesn't become another because its coin does


DEALS = Noun(
    "deals",
    titled("Deals", "商机"),
    (
        Column(
            "code",
            titled("Deal number", "商机编号"),
            ("code", "deal id", "opportunity id", "编号", "项目编号", "合同编号"),
            Kind.CODE,
        ),
        Column(
            "account",
            titled("Customer", "客户名称"),
            ("account", "account name", "customer name", "company", "客户", "公司", "公司名称"),
            Kind.ACCOUNT,
            required=True,
        ),
        Column(
            "name",
            titled("Deal", "商机"),
            (
                "name",
                "deal name",
                "opportunity",
                "opportunity name",
                "project",
                "商机名称",
                "项目",
                "项目名称",
                "名称",
            ),
            required=True,
        ),
        Column(
            "owner",
            titled("Owner", "负责人"),
            (
                "deal owner",
                "rep",
                "sales rep",
                "salesperson",
                "销售",
                "客户经理",
                "业务员",
                "归属人",
            ),
            Kind.PERSON,
        ),
        Column(
            "unit",
            titled("Unit", "部门"),
            ("department", "team", "region", "团队", "大区", "所属部门"),
            Kind.UNIT,
        ),
        Column(
            "stage",
            titled("Stage", "阶段"),
            ("deal stage", "sales stage", "status", "销售阶段", "商机阶段", "状态"),
            Kind.CHOICE,
            choices=STAGES,
        ),
        Column(
            "amount",
            titled("Amount", "金额"),
            ("value", "deal value", "sum", "price", "total", "预计金额", "合同金额", "商机金额"),
            Kind.AMOUNT,
        ),
        Column("currency", titled("Currency", "币种"), ("货币",), Kind.CURRENCY),
        Column(
            "created",
            titled("Opened", "创建时间"),
            ("created", "created at", "created on", "创建日期", "立项日期", "建立时间"),
            Kind.INSTANT,
        ),
        Column(
            "closes",
            titled("Expected close", "预计成交"),
            ("closes on", "close date", "expected", "预计成交日期", "预计签约日期", "预计结单"),
            Kind.DATE,
        ),
        Column(
            "closed",
            titled("Closed", "关闭时间"),
            ("closed at", "closed on", "成交日期", "结单日期", "关闭日期"),
            Kind.INSTANT,
        ),
        Column("note", titled("Note", "备注"), ("notes", "comment", "remarks", "说明", "描述")),
    ),
    ("code", "account", "name", "created"),
    shape=Deals(),
)
