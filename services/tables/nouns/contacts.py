"""The people at accounts."""

from services.tables.noun import Column, Kind, Noun, titled

CONTACTS = Noun(
    "contacts",
    titled("Contacts", "联系人"),
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
                "单位名称",
                "医院",
            ),
            Kind.ACCOUNT,
            required=True,
        ),
        Column(
            "name",
            titled("Contact", "联系人"),
            ("name", "contact name", "full name", "contact person", "姓名", "名字", "联系人姓名"),
            required=True,
        ),
        Column(
            "title",
            titled("Title", "职务"),
            ("job title", "position", "role", "职位", "头衔", "称呼", "岗位"),
        ),
        Column(
            "phone",
            titled("Phone", "电话"),
            (
                "mobile",
                "telephone",
                "phone number",
                "tel",
                "cell",
                "手机",
                "手机号",
                "联系电话",
                "电话号码",
                "联系方式",
            ),
            Kind.PHONE,
        ),
    ),
    ("account", "name"),
)
