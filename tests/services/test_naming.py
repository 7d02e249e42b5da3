"""People, units and groups by what others call them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.naming import Named, begun, meant, told_apart, written

ANA = Named(1, "Ana Silva", "E-17", "East")
LI_EAST = Named(2, "Li Wei", "", "East")
LI_WEST = Named(3, "Li Wei", "", "West")
WANG = Named(4, "王小明", "W-4", "华东")
BENEDIKT = Named(5, "Benedikt", "", "West")
ALL = (ANA, LI_EAST, LI_WEST, WANG, BENEDIKT)
NAMED = st.builds(
    Named,
    st.integers(1, 9),
    st.text(min_size=1, max_size=12),
    st.sampled_from(["", "A-1", "7"]),
    st.sampled_from(["", "East", "华东"]),
)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Ana Silva", ANA),
        ("ana", ANA),
        ("SILVA", ANA),
        ("e17", ANA),
        ("Li Wei, East", LI_EAST),
        ("West Li Wei", LI_WEST),
        ("王小明", WANG),
        ("小明", WANG),
        ("wangxiaoming", WANG),
        ("wxm", WANG),
        ("Benedict", BENEDIKT),
    ],
)
def test_one_is_meant_for_certain(said: str, who: Named) -> None:
    found = meant(said, ALL)
    assert found.certain
    assert found.those == (who,)


@pytest.mark.parametrize(
    ("said", "those"),
    [
        ("li wei", {LI_EAST, LI_WEST}),
        ("Ben", {BENEDIKT}),
        ("王", {WANG}),
        ("Anna", {ANA}),
        ("Lee Wei", {LI_EAST, LI_WEST}),
    ],
)
def test_in_doubt_those_who_may_be_meant_are_named(said: str, those: set[Named]) -> None:
    found = meant(said, ALL)
    assert not found.certain
    assert those <= set(found.those)


@pytest.mark.parametrize("said", ["", "  ", "…", "Zebulon", "李四", "*"])
def test_nobody_is_made_up(said: str) -> None:
    assert meant(said, ALL).those == ()
    assert written(said, ALL) == ()


def test_a_whole_name_goes_before_a_part_of_another() -> None:
    just_ana = Named(9, "Ana", "", "West")
    assert meant("Ana", (*ALL, just_ana)).those == (just_ana,)


def test_at_most_so_many_are_offered() -> None:
    crowd = [Named(n, "Li Wei", "", f"Team {n}") for n in range(1, 9)]
    assert len(meant("Li Wei", crowd).those) == 5
    assert len(begun("Li", crowd, 3)) == 3


def test_the_nearest_is_offered_first_as_one_types() -> None:
    assert begun("wang", ALL, 5) == [WANG]
    assert begun("l", ALL, 5)[:2] == [LI_EAST, LI_WEST]


def test_namesakes_are_told_apart_by_their_unit_or_a_mark() -> None:
    twin = Named(8, "Li Wei", "", "West")
    assert told_apart([ANA, LI_EAST, LI_WEST]) == [
        (ANA, "", ""),
        (LI_EAST, "East", ""),
        (LI_WEST, "West", ""),
    ]
    assert told_apart([LI_WEST, twin]) == [(LI_WEST, "West", "#3"), (twin, "West", "#8")]


@given(st.text(max_size=20), st.lists(NAMED, max_size=6, unique_by=lambda each: each.id))
def test_only_one_is_ever_certain(said: str, known: list[Named]) -> None:
    found = meant(said, known)
    assert set(found.those) <= set(known)
    assert not found.certain or len(found.those) == 1


@given(st.lists(NAMED, min_size=1, max_size=6, unique_by=lambda each: each.id))
def test_no_two_are_offered_in_the_same_words(known: list[Named]) -> None:
    told = [(each.name, beside, mark) for each, beside, mark in told_apart(known)]
    assert len({(n, b, m) for n, b, m in told}) == len(told) or any(each.code for each in known)
