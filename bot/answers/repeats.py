"""How something comes again: every Monday, 每月1号."""

from babel.dates import get_day_names

from bot.forms import Asking, InvalidAnswer, Kind
from bot.markdown import plain as without_markup
from bot.phrases import LOCALES, _, language, listed, marked
from services.understanding.plain import plain
from services.understanding.times import find_times

QUOTED = 60
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORDS = {
    "DAILY": (marked("every day"), marked("every {count} days")),
    "WEEKLY": (marked("every week"), marked("every {count} weeks")),
    "MONTHLY": (marked("every month"), marked("every {count} months")),
    "YEARLY": (marked("every year"), marked("every {count} years")),
}
"""Each rhythm, alone and several at a time."""


class Repeats(Kind[str]):
    """A rule as RFC 5545 writes it."""

    async def read(self, text: str, asking: Asking) -> str:
        if rule := rule_in(text, asking):
            return rule
        raise InvalidAnswer(
            _("I can't read “{text}” as a rhythm. Try “every Monday”.", text=text[:QUOTED])
        )

    async def load(self, stored: str, asking: Asking) -> str:
        return stored

    async def show(self, stored: str, asking: Asking) -> str:
        return rhythm(stored)


def rule_in(text: str, asking: Asking) -> str:
    """The rule that words about time hold, or nothing."""
    spans = find_times(plain(text), asking.scene)
    return next((span.rule for span in spans if span.rule), "")


def rhythm(rule: str) -> str:
    """A rule in words; of a month or year the next time shows which day it is."""
    parts = dict(each.split("=") for each in rule.split(";"))
    every = int(parts.get("INTERVAL", 1))
    if "BYDAY" in parts and parts["FREQ"] == "WEEKLY" and every == 1:
        words = _("every {days}", days=_named(parts["BYDAY"]))
    else:
        one, many = WORDS[parts["FREQ"]]
        words = _(many, count=every) if every > 1 else _(one)
    return without_markup(words)


def _named(days: str) -> str:
    names = get_day_names("abbreviated", locale=LOCALES[language()])
    return listed(names[WEEK.index(day)] for day in days.split(","))
