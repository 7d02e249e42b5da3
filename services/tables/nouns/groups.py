"""Groups, which cut across the tree."""

from collections.abc import Hashable, Sequence

from services.names import fold
from services.tables.directory import Directory
from services.tables.noun import Column, Noun, titled
from services.tables.shape import Draft, Fields, Shape
from storage.models import Group, Role
from storage.tables import Tables


class Groups(Shape):
    """A group is its name."""

    model = Group

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        known = {fold(row["name"]): row for row in directory.groups.values()}
        for draft in drafts:
            draft.found = known.get(fold(draft.fields["name"]))
            if draft.found:
                draft.fields["name"] = draft.found["name"]

    def key(self, fields: Fields) -> Hashable:
        return fold(fields["name"])


GROUPS = Noun(
    "groups",
    titled("Groups", "小组"),
    (
        Column(
            "name",
            titled("Group", "小组"),
            ("name", "group name", "product line", "名称", "组", "组名", "群组", "产品线"),
            required=True,
        ),
    ),
    ("name",),
    role=Role.HQ,
    shape=Groups(),
)
