"""All words that tell something, looked up by their beginning."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal, cast

from services.understanding.sentences import surnames_zh
from services.understanding.sentences.word_lists import lists, pairs

Tag = Literal[
    "visit", "call", "message", "demo", "meeting", "done", "base", "talked", "follow", "remind",
    "booked", "plan", "send", "sent", "quote", "by", "good", "bad", "fair", "not", "wish", "deal",
    "move", "lead", "qualified", "proposal", "negotiation", "won", "lost", "to_lead",
    "to_qualified", "to_proposal", "to_negotiation", "to_won", "to_lost", "rival_next",
    "rival_before", "product_next", "product_before", "per", "discount", "budget", "worth",
    "close", "they", "we", "own", "where", "who", "of", "there", "det", "title", "role", "dept",
    "conj", "prep", "suffix", "weak", "place", "part", "stop", "ask", "hello", "honorific",
    "about_sales", "about_visits", "about_quota", "about_pipeline", "about_today",
    "about_account", "about_help", "unreached", "event", "brand", "filler", "smile", "frown",
    "shrug", "paper", "worry", "log", "too", "aside", "known",
]  # fmt: skip
Tags = frozenset[Tag]
NONE: Tags = frozenset()
WORD = re.compile(
    r"[a-z]{2,40}(?=[ ,\n]|$)"  # most words: what follows is tried for the others only
    r"|(?:[bw]/[co]?(?![a-z0-9])|w/|f/u(?![a-z])|n/a(?![a-z])|24/7|50/50|r&d(?![a-z]))"
    r"|(?:[a-z]\.){2,5}"
    r"|[a-z0-9-]{1,40}(?:\.(?:com|cn|net|org|io|ai|jp|de|uk|hk|sg|in|app|dev))+(?![a-z0-9])"
    r"|[a-z0-9_\u00c0-\u024f\u0370-\u04ff]+"
    r"(?:['&+-][a-z0-9\u00c0-\u024f]+|(?<=[0-9])[.,][0-9]+)*"
)
ARROWS = ("->", "=>")
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002ffff]+")

Phrases = tuple[tuple[int, list[str], Tags], ...]


def words(text: str) -> tuple[str, ...]:
    """The words and marks of an English phrase."""
    found = []
    at = 0
    while at < len(text):
        word = WORD.match(text, at)
        if word:
            found.append(word[0])
            at = word.end()
            continue
        length = 2 if text.startswith(ARROWS, at) else 1
        if not text[at].isspace():
            found.append(text[at : at + length])
        at += length
    return tuple(found)


def _gathered(
    tables: Iterable[tuple[str, str]], separator: str | None
) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for tags, listed in tables:
        carried = frozenset(tags.split())
        for phrase in " ".join(listed.split()).split(separator):
            word = phrase.strip()
            if word:
                found[word] = found.get(word, frozenset()) | carried
    return found


def _paired() -> Iterator[tuple[str, str]]:
    """Every phrase of a first list before every phrase of a second."""
    for tags, firsts, lasts in pairs("en_pairs"):
        yield (
            tags,
            ",".join(
                f"{first.strip()} {last.strip()}"
                for first in firsts.split(",")
                for last in lasts.split(",")
            ),
        )


def _latin() -> tuple[dict[str, Tags], dict[tuple[str, str], Phrases]]:
    """Words, and longer phrases by the two words with which they begin, the longest first."""
    tables = chain(*map(lists, ENGLISH), _paired())
    single: dict[str, Tags] = {}
    longer: dict[str, list[tuple[int, list[str], Tags]]] = {}
    for phrase, tags in _with(_gathered(tables, ",")).items():
        first, *rest = words(phrase)
        known = cast(
            "Tags", tags | {"ask"} if first in ASKING and rest and _is_about(tags) else tags
        )
        if rest and phrase.replace(" ", "").isalpha():
            single.setdefault("-".join((first, *rest)), known)
        if rest:
            longer.setdefault(first, []).append((len(rest) + 1, [first, *rest], known))
        else:
            single[first] = known
    _inherit(longer, single)
    begun: dict[tuple[str, str], list[tuple[int, list[str], Tags]]] = {}
    for phrases in longer.values():
        for each in sorted(phrases, key=lambda each: -each[0]):
            begun.setdefault((each[1][0], each[1][1]), []).append(each)
    return single, {words: tuple(phrases) for words, phrases in begun.items()}


def _is_about(tags: frozenset[str]) -> bool:
    return any(tag.startswith("about_") for tag in tags)


def _with(phrases: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Each phrase that ends in with as thumbs write it, too: spoke w, spoke w/."""
    short = {
        phrase.removesuffix("with") + each: tags
        for phrase, tags in phrases.items()
        if phrase.endswith(" with") and tags & MET
        for each in ("w", "w/")
    }
    return short | phrases


def _inherit(
    longer: dict[str, list[tuple[int, list[str], Tags]]], single: dict[str, Tags]
) -> None:
    """What begins with praise or doubt has it, too: good call with, impressed with the."""
    for listed in longer.values():
        judged = {tuple(phrase): tags & INHERITED for _, phrase, tags in listed}
        for at, (length, phrase, tags) in enumerate(listed):
            if tags & INHERITED or tags & {"remind"}:
                continue
            for shorter in range(length - 1, 0, -1):
                begun = (
                    judged.get(tuple(phrase[:shorter]))
                    if shorter > 1
                    else single.get(phrase[0], NONE) & INHERITED
                )
                if begun:
                    listed[at] = (length, phrase, tags | begun)
                    break


def _han() -> tuple[dict[str, Tags], dict[str, tuple[int, ...]]]:
    """Words, and for each two characters how long the words are that begin so."""
    counted = " ".join(number + measure for number in NUMBERS for measure in MEASURES)
    extra = (("stop", counted), ("role", " ".join(surnames_zh.ROLES)))
    tables = chain(*map(lists, CHINESE), extra)
    found: dict[str, Tags] = {}
    lengths: dict[str, set[int]] = {}
    for word, tags in _gathered(tables, None).items():
        if tags == {"hello"} and len(word) == 1:
            continue
        found[word] = cast("Tags", tags)
        if len(word) > 1:
            lengths.setdefault(word[:2], set()).add(len(word))
    return found, {begun: tuple(sorted(each, reverse=True)) for begun, each in lengths.items()}


def _slips() -> dict[str, Tags]:
    """Words that a slip of the thumb makes: each strong word without one of its letters."""
    found: dict[str, Tags] = {}
    for word, tags in LATIN_WORDS.items():
        if len(word) < LONG_ENOUGH or not word.isalpha() or tags.isdisjoint(WORTH_MENDING):
            continue
        for at in range(1, len(word)):
            found.setdefault(word[:at] + word[at + 1 :], tags)
    return found


def mended(word: str) -> Tags:
    """What a word tells that is one slip, or a genitive, away from one that is known."""
    base, mark, ending = word.partition("'")
    if mark and ending in ENDINGS:
        return LATIN_WORDS.get(base, NONE)
    if len(word) < LONG_ENOUGH - 1:
        return NONE
    if word in SLIPS:
        return SLIPS[word]
    for at in range(1, len(word)):
        shorter = word[:at] + word[at + 1 :]
        tags = SLIPS.get(shorter) or (LATIN_WORDS.get(shorter, NONE) & WORTH_MENDING)
        if tags:
            return SLIPS.get(shorter) or LATIN_WORDS[shorter]
    return NONE


ENGLISH = (
    "en_activities", "en_next_steps", "en_outcomes", "en_deals", "en_around_names",
    "en_organisations",
    "en_common", "en_questions", "faces",
)  # fmt: skip
CHINESE = (
    "zh_activities", "zh_next_steps", "zh_outcomes", "zh_deals", "zh_around_names",
    "zh_organisations",
    "zh_common", "zh_places", "zh_questions",
)  # fmt: skip
NUMBERS = "一二两三四五六七八九十几多数俩仨"
MEASURES = "家个位次趟台套件份条款项箱盒瓶根块片层间辆批桶袋轮场顿笔通圈吨斤米公斤两"
"""A number before one of these counts something."""
OWNER = "'s"
ENDINGS = frozenset(("s", "d", "ll", "ve", "re", "m", "t"))
ASKING = frozenset("what what's whats who who's whos which when when's whens where how".split())
MET = frozenset(("visit", "call", "message", "meeting", "demo", "follow"))
INHERITED: Tags = frozenset(("good", "bad", "fair", "worry", "quote", "paper", "demo", "wish"))
"""What a phrase tells, too, that begins with a word which tells it."""
LONG_ENOUGH = 7
WORTH_MENDING: Tags = frozenset(
    (
        "visit",
        "call",
        "good",
        "bad",
        "follow",
        "remind",
        "proposal",
        "negotiation",
        "qualified",
        "quote",
        "demo",
        "role",
    )
)
LATIN_WORDS, LATIN_PHRASES = _latin()
SLIPS = _slips()
HAN_WORDS, HAN_LENGTHS = _han()
