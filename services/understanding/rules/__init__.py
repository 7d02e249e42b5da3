"""The rules of the grammar of time, by what they read; importing them is what fills it."""

from types import ModuleType
from typing import Final

from services.understanding.rules import (
    clocks,
    dates,
    edges,
    holidays,
    months,
    now,
    nth,
    offsets,
    parts,
    quarters,
    ranges,
    repeats,
    spoken,
    units,
    weekdays,
    years,
)

RULES: Final[tuple[ModuleType, ...]] = (
    clocks,
    spoken,
    parts,
    now,
    weekdays,
    dates,
    offsets,
    edges,
    holidays,
    units,
    quarters,
    years,
    months,
    nth,
    ranges,
    repeats,
)
