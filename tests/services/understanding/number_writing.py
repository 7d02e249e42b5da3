"""Writes numbers in words: the other way round from what is tested with it."""

DIGITS = "零一二三四五六七八九"
UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
CHEQUE = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
ONES = SMALL.split()
ROUND = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
TENS = ROUND.split()


def in_chinese(number: int) -> str:
    """A whole number as it is said in full."""
    for size, unit in UNITS:
        times, rest = divmod(number, size)
        if times:
            gap = "零" if 0 < rest < size // 10 else ""
            return in_chinese(times) + unit + (gap + in_chinese(rest) if rest else "")
    return DIGITS[number]


def cheque(number: int) -> str:
    """The same in the characters that nobody changes with a pen."""
    return in_chinese(number).translate(CHEQUE)


def in_english(number: int) -> str:
    """A whole number below a million."""
    thousands, rest = divmod(number, 1000)
    said = [f"{_hundreds(thousands)} thousand"] if thousands else []
    return " ".join([*said, *([_hundreds(rest)] if rest else [])])


def _hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    said = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if rest and rest < len(ONES):
        said.append(ONES[rest])
    elif rest:
        said.append(TENS[rest // 10] + (f"-{ONES[rest % 10]}" if rest % 10 else ""))
    return " and ".join(said)
