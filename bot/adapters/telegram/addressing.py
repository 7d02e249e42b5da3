"""Who a message is for: us alone, us among others, or someone else."""

import re
from dataclasses import dataclass

from bot.runtime.adapter import Json

COMMAND = re.compile(r"/(?P<name>\w{1,64})(?:@(?P<bot>\w+))?(?!\S)", re.ASCII)


@dataclass(frozen=True)
class Me:
    """The bot as Telegram knows it."""

    id: str
    username: str


@dataclass(frozen=True)
class Heard:
    """A message's words without our name, and whether they are said to us."""

    text: str
    to_us: bool


def addressed(message: Json, me: Me) -> Heard | None:
    """Return the words, and whether they name or answer us; None when they name another bot.

    A command that names nobody may be anybody's: whether it is ours is known where commands are.
    """
    text: str = message.get("text") or message.get("caption") or ""
    private = message["chat"]["type"] == "private"
    if command := COMMAND.match(text):
        return _command(text, command, me, to_us=private or _answers(message, me))
    if private:
        return Heard(text, to_us=True)
    named = _without(text, me)
    return Heard(named, to_us=named != text or _answers(message, me))


def _command(text: str, command: re.Match[str], me: Me, *, to_us: bool) -> Heard | None:
    bot = command["bot"]
    if bot and bot.casefold() != me.username.casefold():
        return None
    return Heard(f"/{command['name']}{text[command.end() :]}", to_us=to_us or bool(bot))


def _without(text: str, me: Me) -> str:
    """``text`` without the mentions of us."""
    mention = re.compile(rf"(?<!\w)@{re.escape(me.username)}(?!\w)[,:]?\s*", re.IGNORECASE)
    return mention.sub("", text) if me.username else text


def _answers(message: Json, me: Me) -> bool:
    asked = message.get("reply_to_message") or {}
    return str((asked.get("from") or {}).get("id")) == me.id
