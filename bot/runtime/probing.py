"""Noting what somebody was refused, so that HQ sees who tries doors."""

from bot.messages import Message, Press, Submission
from bot.phrases import marked
from bot.runtime.turn import Turn
from services import audit
from services.errors import NotAllowed, Refusal
from storage.calls import peek
from storage.models import Person
from storage.people import Known

REFUSED = marked("Was refused /{command}, which is for others")
FOREIGN = marked("Pressed a button on somebody else's card")


async def note_refusal(turn: Turn, known: Known | None, refused: Refusal) -> None:
    """Note a command or a button that is not for somebody of that role."""
    if known and isinstance(refused, NotAllowed):
        await _note(turn, known.person, REFUSED, command=await _command(turn))


async def note_foreign(turn: Turn, person: Person | None) -> None:
    """Note a press on a card that was shown to somebody else."""
    if person:
        await _note(turn, person, FOREIGN)


async def _note(turn: Turn, person: Person, text: str, **values: str) -> None:
    """At most one a minute and person: who knocks on and on says nothing new."""
    author = turn.work.author
    news = await audit.is_news(turn.work, person.id, audit.REFUSED, turn.now)
    if author.change_id is None and news:
        author.person_id, author.command = person.id, audit.REFUSED
        await turn.work.note(text, **values)


async def _command(turn: Turn) -> str:
    """What was asked for, by its name alone: the words may be about anybody."""
    match turn.incoming:
        case Message(text=text):
            found = turn.runtime.book.find(text)
            return found[0].name if found else "?"
        case Press(token=token) | Submission(token=token):
            call = await peek(turn.session, token)
            return call.command if call else "?"
        case _:
            return "?"
