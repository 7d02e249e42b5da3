"""What people choose for themselves: language, time zone, hours of rest."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import time
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process

from bot.forms import Asking, InvalidAnswer, Kind, Option
from bot.phrases import LANGUAGES, _, hours, label, zone_name
from services.names import fold
from services.people import Quiet

CLOCK = (
    r"(?P<{0}_part>晚上|晚|下午|早上|早|上午|凌晨)?\s*(?P<{0}_hour>\d{{1,2}})"
    r"(?:[:点时](?P<{0}_minute>\d{{2}})?分?)?\s*(?P<{0}_half>am|pm)?"
)
SPAN = re.compile(rf"{CLOCK.format('from')}\s*(?:[-–—~到至]|to)\s*{CLOCK.format('to')}")


class Language(Kind[str]):
    """A language the bot speaks, by its code or name."""

    WORDS: Mapping[str, str] = {
        "english": "en",
        "英文": "en",
        "英语": "en",
        "chinese": "zh",
    } | dict.fromkeys(("中文", "汉语", "简体中文", "zhcn"), "zh")

    async def read(self, text: str, asking: Asking) -> str:
        code = self.WORDS.get(fold(text), fold(text))
        if code not in LANGUAGES:
            raise InvalidAnswer(_("I speak English and Chinese. Pick one."), self.options())
        return code

    async def show(self, stored: str, asking: Asking) -> str:
        return LANGUAGES[stored]

    def options(self) -> Sequence[Option]:
        return [Option(name, code) for code, name in LANGUAGES.items()]


class Zone(Kind[str]):
    """A time zone by its IANA name or its city."""

    WORDS: Mapping[str, str] = {
        "北京": "Asia/Shanghai",
        "beijing": "Asia/Shanghai",
        "香港": "Asia/Hong_Kong",
        "台北": "Asia/Taipei",
        "东京": "Asia/Tokyo",
        "新加坡": "Asia/Singapore",
        "伦敦": "Europe/London",
        "纽约": "America/New_York",
    } | dict.fromkeys(
        ("上海", "中国", "深圳", "广州", "china", "shenzhen", "guangzhou"), "Asia/Shanghai"
    )

    async def read(self, text: str, asking: Asking) -> str:
        known = available_timezones()
        by_city = {fold(zone.rsplit("/", 1)[-1]): zone for zone in sorted(known)}
        wanted = fold(text)
        exact = {fold(zone): zone for zone in known}
        if found := exact.get(wanted) or self.WORDS.get(wanted) or by_city.get(wanted):
            return found
        near = process.extract(wanted, by_city.keys(), limit=3, score_cutoff=70)
        options = [Option(by_city[city], by_city[city]) for city, *_rest in near]
        raise InvalidAnswer(
            _("I don't know that time zone. Name a big city near you, like Shanghai."), options
        )

    async def show(self, stored: str, asking: Asking) -> str:
        return zone_name(ZoneInfo(stored))


class OnOff(Kind[bool]):
    """Whether something is wanted."""

    ON = frozenset({"on", "yes", "y", "true", "开", "开启", "打开", "要", "好", "是"})

    async def read(self, text: str, asking: Asking) -> bool:
        if fold(text) in self.ON | QuietHours.OFF:
            return fold(text) in self.ON
        raise InvalidAnswer(_("On or off? Pick one."), self.options())

    def dump(self, value: bool) -> str:
        return "on" if value else "off"

    async def show(self, stored: str, asking: Asking) -> str:
        return on_or_off(on=stored == "on")

    def options(self) -> Sequence[Option]:
        return [Option(on_or_off(on=each == "on"), each) for each in ("on", "off")]


class QuietHours(Kind[Quiet]):
    """Hours of rest, ``21:00-08:00``, or none."""

    OFF = frozenset({"off", "none", "no", "never", "关", "关闭", "不要", "无", "不用"})

    async def read(self, text: str, asking: Asking) -> Quiet:
        if fold(text) in self.OFF:
            return Quiet()
        found = SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
        try:
            start, end = (
                (_clock(found, each) for each in ("from", "to")) if found else (None, None)
            )
        except ValueError:
            start = end = None
        if start == end:
            raise InvalidAnswer(
                _("Write quiet hours like 21:00-08:00, or “off”."), await self.likely(asking)
            )
        return Quiet(start, end)

    def dump(self, value: Quiet) -> str:
        if value.start is None or value.end is None:
            return "off"
        return f"{value.start:%H:%M}-{value.end:%H:%M}"

    async def show(self, stored: str, asking: Asking) -> str:
        quiet = await self.read(stored, asking)
        return hours(quiet.start, quiet.end) or label("off")

    async def likely(self, asking: Asking) -> Sequence[Option]:
        offered = [Option(span.replace("-", "–"), span) for span in ("21:00-08:00", "22:00-07:00")]
        return [*offered, Option(label("off"), "off")]


def on_or_off(*, on: bool) -> str:
    """A switch in words."""
    return label("on") if on else label("off")


def _clock(found: re.Match[str], end: str) -> time:
    """Nine in the evening, as 21:00, 21, 9pm, 晚上9点 or 21点."""
    hour, minute = int(found[f"{end}_hour"]), int(found[f"{end}_minute"] or 0)
    half = found[f"{end}_half"] or found[f"{end}_part"]
    if half in {"pm", "晚上", "晚", "下午"}:
        hour = hour % 12 + 12
    elif half == "am":
        hour %= 12
    return time(hour, minute)
