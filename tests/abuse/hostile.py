"""Texts that are written to break something: as many as one likes, the same for the same seed."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tests.language.salads import noise, salad, spoilt

LONGEST = 4_000
COMMANDS = (
    "/visit", "/account", "/deal", "/contact", "/add", "/claim", "/merge", "/todo", "/help",
    "/start", "/undo", "/visit Acme", "/deal Acme, proposal,", "/contact Acme,", "拜访", "客户",
    "新增客户", "申领", "/visit@bot", "／visit", "//visit", "/", "visited Acme,", "remind me to",
    "how many visits", "拜访了华东医院，", "提醒我", "note:", "备注：", "account: when: note:",
)  # fmt: skip
MARKUP = (
    "*", "**", "_", "__", "~", "~~", "`", "```", "*_`~", "> ", ">>> ", "# ", "- ", "1. ", "|",
    "||", "[x](https://evil.example)", "[x](tg://user?id=1)", "[x](javascript:alert(1))",
    "[x](at://1)", "![x](https://evil.example/x.png)", "<b>", "</b>", "<i",
    "<a href='https://evil.example'>x</a>", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<!--", "]]>", "<![CDATA[", "&lt;b&gt;", "&amp;",
    "&#60;b&#62;", "&#x3c;b&#x3e;", "\\", "\\*", "\\\\", "\\<", "\\u003cb\\u003e",
    "<tg-spoiler>x</tg-spoiler>", "<tg-emoji emoji-id='1'>x</tg-emoji>",
    "<blockquote expandable>",
)  # fmt: skip
MENTIONS = (
    "<!channel>", "<!here>", "<!everyone>", "<!channel|hi>", "<@U123>", "<@U123|ana>", "<#C123>",
    "<!subteam^S123>", "<!date^1^{date}|x>", "<https://evil.example|Acme>",
    "<mailto:a@b.example>", "<tel:+1>", "@everyone", "@channel", "@here", "@ana", "@botfather",
    "ana@evil.example", ":smile:", ":+1::skin-tone-2:", "/visit", "#tag", "$AAPL",
    "https://evil.example", "evil.example", "www.a.io", "http://1.1.1.1", "t.me/x",
    "tg://resolve?domain=x", "+8613800138000", "*<!channel>*", "＜!channel＞",
    "<\u200b!channel>", "<!chan\u00adnel>", "&lt;!channel&gt;", "@\u200beveryone", "＠everyone",
)  # fmt: skip
UNSEEN = (
    "\x00", "\u202e", "\u202d", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b",
    "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e", "\u3164", "\ufe0f",
    "\U000e0041", "\ud800", "\udfff", "\ud83d", "\ud83d\ude00", "\x07", "\x08", "\x1b[31m",
    "\x7f", "\x85", "\u2028", "\u2029", "\r", "\r\n", "\v", "\f", "\ufffe", "\uffff",
    "\U0010ffff", "\ue000",
)  # fmt: skip
INJECTIONS = (
    "'; DROP TABLE accounts; --", "' OR '1'='1", '" OR ""="', "1; SELECT pg_sleep(10)", "%' --",
    "%%", "_", "%", "\\'; --", "${7*7}", "{{7*7}}", "#{7*7}", "{0}", "{}", "{account}",
    "{0.__class__.__mro__}", "{account.__init__.__globals__}", "%s%s%s%n", "%(name)s", "%x",
    "$(id)", "`id`", "; rm -rf /", "| id", "../../../../etc/passwd", "..\\..\\windows\\win.ini",
    "file:///etc/passwd", "C:\\con\\con", "/dev/null", "=cmd|' /C calc'!A0", "+1+1", "-1+1",
    "@SUM(1+1)", "\t=1+1", '=HYPERLINK("https://evil.example")', "__import__('os')", "\n.\nQUIT",
    "\r\nSet-Cookie: a=b", "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY", '{"name": "x", "city":',
    '+{"name": 1}', "null", "None", "undefined", "NaN", "true", "[]", "{}",
)  # fmt: skip
NUMBERS = (
    "1e999", "-1e999", "1e-999", "9" * 400, "0" * 400, "-0", "0x7fffffff", "2147483648",
    "9223372036854775808", "1" + "0" * 40 + " CNY", "∞", "½", "²³", "①", "٣٤", "௧", "Ⅻ",
    "一百万亿亿亿", "千千千万", "零零零", "1,,,,2", "1.2.3.4.5", "1/0", "50k50k", "¥-1",
    "$1e308", "100%%", "1_000",
)  # fmt: skip
DATES = (
    "0000-00-00", "0001-01-01", "9999-12-31", "99999-99-99", "-0001-01-01", "2026-02-30",
    "31/31/31", "year 0", "in 99999999999 years", "in -1 days", "0 days ago", "10000年13月32日",
    "公元前1年1月1日", "25:61", "99:99", "24:00:60", "下下下下下周八", "next next next friday",
    "every 0 days", "每0天", "tomorrow " * 9, "1/2/3/4/5/6", "1970-01-01T00:00:00+99:99",
    "明天昨天后天", "上周下周本周",
)  # fmt: skip
EMOJI = ("😀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "🇨🇳", "🇨", "1️⃣", "☠️", "🫠", "\U0001f9ff")
BOMBS = (
    "a", "aa ", "1", "1,", "1.", "1:", "1-", "0 ", " ", "\n", "\t", "\u3000", ",", "，", "(",
    ")", "[", "{", "((", "([{", "*a", "_a_", "`a", "[a](", "\\", "\\\\", "<", "&", "@a ", "#a",
    "/a ", "https://", "a.a", "a@a.", "拜访", "明天", "下周", "一百", "千", "万", "王总",
    "周一到", "和", "、", "two and ", "next ", "follow up ", "1pm-", "12:00-", "50k ", "1e9 ",
    "Acme ", "Acme and ", "华东医院", "note: ", "a:b ", '"', "“", "「", "'", "x" * 50 + " ", "é",
    "e\u0301", "a\u0301\u0302\u0303", "한", "ﷺ", "ŉ", "İ", "ß",
)  # fmt: skip
NESTS = (
    *(("(", ")"), ("[", "]"), ("{", "}"), ("*", "*"), ("“", "”"), ("「", "」"), ("<b>", "</b>")),
    *(("[", "](https://a.example)"), ("_*", "*_"), ("```", "```"), ('"', '"'), ("\\", "\\")),
)
LISTS = (MARKUP, MENTIONS, UNSEEN, INJECTIONS, NUMBERS, DATES, EMOJI, COMMANDS)

Make = Callable[[Random, Sequence[str]], str]


def pieces(random: Random, _phrases: Sequence[str]) -> str:
    """A few hostile pieces of any kind, with words between them or none."""
    chosen = [random.choice(random.choice(LISTS)) for _ in range(random.randint(1, 4))]
    return random.choice(("", " ", ", ", "\n", "a", "，")).join(chosen)


def named(random: Random, _phrases: Sequence[str]) -> str:
    """A command, with something hostile where a name or a note is wanted."""
    hostile = random.choice(random.choice(LISTS))
    return f"{random.choice(COMMANDS)} {hostile}{random.choice(('', ' Acme', ' 明天', ', ok'))}"


def sprinkled(random: Random, phrases: Sequence[str]) -> str:
    """What people write, with something hostile in the middle of it."""
    text = random.choice(phrases)
    for _ in range(random.randint(1, 3)):
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(random.choice(LISTS)) + text[at:]
    return text


def zalgo(random: Random, phrases: Sequence[str]) -> str:
    """Letters under heaps of marks."""
    marks = [chr(random.randint(0x300, 0x36F)) for _ in range(random.randint(1, 12))]
    return "".join(letter + "".join(marks) for letter in random.choice(phrases)[:20])


def emoji(random: Random, _phrases: Sequence[str]) -> str:
    """Hearts and families, joined and torn."""
    flood = "".join(random.choice(EMOJI) for _ in range(random.randint(1, 20)))
    return flood[random.randint(0, 2) :]


def spoilt_words(random: Random, phrases: Sequence[str]) -> str:
    return random.choice((spoilt(random, phrases), salad(random), noise(random)))


def nested(random: Random, phrases: Sequence[str]) -> str:
    """Brackets and marks in one another, closed or left open."""
    begin, end = random.choice(NESTS)
    depth = random.choice((2, 3, 8, 60))
    return begin * depth + random.choice(phrases)[:30] + end * random.choice((depth, depth - 1, 0))


def bomb(random: Random, phrases: Sequence[str]) -> str:
    """One thing again and again, until the end that does not fit."""
    unit = random.choice(BOMBS) + random.choice(("", "", "", random.choice(BOMBS)))
    size = random.choice((20, 40, 60, 200))
    ends = ("", "!", "a", "\x00", "。", ")", "Acme", "tomorrow")
    return (unit * (size // len(unit) + 1))[:size] + random.choice(ends)


def huge(random: Random, phrases: Sequence[str]) -> str:
    """As long as a message may be, and somewhat longer."""
    make = random.choice((bomb, pieces, sprinkled, nested, spoilt_words))
    size = random.choice((1_000, LONGEST - 1, LONGEST, LONGEST + 1, LONGEST * 3))
    part = make(random, phrases) or "x"
    return (part * (size // len(part) + 1))[:size]


KINDS: tuple[tuple[Make, int], ...] = (
    *((pieces, 120), (named, 160), (sprinkled, 80), (zalgo, 20), (emoji, 20)),
    *((spoilt_words, 50), (nested, 20), (bomb, 28), (huge, 2)),
)
"""How to make one, and how often of 500."""


def texts(seed: int, phrases: Sequence[str]) -> Iterator[str]:
    """Hostile texts without end."""
    random = Random(seed)
    makes, weights = [make for make, _ in KINDS], [weight for _, weight in KINDS]
    while True:
        for make in random.choices(makes, weights, k=100):
            yield make(random, phrases)
