"""Days and times in the cells of tables, in whatever order they are written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from services.tables.table import Cell
from services.times import instant, placed, wall

TAIL = r"(?:[T\s]\s*(?P<clock>.+))?"
YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})\s*[-/.年]\s*(?P<m>\d{{1,2}})\s*[-/.月]\s*(?P<d>\d{{1,2}})日?{TAIL}"
)
COMPACT = re.compile(rf"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d){TAIL}")
EITHER = re.compile(
    rf"(?P<a>\d{{1,2}})\s*[-/.]\s*(?P<b>\d{{1,2}})\s*[-/.]\s*(?P<y>\d{{4}}|\d\d){TAIL}"
)
NAMED = re.compile(
    rf"(?:[a-z]+,?\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s\-.]*(?P<name>[a-z]{{3,9}})[\s\-.,]*"
    rf"(?P<y>\d{{4}}|\d\d){TAIL}",
    re.IGNORECASE,
)
NAMED_FIRST = re.compile(
    rf"(?P<name>[a-z]{{3,9}})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){TAIL}",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?P<pm>上午|下午|晚上|中午)?\s*(?P<h>\d{1,2})\s*[:：时点]\s*(?P<min>\d\d)?分?"
    r"(?:[:：](?P<s>\d\d)(?:\.(?P<us>\d{1,6}))?)?\s*(?P<ampm>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d(?::\d\d)?)?",
    re.IGNORECASE,
)
MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
SHEETS_FIRST_DAY = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
"""Days as spreadsheets number them, from 1954 to 2119."""
YEARS = range(1970, 2200)
"""Those of days that anybody means; every zone can tell the day before and after."""
CENTURY = 70
"""Two digits from here on are of the last century."""
NOON = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A day, or a wall time, or an instant, as it stands in a cell."""

    at: date | datetime

    def placed(self, zone: ZoneInfo) -> tuple[datetime, bool]:
        """Its instant, and whether it stands for the whole day; wall time is that of the zone."""
        if isinstance(self.at, datetime):
            if self.at.tzinfo:
                return self.at.astimezone(UTC), False
            return instant(self.at, zone)[0], False
        return placed(self.at, zone)


def day(cell: Cell, *, month_first: bool | None = None) -> date:
    """The day that a cell holds; ValueError when it holds none."""
    at = moment(cell, month_first=month_first).at
    return at.date() if isinstance(at, datetime) else at


def moment(cell: Cell, *, month_first: bool | None = None) -> Said:
    """The day or time that a cell holds, of a year in `YEARS`; ValueError when it holds none."""
    said = _moment(cell, month_first)
    if said.at.year not in YEARS:
        raise ValueError(said.at.year)
    return said


def _moment(cell: Cell, month_first: bool | None) -> Said:
    if isinstance(cell, datetime):
        return Said(cell)
    if isinstance(cell, date):
        return Said(cell)
    if isinstance(cell, int) and not isinstance(cell, bool) and cell in SERIALS:
        return Said(SHEETS_FIRST_DAY + timedelta(days=cell))
    if not isinstance(cell, (str, int)) or isinstance(cell, bool):
        raise ValueError("no day")  # noqa: TRY004 - a cell that can't be read, whatever is in it
    return _written(str(cell).strip(), month_first)


def month_first(cells: Iterable[Cell]) -> bool | None:
    """Whether a column writes 5/12 for May 12: told by its numbers above twelve; None unknown."""
    for cell in cells:
        found = EITHER.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found and int(found["a"]) != int(found["b"]):
            if int(found["a"]) > NOON:
                return False
            if int(found["b"]) > NOON:
                return True
    return None


@lru_cache(20_000)
def _written(text: str, order: bool | None) -> Said:
    for pattern in (YEAR_FIRST, COMPACT, EITHER, NAMED, NAMED_FIRST):
        found = pattern.fullmatch(text)
        if found:
            on = date(_year(found["y"]), *_month_and_day(found, order))
            return Said(_clocked(on, found["clock"]) if found["clock"] else on)
    raise ValueError(text)


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) > 2 else year + (1900 if year >= CENTURY else 2000)  # noqa: PLR2004


def _month_and_day(found: re.Match[str], order: bool | None) -> tuple[int, int]:
    groups = found.groupdict()
    if "a" in groups:
        first, second = int(groups["a"]), int(groups["b"])
        if "." in found[0][: found.start("y")]:
            order = False  # 2.3.2026 is written by those who have the day first
        if order is None and first <= NOON and second <= NOON and first != second:
            raise ValueError  # nothing says which is the month
        as_month = order if order is not None else second > NOON
        return (first, second) if as_month else (second, first)
    if "name" in groups:
        return _month(groups["name"].lower()), int(groups["d"])
    return int(groups["m"]), int(groups["d"])


def _month(name: str) -> int:
    """Its number, of a whole name or one cut short: Feb, Sept."""
    return [each.startswith(name) for each in MONTHS].index(True) + 1


def _clocked(on: date, clock: str) -> datetime:
    found = CLOCK.fullmatch(clock.strip())
    if found is None or not (found["min"] or "点" in clock or "时" in clock):
        raise ValueError
    hour = int(found["h"])
    late = found["pm"] in {"下午", "晚上"} or (found["ampm"] or "").lower().startswith("p")
    if late and hour < NOON:
        hour += NOON
    elif (found["ampm"] or "").lower().startswith("a") and hour == NOON:
        hour = 0
    micro = int((found["us"] or "").ljust(6, "0") or 0)
    at = datetime.combine(on, time(hour, int(found["min"] or 0), int(found["s"] or 0), micro))
    zone = found["zone"]
    if not zone:
        return at
    return datetime.fromisoformat(f"{at.isoformat()}{'+00:00' if zone in 'Zz' else zone}")


def told(at: datetime, zone: ZoneInfo, *, all_day: bool = False) -> str:
    """An instant as it is written in a cell, exactly: ``2026-03-02 10:00 +08:00``."""
    local = at.astimezone(zone)
    if all_day:
        return local.date().isoformat()
    clock = "%H:%M:%S.%f" if at.microsecond else "%H:%M:%S" if at.second else "%H:%M"
    offset = local.isoformat()[len(wall(at, zone).isoformat()) :]
    return f"{local.date().isoformat()} {local.strftime(clock)} {offset}"
