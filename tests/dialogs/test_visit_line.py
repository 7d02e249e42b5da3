"""A visit in one line: whatever order, whatever language, every character of the note kept."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from services import accounts
from storage.models import Contact, Person
from storage.work import Work
from tests.dialogs.helpers import note, visits
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme Ltd")
    await company.open_account(ana, "华东医院")


async def test_the_name_is_enough(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    ana.sees("Logged: Acme Ltd, today 10:00.", "1 visit this month.", "[Undo]", "[Account]")
    await ana.says("/visit Acme")
    ana.sees("2 visits this month.")


async def test_everything_at_once(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme yesterday 3pm, demo, went well next: send the quote")
    ana.sees("yesterday 15:00", "Kind: Demo", "Outcome: Went well", "Next: send the quote")
    [visit] = await visits(company)
    assert (visit.at, visit.kind, visit.outcome, visit.note, visit.next_step) == (
        datetime(2026, 3, 1, 7, tzinfo=UTC),
        "demo",
        "positive",
        "",
        "send the quote",
    )


@pytest.mark.parametrize(
    "said",
    [
        "/visit Acme, demo, yesterday 3pm, went well, price is fine",
        "/visit yesterday 3pm Acme, went well, demo, price is fine",
        "/visit Acme went well, demo, yesterday 3pm, price is fine",
        "/visit Acme kind: demo when: yesterday 3pm outcome: went well note: price is fine",
        "/visit Acme note: price is fine kind: demo outcome: went well when: yesterday 3pm",
        '/visit "Acme Ltd" yesterday 3pm, demo, went well, "price is fine"',
        "/v acme ltd, demo, went well, yesterday 3pm, price is fine",
        "/VISIT acme ltd, demo, went well, yesterday 3pm, price is fine",
        "／visit acme ltd, demo, went well, yesterday 3pm, price is fine",
    ],
)
async def test_several_answers_in_any_order(company: Company, ana: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("Logged: Acme Ltd, yesterday 15:00.")
    [visit] = await visits(company)
    assert (visit.kind, visit.outcome, visit.note) == ("demo", "positive", "price is fine")


@pytest.mark.parametrize(
    "said",
    [
        "/visit Acme on:yesterday with: Dr Wang, todo: send the quote",
        "/visit Acme at: yesterday, met: Dr Wang, next step: send the quote",
        "/visit customer: Acme time: yesterday who: Dr Wang follow-up: send the quote",
        "/visit Acme 时间：昨天 联系人：Dr Wang 待办：send the quote",
    ],
)
async def test_a_part_has_many_names(company: Company, ana: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("Logged: Acme Ltd, yesterday", "Contact: Dr Wang", "Next: send the quote")
    assert await note(company) == ""


@pytest.mark.parametrize(
    "said", ["see on://x.example", "price: 5", "he said: yesterday", "at 10:30 they closed"]
)
async def test_what_only_looks_like_the_name_of_a_part_is_text(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says(f"/visit Acme, so: {said}")
    assert await note(company) == f"so: {said}"


@pytest.mark.parametrize(
    "said", ["yesterday demo went well", "yesterday, went well demo", "demo yesterday went well"]
)
async def test_fixed_words_need_no_commas(company: Company, ana: Someone, said: str) -> None:
    await ana.says(f"/visit Acme {said}")
    ana.sees("Logged: Acme Ltd, yesterday", "Kind: Demo", "Outcome: Went well")
    assert await note(company) == ""


async def test_a_date_with_two_readings(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme 1/2, demo")
    ana.sees("Which day is “1/2”?", "[Fri 2 Jan] [Sun 1 Feb]", "✎ Acme Ltd · Demo")
    await ana.presses("Sun 1 Feb")
    ana.sees("Logged: Acme Ltd, Sun 1 Feb")


@pytest.mark.parametrize(
    ("said", "text", "note"),
    [
        ("/visit Acme last week, liked it", "last week", "liked it"),
        ("/visit Acme, last week they came", "last week", "last week they came"),
        ("/visit Acme 上周", "上周", ""),
        ("/visit 华东医院上周见了王主任", "上周", "上周 见了王主任"),
    ],
)
async def test_a_week_is_no_day(
    company: Company, ana: Someone, said: str, text: str, note: str
) -> None:
    await ana.says(said)
    ana.sees(f"When exactly was “{text}”?", "[Mon 23 Feb]", "[Fri 27 Feb]")
    await ana.presses("Tue 24 Feb")
    ana.sees("Tue 24 Feb")
    assert (await visits(company))[-1].note == note


async def test_a_dot_in_a_clock_is_asked_about(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme 09.30, demo")
    ana.sees("When exactly was “09.30”?", "[Mon 2 Mar, 09:30]")
    await ana.says("/visit Acme 9.30 a piece")
    ana.sees("Logged", "Note: 9.30 a piece")


async def test_what_cannot_be_read_is_asked_about_and_kept(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme outcome: terrible, they left")
    ana.sees("“terrible, they left” is none of these", "[Went badly]")
    await ana.presses("Went badly")
    ana.sees("Outcome: Went badly", "Note: terrible, they left")


@pytest.mark.parametrize(
    "said",
    [
        "拜访 华东医院 昨天下午3点，演示，顺利，价格敏感，下周再谈。下一步：发报价",
        "拜访华东医院 昨天下午3点，演示，顺利，价格敏感，下周再谈。下一步：发报价",
        "拜访华东医院昨天下午3点，演示，顺利，价格敏感，下周再谈。 下一步:发报价",
        "拜访：华东医院，昨天下午3点，演示，顺利，价格敏感，下周再谈。下一步：发报价",
        "/拜访 hdyy 昨天下午3点，演示，顺利，价格敏感，下周再谈。下一步：发报价",
        "／拜访　华东医院　昨天下午３点，演示，顺利，价格敏感，下周再谈。下一步：发报价",
        "/v 华东医院 昨天下午3点 方式：演示 备注：价格敏感，下周再谈。 结果：顺利 下一步：发报价",
    ],
)
async def test_in_chinese(company: Company, lin: Someone, said: str) -> None:
    assert lin.person
    await company.open_account(lin, "华东医院")
    await lin.says(said)
    lin.sees("已记录：华东医院，昨天 15:00。", "本月第 1 次拜访。", "[撤销]")
    visit = (await visits(company))[-1]
    assert (visit.kind, visit.outcome, visit.note, visit.next_step) == (
        "demo",
        "positive",
        "价格敏感，下周再谈。",
        "发报价",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "it's Bob's idea",
        'he said "yes" twice',
        "*not bold* _nor this_ `nor that` [no](https://link.example)",
        "50 % off <b>today</b> & @everyone #now /undo",
        "first line\nsecond line\n\n- third",
        "great 👍🏽 👩‍👩‍👧",
        "价格：5万，价格敏感。王主任说“可以”！",
        "two  spaces\tand a tab",
        "back\\slash",
        "call back later",
        "good talk about may",
    ],
)
async def test_a_note_is_kept_as_typed(company: Company, ana: Someone, typed: str) -> None:
    for said in (f"/visit Acme {typed}", f"/visit Acme, {typed}", f"/visit Acme note: {typed}"):
        await ana.says(said)
        ana.sees("Logged: Acme Ltd, today 10:00.", typed)
        assert await note(company) == typed


async def test_a_long_note_is_kept_whole_and_shown_in_short(
    company: Company, ana: Someone
) -> None:
    typed = "The price is fine. " * 100
    await ana.says(f"/visit Acme {typed}")
    assert await note(company) == typed.strip()
    ana.sees("…")
    assert len(ana.last.text) < 500


@pytest.mark.parametrize("said", ["tomorrow", "tomorrow 3pm", "明天下午3点"])
async def test_what_is_still_ahead_is_not_a_visit(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says(f"/visit Acme {said}, demo")
    ana.sees("That's still ahead: Tue 3 Mar", "Acme Ltd", "[Just now]")
    assert await visits(company) == []
    await ana.says("yesterday")
    ana.sees("Logged: Acme Ltd, yesterday", "Demo")


async def test_two_doubts_are_asked_one_after_the_other(company: Company, ana: Someone) -> None:
    await ana.says("/visit Bluebird Toys, tomorrow, liked it")
    ana.sees("I don't know “Bluebird Toys” yet")
    await ana.presses("New: Bluebird Toys")
    ana.sees("That's still ahead: Tue 3 Mar")
    assert await visits(company) == []
    await ana.says("yesterday 3pm")
    ana.sees("Logged: Bluebird Toys, yesterday 15:00.", "Note: liked it")


async def test_what_is_long_past_may_be_a_slip(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme 3 May 2019")
    ana.sees("more than a year ago", "Check the date")
    assert await visits(company) == []


async def test_last_month_s_visit_does_not_count_for_this_one(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Acme 27 Feb 3pm")
    ana.sees("Logged: Acme Ltd, Fri 27 Feb, 15:00.")
    assert "this month" not in ana.last.text


async def test_a_manager_logs_a_visit_to_a_rep_s_customer(company: Company, rui: Someone) -> None:
    await rui.says("/visit Acme, joined the talk")
    rui.sees("Logged: Acme Ltd", "joined the talk")
    assert rui.person
    assert (await visits(company))[-1].rep_id == rui.person.id


async def test_dates_are_said_as_chinese_says_them(company: Company, lin: Someone) -> None:
    await company.open_account(lin, "三一重工")
    await lin.says("拜访 三一重工 2月27日下午3点")
    lin.sees("已记录：三一重工，2月27日 周五 15:00。")


async def test_a_long_line_looks_people_up_once(
    ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    look_up = accounts.contacts

    async def contacts(work: Work, person: Person, account_id: int) -> Sequence[Contact]:
        asked.append(account_id)
        return await look_up(work, person, account_id)

    monkeypatch.setattr(accounts, "contacts", contacts)
    await ana.says("/visit")
    await ana.says("Acme Ltd " * 200)
    assert len(asked) < 5
