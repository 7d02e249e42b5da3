"""Buttons: what each does is stored; the platform only ever sees a token."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import GUIDED, REVIEW, Book
from bot.markdown import Markdown, markdown, plain
from bot.messages import Block, Button, Buttons, Call, Choice, Reply, Sheet, Text, Token
from bot.runtime.review import SAVE, STEP
from storage.calls import single_labels, spend, store_calls, stored_call
from storage.models import StoredCall

LIFE = timedelta(days=7)
FILLS_IN = "details"
"""The call that only fills in a form, the one below its own; it is never done with."""


def leads_to_form(book: Book, call: Call) -> bool:
    """Whether a button will ask something: what it does isn't known in full yet."""
    command = book.by_word.get(call.command)
    if command is None or not any(question.required for question in command.form.questions):
        return False
    if REVIEW in call.answers:
        return call.answers.get(STEP, SAVE) != SAVE
    return GUIDED in call.answers or (
        not call.answers.get("") and any(command.form.missing(call.answers))
    )


@dataclass
class Issuer:
    """Turns the calls of one card into tokens, and stores them together."""

    card: str
    person_id: int | None
    now: datetime
    new_token: Callable[[], str]
    book: Book

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
            case Sheet(then=Call() as call, again=again):
                then = self._token(call, block.submit, single=True)
                shown = self._token(again, "", single=False) if isinstance(again, Call) else None
                return replace(block, then=then, again=shown)
            case _:
                return block

    def _button(self, button: Button) -> Button:
        name = plain(button.label)
        if isinstance(button.then, Call):
            life = button.lives or LIFE
            token = self._token(button.then, name, single=button.single, life=life)
            return replace(button, label=name, then=token)
        return replace(button, label=name)

    def _token(self, call: Call, label: str, *, single: bool, life: timedelta = LIFE) -> Token:
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
                "expires_at": self.now + life,
                "used_at": None,
                "review": call.answers.get(REVIEW, ""),
            }
        )
        return Token(token, form=leads_to_form(self.book, call))


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
    stored: StoredCall | None = None


async def redeem(
    session: AsyncSession, token: str, person_id: int | None, now: datetime
) -> Redeemed:
    """Look up what a token does, if it is this person's and not spent or expired.

    It is `spent` by whoever carries it out.
    """
    stored = await stored_call(session, token)
    if stored is None or stored.expires_at < now:
        return Redeemed(None)
    if stored.person_id != person_id:
        return Redeemed(None, foreign=True)
    if stored.used_at is not None:
        does = stored.command != FILLS_IN  # else it was spent with its card, not by its press
        alone = does and await single_labels(session, stored.card) == [stored.label]
        return Redeemed(None, label=stored.label if alone else "", spent_at=stored.used_at)
    call = Call(stored.command, stored.answers)
    return Redeemed(call, stored.card, stored.single_use, stored.label, stored=stored)


async def spent(session: AsyncSession, redeemed: Redeemed, now: datetime) -> None:
    """What was pressed is of no more use, where it does its work once."""
    if redeemed.stored is not None and redeemed.single:
        await spend(session, redeemed.stored, now)


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
