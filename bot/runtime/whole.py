"""Doing something to its end, also when asked to stop in the middle."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def whole(work: Coroutine[Any, Any, T]) -> T:
    """Do it all; being cancelled meanwhile takes effect at its end.

    A transaction that is cancelled may have committed all the same: what it claimed would wait
    for its lease.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
