"""Questions and small talk in plain words."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from services.understanding.facts import Facts, Intent, Name, Period, Question, Topic
from storage.models import Role
from tests.dialogs.reader import Reader, asks, reader
from tests.talk import Company, Someone

FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))


@pytest.fixture(autouse=True)
async def read(company: Company, ana: Someone, bo: Someone) -> Reader:
    await company.open_account(ana, "Acme")
    await company.open_account(bo, "Bolt")
    await ana.says("/visit Acme yesterday")
    await ana.says("/visit Acme 27 Feb 3pm")
    await bo.says("/visit Bolt yesterday")
    return reader(
        company,
        how_is_acme=asks(Topic.ACCOUNT, "Acme"),
        how_is_bolt=asks(Topic.ACCOUNT, "Bolt"),
        how_is_nobody=asks(Topic.ACCOUNT, "Nobody"),
        how_are_they=asks(Topic.ACCOUNT),
        how_many=asks(Topic.VISITS),
        how_many_to_acme=asks(Topic.VISITS, "Acme"),
        how_many_of_my_team=asks(Topic.VISITS, "my team"),
        how_many_in_the_south=asks(Topic.VISITS, "the South"),
        how_many_in_february=Facts(
            Intent.QUESTION, question=Question(Topic.VISITS, period=FEBRUARY)
        ),
        what_is_due=asks(Topic.TODAY),
        what_can_you_do=asks(Topic.HELP),
        what_of_my_quota=asks(Topic.QUOTA),
        why=asks(Topic.OTHER),
        news=Facts(Intent.NOTE, account=Name("Acme"), note="news"),
    )


async def test_a_customer_s_card(ana: Someone) -> None:
    await ana.says("how is acme")
    ana.sees("Acme", "Owner: Ana", "Last visits")


async def test_another_s_is_named_with_its_owner(ana: Someone) -> None:
    await ana.says("how is bolt")
    ana.sees("Bolt belongs to Bo.")
    assert "Last visits" not in ana.last.text


async def test_a_customer_nobody_knows(ana: Someone) -> None:
    await ana.says("how is nobody")
    ana.sees("I don't know an account called “Nobody”.", "[Acme]")


async def test_no_customer_at_all(ana: Someone) -> None:
    await ana.says("how are they")
    ana.sees("Which customer?", "[Acme]")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("how many", "You made 1 visit, Sun 1 Mar – Mon 2 Mar."),
        ("how many in february", "You made 1 visit, Sun 1 Feb – Sat 28 Feb."),
        ("how many to acme", "1 visit to Acme, Sun 1 Mar – Mon 2 Mar."),
        ("how many of my team", "You made 1 visit, Sun 1 Mar – Mon 2 Mar."),
        ("how many in the south", "I can't count “the South” apart yet.\n[Help]"),
        ("/visits last month", "You made 1 visit, Sun 1 Feb – Sat 28 Feb."),
        ("/visits", "You made 1 visit, Sun 1 Mar – Mon 2 Mar."),
    ],
)
async def test_a_rep_s_own_visits(ana: Someone, said: str, answered: str) -> None:
    await ana.says(said)
    ana.sees(answered)


async def test_last_month_is_of_the_same_customer(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Zeta")
    await ana.says("/visits whose: Zeta")
    ana.sees("0 visits to Zeta")
    await ana.presses("Last month")
    ana.sees("0 visits to Zeta, Sun 1 Feb – Sat 28 Feb.")


async def test_a_manager_s_team_and_the_whole_company(company: Company, rui: Someone) -> None:
    await rui.says("how many")
    rui.sees("Your team made 1 visit, ")
    boss = await company.hire("Max", Role.HQ, unit="")
    await boss.says("how many")
    boss.sees("The company made 2 visits, ")
    await boss.presses("Last month")
    boss.sees("The company made 1 visit, Sun 1 Feb – Sat 28 Feb.")


async def test_a_month_is_a_month_of_one_s_own_zone(company: Company, ana: Someone) -> None:
    assert ana.person
    assert ZoneInfo(ana.person.zone).key == "Asia/Shanghai"
    await ana.says("/visit Acme 1 Mar 00:30")
    await ana.says("how many in february")
    ana.sees("You made 1 visit")


async def test_what_is_due(ana: Someone) -> None:
    await ana.says("what is due")
    ana.sees("Nothing to do.")


async def test_help(ana: Someone) -> None:
    await ana.says("what can you do")
    ana.sees("Just write as you would to a colleague:", "/visit")


@pytest.mark.parametrize("said", ["what of my quota", "why"])
async def test_what_nobody_answers_yet(ana: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("I can't answer that yet.", "[Log a visit] [See a customer] [To do list] [Help]")
    await ana.presses("See a customer")
    ana.sees("Which customer?")


async def test_a_name_alone_is_looked_up(ana: Someone) -> None:
    await ana.says("acme")
    ana.sees("Owner: Ana")


async def test_news_of_a_customer_can_be_kept(company: Company, ana: Someone) -> None:
    await ana.says("Acme has a new buyer")
    ana.sees("That's about Acme.", "[Log it as a visit] [Put it on my list] [Account]")
    to_do = ana.last.buttons[1]
    await ana.presses("Log it as a visit")
    ana.sees("What I understood", "Note: Acme has a new buyer")
    await ana.taps(to_do, ana.screen[-2])
    ana.sees("You answered that card already")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("Thanks!", "You're welcome."),
        ("谢谢～", "You're welcome."),
        ("good morning", "Good to hear from you."),
        ("bye", "Goodbye."),
        ("well done", "That's kind, thank you."),
        ("👍", "All right."),
        ("how are you?", "I'm well, thank you."),
        ("who are you?", "I'm your company's sales assistant."),
        ("You idiot!!!", "It seems I got something wrong. /undo takes back"),
        ("傻逼", "It seems I got something wrong."),
        ("sorry", "No harm done."),
        ("😂", "Glad to see you laugh."),
    ],
)
async def test_small_talk(ana: Someone, said: str, answered: str) -> None:
    await ana.says(said)
    ana.sees(answered)
    again = ana.last.text
    await ana.says(said)
    assert ana.last.text == again, "kind, and not by chance"


async def test_small_talk_in_chinese(lin: Someone) -> None:
    for said, answered in (
        ("谢谢", "不客气。"),
        ("早上好", "你好呀"),
        ("再见", "再见"),
        ("你是谁？", "我是公司的销售助手"),
        ("滚", "看来我没做好。"),
        ("真棒！", "谢谢夸奖。"),
    ):
        await lin.says(said)
        lin.sees(answered)


async def test_a_guest_s_words_are_not_read(company: Company, read: Reader) -> None:
    kim = Someone(company, "77", "chat-77", "Kim")
    await kim.says("how is acme")
    kim.sees("We haven't met yet.")
    assert read.words == []
