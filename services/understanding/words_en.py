"""English words about time, and what each may mean."""

from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
NUMBERS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "thirtieth",
)  # fmt: skip

Words = dict[str, tuple[str, object]]
"""A word's kind, and its value."""


def _words(kind: str, entries: dict[str, object]) -> Words:
    return {each: (kind, value) for words, value in entries.items() for each in words.split()}


WORDS: Final[Words] = (
    {name: ("weekday", number) for number, name in enumerate(WEEKDAYS)}
    | {f"{name}s": ("weekdays", number) for number, name in enumerate(WEEKDAYS)}
    | {name[:3]: ("weekday", number) for number, name in enumerate(WEEKDAYS)}
    | _words("weekday", {"tues": 1, "weds": 2, "thur thurs thr": 3})
    | {name: ("month", number) for number, name in enumerate(MONTHS, 1)}
    | {name[:3]: ("month", number) for number, name in enumerate(MONTHS, 1)}
    | _words("month", {"sept": 9})
    | {name: ("number", number) for number, name in enumerate(NUMBERS)}
    | {name: ("tens", 10 * number) for number, name in enumerate(TENS, 2)}
    | {name: ("ordinal", number) for number, name in enumerate(ORDINALS, 1) if number < 20}
    | _words("ordinal", {"twentieth": 20, "thirtieth": 30, "fist": 1})
    | _words(
        "relative",
        {
            "today tdy 2day": 0,
            "tomorrow tmrw tmr tmw tmrow tomo tom 2moro 2morrow tmoz tomoz tomoro tommo 2mrw"
            " 2mro": 1,
            "yesterday yday yest ystd yda ystday ystrday ytday yesty yesterdays": -1,
            "tomorrows": 1, "todays": 0,
        },
    )
    | _words(
        "part",
        {
            "morning mornings morn": "morning", "noon midday lunch lunchtime": "noon",
            "afternoon afternoons arvo aft": "afternoon", "evening evenings eve": "evening",
            "night nights": "night", "midnight": "midnight", "dawn": "dawn",
            "midmorning": "forenoon", "midafternoon": "afternoon", "teatime": "afternoon",
        },
    )
    | _words("tonight", {"tonight tonite 2nite 2night": 0})
    | _words(
        "unit",
        {
            "seconds sec secs": "second", "minute minutes min mins": "minute",
            "hour hours hr hrs": "hour", "day days": "day", "week weeks wk wks": "week",
            "fortnight fortnights": "fortnight", "month months mth mths mo mos": "month",
            "quarter quarters qtr qtrs": "quarter", "year years yr yrs": "year",
            "weekend weekends": "weekend", "half": "half", "workday workdays": "workday",
            "halves half-year": "half", "semester": "half",
        },
    )
    | _words(
        "shift",
        {
            "this current": 0, "next nxt following": 1, "last previous prev preceding": -1,
            "coming upcoming": 1, "past trailing prior": -1, "final": -1,
        },
    )
    | _words("todate", {"ytd": "year", "mtd": "month", "qtd": "quarter", "wtd": "week"})
    | _words(
        "deadline", {"eod": "day", "cob": "day", "eob": "day", "eow": "week", "eom": "month",
        "eoq": "quarter", "eoy": "year"},
    )
    | _words("every", {"every each": 1})
    | _words("repeated", {"daily": "day", "weekly": "week", "monthly": "month",
        "quarterly": "quarter", "yearly annually": "year", "fortnightly biweekly": "fortnight"})
    | _words("now", {"now": 0})
    | _words("ago", {"ago": -1})
    | _words("later", {"later hence": 1})
    | _words("edge", {"end": "end", "beginning start": "start", "middle mid": "middle",
        "early": "start", "late": "end"})
)  # fmt: skip
"""Words whose time sense is their only one are as they are; ``WEAK`` ones need company."""

WEAK: Final = frozenset(
    "may march mar sun sat mon wed second sec seconds eve night dawn lunch past last this"
    " jan april june august august's min mo mos now tom aft arvo noon half early late".split()
)
"""Words that usually mean something else, so that they are no time by themselves."""

COUNTS: Final = {"a": 1, "an": 1, "one": 1, "couple": 2, "pair": 2, "dozen": 12}
VAGUE_COUNTS: Final = frozenset(("few", "several", "some", "many", "coupla"))

TYPOS: Final[dict[str, str]] = {
    "wendesday": "wednesday", "wensday": "wednesday", "wednsday": "wednesday",
    "wedensday": "wednesday", "wenesday": "wednesday", "wednessday": "wednesday",
    "tuseday": "tuesday", "teusday": "tuesday", "tusday": "tuesday", "tueday": "tuesday",
    "thurday": "thursday", "thusday": "thursday", "thrusday": "thursday", "thersday": "thursday",
    "thirsday": "thursday", "frieday": "friday", "firday": "friday", "firdays": "fridays",
    "friady": "friday", "moday": "monday", "mondy": "monday", "munday": "monday",
    "saterday": "saturday", "satruday": "saturday", "sunady": "sunday", "sonday": "sunday",
    "febuary": "february", "feburary": "february", "januray": "january", "janurary": "january",
    "agust": "august", "augst": "august", "setpember": "september", "octomber": "october",
    "decmber": "december", "ocotber": "october", "novemer": "november", "tommorow": "tomorrow",
    "tommorrow": "tomorrow", "tomorow": "tomorrow", "tomorrrow": "tomorrow",
    "tomorw": "tomorrow", "tomrrow": "tomorrow", "tomoro": "tomorrow", "tmorrow": "tomorrow",
    "yesturday": "yesterday", "yesteday": "yesterday", "yestarday": "yesterday",
    "yesterdy": "yesterday", "afternon": "afternoon", "aftenoon": "afternoon",
    "mornign": "morning", "moring": "morning", "monring": "morning", "evenning": "evening",
    "fortnite": "fortnight", "forthnight": "fortnight", "qarter": "quarter",
    "quater": "quarter", "quaters": "quarters", "mnth": "month", "montly": "monthly",
    "nect": "next", "nexr": "next", "nxet": "next", "netx": "next", "lats": "last",
    "mintues": "minutes", "minuets": "minutes", "houre": "hour",
}  # fmt: skip
"""What thumbs make of them."""

LONG: Final = tuple(
    name
    for name in (*WEEKDAYS, *MONTHS, "tomorrow", "yesterday", "afternoon", "fortnight", "weekend")
    if len(name) > 6  # a shorter one is one letter away from other words
)
"""Names so long that one wrong letter makes no other word of them."""

ZONES: Final = {
    "z": "UTC", "utc": "UTC", "gmt": "UTC", "cet": "Europe/Paris", "cest": "Europe/Paris",
    "bst": "Europe/London", "est": "America/New_York", "edt": "America/New_York",
    "et": "America/New_York", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles", "cdt": "America/Chicago", "mst": "America/Denver",
    "mdt": "America/Denver", "jst": "Asia/Tokyo", "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong", "bjt": "Asia/Shanghai", "ist": "Asia/Kolkata",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney",
}  # fmt: skip
"""Zones that are named after a clock. CST is China's and Chicago's, so it is not read."""
CITIES: Final = {
    "beijing": "Asia/Shanghai", "shanghai": "Asia/Shanghai", "china": "Asia/Shanghai",
    "london": "Europe/London", "york": "America/New_York", "tokyo": "Asia/Tokyo",
    "singapore": "Asia/Singapore", "berlin": "Europe/Berlin", "paris": "Europe/Paris",
}  # fmt: skip

HOLIDAYS: Final = {
    ("christmas", "eve"): "christmas_eve", ("xmas", "eve"): "christmas_eve",
    ("christmas", "day"): "christmas", ("christmas",): "christmas", ("xmas",): "christmas",
    ("boxing", "day"): "boxing_day", ("new", "year's", "eve"): "new_years_eve",
    ("new", "years", "eve"): "new_years_eve", ("nye",): "new_years_eve",
    ("new", "year's", "day"): "new_year", ("new", "years", "day"): "new_year",
    ("new", "year's"): "new_year", ("new", "years"): "new_year",
    ("chinese", "new", "year"): "spring_festival", ("lunar", "new", "year"): "spring_festival",
    ("cny",): "spring_festival", ("spring", "festival"): "spring_festival",
    ("thanksgiving", "day"): "thanksgiving", ("thanksgiving",): "thanksgiving",
    ("black", "friday"): "black_friday", ("cyber", "monday"): "cyber_monday",
    ("whit", "monday"): "whit_monday", ("pentecost",): "pentecost",
    ("ascension", "day"): "ascension", ("st", ".", "patrick's", "day"): "st_patricks",
    ("gandhi", "jayanti"): "gandhi_jayanti",
    ("winter", "solstice"): "winter_solstice", ("halloween",): "halloween",
    ("valentine's", "day"): "valentines",
    ("valentines", "day"): "valentines", ("independence", "day"): "independence_day",
    ("fourth", "of", "july"): "independence_day", ("labor", "day"): "labor_day",
    ("labour", "day"): "may_day", ("may", "day"): "may_day", ("memorial", "day"): "memorial_day",
    ("good", "friday"): "good_friday", ("easter", "monday"): "easter_monday",
    ("easter", "sunday"): "easter", ("easter",): "easter",
    ("mid", "autumn", "festival"): "mid_autumn", ("mid", "autumn"): "mid_autumn",
    ("national", "day"): "national_day",
    ("dragon", "boat", "festival"): "dragon_boat", ("dragon", "boat"): "dragon_boat",
    ("mother's", "day"): "mothers_day", ("father's", "day"): "fathers_day",
    ("anzac", "day"): "anzac_day", ("australia", "day"): "australia_day",
    ("canada", "day"): "canada_day", ("bastille", "day"): "bastille_day",
    ("republic", "day"): "republic_day", ("juneteenth",): "juneteenth",
    ("guy", "fawkes"): "bonfire_night", ("bonfire", "night"): "bonfire_night",
    ("st", "patrick's", "day"): "st_patricks", ("april", "fools", "day"): "april_fools",
    ("women's", "day"): "womens_day", ("singles", "day"): "singles_day",
    ("singles'", "day"): "singles_day", ("mlk", "day"): "mlk_day",
    ("presidents", "day"): "presidents_day", ("veterans", "day"): "veterans_day",
    ("columbus", "day"): "columbus_day",
}  # fmt: skip
