"""``python -m tests.simulation``: the crash test in full."""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.simulation.crash import PLACES, PLATFORMS, Plan, crash


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--platform", choices=PLATFORMS, default="telegram")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--updates", type=int, default=3_000)
    parser.add_argument("--database", choices=PLACES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kind, processes = PLACES[options.database]
    plan = Plan(kind, processes, options.kills, options.updates, options.seed, options.platform)
    sys.exit(asyncio.run(_run(plan)))


async def _run(plan: Plan) -> int:
    with TemporaryDirectory() as folder:
        async with crash(plan, Path(folder)) as run:
            report = await run.run()
    details = [*report.problems[:20], *report.refused[:20], *sorted(set(report.violations))[:20]]
    sys.stdout.write("\n  ".join([str(report), *details]) + "\n")
    return 1 if report.problems else 0


main()
