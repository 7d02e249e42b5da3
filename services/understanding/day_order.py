"""Whether 5/12 is a day of December or of May, told by where it is written."""

MONTH_FIRST_PREFIXES = ("US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")
MONTH_FIRST = frozenset(
    (
        "America/Adak",
        "America/Anchorage",
        "America/Boise",
        "America/Chicago",
        "America/Denver",
        "America/Detroit",
        "America/Indianapolis",
        "America/Juneau",
        "America/Los_Angeles",
        "America/Menominee",
        "America/New_York",
        "America/Nome",
        "America/Phoenix",
        "America/Sitka",
        "Asia/Manila",
        "Pacific/Honolulu",
    )
)
"""The United States and the Philippines."""

EITHER = frozenset(
    (
        "America/Edmonton",
        "America/Halifax",
        "America/St_Johns",
        "America/Toronto",
        "America/Vancouver",
        "America/Winnipeg",
        "Asia/Chongqing",
        "Asia/Harbin",
        "Asia/Hong_Kong",
        "Asia/Kashgar",
        "Asia/Macau",
        "Asia/Seoul",
        "Asia/Shanghai",
        "Asia/Taipei",
        "Asia/Tokyo",
        "Asia/Urumqi",
    )
)
"""Where both are written in English: Canada, and where the own language has the year first."""


def day_first(zone: str) -> bool | None:
    """The custom of a zone for numbers in English; None where there is none to go by."""
    if zone in MONTH_FIRST or zone.startswith(MONTH_FIRST_PREFIXES):
        return False
    if zone in EITHER or "/" not in zone or zone.startswith("Etc/"):
        return None
    return True
