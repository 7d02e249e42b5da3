"""Times, periods and amounts as people write them: how many of them are read rightly."""

import pytest

from tests.language.score import phrases

FLOORS = {
    ("en", "instant"): 0.985,
    ("en", "date"): 0.985,
    ("en", "period"): 0.985,
    ("en", "amount"): 0.985,
    ("zh", "instant"): 0.985,
    ("zh", "date"): 0.985,
    ("zh", "period"): 0.985,
    ("zh", "amount"): 0.985,
}
"""The share that must be right; it only goes up."""


@pytest.mark.parametrize(("language", "kind"), FLOORS)
def test_enough_is_understood(language: str, kind: str) -> None:
    score = phrases()
    assert score.counts[language, kind].total()
    assert score.share(language, kind) >= FLOORS[language, kind], "\n".join(score.failed)


def test_every_kind_has_a_floor() -> None:
    assert set(phrases().counts) == set(FLOORS)
