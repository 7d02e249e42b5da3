"""Accounts and the other names they go by."""

from services.tables.noun import Column, Kind, Noun, titled, words

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
)
