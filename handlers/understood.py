"""What a message in plain words means to us: its facts, and whom and when they are about."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answers import ACCOUNT, ACCOUNT_OR_NEW, DUE, HAPPENED
from bot.answers.deals import sum_of
from bot.answers.times import kept
from bot.commands import Command, Context, NotUnderstood
from bot.forms import InvalidAnswer
from bot.messages import Call
from bot.phrases import _
from bot.words import STAGE_NAMES
from services import accounts
from services.contacts import called
from services.deals import Money
from services.mentions import Mention
from services.names import HAN
from services.reminders import is_past
from services.understanding.facts import Facts, Moment, Vocabulary
from services.visits import is_ahead
from storage.models import Account, Stage

KNOWN = 200
"""How many products and competitors are known by name."""
STAGES = {
    stage.value: tuple(name.strip() for name in names.split(","))
    for stage, names in STAGE_NAMES.items()
}


LONG = 300
"""From how many characters on a text is read beside the event loop."""
SEVERAL = 2
MONTHS = 12
EITHER = re.compile(r"(?<![\d./-])(\d{1,2})[/.](\d{1,2})(?![\d/.])")


@dataclass(frozen=True)
class Heard:
    """A message that was read: what it says, and the customers that it names."""

    text: str
    facts: Facts
    mentions: Sequence[Mention]

    @property
    def account(self) -> str:
        """The customer as they were called, if one was."""
        if self.facts.account:
            return self.facts.account.best
        return self.mentions[0].text if len(self.mentions) == 1 else ""

    @property
    def customers(self) -> dict[int, str]:
        """The customers that were called by one of their own names, by their number."""
        exact = (m.match.accounts[0] for m in self.mentions if m.match.certain)
        return {each.id: each.name for each in exact if each.open}

    def certain(self, account: object) -> bool:
        """Whether an account was called by one of its own names."""
        exact = (m.match.accounts[0] for m in self.mentions if m.match.certain)
        return isinstance(account, Account) and any(
            each.id == account.id and not each.sound for each in exact
        )


async def hear(context: Context, text: str, *, before: tuple[str, str] = ("", "")) -> Heard:
    """Read a message, after looking up which names in it are known.

    ``before`` is what is read before it, in English and in Chinese.
    """
    if context.understand is None:
        raise NotUnderstood
    work, person = context.work, context.person
    found = await accounts.mentioned(work, person, text)
    known = {each.id for mention in found for each in mention.match.accounts if each.open}
    people = [
        name for each in known for name in called(await accounts.contacts(work, person, each))
    ]
    vocabulary = Vocabulary(
        accounts=tuple(dict.fromkeys(mention.text for mention in found)),
        contacts=tuple(dict.fromkeys(people)),
        stages=STAGES,
        products=await work.deals.names(person.id, KNOWN),
        competitors=await work.visits.competitors(person.id, KNOWN),
    )
    said = before[bool(HAN.search(text))] + text
    if len(said) > LONG:
        # A long text, or one made to be slow, must not keep everybody else waiting.
        facts = await asyncio.to_thread(context.understand, said, context.asking.scene, vocabulary)
    else:
        facts = context.understand(said, context.asking.scene, vocabulary)
    return Heard(text, facts, found)


def settled(
    context: Context, heard: Heard, command: Command[Any], answers: dict[str, object]
) -> Call:
    """Do it at once where nothing is in doubt and the person wants that; else show it first."""
    doubtful = any(isinstance(each, InvalidAnswer) for each in answers.values())
    exact = heard.certain(answers["account"]) if answers.get("account") else not heard.account
    sure = heard.facts.sure and exact and not doubtful and len(heard.customers) < SEVERAL
    if context.person.save_at_once and sure and not _is_open(heard):
        return command.call(**answers)
    return command.review(**answers)


def _is_open(heard: Heard) -> bool:
    """Whether a time was skipped by the clocks, or is one of two: 5/11."""
    times = (heard.facts.happened, heard.facts.follow_up)
    said = (heard.facts.evidence.get(each, "") for each in ("happened", "follow_up"))
    return any(each is not None and (each.moved or each.others) for each in times) or any(
        _is_either_way(each) for each in said
    )


def _is_either_way(said: str) -> bool:
    """Whether a date may be a day and month, or a month and day."""
    found = EITHER.search(said)
    if found is None or found[1] == found[2]:
        return False
    return max(int(found[1]), int(found[2])) <= MONTHS


async def account(context: Context, heard: Heard) -> Account | InvalidAnswer | None:
    """The customer that is meant, who it may be, or nothing where none was named."""
    if not heard.account:
        return None
    try:
        return await ACCOUNT_OR_NEW.read(heard.account, context.asking)
    except InvalidAnswer as doubt:
        return doubt


async def account_if_known(context: Context, heard: Heard) -> Account | InvalidAnswer | None:
    """The customer that is meant, or who it may be; nobody where that isn't known."""
    try:
        return await ACCOUNT.read(heard.account, context.asking) if heard.account else None
    except InvalidAnswer as doubt:
        return doubt if doubt.options else None


def when_it_was(context: Context, heard: Heard) -> Moment | None:
    """When it happened; of two readings the one that is not still to come."""
    return _possible(
        heard.facts.happened, lambda each: is_ahead(each.value, context.now, context.zone)
    )


def when_it_is(heard: Heard) -> Moment | None:
    """When what is told as done is still to be: “visited Acme tomorrow”."""
    facts = heard.facts
    done = facts.evidence.get("intent", "")
    told = done and done.casefold() in facts.next_step.casefold()
    return facts.follow_up if told and facts.happened is None else None


async def happened(context: Context, heard: Heard) -> date | InvalidAnswer:
    """When it was; when it was written where that wasn't said."""
    found = when_it_was(context, heard)
    if found is None:
        return context.now
    said = heard.facts.evidence.get("happened", "")
    return await HAPPENED.problem(found, said, context.asking) or kept(found)


async def due(context: Context, heard: Heard, found: Moment | None) -> date | InvalidAnswer | None:
    """When it is to be done, or why that can't be."""
    found = _possible(found, lambda each: is_past(each.value, context.now, context.zone))
    if found is None:
        return None
    said = heard.facts.evidence.get("follow_up", "")
    return await DUE.problem(found, said, context.asking) or kept(found)


def _possible(found: Moment | None, is_out: Callable[[Moment], bool]) -> Moment | None:
    """A moment without the readings that can't be meant, unless none can."""
    if found is None:
        return None
    good = [each for each in (found, *found.others) if not is_out(each)]
    return replace(good[0], others=tuple(good[1:])) if good else found


async def when_due(context: Context) -> InvalidAnswer:
    """The question when something is to be done that no time was said for."""
    return InvalidAnswer(_("When is it due?"), await DUE.likely(context.asking))


def money(context: Context, facts: Facts) -> Money | None:
    """The sum that was named."""
    return sum_of(facts.amount, context.defaults.currency) if facts.amount else None


def stage(facts: Facts) -> Stage | None:
    """The stage that was named."""
    return Stage(facts.stage) if facts.stage in set(Stage) else None


def names(facts: Facts) -> tuple[str, ...] | None:
    """Who was met, as the company knows them."""
    return tuple(dict.fromkeys(each.best for each in facts.contacts)) or None
