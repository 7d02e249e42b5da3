"""One way of writing for words about time: plain digits, simplified characters, small letters."""

import re
import unicodedata

SIMPLIFIED = str.maketrans("週禮點號鐘後剛時個兩這現間晝廿零", "周礼点号钟后刚时个两这现间昼廿〇")
DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
DIGITS |= {"两": 2, "日": 7, "天": 7}
_WEEKDAY = re.compile("周([一二三四五六日天])")  # a space follows it: 周三五点 is no 35
_ONE = "[一二两三四五六七八九]"
_NUMERAL = re.compile(rf"(?<![〇十百千万亿半几0-9])({_ONE})?(十)?({_ONE})?(?![〇十百千万亿几])")
_YEAR = re.compile(r"([一二][〇一二三四五六七八九]{3})(?=年)")
_HAN = r"[\u4e00-\u9fff〇]"
_GAP = re.compile(rf"(?<={_HAN}) +| +(?={_HAN})")


def normalise(text: str) -> str:
    """Write digits as ASCII, Chinese numerals up to 99 as digits, and weekdays as 周1 to 周7.

    A numeral that is no plain number (三五, 几十, 一百) stays as it is, so that nobody reads it.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(SIMPLIFIED)
    plain = " ".join(plain.split())
    plain = _GAP.sub("", plain)
    plain = re.sub("礼拜|星期", "周", plain)
    plain = _WEEKDAY.sub(lambda found: f"周{DIGITS[found[1]]} ", plain)
    plain = _YEAR.sub(lambda found: "".join(str(DIGITS[c]) for c in found[0]), plain)
    return _NUMERAL.sub(_number, plain).strip()


def _number(found: re.Match[str]) -> str:
    tens, ten, ones = found.groups()
    if ten is None:
        return found[0] if tens is None or ones is not None else str(DIGITS[tens])
    return str((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0))
