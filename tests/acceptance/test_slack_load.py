"""Slack under load, briefly; in full: ``python -m tests.benchmarks slack``."""

from pathlib import Path

import pytest

from tests.acceptance.fakes import load
from tests.benchmarks.acknowledging import Load, acknowledged

pytestmark = pytest.mark.acceptance


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_everything_is_acknowledged_in_time(mode: str, tmp_path: Path) -> None:
    load("fake_slack")
    found = await acknowledged(Load(mode, rate=100, seconds=1, people=60), tmp_path)
    assert found.violations == []
    assert found.problems == []
    assert len(found.waited) >= 100
