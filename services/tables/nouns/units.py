"""Units: the tree that people belong to."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

from services.names import fold
from services.tables.directory import Directory
from services.tables.noun import Column, Kind, Noun, titled
from services.tables.paths import COMPANY, joined, split
from services.tables.reasons import NotTaken, Reason, Why
from services.tables.shape import Draft, Fields, Shape
from services.tables.table import Cell
from storage.models import Role, Unit
from storage.tables import Tables


class Units(Shape):
    """A unit is found again by its path; a new one names the one above it by its path."""

    model = Unit
    stored: ClassVar = {"closed": "closed_at"}
    defaults: ClassVar = {"closed_at": None}

    def put(
        self, fields: Fields, column: Column, value: object, number: int, directory: Directory
    ) -> None:
        """A path is kept as it was said: the units above may come with the same table."""
        if column.kind is Kind.UNIT:
            fields["path"] = joined(split(str(value)))
        else:
            super().put(fields, column, value, number, directory)

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        known = {_folded(directory.path(each)): row for each, row in directory.units.items()}
        for draft in drafts:
            found = known.get(_folded(draft.fields["path"]))
            draft.found = {**found, "path": directory.path(found["id"])} if found else None
            if draft.found:
                draft.fields["path"] = draft.found["path"]
                if draft.fields.get("closed_at") and not draft.found["closed_at"]:
                    draft.reason = await _in_use(draft.found, directory)
            elif "name" in draft.fields and draft.fields["path"] != COMPANY:
                draft.fields["name"] = split(draft.fields["path"])[-1]

    def complete(self, fields: Fields, directory: Directory) -> Fields:
        return {**self.defaults, "name": split(fields["path"])[-1], **fields}

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        """The unit above must be there, or be made by a row before."""
        if found is None:
            above = joined(split(new["path"])[:-1])
            coming: set[str] = directory.coming
            if _folded(above) not in coming | {
                _folded(directory.path(i)) for i in directory.units
            }:
                raise NotTaken(Why.NO_PARENT, "path", text=above)
            coming.add(_folded(new["path"]))

    def row(self, row_id: int, new: Fields, directory: Directory) -> Fields:
        """The unit above is known by now: it was there, or is made by a row before."""
        above = joined(split(new["path"])[:-1])
        parent = directory.unit("path", above, 0)
        path = f"{directory.units[parent]['path']}{row_id}/"
        row = {
            "id": row_id,
            "name": new["name"],
            "parent_id": parent,
            "path": path,
            "closed_at": new["closed_at"],
        }
        directory.units[row_id] = row
        directory.forget_units()
        return row

    def key(self, fields: Fields) -> Hashable:
        return _folded(fields["path"])

    def label(self, fields: Fields, directory: Directory) -> str:
        return str(fields["path"])

    def cell(self, column: Column, row: Fields, directory: Directory, language: str) -> Cell:
        if column.kind is Kind.UNIT:
            return directory.path(row["id"])
        return super().cell(column, row, directory, language)


async def _in_use(unit: Fields, directory: Directory) -> Reason | None:
    """Why a unit can't be closed, as in `services.units`: somebody or something is in it."""
    inside = await directory.work.org.inside(unit["id"])
    below = (each for each in directory.units.values() if each["parent_id"] == unit["id"])
    is_open = any(each["closed_at"] is None for each in below)
    in_use = any(inside) or is_open or unit["parent_id"] is None
    return Reason(Why.IN_USE, (("text", str(unit["path"])),)) if in_use else None


def _folded(path: str) -> str:
    return "/".join(fold(part) for part in split(path))


UNITS = Noun(
    "units",
    titled("Units", "部门"),
    (
        Column(
            "path",
            titled("Unit", "部门"),
            (
                "unit path",
                "path",
                "department",
                "team",
                "region",
                "部门路径",
                "组织",
                "团队",
                "大区",
            ),
            Kind.UNIT,
            required=True,
        ),
        Column("name", titled("Name", "名称"), ("unit name", "new name", "部门名称")),
        Column("closed", titled("Closed", "关闭时间"), ("closed at", "停用时间"), Kind.INSTANT),
    ),
    ("path",),
    role=Role.HQ,
    shape=Units(),
)
