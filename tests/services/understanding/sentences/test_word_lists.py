from typing import get_args

import pytest

from services.understanding.sentences.lexicon import CHINESE, ENGLISH, HAN_WORDS, LATIN_WORDS, Tag
from services.understanding.sentences.word_lists import FOLDER, listed, lists, pairs

NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
TAGGED = [*ENGLISH, *CHINESE]
OTHER = {"en_pairs", "en_people", "zh_people"}


def test_every_list_is_read() -> None:
    assert {*TAGGED, *OTHER} == set(NAMES)


@pytest.mark.parametrize("name", TAGGED)
def test_every_heading_is_of_known_tags(name: str) -> None:
    known = set(get_args(Tag))
    for heading, words in lists(name):
        assert set(heading.split()) <= known, heading
        assert words.split(), heading


def test_every_tag_is_carried_by_some_word() -> None:
    carried: set[str] = set().union(*LATIN_WORDS.values(), *HAN_WORDS.values())
    carried |= {tag for name in TAGGED for heading, _ in lists(name) for tag in heading.split()}
    assert set(get_args(Tag)) <= carried


@pytest.mark.parametrize("name", NAMES)
def test_no_heading_comes_twice(name: str) -> None:
    headings = [heading for heading, _ in lists(name)]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("name", NAMES)
def test_no_word_comes_twice_under_a_heading(name: str) -> None:
    separator = "," if name in {*ENGLISH, "en_pairs"} else None
    for heading, text in lists(name):
        words = [" ".join(word.split()) for word in text.replace("+", ",").split(separator)]
        words = [word for word in words if word]
        again = {word for word in words if words.count(word) > 1}
        assert not again or name in OTHER, heading


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_in_small_letters(name: str) -> None:
    for _, text in lists(name):
        assert text == text.lower()


def test_pairs_have_two_halves() -> None:
    assert all(first.strip() and last.strip() for _, first, last in pairs("en_pairs"))


@pytest.mark.parametrize("name", ["en_people", "zh_people"])
def test_lists_of_people_have_names(name: str) -> None:
    assert all(words for words in listed(name).values())
