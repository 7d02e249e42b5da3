from pathlib import Path

import pytest

from tests.simulation.conftest import need
from tests.simulation.crash import PLACES, PLATFORMS, Plan, crash


@pytest.mark.crash
@pytest.mark.timeout(300)
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("kind", "processes"), PLACES.values(), ids=PLACES)
async def test_killed_at_any_moment_it_loses_nothing_and_does_nothing_twice(
    kind: str, processes: int, platform: str, tmp_path: Path
) -> None:
    need(kind)
    async with crash(Plan(kind, processes, platform=platform), tmp_path) as run:
        report = await run.run()
    assert report.problems == []
    assert report.kills == 5
    assert report.doubled <= report.in_flight
