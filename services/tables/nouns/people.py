"""People and the groups they are in."""

from services.tables.noun import Column, Kind, Noun, titled, words

ROLES = {
    "1": words("rep|sales rep|sales|salesperson", "销售|销售代表|业务员|代表"),
    "2": words("manager|sales manager|team lead", "经理|销售经理|主管"),
    "3": words("HQ|headquarters|admin", "总部|管理员"),
}
LANGUAGES = {"en": words("English|en", "英文|英语"), "zh": words("Chinese|zh|中文", "中文|汉语")}

PEOPLE = Noun(
    "people",
    titled("People", "人员"),
    (
        Column(
            "code",
            titled("Staff number", "工号"),
            ("code", "employee id", "employee number", "staff id", "员工编号", "编号", "人员编号"),
            Kind.CODE,
        ),
        Column(
            "name",
            titled("Name", "姓名"),
            ("full name", "person", "employee", "rep", "名字", "员工", "员工姓名", "销售"),
            required=True,
        ),
        Column(
            "role",
            titled("Role", "角色"),
            ("position", "job", "职位", "岗位", "权限"),
            Kind.CHOICE,
            choices=ROLES,
        ),
        Column(
            "unit",
            titled("Unit", "部门"),
            ("department", "team", "region", "团队", "大区", "所属部门", "组织"),
            Kind.UNIT,
        ),
        Column("groups", titled("Groups", "群组"), ("group", "组", "产品线"), Kind.GROUPS),
        Column("language", titled("Language", "语言"), (), Kind.CHOICE, choices=LANGUAGES),
        Column("zone", titled("Time zone", "时区"), ("zone", "timezone"), Kind.ZONE),
        Column("active", titled("Active", "在职"), ("status", "在职状态", "启用"), Kind.FLAG),
        Column("quiet_from", titled("Quiet from", "免打扰开始"), (), Kind.TIME),
        Column("quiet_to", titled("Quiet until", "免打扰结束"), ("quiet to",), Kind.TIME),
        Column(
            "save_at_once", titled("Save at once", "直接保存"), ("save without asking",), Kind.FLAG
        ),
    ),
    ("code", "name"),
)
