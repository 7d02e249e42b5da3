"""The audit, as HQ reads it."""

import io
from datetime import timedelta
from secrets import token_bytes
from typing import Any

import pytest
from python_calamine import load_workbook
from sqlalchemy import inspect, null, select, update

from bot.messages import File
from bot.phrases import LANGUAGES, label, speaking
from handlers.journal_words import COLUMNS, HIDDEN, TABLES
from storage.journal import MODELS, Author
from storage.models import Account, Change, Entry, Role, Visit
from storage.seals import seal
from storage.work import Work
from tests.dialogs.helpers import change, invite, stranger
from tests.talk import MONDAY, Company, Someone


@pytest.fixture
async def hq(company: Company) -> Someone:
    return await company.hire("Zhou", Role.HQ, unit="")


async def noted(company: Company) -> list[str]:
    async with company.database.read() as session:
        found = await session.scalars(select(Change.note).where(Change.note != ""))
        return list(found)


async def test_who_did_what_when_and_where_from(
    company: Company, ana: Someone, hq: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, demo, went well, note: bring samples")
    await hq.says("/audit")
    hq.sees("1. today 10:00 · Ana · Phone", "new visit: Acme", "2. today", "new account: Acme")


async def test_a_change_is_shown_before_and_after(
    company: Company, ana: Someone, hq: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/deal Acme proposal 50k")
    await ana.says("/deal Acme negotiation 60k")
    await hq.says("/audit")
    hq.sees("deal changed: Acme", "Stage: Proposal → Negotiation", "50,000 → CN¥60,000")
    await hq.presses("1")
    hq.sees("Change", "Mon 2 Mar, 10:00 (Shanghai time) · Ana · Phone · /deal")
    hq.sees("deal changed: Acme", "Stage: Proposal → Negotiation")
    await hq.presses("Audit")
    hq.sees("1. today 10:00 · Zhou · Phone", "Looked at the audit")


async def test_in_chinese(company: Company, lin: Someone) -> None:
    zhou = await company.hire("周总", Role.HQ, unit="", language="zh")
    await company.open_account(lin, "华东医院")
    await lin.says("拜访 华东医院")
    await zhou.says("审计")
    zhou.sees("1. 今天 10:00 · 林 · Phone", "新增拜访：华东医院", "[筛选]", "[导成文件]")
    await zhou.presses("1")
    zhou.sees("改动", "拜访人：林", "客户：华东医院")
    await zhou.says("/审计 上周")
    zhou.sees("没有符合的记录")


@pytest.mark.parametrize(
    ("said", "seen", "unseen"),
    [
        ("/audit Bo", "new account: Bluebird", "Acme"),
        ("/audit visits", "new visit: Acme", "Bluebird"),
        ("/audit account: Bluebird", "new account: Bluebird", "Acme"),
        ("/audit Ana visits today", "new visit: Acme", "new account"),
        ("/audit 拜访 this week", "new visit: Acme", "new account"),
        ("/audit last month", "Nothing was done that fits", "Acme"),
        ("/audit refusals", "Was refused /audit", "new visit"),
    ],
)
async def test_a_line_says_what_is_looked_for(  # noqa: PLR0917
    company: Company, ana: Someone, bo: Someone, hq: Someone, said: str, seen: str, unseen: str
) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(bo, "Bluebird")
    await ana.says("/visit Acme")
    await ana.says("/audit")
    await hq.says(said)
    hq.sees(seen)
    assert unseen not in hq.last.text


async def test_it_can_be_picked_by_buttons(company: Company, ana: Someone, hq: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await hq.says("/audit")
    for picked in ("Ana", "This week", "Visits"):
        await hq.presses("Pick")
        await hq.presses(picked)
    hq.sees("1. today 10:00 · Ana · Phone", "new visit: Acme")
    assert "new account" not in hq.last.text
    assert len(hq.screen) == 1
    await hq.presses("Everything")
    hq.sees("new account: Acme")


async def test_pages_go_on_where_the_last_one_ended(
    company: Company, ana: Someone, hq: Someone
) -> None:
    for number in range(12):
        await company.open_account(ana, f"Customer {number}")
    await hq.says("/audit Ana")
    seen: list[str] = []
    while True:
        seen += [line for line in hq.last.text.splitlines() if "new account" in line]
        if "More" not in hq.last.text:
            break
        await company.open_account(ana, f"Later {len(seen)}")
        await hq.presses("More ›")
    assert seen == [f"– new account: Customer {n}" for n in reversed(range(12))]
    assert len(hq.screen) == 1


async def test_looking_is_noted_once_in_a_while_and_is_nothing_to_undo(
    company: Company, hq: Someone
) -> None:
    for _ in range(3):
        await hq.says("/audit")
    assert await noted(company) == ["Looked at the audit"]
    company.after(minutes=11)
    await hq.says("/audit")
    assert len(await noted(company)) == 2
    await hq.says("/undo")
    hq.sees("Nothing to undo")


async def test_whoever_tries_a_door_is_seen_once_a_minute(
    company: Company, ana: Someone, hq: Someone
) -> None:
    for _ in range(4):
        await ana.says("/audit 13800001111")
    assert await noted(company) == [
        'Was refused /{command}, which is for others\t{"command": "audit"}'
    ]
    company.after(minutes=2)
    await ana.says("/audit")
    await hq.says("/audit Ana")
    hq.sees("· Ana · Phone", "Was refused /audit, which is for others")
    assert hq.last.text.count("Was refused") == 2
    assert "13800001111" not in hq.last.text


async def test_a_button_of_before_one_lost_the_role_is_noted(
    company: Company, hq: Someone
) -> None:
    await hq.says("/audit")
    await change(company, hq, role=Role.REP)
    await hq.presses("As a file")
    hq.sees("That is for HQ.")
    assert (await noted(company))[-1].endswith('{"command": "auditfile"}')


async def test_who_presses_what_is_anothers_is_noted(
    company: Company, ana: Someone, bo: Someone, hq: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    for _ in range(3):
        await bo.taps(ana.last.buttons[0], ana.last)
    bo.sees("That card is someone else's.")
    await hq.says("/audit Bo")
    hq.sees("Pressed a button on somebody else's card")
    assert len(await noted(company)) == 2


async def test_it_comes_along_as_a_file(company: Company, ana: Someone, hq: Someone) -> None:
    await company.open_account(ana, "=cmd|' /C calc'!A0")
    await ana.says("/undo")
    await hq.says("/audit Ana")
    await hq.presses("As a file")
    hq.sees("2 changes, newest first.")
    [file] = [block for block in hq.last.reply.blocks if isinstance(block, File)]
    rows = load_workbook(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == [
        *("Change", "When", "Who", "Where from", "What", "About", "Field", "Before", "After"),
    ]
    assert {row[2] for row in rows[1:]} == {"Ana"}
    names = [row for row in rows if row[6] == "Customer name"]
    assert [row[4] for row in names] == ["account deleted", "new account"]
    assert not any(str(cell).startswith("=") for row in rows for cell in row)
    assert (await noted(company))[-1].startswith("Took {count} changes")


async def test_a_change_of_many_rows_is_counted_and_paged(
    company: Company, ana: Someone, hq: Someone
) -> None:
    acme = await company.open_account(ana, "Acme")
    async with company.database.begin() as session:
        assert ana.person
        work = Work(session, Author(company.now, ana.person.id, "import", source="terminal"))
        where: dict[str, Any] = {"rep_id": ana.person.id, "unit_id": ana.person.unit_id}
        days = [company.now - timedelta(days=each) for each in range(30)]
        await work.people.add_all(Visit(account_id=acme.id, at=at, **where) for at in days)
        await work.note("Imported {count} rows", count=30)
    await hq.says("/audit")
    hq.sees("· Ana · at a terminal", "Imported 30 rows", "new visit ×30: Acme")
    await hq.presses("1")
    assert hq.last.text.count("new visit: Acme") == 12
    await hq.presses("More ›")
    await hq.presses("More ›")
    assert hq.last.text.count("new visit: Acme") == 6
    assert "More" not in hq.last.text


async def test_what_was_erased_says_so(company: Company, ana: Someone, hq: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, note: secret")
    await seal(company.database, MONDAY, token_bytes)
    async with company.database.begin() as session:
        gone = {"before": null(), "after": null(), "salt": None}
        await session.execute(update(Entry).where(Entry.noun == "visits").values(**gone))
    await hq.says("/audit")
    hq.sees("visit, since erased")
    await hq.presses("1")
    hq.sees("visit, since erased")
    assert "secret" not in hq.last.text


async def test_markup_in_names_stays_text(company: Company, hq: Someone) -> None:
    eve = await company.hire("*Eve* <!channel>")
    await company.open_account(eve, "_Acme_ [x](http://x.example)")
    await eve.says("/audit")
    await hq.says("/audit")
    hq.sees("*Eve* <!channel>", "_Acme_ [x](http://x.example)")


async def test_what_is_gone_has_its_number(company: Company, ana: Someone, hq: Someone) -> None:
    acme = await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.says("/undo")
    await ana.says("/undo")
    async with company.database.read() as session:
        assert await session.get(Account, acme.id) is None
    await hq.says("/audit visits")
    hq.sees(f"visit deleted: #{acme.id}", "took back change")


async def test_a_number_that_is_none_is_said_so(hq: Someone) -> None:
    await hq.says("/change")
    hq.sees("Press a number in /audit")


async def test_a_row_made_and_changed_at_once_is_made(company: Company, hq: Someone) -> None:
    await hq.says("/addunit Three, HQ")
    await hq.says("/audit")
    hq.sees("– new unit: Three\n")
    assert "unit changed" not in hq.last.text
    await hq.presses("1")
    hq.sees("new unit: Three", "Part of: HQ")
    assert hq.last.text.count("Three") == 2, "as what it is about and as its name"


async def test_what_is_taken_back_has_its_name(company: Company, hq: Someone) -> None:
    await hq.says("/addunit Three, HQ")
    await hq.says("/undo")
    await hq.says("/audit")
    hq.sees("took back change", "– unit deleted: Three\n")
    assert "unit changed" not in hq.last.text


async def test_common_changes_are_told_by_what_they_mean(
    company: Company, ana: Someone, bo: Someone, rui: Someone, hq: Someone
) -> None:
    for name in ("Acme", "Bolt", "Cedar"):
        await company.open_account(ana, name)
    await company.hire("Mia")
    await rui.says("/assign Acme to Mia")
    await rui.says("/assign all of Ana's to Mia")
    await rui.presses("Hand over 2 customers")
    await hq.says("/audit")
    hq.sees("1. today 10:00 · Rui · Phone\n– 2 customers handed over to Mia\n")
    hq.sees("– Acme handed over to Mia\n")
    await hq.says("/moveperson Mia, West")
    await hq.says("/giverole Bo, manager")
    await hq.says("/hasleft Ana")
    await hq.says("/undo")
    await hq.says("/invite Eva, rep, West")
    await hq.says("/audit")
    hq.sees("– Eva invited\n", "– Ana came back\n", "– Ana has left\n", "– Bo is manager now\n")
    hq.sees("– Mia moved to West\n", "– 3 customers moved to West\n")
    assert "changed" not in hq.last.text
    await hq.presses("4")
    hq.sees("person changed: Bo", "Role: rep → manager")


async def test_who_came_in_is_told_by_name(company: Company, rui: Someone, hq: Someone) -> None:
    await stranger(company, "Zed").says(f"/start {await invite(company, rui)}")
    await hq.says("/audit")
    hq.sees("1. today 10:00 · Phone\n– Kim joined as rep, East\n")
    assert "new person: Kim" not in hq.last.text
    await hq.presses("1")
    hq.sees("new person: Kim", "new connection to a platform: Kim", "invitation changed: Kim")
    await hq.says("/settings language: 中文")
    await hq.says("/audit")
    hq.sees("– Kim加入，角色：销售，East\n")


async def test_claims_are_told_to_their_end(
    company: Company, ana: Someone, rui: Someone, hq: Someone
) -> None:
    mia = await company.hire("Mia")
    for name in ("Acme", "Bolt", "Cedar"):
        await company.open_account(ana, name)
    for name, pressed in (("Acme", "Give to Mia"), ("Bolt", "Stays with Ana")):
        await mia.says(f"/claim {name}, mine since March")
        await rui.presses(pressed)
    await mia.says("/claim Cedar, mine since March")
    await mia.presses("Take it back")
    await hq.says("/audit claims")
    hq.sees("– claim to Cedar taken back\n", "– Cedar claimed by Mia\n")
    hq.sees(
        "– claim to Bolt refused\n", "– claim to Acme granted\n", "– Acme handed over to Mia\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_the_journal_holds_has_a_name(language: str) -> None:
    named = {name: {*COLUMNS, *HIDDEN} for name in TABLES}
    held = {
        name: {column.key for column in inspect(model).column_attrs}
        for name, model in MODELS.items()
    }
    assert {name: columns - named.get(name, set()) for name, columns in held.items()} == {
        name: set() for name in held
    }
    with speaking(language):
        assert all(label(each) for each in [*TABLES.values(), *COLUMNS.values()])


async def test_a_customer_has_no_name_of_a_person(company: Company, lin: Someone) -> None:
    zhou = await company.hire("周", Role.HQ, unit="", language="zh")
    await company.open_account(lin, "北光酒店")
    await zhou.says("/audit")
    await zhou.presses("1")
    zhou.sees("客户名称：北光酒店")
    assert "姓名" not in zhou.last.text


async def test_what_is_noted_three_times_is_one_line(company: Company, hq: Someone) -> None:
    assert hq.person
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, hq.person.id, "merge"))
        for _each in range(3):
            await work.note("Merged {other} into {account}.", other="Bolt", account="Acme")
    await hq.says("/audit")
    hq.sees("– Merged Bolt into Acme. ×3\n")
