"""The page that is a person's own: what is to be done today, the month, the last visits."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.markdown import plain
from bot.messages import Opened
from services import reminders
from storage.journal import Author
from storage.models import Account, Deal, Person, Role, Stage, Visit
from storage.work import Work
from tests.dialogs.helpers import GROUP, change, move_account, stranger, visits
from tests.dialogs.helpers import reminders as kept
from tests.talk import MONDAY, NO_LIMIT, Company, Someone

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUERIES = 12


async def remember(
    company: Company, who: Someone, text: str, due: date, account: Account | None = None
) -> None:
    """Something that somebody has to do; noted on the day it is due, at midnight."""
    assert who.person
    now = datetime(due.year, due.month, due.day, tzinfo=SHANGHAI)
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, who.person.id, "remind"))
        await reminders.add(work, who.person, text, due, account=account, now=now)


async def met(company: Company, who: Someone, account: Account, at: datetime) -> None:
    assert who.person
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, who.person.id, "visit"))
        person: Person = who.person
        visit = Visit(account_id=account.id, rep_id=person.id, unit_id=person.unit_id, at=at)
        await work.visits.add(visit)


async def sold(
    company: Company, account: Account, stage: Stage, worth: str, *, closed: datetime = MONDAY
) -> None:
    amount, currency = worth.split()
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, account.owner_id, "deal"))
        is_over = stage in {Stage.WON, Stage.LOST}
        deal = Deal(
            account_id=account.id, owner_id=account.owner_id, unit_id=account.unit_id,
            name="Scanner", stage=stage, amount=int(amount) * 100, currency=currency,
            created_at=MONDAY, closed_at=closed if is_over else None,
        )  # fmt: skip
        await work.deals.add(deal)


def labels(someone: Someone) -> list[str]:
    return [plain(each.label) for each in someone.last.buttons]


async def test_somebody_new_is_told_what_to_do(ana: Someone) -> None:
    await ana.says("/home")
    ana.sees(
        "Hello, Ana. Today is Mon 2 Mar.",
        "Nothing is due. Put something on your list",
        "0 visits · 0 by this time last month\n",
        "None yet. Log the first one",
        "visited Acme, demo went well",
    )
    assert labels(ana) == [
        "Log a visit", "Put something on my list", "Move a deal", "Find a customer",
    ]  # fmt: skip


async def test_in_chinese(company: Company, lin: Someone) -> None:
    account = await company.open_account(lin, "华东医院")
    await remember(company, lin, "", company.now.date(), account)
    await sold(company, account, Stage.WON, "50000 CNY")
    await met(company, lin, account, MONDAY - timedelta(days=1))
    await lin.says("首页")
    lin.sees(
        "林，你好。今天是 3月2日 周一。",
        "今天 · 华东医院 · 跟进",
        "1 次拜访 · 上月同期 0 次 · 赢单 1 个商机（¥50,000）",
        "– 华东医院 · 昨天 10:00",
        "[记录：华东医院]",
    )


async def test_what_is_due_and_overdue_can_be_done(company: Company, ana: Someone) -> None:
    acme = await company.open_account(ana, "Acme *Ltd*")
    today = company.now.date()
    await remember(company, ana, "send the quote", today, acme)
    await remember(company, ana, "", today - timedelta(days=1), acme)
    await remember(company, ana, "buy stamps", today)
    await remember(company, ana, "not before tomorrow", today + timedelta(days=1))
    await ana.says("/home")
    ana.sees(
        "– yesterday · overdue · Acme *Ltd* · Follow up\n"
        "– today · Acme *Ltd* · send the quote\n"
        "– today · buy stamps\n"
        "[✓ Acme *Ltd*] [Log: Acme *Ltd*] [✓ send the quote] [✓ buy stamps]\n"
    )
    assert "tomorrow" not in ana.last.text
    await ana.presses("✓ buy stamps")
    ana.sees("Done: buy stamps", "not before tomorrow")
    assert [bool(each.done_at) for each in await kept(company)] == [False, False, True, False]


async def test_a_visit_is_logged_from_what_is_due(company: Company, ana: Someone) -> None:
    acme = await company.open_account(ana, "Acme")
    await remember(company, ana, "send the quote", company.now.date(), acme)
    await ana.says("/home")
    await ana.presses("Log: Acme")
    ana.sees("✎ Acme", "When was it?")
    await ana.presses("Just now")
    await ana.presses("Save now")
    ana.sees("Logged: Acme")
    assert [each.account_id for each in await visits(company)] == [acme.id]


async def test_on_the_page_each_thing_has_its_own_buttons(company: Company, ana: Someone) -> None:
    acme = await company.open_account(ana, "Acme")
    await remember(company, ana, "send the quote", company.now.date(), acme)
    await remember(company, ana, "buy stamps", company.now.date())
    company.phone.window_pace = NO_LIMIT
    await company.happen(Opened(ana.sender, ana.place, company.now, "home"))
    assert (
        "– today · Acme · send the quote\n[✓ send the quote] [Log: Acme]\n"
        "– today · buy stamps\n[✓ buy stamps]\n"
    ) in company.phone.windows["home"].text


async def test_two_things_alike_are_told_apart_by_their_time(
    company: Company, ana: Someone
) -> None:
    acme = await company.open_account(ana, "Acme")
    for hour in (9, 15):
        await remember(company, ana, "", datetime(2026, 3, 2, hour, tzinfo=SHANGHAI), acme)
    await ana.says("/home")
    ana.sees(
        "– today 09:00 · overdue · Acme · Follow up\n– today 15:00 · Acme · Follow up\n",
        "[✓ Acme · today 09:00] [Log: Acme] [✓ Acme · today 15:00]\n",
    )


async def test_two_long_names_are_told_apart(company: Company, ana: Someone) -> None:
    for name in ("Acme", "First People's Hospital, East", "First People's Hospital, West"):
        await met(company, ana, await company.open_account(ana, name), MONDAY)
    await ana.says("/home")
    ana.sees("[First People's Hospital, West] [First People's Hospital, East] [Acme]")


async def test_no_more_is_due_than_can_be_read(company: Company, ana: Someone) -> None:
    for number in range(7):
        await remember(company, ana, f"no. {number}", company.now.date())
    await ana.says("/home")
    ana.sees("no. 4", "That isn't all.")
    assert "no. 5" not in ana.last.text
    await ana.presses("To do list")
    ana.sees("no. 6")


async def test_the_month_is_compared_with_the_same_day_of_the_last(
    company: Company, ana: Someone
) -> None:
    acme = await company.open_account(ana, "Acme")
    for said in ("01-31T23:59", "02-01T00:00", "02-02T09:59", "02-02T10:01", "02-28T12:00"):
        at = datetime.fromisoformat(f"2026-{said}:00+08:00")
        await met(company, ana, acme, at)
    await met(company, ana, acme, datetime(2026, 3, 1, tzinfo=SHANGHAI))
    await sold(company, acme, Stage.WON, "50000 CNY")
    await sold(company, acme, Stage.WON, "70000 CNY", closed=MONDAY - timedelta(days=3))
    await sold(company, acme, Stage.LOST, "10000 CNY")
    await sold(company, acme, Stage.PROPOSAL, "3000 CNY")
    await sold(company, acme, Stage.LEAD, "2000 CNY")
    await sold(company, acme, Stage.LEAD, "900 USD")
    await ana.says("/home")
    ana.sees(
        "1 visit · 2 by this time last month"
        " · won 1 deal (CN¥50,000) · open 3 deals (CN¥5,000, US$900)"
    )


async def test_the_last_visits_lead_to_their_customers(
    company: Company, ana: Someone, bo: Someone
) -> None:
    opened = [await company.open_account(ana, f"Acme {number}") for number in range(6)]
    for number, account in enumerate(opened):
        await met(company, ana, account, MONDAY - timedelta(hours=number))
    await ana.says("/visit Acme 0 just now, call, went well")
    await move_account(company, opened[2].id, bo)
    await ana.says("/home")
    ana.sees("– Acme 0 · today 10:00 · Call · Went well", "– Acme 2 · today 08:00", "– Acme 3")
    assert "Acme 4" not in ana.last.text
    assert labels(ana)[-3:] == ["Acme 0", "Acme 1", "Acme 3"]
    await ana.presses("Acme 1")
    ana.sees("Acme 1", "Last visits")


async def test_nobody_sees_what_is_anothers(company: Company, ana: Someone, bo: Someone) -> None:
    secret = await company.open_account(bo, "Secret")
    await met(company, bo, secret, MONDAY)
    await sold(company, secret, Stage.WON, "50000 CNY")
    await remember(company, bo, "hush", company.now.date(), secret)
    rui = await company.hire("Rui", Role.MANAGER)
    for someone in (ana, rui):
        await someone.says("/home")
        someone.sees("0 visits · 0 by this time last month\n")
        for hidden in ("Secret", "hush", "won", "Bo"):
            assert hidden not in someone.last.text


async def test_a_manager_sees_who_was_silent_and_how_the_team_does(
    company: Company, ana: Someone, bo: Someone, rui: Someone
) -> None:
    kim = await company.hire("Kim")
    gone = await company.hire("Gone")
    await change(company, gone, active=False)
    acme = await company.open_account(ana, "Acme")
    # Monday: the three working days before are Wednesday to Friday.
    await met(company, ana, acme, datetime(2026, 2, 25, 0, 0, tzinfo=SHANGHAI))
    await met(company, kim, acme, datetime(2026, 2, 24, 23, 59, tzinfo=SHANGHAI))
    await met(company, ana, acme, datetime(2026, 3, 1, 12, 0, tzinfo=SHANGHAI))
    await met(company, ana, acme, MONDAY)
    await rui.says("/home")
    rui.sees(
        "Your people\nNo visit in the last 3 working days: Kim\n",
        "1 visit this week · 1 yesterday",
        "2 visits · 0 by this time last month",
        "– Acme · today 10:00 · Ana",
    )
    assert labels(rui) == [
        "Find a customer", "Count visits", "Put something on my list", "Log a visit", "Acme",
    ]  # fmt: skip
    lee = await company.hire("Lee", Role.HQ)
    await lee.says("/home")
    lee.sees("The company\nNo visit in the last 3 working days: Bo, Kim\n")
    await met(company, kim, acme, MONDAY)
    await met(company, bo, acme, MONDAY)
    await lee.says("/home")
    lee.sees("Nobody went 3 working days without a visit.\n3 visits this week · 1 yesterday")


async def test_of_many_who_were_silent_some_are_named(company: Company, rui: Someone) -> None:
    for number in range(8):
        await company.hire(f"Rep {number}")
    await rui.says("/home")
    rui.sees("working days: Rep 0, Rep 1, Rep 2, Rep 3, Rep 4, 3 more\n")


async def test_a_guest_is_told_how_to_get_in(company: Company) -> None:
    kim = stranger(company)
    await kim.says("/home")
    kim.sees("We haven't met yet. Ask whoever runs me in your company for an invitation.")


async def test_from_a_group_it_is_shown_to_the_asker_alone(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/home", place=GROUP)
    ana.sees("Hello, Ana.")
    assert all("Today" not in each.text for each in company.phone.chats["group"])


@pytest.mark.parametrize("role", [Role.REP, Role.HQ])
async def test_it_takes_few_queries(company: Company, role: Role) -> None:
    """The same number however much there is."""
    kim = await company.hire("Kim", role)
    empty = await queries(company, kim)
    for number in range(6):
        account = await company.open_account(kim, f"Acme {number}")
        await met(company, kim, account, MONDAY)
        await remember(company, kim, "", company.now.date(), account)
    assert await queries(company, kim) == empty <= QUERIES


async def queries(company: Company, someone: Someone) -> int:
    """How many questions about selling the page asks the database."""
    asked: list[str] = []
    tables = ("visits", "deals", "reminders", "accounts", "units")

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    engine = company.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    await someone.says("/home")
    event.remove(engine, "before_cursor_execute", count)
    return sum(
        each.startswith("SELECT") and any(f"FROM {table}" in each for table in tables)
        for each in asked
    )
