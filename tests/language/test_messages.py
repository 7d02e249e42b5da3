"""Whole messages of reps: how often each fact in them is understood."""

import pytest

from tests.language.score import messages

FIELDS = {
    "intent": 0.97,
    "account": 0.97,
    "contacts": 0.98,
    "outcome": 0.97,
    "note": 0.98,
    "follow_up_at": 0.97,
    "event_date": 0.95,
    "deal_stage": 0.98,
    "amount": 0.98,
    "currency": 0.95,
    "(all fields)": 0.91,
}
FLOORS = {"en": FIELDS, "zh": FIELDS}
"""The share that must be right; it only goes up."""

EACH = [(language, name) for language, floors in FLOORS.items() for name in floors]


@pytest.mark.parametrize(("language", "name"), EACH)
def test_enough_is_understood(language: str, name: str) -> None:
    score = messages()
    assert score.counts[language, name].total()
    assert score.share(language, name) >= FLOORS[language][name], "\n".join(score.failed)


def test_every_field_has_a_floor() -> None:
    assert set(messages().counts) <= set(EACH)
