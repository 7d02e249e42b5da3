"""What comes again: the next time of a rule, in wall time."""

from datetime import datetime

from dateutil.rrule import rrulestr


def following(rule: str, due: datetime, after: datetime) -> datetime | None:
    """The first time of an RFC 5545 rule after another, when one of its times was ``due``.

    All three are naive wall time: nine o'clock stays nine o'clock when the clocks change.
    """
    found: datetime | None = rrulestr(rule, dtstart=due).after(max(due, after))
    return found
