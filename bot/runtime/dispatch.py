"""Dispatch: who is asking, what they mean, and what they are owed for it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.commands import REVIEW, Context, NotUnderstood
from bot.errands import Errands
from bot.messages import (
    Call,
    Detail,
    Message,
    Opened,
    Press,
    Reachable,
    Reply,
    Sheet,
    Submission,
    reply,
)
from bot.phrases import LANGUAGES, _, nearby, speaking
from bot.runtime import review
from bot.runtime.answering import chosen, returned, submitted
from bot.runtime.calls import FILLS_IN, Redeemed, redeem, spent
from bot.runtime.conversation import Talk
from bot.runtime.details import asked, given, given_back
from bot.runtime.drafts import ANSWER, is_of, name
from bot.runtime.heard import hear, is_for_us
from bot.runtime.limiting import count_refusal, halted
from bot.runtime.listening import helped
from bot.runtime.near import otherwise, way_on
from bot.runtime.pages import opened, redrawn
from bot.runtime.places import private_place, to_sender, told
from bot.runtime.post import Owed, tick
from bot.runtime.probing import note_foreign, note_refusal
from bot.runtime.progress import stood_at
from bot.runtime.sheets import SUBMIT
from bot.runtime.turn import Turn
from bot.words import HOLDERS
from services.access import require
from services.errors import Refusal, UnknownPerson
from services.times import wall
from storage.calls import card
from storage.models import Person
from storage.people import Known, mark_reachable

OLDEST = timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    """What is owed for an update, and the reference of what went wrong, if anything did."""

    owed: tuple[Owed, ...] = ()
    error: str | None = None
    overheard: bool = False
    """Whether it was not for us: nothing is kept of it."""


async def identify(turn: Turn) -> Answer:
    """Find out who it is, and go on in their language."""
    if isinstance(turn.incoming, Message) and not is_for_us(turn.runtime.book, turn.incoming):
        return Answer(overheard=True)
    known = await _known(turn)
    turn.work.author.person_id = known.person.id if known else None
    if known and not known.identity.reachable and not isinstance(turn.incoming, Reachable):
        # Who speaks can be spoken to; nobody's deed, so that no undo finds it.
        await mark_reachable(turn.session, known.identity)
    with speaking(_language(turn, known)):
        return await _limit(turn, known)


async def _limit(turn: Turn, known: Known | None) -> Answer:
    """Nobody's flood is anybody else's wait."""
    halt = halted(turn, known)
    if halt is None:
        return await _dispatch(turn, known)
    if not halt.words:
        return Answer()
    return Answer(to_sender(turn, known, await _stopped(turn, known, halt.words)))


async def _stopped(turn: Turn, known: Known | None, words: str) -> Reply:
    """Why nothing came of it; a form whose window waits stays there, as it is filled in."""
    form = turn.incoming
    if known and isinstance(form, Submission) and form.window:
        found = await redeem(turn.session, form.token, known.person.id, turn.now)
        ways = {SUBMIT: returned, FILLS_IN: given_back}
        if found.call and (way := ways.get(found.call.command)):
            with suppress(Refusal):  # who may not fill it in is only told so
                return await way(Talk(turn, _context(turn, known)), found.call, form, words)
    return reply(words)


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
        case Opened():
            answer = await opened(Talk(turn, context))
        case Press(token=token) | Submission(token=token) | Detail(token=token):
            person_id = known.person.id if known else None
            redeemed = await redeem(turn.session, token, person_id, turn.now)
            answer = await _carried_out(Talk(turn, context), redeemed)
    known = known or await _known(turn)  # who has just joined owns the buttons of the welcome
    if turn.update.fetched is not None:
        turn = replace(turn, stood=await stood_at(turn.session, turn.name))
    twin = await _twin(turn, redeemed) if answer.edit else ""
    owed = [*to_sender(turn, known, answer, twin), *await told(turn, context)]
    owed += await redrawn(Talk(turn, context))
    stays = redeemed.single and turn.card and not answer.edit and not _is_form(answer)
    if stays and isinstance(turn.incoming, Press):
        owed += await tick(turn, redeemed.card, turn.incoming.token)
    return Answer(tuple(owed))


async def _twin(turn: Turn, redeemed: Redeemed) -> str:
    """The message in the private chat that shows the same card as the whispered one."""
    if not (turn.incoming.place.only and redeemed.card):
        return ""
    left = await card(turn.session, redeemed.card)
    return (left.message_ref or "") if left else ""


async def _carried_out(talk: Talk, redeemed: Redeemed) -> Reply:
    """Do it, and spend it, unless it is still to be done in a form: that may be closed again."""
    try:
        answer = await _redeemed(talk, redeemed)
    except NotUnderstood:
        answer = await otherwise(talk, "")
    if not (_is_form(answer) or isinstance(talk.turn.incoming, Detail)):
        await spent(talk.turn.session, redeemed, talk.turn.now)
    return answer


def _is_form(answer: Reply) -> bool:
    return any(isinstance(block, Sheet) for block in answer.blocks)


async def _redeemed(talk: Talk, redeemed: Redeemed) -> Reply:
    """Do what the button does, judged afresh; a spent one says what has happened."""
    context = talk.context
    call = redeemed.call
    if call is None:
        if redeemed.foreign:
            await note_foreign(talk.turn, context.visitor)
        return _unusable(context, redeemed)
    if call.command == ANSWER:
        return await chosen(talk, call)
    if call.command in {SUBMIT, FILLS_IN}:
        return await _of_form(talk, call)
    if call.command == review.CANCEL:
        return await _cancelled(talk, call)
    answer = await talk.call(call)
    return replace(answer, edit=answer.edit or call.answers.get(REVIEW, "") != "")


async def _of_form(talk: Talk, call: Call) -> Reply:
    """Take what was sent back in a form, or picked in one."""
    match talk.turn.incoming:
        case Submission() as form if call.command == SUBMIT:
            return await submitted(talk, call, form)
        case Submission() as form:
            return await given(talk, call, form)
        case Detail() as picked if call.command == SUBMIT:
            return await asked(talk, call, picked)
        case _:
            return _unusable(talk.context, Redeemed(None))


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
    """A card's own Cancel ends its form or its review, and no other."""
    cancel = talk.context.book.by_word[review.CANCEL]
    require(talk.context.visitor, cancel.allow)
    draft = await talk.draft()
    mine = draft and name(draft) == call.answers.get("draft", name(draft))
    if draft and (is_of(draft, call.answers) if review.is_on(call.answers) else mine):
        await talk.leave()
    elif not review.is_on(call.answers):
        return reply(_("That question is closed already."))
    left = draft.command if draft else call.command
    talk = replace(talk, context=replace(talk.context, left=left))
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
    understand = turn.runtime.understand
    errands = Errands(frozenset(turn.runtime.runner.sources), turn.update.fetched or {})
    return Context(
        visitor=person,
        sender=turn.incoming.sender,
        place=private_place(turn, known) or turn.incoming.place,
        now=_written_at(message, turn.now) if message else turn.now,
        work=turn.work,
        book=turn.runtime.book,
        defaults=turn.runtime.defaults,
        message=message,
        read_at=turn.now,
        understand=understand and helped(understand, errands),
        errands=errands,
        new_code=turn.runtime.new_token,
        doors=turn.runtime.doors,
    )


def _written_at(message: Message, now: datetime) -> datetime:
    """When it was written, which “today” means; a phone's clock is not believed blindly.

    That of a platform whose people pick a message out of what was said is, however old it is.
    """
    believed = message.command or now - OLDEST <= message.at
    return message.at if believed and message.at <= now else now


async def refusal(turn: Turn, refused: Refusal) -> Answer:
    """Say what was refused, as it is written."""
    count_refusal(turn, refused)
    known = await _known(turn)
    context = _context(turn, known)
    await note_refusal(turn, known, refused)
    with speaking(_language(turn, known)):
        details = {k: _detail(context, k, v) for k, v in refused.details.items()}
        said = await _stopped(turn, known, _(refused.message, **details))
        if not _is_form(said):
            said = replace(said, blocks=said.blocks + way_on(refused))
        return Answer(to_sender(turn, known, said))


def _detail(context: Context, name: str, value: str | int | date) -> str:
    if isinstance(value, datetime):
        return context.when(value)
    if isinstance(value, date):
        return nearby(value, wall(context.read_at or context.now, context.zone).date())
    return _(HOLDERS[str(value)]) if name == "role" else str(value)


async def apology(turn: Turn, reference: str, *, alone: bool = False) -> Answer:
    """Say that it is our fault, and by which reference the log knows it."""
    known = await _known(turn)
    with speaking(_language(turn, known)):
        words = _(
            "Something went wrong on my side, and nothing was changed. Try once more. "
            "If it happens again, give your admin this reference: `{reference}`",
            reference=reference,
        )
        said = reply(words) if alone else await _stopped(turn, known, words)
        return Answer(to_sender(turn, known, said), error=reference)
