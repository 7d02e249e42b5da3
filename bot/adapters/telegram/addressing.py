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


def addressed(message: Json, me: Me) -> str | None:
    """Return the words meant for us, without our name; None when they are for someone else.

    In a group that is a command, an answer to one of our messages, or one that names us.
    """
    text: str = message.get("text") or message.get("caption") or ""
    if command := COMMAND.match(text):
        return _command(text, command, me)
    if message["chat"]["type"] == "private":
        return text
    named = _without(text, me)
    if named != text or _answers(message, me):
        return named
    return None


def _command(text: str, command: re.Match[str], me: Me) -> str | None:
    bot = command["bot"]
    if bot and bot.casefold() != me.username.casefold():
        return None
    return f"/{command['name']}{text[command.end() :]}"


def _without(text: str, me: Me) -> str:
    """``text`` without the mentions of us."""
    mention = re.compile(rf"(?<!\w)@{re.escape(me.username)}(?!\w)[,:]?\s*", re.IGNORECASE)
    return mention.sub("", text) if me.username else text


def _answers(message: Json, me: Me) -> bool:
    asked = message.get("reply_to_message") or {}
    return str((asked.get("from") or {}).get("id")) == me.id
