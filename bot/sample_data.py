"""The sample company: its people, their customers and the words they use. All made up."""

from typing import NamedTuple

from storage.models import Activity, Lifecycle, Outcome, Role, Tier

COMPANY = "澄川净水 Chengchuan Water"
UNITS = {  # each under its parent
    "华东大区 East China": COMPANY,
    "华南大区 South China": COMPANY,
    "上海 Shanghai": "华东大区 East China",
    "杭州 Hangzhou": "华东大区 East China",
    "广州 Guangzhou": "华南大区 South China",
    "深圳 Shenzhen": "华南大区 South China",
}

PEOPLE = (
    ("周雅文", Role.HQ, COMPANY, "zh"),
    ("Grace Lin", Role.HQ, COMPANY, "en"),
    ("顾承志", Role.MANAGER, "华东大区 East China", "zh"),
    ("黄秋实", Role.MANAGER, "华南大区 South China", "zh"),
    ("陈静怡", Role.MANAGER, "上海 Shanghai", "zh"),
    ("陆海峰", Role.MANAGER, "杭州 Hangzhou", "zh"),
    ("梁慧敏", Role.MANAGER, "广州 Guangzhou", "zh"),
    ("Emily Carter", Role.MANAGER, "深圳 Shenzhen", "en"),
    ("Ana Costa", Role.REP, "上海 Shanghai", "en"),
    ("沈佳宁", Role.REP, "上海 Shanghai", "zh"),
    ("许文博", Role.REP, "上海 Shanghai", "zh"),
    ("方晓彤", Role.REP, "杭州 Hangzhou", "zh"),
    ("Daniel Wright", Role.REP, "杭州 Hangzhou", "en"),
    ("邵一帆", Role.REP, "杭州 Hangzhou", "zh"),
    ("何嘉欣", Role.REP, "广州 Guangzhou", "zh"),
    ("邓子豪", Role.REP, "广州 Guangzhou", "zh"),
    ("Priya Nair", Role.REP, "广州 Guangzhou", "en"),
    ("郑宇航", Role.REP, "深圳 Shenzhen", "zh"),
    ("罗思琪", Role.REP, "深圳 Shenzhen", "zh"),
    ("冯立群", Role.REP, "深圳 Shenzhen", "zh"),
)
SILENT = {"邵一帆": 14}
"""Reps who have logged nothing for so many days: what a manager wants to be told."""

HOSPITAL, FOOD, HOTEL, ELECTRONICS = "hospital", "food", "hotel", "electronics"
A, B, C = Tier
PROSPECT, NEW, ACTIVE, DORMANT, LOST = Lifecycle


class Customer(NamedTuple):
    name: str
    alias: str
    trade: str
    tier: Tier
    lifecycle: Lifecycle
    city: str


CUSTOMERS = {  # by their owner
    "Ana Costa": (
        Customer("Acme", "艾克米", ELECTRONICS, A, ACTIVE, "上海"),
        Customer("华东医院", "East China Hospital", HOSPITAL, A, ACTIVE, "上海"),
        Customer("Huadong Foods", "华东食品", FOOD, B, ACTIVE, "上海"),
        Customer("Northlight Hotel", "北光酒店", HOTEL, B, NEW, "上海"),
        Customer("Bluefin Electronics", "蓝鳍电子", ELECTRONICS, C, PROSPECT, "苏州"),
    ),
    "沈佳宁": (
        Customer("和禾妇幼医院", "和禾妇幼", HOSPITAL, A, ACTIVE, "上海"),
        Customer("云栈假日酒店", "云栈", HOTEL, B, ACTIVE, "上海"),
        Customer("麦田里食品有限公司", "麦田里", FOOD, B, DORMANT, "无锡"),
        Customer("芯澜微电子有限公司", "芯澜", ELECTRONICS, A, NEW, "上海"),
        Customer("榕影湾酒店", "榕影湾", HOTEL, C, PROSPECT, "苏州"),
    ),
    "许文博": (
        Customer("仁禾骨科医院", "仁禾骨科", HOSPITAL, B, ACTIVE, "苏州"),
        Customer("锡光电子有限公司", "锡光", ELECTRONICS, A, ACTIVE, "无锡"),
        Customer("甜橙时光食品厂", "甜橙时光", FOOD, C, LOST, "苏州"),
        Customer("漾湖里酒店", "漾湖里", HOTEL, C, ACTIVE, "无锡"),
        Customer("Lakeside Clinic", "湖畔门诊", HOSPITAL, B, PROSPECT, "苏州"),
    ),
    "方晓彤": (
        Customer("钱江新泽医院", "新泽医院", HOSPITAL, A, ACTIVE, "杭州"),
        Customer("茶语山房酒店", "茶语山房", HOTEL, B, ACTIVE, "杭州"),
        Customer("越小厨食品有限公司", "越小厨", FOOD, B, NEW, "绍兴"),
        Customer("启微传感科技有限公司", "启微传感", ELECTRONICS, C, ACTIVE, "杭州"),
        Customer("康沐护理院", "康沐", HOSPITAL, C, PROSPECT, "绍兴"),
    ),
    "Daniel Wright": (
        Customer("Harbour Lantern Hotel", "港灯酒店", HOTEL, A, ACTIVE, "宁波"),
        Customer("Kestrel Circuits", "红隼电路", ELECTRONICS, A, ACTIVE, "杭州"),
        Customer("Ricelight Foods", "稻光食品", FOOD, B, DORMANT, "宁波"),
        Customer("甬康口腔医院", "甬康口腔", HOSPITAL, B, NEW, "宁波"),
        Customer("Silverleaf Teas", "银叶茶业", FOOD, C, PROSPECT, "杭州"),
    ),
    "邵一帆": (
        Customer("西泠康复医院", "西泠康复", HOSPITAL, B, ACTIVE, "杭州"),
        Customer("大禹泉饮料有限公司", "大禹泉", FOOD, A, ACTIVE, "绍兴"),
        Customer("东屿听澜酒店", "听澜", HOTEL, B, DORMANT, "宁波"),
        Customer("晶越光电有限公司", "晶越", ELECTRONICS, C, ACTIVE, "绍兴"),
        Customer("小满烘焙", "小满", FOOD, C, PROSPECT, "杭州"),
    ),
    "何嘉欣": (
        Customer("岭南仁博医院", "仁博医院", HOSPITAL, A, ACTIVE, "广州"),
        Customer("木棉花园酒店", "木棉花园", HOTEL, A, ACTIVE, "广州"),
        Customer("陈记老火汤食品有限公司", "陈记老火汤", FOOD, B, ACTIVE, "佛山"),
        Customer("粤芯达电子有限公司", "粤芯达", ELECTRONICS, B, NEW, "广州"),
        Customer("白鹭洲民宿", "白鹭洲", HOTEL, C, PROSPECT, "中山"),
    ),
    "邓子豪": (
        Customer("禅心中医院", "禅心中医", HOSPITAL, B, ACTIVE, "佛山"),
        Customer("荔湾里食品有限公司", "荔湾里", FOOD, A, ACTIVE, "广州"),
        Customer("珠影酒店", "珠影", HOTEL, C, LOST, "广州"),
        Customer("明拓照明电子有限公司", "明拓", ELECTRONICS, B, DORMANT, "中山"),
        Customer("岐江月饼厂", "岐江", FOOD, C, ACTIVE, "中山"),
    ),
    "Priya Nair": (
        Customer("Pearl Court Hotel", "珍珠苑酒店", HOTEL, A, ACTIVE, "广州"),
        Customer("Lotus Valley Hospital", "莲谷医院", HOSPITAL, B, ACTIVE, "广州"),
        Customer("Sunny Spoon Foods", "晴勺食品", FOOD, B, NEW, "佛山"),
        Customer("Redwood Devices", "红杉木器件", ELECTRONICS, C, ACTIVE, "中山"),
        Customer("Cloudberry Suites", "云莓公寓", HOTEL, C, PROSPECT, "佛山"),
    ),
    "郑宇航": (
        Customer("鹏城安禾医院", "安禾医院", HOSPITAL, A, ACTIVE, "深圳"),
        Customer("极点智造电子有限公司", "极点智造", ELECTRONICS, A, ACTIVE, "深圳"),
        Customer("屿畔里酒店", "屿畔里", HOTEL, B, NEW, "深圳"),
        Customer("松湖精密电路有限公司", "松湖精密", ELECTRONICS, B, DORMANT, "东莞"),
        Customer("老街糖水食品厂", "老街糖水", FOOD, C, ACTIVE, "深圳"),
    ),
    "罗思琪": (
        Customer("南澳澜屿酒店", "澜屿", HOTEL, A, ACTIVE, "深圳"),
        Customer("宝泽儿童医院", "宝泽儿童", HOSPITAL, B, ACTIVE, "深圳"),
        Customer("莞香食品有限公司", "莞香食品", FOOD, B, ACTIVE, "东莞"),
        Customer("微岚半导体有限公司", "微岚", ELECTRONICS, B, PROSPECT, "深圳"),
        Customer("礁石与灯客栈", "礁石与灯", HOTEL, C, LOST, "惠州"),
    ),
    "冯立群": (
        Customer("惠泽仁医院", "惠泽仁", HOSPITAL, B, ACTIVE, "惠州"),
        Customer("恒屿显示科技有限公司", "恒屿显示", ELECTRONICS, A, ACTIVE, "惠州"),
        Customer("渔村海味食品有限公司", "渔村海味", FOOD, C, NEW, "惠州"),
        Customer("Fairwind Motors Electronics", "顺风车电", ELECTRONICS, C, ACTIVE, "东莞"),
        Customer("东江渡假酒店", "东江渡", HOTEL, B, PROSPECT, "惠州"),
    ),
}

CONTACTS = {  # those whom people ask for; the others are made from the names below
    "Acme": (("Li Wei", "Purchasing manager"), ("Kevin Shen", "Facility manager")),
    "华东医院": (("王敏", "主任"), ("赵立新", "设备科科长")),
    "Huadong Foods": (("Linda Xu", "Quality manager"), ("马国平", "厂长")),
}
TITLES = {
    HOSPITAL: (("主任", "设备科科长", "护士长", "总务科科长"), ("Director", "Head nurse")),
    FOOD: (("厂长", "品控经理", "采购经理"), ("Plant manager", "Quality manager")),
    HOTEL: (("总经理", "工程部经理", "采购经理"), ("General manager", "Chief engineer")),
    ELECTRONICS: (("厂务经理", "采购总监", "工程师"), ("Facility manager", "Head of purchasing")),
}
CALLED = ("护士长", "工程师", "总经理", "主任", "科长", "厂长", "总监", "经理")
"""How the holder of a title is spoken to: 王 with 设备科科长 is 王科长."""

SURNAMES = "王李张刘陈杨赵黄吴徐孙胡朱高林郭马罗谢宋唐韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕"
GIVEN = (
    *(
        "敏",
        "建国",
        "丽华",
        "志强",
        "晓燕",
        "海涛",
        "淑芬",
        "永康",
        "雪梅",
        "国栋",
        "佩玲",
        "俊杰",
    ),
    *(
        "春兰",
        "伟民",
        "秀珍",
        "文斌",
        "雅琴",
        "振华",
        "玉洁",
        "立新",
        "红霞",
        "少峰",
        "婉清",
        "家明",
    ),
)
ENGLISH = (
    *("Kevin", "Linda", "Peter", "Vivian", "Jason", "Helen", "Oscar", "Fiona", "Leo", "Nina"),
    *("Victor", "Tracy", "Simon", "Wendy"),
)
ENGLISH_SURNAMES = ("Zhao", "Xu", "Shen", "Qian", "Tan", "Moore", "Patel", "Ng", "Hall", "Lau")

PRODUCTS = {  # in Chinese and English
    HOSPITAL: (
        ("透析用水设备", "dialysis water system"),
        ("中心供水改造", "central supply refit"),
    ),
    FOOD: (("工艺纯水线", "process water line"), ("软水设备", "softener")),
    HOTEL: (("客房直饮水", "in-room drinking water"), ("泳池水处理", "pool treatment")),
    ELECTRONICS: (("超纯水系统", "ultrapure water system"), ("废水回用", "water reuse plant")),
}
SUPPLIES = (("滤芯年度维保", "yearly filter service"), ("备件合同", "spare parts contract"))

KINDS = {
    Activity.VISIT: 50,
    Activity.CALL: 20,
    Activity.MEETING: 12,
    Activity.DEMO: 8,
    Activity.MESSAGE: 10,
}
OUTCOMES = {Outcome.POSITIVE: 42, Outcome.NEUTRAL: 33, Outcome.NEGATIVE: 13, None: 12}

OPENINGS = {
    "zh": {
        Activity.VISIT: ("拜访了{who}", "到现场见了{who}", "顺路看了{who}"),
        Activity.CALL: ("和{who}通了电话", "电话跟进{who}"),
        Activity.MEETING: ("和{who}开会", "和{who}碰了方案"),
        Activity.DEMO: ("给{who}演示了{product}", "带{who}看了{product}样机"),
        Activity.MESSAGE: ("微信联系{who}", "给{who}发了资料"),
    },
    "en": {
        Activity.VISIT: ("Met {who} on site", "Saw {who}", "Dropped in on {who}"),
        Activity.CALL: ("Called {who}", "Spoke to {who} on the phone"),
        Activity.MEETING: ("Meeting with {who}", "Sat down with {who} and their team"),
        Activity.DEMO: ("Showed {who} the {product}", "Demo of the {product} for {who}"),
        Activity.MESSAGE: ("Sent {who} the brochure", "Messaged {who}"),
    },
}
REMARKS = {
    "zh": {
        Outcome.POSITIVE: (
            "对{product}很感兴趣，要正式报价",
            "同意先试用一个月",
            "样机出水稳定，准备走采购流程",
            "预算已经批了，等合同",
            "很满意，答应帮忙约财务一起谈",
            "现有设备快到年限，打算年内换",
        ),
        Outcome.NEUTRAL: (
            "还在和另外两家比较",
            "要等下季度预算",
            "资料留下了，他们内部先讨论",
            "负责人出差，先和助理聊了聊",
            "取了水样回去化验，三天出结果",
            "交期和安装时间还要再确认",
        ),
        Outcome.NEGATIVE: (
            "嫌{product}价格高，说对手便宜一成多",
            "项目推到明年了",
            "对上次售后响应慢有意见，要先解决",
            "已经和原来的供应商续了一年",
        ),
    },
    "en": {
        Outcome.POSITIVE: (
            "Keen on the {product}, wants a formal quote",
            "Agreed to a one-month trial",
            "Trial unit runs well, they are starting the purchase",
            "Budget approved, waiting for our contract",
            "Their old system is due, they want to replace it this year",
        ),
        Outcome.NEUTRAL: (
            "Still comparing us with two others",
            "Nothing before next quarter's budget",
            "Left the papers, they will discuss it first",
            "Took a water sample, results in three days",
            "Delivery date has to be confirmed",
        ),
        Outcome.NEGATIVE: (
            "Thinks the {product} costs too much, a competitor is 10% cheaper",
            "Project moved to next year",
            "Unhappy with how slow our service was, has to be fixed first",
            "Renewed with their old supplier for a year",
        ),
    },
}
NEXT_STEPS = {
    "zh": {
        Outcome.POSITIVE: ("发正式报价", "约财务一起谈", "送合同草稿", "安排试用机进场"),
        Outcome.NEUTRAL: ("发水质化验结果", "月底再联系", "补一份案例资料", "确认交期"),
        Outcome.NEGATIVE: ("请售后主管上门", "申请价格支持"),
    },
    "en": {
        Outcome.POSITIVE: ("Send the formal quote", "Send the contract", "Book the trial unit"),
        Outcome.NEUTRAL: ("Send the water test", "Call again at month end", "Send two references"),
        Outcome.NEGATIVE: ("Ask service to visit", "Ask for a better price"),
    },
}

STAGES = {  # how often a customer of each kind has a deal at each stage
    PROSPECT: {"lead": 6, "qualified": 3},
    NEW: {"lead": 3, "qualified": 4, "proposal": 3},
    ACTIVE: {"lead": 2, "qualified": 3, "proposal": 4, "negotiation": 4, "won": 5, "lost": 2},
    DORMANT: {"qualified": 2, "proposal": 3, "lost": 3},
    LOST: {"lost": 1},
}
YUAN = {A: (120, 900), B: (50, 320), C: (12, 90)}
"""What deals are worth, in thousands, by the customer's tier."""
