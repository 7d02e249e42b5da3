"""Long lists, a screen at a time: every item is on one screen, and every screen can be reached."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Call
from handlers.paging import paged


def turned(items: list[int], page: int | None, size: int) -> dict[str, int]:
    """The screens to which the buttons of one lead, by their labels."""
    buttons = paged(items, page, size).turns(lambda number: Call("people", {"page": str(number)}))
    return {
        each.label: int(each.then.answers["page"])
        for each in buttons
        if isinstance(each.then, Call)
    }


@given(st.integers(0, 100), st.integers(1, 15))
def test_each_item_is_on_one_screen(count: int, size: int) -> None:
    items = list(range(count))
    last = paged(items, None, size).last
    seen = [each for page in range(1, last + 1) for each in paged(items, page, size).shown]
    assert seen == items


@given(st.integers(0, 100), st.integers(-5, 50), st.integers(1, 15))
def test_a_screen_that_is_gone_is_the_nearest_one(count: int, page: int, size: int) -> None:
    """The list may have become shorter since its button was made."""
    found = paged(list(range(count)), page, size)
    assert 1 <= found.page <= found.last
    assert bool(found.shown) == bool(count)


def test_buttons_lead_to_the_screens_beside() -> None:
    items = list(range(30))
    assert turned(items, None, 12) == {"More ›": 2}
    assert turned(items, 2, 12) == {"‹ Back": 1, "More ›": 3}
    assert turned(items, 3, 12) == {"‹ Back": 2}
    assert turned(items[:12], 1, 12) == {}
