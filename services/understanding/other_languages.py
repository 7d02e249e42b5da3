"""Calendar dates with a month's name in another European language: 5. Dezember, 3 mars 2026.

Our grammar knows English and Chinese. Here ``dateparser`` is asked, which knows the names of
months in many languages, and only about texts of this one shape: of free text it makes dates that
nobody wrote.
"""

import re
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from services.understanding.days import MonthDay, YearRef

SHAPE: Final = re.compile(
    r"(?P<day>\d{1,2})(?:\.|er)? (?:de )?(?P<month>[^\W\d_]{3,12})\.?"
    r"(?: (?:de )?(?P<year>20\d\d))?"
)
LANGUAGES: Final = ["de", "fr", "es", "pt", "it", "nl"]
# The same settings each time: dateparser keeps every new set of them for ever.
SETTINGS: Final = MappingProxyType(
    {
        "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - a leap year, of no meaning
        "REQUIRE_PARTS": ["day", "month"],
        "DATE_ORDER": "DMY",
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
)


def read_month_name(text: str) -> MonthDay | None:
    """The date that all of a text is, or None; the day and the year must be those written."""
    shape = SHAPE.fullmatch(text)
    found = _parsed(f"{shape['day']} {shape['month']}") if shape else None
    if shape is None or found is None or found[1] != int(shape["day"]):
        return None
    return MonthDay(*found, YearRef(int(shape["year"])) if shape["year"] else None)


@lru_cache(maxsize=256)
def _parsed(text: str) -> tuple[int, int] | None:
    """The month and the day of a date without its year."""
    import dateparser  # noqa: PLC0415 - 120 ms and 13 MB, seldom needed

    found = dateparser.parse(text, languages=LANGUAGES, settings=dict(SETTINGS))
    return (found.month, found.day) if found else None
