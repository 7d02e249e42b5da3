from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.limits import Limits


def test_a_burst_is_free_and_then_each_waits_its_turn() -> None:
    limits = Limits(burst=3, seconds=8)
    assert [limits.wait("ana", 0) for _ in range(4)] == [0, 0, 0, 8]
    assert limits.wait("ana", 7) == 1
    assert limits.wait("ana", 8) == 0


def test_nobodys_flood_is_anybody_elses_wait() -> None:
    limits = Limits(burst=1, seconds=10)
    assert limits.wait("ana", 0) == 0
    assert limits.wait("ana", 0) == 10
    assert limits.wait("bo", 0) == 0


def test_only_the_last_few_people_are_remembered() -> None:
    limits = Limits(burst=1, seconds=1_000, people=2)
    for name in ("ana", "bo", "cai"):
        assert limits.wait(name, 0) == 0
    assert len(limits._spent) == 2
    assert limits.wait("ana", 0) == 0


@given(st.integers(1, 5), st.lists(st.floats(0, 20), max_size=50))
def test_no_more_than_the_burst_and_one_a_turn(burst: int, waits: list[float]) -> None:
    limits = Limits(burst=burst, seconds=10)
    now, allowed = 0.0, 0
    for wait in waits:
        now += wait
        allowed += limits.wait("ana", now) == 0
    assert allowed <= burst + now / 10 + 1e-6
