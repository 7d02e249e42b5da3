"""A visit question by question: typed, tapped, or as one form."""

import pytest

from tests.dialogs.helpers import contacts, visits
from tests.talk import EVERYTHING, PHOTO, Company, Phone, Someone


@pytest.fixture(autouse=True)
async def _account(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme Ltd")


async def test_typed_from_the_first_question_to_the_last(company: Company, ana: Someone) -> None:
    for said, asked in [
        ("/visit", "Which customer was it?"),
        ("Acme", "When was it?"),
        ("yesterday 3pm", "What kind of contact was it?"),
        ("demo", "Whom did you meet?"),
        ("Dr Wang", "How did it go?"),
        ("went well", "Anything worth remembering?"),
        ("line one\nline two", "What's the next step?"),
    ]:
        await ana.says(said)
        ana.sees(asked, "[Cancel]")
    ana.sees("✎ Acme Ltd · yesterday 15:00 · Demo · Dr Wang · Went well · line one")
    await ana.says("send the quote")
    ana.sees("Logged: Acme Ltd, yesterday 15:00.", "Contact: Dr Wang", "Next: send the quote")
    [visit] = await visits(company)
    assert visit.note == "line one\nline two"
    assert [each.name for each in await contacts(company)] == ["Dr Wang"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (0, "Acme, yesterday 3pm, went well, they pay late"),
        (0, "Acme yesterday 3pm went well note: they pay late"),
        (1, "yesterday 3pm, went well, they pay late"),
    ],
)
async def test_one_answer_may_hold_several(
    company: Company, ana: Someone, asked: int, said: str
) -> None:
    for typed in ("/visit", "Acme")[: asked + 1]:
        await ana.says(typed)
    await ana.says(said)
    ana.sees("✎ Acme Ltd · yesterday 15:00 · Went well · they pay late", "What kind")
    await ana.presses("Save now")
    [visit] = await visits(company)
    assert (visit.outcome, visit.note) == ("positive", "they pay late")


async def test_several_answers_of_which_one_is_in_doubt(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.says("Bluebird Toys, yesterday 3pm, they pay late")
    ana.sees("I don't know “Bluebird Toys” yet", "yesterday 15:00", "they pay late")
    await ana.presses("New: Bluebird Toys")
    await ana.presses("Save now")
    ana.sees("Logged: Bluebird Toys, yesterday 15:00.", "Note: they pay late")


async def test_a_note_is_one_answer(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.presses("Acme Ltd")
    for _skipped in range(4):
        await ana.presses("Skip")
    await ana.says("yesterday 3pm, good, next: nothing")
    await ana.presses("Save now")
    [visit] = await visits(company)
    assert (visit.outcome, visit.note) == (None, "yesterday 3pm, good, next: nothing")


async def test_tapped(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    for tapped in ("Acme Ltd", "today 08:00", "Call", "Skip", "So-so", "Skip"):
        await ana.presses(tapped)
    ana.sees("What's the next step?")
    await ana.presses("Skip")
    ana.sees("Logged: Acme Ltd, today 08:00.", "Kind: Call", "Outcome: So-so")
    assert len(ana.screen) == 1, "each question takes the place of the one before"


async def test_enough_is_enough(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    assert "[Save now]" not in ana.last.text
    await ana.presses("Acme Ltd")
    await ana.presses("Save now")
    ana.sees("Logged: Acme Ltd, today 10:00.")


async def test_just_now_is_when_it_is_pressed(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.presses("Acme Ltd")
    company.after(hours=5)
    await ana.presses("Just now")
    await ana.presses("Save now")
    ana.sees("Logged: Acme Ltd, today 15:00.")


async def test_a_wrong_answer_is_asked_again_and_its_buttons_stay_good(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit")
    await ana.presses("Acme Ltd")
    asked = ana.last
    await ana.says("whenever")
    ana.sees("can't read “whenever” as a time", "[Just now]")
    await ana.presses("Just now", on=asked)
    assert "What kind of contact was it?" in asked.text


async def test_ahead_is_said_at_once_not_at_the_end(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.says("Acme")
    await ana.says("tomorrow at 9")
    ana.sees("still ahead: Tue 3 Mar, 09:00", "[Just now]")


async def test_in_chinese(company: Company, lin: Someone) -> None:
    await company.open_account(lin, "华东医院")
    await lin.says("拜访")
    lin.sees("是哪家客户？", "[华东医院]", "[取消]")
    for said, asked in [
        ("hdyy", "什么时候？"),
        ("昨天下午3点", "怎么联系的？"),
        ("拜访", "见了谁？"),
        ("王主任", "谈得怎么样？"),
        ("顺利", "有什么要记下来的？"),
        ("客户满意，取消了旧订单", "下一步做什么？"),
        ("我下周发报价", "已记录：华东医院，昨天 15:00。"),
    ]:
        await lin.says(said)
        lin.sees(asked)
    lin.sees("备注: 客户满意，取消了旧订单", "下一步: 我下周发报价")


async def test_what_is_known_is_not_asked(company: Company, ana: Someone) -> None:
    await ana.says("/account Acme")
    await ana.presses("Log a visit")
    ana.sees("✎ Acme Ltd", "When was it?")
    assert await visits(company) == []
    await ana.presses("Save now")
    ana.sees("Logged: Acme Ltd")


async def test_a_known_contact_is_a_button(company: Company, ana: Someone) -> None:
    await ana.says("/contact Acme, Dr Wang")
    await ana.says("/visit Acme Dr Wang, liked the demo")
    ana.sees("Contact: Dr Wang", "Note: liked the demo")
    await ana.says("/visit")
    for tapped in ("Acme Ltd", "Just now", "Visit"):
        await ana.presses(tapped)
    ana.sees("Whom did you meet?", "[Dr Wang]")
    await ana.presses("Dr Wang")
    await ana.presses("Save now")
    assert len(await contacts(company)) == 1


class TestShownWhole:
    """On a platform that shows a form whole."""

    @pytest.fixture
    def phone(self) -> Phone:
        return Phone(renders=EVERYTHING)

    async def test_everything_in_one_go(self, company: Company, ana: Someone) -> None:
        await ana.says("/visit")
        ana.sees("Log a visit", "[Which customer was it?]", "[What's the next step?]")
        await ana.submits(
            account="acme", at="yesterday 3pm", kind="demo", note="fine *so far*", outcome=""
        )
        ana.sees("Logged: Acme Ltd, yesterday 15:00.", "Kind: Demo", "Note: fine *so far*")
        assert len(ana.screen) == 1

    async def test_errors_stand_at_their_questions(self, company: Company, ana: Someone) -> None:
        await ana.says("/visit")
        await ana.submits(account="", at="tomorrow", note="kept")
        ana.sees("[Which customer was it?]This one is needed.", "[When was it?]That's still ahead")
        await ana.submits(account="Acme", at="yesterday", note="kept")
        ana.sees("Logged: Acme Ltd, yesterday", "Note: kept")

    async def test_a_doubtful_account_is_asked_with_buttons(
        self, company: Company, ana: Someone
    ) -> None:
        await ana.says("/visit")
        await ana.submits(account="Nowhere", note="kept")
        ana.sees("I don't know “Nowhere” yet", "[New: Nowhere]")
        await ana.presses("New: Nowhere")
        ana.sees("Logged: Nowhere", "Note: kept")

    async def test_sent_twice_it_is_logged_once(self, company: Company, ana: Someone) -> None:
        await ana.says("/visit")
        sheet = ana.last.reply
        await ana.submits(account="Acme")
        ana.last.reply = sheet
        await ana.submits(account="Acme")
        ana.sees("pressed already")
        assert len(await visits(company)) == 1

    async def test_what_is_known_is_filled_in(self, company: Company, ana: Someone) -> None:
        await ana.says("/account Acme")
        await ana.presses("Log a visit")
        await ana.submits(account="Acme Ltd", at="yesterday 3pm")
        ana.sees("Logged: Acme Ltd, yesterday 15:00.")

    async def test_photos_that_came_with_it_are_kept(self, company: Company, ana: Someone) -> None:
        await ana.says("/visit", files=(PHOTO,))
        await ana.submits(account="Acme")
        ana.sees("Logged: Acme Ltd", "1 photo or file kept.")
