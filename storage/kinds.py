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
