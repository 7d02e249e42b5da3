"""What the bot says, in the language of whoever reads it.

English is written where it is used, as ``_("Logged your visit to *{account}*.", account=name)``;
other languages are catalogues in ``bot/locales``. What is filled in is escaped, so that nothing a
person typed can become markup.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location, get_timezone_name
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_currency, get_currency_precision

from bot.markdown import Markdown, join, markdown, plain

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}
LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything inside in this language."""
    before = _language.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    """The language being spoken."""
    return _language.get()


def _(message: str, **values: object) -> Markdown:
    """A phrase in the language being spoken, with values filled in and escaped."""
    return _fill(_translated(message), values)


def counted(one: str, many: str, count: int, **values: object) -> Markdown:
    """A phrase that depends on a number, which fills ``{count}``."""
    message = catalog(language()).get(one)
    if message is None or not message.string:
        text = one if count == 1 else many
    else:
        forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        text = forms[0] if len(forms) == 1 or count == 1 else forms[1]
    return _fill(str(text), {"count": count, **values})


def label(message: str, **values: object) -> str:
    """A phrase without markup, for buttons."""
    return plain(_(message, **values))


def marked(message: str) -> str:
    """Mark a phrase for translation where it stands; it is translated where it is shown."""
    return message


def _translated(message: str) -> str:
    found = catalog(language()).get(message)
    return found.string if found and isinstance(found.string, str) and found.string else message


def _fill(text: str, values: Mapping[str, object]) -> Markdown:
    return Markdown(text.format_map({k: markdown(_as_text(v)) for k, v in values.items()}))


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


@cache
def catalog(language: str) -> Catalog:
    """A language's phrases; English has none, its phrases stand in the code."""
    if language == "en":
        return Catalog()
    path = files("bot") / "locales" / language / "salesbot.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A point in time as people say it: ``today 14:30``, ``Fri 20 Nov, 15:00``."""
    said = day(at, zone, now)
    comma = "," if language() == "en" and any(map(str.isdecimal, said)) else ""
    return f"{said}{comma} {at.astimezone(zone):%H:%M}"


def day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A day as people say it, always with its weekday when it is not next to today."""
    return nearby(at.astimezone(zone).date(), now.astimezone(zone).date())


def nearby(on: date, today: date) -> str:
    """A date as people say it: ``tomorrow``, ``Fri 20 Nov``."""
    near = {
        today: _("today"),
        today - timedelta(days=1): _("yesterday"),
        today + timedelta(days=1): _("tomorrow"),
    }
    return near[on] if on in near else dated(on, today)


def dated(on: date, today: date) -> str:
    """A date with its weekday, and its year where that is another: ``Fri 20 Nov``."""
    year = "" if on.year == today.year else (" y" if language() == "en" else "y年")
    pattern = f"EEE d MMM{year}" if language() == "en" else f"{year}M月d日 EEE"
    return format_date(on, pattern, locale=LOCALES[language()])


def clocked(said: date | datetime, zone: ZoneInfo, now: datetime) -> str:
    """A time with its weekday, whatever the day: ``Tue 24 Mar, 15:00``; a day has no clock."""
    today = now.astimezone(zone).date()
    if not isinstance(said, datetime):
        return dated(said, today)
    local = said.astimezone(zone)
    comma = "," if language() == "en" else ""
    return f"{dated(local.date(), today)}{comma} {local:%H:%M}"


def spelled(said: date | datetime, zone: ZoneInfo, now: datetime) -> str:
    """A time that words were understood as, in full: ``Tue 24 Mar, 15:00 (Shanghai time)``.

    A whole day has no clock, and so no zone.
    """
    at = clocked(said, zone, now)
    if not isinstance(said, datetime):
        return at
    city = get_timezone_location(zone, locale=LOCALES[language()], return_city=True)
    return _("{at} ({city} time)", at=at, city=city)


def listed(parts: Iterable[str]) -> Markdown:
    """Things in a row, as the language parts them."""
    return join("、" if language() == "zh" else ", ", parts)


def shortened(text: str, longest: int) -> str:
    """At most so many characters of what a person typed, for places where it is only named."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def hours(start: time | None, end: time | None) -> str:
    """A span of wall time, ``21:00–08:00``; empty when there is none."""
    return f"{start:%H:%M}–{end:%H:%M}" if start and end else ""


def money(amount: int, currency: str) -> str:
    """Minor units as money: ``¥50,000``; decimals only where there are any."""
    decimals = get_currency_precision(currency)
    value = Decimal(amount).scaleb(-decimals)
    digits = 0 if value == value.to_integral_value() else decimals
    locale = LOCALES[language()]
    pattern = f"¤#,##0.{'0' * digits}" if digits else "¤#,##0"
    return format_currency(value, currency, pattern, locale=locale, currency_digits=False)


def minor_units(value: Decimal, currency: str) -> int:
    """The inverse of `money`: how many of its smallest coins a sum is."""
    return int(value.scaleb(get_currency_precision(currency)).to_integral_value(ROUND_HALF_UP))


def zone_name(zone: ZoneInfo) -> str:
    """A zone as people know it."""
    name = get_timezone_name(zone, width="long", locale=LOCALES[language()])
    return f"{name} ({zone.key})"
