"""A review: whatever command it is of, its cards bind everything and are saved once."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.answers import NOTE, TEXT
from bot.commands import REVIEW, Book, Command, Context, Role, command
from bot.forms import Form, InvalidAnswer, Option, ask
from bot.messages import Call, Reply, reply
from bot.runtime import drafts, review
from storage.models import StoredCall
from tests.talk import Company, Someone

DOUBT = InvalidAnswer("Which *one*?", [Option("First", "1"), Option("Second", "2", "cov")])
done: list[tuple[str, str]] = []


class Make(Form):
    """Make something."""

    what: str = ask("What?", TEXT, label="Thing")
    note: str = ask("Why?", NOTE, label="Reason", default="")


@command("make", allow=Role.REP)
async def make(context: Context, form: Make) -> Reply:
    done.append((form.what, form.note))
    return reply("Made.")


@command("plan", allow=Role.REP)
async def plan(context: Context, form: Make) -> Call:
    """Hand it on."""
    if form.note == "twice":
        return again.call(what=form.what)
    return make.review(what=DOUBT if form.what == "doubt" else form.what, note=form.note)


@command("again", allow=Role.REP)
async def again(context: Context, form: Make) -> Call:
    return make.call(what=form.what)


@pytest.fixture
async def ana(company: Company) -> Someone:
    done.clear()
    commands: list[Command[Make]] = [make, plan, again]
    added = {each.name: each for each in commands}
    book = Book({**company.runtime.book.by_word, **added})
    company.runtime = replace(company.runtime, book=book)
    return await company.hire("Ana")


async def test_a_command_may_hand_on_to_another(ana: Someone) -> None:
    await ana.says("/plan x reason: twice")
    ana.sees("Made.")
    assert done == [("x", "")]


async def test_nothing_happens_before_the_save(ana: Someone) -> None:
    await ana.says("/plan x")
    ana.sees("What I understood", "Thing: x", "[Save] [Edit] [Cancel]\n[✎ Thing]")
    assert done == []
    await ana.presses("Save")
    assert done == [("x", "")]


async def test_what_is_missing_is_asked_first(ana: Someone) -> None:
    await ana.says("/plan doubt")
    ana.sees("Which *one*?", "[First] [Second]")
    await ana.presses("Second")
    ana.sees("Thing: 2")
    await ana.presses("Save")
    assert done == [("2", "")]


async def test_only_the_newest_card_of_a_review_is_good(company: Company, ana: Someone) -> None:
    await ana.says("/plan x")
    first = replace(ana.last)
    await ana.presses("✎ Thing")
    await ana.says("y")
    second = ana.last
    await ana.presses("Edit")
    for label in ("Save", "Edit", "Cancel"):
        await ana.presses(label, on=first)
        ana.sees("You answered that card already")
    await ana.presses("Save", on=second)
    assert done == [("y", "")]
    async with company.database.read() as session:
        unspent = select(StoredCall).where(StoredCall.review != "", StoredCall.used_at.is_(None))
        assert list(await session.scalars(unspent)) == []


async def test_two_reviews_are_two(ana: Someone) -> None:
    await ana.says("/plan x")
    first = ana.last
    await ana.says("/plan y")
    await ana.presses("Save")
    await ana.presses("Save", on=first)
    assert done == [("y", ""), ("x", "")]


async def test_an_answer_left_out_of_turn_ends_nothing_else(ana: Someone) -> None:
    await ana.says("/plan x")
    card = ana.last
    await ana.says("/plan doubt")
    await ana.presses("Cancel", on=card)
    assert "Cancelled. Nothing was saved." in card.text
    await ana.says("answer")
    ana.sees("Thing: answer")


def test_a_doubt_is_kept_to_the_letter() -> None:
    read = InvalidAnswer.load(DOUBT.dump())
    assert (str(read.message), read.options) == (r"Which \*one\*?", DOUBT.options)
    assert InvalidAnswer.load(read.dump()).dump() == read.dump()


def test_a_call_binds_a_doubt_beside_what_is_certain() -> None:
    bound = make.call(what=DOUBT, note="n")
    assert bound.answers == {"?what": DOUBT.dump(), "note": "n"}
    asked = drafts.doubt(Make, bound.answers)
    assert asked
    assert (asked[0].name, asked[1].options) == ("what", DOUBT.options)
    assert drafts.doubt(Make, {**bound.answers, "what": "1"}) is None


def test_a_card_s_buttons_bind_all_but_the_draft() -> None:
    answers = {"what": "x", REVIEW: "r1", drafts.NAME: "n1", drafts.FILES: "[]"}
    bound = review.call("make", answers, review.SAVE)
    assert bound.answers == {"what": "x", REVIEW: "r1", drafts.FILES: "[]", "!do": "+save"}
