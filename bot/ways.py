"""How a question is answered where its form is shown whole."""

from enum import StrEnum


class Way(StrEnum):
    """How a question is answered that has no fixed options."""

    TEXT = "text"
    SUGGESTED = "suggested"
    """By one of the options that are looked up as one types."""
    MOMENT = "moment"
    """By a day, and a time of that day if one likes."""
