"""Texts that nobody would write: the grammar's own words thrown together, and phrases spoilt."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import services.understanding

SOURCES: Final = Path(services.understanding.__file__).parent
NUMBER_WORDS: Final = """
0 1 2 3 5 9 11 12 13 15 24 25 28 29 30 31 32 53 59 60 99 100 1930 1999 2025 2100 9999 10000
999999999999999 1000000000000000000 0.5 1.5 3.11 9.30 12.5. 00 09 0930 9:30 13:45 24:00 24:30
25:61 1h30 5h99 2025-03-12 2025-02-30 2025-13 2025.1.2 20250312 20259999 03/2025 5/12 13/13 0/0
31/4/25 5/12/2025 31.12. 1st 2nd 31st 99th 0th 3pm 12a 7:5 2H25 1-7 24/7 5% ½ ２ ③ 一百 千千 十十
三五 二〇二五 二十 三十一 零 两 〇〇〇 一二三四五六七八九十百千
"""
NUMBERS: Final = tuple(NUMBER_WORDS.split())
MARKS: Final = (*",.;:-~/'\"()&@#%+*!?、，。：～—…😀", "--", "\n", "\t", "\u200b", "\x00")
LONGEST: Final = 10
PLANES: Final = ((32, 126), (0x4E00, 0x9FFF), (0, 0x2FF), (0x2000, 0xD7FF), (0x1F300, 0x1FAFF))
PLANES_MORE: Final = ((0xFF00, 0xFFEF), (0x0300, 0x036F), (0xE000, 0x10FFFF))


@cache
def vocabulary() -> Sequence[str]:
    """Every word that stands in the sources of understanding, the examples among them."""
    found: set[str] = set()
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.update(re.split(r"[\s,;|()]+", node.value))
    return sorted(word for word in found if 0 < len(word) <= LONGEST)


@cache
def _parts() -> Sequence[Sequence[str]]:
    english = [word for word in vocabulary() if word.isascii()]
    chinese = [word for word in vocabulary() if not word.isascii()]
    return english, chinese, [*english, *chinese], NUMBERS, MARKS


def salad(random: Random, most: int = 9) -> str:
    """Words of one language or of both, numbers and marks, with spaces or without."""
    english, chinese, both, numbers, marks = _parts()
    words = random.choice((english, chinese, both))
    weights = (6, 2, 1)
    chosen = [
        random.choice(random.choices((words, numbers, marks), weights)[0])
        for _ in range(random.randint(1, most))
    ]
    return random.choice((" ", " ", "", "\n")).join(chosen)


def noise(random: Random, most: int = 60) -> str:
    """Characters of any kind, without sense."""
    first, last = random.choice((*PLANES, *PLANES_MORE))
    size = random.randint(0, most)
    drawn = (random.randint(first, last) for _ in range(size))
    return "".join(chr(each) for each in drawn if not 0xD800 <= each <= 0xDFFF)


def spoilt(random: Random, phrases: Sequence[str]) -> str:
    """A phrase with letters dropped, doubled, swapped or replaced, cut or joined to another."""
    text = random.choice(phrases)
    for _ in range(random.randint(1, 4)):
        text = _spoilt_once(random, text, phrases)
    return text


def _spoilt_once(random: Random, text: str, phrases: Sequence[str]) -> str:
    at = random.randint(0, len(text))
    match random.randint(0, 7):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at : at + 1] * 2 + text[at + 1 :]
        case 2:
            return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        case 3:
            return text[:at] + noise(random, 3) + text[at:]
        case 4:
            return text[:at] + salad(random, 2) + text[at:]
        case 5:
            return text[:at] + random.choice(phrases)
        case 6:
            return re.sub(r"\d", lambda _: str(random.randint(0, 9)), text)
        case _:
            return text[:at] + " " + text[at:].upper()


def texts(random: Random, phrases: Sequence[str]) -> Iterator[str]:
    """Salads, spoilt phrases and noise, without end."""
    while True:
        yield salad(random, random.choice((3, 9, 30)))
        yield spoilt(random, phrases)
        yield spoilt(random, phrases)
        yield noise(random)
