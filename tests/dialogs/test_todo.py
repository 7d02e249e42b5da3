"""What is to be done: noted in words or by command, listed, struck off, taken back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.understanding.facts import Facts, Intent, Name
from tests.dialogs.helpers import change, reminders
from tests.dialogs.reader import Reader, moment, reader
from tests.talk import Company, Someone

CALL = Facts(
    Intent.REMINDER,
    account=Name("Acme"),
    next_step="call Acme",
    follow_up=moment("2026-03-03 09:00"),
)


@pytest.fixture(autouse=True)
async def read(company: Company, ana: Someone) -> Reader:
    await company.open_account(ana, "Acme")
    return reader(
        company,
        remind_me=CALL,
        remind_me_to_call=CALL,
        some_day=Facts(Intent.REMINDER, next_step="buy flowers"),
        too_late=Facts(Intent.REMINDER, next_step="call", follow_up=moment("2026-03-02 08:00")),
        on_a_day=Facts(Intent.REMINDER, next_step="rest", follow_up=moment("2026-03-04")),
        for_nobody=Facts(
            Intent.REMINDER,
            account=Name("Nobody Ltd"),
            next_step="call Nobody Ltd",
            follow_up=moment("2026-03-04"),
        ),
    )


async def test_it_is_looked_over_then_listed(company: Company, ana: Someone) -> None:
    await ana.says("remind me")
    ana.sees("To do: call Acme", "When: Tue 3 Mar, 09:00 (Shanghai time)", "Account: Acme")
    assert await reminders(company) == []
    await ana.presses("Save")
    ana.sees("Noted: call Acme", "When: Tue 3 Mar, 09:00 (Shanghai time)", "I don't ring yet.")
    [kept] = await reminders(company)
    assert (kept.due_at, kept.all_day) == (datetime(2026, 3, 3, 1, tzinfo=UTC), False)
    await ana.presses("To do list")
    ana.sees("– Tue 3 Mar, 09:00 (Shanghai time) · Acme · call Acme", "[✓ call Acme]")
    await ana.says("/account Acme")
    ana.sees("• Tue 3 Mar, 09:00 (Shanghai time): call Acme")


async def test_one_undo_takes_it_back(company: Company, ana: Someone) -> None:
    await ana.says("remind me")
    await ana.presses("Save")
    await ana.presses("Undo")
    ana.sees("Undone: to do: call Acme.")
    assert await reminders(company) == []


async def test_struck_off_and_taken_back(company: Company, ana: Someone) -> None:
    for said in ("remind me", "on a day"):
        await ana.says(said)
        await ana.presses("Save")
    await ana.says("/todo")
    shown = len(ana.screen)
    await ana.presses("✓ call Acme")
    ana.sees("Done: call Acme", "– Wed 4 Mar · rest", "[✓ rest] [Undo]")
    assert len(ana.screen) == shown, "the list was edited in place"
    await ana.presses("✓ rest")
    ana.sees("Done: rest", "Nothing to do.")
    await ana.presses("Undo")
    ana.sees("Undone: to do: rest.")
    await ana.says("待办")
    ana.sees("rest")


async def test_without_a_time_it_is_asked(company: Company, ana: Someone) -> None:
    await ana.says("some day")
    ana.sees("When is it due?", "[tomorrow]")
    await ana.says("yesterday")
    ana.sees("That's past already")
    await ana.says("Friday 3pm")
    ana.sees("What I understood", "To do: buy flowers", "Fri 6 Mar, 15:00 (Shanghai time)")


async def test_the_past_is_asked_about(company: Company, ana: Someone) -> None:
    await ana.says("too late")
    ana.sees("That's past already: Mon 2 Mar, 08:00 (Shanghai time).", "[tomorrow]")
    assert await reminders(company) == []


async def test_what_was_ahead_when_the_card_came_is_past_at_the_save(
    company: Company, ana: Someone
) -> None:
    await ana.says("remind me")
    card = ana.last
    company.after(days=2)
    await ana.presses("Save")
    ana.sees("That's past already: yesterday 09:00.")
    for tapped in ("✎ When", "tomorrow", "Save"):
        await ana.presses(tapped, on=card)
    assert "Noted: call Acme\nWhen: Thu 5 Mar\n" in card.text


async def test_a_customer_nobody_knows_is_no_obstacle(company: Company, ana: Someone) -> None:
    await ana.says("for nobody")
    ana.sees("To do: call Nobody Ltd", "When: Wed 4 Mar\n")
    await ana.presses("Save")
    assert [each.account_id for each in await reminders(company)] == [None]


async def test_by_command_it_is_noted_at_once(ana: Someone, read: Reader) -> None:
    read.known["remind me to call Acme tomorrow 9am"] = CALL
    await ana.says("/remind call Acme tomorrow 9am")
    ana.sees("Noted: call Acme", "When: Tue 3 Mar, 09:00 (Shanghai time)", "Account: Acme")


async def test_by_command_question_by_question(ana: Someone) -> None:
    await ana.says("/remind")
    ana.sees("What do you have to do, and when?")
    await ana.says("water the plants")
    ana.sees("✎ water the plants", "When is it due?")
    await ana.says("tomorrow")
    ana.sees("Noted: water the plants", "When: Tue 3 Mar")


async def test_what_comes_again_is_struck_off_until_then(
    company: Company, ana: Someone, read: Reader
) -> None:
    every = "every Monday at 9am"
    weekly = replace(CALL, follow_up=moment("2026-03-09 09:00"), evidence={"follow_up": every})
    read.known["weekly"] = weekly
    await ana.says("weekly")
    ana.sees("When: Mon 9 Mar, 09:00 (Shanghai time)", "Repeats: every Mon", "[✎ Repeats]")
    await ana.presses("Save")
    await ana.says("/reminders")
    ana.sees("– Mon 9 Mar, 09:00 (Shanghai time) · every Mon · Acme · call Acme")
    company.after(days=6, hours=23, minutes=30)
    await ana.presses("✓ call Acme")
    ana.sees("Done: call Acme. It comes again Mon 16 Mar, 09:00 (Shanghai time).")
    await ana.presses("Undo")
    await ana.says("/reminders")
    ana.sees("– Mon 9 Mar, 09:00")


async def test_what_is_overdue_says_so(company: Company, ana: Someone) -> None:
    for said in ("remind me", "on a day"):
        await ana.says(said)
        await ana.presses("Save")
    company.after(days=1, hours=12)
    await ana.says("/reminders")
    ana.sees("· overdue · Acme · call Acme", "– Wed 4 Mar · rest")


async def test_everybody_has_their_own(company: Company, ana: Someone, rui: Someone) -> None:
    await ana.says("remind me")
    await ana.presses("Save")
    await rui.says("/reminders")
    rui.sees("Nothing to do.")
    await rui.says("/account Acme")
    rui.sees("call Acme")


async def test_another_s_is_nobody_s_to_strike_off(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await ana.says("remind me")
    await ana.presses("Save")
    await ana.says("/reminders")
    await bo.taps(ana.last.buttons[0], ana.last)
    bo.sees("That card is someone else's.")
    assert [each.done_at for each in await reminders(company)] == [None]


async def test_a_follow_up_that_is_done_is_no_open_step(ana: Someone) -> None:
    await ana.says("/visit Acme next: send the quote")
    await ana.says("/account Acme")
    ana.sees("• Next: send the quote")


async def test_in_another_zone_it_is_another_hour(company: Company, ana: Someone) -> None:
    await ana.says("remind me")
    await ana.presses("Save")
    await change(company, ana, zone="Europe/London")
    await ana.says("/reminders")
    ana.sees("Tue 3 Mar, 01:00 (London time)")


async def test_in_chinese(company: Company, lin: Someone) -> None:
    await company.open_account(lin, "Acme")
    await lin.says("remind me")
    lin.sees("待办: call Acme", "时间: 3月3日 周二 09:00（上海时间）")
    await lin.presses("保存")
    lin.sees("记下了：call Acme", "到点我还不会响")
    await lin.says("待办")
    await lin.presses("✓ call Acme")
    lin.sees("完成了：call Acme", "暂时没有待办。")


async def test_what_comes_again_is_struck_off_once_from_two_lists(
    company: Company, ana: Someone
) -> None:
    reader(company)
    await ana.says("/reminder text: report due: 3 Mar 9:00 every: every Tuesday")
    for said in ("/todo", "/todo"):
        await ana.says(said)
    first, second = ana.screen[-2:]
    await ana.presses("✓ report", on=first)
    due = (await reminders(company))[0].due_at
    await ana.presses("✓ report", on=second)
    ana.sees("Done already: report")
    assert (await reminders(company))[0].due_at == due
