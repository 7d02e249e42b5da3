"""Keeping long work from holding up the event loop."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count

SETTLED = 5_000
"""Rows of one step after which it is time to settle."""
_at_work: set[int] = set()
_numbers = count()


@contextmanager
def settling() -> Iterator[None]:
    """While inside, `settle` spares what is there; once the last one is out, nothing is spared."""
    number = next(_numbers)
    _at_work.add(number)
    try:
        yield
    finally:
        _at_work.discard(number)
        if not _at_work:
            gc.unfreeze()


def settle() -> None:
    """Spare what is there by now from full garbage collections, while something is `settling`.

    Beside a plan of 100,000 rows each of them held up everything for 200 to 700 ms. What is spared
    is still freed when nothing refers to it; only circles among it are not, and rows make none.
    """
    gc.collect(0)
    if _at_work:
        gc.freeze()


async def warm_up() -> None:
    """Load pinyin beside the event loop, which it would hold up for 200 ms."""
    await asyncio.to_thread(import_module, "pypinyin")
