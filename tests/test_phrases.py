"""Every phrase is said in every language, and nothing else is in the catalogues."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import handlers
from bot.commands import collect
from bot.markdown import plain
from bot.phrases import LANGUAGES, catalog, counted, label, speaking
from services import errors

ROOT = Path(__file__).parent.parent
MARKS = {"_", "label", "marked"}
OTHERS = [code for code in LANGUAGES if code != "en"]
HALF_WIDTH = re.compile(r"[\u3400-\u9fff][,;!?]|[,;!?][\u3400-\u9fff]")


def sources() -> Iterator[ast.AST]:
    for package in ("bot", "handlers", "services"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"), str(path))


def calls() -> Iterator[tuple[str, list[ast.expr]]]:
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                yield name, node.args


def text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def marked_phrases() -> set[str]:
    return {
        text for name, args in calls() if name in MARKS and args and (text := text_of(args[0]))
    }


def counted_phrases() -> set[tuple[str, str]]:
    return {
        (one, many)
        for name, args in calls()
        if name == "counted" and (one := text_of(args[0])) and (many := text_of(args[1]))
    }


def refusals() -> set[str]:
    found: list[type[errors.Refusal]] = [errors.Refusal]
    for each in found:  # also those that stand beside what they refuse
        found += each.__subclasses__()
    ours = {each for each in found[1:] if each.__module__.startswith("services.")}
    return {each().message for each in ours}


def summaries() -> set[str]:
    return {command.summary for command in collect(handlers).commands}


def phrases() -> set[str]:
    """Every phrase by its key in a catalogue: the singular where there are two."""
    single = marked_phrases() | refusals() | summaries()
    return single | {one for one, _many in counted_phrases()}


def braces(text: str) -> set[str]:
    return {name for _text, name, _spec, _conv in Formatter().parse(text) if name is not None}


def translations(language: str) -> dict[str, list[str]]:
    """Each key of a catalogue and its translations, one for each plural form."""
    found: dict[str, list[str]] = {}
    for message in catalog(language):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            told = message.string or ()
            many = [told] if isinstance(told, str) else list(told)
            found[key] = [str(each) for each in many]
    return found


def test_the_walk_finds_what_people_read() -> None:
    assert "Undo" in marked_phrases()
    assert len(refusals()) > 10
    assert len(summaries()) > 8
    assert {one.startswith("{count}") for one, _many in counted_phrases()} >= {True}


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_translated_and_no_other(language: str) -> None:
    told = translations(language)
    missing = phrases() - {key for key, texts in told.items() if all(texts)}
    unused = set(told) - phrases()
    assert (set(), set()) == (missing, unused)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_fill_the_same_placeholders(language: str) -> None:
    wrong = {
        key: text
        for key, texts in translations(language).items()
        for text in texts
        if braces(key) | ({"count"} & braces(text)) != braces(text)
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_translations_mark_up_the_same_words(language: str) -> None:
    """A bold name stays bold, and nothing else becomes markup."""
    wrong = {
        key: text
        for key, texts in translations(language).items()
        for text in texts
        if (key.count("*"), key.count("`")) != (text.count("*"), text.count("`"))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_entry_is_unsure_or_obsolete(language: str) -> None:
    path = ROOT / "bot" / "locales" / language / "salesbot.po"
    with path.open("rb") as file:
        read = read_po(file, locale=language)
    assert [message.id for message in read if message.fuzzy and message.id] == []
    assert dict(read.obsolete) == {}


@pytest.mark.parametrize("language", OTHERS)
def test_each_key_stands_once(language: str) -> None:
    text = (ROOT / "bot" / "locales" / language / "salesbot.po").read_text(encoding="utf-8")
    keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert sorted(keys) == sorted(set(keys))


def test_chinese_is_punctuated_as_chinese() -> None:
    wrong = [t for texts in translations("zh").values() for t in texts if HALF_WIDTH.search(t)]
    assert wrong == []


def test_chinese_does_not_stand_on_ceremony() -> None:
    """「您的操作已成功」 is what machines say."""
    stiff = re.compile("您|已成功|进行|操作|！")
    assert [t for texts in translations("zh").values() for t in texts if stiff.search(t)] == []


def test_refusals_and_errors_do_not_shout() -> None:
    assert [text for text in phrases() if "!" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_said_with_its_noun(language: str) -> None:
    with speaking(language):
        for one, many in counted_phrases():
            blanks = dict.fromkeys(braces(one) | braces(many), "x") | {"count": 3}
            blanks.pop("count")
            assert "3" in counted(one, many, 3, **blanks)
            assert "1" in counted(one, many, 1, **blanks)


def test_an_unknown_language_is_english() -> None:
    with speaking("xx"):
        assert label("Undo") == plain("Undo") == "Undo"
