"""The few fixed kinds of things, apart from the tables, so that naming them loads no database."""

from enum import StrEnum


class Tier(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class Lifecycle(StrEnum):
    PROSPECT = "prospect"
    NEW = "new"
    ACTIVE = "active"
    DORMANT = "dormant"
    LOST = "lost"


class Activity(StrEnum):
    """How a rep met a customer."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    DEMO = "demo"
    MESSAGE = "message"


class Outcome(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Stage(StrEnum):
    """How far a deal is."""

    LEAD = "lead"
    QUALIFIED = "qualified"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


class ClaimState(StrEnum):
    """What has become of a rep's claim to another's account."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What is kept of where a rep was when they checked in."""

    THERE = "there"
    FAR = "far"
    LEARNT = "learnt"
    """The account had no point, and has this one now."""
    VAGUE = "vague"
    """The phone itself did not know exactly."""
    STALE = "stale"
    """It was sent long after it was measured."""
    PICKED = "picked"
    """It was forwarded, or picked on a map: nobody measured it."""
    TOO_FAST = "too fast"
    """Nobody gets there from the check-in before it in that time."""


class ImportState(StrEnum):
    """How far the taking in of a table is."""

    READ = "read"
    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"
