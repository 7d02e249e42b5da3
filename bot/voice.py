"""Voice notes: how what was heard is marked, and what is said when nothing was."""

from collections.abc import Iterable

from bot.errands import Errands, Listen
from bot.messages import File
from bot.phrases import _

MARK = "🎙"


def marked(text: str) -> str:
    """A text that was written down from what somebody said."""
    return f"{MARK} {text}"


def spoken(files: Iterable[File]) -> File | None:
    """The first of the files in which somebody speaks."""
    return next((each for each in files if each.spoken), None)


def unheard(errands: Errands) -> str:
    """Why a voice note has no words."""
    if Listen.name not in errands.results:
        return _("I can't listen to it.")
    if errands.results[Listen.name] is None:
        return _("I couldn't make out what you say in it.")
    return _("I heard no words in it.")
