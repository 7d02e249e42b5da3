"""Units: the tree that people belong to."""

from services.tables.noun import Column, Kind, Noun, titled
from storage.models import Role

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
    Role.HQ,
)
