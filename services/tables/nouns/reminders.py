"""Reminders: what is to be done, by whom and when."""

from services.tables.noun import Column, Kind, Noun, titled

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
)
