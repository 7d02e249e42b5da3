"""Groups, which cut across the tree."""

from services.tables.noun import Column, Noun, titled
from storage.models import Role

GROUPS = Noun(
    "groups",
    titled("Groups", "群组"),
    (
        Column(
            "name",
            titled("Group", "群组"),
            ("name", "group name", "product line", "名称", "组", "组名", "产品线"),
            required=True,
        ),
    ),
    ("name",),
    Role.HQ,
)
