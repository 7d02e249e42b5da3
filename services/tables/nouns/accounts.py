"""Accounts and the other names they go by."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import ClassVar

from services import names, phones
from services.names import fold
from services.tables.aliases import least, others, written
from services.tables.directory import Directory
from services.tables.noun import Column, Kind, Noun, titled, words
from services.tables.reasons import NotTaken, Why
from services.tables.resemblance import Resemblance, resemblances
from services.tables.shape import Draft, Fields, Shape
from services.tables.table import Cell
from storage.models import Account, AccountKey, Lifecycle, Tier
from storage.tables import Tables

TIERS = {
    "A": words("A|tier a|key|key account", "A|A级|A类|重点|重点客户"),
    "B": words("B|tier b", "B|B级|B类"),
    "C": words("C|tier c", "C|C级|C类|普通"),
}
LIFECYCLES = {
    "prospect": words("prospect|lead|potential", "潜在客户|潜在|意向客户"),
    "new": words("new customer|new", "新客户|新增|新"),
    "active": words("active|customer|existing", "活跃|合作中|老客户|成交客户"),
    "dormant": words("dormant|inactive|sleeping", "沉睡|休眠|不活跃"),
    "lost": words("lost|churned", "流失|已流失"),
}


class Accounts(Shape):
    """An account is found again by its number, else by a name of which it is the only one.

    Other names are only ever added: those that a table doesn't have may have been said in chat.
    """

    model = Account
    stored: ClassVar = {"owner": "owner_id", "unit": "unit_id", "point": "latitude"}
    beside: ClassVar = {"aliases": AccountKey}
    owner = "owner_id"
    likely = ("name",)
    defaults: ClassVar = {
        "tier": Tier.C,
        "lifecycle": Lifecycle.NEW,
        "city": "",
        "code": "",
        "phone": "",
        "phone_digits": "",
        "tax_number": "",
        "latitude": None,
        "longitude": None,
        "aliases": [],
    }

    def put(
        self, fields: Fields, column: Column, value: object, number: int, directory: Directory
    ) -> None:
        super().put(fields, column, value, number, directory)
        if column.kind is Kind.PHONE:
            fields["phone_digits"] = phones.digits(fields["phone"])

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        codes, named = await _seen(tables, directory, drafts)
        alike = await resemblances(tables, directory, [each.fields for each in drafts])
        for draft in drafts:
            try:
                found = _meant(draft.fields, codes, named, directory)
                if found is None:
                    found = _resembling(draft, alike, directory)
            except NotTaken as error:
                draft.reason = error.reason
            else:
                draft.found = {"id": found} if found else None
        ids = {draft.found["id"] for draft in drafts if draft.found}
        rows = await tables.rows(Account, "id", ids, directory.scope)
        whole = {row["id"]: row for row in await self.with_beside(tables, rows)}
        for draft in drafts:
            if draft.found:
                draft.found = whole[draft.found["id"]]
                _keep_name(draft.fields, draft.found)

    def values(self, name: str, row: Fields, hanging: Sequence[Fields]) -> list[str]:
        keys = {each["key"] for each in hanging if not each["sound"]}
        return sorted(keys - written(row["name"]))

    def hang(self, name: str, row_id: int, row: Fields) -> list[Fields]:
        found = names.keys(row["name"]) | dict.fromkeys(row["aliases"], False)
        for alias in row["aliases"]:
            for key, sound in names.keys(alias).items():
                if sound:
                    found.setdefault(key, sound)
        return [{"account_id": row_id, "key": key, "sound": found[key]} for key in found]

    def complete(self, fields: Fields, directory: Directory) -> Fields:
        owner = directory.people[fields.get("owner_id", directory.asker.id)]
        own = {"owner_id": owner["id"], "unit_id": owner["unit_id"]}
        new = {**self.defaults, **own, **fields}
        new["aliases"] = others(new["name"], new["aliases"])
        return new

    def changed(self, fields: Fields, found: Fields, directory: Directory) -> Fields:
        """Whoever gets an account has it in their unit, unless another one is named."""
        new = dict(fields)
        if new.get("owner_id", found["owner_id"]) != found["owner_id"]:
            new.setdefault("unit_id", directory.people[new["owner_id"]]["unit_id"])
        name = str(new.get("name", found["name"]))
        if "aliases" in new or name != found["name"]:
            before = written(found["name"]) if name != found["name"] else set()
            new["aliases"] = sorted(
                {*others(name, new.get("aliases", [])), *found["aliases"], *before} - written(name)
            )
        return super().changed(new, found, directory)

    def key(self, fields: Fields) -> Hashable:
        return fields.get("code") or (fold(fields["name"]), fields.get("owner_id"))

    def cell(self, column: Column, row: Fields, directory: Directory, language: str) -> Cell:
        if column.kind is Kind.POINT:
            has = row["latitude"] is not None and row["longitude"] is not None
            return f"{row['latitude']!r}, {row['longitude']!r}" if has else None
        if column.kind is Kind.NAMES:
            row = {**row, "aliases": least(row["name"], row["aliases"])}
        return super().cell(column, row, directory, language)


async def _seen(
    tables: Tables, directory: Directory, drafts: Sequence[Draft]
) -> tuple[dict[str, list[int]], dict[str, set[int]]]:
    """Whose numbers and names those of some rows are, of everybody's accounts."""
    codes: defaultdict[str, list[int]] = defaultdict(list)
    wanted = {code for draft in drafts if (code := draft.fields.get("code"))}
    for row in await tables.sightings("code", wanted):
        codes[directory.sight(row).code].append(row[0])
    named: defaultdict[str, set[int]] = defaultdict(set)
    keys = {fold(draft.fields["name"]) for draft in drafts} - {""}
    for key, sound, account_id in await tables.named(keys):
        if not sound:
            named[key].add(account_id)
    ids = {each for several in named.values() for each in several}
    await directory.see(ids - directory.accounts.keys())
    return codes, named


def _meant(
    fields: Fields, codes: dict[str, list[int]], named: dict[str, set[int]], directory: Directory
) -> int | None:
    """The account that a row is about; NotTaken when it is another's, or may be several."""
    code, owner = fields.get("code"), fields.get("owner_id")
    seen = directory.accounts
    found = codes.get(code, []) if code else []
    if not found:
        alike = named.get(fold(fields["name"]), ())
        found = sorted(each for each in alike if not (code and seen[each].code))
        wanted = fold(fields["name"])
        found = [each for each in found if fold(seen[each].name) == wanted] or found
    owned = [each for each in found if seen[each].owner_id == owner]
    opened = [each for each in found if seen[each].open]
    found = owned or opened or found
    if len(found) > 1:
        offered = ", ".join(directory.spelt("accounts", each) for each in found[:3])
        raise NotTaken(Why.AMBIGUOUS, "name", text=fields["name"], candidates=offered)
    if found and not seen[found[0]].open:
        holder = directory.people[seen[found[0]].owner_id]["name"]
        raise NotTaken(Why.OF_ANOTHER, account=seen[found[0]].name, owner=holder)
    return found[0] if found else None


def _resembling(draft: Draft, alike: Resemblance, directory: Directory) -> int | None:
    """The account that a new one is like, which is shown, and may be said not to be it."""
    fields = draft.fields
    near = alike.of(fields)
    if near is None or ("name", fields["name"]) in (directory.refused or ()):
        return None
    found, likeness = near
    seen = directory.accounts[found]
    meant = directory.spelt("accounts", found)
    directory.note("name", fields["name"], meant, likeness, draft.number)
    if not seen.open:
        holder = directory.people[seen.owner_id]["name"]
        raise NotTaken(Why.OF_ANOTHER, account=seen.name, owner=holder)
    return found


def _keep_name(fields: Fields, found: Fields) -> None:
    """What is called by another of its names, or written a little otherwise, isn't renamed."""
    by_code = fields.get("code") and fields["code"] == found["code"]
    if not by_code or fold(fields["name"]) == fold(found["name"]):
        fields["name"] = found["name"]


ACCOUNTS = Noun(
    "accounts",
    titled("Accounts", "客户"),
    (
        Column(
            "code",
            titled("Customer number", "客户编号"),
            ("code", "account id", "account number", "customer id", "编号", "客户代码", "客户号"),
            Kind.CODE,
        ),
        Column(
            "name",
            titled("Customer", "客户名称"),
            (
                "account",
                "account name",
                "customer name",
                "company",
                "company name",
                "name",
                "client",
                "hospital",
                "客户",
                "公司",
                "公司名称",
                "企业名称",
                "单位名称",
                "名称",
                "医院",
            ),
            required=True,
        ),
        Column(
            "aliases",
            titled("Also called", "别名"),
            ("alias", "aliases", "short name", "aka", "简称", "其他名称", "曾用名"),
            Kind.NAMES,
        ),
        Column(
            "owner",
            titled("Owner", "负责人"),
            (
                "account owner",
                "rep",
                "sales rep",
                "salesperson",
                "销售",
                "归属人",
                "客户经理",
                "业务员",
                "跟进人",
                "所有人",
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
            "tier",
            titled("Tier", "等级"),
            ("class", "level", "grade", "客户等级", "级别", "客户级别", "分级"),
            Kind.CHOICE,
            choices=TIERS,
        ),
        Column(
            "lifecycle",
            titled("Status", "状态"),
            ("lifecycle", "customer status", "account status", "客户状态", "阶段", "生命周期"),
            Kind.CHOICE,
            choices=LIFECYCLES,
        ),
        Column("city", titled("City", "城市"), ("town", "location", "所在城市", "地区", "市")),
        Column(
            "phone",
            titled("Phone", "电话"),
            ("telephone", "phone number", "tel", "mobile", "联系电话", "电话号码", "手机", "座机"),
            Kind.PHONE,
        ),
        Column(
            "tax_number",
            titled("Tax number", "税号"),
            (
                "tax id",
                "vat",
                "vat number",
                "uscc",
                "credit code",
                "统一社会信用代码",
                "社会信用代码",
                "纳税人识别号",
            ),
            Kind.TAX_NUMBER,
        ),
        Column(
            "point",
            titled("Position", "位置"),
            ("coordinates", "point", "lat lon", "latitude longitude", "坐标", "经纬度"),
            Kind.POINT,
        ),
    ),
    ("code", "name"),
    shape=Accounts(),
)
