"""Chinese people in a text, by surname and title: 王主任, 周总, 陈晓红院长, 小李."""

import re
from collections.abc import Iterator

from services.understanding.sentences import surnames_zh as data
from services.understanding.sentences.lexicon import HAN_WORDS
from services.understanding.sentences.surnames_zh import GIVEN
from services.understanding.sentences.vocabulary_index import Spot

BRANDS = frozenset(word for word, tags in HAN_WORDS.items() if "brand" in tags)
KINDS: dict[str, tuple[str, ...]] = {}
for _word, _tags in HAN_WORDS.items():
    if "suffix" in _tags and ("stop" not in _tags or len(_word) == 1):
        KINDS[_word[0]] = (*KINDS.get(_word[0], ()), _word)
"""What shops and firms are called, by the first character."""
ENDINGS = frozenset(word for word, tags in HAN_WORDS.items() if "suffix" in tags and len(word) > 1)
"""What names of firms end with."""
OWNED = ("家", "记", "氏")
"""Between an owner's name and what the shop is: 老张家超市."""
ROLES = frozenset(data.ROLES)
LONGEST_ROLE = 4
LONGEST_NAME = 3
GIVEN_CHARACTERS = tuple(GIVEN)
INTRODUCING = (
    ROLES
    | {word for word, tags in HAN_WORDS.items() if "dept" in tags}
    | set(
        "换成 联系人 对接人 负责人 姓名 名叫 见了 见到了 见到 对接人是 联系人是 负责人是".split()
    )
    | set("接待我们的是 接替的是 接班的是 新来的是 现在是 负责的是 对接的是 换成了".split())
)
"""Words after which somebody is named."""
TIMES = frozenset(f"周{day}" for day in "一二三四五六日天")
SINGLE = frozenset(data.SINGLE)
DOUBLE = frozenset(data.DOUBLE)
TITLES: dict[str, list[str]] = {}
for _title in sorted(set(data.TITLES), key=len, reverse=True):
    TITLES.setdefault(_title[0], []).append(_title)
BEGINNING = re.compile(f"[{''.join(TITLES)}{data.SINGLE}小老阿]")
WORDS = frozenset(word for word in HAN_WORDS if len(word) > 1)
LONGEST_WORD = 4
OTHERS = re.compile("|".join(sorted(data.OTHER_PEOPLES, key=len, reverse=True)))
JOINING = frozenset("和跟与、")
ENDING = frozenset("、,，和跟与在聊谈 ")
FULL = (3, 2)
"""How many characters a name has that is said in full, the longer first."""


def people(text: str) -> Iterator[Spot]:
    """Everyone who is named with a title, and those whose names need none."""
    yield from _of_other_peoples(text)
    yield from _surnamed(text)


def _surnamed(text: str) -> Iterator[Spot]:
    """Everyone who is named by surname, from left to right."""
    last = 0
    for found in BEGINNING.finditer(text):
        at = found.start()
        if at < last:
            continue
        if text[at] in SINGLE and (spot := _in_full(text, at, last)):
            last = spot.end
            yield spot
            continue
        spot = _titled(text, at, last) if text[at] in TITLES else None
        if spot is None and text[at] in "小老阿":
            spot = _familiar(text, at)
        if spot:
            last = spot.end
            yield spot


def _titled(text: str, at: int, last: int) -> Spot | None:
    if at == last:
        return None
    title = _title_at(text, at)
    start = title and _name_before(text, at, last, title)
    if not title or start is None or start == "":
        return None
    if text[int(start) : at + len(title)] in BRANDS or (title == "工" and _is_kind(text, at + 1)):
        return None
    if len(title) == 1 and _ends_kind(text, at + 1):
        return None
    return Spot(int(start), at + len(title), "person", title=title)


def _title_at(text: str, at: int) -> str:
    for title in TITLES[text[at]]:
        end = at + len(title)
        if title == "总" and text.startswith("工程", end):
            return title  # 周总 of the 工程部, as 总工程师 is longer and was tried before
        if title == "总工" and text.startswith("程", end):
            continue
        if text.startswith(title, at) and text[end : end + 1] not in _not_after(title):
            return title
    return ""


def _not_after(title: str) -> tuple[str, ...]:
    return tuple(data.SHORT.get(title, ""))


def _name_before(text: str, at: int, last: int, title: str) -> int | None:
    """Where the name before a title begins: a surname, or the name in full."""
    for length in FULL:
        start = at - length
        if start >= last and _is_full(text, start, at, title):
            return start
    if at - 2 >= last and text[at - 2 : at] in DOUBLE:
        return at - 2
    if text[at - 1 : at + 1] in {"徐工", "柳工", "临工"} and text[at - 2 : at - 1] in {
        "州",
        "山",
        "东",
    }:
        return None
    if text[at - 1] in SINGLE and _is_surname(text, at - 1, at + len(title)):
        return at - 1
    return None


def _is_full(text: str, start: int, at: int, title: str) -> bool:
    surname = text[start]
    border = (
        start == 0
        or text[start - 1] in data.BORDERS
        or not _is_han(text[start - 1])
        or _ends_kind(text, start)
    )
    return (
        border
        and surname in SINGLE
        and surname not in data.RARE
        and all(map(_is_han, text[start:at]))
        and not any(text[k] in data.BORDERS for k in range(start, at))
        and not _ends_word(text, at, start)
        and not any(text[k : k + 2] in WORDS for k in range(start, at - 1))
        and text[start : at + len(title)] not in data.NOT_PEOPLE
        and text[start : start + 2] not in TIMES
        and not (text[at - 1] in SINGLE and text[at - 2 : at - 1] not in SINGLE)
    )


def _is_surname(text: str, at: int, end: int) -> bool:
    surname, before = text[at], text[at - 1 : at]
    if _is_engineer(text, at, end):
        return True
    if text[at:end] in data.NOT_PEOPLE or before in tuple(data.NOT_BEFORE.get(surname, "")):
        return False
    if surname in data.RARE and before and _is_han(before) and before not in data.BORDERS:
        return not _ends_word(text, at + 1, 0) and end - at > 2
    return not _ends_word(text, at + 1, 0)


def _is_engineer(text: str, at: int, end: int) -> bool:
    """Whether 高工 is somebody here, as nothing stands before and what he says follows."""
    opens = at == 0 or not _is_han(text[at - 1])
    return opens and text[at:end] == "高工" and text[end : end + 1] in tuple("说讲觉表问答认")


def _ends_word(text: str, at: int, first: int) -> bool:
    """Whether the character before belongs to a longer word: 浙江总经理 is not called 江."""
    return any(text[at - n : at] in WORDS for n in range(2, LONGEST_WORD + 1) if at - n >= first)


def _familiar(text: str, at: int) -> Spot | None:
    name = text[at + 1 : at + 2]
    after = text[at + 2 : at + 3]
    known = name in data.FAMILIAR or name in data.GIVEN_FAMILIAR
    if not name or not known or after in tuple(data.NOT_AFTER_FAMILIAR.get(name, "")):
        return None
    if (
        name not in data.FAMILIAR
        and text[at - 1 : at] not in (*data.BORDERS, "")
        and not _after_role(text, at)
    ):
        return None
    if _is_shop(text, at + 2):
        return None
    if text[at - 1 : at] in {"大", "从", "最", "很", "太", "较", "更", "古", "变", "缩"}:
        return None
    title = _title_at(text, at + 2) if after in TITLES else ""
    return Spot(at, at + 2 + len(title), "person", title=title)


def _of_other_peoples(text: str) -> Iterator[Spot]:
    """People by names that have no Chinese surname: 副总巴特尔, 天山棉业的阿里木."""
    for found in OTHERS.finditer(text):
        at = found.end()
        title = _title_at(text, at) if text[at : at + 1] in TITLES else ""
        if not _is_shop(text, at):
            yield Spot(found.start(), at + len(title), "person", title=title)


def _in_full(text: str, at: int, last: int) -> Spot | None:
    """Someone who is called by the whole name after a role or a department: 采购部王磊."""
    if text[at] in data.RARE or not (
        (at - 2 >= last and _follows_role(text, at)) or _stands_between(text, at)
    ):
        return None
    end = at + 1
    while end < at + LONGEST_NAME and text[end : end + 1] in GIVEN_CHARACTERS:
        end += 1
    while end > at + 1 and _begins_word(text, end - 1, at):
        end -= 1
    if end == at + 1 or any(text[at : at + n] in WORDS for n in range(2, LONGEST_WORD + 1)):
        return None
    return (
        None if text[at:end] in TIMES or text[end : end + 1] in TITLES else Spot(at, end, "person")
    )


def _follows_role(text: str, at: int) -> bool:
    """Whether a role, a firm or a relation leads to a name: 采购部王磊, 宏远物业陈建国."""
    if _ends_kind(text, at - (text[at - 1 : at] == "的")):
        return True
    return any(text[at - n : at] in INTRODUCING for n in range(2, LONGEST_ROLE + 1) if n <= at)


def _stands_between(text: str, at: int) -> bool:
    """Whether only a name fits in, though the surname is a word: 和周敏、赵磊."""
    if text[at - 1 : at] not in JOINING or text[at] not in HAN_WORDS:
        return False
    return any(
        text[at + length : at + length + 1] in ENDING
        and all(each in GIVEN for each in text[at + 1 : at + length])
        for length in FULL
    )


def _begins_word(text: str, at: int, first: int) -> bool:
    """Whether a character belongs to a word after the name: 李莉对, 周敏明天."""
    return at > first + 1 and any(text[at : at + n] in WORDS for n in range(2, LONGEST_WORD + 1))


def _after_role(text: str, at: int) -> bool:
    """Whether a role leads to the name: 老板娘阿芳."""
    return any(
        text[at - length : at] in ROLES for length in range(2, LONGEST_ROLE + 1) if length <= at
    )


def _is_shop(text: str, at: int) -> bool:
    """Whether a shop is called by its owner's name: 老张家超市, 小李理发店."""
    return _is_kind(text, at + (text[at : at + 1] in OWNED))


def _is_kind(text: str, at: int) -> bool:
    return any(text.startswith(kind, at) for kind in KINDS.get(text[at : at + 1], ()))


def _ends_kind(text: str, at: int) -> bool:
    """Whether what firms are called ends here: 欧亚重工, 安康诊所, 万科物业."""
    return any(text[at - n : at] in ENDINGS for n in range(2, LONGEST_WORD + 1) if n <= at)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
