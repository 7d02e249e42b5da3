"""What is kept of somebody, who sees it, and a copy of it for them.

PIPL 17 and GDPR 13: everybody is told in plain words. PIPL 44 and 45, GDPR 15 and 20: they get a
copy that people and machines can read. PIPL 47, GDPR 17: they may ask to be erased; whoever is
answerable for it in the company is told, and answers within a month (GDPR 12(3)).
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services import leaves
from services.errors import AskedAlready, NobodyToAsk
from storage.journal import encode
from storage.models import Person
from storage.work import Work

AGAIN = timedelta(hours=24)
"""How long after asking to be erased one may ask once more."""
SAID = ("text", "fields", "table", "alt", "prompt", "title")
"""The parts of a message that are words."""


@dataclass(frozen=True)
class Held:
    """What is kept of somebody and who sees it, by name."""

    counts: Mapping[str, int]
    platforms: Sequence[str]
    managers: Sequence[str]
    headquarters: Sequence[str]
    deputies: Sequence[str]


async def held(work: Work, person: Person, *, now: datetime) -> Held:
    """What is kept of oneself; whoever stands in for someone sees what they see."""
    managers = [each for each in await work.people.managers(person.unit) if each.id != person.id]
    at_hq = [each for each in await work.subjects.headquarters() if each.id != person.id]
    identities = await work.people.identities(person.id)
    return Held(
        counts=await work.holdings.counts(person.id),
        platforms=sorted({each.platform for each in identities}),
        managers=[each.name for each in managers],
        headquarters=[each.name for each in at_hq],
        deputies=await _deputies(work, [person, *managers], now),
    )


async def _deputies(work: Work, people: Sequence[Person], now: datetime) -> list[str]:
    """Who stands in today for one of these."""
    found = {}
    for each in people:
        leave = await leaves.away_now(work, each.id, now=now)
        if leave and leave.deputy and leave.deputy.active:
            found[leave.deputy.id] = leave.deputy.name
    return list(found.values())


async def copy(work: Work, person: Person) -> dict[str, Any]:
    """All that is kept of oneself, as JSON; of others only what oneself wrote of them."""
    sent, written = await work.holdings.messages(person.id)
    held = {
        "person": await work.holdings.person(person.id),
        "groups": await work.holdings.groups(person.id),
        **await work.holdings.rows(person.id),
        "visits": await work.holdings.visits(person.id),
        "journal": await work.holdings.journal(person.id),
    }
    return await asyncio.to_thread(_copied, held, sent, written)  # it may be of years


def _copied(
    held: Mapping[str, Any],
    sent: Sequence[Mapping[str, Any]],
    written: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    messages = {
        "messages_to_you": [
            {"at": each["created_at"], "text": "\n".join(_words(each["payload"]))} for each in sent
        ],
        "messages_from_you": [
            {"at": each["received_at"], "update": _parsed(each["payload"])} for each in written
        ],
    }
    copied: dict[str, Any] = _plain({**held, **messages})
    return copied


def _plain(value: Any) -> Any:
    """Instants and days as JSON writes them."""
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case _:
            return encode(value)


def _parsed(payload: str) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return payload


def _words(payload: Mapping[str, Any]) -> Iterator[str]:
    """The words of a message, a line each."""
    for block in payload.get("blocks", []):
        for name in SAID:
            if name in block:
                yield from _lines(block[name])


def _lines(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _lines(each)
        case _:
            return


async def ask_to_be_erased(
    work: Work, person: Person, command: str, *, now: datetime
) -> Sequence[Person]:
    """Whom at HQ to tell that somebody asks to be erased; once a day."""
    asked = await work.holdings.asked(person.id, command, now - AGAIN)
    if asked:
        raise AskedAlready(at=asked)
    answerable = [each for each in await work.subjects.headquarters() if each.id != person.id]
    if not answerable:
        raise NobodyToAsk
    return answerable
