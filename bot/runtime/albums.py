"""Which visit a photo without a word of its own is of."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.commands import Command
from bot.messages import Button, Call, Message, Reply, reply
from bot.phrases import _, label
from bot.runtime import drafts, review
from bot.runtime.conversation import Talk
from bot.runtime.deciding import newest, open_cards
from services import accounts, visits
from storage.inbox import done_since
from storage.models import StoredCall

VISIT = "visit"
"""The question that takes which visit keeps the files."""
TOGETHER = timedelta(minutes=5)
"""How far apart the parts of an album arrive at most."""


async def placed(talk: Talk, taking: Command[Any], message: Message) -> Reply | None:
    """Keep it with what its album began; ask where an unsaved card may be meant as well."""
    if all(each.spoken for each in message.files) or talk.context.visitor is None:
        return None
    if parts := await _parts(talk, message):
        return await _with_album(talk, taking, message, parts)
    card = await newest(talk)
    if card is None or not talk.context.book.by_word[card.command].keeps:
        return None
    if named := await _named(talk, message.text):
        mine = named == {card.answers.get("account", "")}
        return await talk.call(_added(talk, card, message)) if mine else None
    return await _which(talk, taking, message, card)


async def _named(talk: Talk, caption: str) -> set[str]:
    """The customers whom a caption names, as answers keep them."""
    found = await accounts.mentioned(talk.context.work, talk.context.person, caption)
    return {str(each.match.accounts[0].id) for each in found if each.match.certain}


async def _parts(talk: Talk, message: Message) -> list[int]:
    """The updates that brought what came of the album before this."""
    if not message.album:
        return []
    turn = talk.turn
    since = turn.update.received_at - TOGETHER
    found = []
    for update in await done_since(turn.session, turn.update, since):
        said = turn.adapter.read(json.loads(update.payload))
        if isinstance(said, Message) and (said.album, said.sender.id) == (
            message.album,
            message.sender.id,
        ):
            found.append(update.id)
    return found


async def _with_album(
    talk: Talk, taking: Command[Any], message: Message, parts: Sequence[int]
) -> Reply | None:
    """Keep it with the card or the visit that the album began."""
    for card in await open_cards(talk, parts):
        if drafts.files(card.answers):
            return await talk.call(_added(talk, card, message))
    visit = await talk.turn.work.visits.with_files_of(parts)
    return await talk.run(taking, message.text, {VISIT: str(visit)}) if visit else None


def _added(talk: Talk, card: StoredCall, message: Message) -> Call:
    """Show a card again with what came after it; the one before is spent then."""
    answers = {name: each for name, each in card.answers.items() if name != review.STEP}
    if note := message.text and drafts.note(talk.context.book.by_word[card.command].form):
        answers = drafts.joined(
            talk.context.book.by_word[card.command].form, answers, {note: message.text}
        )
    return Call(card.command, drafts.with_files(answers, message.files))


async def _which(talk: Talk, taking: Command[Any], message: Message, card: StoredCall) -> Reply:
    """Ask whether it is of the card that isn't saved yet or of the visit before."""
    context, added = talk.context, _added(talk, card, message)
    last = await visits.last_today(context.work, context.person, context.now)
    if last is None:
        return await talk.call(added)
    first = context.book.by_word[card.command].form.questions[0]
    unsaved = await first.kind.show(card.answers.get(first.name, ""), talk.asking(card.answers))
    told = {VISIT: str(last.id)}
    if message.text:
        told[taking.form.questions[0].name] = message.text
    at = context.when(last.at, all_day=last.all_day)
    return reply(
        _("Which visit is it of?"),
        Button(label("{account}, not saved yet", account=unsaved), added),
        Button(
            label("{account}, {at}", account=last.account.name, at=at),
            Call(taking.name, drafts.with_files(told, message.files)),
        ),
    )
