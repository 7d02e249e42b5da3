"""What was not understood: the command that may have been meant, or the way on."""

import re
from typing import Any

from bot.commands import Command, Context
from bot.messages import Block, Button, Call, Reply, reply
from bot.phrases import _, label, shortened
from bot.runtime.conversation import Talk
from services.errors import AccountOfAnother, ClaimedAlready, Refusal

BUTTON = 40
"""How much of a mistyped line its button shows."""
BEFORE = re.compile("^(?:请|麻烦|帮我|给我|帮忙|我们|我|想要|想|要|刚才|刚刚|刚)+|把$")
AFTER = re.compile("^(?:了|过|完|一下|下)+|(?:吧|了|一下|[。！!])+$")
LONG = 2
"""A shorter Chinese word stands within too many others."""


async def otherwise(talk: Talk, text: str) -> Reply:
    """A near-miss is met with what it may have meant; anything else with the way on."""
    context = talk.context
    meant = context.book.suggest(text, context.person.role) if text else None
    rest = text.strip().partition(" ")[2]
    if near := _in_a_sentence(context, text):
        meant, rest = near, ""
    if meant:
        again = shortened(f"/{meant.name} {rest}".strip(), BUTTON)
        words = _("Did you mean /{command}?", command=meant.name)
        return reply(words, Button(again, Call(meant.name, {"": rest} if rest else {})))
    return reply(
        _("I didn't get that. Say in a sentence what happened, or use /visit and /account."),
        Button(label("Help"), Call("help"), single=False),
    )


def way_on(refused: Refusal) -> tuple[Block, ...]:
    """What can be done about a refusal, as buttons below it."""
    if isinstance(refused, AccountOfAnother) and (account := refused.details.get("id")):
        return reply(Button(label("Claim it"), Call("claim", {"account": str(account)}))).blocks
    if isinstance(refused, ClaimedAlready) and (claim := refused.details.get("id")):
        return reply(
            Button(label("Take it back"), Call("dropclaim", {"claim": str(claim)}))
        ).blocks
    return ()


def _in_a_sentence(context: Context, text: str) -> Command[Any] | None:
    """A Chinese command that takes no words, within a sentence: 帮我撤销一下."""
    for word in sorted(context.book.by_word, key=len, reverse=True):
        command = context.book.by_word[word]
        before, found, after = text.strip().partition(word)
        rest = BEFORE.sub("", before).strip() + AFTER.sub("", after).strip()
        if word.isascii() or len(word) < LONG or not found or rest:
            continue
        takes_words = any(question.loose for question in command.form.questions)
        if command.allow <= context.person.role and command.order and not takes_words:
            return command
    return None
