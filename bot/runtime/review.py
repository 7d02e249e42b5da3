"""A review: what was understood, on one card, each fact with a button, before it is saved."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.commands import REVIEW, Command
from bot.forms import Asking, Question
from bot.messages import Button, Buttons, Call, Fields, Reply, reply
from bot.phrases import _, counted, label, shortened
from bot.runtime.drafts import NAME, files

STEP = "!do"
SAVE = "+save"
EDIT = "+edit"
CANCEL = "cancel"
SHOWN = 600
"""How much of an answer the card shows; all of it is saved."""


def is_on(answers: Mapping[str, str]) -> bool:
    """Whether these answers are looked over before they are saved."""
    return REVIEW in answers


def call(command: str, answers: Mapping[str, str], do: str = "") -> Call:
    """A button of a review: it binds all the answers, so it outlives every draft.

    ``do`` saves them, offers all of them to be changed, or asks one of them; else they are shown.
    """
    kept = {name: value for name, value in answers.items() if name != NAME}
    return Call(command, kept | ({STEP: do} if do else {}))


async def card(
    command: Command[Any],
    answers: Mapping[str, str],
    asking: Asking,
    *,
    shown: Mapping[str, str],
    whole: bool = False,
    brief: bool = False,
) -> Reply:
    """The card; ``shown`` are the answers and what follows from them, ``whole`` offers all.

    A ``brief`` one is changed as a whole, in a form beside the chat.
    """
    rows = [
        (_(q.label), shortened(await q.kind.spell(stored, asking), SHOWN))
        for q in command.form.questions
        if (stored := shown.get(q.name))
    ]
    if count := len(files(answers)):
        rows.append((_("Files"), counted("{count} file", "{count} files", count)))
    offered = [q for q in command.form.questions if not brief and (whole or shown.get(q.name))]
    return reply(
        _("*What I understood*"),
        Fields(tuple(rows)),
        Buttons(tuple(_controls(command, answers, whole=whole))),
        Buttons(tuple(_change(command, answers, each) for each in offered)) if offered else None,
    )


def _controls(
    command: Command[Any], answers: Mapping[str, str], *, whole: bool
) -> Iterator[Button]:
    yield Button(label("Save"), call(command.name, answers, SAVE), primary=True)
    if whole:
        yield Button(label("Back"), call(command.name, answers))
    else:
        yield Button(label("Edit"), call(command.name, answers, EDIT))
    yield Button(label("Cancel"), Call(CANCEL, {REVIEW: answers[REVIEW]}))


def _change(command: Command[Any], answers: Mapping[str, str], question: Question) -> Button:
    return Button(f"✎ {label(question.label)}", call(command.name, answers, question.name))
