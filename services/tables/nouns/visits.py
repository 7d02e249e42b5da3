"""Visits: who met which customer, when, and what came of it."""

from services.tables.noun import Column, Kind, Noun, titled, words

ACTIVITIES = {
    "visit": words("Visit|visited", "拜访|走访|上门"),
    "call": words("Call|phone|phone call", "电话|通话|致电"),
    "meeting": words("Meeting|met", "会议|开会|会面"),
    "demo": words("Demo|demonstration", "演示|展示"),
    "message": words("Message|wechat|email|text", "消息|微信|短信|邮件"),
}
OUTCOMES = {
    "positive": words("Went well|positive|good|great", "顺利|好|很好|不错|积极"),
    "neutral": words("So-so|neutral|ok|average", "一般|还行|中性"),
    "negative": words("Went badly|negative|bad|poor", "不顺利|不好|不顺|消极"),
}
VERDICTS = {
    "there": words("On site|there", "在现场"),
    "far": words("Far away|far", "不在现场"),
    "learnt": words("Position learnt|learnt", "首次记录位置"),
    "vague": words("Position vague|vague", "定位不准"),
    "stale": words("Position old|stale", "定位过期"),
    "picked": words("Position picked|picked", "手选位置"),
    "too fast": words("Too fast", "移动过快"),
}

VISITS = Noun(
    "visits",
    titled("Visits", "拜访"),
    (
        Column(
            "account",
            titled("Customer", "客户名称"),
            (
                "account",
                "account name",
                "customer name",
                "company",
                "客户",
                "公司",
                "公司名称",
                "拜访客户",
                "医院",
            ),
            Kind.ACCOUNT,
            required=True,
        ),
        Column(
            "rep",
            titled("Rep", "拜访人"),
            ("sales rep", "salesperson", "owner", "who", "销售", "业务员", "负责人", "客户经理"),
            Kind.PERSON,
            required=True,
        ),
        Column(
            "at",
            titled("When", "拜访时间"),
            ("date", "visited on", "visit date", "time", "日期", "时间", "拜访日期"),
            Kind.INSTANT,
            required=True,
        ),
        Column(
            "unit",
            titled("Unit", "部门"),
            ("department", "team", "region", "团队", "大区", "所属部门"),
            Kind.UNIT,
        ),
        Column(
            "kind",
            titled("Kind", "方式"),
            ("type", "activity", "类型", "拜访方式", "跟进方式"),
            Kind.CHOICE,
            choices=ACTIVITIES,
        ),
        Column(
            "outcome",
            titled("Outcome", "结果"),
            ("result", "how it went", "效果", "拜访结果"),
            Kind.CHOICE,
            choices=OUTCOMES,
        ),
        Column(
            "contacts",
            titled("Met", "见到"),
            ("contact", "contacts", "attendees", "with", "联系人", "拜访对象", "参会人", "见了谁"),
            Kind.CONTACTS,
        ),
        Column(
            "note",
            titled("Note", "备注"),
            ("notes", "comment", "remarks", "summary", "内容", "拜访内容", "说明", "纪要"),
        ),
        Column(
            "next_step",
            titled("Next step", "下一步"),
            ("follow-up", "follow up", "next", "下步计划", "跟进计划", "后续"),
        ),
        Column("product", titled("Product", "产品"), ("products", "产品名称")),
        Column(
            "competitor", titled("Competitor", "竞争对手"), ("competition", "竞品", "竞争品牌")
        ),
        Column(
            "verdict",
            titled("Check-in", "签到"),
            ("check in", "verdict", "签到结果"),
            Kind.CHOICE,
            choices=VERDICTS,
        ),
        Column(
            "distance",
            titled("Distance, m", "距离（米）"),
            ("distance", "metres", "距离"),
            Kind.INTEGER,
        ),
    ),
    ("account", "rep", "at", "kind", "note"),
)
