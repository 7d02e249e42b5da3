"""People and the groups they are in."""

from collections.abc import Hashable, Sequence
from types import SimpleNamespace
from typing import ClassVar

from services.names import fold
from services.posts import is_theirs
from services.tables.directory import Directory
from services.tables.noun import Column, Kind, Noun, titled, words
from services.tables.reasons import NotTaken, Why
from services.tables.shape import Draft, Fields, Shape
from storage.models import Membership, Person, Role
from storage.tables import Tables

ROLES = {
    "1": words("rep|sales rep|sales|salesperson", "销售|销售代表|业务员|代表"),
    "2": words("manager|sales manager|team lead", "经理|销售经理|主管"),
    "3": words("HQ|headquarters|admin", "总部|管理员"),
}
POST = frozenset({"role", "unit_id", "active"})
SETTINGS = frozenset({"language", "zone", "quiet_from", "quiet_to", "save_at_once"})
LANGUAGES = {"en": words("English|en", "英文|英语"), "zh": words("Chinese|zh|中文", "中文|汉语")}


class People(Shape):
    """A person is found again by their number, else by their name, which must be theirs alone."""

    model = Person
    stored: ClassVar = {"unit": "unit_id"}
    beside: ClassVar = {"groups": Membership}
    defaults: ClassVar = {
        "role": int(Role.REP),
        "quiet_from": None,
        "quiet_to": None,
        "active": True,
        "save_at_once": False,
        "code": "",
        "groups": [],
    }

    def put(
        self, fields: Fields, column: Column, value: object, number: int, directory: Directory
    ) -> None:
        super().put(fields, column, value, number, directory)
        if column.name == "role":
            fields["role"] = int(fields["role"])

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        codes = {row["code"]: row for row in directory.people.values() if row["code"]}
        for draft in drafts:
            fields = draft.fields
            named = [
                each
                for each in directory.people.values()
                if fold(each["name"]) == fold(fields["name"])
                and not (fields.get("code") and each["code"])
            ]
            try:
                draft.found = codes.get(fields.get("code", "")) or _meant(fields, named)
            except NotTaken as error:
                draft.reason = error.reason
        found = [draft.found for draft in drafts if draft.found]
        await self.with_beside(tables, found)

    def values(self, name: str, row: Fields, hanging: Sequence[Fields]) -> list[int]:
        return sorted(each["group_id"] for each in hanging)

    def hang(self, name: str, row_id: int, row: Fields) -> list[Fields]:
        return [{"group_id": each, "person_id": row_id} for each in row["groups"]]

    def complete(self, fields: Fields, directory: Directory) -> Fields:
        asker = directory.asker
        own = {"unit_id": asker.unit_id, "language": asker.language, "zone": asker.zone}
        return {**self.defaults, **own, **fields}

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        asker = directory.asker
        at_hq = directory.scope.everything
        if found and found["id"] == asker.id and asker.active:
            _oneself(new, found, at_hq=at_hq)
        elif not at_hq:
            _theirs(new, found, directory)
        unit = directory.units[new["unit_id"]]
        moves = found is None or not found["active"] or found["unit_id"] != new["unit_id"]
        if moves and unit["closed_at"] and new["active"]:
            raise NotTaken(Why.CLOSED_UNIT, text=directory.path(new["unit_id"]))

    def key(self, fields: Fields) -> Hashable:
        code = fields.get("code")
        return code or (fold(fields["name"]), fields.get("unit_id"))


def _oneself(new: Fields, found: Fields, *, at_hq: bool) -> None:
    """Raise NotTaken where somebody changes more of themselves than their settings."""
    kept = POST if at_hq else new.keys() - SETTINGS
    if any(new[name] != found[name] for name in kept):
        raise NotTaken(Why.YOURSELF)


def _theirs(new: Fields, found: Fields | None, directory: Directory) -> None:
    """Raise NotTaken where it is more than a manager may do: see `services.posts`."""
    for each in filter(None, (found, new)):
        if each["role"] > Role.REP and each["unit_id"] in directory.scope.own_units:
            raise NotTaken(Why.ROLE_ABOVE)
        somebody = SimpleNamespace(role=each["role"], unit_id=each["unit_id"])
        if not is_theirs(directory.asker, somebody, directory.scope.own_units):
            raise NotTaken(Why.NOT_YOURS)
    if new["groups"] != (found["groups"] if found else []):
        raise NotTaken(Why.HQ_ONLY, "groups")


def _meant(fields: Fields, named: Sequence[Fields]) -> Fields | None:
    """The one of several namesakes who is in the unit that the row says."""
    if len(named) > 1:
        named = [each for each in named if each["unit_id"] == fields.get("unit_id")]
        if len(named) != 1:
            raise NotTaken(
                Why.AMBIGUOUS, "name", text=fields["name"], candidates=str(len(named) or "?")
            )
    return named[0] if named else None


PEOPLE = Noun(
    "people",
    titled("People", "人员"),
    (
        Column(
            "code",
            titled("Staff number", "工号"),
            ("code", "employee id", "employee number", "staff id", "员工编号", "编号", "人员编号"),
            Kind.CODE,
        ),
        Column(
            "name",
            titled("Name", "姓名"),
            ("full name", "person", "employee", "rep", "名字", "员工", "员工姓名", "销售"),
            required=True,
        ),
        Column(
            "role",
            titled("Role", "角色"),
            ("position", "job", "职位", "岗位", "权限"),
            Kind.CHOICE,
            choices=ROLES,
        ),
        Column(
            "unit",
            titled("Unit", "部门"),
            ("department", "team", "region", "团队", "大区", "所属部门", "组织"),
            Kind.UNIT,
        ),
        Column("groups", titled("Groups", "小组"), ("group", "组", "群组", "产品线"), Kind.GROUPS),
        Column("language", titled("Language", "语言"), (), Kind.CHOICE, choices=LANGUAGES),
        Column("zone", titled("Time zone", "时区"), ("zone", "timezone"), Kind.ZONE),
        Column("active", titled("Active", "在职"), ("status", "在职状态", "启用"), Kind.FLAG),
        Column("quiet_from", titled("Quiet from", "免打扰开始"), (), Kind.TIME),
        Column("quiet_to", titled("Quiet until", "免打扰结束"), ("quiet to",), Kind.TIME),
        Column(
            "save_at_once", titled("Save at once", "直接保存"), ("save without asking",), Kind.FLAG
        ),
    ),
    ("code", "name"),
    shape=People(),
)
