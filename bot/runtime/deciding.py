"""Deciding in words: a “yes” or “no” to the card that was shown last saves or cancels it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.messages import Call, Message, Reply
from bot.runtime import review
from bot.runtime.conversation import Talk
from services.access import require
from services.names import fold
from storage.calls import open_reviews, spend
from storage.models import StoredCall

YES = (
    "ok, okay, k, yes, yes please, yep, yeah, sure, correct, right, that's right, confirm,"
    "confirmed, save, save it, 👍, 👌, ✅, 好, 好的, 好吧, 对, 对的, 是, 是的, 没错, 行, 可以,"
    "嗯, 嗯嗯, 确认, 确定, 保存, 保存吧"
)
NO = "no, nope, no thanks, wrong, cancel, cancel it, 不, 不对, 不是, 不用, 不要, 错了, 取消"
LIFE = timedelta(days=1)
"""How long a card may be answered in words; its buttons live longer."""


def _key(text: str) -> str:
    """Letters alone; a text of signs alone is its own key."""
    return fold(text) or text.strip()


SAVES = {_key(each) for each in YES.split(",")}
CANCELS = {_key(each) for each in NO.split(",")}


async def decided(talk: Talk, message: Message) -> Reply | None:
    """Save or cancel the newest card that was neither, if that is all the words say."""
    said = _key(message.text)
    if said not in SAVES | CANCELS or message.files or talk.context.visitor is None:
        return None
    stored = await newest(talk)
    if stored is None:
        return None
    await spend(talk.turn.session, stored, talk.turn.now)
    if said in SAVES:
        return await talk.call(Call(stored.command, stored.answers))
    cancel = talk.context.book.by_word[review.CANCEL]
    require(talk.context.visitor, cancel.allow)
    left = replace(talk.context, left=stored.command)
    return await replace(talk, context=left).run(cancel)


async def newest(talk: Talk) -> StoredCall | None:
    """What saves the newest card here that is neither saved nor cancelled."""
    return next(iter(await open_cards(talk)), None)


async def open_cards(talk: Talk, updates: Sequence[int] | None = None) -> list[StoredCall]:
    """What saves each card here that may still be saved, perhaps only those of some updates."""
    now, place = talk.turn.now, talk.context.place.key
    found = await open_reviews(
        talk.turn.session,
        talk.context.person.id,
        place,
        since=now - LIFE,
        now=now,
        updates=updates,
    )
    return [each for each in found if each.answers.get(review.STEP) == review.SAVE]
