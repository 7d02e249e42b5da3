"""Leaves: who is away, from when to when, and who stands in."""

from services.tables.noun import Column, Kind, Noun, titled

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
)
