"""Reading a line against a form: whatever is typed, nothing of it is lost."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import NOTE, PERSON_NAME, PHONE, TEXT, WHEN
from bot.forms import Asking, Form, InvalidAnswer, Kind, Taken, ask
from bot.phrases import speaking
from bot.runtime.lines import Line, read_line
from bot.words import ACTIVITY, OUTCOME
from storage.models import Person

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
ANA = Person(name="Ana", role=1, unit_id=1, zone="Asia/Shanghai")
ASKING = Asking(None, ANA, NOW)  # type: ignore[arg-type]  # nothing is looked up here
LINES = st.text(max_size=60) | st.text(alphabet=' ,，。:：;"“”「」anote备注昨天3', max_size=40)


class Customer(Kind[str]):
    """Acme or 华东医院, also when the next word follows at once."""

    KNOWN = ("Acme Ltd", "Acme", "华东医院")

    async def read(self, text: str, asking: Asking) -> str:
        if text not in self.KNOWN:
            raise InvalidAnswer(f"unknown: {text}")
        return text

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in (2, 1):
            name = " ".join(words[:count]).rstrip(",，")
            if name in self.KNOWN:
                return Taken(name, count)
        if words and words[0].startswith("华东医院"):
            return Taken("华东医院", 1, left=words[0].removeprefix("华东医院"))
        if await WHEN.take(words, asking):
            return None
        return Taken("", 1, InvalidAnswer(f"unknown: {words[0]}"))


class Visit(Form):
    """Like a visit."""

    account: str = ask("Who?", Customer(), label="Account")
    at: Any = ask("When?", WHEN, label="When", default=None)
    kind: Any = ask("How?", ACTIVITY, label="Kind", default=None)
    outcome: Any = ask("And?", OUTCOME, label="Outcome", default=None)
    note: str = ask("Note?", NOTE, label="Note", default="")
    next_step: str = ask("Next?", NOTE, label="Next", default="", loose=False)


class Someone(Form):
    """Like a contact."""

    name: str = ask("Name?", PERSON_NAME, label="Name")
    phone: str = ask("Phone?", PHONE, label="Phone", default="")


class Sole(Form):
    """One short answer."""

    topic: str = ask("What?", TEXT, label="Topic")


async def read(text: str, form: type[Form] = Visit) -> Line:
    return await read_line(form, text, ASKING)


async def answers(text: str, form: type[Form] = Visit) -> dict[str, str]:
    line = await read(text, form)
    assert line.problem is None
    return line.answers


@given(LINES, st.sampled_from([Visit, Someone, Sole]), st.sampled_from(["en", "zh"]))
async def test_any_line_is_read(text: str, form: type[Form], language: str) -> None:
    with speaking(language):
        line = await read(text, form)
    assert set(line.answers) <= {question.name for question in form.questions}


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
async def test_a_note_keeps_every_character(text: str) -> None:
    """Only white space and a comma at its edges go, and quotes around the whole of it."""
    kept = (await read(f"Acme kind: demo note: {text}", Visit)).answers.get("note", "")
    if not any(mark in text for mark in ':："“「'):
        assert kept.strip(" \t\n,，;；") == text.strip().strip(",，;；").strip(" \t\n\u3000,，;；")


@given(st.lists(st.sampled_from(["liked it", "价格敏感", "it's 5%", "so they say"]), max_size=4))
async def test_what_no_question_takes_is_the_note(parts: list[str]) -> None:
    note = ", ".join(parts)
    assert (await answers(f"Acme {note}")).get("note", "") == note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("Acme", {"account": "Acme"}),
        ("Acme, demo", {"account": "Acme", "kind": "demo"}),
        ("Acme Ltd demo, so-so", {"account": "Acme Ltd", "kind": "demo", "outcome": "neutral"}),
        ("so-so, demo, Acme", None),
        ('"Acme Ltd" "the note"', {"account": "Acme Ltd", "note": "the note"}),
        ('Acme he said "no" twice', {"account": "Acme", "note": 'he said "no" twice'}),
        ("Acme it's fine", {"account": "Acme", "note": "it's fine"}),
        ("Acme note: a  b\nc", {"account": "Acme", "note": "a  b\nc"}),
        ("Acme a\n\nb", {"account": "Acme", "note": "a\n\nb"}),
        ("华东医院，价格敏感，再谈。", {"account": "华东医院", "note": "价格敏感，再谈。"}),
        ("华东医院价格敏感", {"account": "华东医院", "note": "价格敏感"}),
        ("Acme 备注：很好 下一步：报价", {"account": "Acme", "note": "很好", "next_step": "报价"}),
        ("Acme next: a:b note: c", {"account": "Acme", "next_step": "a:b", "note": "c"}),
        (
            "Acme see https://x.example/a:b",
            {"account": "Acme", "note": "see https://x.example/a:b"},
        ),
        ("Acme kind: demo and more", {"account": "Acme", "kind": "demo"}),
        ("ACCOUNT: Acme NOTE: x", {"account": "Acme", "note": "x"}),
        (
            "Acme note: they want a note: blue paper",
            {"account": "Acme", "note": "they want a note: blue paper"},
        ),
        (
            "Acme they liked the price, note: bring samples",
            {"account": "Acme", "note": "they liked the price, bring samples"},
        ),
        ("Acme note: a next: b note: c", {"account": "Acme", "note": "a c", "next_step": "b"}),
        ("Acme kind: demo, b note: c", {"account": "Acme", "kind": "demo", "note": "b c"}),
        (
            "Acme kind: demo kind: call",
            {"account": "Acme", "kind": "demo", "note": "kind: call"},
        ),
        ("Acme price: 5", {"account": "Acme", "note": "price: 5"}),
        (
            "Acme demo so-so",
            {"account": "Acme", "kind": "demo", "outcome": "neutral"},
        ),
        ("Acme demo of the pump", {"account": "Acme", "note": "demo of the pump"}),
    ],
)
async def test_a_line(text: str, expected: dict[str, str] | None) -> None:
    line = await read(text)
    if expected is None:
        assert line.problem
    elif "and more" in text:
        assert line.problem, "a kind is one of few"
    else:
        assert (line.answers, line.problem) == (expected, None)


async def test_a_time_before_the_name_and_glued_behind_it() -> None:
    for text in ("yesterday 3pm Acme liked it", "Acme yesterday 3pm liked it"):
        found = await answers(text)
        assert datetime.fromisoformat(found["at"]) == datetime(2026, 11, 17, 7, tzinfo=UTC)
        assert (found["account"], found["note"]) == ("Acme", "liked it")
    with speaking("zh"):
        found = await answers("华东医院昨天下午3点见了王主任，很满意")
    assert datetime.fromisoformat(found["at"]) == datetime(2026, 11, 17, 7, tzinfo=UTC)
    assert (found["account"], found["note"]) == ("华东医院", "见了王主任，很满意")


WORDS = (
    *("Acme", "Ltd", "华东医院", "Nobody", "demo", "good,", "so-so", "price", "价格敏感，"),
    *("note:", "next:", "kind:", "outcome:", "备注：", "want:", "https://x.example"),
    *("terrible,", "they", '"quoted', 'words"', "it:"),
)


@given(st.lists(st.sampled_from(WORDS), max_size=9))
async def test_every_word_ends_in_an_answer_or_a_question(words: list[str]) -> None:
    """Only the names before a colon go; a word in a question's text is asked about."""
    line = await read(" ".join(words))
    asked = [f"{why.message} {question.name}" for question, why in line.problems]
    found = " ".join([*line.answers.values(), *asked, line.left])
    names = {"note", "next", "kind", "outcome", "备注"}
    read_as = {"good": "positive", "so-so": "neutral", "demo": "demo"}
    for word in " ".join(words).replace('"', " ").split():
        bare = word.strip(",，:：")
        assert bare in names or bare in found or read_as.get(bare, bare) in found, line


async def test_an_answer_that_cannot_be_read_is_quoted_and_kept() -> None:
    line = await read("Acme outcome: terrible, they left")
    assert line.problem
    assert "“terrible, they left”" in line.problem[1].message
    assert line.answers == {"account": "Acme", "note": "terrible, they left"}


async def test_what_a_named_part_leaves_joins_the_rest() -> None:
    found = await answers("Acme first part when: yesterday 3pm second part")
    assert (found["note"], "at" in found) == ("first part second part", True)


async def test_a_problem_stops_nothing_else() -> None:
    line = await read("Nobody, demo, so-so, liked it")
    assert line.problem
    assert line.problem[0].name == "account"
    assert line.answers == {"kind": "demo", "outcome": "neutral", "note": "liked it"}


async def test_the_last_short_answer_takes_all_that_is_left() -> None:
    assert await answers("Li Wei +86 138 0013 8000", Someone) == {
        "name": "Li Wei",
        "phone": "+86 138 0013 8000",
    }
    assert await answers("all of this, too", Sole) == {"topic": "all of this, too"}
    line = await read("Li Wei 138 or later", Someone)
    assert line.problem
    assert line.problem[0].name == "phone"


@pytest.mark.parametrize("text", ["Li Wei, phone 138 0013 8000", "Li Wei，Phone 138 0013 8000"])
async def test_after_a_comma_a_part_may_be_named_without_a_colon(text: str) -> None:
    assert await answers(text, Someone) == {"name": "Li Wei", "phone": "138 0013 8000"}


async def test_but_not_where_a_long_text_goes_on() -> None:
    assert (await answers("Acme, we will call, kind regards"))["note"] == (
        "we will call, kind regards"
    )
