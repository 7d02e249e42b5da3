"""Where an answer goes: into the chat, a window beside it, or to the sender alone in a group."""

from dataclasses import replace

from bot.commands import REVIEW, Context
from bot.messages import Buttons, Call, Place, Reply, Sheet, Submission, reply
from bot.phrases import _
from bot.runtime.drafts import NAME
from bot.runtime.post import Owed
from bot.runtime.turn import Turn
from storage.models import Priority
from storage.people import Known


def private_place(turn: Turn, known: Known | None) -> Place | None:
    """Where the sender reads alone; None for a guest who speaks where others read along."""
    place = turn.incoming.place
    if place.private:
        return place
    if known is None:
        own = Place(place.platform, place.bot, turn.incoming.sender.id)
        return own if place.only else None
    return Place(place.platform, known.identity.bot, known.identity.chat)


def to_sender(turn: Turn, known: Known | None, answer: Reply, twin: str = "") -> tuple[Owed, ...]:
    """The reply, where it is asked for: in the window that waits for it, or in the chat.

    ``twin`` is the copy in the private chat of a card that was whispered.
    """
    form = next((block for block in answer.blocks if isinstance(block, Sheet)), None)
    window = turn.window or (turn.opens if form else "")
    if not window:
        return _in_chat(turn, known, answer, twin)
    person_id = known.person.id if known else None
    place = private_place(turn, known) or turn.incoming.place
    if answer.window and form:
        noted = reply(_("Noted. Close this window to go on with the form."))
        closed = Owed(f"{turn.name}:upon", place, noted, person_id, window=window, spare=True)
        card = _replaced(turn, form)
        return (closed, Owed(turn.name, place, answer, person_id, card, window=answer.window))
    is_over = isinstance(turn.incoming, Submission) or turn.work.author.change_id is not None
    if is_over and not form:
        # A window is closed sooner or later: what was done stands in the chat.
        shown = Owed(f"{turn.name}:window", place, answer, person_id, window=window, spare=True)
        return (*_in_chat(turn, known, answer, twin), shown)
    card = _replaced(turn, form) if form else ""
    return (Owed(turn.name, place, answer, person_id, card, window=window),)


def _replaced(turn: Turn, form: Sheet) -> str:
    """The card whose place is taken by what comes of a form: where it was asked or looked over.

    Not one that others see too, and not one that only led to the form.
    """
    here = turn.incoming.place
    of_card = isinstance(form.then, Call) and not form.then.answers.keys().isdisjoint(
        {REVIEW, NAME}
    )
    return turn.card if of_card and (here.private or here.only) else ""


def _in_chat(turn: Turn, known: Known | None, answer: Reply, twin: str) -> tuple[Owed, ...]:
    """The reply; what is private is for the sender alone, also in a group."""
    person_id = known.person.id if known else None
    here, card = turn.incoming.place, turn.card if answer.edit else ""
    private = private_place(turn, known)
    alone = here.private or bool(here.only)
    if not alone and turn.adapter.whispers and answer.private:
        here, card, alone = replace(here, only=turn.incoming.sender.id), "", True
    if card and here.private and turn.adapter.forgets(card):
        return _whispered(Owed(turn.name, here, answer, person_id, card), here, twin)
    if here.only:
        lasting = private if twin or _lasts(turn, answer) else None
        whisper = Owed(turn.name, here, answer, person_id, card, turn.ack)
        return _whispered(whisper, lasting, twin)
    to_group = not alone and (private is None or not answer.private)
    place = here if to_group or private is None else private
    owed = Owed(turn.name, place, answer, person_id, card if place == here else "", turn.ack)
    return (owed,) if alone or to_group else (owed, _pointer(turn, person_id))


def _whispered(owed: Owed, lasting: Place | None, twin: str) -> tuple[Owed, ...]:
    """What the platform may forget is said in the private chat as well, if it must last."""
    if lasting is None:
        return (owed,)
    whisper = replace(owed, name=f"{owed.name}:whisper", spare=True)
    return replace(owed, place=lasting, edit=twin, ack=""), whisper


def _lasts(turn: Turn, answer: Reply) -> bool:
    """Whether something was done or is still to be decided, as opposed to only looked up."""
    rows = (block for block in answer.blocks if isinstance(block, Buttons))
    decides = any(button.single for row in rows for button in row.buttons)
    return turn.work.author.change_id is not None or decides


def _pointer(turn: Turn, person_id: int | None) -> Owed:
    """What the group sees of a private answer."""
    name = turn.incoming.sender.name
    said = _("{name}, I've answered you in private.", name=name) if name else None
    pointer = reply(said or _("I've answered you in private."))
    return Owed(f"{turn.name}:pointer", turn.incoming.place, pointer, person_id)


async def told(turn: Turn, context: Context) -> list[Owed]:
    """What others are told, each where they can be reached."""
    owed = []
    for number, (person_id, said) in enumerate(context.told):
        if place := await _place_of(turn, context, person_id):
            name = f"{turn.name}:told:{number}"
            owed.append(Owed(name, place, said, person_id, priority=Priority.REMINDER))
    return [*owed, *await _warned(turn, context)]


async def _warned(turn: Turn, context: Context) -> list[Owed]:
    """What somebody is told at every account of theirs but the one that spoke."""
    owed = []
    for number, (person_id, said) in enumerate(context.warned):
        for each in await turn.work.people.identities(person_id):
            place = Place(each.platform, each.bot, each.chat)
            if place != context.place:
                name = f"{turn.name}:warned:{number}:{each.id}"
                owed.append(Owed(name, place, said, person_id, priority=Priority.REMINDER))
    return owed


async def _place_of(turn: Turn, context: Context, person_id: int) -> Place | None:
    """Where someone is told something: the asker here, anybody else where they can be reached."""
    if context.visitor and context.visitor.id == person_id:
        return context.place
    identity = next(iter(await turn.work.people.identities(person_id)), None)
    return Place(identity.platform, identity.bot, identity.chat) if identity else None
