"""Whose own chat with us a conversation of two is: a command may be given in any other as well."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import wire

log = structlog.get_logger(__name__)

ASKING_SECONDS = 0.5
"""For asking Slack, who waits for an acknowledgement meanwhile."""


@dataclass
class Chats:
    """The chats that people have with us alone; of each, Slack is asked once."""

    api: AsyncWebClient
    _own: dict[str, str] = field(default_factory=dict)

    async def is_apart(self, channel: str, user: str) -> bool:
        """Whether people write to each other there, and not to us; no, where that isn't known."""
        if not channel.startswith("D") or not user:
            return False
        if user not in self._own:
            self._own[user] = await self._asked(user)
        return self._own[user] not in {"", channel}

    async def _asked(self, user: str) -> str:
        try:
            async with asyncio.timeout(ASKING_SECONDS):
                opened: Any = await self.api.conversations_open(users=user)
        except wire.FAILURES as error:
            log.info("slack.chat_not_known", reason=wire.code(error) or type(error).__name__)
            return ""
        match opened["channel"]:
            case {"id": str(own)}:
                return own
            case _:
                return ""
