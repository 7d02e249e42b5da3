"""Canaries: a random string for everything there is, and where each of them may be read."""

import io
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.messages import Fields, File, Image, Reply, Sheet, Table, Text
from bot.runtime.adapter import Outgoing
from storage.engine import Database
from storage.models import (
    Account,
    AccountKey,
    Base,
    Claim,
    Contact,
    Deal,
    Leave,
    Person,
    Reminder,
    Role,
    Unit,
    Visit,
)
from tests.access.oracle import Away, Facts, Kept, Member
from tests.talk import Phone

CANARY = re.compile(r"zq[0-9a-f]{12}")
PUBLIC = frozenset(("accounts.name",))
"""What whoever is in may know beside who there is: which customers, and whose they are."""
OWNERS = {
    Account: ("owner_id", "unit_id"),
    Deal: ("owner_id", "unit_id"),
    Reminder: ("person_id", "unit_id"),
    Visit: ("rep_id", "unit_id"),
}


def canary(dice: random.Random) -> str:
    """One that there is only once."""
    return f"zq{dice.getrandbits(48):012x}"


@dataclass
class Aviary:
    """Where every canary is, and the company as it is now."""

    facts: Facts
    kept: dict[str, list[Kept]] = field(default_factory=dict)
    """The rows that hold it, by whose they are."""
    public: set[str] = field(default_factory=set)
    places: dict[str, set[str]] = field(default_factory=dict)
    """The columns that hold it, to say what it was that got out."""
    people: set[str] = field(default_factory=set)
    """What somebody is called, which a group says to who has asked in it."""

    def note(self, row: Base, kept: Kept) -> None:
        """Remember which canaries a row holds."""
        for name, text in _texts(row):
            for found in CANARY.findall(text):
                self.places.setdefault(found, set()).add(name)
                if name in PUBLIC:
                    self.public.add(found)
                self.kept.setdefault(found, []).append(kept)

    def may_read(self, reader: int | None, found: str) -> bool:
        """Whether somebody may read a canary; without a reader, a whole group, or a stranger."""
        member = self.facts.people.get(reader or 0)
        if member is None or not member.active:
            return False
        if found in self.public:
            return True
        return any(self.facts.sees(reader or 0, row) for row in self.kept.get(found, ()))


def handed_over(before: Aviary, after: Aviary, reader: int | None, found: str) -> bool:
    """Whether it is of an account that somebody has just been given: they are told of it."""
    return any(
        (row := after.facts.accounts.get(each.account)) is not None
        and row.owner == reader != before.facts.accounts[each.account].owner
        for each in before.kept.get(found, ())
        if each.account in before.facts.accounts
    )


async def look(database: Database, now: datetime) -> Aviary:
    """Read the whole company anew, by plain queries."""
    birds = Aviary(Facts(now))
    facts = birds.facts
    async with database.read() as session:
        rows: dict[type[Any], list[Any]] = {
            model: list(await session.scalars(select(model)))
            for model in (*OWNERS, Unit, Person, Leave, AccountKey, Claim, Contact)
        }
    facts.above = {each.id: each.parent_id for each in rows[Unit]}
    for each in rows[Person]:
        facts.people[each.id] = Member(Role(each.role), each.unit_id, each.active, each.zone)
    facts.leaves = [Away(e.person_id, e.deputy_id, e.starts_on, e.ends_on) for e in rows[Leave]]
    for model, names in OWNERS.items():
        for row in rows[model]:
            owner, unit = (getattr(row, name) for name in names)
            birds.note(row, Kept(owner, unit, getattr(row, "account_id", None) or 0))
    accounts = {each.id: Kept(each.owner_id, each.unit_id) for each in rows[Account]}
    facts.accounts = accounts
    for row in (*rows[AccountKey], *rows[Claim], *rows[Contact]):
        birds.note(row, accounts[row.account_id])
    for row in rows[Claim]:  # its reason is for whoever manages who claims
        birds.note(row, Kept(row.claimant_id, facts.people[row.claimant_id].unit))
    birds.people = {found for each in rows[Person] for found in CANARY.findall(each.name)}
    birds.public |= birds.people
    return birds


def _texts(row: Base) -> Iterator[tuple[str, str]]:
    for column in row.__table__.columns:
        value = getattr(row, column.key)
        if isinstance(value, str):
            yield f"{row.__tablename__}.{column.key}", value


@dataclass
class Watched(Phone):
    """A phone that keeps all that is ever sent, and to whom."""

    sent: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> str:
        place = outgoing.place
        self.sent.append((place.only or place.chat, said(outgoing.reply)))
        return await super().send(outgoing)


def said(reply: Reply) -> str:
    """Everything in a reply that anybody could read: words, labels, files, what is filled in."""
    return "\n".join(_said(reply))


def _said(reply: Reply) -> Iterator[str]:
    for block in reply.blocks:
        match block:
            case Text(markdown):
                yield markdown
            case Fields(rows):
                yield str(rows)
            case Table(headers, rows):
                yield str((headers, rows))
            case File() | Image():
                yield from _file(block if isinstance(block, File) else block.file)
            case Sheet():
                yield str(block)
            case _:
                yield str(block)


def _file(file: File) -> Iterator[str]:
    yield file.name
    if zipfile.is_zipfile(io.BytesIO(file.content)):
        with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
            for name in packed.namelist():
                yield packed.read(name).decode("utf-8", "ignore")
    else:
        yield file.content.decode("utf-8", "ignore")
