"""Files of years of work hold up neither the event loop nor, for long, whoever writes."""

import asyncio
import io
import time
from datetime import timedelta
from typing import Any, Self

import pytest
from python_calamine import load_workbook
from sqlalchemy import insert

from bot.messages import File
from services import audit
from storage.models import Change, Entry, Role, Visit
from tests.talk import MONDAY, Company, Someone

VISITS = 5_000


class Watched:
    """The longest turn of the event loop meanwhile, in seconds of its own work."""

    async def __aenter__(self) -> Self:
        self._turns, self._over = [0.0], False
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._over = True
        await self._task

    async def _watch(self) -> None:
        while not self._over:
            before = time.thread_time()
            await asyncio.sleep(0)
            self._turns.append(time.thread_time() - before)

    @property
    def longest(self) -> float:
        return max(self._turns)


async def test_a_copy_of_years_of_work_holds_up_nobody(company: Company) -> None:
    ana = await company.hire("Ana")
    acme = await company.open_account(ana, "Acme")
    assert ana.person
    row: dict[str, Any] = {
        "rep_id": ana.person.id,
        "account_id": acme.id,
        "unit_id": ana.person.unit_id,
    }
    row |= {"kind": "visit", "note": "n" * 80, "next_step": "", "product": "", "competitor": ""}
    rows = [{**row, "at": MONDAY - timedelta(hours=n)} for n in range(VISITS)]
    async with company.database.begin() as session:
        await session.execute(insert(Visit), rows)
    async with Watched() as watched:
        await ana.says("/mydata")
    ana.sees("This is all that is kept about you")
    assert watched.longest < 0.05


@pytest.fixture
async def hq(company: Company) -> Someone:
    """Somebody at HQ, in a company whose journal has more than a file takes."""
    boss = await company.hire("Boss", Role.HQ, "")
    made = [
        {"at": MONDAY, "author_id": None, "command": "x", "source": "terminal", "note": ""}
    ] * 60
    async with company.database.begin() as session:
        result = await session.scalars(insert(Change).returning(Change.id), made)
        entries = [
            {"change_id": change, "noun": "units", "key": key, "before": None,
             "after": {"id": key, "name": f"Unit {key}", "path": "/1/"}}
            for change in result for key in range(100, 250)
        ]  # fmt: skip
        await session.execute(insert(Entry), entries)
    return boss


async def test_the_audit_as_a_file_ends_where_it_would_take_long(
    company: Company, hq: Someone
) -> None:
    async with Watched() as watched:
        await hq.says("/auditfile")
    hq.sees("34 changes, newest first.", "There are more than fit into one file")
    [file] = [block for block in hq.last.reply.blocks if isinstance(block, File)]
    rows = load_workbook(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert len([row for row in rows if row[6] == "Name"]) == audit.LINES
    assert watched.longest < 0.05
