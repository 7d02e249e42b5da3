"""/leave: who is away, and what their deputy sees and does meanwhile."""

import pytest
from sqlalchemy import select

from storage.models import Account, Leave, Role
from tests.dialogs.helpers import change, reminders, visits
from tests.talk import Company, Someone


@pytest.fixture
async def ben(company: Company) -> Someone:
    return await company.hire("Ben", unit="West")


@pytest.fixture
async def acme(company: Company, ana: Someone) -> Account:
    return await company.open_account(ana, "Acme")


async def leaves(company: Company) -> list[tuple[str, str, int | None]]:
    async with company.database.read() as session:
        found = await session.scalars(select(Leave).order_by(Leave.id))
        return [(str(each.starts_on), str(each.ends_on), each.deputy_id) for each in found]


def number(someone: Someone) -> int:
    assert someone.person
    return someone.person.id


@pytest.mark.parametrize(
    "said",
    [
        "/leave 4–14 Mar, deputy Ben",
        "/leave 4-14 Mar deputy: Ben",
        "/leave from 4 March to 14 March covered by Ben",
        "/leave 4 Mar to 14 Mar Ben",
        "请假 3月4日到14日 代理人 Ben",
        "请假3月4日到14日，由Ben代理",
        "休假 3月4日-3月14日 代理人：Ben",
    ],
)
async def test_in_one_line(company: Company, ana: Someone, ben: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("You're away Wed 4 Mar – Sat 14 Mar.", "Ben stands in: until Sat 14 Mar", "[Undo]")
    assert await leaves(company) == [("2026-03-04", "2026-03-14", number(ben))]


async def test_everybody_whom_it_concerns_hears_of_it(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    await ana.says("/leave 4–14 Mar, deputy Ben")
    ben.sees(
        "Ana is away Wed 4 Mar – Sat 14 Mar, and you stand in.", "In those days you see Ana's"
    )
    rui.sees("Ana is away Wed 4 Mar – Sat 14 Mar.", "Ben stands in.")


async def test_in_each_one_s_language(company: Company, ana: Someone) -> None:
    li = await company.hire("小李", language="zh")
    await ana.says("/leave today, deputy 小李")
    li.sees("Ana请假（3月2日 周一），由你代理。", "到 3月2日 周一 为止，你能看到Ana的客户")


async def test_the_deputy_sees_and_does_what_is_due(
    company: Company, ana: Someone, ben: Someone, acme: Account
) -> None:
    await ana.says("/remind call Acme tomorrow 9am")
    await ana.says("/remind call Acme on 20 March 9am")
    await ben.says("/account Acme")
    ben.sees("Acme belongs to Ana")
    await ana.says("/leave today to 6 March, deputy Ben")
    await ben.says("/account Acme")
    ben.sees("Owner: Ana, away until Fri 6 Mar; you stand in")
    await ben.says("/reminders")
    ben.sees("for Ana · Acme")
    assert len(ben.last.buttons) == 1
    await ben.taps(ben.last.buttons[0], ben.last)
    ben.sees("Done:")
    assert [each.done_at is not None for each in await reminders(company)] == [True, False]
    await ben.says("/visit Acme")
    ben.sees("Logged: Acme, today 10:00.")
    assert [each.rep_id for each in await visits(company)] == [number(ben)]
    await ben.says("/me")
    ben.sees("Standing in for: Ana until Fri 6 Mar")
    await ana.says("/me")
    ana.sees("Away: Mon 2 Mar – Fri 6 Mar · Ben stands in")


async def test_what_is_due_stands_on_the_deputy_s_own_page(
    company: Company, ana: Someone, ben: Someone, acme: Account
) -> None:
    await ana.says("/remind call Acme today 5pm")
    await ana.says("/leave today, deputy Ben")
    await ben.says("/home")
    ben.sees("for Ana · Acme")


async def test_when_it_is_over_so_is_what_the_deputy_sees(
    company: Company, ana: Someone, ben: Someone, acme: Account
) -> None:
    await ana.says("/remind call Acme today 5pm")
    await ana.says("/leave today, deputy Ben")
    await ben.says("/reminders")
    card = ben.last
    company.after(days=1)
    await ben.taps(card.buttons[0], card)
    ben.sees("That reminder is gone, or isn't yours.")
    await ben.says("/visit Acme")
    ben.sees("belongs to Ana")


async def test_the_list_has_what_can_be_done(company: Company, ana: Someone, ben: Someone) -> None:
    await ana.says("/leave")
    ana.sees("Your leave", "• None.", "[New leave]")
    await ana.says("/leave 1–5 Mar, deputy Ben")
    await ana.says("/leave 10 Mar")
    await ana.says("/leave")
    ana.sees(
        "• Sun 1 Mar – Thu 5 Mar · Ben stands in",
        "[Change] [End today]",
        "• Tue 10 Mar",
        "[Change] [Cancel leave]",
    )
    await ana.presses("End today")
    ana.sees("Your leave ends today.")
    ben.sees("Ana is back tomorrow. Thank you for standing in.")
    await ana.presses("Cancel leave")
    ana.sees("Cancelled: your leave, Tue 10 Mar.")
    assert await leaves(company) == [("2026-03-01", "2026-03-02", number(ben))]


async def test_a_leave_that_was_cancelled_comes_back_by_undo(
    company: Company, ana: Someone, ben: Someone
) -> None:
    await ana.says("/leave 10–12 Mar, deputy Ben")
    await ana.says("/leave")
    await ana.presses("Cancel leave")
    ben.sees("Ana isn't away Tue 10 Mar – Thu 12 Mar after all. You need not stand in.")
    await ana.presses("Undo")
    ana.sees("Undone: leave of Ana.")
    ben.sees("Ana took back a change to Ana's leave.")
    assert await leaves(company) == [("2026-03-10", "2026-03-12", number(ben))]


async def test_it_is_changed(company: Company, ana: Someone, ben: Someone, rui: Someone) -> None:
    await ana.says("/leave 4–14 Mar, deputy Ben")
    await ana.presses("Change")
    ana.sees("From when to when?")
    await ana.says("5 to 9 March")
    ana.sees("Who stands in?")
    await ana.says("Rui")
    ana.sees("You're away Thu 5 Mar – Mon 9 Mar.", "Rui stands in")
    ben.sees("You no longer stand in for Ana.")
    assert await leaves(company) == [("2026-03-05", "2026-03-09", number(rui))]


async def test_question_by_question(company: Company, ana: Someone, ben: Someone) -> None:
    await ana.says("/leave")
    await ana.presses("New leave")
    ana.sees("From when to when?", "[today] [tomorrow] [Until Friday] [Next week]")
    await ana.presses("Next week")
    ana.sees("Who stands in?", "[Ben]", "[Skip]")
    await ana.presses("Skip")
    ana.sees("You're away Mon 9 Mar – Fri 13 Mar.", "Nobody stands in.")


async def test_two_at_once_are_refused(company: Company, ana: Someone) -> None:
    await ana.says("/leave 4–14 Mar")
    await ana.says("/leave 14–20 Mar")
    ana.sees("You're away then already: Wed 4 Mar to Sat 14 Mar.")
    await ana.says("/leave 15–20 Mar")
    ana.sees("You're away Sun 15 Mar")
    assert len(await leaves(company)) == 2


async def test_two_leaves_of_one_person_are_told_apart_by_their_dates(
    company: Company, ana: Someone, rui: Someone
) -> None:
    ben = await company.hire("Ben")
    for days in ("4–6 Mar", "16–20 Mar"):
        await ana.says(f"/leave {days}")
    await ben.says("/leave 9–10 Mar")
    await rui.says("/leave")
    rui.sees("[Change: Ana, Wed 4 Mar]", "[Change: Ana, Mon 16 Mar]", "[Change: Ben]")
    await rui.presses("Change: Ana, Mon 16 Mar")
    rui.sees("Ana is away", "Mon 16 Mar – Fri 20 Mar")


async def test_two_at_once_are_refused_to_a_manager_by_name(
    company: Company, ana: Someone, rui: Someone
) -> None:
    await ana.says("/leave 4–14 Mar")
    await rui.says("/leave 14–20 Mar, person Ana")
    rui.sees("Ana is away then already, Wed 4 Mar to Sat 14 Mar.")
    await rui.says("/leave 4–14 Mar")
    rui.sees("You're away")
    await rui.says("/settings language: 中文")
    await rui.says("/leave 14–20 Mar")
    rui.sees("你那几天已经请了假：3月4日", "到 3月14日")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("/leave today, deputy Ana", "Nobody stands in for themselves."),
        ("/leave today, deputy Zoe", "I don't know anybody called “Zoe”"),
        ("/leave 1 March 2026 to 1 May 2027", "That's more than a year."),
        ("/leave 20–24 February 2026", "Those days are over: Tue 24 Feb."),
        ("/leave soonish", "soonish"),
    ],
)
async def test_what_cannot_be_is_said_so(
    company: Company, ana: Someone, said: str, why: str
) -> None:
    await ana.says(said)
    ana.sees(why)
    assert await leaves(company) == []


async def test_a_deputy_who_is_away_too_is_warned_of(
    company: Company, ana: Someone, ben: Someone
) -> None:
    await ben.says("/leave 10–11 Mar")
    await ana.says("/leave 4–14 Mar, deputy Ben")
    ana.sees("Ben stands in", "Mind that Ben is away too, Tue 10 Mar – Wed 11 Mar.")


async def test_a_manager_s_deputy_is_a_manager(
    company: Company, rui: Someone, ana: Someone
) -> None:
    await rui.says("/leave Rui tomorrow, deputy Ana")
    rui.sees("Only managers can stand in for Rui.")
    mia = await company.hire("Mia", Role.MANAGER, "West")
    await company.open_account(ana, "Acme")
    await rui.says("/leave today, deputy Mia")
    await mia.says("/account Acme")
    mia.sees("Owner: Ana")


async def test_a_manager_s_people(
    company: Company, rui: Someone, ana: Someone, bo: Someone, ben: Someone
) -> None:
    await rui.says("/leave Ana 4–14 Mar, deputy Ben")
    rui.sees("Ana is away Wed 4 Mar – Sat 14 Mar.", "Ben stands in")
    ana.sees("Rui put down that you're away Wed 4 Mar – Sat 14 Mar.", "Ben stands in.")
    await rui.says("/leave")
    rui.sees("Your people, the next month", "• Ana: Wed 4 Mar – Sat 14 Mar · Ben stands in")
    await rui.presses("Change: Ana")
    rui.sees("Ana is away", "[Change] [Cancel leave]")
    await rui.presses("Cancel leave")
    ana.sees("Rui cancelled your leave")
    assert await leaves(company) == []
    await rui.says("/leave Bo tomorrow")
    assert await leaves(company) == []


async def test_who_is_no_manager_puts_down_nobody_else(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await ana.says("/leave Bo tomorrow")
    assert await leaves(company) == []


async def test_a_button_of_who_lost_the_role_does_nothing(
    company: Company, rui: Someone, ana: Someone
) -> None:
    await ana.says("/leave 4–14 Mar")
    await rui.says("/leave")
    await rui.presses("Change: Ana")
    await change(company, rui, role=Role.REP)
    await rui.presses("Cancel leave")
    rui.sees("That leave is over, was cancelled, or isn't yours.")
    assert len(await leaves(company)) == 1


async def test_whoever_is_away_is_not_called_silent(
    company: Company, rui: Someone, ana: Someone, ben: Someone
) -> None:
    await rui.says("/home")
    rui.sees("No visit in the last 3 working days: Ana")
    await ana.says("/leave today")
    await rui.says("/home")
    rui.sees("Nobody went 3 working days without a visit.")


async def test_pressed_twice(company: Company, ana: Someone) -> None:
    await ana.says("/leave 10 Mar")
    await ana.says("/leave")
    card = ana.last
    cancel = next(each for each in card.buttons if each.label == "Cancel leave")
    await ana.taps(cancel, card)
    await ana.says("/leave 1–5 Mar")
    await ana.taps(cancel, card)
    ana.sees("That leave is over, was cancelled, or isn't yours.")
    assert len(await leaves(company)) == 1


async def test_one_that_began_before_today_only_ends(company: Company, ana: Someone) -> None:
    await ana.says("/leave 2–6 Mar")
    await ana.says("/leave")
    card = ana.last
    company.after(days=1)
    cancel = next(each for each in card.buttons if each.label == "Cancel leave")
    await ana.taps(cancel, card)
    ana.sees("That leave has begun already. It can end today, but it did happen.")


async def test_the_account_says_that_its_owner_is_away(
    company: Company, rui: Someone, ana: Someone, ben: Someone, acme: Account
) -> None:
    await ana.says("/leave 2–6 Mar")
    await rui.says("/account Acme")
    rui.sees("Owner: Ana, away until Fri 6 Mar")
    await ana.says("/leave")
    await ana.presses("Change")
    await ana.says("2–6 Mar")
    await ana.says("Ben")
    await rui.says("/account Acme")
    rui.sees("Owner: Ana, away until Fri 6 Mar; Ben stands in")


async def test_of_many_who_are_away_some_are_listed(company: Company, rui: Someone) -> None:
    for number in range(11):
        someone = await company.hire(f"Rep {number:02}")
        await someone.says("/leave tomorrow")
    await rui.says("/leave")
    rui.sees("• Rep 00", "• Rep 09", "That isn't all.")
    assert "Rep 10" not in rui.last.text
