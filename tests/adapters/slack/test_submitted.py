from typing import Any

import pytest

from bot.adapters.slack import inputs
from bot.adapters.slack.submitted import answers, question
from bot.messages import File, Input, Place, Sender, Submission, Way
from tests.adapters.slack.payloads import NOW, form, picked, reading, typed

DAY, CLOCK = "2026-11-20", "15:00"


def submitted(values: dict[str, Any] | None = None, **more: Any) -> Submission:
    found = reading(form(values, **more))
    assert isinstance(found, Submission)
    return found


def day(value: str | None) -> dict[str, Any]:
    return {"answer": {"type": "datepicker", "selected_date": value}}


def clock(value: str | None) -> dict[str, Any]:
    return {"answer": {"type": "timepicker", "selected_time": value}}


def test_a_form() -> None:
    who = Sender("slack", "U1", "ana")
    place = Place("slack", "T1", "U1")
    answered = {"note": "went well"}
    expected = Submission(who, place, "tok", answered, NOW, card="D1/1.2", window="view:V1")
    assert reading(form()) == expected


def test_another_window_than_a_form() -> None:
    assert reading(form(callback_id="loading")) is None


def test_what_was_typed_and_what_was_picked() -> None:
    found = submitted(
        {
            "note~1a": {"answer": typed("a < b & *c*")},
            "kind": {"answer": picked("visit")},
            "account~ff": {"answer": picked("7", "external_select")},
            "how": {"answer": picked("x", "radio_buttons")},
        }
    )

    assert found.answers == {"note": "a < b & *c*"}
    assert found.chosen == {"kind": "visit", "account": "7", "how": "x"}


def test_what_was_left_or_made_empty_is_no_answer() -> None:
    found = submitted(
        {
            "note": {"answer": typed(None)},
            "more": {"answer": typed("")},
            "kind": {"answer": picked(None)},
            "at": day(None),
            "at.time": clock(None),
        }
    )

    assert (found.answers, found.chosen) == ({}, {})


@pytest.mark.parametrize(
    ("date", "time", "at"),
    [(DAY, CLOCK, f"{DAY} {CLOCK}"), (DAY, None, DAY), (None, CLOCK, CLOCK)],
)
def test_a_moment_is_a_day_and_a_time(date: str | None, time: str | None, at: str) -> None:
    for values in (
        {"at": day(date), "at.time": clock(time)},
        {"at.time~1b": clock(time), "at~1b": day(date)},
    ):
        assert answers(values) == ({"at": at}, {})


@pytest.mark.parametrize("stored", ["", DAY, f"{DAY} {CLOCK}"])
def test_the_names_that_are_shown_are_the_names_that_are_read(stored: str) -> None:
    asked = Input("at", "When?", way=Way.MOMENT, stored=stored)
    shown = [block["block_id"] for block in inputs.to_blocks(asked)]

    assert [question(each) for each in shown] == ["at", "at.time"]


def test_files() -> None:
    entries = [
        {"id": "F1", "name": "shelf.jpg", "mimetype": "image/jpeg", "mode": "hosted"},
        {"id": "F2", "mode": "tombstone"},
    ]
    found = submitted({"files": {"answer": {"type": "file_input", "files": entries}}})

    assert found.files == (File("shelf.jpg", "image/jpeg", "F1"),)
    assert found.answers == {}


def test_no_files() -> None:
    for nothing in ({"type": "file_input"}, {"type": "file_input", "files": None}):
        assert submitted({"files": {"answer": nothing}}).files == ()


@pytest.mark.parametrize("meta", ["", "{}", "null", "not JSON", '{"card": "D1/1.2"}'])
def test_a_form_that_is_none_of_ours_raises(meta: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        reading(form(private_metadata=meta))
