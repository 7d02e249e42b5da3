"""Several customers in one message: what is said of each, apart."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.commands import Command, Context
from bot.messages import Button, reply
from bot.phrases import _, shortened
from handlers.understood import SEVERAL, Heard, hear
from services import accounts
from services.mentions import Mention
from services.understanding.facts import Intent
from storage.models import Account

ENDS = re.compile(r"[\n；;。！!？?]|\.(?=\s)")
"""What ends the talk of one customer before another is named."""
MOST = 6
NAMED = 40
SHARED = frozenset(("at", "kind", "outcome", "note", "text", "due"))
"""What may be true of each of several customers."""
ABOUT_WORK = frozenset({Intent.VISIT, Intent.CALL, Intent.DEAL, Intent.REMINDER})


async def apart(context: Context, heard: Heard) -> list[Heard]:
    """Each customer's part of a message, or all of it where that can't be told.

    What is said of a day at the beginning holds for all; nothing of it is sure.
    """
    texts = _parts(heard.text, [each for each in heard.mentions if _is_certain(each)])
    if not 1 < len(texts) <= MOST:
        return [heard]
    found: list[Heard] = []
    for text in texts:
        each = await hear(context, text)
        before = found[-1].facts.happened if found else None
        happened = each.facts.happened or before
        facts = replace(each.facts, happened=happened, sure=False)
        found.append(replace(each, facts=facts))
    return found if all(each.facts.intent in ABOUT_WORK for each in found) else [heard]


def _is_certain(mention: Mention) -> bool:
    return mention.match.certain and mention.match.accounts[0].open


def _parts(text: str, mentions: Sequence[Mention]) -> list[str]:
    """The text cut between sentences about different customers."""
    cuts = [0]
    for one, other in pairwise(mentions):
        ends = [found.end() for found in ENDS.finditer(text, one.end, other.start)]
        if ends and one.match.accounts[0].id != other.match.accounts[0].id:
            cuts.append(ends[-1])
    parts = [text[start:end].strip() for start, end in pairwise([*cuts, len(text)])]
    return [part for part in parts if part]


async def tell_of_others(
    context: Context, heard: Heard, command: Command[Any], answers: dict[str, object]
) -> None:
    """Say of a card for one of several customers whom it leaves out, with a card for each."""
    account = answers.get("account")
    if len(heard.customers) < SEVERAL or not isinstance(account, Account):
        return
    others = [
        await accounts.get(context.work, context.person, each)
        for each in [*heard.customers][:MOST]
        if each != account.id
    ]
    alike = {name: each for name, each in answers.items() if name in SHARED}
    buttons = [
        Button(shortened(each.name, NAMED), command.review(**alike, account=each))
        for each in others
    ]
    said = _(
        "You named {count} customers; this card is for *{account}*.",
        count=len(heard.customers),
        account=account.name,
    )
    context.tell(context.person.id, reply(said, *buttons))
