"""The conversation's own state: what a draft keeps, and which call answers it."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.answers import TEXT
from bot.forms import Form, ask
from bot.messages import Call, File
from bot.runtime import drafts
from storage.models import Change, Draft
from tests.talk import MONDAY, PHOTO, Company

NAMES = st.text(max_size=12)
FILES = st.lists(st.builds(File, NAMES, NAMES, st.text(min_size=1, max_size=9)), max_size=4)


class Asked(Form):
    """Ask one thing."""

    what: str = ask("What?", TEXT, label="What")


def draft(**answers: str) -> Draft:
    return Draft(
        person_id=1,
        chat="chat",
        command="asked",
        answers={drafts.NAME: "n1", **answers},
        asking="what",
        guided=True,
        step=2,
        updated_at=MONDAY,
    )


@given(FILES, FILES)
def test_files_are_kept_each_once(first: list[File], more: list[File]) -> None:
    answers = drafts.with_files({"what": "x"}, first)
    kept = drafts.files(drafts.with_files(answers, more))
    assert {each.ref for each in kept} == {each.ref for each in (*first, *more)}
    assert drafts.files(drafts.with_files(answers, drafts.files(answers))) == drafts.files(answers)


def test_without_files_nothing_is_added() -> None:
    assert drafts.with_files({"what": "x"}, ()) == {"what": "x"}
    assert drafts.files({}) == ()


def test_a_draft_keeps_its_name() -> None:
    tokens = (f"token-{number}" for number in count())
    first = drafts.named({}, lambda: next(tokens))
    assert drafts.named(first | {"what": "x"}, lambda: next(tokens))["#"] == first["#"]
    assert drafts.named({}, lambda: next(tokens)) != first
    assert drafts.is_kept(first)
    assert not drafts.is_kept({"what": "x"})


def test_a_button_answers_its_own_question_alone() -> None:
    question = Asked.question("what")
    answer = drafts.answer(draft(), question, "tea")
    assert drafts.asks(draft(), answer)
    assert answer.answers["value"] == "tea"
    assert "value" not in drafts.answer(draft(), question, None).answers
    for other in ({"draft": "n2"}, {"question": "else"}, {"step": "1"}):
        assert not drafts.asks(draft(), Call(answer.command, {**answer.answers, **other}))


async def test_the_journal_names_the_command_not_the_button(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await ana.says("/visit")
    await ana.presses("Acme")
    await ana.presses("Save now")
    await ana.says("/visit")
    await ana.says("Acme")
    await ana.says("yesterday", files=(PHOTO,))
    await ana.presses("Save now")
    async with company.database.read() as session:
        commands = list(await session.scalars(select(Change.command).order_by(Change.id)))
    assert commands[-2:] == ["visit", "visit"]


async def test_a_finished_form_leaves_no_draft(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await ana.says("/visit")
    async with company.database.read() as session:
        assert len(list(await session.scalars(select(Draft)))) == 1
    await ana.presses("Acme")
    await ana.presses("Save now")
    async with company.database.read() as session:
        assert list(await session.scalars(select(Draft))) == []


async def test_a_draft_of_a_command_that_is_gone_is_forgotten(company: Company) -> None:
    ana = await company.hire("Ana")
    await ana.says("/visit")
    async with company.database.begin() as session:
        left = (await session.scalars(select(Draft))).one()
        left.command = "gone"
    await ana.says("Acme")
    ana.sees("I didn't get that.")
