"""Holidays by name, and the day on which each falls."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from services.understanding.days import Frame, YearRef
from services.understanding.facts import Toward

FIXED: Final = {
    "anzac_day": (4, 25),
    "australia_day": (1, 26),
    "canada_day": (7, 1),
    "bastille_day": (7, 14),
    "republic_day": (1, 26),
    "juneteenth": (6, 19),
    "bonfire_night": (11, 5),
    "gandhi_jayanti": (10, 2),
    "arbor_day": (3, 12),
    "consumer_day": (3, 15),
    "youth_day": (5, 4),
    "nurses_day": (5, 12),
    "party_day": (7, 1),
    "doctors_day": (8, 19),
    "double_twelve": (12, 12),
    "new_year": (1, 1), "valentines": (2, 14), "womens_day": (3, 8), "st_patricks": (3, 17),
    "april_fools": (4, 1), "may_day": (5, 1), "childrens_day": (6, 1), "independence_day": (7, 4),
    "army_day": (8, 1), "teachers_day": (9, 10), "national_day": (10, 1), "halloween": (10, 31),
    "halloween_zh": (11, 1), "singles_day": (11, 11), "veterans_day": (11, 11),
    "christmas_eve": (12, 24), "christmas": (12, 25), "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
}  # fmt: skip
NTH: Final = {
    "mlk_day": (1, 3, 0), "presidents_day": (2, 3, 0), "mothers_day": (5, 2, 6),
    "memorial_day": (5, -1, 0), "fathers_day": (6, 3, 6), "labor_day": (9, 1, 0),
    "columbus_day": (10, 2, 0), "thanksgiving": (11, 4, 3),
}  # fmt: skip
"""By month, which one, and the day of the week."""
AFTER: Final = {
    "black_friday": ("thanksgiving", 1), "cyber_monday": ("thanksgiving", 4),
    "good_friday": ("easter", -2), "easter_monday": ("easter", 1), "ascension": ("easter", 39),
    "pentecost": ("easter", 49), "whit_monday": ("easter", 50),
    "new_years_eve_zh": ("spring_festival", -1), "lantern": ("spring_festival", 14),
}  # fmt: skip
_LUNAR: Final = ("spring_festival", "qingming", "dragon_boat", "qixi", "mid_autumn", "chongyang")
_DATES: Final = (
    "2015 0219 0405 0620 0820 0927 1021",
    "2016 0208 0404 0609 0809 0915 1009",
    "2017 0128 0404 0530 0828 1004 1028",
    "2018 0216 0405 0618 0817 0924 1017",
    "2019 0205 0405 0607 0807 0913 1007",
    "2020 0125 0404 0625 0825 1001 1025",
    "2021 0212 0404 0614 0814 0921 1014",
    "2022 0201 0405 0603 0804 0910 1004",
    "2023 0122 0405 0622 0822 0929 1023",
    "2024 0210 0404 0610 0810 0917 1011",
    "2025 0129 0404 0531 0829 1006 1029",
    "2026 0217 0405 0619 0819 0925 1018",
    "2027 0206 0405 0609 0808 0915 1008",
    "2028 0126 0404 0528 0826 1003 1026",
    "2029 0213 0404 0616 0816 0922 1016",
    "2030 0203 0405 0605 0805 0912 1005",
    "2031 0123 0405 0624 0824 1001 1024",
    "2032 0211 0404 0612 0812 0919 1012",
    "2033 0131 0404 0601 0801 0908 1001",
    "2034 0219 0405 0620 0820 0927 1020",
    "2035 0208 0405 0610 0810 0916 1009",
    "2036 0128 0404 0530 0828 1004 1027",
    "2037 0215 0404 0618 0817 0924 1017",
    "2038 0204 0405 0607 0807 0913 1007",
    "2039 0124 0405 0527 0826 1002 1026",
    "2040 0212 0404 0614 0814 0920 1014",
    "2041 0201 0404 0603 0803 0910 1003",
    "2042 0122 0404 0622 0822 0928 1022",
    "2043 0210 0405 0611 0811 0917 1011",
    "2044 0130 0404 0531 0731 1005 1029",
    "2045 0217 0404 0619 0819 0925 1018",
)
"""Each year's festivals of the Chinese calendar, as month and day; from the Chinese almanac."""


@cache
def _lunar() -> dict[tuple[str, int], date]:
    found = {}
    for row in _DATES:
        year, *days = row.split()
        for name, day in zip(_LUNAR, days, strict=True):
            found[name, int(year)] = date(int(year), int(day[:2]), int(day[2:]))
    return found


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the Sunday after the first full moon of spring."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> date:
    """The day of a holiday in a year; ValueError for years whose almanac is not known."""
    if name in AFTER:
        base, days = AFTER[name]
        return holiday(base, year) + timedelta(days=days)
    if name in FIXED:
        return date(year, *FIXED[name])
    if name == "easter":
        return easter(year)
    if name == "winter_solstice":
        return date(year, 12, 21 if year % 4 < 2 else 22)  # so from 2020 to 2050
    if name in NTH:
        month, number, weekday = NTH[name]
        if number < 0:
            last = date(year, month + 1, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    try:
        return _lunar()[name, year]
    except KeyError:
        raise ValueError("the almanac does not know that year") from None


@dataclass(frozen=True)
class Holiday:
    """A holiday by its name; the next one, or the latest one when it is past."""

    name: str
    year: YearRef | None = None
    shift: int | None = None

    def on(self, frame: Frame) -> date:
        if self.year:
            return holiday(self.name, self.year.of(frame))
        today = frame.today
        past = self.shift == -1 or (self.shift != 1 and frame.toward is Toward.PAST)
        years = range(today.year + 1, today.year - 2, -1)
        days = [holiday(self.name, year) for year in years]
        if past:
            return next(day for day in days if day < today)
        return next(day for day in reversed(days) if day >= today)
