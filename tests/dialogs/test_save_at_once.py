"""Saved without asking: only where the person wants it and nothing is in doubt."""

import pytest

from services.understanding.facts import Facts, Intent, Name
from tests.dialogs.helpers import change, deals, reminders, visits
from tests.dialogs.reader import SAID, Reader, deal, moment, reader, visit
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def read(company: Company, ana: Someone) -> Reader:
    await company.open_account(ana, "Acme", "ACM Industries")
    await change(company, ana, save_at_once=True)
    return reader(
        company,
        visited_Acme=visit(),
        visited_ACM_Industries=visit("ACM Industries"),
        visited_Acme_guessing=visit(sure=False),
        visited_Acme_or_so=visit(happened=moment("2026-02-03", "2026-03-02")),
        visited_Acmee=visit("Acmee"),
        visited_Nowhere=visit("Nowhere"),
        visited_them=visit(None),
        Acme_tomorrow=visit(happened=moment("2026-03-03")),
        Acme_late=visit(follow_up=moment("2026-02-01")),
        Acme_won=deal("won", 5),
        call_Acme=Facts(
            Intent.REMINDER, account=Name("Acme"), follow_up=moment("2026-03-04"), next_step="call"
        ),
    )


async def test_a_whole_message_in_one_go(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    ana.sees("Logged: Acme, yesterday.", "When: Sun 1 Mar", "Deal: Scanner (new)", "[Undo]")
    assert len(await visits(company)) == 1
    await ana.presses("Undo")
    for left in (await visits(company), await deals(company), await reminders(company)):
        assert left == []


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("visited Acme", "Logged: Acme"),
        ("visited ACM Industries", "Logged: Acme"),
        ("Acme won", "Deal won: Acme"),
        ("call Acme", "Noted: call"),
    ],
)
async def test_nothing_in_doubt(ana: Someone, said: str, answered: str) -> None:
    await ana.says(said)
    ana.sees(answered, "[Undo]")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("visited Acme guessing", "What I understood"),
        ("visited Acme or so", "When is “"),
        ("visited Acmee", "Acme"),
        ("visited Nowhere", "I don't know “Nowhere” yet."),
        ("visited them", "Which customer was it?"),
        ("Acme tomorrow", "still ahead"),
        ("Acme late", "past already"),
    ],
)
async def test_whatever_is_in_doubt_is_looked_over(
    company: Company, ana: Someone, said: str, asked: str
) -> None:
    await ana.says(said)
    ana.sees(asked)
    assert await visits(company) == []


async def test_it_is_a_setting(company: Company, ana: Someone) -> None:
    await ana.says("/settings")
    ana.sees("Save without asking: on", "[Ask before saving]")
    await ana.presses("Ask before saving")
    ana.sees("Saved.", "Save without asking: off", "[Save without asking]")
    await ana.says("visited Acme")
    ana.sees("What I understood")
    await ana.says("/settings save without asking: on")
    ana.sees("Save without asking: on")
    await ana.presses("Undo")
    ana.sees("Undone: settings.")


@pytest.mark.parametrize("said", ["设置 免确认：开", "设置 免确认 开"])
async def test_it_is_a_setting_in_chinese(lin: Someone, said: str) -> None:
    await lin.says("设置")
    lin.sees("免确认保存: 关", "[免确认保存]")
    await lin.says(said)
    lin.sees("免确认保存: 开", "[保存前先问我]")


async def test_it_is_off_at_first(bo: Someone) -> None:
    await bo.says("/settings")
    bo.sees("Save without asking: off")


async def test_neither_on_nor_off(ana: Someone) -> None:
    await ana.says("/settings save without asking: maybe")
    ana.sees("On or off? Pick one.", "[on] [off]")
