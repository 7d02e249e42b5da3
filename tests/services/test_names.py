import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.names import alike, exact, fold, keys
from storage.accounts import Sighting


def sightings(*names: str, mine: str = "", closed: str = "") -> list[Sighting]:
    return [
        Sighting(number, name, "Bo", key, sound, mine=name == mine, open=name != closed)
        for number, name in enumerate(names, 1)
        for key, sound in keys(name).items()
    ]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Acme, Inc.", "acmeinc"),
        ("ＡＣＭＥ", "acme"),
        ("华东 医院", "华东医院"),
        ("O'Neil & Sons", "oneilsons"),
        ("7天酒店", "7天酒店"),
    ],
)
def test_width_case_and_punctuation_do_not_matter(written: str, folded: str) -> None:
    assert folded == fold(written)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_is_also_known_without_its_legal_form_and_by_its_sound() -> None:
    assert keys("Acme Ltd") == {"acmeltd": False, "acme": False}
    assert keys("华东医院") == {"华东医院": False, "huadongyiyuan": True, "hdyy": True}
    assert not keys("明天食品有限公司")["明天食品"]


def test_a_name_that_is_only_a_legal_form_stays() -> None:
    assert keys("集团") == {"集团": False, "jituan": True}


def test_initials_of_two_letters_mean_too_little() -> None:
    assert "sy" not in keys("三一")


@pytest.mark.parametrize("typed", ["华东医院", "huadong yiyuan", "HDYY", " 华东 医院 "])
def test_an_account_is_found_by_name_pinyin_and_initials(typed: str) -> None:
    match = exact(typed, sightings("华东医院", "华南医院"))
    assert match.certain
    assert [each.name for each in match.accounts] == ["华东医院"]


def test_the_written_name_comes_before_the_sound() -> None:
    match = exact("acme", sightings("Acme", "阿克么"))
    assert [each.name for each in match.accounts] == ["Acme"]


def test_of_two_with_one_name_ones_own_is_meant() -> None:
    twins = [
        Sighting(1, "Acme", "Bo", "acme", sound=False, mine=False, open=True),
        Sighting(2, "Acme", "Ana", "acme", sound=False, mine=True, open=True),
    ]
    assert [each.id for each in exact("Acme", twins).accounts] == [2]


@pytest.mark.parametrize("mine", ["", "Acme Inc"])
def test_whoever_is_named_so_comes_before_who_is_called_so_for_short(mine: str) -> None:
    match = exact("acme", sightings("Acme Inc", "Acme", "Acme Ltd", mine=mine))
    assert [each.name for each in match.accounts] == ["Acme"]
    assert match.certain


def test_one_s_own_comes_before_whoever_is_named_so_elsewhere() -> None:
    match = exact("acme", sightings("Acme Inc", "Acme", mine="Acme Inc", closed="Acme"))
    assert [each.name for each in match.accounts] == ["Acme Inc"]


def test_two_with_one_sound_are_asked_about() -> None:
    match = exact("huadong", sightings("华东", "花洞"))
    assert not match.certain
    assert {"华东", "花洞"} == {each.name for each in match.accounts}


@pytest.mark.parametrize("typed", ["Huadong Fods", "huadong food", "Hudong Foods"])
def test_a_misspelt_name_is_understood(typed: str) -> None:
    match = alike(typed, sightings("Huadong Foods", "Blue Harbor", "Acme"))
    assert match.certain
    assert [each.name for each in match.accounts] == ["Huadong Foods"]


def test_a_part_of_several_names_is_asked_about() -> None:
    match = alike("第一", sightings("第一医院", "第一酒店", "第一食品", "第一电子"))
    assert not match.certain
    assert len(match.accounts) == 3


@pytest.mark.parametrize("typed", ["", "x", "Zebra Works", "？？"])
def test_nothing_alike_is_nothing(typed: str) -> None:
    assert alike(typed, sightings("Huadong Foods", "Acme")).accounts == ()


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_any_text_is_answered(typed: str, names: list[str]) -> None:
    known = sightings(*names)
    assert len(exact(typed, known).accounts) <= 3
    assert len(alike(typed, known).accounts) <= 3


@given(st.text(alphabet="abcdefghijklmnop 华东医院食品", min_size=3, max_size=20))
def test_every_name_finds_itself(name: str) -> None:
    if len(fold(name)) > 1:
        assert exact(name, sightings(name)).certain
