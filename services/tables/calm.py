"""Keeping long work from holding up the event loop."""

import asyncio
import gc
from importlib import import_module

SETTLED = 5_000
"""Rows of one step after which it is time to settle."""


def settle() -> None:
    """Spare what is there by now from full garbage collections.

    Beside a plan of 100,000 rows each of them held up everything for 200 to 700 ms. What is spared
    is still freed when nothing refers to it; only circles among it are not, and rows make none.
    """
    gc.collect(0)
    gc.freeze()


async def warm_up() -> None:
    """Load pinyin beside the event loop, which it would hold up for 200 ms."""
    await asyncio.to_thread(import_module, "pypinyin")
