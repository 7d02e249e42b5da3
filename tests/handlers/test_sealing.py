import asyncio

from structlog.testing import capture_logs

import handlers
from bot.jobs import collect_jobs
from bot.runtime.schedule import Clock
from storage.verifying import verify
from tests.talk import Company


async def test_what_people_do_is_sealed_by_the_clock(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    sealing = [each for each in collect_jobs(handlers) if each.name == "seal"]
    clocks = [Clock(company.runtime, sealing) for _ in range(3)]
    with capture_logs() as logs:
        await asyncio.gather(*(clock.tick() for clock in clocks))
        company.after(minutes=5)
        await clocks[0].tick()
    async with company.database.read() as session:
        found = await verify(session)
    assert (found.sealed, found.newer, found.wrong) == (3, 0, None)
    [said] = [each for each in logs if each["event"] == "journal_sealed"]
    assert (said["changes"], said["head"]) == (3, found.head)
