"""Nothing is spared from garbage collections for longer than a table is at work."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from services.tables.calm import settle, settling


class Circle:
    """Something that only a garbage collection frees."""

    def __init__(self) -> None:
        self.itself = self


def lost() -> "weakref.ref[Circle]":
    return weakref.ref(Circle())


@pytest.fixture(autouse=True)
def _enabled() -> Iterator[None]:
    gc.unfreeze()
    gc.disable()  # nothing but these tests collects
    yield
    gc.enable()


def test_circles_of_others_are_freed_afterwards() -> None:
    with settling():
        circle = lost()
        held = Circle()
        seen = weakref.ref(held)
        settle()
        assert gc.get_freeze_count() > 0
        del held
    gc.collect()
    assert (circle(), seen(), gc.get_freeze_count()) == (None, None, 0)


def test_also_when_it_fails() -> None:
    with pytest.raises(ValueError, match="a table"):
        fails()
    gc.collect()
    assert gc.get_freeze_count() == 0


def fails() -> None:
    with settling():
        settle()
        raise ValueError("a table")


def test_the_last_of_several_at_work_lets_go() -> None:
    with settling():
        with settling():
            settle()
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_outside_of_such_work_nothing_is_spared() -> None:
    held = Circle()
    seen = weakref.ref(held)
    settle()
    del held
    gc.collect()
    assert (seen(), gc.get_freeze_count()) == (None, 0)
