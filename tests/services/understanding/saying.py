"""What the grammar of time reads, written shortly, so that tests can be tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from services.understanding.facts import Grain, Moment, Period, Scene, Spotted, Toward
from services.understanding.plain import plain
from services.understanding.reading import read_period, read_time
from services.understanding.times import TimeSpan, find_times

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENGLISH = Scene(datetime(2025, 3, 12, 10, 20, tzinfo=SHANGHAI), SHANGHAI, "en")
"""A Wednesday, twenty past ten in the morning."""
CHINESE = replace(ENGLISH, language="zh")
FORMS = {Grain.DAY: "%Y-%m-%d", Grain.PART: "%Y-%m-%d ~%H:%M", Grain.MINUTE: "%Y-%m-%d %H:%M"}


def table(*texts: str) -> list[tuple[str, str]]:
    """The rows of tables: a phrase, an arrow, and what it says."""
    rows = [line.split(" → ") for text in texts for line in text.strip().splitlines()]
    return [(phrase, said) for phrase, said in rows]


def written(moment: Moment | None) -> str:
    """A moment: the day alone where only that was said, ``~`` where a part of a day was."""
    if moment is None:
        return "nothing"
    found = moment.local.strftime(FORMS[moment.grain]) + " moved" * moment.moved
    return " or ".join((found, *map(written, moment.others)))


def told(text: str, scene: Scene, toward: Toward = Toward.FUTURE) -> str:
    """The one time of a text."""
    return written(read_time(plain(text), scene, toward))


def told_both(text: str, scene: Scene) -> str:
    """The one time of a text, as of what is ahead and of what has been."""
    return " / ".join(told(text, scene, toward) for toward in (Toward.FUTURE, Toward.PAST))


def days(period: Period | None) -> str:
    """A period: its first day, and the first after it; with hours where it has them."""
    if period is None:
        return "nothing"
    form = "%Y-%m-%d %H:%M" if isinstance(period.start, datetime) else "%Y-%m-%d"
    return f"{period.start.strftime(form)} {period.end.strftime(form)}"


def told_days(text: str, scene: Scene) -> str:
    """The one period of a text."""
    return days(read_period(plain(text), scene))


def found(text: str, scene: Scene, hidden: Sequence[Spotted] = ()) -> list[TimeSpan]:
    """The times in a text."""
    return find_times(plain(text), scene, hidden)


def words(text: str, scene: Scene, hidden: Sequence[Spotted] = ()) -> list[str]:
    """The words of a text that are times."""
    source = plain(text)
    return [source.original(each.start, each.end) for each in found(text, scene, hidden)]


def told_rule(text: str, scene: Scene) -> str:
    """How the one thing in a text comes again, and when first."""
    (span,) = found(text, scene)
    return f"{span.rule} {written(span.moment(scene, Toward.FUTURE))}"


def readings(text: str, scene: Scene) -> Iterator[tuple[str, ...]]:
    """All that each time in a text may say."""
    for span in found(text, scene):
        ahead, behind = (span.moment(scene, toward) for toward in Toward)
        yield written(ahead), written(behind), days(span.period(scene)), span.rule
