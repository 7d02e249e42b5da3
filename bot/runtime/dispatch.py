"""Dispatch: who is asking, what they mean, and what they are owed for it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.commands import Command, Context
from bot.messages import Button, Call, Message, Place, Press, Reachable, Reply, Submission, reply
from bot.phrases import LANGUAGES, _, label, moment, speaking
from bot.runtime.calls import Redeemed, redeem
from bot.runtime.cleaning import is_too_long
from bot.runtime.conversation import ANSWER, SUBMIT, Talk
from bot.runtime.post import Owed, tick
from bot.runtime.turn import Turn
from services.errors import Refusal
from storage.models import Person, Priority, Role
from storage.people import Known

CANCEL = "cancel"
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
            "That's a lot at once. Give me {seconds} s, then go on.", seconds=round(wait + 1)
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
                turn.work.author.command = "reachable"
                await turn.work.people.flush()
            return Answer()
        case Message() as message:
            answer = await _message(Talk(turn, context), message)
        case Press(token=token) | Submission(token=token):
            person_id = known.person.id if known else None
            redeemed = await redeem(turn.session, token, person_id, turn.now)
            answer = await _redeemed(Talk(turn, context), redeemed)
    owed = [*_to_sender(turn, known, answer), *await _told(turn, context)]
    if redeemed.single and not answer.edit and isinstance(turn.incoming, Press):
        owed += await tick(turn, redeemed.card, turn.incoming.token)
    return Answer(tuple(owed))


async def _message(talk: Talk, message: Message) -> Reply:
    """A command; the answer to a question; an attachment; or something not understood."""
    context = talk.context
    if not message.sender.id:
        return reply(_("I can't tell who wrote that. Write as yourself, not as the group."))
    if message.edited:
        return _edited(context)
    found = context.book.find(message.text)
    draft = await talk.draft()
    if found:
        command, line = found
        return await _command(talk, command, line, draft.command if draft else "")
    if draft and message.text:
        return await talk.answer(draft, message.text)
    if taking := _attachment(context, message):
        return await _run(talk, taking, message.text)
    return _not_understood(context, message.text)


async def _command(talk: Talk, command: Command[Any], line: str, left: str) -> Reply:
    if left:
        await talk.leave()
        talk = replace(talk, context=replace(talk.context, left=left))
    answer = await _run(talk, command, line)
    if not left or command.name == CANCEL:
        return answer
    aside = _("I've put your unfinished /{command} aside.", command=left)
    return replace(answer, blocks=reply(aside).blocks + answer.blocks)


async def _run(talk: Talk, command: Command[Any], line: str) -> Reply:
    talk.turn.work.author.command = command.name
    return await talk.run(command, line)


def _attachment(context: Context, message: Message) -> Command[Any] | None:
    for kind, given in (
        ("file", message.files),
        ("location", message.location),
        ("contact", message.contact),
    ):
        if given:
            return context.book.taking(kind)
    return None


def _edited(context: Context) -> Reply:
    words = _(
        "Editing doesn't change what I did with the first text. "
        "If that was wrong, undo it and send it again."
    )
    if context.visitor is None:
        return reply(words)
    return reply(words, Button(label("Undo"), Call("undo")))


def _not_understood(context: Context, text: str) -> Reply:
    """A near-miss is met with what it may have meant; anything else with the way on."""
    meant = context.book.suggest(text, context.person.role) if text else None
    if meant:
        rest = text.strip().partition(" ")[2]
        words = _("I don't know that one. Did you mean /{command}?", command=meant.name)
        return reply(words, Button(f"/{meant.name} {rest}".strip(), Call(meant.name, {"": rest})))
    return reply(
        _("I didn't get that. Log a visit with /visit, look up a customer with /account."),
        Button(label("Help"), Call("help"), single=False),
    )


async def _redeemed(talk: Talk, redeemed: Redeemed) -> Reply:
    """Do what the button does, judged afresh; a spent one says what has happened."""
    context = talk.context
    call = redeemed.call
    if call is None and redeemed.spent_at:
        at = context.when(redeemed.spent_at)
        return reply(_("“{label}” was pressed already, {at}.", label=redeemed.label, at=at))
    if call is None:
        return reply(_("That button no longer works. Send the command again for a fresh one."))
    talk.turn.work.author.command = call.command
    if call.command == ANSWER:
        return await talk.chosen(call)
    if call.command == SUBMIT and isinstance(talk.turn.incoming, Submission):
        return await talk.submitted(call, talk.turn.incoming.answers)
    if call.command == CANCEL:
        draft = await talk.draft()
        await talk.leave()
        talk = replace(talk, context=replace(context, left=draft.command if draft else ""))
        return replace(await _run(talk, context.book.by_word[CANCEL], ""), edit=True)
    command = context.book.by_word[call.command]
    answers = {name: value for name, value in call.answers.items() if name}
    return await talk.run(command, call.answers.get("", ""), answers)


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
    pointer = reply(_("{name}, I've answered you in private.", name=turn.incoming.sender.name))
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
        details = {k: _detail(context, v) for k, v in refused.details.items()}
        return Answer(_to_sender(turn, known, reply(_(refused.message, **details))))


def _detail(context: Context, value: str | int | datetime) -> str:
    if isinstance(value, datetime):
        return moment(value, context.zone, context.now)
    roles = {role.name.lower(): label(role.name.lower()) for role in Role}
    return roles.get(str(value), str(value))


async def apology(turn: Turn, reference: str) -> Answer:
    """Say that it is our fault, and by which reference the log knows it."""
    known = await _known(turn)
    with speaking(_language(turn, known)):
        words = _(
            "Something went wrong on my side, and nothing was changed. Please try again; "
            "if it stays, give your admin this reference: `{reference}`",
            reference=reference,
        )
        return Answer(_to_sender(turn, known, reply(words)), error=reference)
