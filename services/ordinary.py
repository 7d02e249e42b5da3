"""Names that are ordinary words too: only where a text is about somebody do they mean them."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    """
Abel Amber Angel Anna April Art August Autumn Bill Bob Bond Brook Brown Buck Carol Chance Chase
Chip Christian Cliff Cloud Coral Crystal Daisy Dale Dawn Dean Destiny Dick Don Drew Duke Earl
Ed Eve Faith Fern Flora Ford Frank Gay Gene Glen Grace Grant Green Guy Harmony Harry
Heather Holly Homer Hope Hunter Iris Ivy Jack Jade Jasmine Jay Jean Jewel Job Joy Judge June
Justice King Lance Lane Laurel Leaf Lily Long Love Low Major Marina Mark Mars Mason Max May
Melody Mercy Merit Miles Misty Norm Olive Page Park Pat Patience Paul Pearl Penny Pepper
Peter Pierce Piper Price Prince Rain Ray Reed Rich Rob Robin Rocky Rose Ruby Rusty Sage Sandy
Savannah Scarlet Short Skip Sky Small Sterling Stone Storm Sue Summer Sun Sunny Terry Trinity
Trip Valentine Victor Violet Wade Walker Ward Wednesday West Will Winter Wood Woody Young
"""
)
CHINESE = _words(
    """
万一 万分 万能 东方 东风 于是 任何 任务 任意 元旦 元月 光明 全新 全部 全面 关于 关心 关系 农业
冬天 利息 利润 利益 包含 包括 包装 北方 华东 华中 华北 华南 南方 古典 古城 右边 向上 向前 吴江
周一 周三 周二 周五 周全 周六 周到 周四 周年 周日 周期 周末 和平 和气 和谐 商务 商品 商量 喜悦
国庆 夏天 宁可 宁愿 宁波 安全 安心 安排 安装 安静 尚可 尚未 左右 常温 常见 常规 平安 平常 平方
平时 庄园 庄重 应付 应用 应该 建设 张口 张开 强大 强烈 强调 成功 成就 成本 成立 成长 支付 支持
文件 文化 文明 方便 方向 方式 方案 方法 方程 施工 施行 时候 时尚 时间 明天 明年 明星 明显 明白
明确 易懂 易用 春天 春风 曾经 李子 段落 毛利 毛病 水平 水电 江北 江南 江苏 江西 沙发 沙滩 海关
海外 海洋 温和 温州 温度 温暖 温泉 牛奶 王国 王牌 甘肃 甘蔗 申报 申请 白云 白天 白金 相信 相关
石家 石油 祝福 祝贺 秋天 程序 程度 管理 米饭 经济 经理 能力 能源 舒服 舒适 苏州 苏打 西方 解决
解放 解释 許多 计划 计算 许可 许多 谢意 谢谢 路由 路线 路过 连接 连续 金属 金融 金额 钟头 钟表
钱包 阳光 阳台 项目 顾客 顾虑 顾问 马上 马力 马达 高兴 高压 高峰 高明 高级 高速 黄山 黄河 黄金
齐全 齐心
"""
)
