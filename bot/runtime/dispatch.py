"""Dispatch: who is asking, what they mean, and what they are owed for it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.commands import Context
from bot.messages import Call, Message, Place, Press, Reachable, Reply, Submission, reply
from bot.phrases import LANGUAGES, _, speaking
from bot.runtime.calls import Redeemed, redeem
from bot.runtime.cleaning import is_too_long
from bot.runtime.conversation import CANCEL, Talk
from bot.runtime.drafts import ANSWER, name
from bot.runtime.heard import hear
from bot.runtime.post import Owed, tick
from bot.runtime.sheets import SUBMIT
from bot.runtime.turn import Turn
from bot.words import HOLDERS
from services.access import require
from services.errors import Refusal, UnknownPerson
from storage.models import Person, Priority
from storage.people import Known

OLDEST = timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    """What is owed for an update, and the reference of what went wrong, if anything did."""

    owed: tuple[Owed, ...] = ()
    error: str | None = None


async def identify(turn: Turn) -> Answer:
    """Find out who it is, and go on in their language."""
    known = await _known(turn)
    turn.work.author.person_id = known.person.id if known else None
    with speaking(_language(turn, known)):
        return await _limit(turn, known)


async def _limit(turn: Turn, known: Known | None) -> Answer:
    """Nobody's flood is anybody else's wait."""
    sender = turn.incoming.sender
    wait = turn.runtime.limits.wait(f"{sender.platform}:{sender.id}", turn.runtime.monotonic())
    if wait:
        words = _(
            "That was too much at once, so I left this one out. "
            "Wait {seconds} s, then send it again.",
            seconds=round(wait + 1),
        )
        return Answer(_to_sender(turn, known, reply(words)))
    if is_too_long(turn.incoming):
        words = _("That's more than 4,000 characters. Send it in two or three parts.")
        return Answer(_to_sender(turn, known, reply(words)))
    return await _dispatch(turn, known)


async def _dispatch(turn: Turn, known: Known | None) -> Answer:
    context = _context(turn, known)
    redeemed = Redeemed(None)
    match turn.incoming:
        case Reachable(reachable=reachable):
            if known:
                known.identity.reachable = reachable
                # Nobody's deed: an undo of one's last must not find it.
                turn.work.author.person_id, turn.work.author.command = None, "reachable"
                await turn.work.people.flush()
            return Answer()
        case Message() as message:
            answer = await hear(Talk(turn, context), message)
        case Press(token=token) | Submission(token=token):
            person_id = known.person.id if known else None
            redeemed = await redeem(turn.session, token, person_id, turn.now)
            answer = await _redeemed(Talk(turn, context), redeemed)
    known = known or await _known(turn)  # who has just joined owns the buttons of the welcome
    owed = [*_to_sender(turn, known, answer), *await _told(turn, context)]
    if redeemed.single and not answer.edit and isinstance(turn.incoming, Press):
        owed += await tick(turn, redeemed.card, turn.incoming.token)
    return Answer(tuple(owed))


async def _redeemed(talk: Talk, redeemed: Redeemed) -> Reply:
    """Do what the button does, judged afresh; a spent one says what has happened."""
    context = talk.context
    call = redeemed.call
    if call is None:
        return _unusable(context, redeemed)
    if call.command == ANSWER:
        return await talk.chosen(call)
    if call.command == SUBMIT and isinstance(talk.turn.incoming, Submission):
        return await talk.submitted(call, talk.turn.incoming.answers)
    if call.command == CANCEL:
        return await _cancelled(talk, call)
    command = context.book.by_word[call.command]
    answers = {name: value for name, value in call.answers.items() if name}
    return await talk.run(command, call.answers.get("", ""), answers)


def _unusable(context: Context, redeemed: Redeemed) -> Reply:
    if redeemed.spent_at:
        at = context.when(redeemed.spent_at)
        if redeemed.label:
            return reply(_("“{label}” was pressed already, {at}.", label=redeemed.label, at=at))
        return reply(_("You answered that card already, {at}.", at=at))
    if context.visitor is None:
        raise UnknownPerson
    if redeemed.foreign:
        return reply(_("That card is someone else's. Send the command to get your own."))
    return reply(_("That button no longer works. Send the command again for a fresh one."))


async def _cancelled(talk: Talk, call: Call) -> Reply:
    """A card's own Cancel ends its form and no later one."""
    cancel = talk.context.book.by_word[CANCEL]
    require(talk.context.visitor, cancel.allow)
    draft = await talk.draft()
    if draft is None or name(draft) != call.answers.get("draft", name(draft)):
        return reply(_("That question is closed already."))
    await talk.leave()
    talk = replace(talk, context=replace(talk.context, left=draft.command))
    return replace(await talk.run(cancel), edit=True)


async def _known(turn: Turn) -> Known | None:
    """Who it is, if they have joined and not left."""
    sender = turn.incoming.sender
    found = await turn.work.people.known(sender.platform, sender.id) if sender.id else None
    return found if found and found.person.active else None


def _language(turn: Turn, known: Known | None) -> str:
    if known:
        return known.person.language
    told = turn.incoming.sender.language[:2]
    return told if told in LANGUAGES else turn.runtime.defaults.language


def _context(turn: Turn, known: Known | None) -> Context:
    person: Person | None = known.person if known else None
    message = turn.incoming if isinstance(turn.incoming, Message) else None
    return Context(
        visitor=person,
        sender=turn.incoming.sender,
        place=_private_place(turn, known) or turn.incoming.place,
        now=_written_at(message, turn.now) if message else turn.now,
        work=turn.work,
        book=turn.runtime.book,
        defaults=turn.runtime.defaults,
        message=message,
        read_at=turn.now,
    )


def _written_at(message: Message, now: datetime) -> datetime:
    """When it was written, which “today” means; a phone's clock is not believed blindly."""
    return message.at if now - OLDEST <= message.at <= now else now


def _private_place(turn: Turn, known: Known | None) -> Place | None:
    """Where the sender reads alone; None for a guest outside their own chat."""
    place = turn.incoming.place
    if place.private:
        return place
    if known is None:
        return None
    return Place(place.platform, known.identity.bot, known.identity.chat)


def _to_sender(turn: Turn, known: Known | None, answer: Reply) -> tuple[Owed, ...]:
    """The reply; from a group it goes to the sender alone, and the group sees that it did."""
    person_id = known.person.id if known else None
    here = turn.incoming.place
    private = _private_place(turn, known)
    to_group = not here.private and (private is None or not answer.private)
    place = here if to_group or private is None else private
    edit = turn.card if answer.edit and place == here else ""
    owed = Owed(turn.name, place, answer, person_id, edit, turn.ack)
    if here.private or to_group:
        return (owed,)
    name = turn.incoming.sender.name
    said = _("{name}, I've answered you in private.", name=name) if name else None
    pointer = reply(said or _("I've answered you in private."))
    return (owed, Owed(f"{turn.name}:pointer", here, pointer, person_id))


async def _told(turn: Turn, context: Context) -> list[Owed]:
    """What others are told, each where they can be reached."""
    owed = []
    for number, (person_id, said) in enumerate(context.told):
        identity = next(iter(await turn.work.people.identities(person_id)), None)
        if identity:
            place = Place(identity.platform, identity.bot, identity.chat)
            name = f"{turn.name}:told:{number}"
            owed.append(Owed(name, place, said, person_id, priority=Priority.REMINDER))
    return owed


async def refusal(turn: Turn, refused: Refusal) -> Answer:
    """Say what was refused, as it is written."""
    known = await _known(turn)
    context = _context(turn, known)
    with speaking(_language(turn, known)):
        details = {k: _detail(context, k, v) for k, v in refused.details.items()}
        return Answer(_to_sender(turn, known, reply(_(refused.message, **details))))


def _detail(context: Context, name: str, value: str | int | datetime) -> str:
    if isinstance(value, datetime):
        return context.when(value)
    return _(HOLDERS[str(value)]) if name == "role" else str(value)


async def apology(turn: Turn, reference: str) -> Answer:
    """Say that it is our fault, and by which reference the log knows it."""
    known = await _known(turn)
    with speaking(_language(turn, known)):
        words = _(
            "Something went wrong on my side, and nothing was changed. Try once more. "
            "If it happens again, give your admin this reference: `{reference}`",
            reference=reference,
        )
        return Answer(_to_sender(turn, known, reply(words)), error=reference)
