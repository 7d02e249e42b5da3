"""Names that look like times or amounts, as patterns: 7天酒店, Monday.com, May Chen, 3M."""

import re
from typing import Final

from services.understanding.sentences.names import FAMILY, PINYIN_FAMILY


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_WHEN: Final = _any(
    "tomorrow today yesterday monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december spring summer "
    "autumn winter noon midnight morning evening"
)
_KIND: Final = _any(
    "group holding holdings inc ltd corp co food foods motor motors capital bank hospital hotel "
    "hotels school clinic industries technology technologies systems solutions lab labs pharma "
    "media energy steel logistics trading health harbor harbour fashion cosmetics brewing bakery "
    "cafe"
)
WHEN_NAMED: Final = re.compile(rf"(?:{_WHEN}) (?:{_KIND})(?![a-z])")
"""A firm that is called like a day: Tomorrow Group."""
FIRM: Final = re.compile(
    r"(?:3m(?! ?(?:deal|opp|rmb|cny|usd|eur|budget|contract|deposit|order|worth))|7[- ]?eleven"
    r"|7-11|monday\.com|booking\.com|8x8|5\.11|20th century|21st century"
    r"|first (?:national|american|citizens|republic|bank)(?: bank)?|second cup|third point"
    r"|fourth paradigm|sunday riley|ruby tuesday|black friday sale|morning ?star"
    r"|friday's|tgi ?fridays?|one ?plus|four seasons|three gorges"
    r"|six flags|motel 6|super 8|five guys|seven seas|century 21|forever 21"
    r"|360 ?(?:security|group)|58\.com|51 ?job|may & baker|august home|march networks"
    r"|june oven|april group|studio 7|pier 1|level 3|formula 1|phase one|capital one|air one"
    r"|b12|24 hour fitness|99 ranch|marks & spencer|spring airlines|winter garden"
    r")(?![a-z0-9])"
)
_FAMILY: Final = _any(" ".join(PINYIN_FAMILY | FAMILY))
MONTH_NAMED: Final = re.compile(
    rf"(?:may|april|june|august|summer|dawn|eve|sunday|friday) (?:{_FAMILY})(?![a-z0-9])"
)
"""Someone whose first name is a month: May Chen."""
AFTER_TITLE: Final = re.compile(
    r"(?:mr|ms|mrs|miss|dr|prof|herr|frau)\.? (?:may|march|day|noon|sat|sun|friday|monday|august"
    r"|week|summers?|winters?)(?![a-z0-9])"
)
OPAQUE: Final = re.compile(r"https?://\S{1,200}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
CHINESE: Final = re.compile(
    r"(?:[7七八]天(?:连锁|优品|假日|四季)?(?:大?酒店|宾馆)"
    r"|(?:明天|今天|后天|今日|明日|昨日)"
    r"(?:集团|控股|科技|国际|学校|头条|资本|能源|传媒)"
    r"|三一(?:重工|集团|重机|重卡|重能|国际|港机)?(?![起点早时个下天路直定向样])"
    r"|三元(?:食品|牛奶|乳业|股份|桥|朱)|三星(?!期)"
    r"|三(?:峡|菱|全|九|安|诺|友|花|只松鼠|棵树|桶油)|三点[水几]科技"
    r"|周(?:大福|大生|生生|黑鸭|六福|六生|一品|末画报|末酒店)"
    r"|一(?:汽|心堂|加|点资讯|号店)|五一(?:医院|路|广场|大厦|商场|村)"
    r"|八一(?:医院|小学|中学|学校|大厦|钢铁|路)|六一(?:医院|幼儿园)|三八(?:医院|红旗)"
    r"|五(?:粮液|芳斋|矿)|五月花(?:大?酒店)?|十月(?:稻田|妈咪)|七(?:匹狼|喜|天网络)"
    r"|九(?:阳|牧|芝堂)|双十一网|百年(?:人寿|学校|医院|集团)|千年舟|千禾"
    r"|万(?:科|达|华|向|豪|象城)|亿联|亿纬(?:锂能)?|两面针|秒针|分众|点石"
    r"|春天(?:百货|医院|酒店)|春秋(?:航空|旅行社|旅游)|早安(?:酒店|集团)|六国化工"
    r"|四季(?:酒店|青|沐歌|花城)|九点(?:科技|网络)|八点半?(?:酒吧|食品|餐厅)"
    r"|零点(?:咨询|调查|有数)|壹(?:号店|贝)|百日鲜|半天妖|(?:二十一|21)世纪\w{0,4}"
    r"|世纪\w{0,2}(?=酒店)|第一时间\w{0,2}科技)"
)
NOT_BEFORE: Final = frozenset(
    "周期拜第月号点每这上下本两几半多0123456789一二三四五六七八九十百千万"
)
"""Before a Chinese name these make a number or a day of it: 周三一早."""
