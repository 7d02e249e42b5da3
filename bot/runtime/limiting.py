"""Who is stopped before anything is done: who says too much at once, or guesses invitations."""

from dataclasses import dataclass
from math import ceil

from bot.commands import Book
from bot.messages import Message, Submission
from bot.phrases import _
from bot.runtime.cleaning import is_too_long
from bot.runtime.heard import GREETING, INVITATION
from bot.runtime.turn import Turn
from services.errors import BadInvite, Refusal
from storage.people import Known

MINUTE = 60


@dataclass(frozen=True)
class Halt:
    """Why nothing comes of an update; without words nothing is said, for it was said before."""

    words: str = ""


def halted(turn: Turn, known: Known | None) -> Halt | None:
    """Whether an update goes no further, and what is said of it."""
    if turn.update.fetched is None and (wait := _wait(turn, known)):
        return _too_much(turn, wait)
    if is_too_long(turn.incoming):
        if isinstance(turn.incoming, Submission):
            return Halt(
                _("That's more than 4,000 characters in all. Say it shorter, then save again.")
            )
        return Halt(_("That's more than 4,000 characters. Send it in two or three parts."))
    return None if known else _guessing(turn)


def _wait(turn: Turn, known: Known | None) -> float:
    limits = turn.runtime.limits if known else turn.runtime.allowances.guests
    return limits.wait(_sender(turn), turn.runtime.monotonic())


def _too_much(turn: Turn, wait: float) -> Halt:
    """It is said a few times, not for each message of a flood; a form always hears it."""
    complaints, now = turn.runtime.allowances.complaints, turn.runtime.monotonic()
    if complaints.wait(_sender(turn), now) and isinstance(turn.incoming, Message):
        return Halt()
    return Halt(
        _(
            "That was too much at once, so I left this one out. "
            "Wait {seconds} s, then send it again.",
            seconds=round(wait + 1),
        )
    )


def _guessing(turn: Turn) -> Halt | None:
    """Too many codes that were none: the next one isn't even looked up."""
    incoming, now = turn.incoming, turn.runtime.monotonic()
    if not (isinstance(incoming, Message) and tries_code(turn.runtime.book, incoming.text)):
        return None
    if not (left := turn.runtime.allowances.codes.left(_sender(turn), now)):
        return None
    return Halt(
        _(
            "Those codes were none of ours. Ask the person who invited you for a fresh link, "
            "and try again in {minutes} min.",
            minutes=ceil(left / MINUTE),
        )
    )


def tries_code(book: Book, text: str) -> bool:
    """Whether somebody wants in by an invitation's code or link."""
    found = book.find(text)
    if found:
        return found[0].name == GREETING and bool(found[1])
    return INVITATION.fullmatch(text.strip()) is not None


def count_refusal(turn: Turn, refused: Refusal) -> None:
    """Remember a code that is none against its sender."""
    if isinstance(refused, BadInvite):
        turn.runtime.allowances.codes.wait(_sender(turn), turn.runtime.monotonic())


def _sender(turn: Turn) -> str:
    return f"{turn.incoming.sender.platform}:{turn.incoming.sender.id}"
