"""Deals."""

from services.tables.noun import Column, Kind, Noun, titled, words

STAGES = {
    "lead": words("Lead|prospect", "线索|商机"),
    "qualified": words("Qualified|qualification", "已确认|需求确认|有意向|意向"),
    "proposal": words("Proposal|quote|quoted|quotation|offer", "报价|已报价|方案"),
    "negotiation": words("Negotiation|negotiating|contract", "谈判|商务谈判|议价|合同"),
    "won": words("Won|closed won|signed", "赢单|成交|签单|签约|已签约"),
    "lost": words("Lost|closed lost", "输单|丢单|失单|丢了"),
}

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
)
