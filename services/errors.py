"""Refusals: what a service may politely decline to do."""

from datetime import datetime


class Refusal(Exception):
    """Base of every error that is meant for the person who asked.

    The subclass's docstring is its message, in English; ``details`` fill its braces.
    """

    def __init__(self, **details: str | int | datetime) -> None:
        super().__init__(type(self).__name__)
        self.details = details

    @property
    def message(self) -> str:
        """The words to translate and fill in."""
        return " ".join((type(self).__doc__ or "").split())


class NotAllowed(Refusal):
    """Only {role} can do that. If you think you should, ask your manager."""


class UnknownPerson(Refusal):
    """We haven't met. Ask your manager for an invitation, then open its link."""


class FutureVisit(Refusal):
    """A visit is logged once it has happened, and {at} is still ahead."""


class OldVisit(Refusal):
    """{at} is more than a year ago. Check the date and send it again."""


class AccountOfAnother(Refusal):
    """*{account}* belongs to {owner}. Talk to them first, or ask your manager to assign it."""


class GoneAccount(Refusal):
    """That account isn't there any more, or isn't yours to see."""


class NothingToUndo(Refusal):
    """There's nothing of yours to undo from the last 24 hours."""


class AlreadyUndone(Refusal):
    """That was already undone, {at}."""


class ChangedSince(Refusal):
    """That can't be undone: it was changed again, or others built on it."""


class BadInvite(Refusal):
    """This invitation isn't valid. Ask the person who sent it for a new one."""


class ExpiredInvite(Refusal):
    """This invitation has expired. Ask the person who sent it for a new one."""


class UsedInvite(Refusal):
    """This invitation was used already. Ask the person who sent it for a new one."""


class NoVisitToday(Refusal):
    """There's no visit from today to keep it with. Log one first, like this: /visit Acme."""
