"""What currencies are called, as data: their codes, signs and names in both languages."""

CODES = (
    "usd eur gbp cny hkd twd sgd aud nzd jpy krw inr thb vnd idr myr rub sek nok dkk"
    " chf pln czk huf aed ils brl mxn zar pkr kzt ars clp egp ngn kes uah bgn qar kwd bhd omr"
    " jod lkr bdt mmk khr mnt byn rsd isk ghs tnd dzd"
)
CAPITALS = ("TRY", "MOP", "PHP", "CAD", "SAR", "RM", "MAD", "RON", "COP")
"""Codes that are words, too, so that they count in capitals only."""

SMALL = ("cad", "php", "sar", "mop")
"""Those that count in small letters, too, where a text ends with them: 100 cad."""

SHARED = {"$", "¥", "dollar", "dollars", "pound", "pounds", "peso", "pesos"}
"""Signs and names that several currencies use."""

SIGNS = {
    "USD": "us$ usd$ us-$ $us $",
    "HKD": "hk$ hkd$",
    "SGD": "s$ sg$ sgd$",
    "AUD": "a$ au$ aud$",
    "CAD": "c$ ca$ cad$",
    "TWD": "nt$ twd$",
    "NZD": "nz$",
    "MOP": "mop$",
    "BRL": "r$",
    "MXN": "mx$",
    "CNY": "¥ cn¥ rmb¥ cny¥",
    "JPY": "jp¥ jpy¥",
    "EUR": "€",
    "GBP": "£",
    "KRW": "₩",
    "INR": "₹",
    "THB": "฿",
    "VND": "₫",
    "PHP": "₱",
    "RUB": "₽",
    "TRY": "₺",
    "ILS": "₪",
    "UAH": "₴",
    "KZT": "₸",
    "NGN": "₦",
}
"""A sign stands before the number or after it. ``¥`` is the yuan unless somebody says yen."""

RAND = "ɍ"
"""A sign of our own for the rand, which is written with a letter: R450k."""

OTHER_CODES = {"rmb": "CNY", "cnh": "CNY", "ntd": "TWD", "rs": "INR", "rs.": "INR", "RM": "MYR"}
OTHER_CODES |= {code: code for code in CAPITALS if len(code) == 3}
OTHER_CODES |= {"us dollars": "USD", "sfr": "CHF", "fr.": "CHF", "kr": "", "rp": "IDR"}
OTHER_CODES |= {"kč": "CZK", "zł": "PLN"}

ENGLISH = {
    "USD": "us dollar,u.s. dollar,american dollar,united states dollar,dollar,buck",
    "HKD": "hong kong dollar,hk dollar",
    "SGD": "singapore dollar,singaporean dollar,sing dollar,sgd dollar",
    "AUD": "australian dollar,aussie dollar,aud dollar",
    "CAD": "canadian dollar",
    "TWD": "new taiwan dollar,taiwan dollar,taiwanese dollar,nt dollar",
    "NZD": "new zealand dollar,kiwi dollar",
    "JMD": "jamaican dollar",
    "BND": "brunei dollar",
    "EUR": "euro",
    "GBP": "british pound,uk pound,pound sterling,pounds sterling,pound,quid,sterling",
    "EGP": "egyptian pound",
    "LBP": "lebanese pound",
    "CNY": "chinese yuan,yuan,yuan renminbi,chinese renminbi,kuai,renminbi",
    "MOP": "macanese pataca,macau pataca,pataca",
    "JPY": "japanese yen,yen",
    "KRW": "korean won,south korean won,won",
    "INR": "indian rupee,rupee",
    "PKR": "pakistani rupee,pakistan rupee",
    "LKR": "sri lankan rupee,sri lanka rupee",
    "NPR": "nepalese rupee,nepali rupee",
    "BDT": "bangladeshi taka,bangladesh taka,taka",
    "THB": "thai baht,baht",
    "VND": "vietnamese dong,viet nam dong,vietnam dong,dong",
    "MMK": "burmese kyat,myanmar kyat,kyat",
    "KHR": "cambodian riel,riel",
    "LAK": "lao kip,laotian kip",
    "IDR": "indonesian rupiah,rupiah",
    "MYR": "malaysian ringgit,ringgit",
    "PHP": "philippine peso,filipino peso",
    "MXN": "mexican peso",
    "CLP": "chilean peso",
    "ARS": "argentine peso,argentinian peso,argentinean peso",
    "COP": "colombian peso",
    "UYU": "uruguayan peso",
    "PEN": "peruvian sol,peruvian soles,nuevo sol",
    "BRL": "brazilian real,brazilian reais,reais",
    "RUB": "russian ruble,russian rouble,ruble,rouble",
    "BYN": "belarusian ruble,belarusian rouble",
    "UAH": "ukrainian hryvnia,hryvnia",
    "KZT": "kazakhstani tenge,kazakh tenge,tenge",
    "GEL": "georgian lari",
    "MNT": "mongolian tugrik,tugrik",
    "CHF": "swiss franc,franc",
    "XOF": "cfa franc",
    "SEK": "swedish krona,swedish kronor,swedish krone,swedish kroner,swedish crown,kronor",
    "NOK": "norwegian krone,norwegian kroner,norwegian crown",
    "DKK": "danish krone,danish kroner,danish crown",
    "ISK": "icelandic krona,icelandic kronur",
    "CZK": "czech koruna,czech korun,czech crown,koruna",
    "PLN": "polish zloty,polish zlotys,polish złoty,zloty,złoty",
    "HUF": "hungarian forint,forint",
    "RON": "romanian lei,romanian leu",
    "BGN": "bulgarian lev,bulgarian leva,leva",
    "RSD": "serbian dinar",
    "TRY": "turkish lira,lira",
    "ILS": "israeli shekel,new israeli shekel,israeli new shekel,new shekel,shekel",
    "AED": "uae dirham,emirati dirham,dirham",
    "MAD": "moroccan dirham",
    "SAR": "saudi riyal,saudi arabian riyal,riyal",
    "QAR": "qatari riyal,qatari rial,qatar riyal",
    "OMR": "omani rial,omani riyal",
    "IRR": "iranian rial",
    "KWD": "kuwaiti dinar",
    "BHD": "bahraini dinar",
    "JOD": "jordanian dinar",
    "IQD": "iraqi dinar",
    "TND": "tunisian dinar",
    "DZD": "algerian dinar",
    "ZAR": "south african rand,rand",
    "NGN": "nigerian naira,naira",
    "KES": "kenyan shilling,kenya shilling",
    "TZS": "tanzanian shilling",
    "UGX": "ugandan shilling",
    "GHS": "ghanaian cedi,ghana cedi,cedi",
    "": "peso,kroner,krona,krone,dinar,rial,shilling",
}
"""Names that stand after the number; an ``s`` may follow."""

CENTS = {
    "USD": "cent,us cent,u.s. cent,american cent",
    "EUR": "euro cent,eurocent",
    "GBP": "pence,penny,pennie",
    "HKD": "hong kong cent,hk cent",
    "AUD": "australian cent",
    "CAD": "canadian cent",
}
"""The hundredths of a currency, in the same way."""

CHINESE_CENTS = {"USD": "美分 美仙", "EUR": "欧分", "GBP": "便士"}
COINS = {"角": "CNY", "毛": "CNY"}
"""Tenths of a yuan, which are other words, too."""
SHORT_CENTS = {"¢": "USD", "c": "USD", "p": "GBP"}
"""What is written onto a number of hundredths: 50p."""

FIRST = "dollar,dollars,euro,euros,pound,pounds,yuan,yen,rupee,rupees,ringgit,baht"
"""Those that may be the first word of a text, before the number."""

CHINESE = {
    "CNY": "人民币",
    "USD": "美元 美金 美刀 美币 美圆",
    "HKD": "港币 港元 港纸 港圆",
    "TWD": "新台币 台币",
    "MOP": "澳门币 澳门元 葡币",
    "EUR": "欧元 欧圆",
    "GBP": "英镑",
    "JPY": "日元 日币 日圆",
    "KRW": "韩元 韩币 韩圆",
    "SGD": "新加坡元 新加坡币 新币 坡币",
    "AUD": "澳元 澳币 澳大利亚元 澳刀 澳洲元",
    "CAD": "加元 加币 加拿大元 加刀",
    "NZD": "纽元 纽币 新西兰元",
    "INR": "印度卢比 卢比",
    "THB": "泰铢 泰国铢",
    "VND": "越南盾",
    "IDR": "印尼盾 印尼卢比",
    "MYR": "林吉特 马币 令吉",
    "PHP": "菲律宾比索",
    "MXN": "墨西哥比索",
    "ARS": "阿根廷比索",
    "CLP": "智利比索",
    "COP": "哥伦比亚比索",
    "PEN": "秘鲁索尔",
    "BRL": "巴西雷亚尔 雷亚尔",
    "ZAR": "南非兰特 兰特",
    "EGP": "埃及镑",
    "NGN": "尼日利亚奈拉 奈拉",
    "KES": "肯尼亚先令",
    "SEK": "瑞典克朗",
    "NOK": "挪威克朗",
    "DKK": "丹麦克朗",
    "ISK": "冰岛克朗",
    "CZK": "捷克克朗",
    "PLN": "波兰兹罗提 兹罗提",
    "HUF": "匈牙利福林 福林",
    "RON": "罗马尼亚列伊 列伊",
    "BGN": "保加利亚列弗 列弗",
    "ILS": "以色列谢克尔 新谢克尔 谢克尔",
    "PKR": "巴基斯坦卢比",
    "LKR": "斯里兰卡卢比",
    "NPR": "尼泊尔卢比",
    "BDT": "孟加拉塔卡 塔卡",
    "MMK": "缅甸元 缅币 缅元",
    "KHR": "柬埔寨瑞尔 瑞尔",
    "LAK": "老挝基普",
    "MNT": "图格里克",
    "RUB": "俄罗斯卢布 卢布",
    "BYN": "白俄罗斯卢布",
    "UAH": "格里夫纳",
    "CHF": "瑞士法郎 瑞郎 法郎",
    "AED": "阿联酋迪拉姆 迪拉姆",
    "MAD": "摩洛哥迪拉姆",
    "SAR": "沙特里亚尔 里亚尔",
    "QAR": "卡塔尔里亚尔",
    "OMR": "阿曼里亚尔",
    "IRR": "伊朗里亚尔",
    "KWD": "科威特第纳尔",
    "BHD": "巴林第纳尔",
    "JOD": "约旦第纳尔",
    "IQD": "伊拉克第纳尔",
    "TRY": "土耳其里拉 里拉",
    "KZT": "坚戈",
    "": "比索 克朗 第纳尔",
}
"""Names that stand before the number or after it."""

CHINESE_AFTER = {
    "CNY": "元人民币 元 块钱 块 圆 大洋",
    "USD": "刀 个美金 个美刀 块美金 块美元",
    "HKD": "块港币 块港纸",
    "SGD": "新元 块新币",
    "EUR": "欧",
    "GBP": "镑",
    "JPY": "円",
    "": "先令",
}
"""Names that stand after the number only."""

OTHER_WORDS = {
    "圆": "桌形柱珠圈通满",
    "刀": "切片具",
    "欧": "洲美盟亚",
    "元": "素旦老",
    "新元": "素旦老",
}
"""What may not follow a name, as it makes another word of it."""
