"""Buttons: what each does is stored; the platform only ever sees a token."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import REVIEW
from bot.markdown import Markdown, markdown, plain
from bot.messages import Block, Button, Buttons, Call, Choice, Reply, Sheet, Text, Token
from storage.calls import single_labels, spend, store_calls, stored_call

LIFE = timedelta(days=7)


@dataclass
class Issuer:
    """Turns the calls of one card into tokens, and stores them together."""

    card: str
    person_id: int | None
    now: datetime
    new_token: Callable[[], str]

    def __post_init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    async def issue(self, session: AsyncSession, reply: Reply) -> Reply:
        """The same reply, ready to leave."""
        blocks = tuple(self._block(block) for block in reply.blocks)
        if self._rows:
            await store_calls(session, self._rows)
        return replace(reply, blocks=blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Buttons(buttons):
                return Buttons(tuple(self._button(each) for each in buttons))
            case Choice(prompt, options):
                return Choice(prompt, tuple(self._button(each) for each in options))
            case Sheet(then=Call() as call):
                return replace(block, then=self._token(call, block.submit, single=True))
            case _:
                return block

    def _button(self, button: Button) -> Button:
        name = plain(button.label)
        if isinstance(button.then, Call):
            return replace(
                button, label=name, then=self._token(button.then, name, single=button.single)
            )
        return replace(button, label=name)

    def _token(self, call: Call, label: str, *, single: bool) -> Token:
        token = self.new_token()
        self._rows.append(
            {
                "token": token,
                "card": self.card,
                "command": call.command,
                "answers": dict(call.answers),
                "label": plain(label),
                "person_id": self.person_id,
                "single_use": single,
                "expires_at": self.now + LIFE,
                "used_at": None,
                "review": call.answers.get(REVIEW, ""),
            }
        )
        return Token(token)


@dataclass(frozen=True)
class Redeemed:
    """What a press does, on which card; or why it does nothing."""

    call: Call | None
    card: str = ""
    single: bool = False
    label: str = ""
    """The spent button, where it was the only one of its card."""
    spent_at: datetime | None = None
    foreign: bool = False
    """Whether it is somebody else's."""


async def redeem(
    session: AsyncSession, token: str, person_id: int | None, now: datetime
) -> Redeemed:
    """Look up what a token does, if it is this person's and not spent or expired."""
    stored = await stored_call(session, token)
    if stored is None or stored.expires_at < now:
        return Redeemed(None)
    if stored.person_id != person_id:
        return Redeemed(None, foreign=True)
    if stored.used_at is not None:
        alone = await single_labels(session, stored.card) == [stored.label]
        return Redeemed(None, label=stored.label if alone else "", spent_at=stored.used_at)
    if stored.single_use:
        await spend(session, stored, now)
    call = Call(stored.command, stored.answers)
    return Redeemed(call, stored.card, stored.single_use, stored.label)


def pressed(reply: Reply, token: str) -> Reply:
    """A card after the press of one of its single buttons: that one is ticked, the others go."""
    blocks: list[Block] = []
    for block in reply.blocks:
        match block:
            case Buttons(buttons) | Choice(_, buttons):
                ticked = [b.label for b in buttons if b.then == Token(token)]
                blocks += [Text(Markdown(f"✓ {markdown(name)}")) for name in ticked]
                kept = tuple(b for b in buttons if not b.single)
                blocks += [Buttons(kept)] if kept else []
            case _:
                blocks.append(block)
    return replace(reply, blocks=tuple(blocks))
