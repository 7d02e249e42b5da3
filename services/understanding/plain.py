"""One way of writing, so that the rest need not know how a phone writes: width, case, script."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TRADITIONAL = (
    "週禮點號鐘鍾後剛時個兩這現間晝兒來過說談訪單價報電話聯繫約會議見達馬陸億萬圓貳參陳劉楊黃趙"
    "吳張孫趕鄭謝許鄧馮韓蕭蘇葉餘盧壹開關問題興趣錢總經長處員師書記獎學習產業務顧門戶採購試"
    "樣機設備醫藥廠區東華國際貿農紡織電腦網絡軟體觀積極滿順進階確認簽贏輸丟轉給發終於結實際"
    "歡還沒錯誤與從對應該讓買賣預訂單據處幾週節歲陽陰曆舊歷齊禮復覆熱烈適與態親談妥強競爭對"
    "標書應標銷售額費優惠減貴賣擔憂慮壞嘗試測試審批層領導協調緩遲勝敗遠軍隊島灣廣衛龍鳳連雲"
    "頭傳無線紅綠藍質臺灣萊鋼鐵鋁銅設計劃劑聲維護證樓誰麼嗎幫爲為動僅衹隻當務"
    "組評倉訊財資請詢詳論講識譯讚變讀貨販貼賀賬賓贈車軌較載輛輪辦邊鄰郵醬釋針釘鈴鋪錄鍋鎖鏈鏡"
    "鑽閉闆閱隨險難靜頁項須頻願類顏風飛飯飲館駐駕驗驚鬆魚鮮麗黨齒嚴團園圖場塊壓夠婦媽寧寫寬專"
    "尋屆屬幣帳幹庫廳彈徵徹恆悅惡愛慶慣憑懷戰戲換揚損搶擇擊擋擴攝攤數斷昇暫曉條棄構樂樹橋檢櫃"
    "權歐殺氣決況淺湯準溝滯漲漸潤澤濟濾瀏煙燈營獨獲環畢異療盡監盤眾碼種稱穩筆範築簡糧紀級純紙"
    "細統緊編練縣縮繼續羅義聖聞聽臨舉艱藝蘭蝦術裏裡補製複規視覺覽觸託詞誠諾謀豐豬貝負貢責貸賠"
    "賺賽跡輕迴運遞遷選遺鄉釀銀鋒鎮鑑鑒閃閒闊雙雜離響顯飼餅養騎騙鬧鹽麥麵啟執壯壽夾奧寶將帶廢"
    "彙匯徑慘憶拋捨掃掛撥撐擬攜敵晉曬棟櫥檔毀淨滬漁漢潔濃濕災煉燒爐爾牆狀瑪畫疊盜礎礦稅穀竄籃"
    "籌粵納紛紋紹絕絲綜緣縱繞繩繪纖罰罷職脫膠臉膚艙莊蔣薦蘋虧虛蟲衝襪裝褲訴診註誌語諒譜貓賒賞"
    "賴趨軒輔輝邁鄒鉅銳錦鍵鑄閣陝隱雞雖靈韋頂頒頓頗顆飽飾餃餓駁騰驅鮑鴻鵬訓績軸創勞勵卻喬圍墊"
    "奮姍娛嬌孿寢屜巔揮搖擠攬斂暢桿槓橢歸殘氫滲瑣癥磚禍稟窩簾緻繳蓋蔥襲謹貫賭贊踴轟銜鋸閑闌頸"
    "飪髒佈併佔侖係俠倆倫偉側傘債傷傾僑儀儘償儲內冊凍別則劍劇劵勢勁"
)
SIMPLIFIED = (
    "周礼点号钟钟后刚时个两这现间昼儿来过说谈访单价报电话联系约会议见达马陆亿万圆贰叁陈刘杨黄赵"
    "吴张孙赶郑谢许邓冯韩萧苏叶余卢壹开关问题兴趣钱总经长处员师书记奖学习产业务顾门户采购试"
    "样机设备医药厂区东华国际贸农纺织电脑网络软体观积极满顺进阶确认签赢输丢转给发终于结实际"
    "欢还没错误与从对应该让买卖预订单据处几周节岁阳阴历旧历齐礼复复热烈适与态亲谈妥强竞争对"
    "标书应标销售额费优惠减贵卖担忧虑坏尝试测试审批层领导协调缓迟胜败远军队岛湾广卫龙凤连云"
    "头传无线红绿蓝质台湾莱钢铁铝铜设计划剂声维护证楼谁么吗帮为为动仅只只当务"
    "组评仓讯财资请询详论讲识译赞变读货贩贴贺账宾赠车轨较载辆轮办边邻邮酱释针钉铃铺录锅锁链镜"
    "钻闭板阅随险难静页项须频愿类颜风飞饭饮馆驻驾验惊松鱼鲜丽党齿严团园图场块压够妇妈宁写宽专"
    "寻届属币账干库厅弹征彻恒悦恶爱庆惯凭怀战戏换扬损抢择击挡扩摄摊数断升暂晓条弃构乐树桥检柜"
    "权欧杀气决况浅汤准沟滞涨渐润泽济滤浏烟灯营独获环毕异疗尽监盘众码种称稳笔范筑简粮纪级纯纸"
    "细统紧编练县缩继续罗义圣闻听临举艰艺兰虾术里里补制复规视觉览触托词诚诺谋丰猪贝负贡责贷赔"
    "赚赛迹轻回运递迁选遗乡酿银锋镇鉴鉴闪闲阔双杂离响显饲饼养骑骗闹盐麦面启执壮寿夹奥宝将带废"
    "汇汇径惨忆抛舍扫挂拨撑拟携敌晋晒栋橱档毁净沪渔汉洁浓湿灾炼烧炉尔墙状玛画叠盗础矿税谷窜篮"
    "筹粤纳纷纹绍绝丝综缘纵绕绳绘纤罚罢职脱胶脸肤舱庄蒋荐苹亏虚虫冲袜装裤诉诊注志语谅谱猫赊赏"
    "赖趋轩辅辉迈邹巨锐锦键铸阁陕隐鸡虽灵韦顶颁顿颇颗饱饰饺饿驳腾驱鲍鸿鹏训绩轴创劳励却乔围垫"
    "奋姗娱娇孪寝屉巅挥摇挤揽敛畅杆杠椭归残氢渗琐症砖祸禀窝帘致缴盖葱袭谨贯赌赞踊轰衔锯闲阑颈"
    "饪脏布并占仑系侠俩伦伟侧伞债伤倾侨仪尽偿储内册冻别则剑剧券势劲"
)
_PUNCTUATION = {"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-"}
_PUNCTUATION |= {"—": "-", "−": "-", "〜": "~", "～": "~", "﹣": "-", "、": "、", "\u00a0": " "}
_TABLE: dict[str, str] = {
    **dict(zip(TRADITIONAL, SIMPLIFIED, strict=True)),
    **_PUNCTUATION,
    "\n": "\n",
    "\t": " ",
    "\r": " ",
}
_KNOWN = 5_000
"""How many characters are remembered; there are more, and a hostile text has them all."""


@dataclass(frozen=True)
class Plain:
    """A text in small letters, one width and simplified characters.

    ``starts`` says where each of its characters began in the source, and where the last ended, so
    that whatever is found can be shown in the person's own words.
    """

    text: str
    source: str
    starts: Sequence[int]

    def original(self, start: int, end: int) -> str:
        """What the person typed where this was found."""
        return self.source[self.starts[start] : self.starts[end]]


def plain(text: str) -> Plain:
    """Write a text in one way: NFKC, small letters, ``週`` as ``周``, dashes as ``-``."""
    source = unicodedata.normalize("NFC", text)
    if source.isascii():
        lowered = source.lower().replace("\t", " ").replace("\r", " ")
        return Plain(lowered, source, range(len(source) + 1))
    written = [_TABLE.get(each) or _normal(each) for each in source]
    joined = "".join(written)
    if len(joined) == len(source):
        return Plain(joined, source, range(len(source) + 1))
    starts = [at for at, each in enumerate(written) for _ in each]
    return Plain(joined, source, [*starts, len(source)])


def _normal(character: str) -> str:
    found = unicodedata.normalize("NFKC", character).casefold()
    if len(found) > 1 or found in _TABLE:
        found = "".join(_TABLE.get(each, each) for each in found)
    if len(_TABLE) < _KNOWN:
        _TABLE[character] = found
    return found
