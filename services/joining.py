"""Invitations: opening the door for somebody, coming in by it, and closing it again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services import posts
from services.access import scope_of
from services.errors import (
    BadInvite,
    ClosedUnit,
    ConnectedAlready,
    ExpiredInvite,
    GoneInvite,
    HereBefore,
    NotAllowed,
    NotYours,
    NotYourUnit,
    OwnRole,
    UsedInvite,
)
from storage.models import Identity, Invite, Person, Role, Unit
from storage.people import Known
from storage.work import Work

INVITE_LIFE = timedelta(hours=72)


def digest(code: str) -> str:
    """What is stored of an invitation's code."""
    return hashlib.sha256(code.encode()).hexdigest()


def new_code(token_urlsafe: Callable[[int], str]) -> str:
    """128 random bits in the letters that a Telegram deep link takes."""
    return token_urlsafe(16)


async def may_invite(work: Work, actor: Person, role: Role, unit: Unit) -> bool:
    """HQ anybody; a manager reps into their own unit and those below it."""
    if not actor.active or role < Role.REP or role > actor.role:
        return False
    mine = await posts.looked_after(work, actor)
    return actor.role >= Role.HQ or (role == Role.REP and unit.id in mine)


async def invite(
    work: Work,
    name: str,
    role: Role,
    unit: Unit,
    *,
    code: str,
    by: Person | None = None,
    person: Person | None = None,
    now: datetime,
) -> Invite:
    """Open the door for one person for 72 hours; ``code`` is 128 random bits, kept hashed.

    For a ``person`` who is known already it lets in them, and earlier doors for them are shut.
    For whoever is connected only HQ opens one: who has the code can speak as them.
    """
    if by and role > Role.REP and by.role < Role.HQ:
        raise NotAllowed(role=Role.HQ.name.lower())
    if by and not await may_invite(work, by, role, unit):
        raise NotYourUnit(unit=unit.name)
    if unit.closed_at:
        raise ClosedUnit(unit=unit.name)
    if person and not await _may_connect(work, by, person):
        raise ConnectedAlready(name=person.name)
    for each in await work.invites.open_for(person.id, now) if person else ():
        each.expires_at = now
    row = Invite(
        code_hash=digest(code),
        name=name,
        role=role,
        unit_id=unit.id,
        invited_by_id=by.id if by else None,
        person_id=person.id if person else None,
        expires_at=now + INVITE_LIFE,
    )
    await work.invites.add(row)
    return row


async def _may_connect(work: Work, inviter: Person | None, person: Person) -> bool:
    """Whether somebody may get one more account: one who has none that reaches them, or by HQ."""
    if inviter is None or inviter.role >= Role.HQ:
        return True
    return not any(each.reachable for each in await work.people.identities(person.id))


@dataclass(frozen=True)
class Account:
    """An account on a platform that someone is about to join with."""

    platform: str
    external_id: str
    bot: str
    chat: str


@dataclass(frozen=True)
class Joined:
    """Who came in, by which invitation of whose, and with which account.

    ``linked`` when they had come in by it from another platform; ``known`` when they were there
    before, by an import or another account.
    """

    person: Person
    invite_id: int
    invited_by_id: int | None
    identity_id: int
    linked: bool
    known: bool


async def join(
    work: Work,
    code: str,
    account: Account,
    *,
    language: str,
    zone: str,
    now: datetime,
) -> Joined:
    """Let someone in by an invitation's code.

    A code is used once on each platform: from a second one it links that account to the person.
    """
    found, inviter = await _valid(work, code, now)
    linked = found.used_at is not None
    there = await work.people.known(account.platform, account.external_id)
    if there and there.person.active and there.person.id != found.person_id:
        raise BadInvite
    if found.person_id is not None:
        person = await _expected(work, found, inviter, account.platform)
        known = not linked
    elif there:
        person, known = await _rejoined(work, found, inviter, there), True
    else:
        person, known = await _new(work, found, language, zone), False
    found.person_id, found.used_at = person.id, found.used_at or now
    identity = await _identity(work, person, account, there)
    person = await work.people.get(person.id)
    return Joined(person, found.id, found.invited_by_id, identity.id, linked, known)


async def _valid(work: Work, code: str, now: datetime) -> tuple[Invite, Person | None]:
    """An invitation that whoever gave it might still give, and who that is."""
    found = await work.invites.by_code(digest(code))
    if found is None:
        raise BadInvite
    if found.expires_at <= now:
        raise ExpiredInvite
    unit = await work.people.unit(found.unit_id, lock=True)
    inviter = await work.people.get(found.invited_by_id) if found.invited_by_id else None
    if inviter and not await may_invite(work, inviter, Role(found.role), unit):
        raise BadInvite
    if unit.closed_at and found.person_id is None:
        raise BadInvite
    return found, inviter


async def _expected(work: Work, found: Invite, inviter: Person | None, platform: str) -> Person:
    """The person whom an invitation names, or who came in by it from another platform.

    They may have been given another role since: the inviter knows the code as well.
    """
    assert found.person_id is not None  # noqa: S101 - the caller has looked
    person = await work.people.get(found.person_id, lock=True)
    unit = await work.people.unit(person.unit_id)
    fits = inviter is None or await may_invite(work, inviter, Role(person.role), unit)
    if not (person.active and fits):
        raise BadInvite
    if found.used_at is None and not await _may_connect(work, inviter, person):
        raise BadInvite
    platforms = {each.platform for each in await work.people.identities(person.id)}
    if found.used_at is not None and platform in platforms:
        raise UsedInvite
    return person


async def _rejoined(work: Work, found: Invite, inviter: Person | None, there: Known) -> Person:
    """Somebody who had left comes back: the same person, with the invitation's role and unit.

    By whoever might have brought them back, for what they own comes with them.
    """
    person = await work.people.get(there.person.id, lock=True)
    if inviter and not (await posts.may(work, inviter, person)).end:
        raise HereBefore
    person.active, person.role = True, found.role
    return (await posts.carry(work, person, await work.people.unit(found.unit_id))).person


async def _new(work: Work, found: Invite, language: str, zone: str) -> Person:
    person = Person(
        name=found.name, role=found.role, unit_id=found.unit_id, language=language, zone=zone
    )
    await work.people.add(person)
    return person


async def _identity(work: Work, person: Person, account: Account, there: Known | None) -> Identity:
    """The account that they came with, as theirs; it may have been somebody's who has left."""
    if there:
        there.identity.person_id, there.identity.reachable = person.id, True
        await work.people.flush()
        return there.identity
    identity = Identity(
        person_id=person.id,
        platform=account.platform,
        external_id=account.external_id,
        bot=account.bot,
        chat=account.chat,
    )
    await work.people.add(identity)
    return identity


@dataclass(frozen=True)
class Open:
    """An open invitation, and where it leads."""

    invite: Invite
    unit: Unit


async def open_of(work: Work, asker: Person, *, now: datetime) -> list[Open]:
    """The open invitations into units that somebody sees, the first to expire first."""
    found = await work.invites.open(await scope_of(work, asker), now)
    return [Open(invite, unit) for invite, unit in found]


async def take_back(work: Work, actor: Person, invite_id: int, *, now: datetime) -> Invite:
    """Shut a door that nobody came through yet."""
    found = await _mine(work, actor, invite_id)
    if found.used_at or found.expires_at <= now:
        raise GoneInvite
    found.expires_at = now
    await work.invites.flush()
    return found


async def lock_out(
    work: Work,
    actor: Person,
    invite_id: int,
    identity_id: int,
    *,
    keep: bool,
    now: datetime,
) -> Person:
    """It was somebody else who came in: their account is nobody's any more, the door is shut.

    Whoever was in the company before stays in it when ``keep``, with their other accounts.
    """
    found = await _mine(work, actor, invite_id)
    if found.person_id is None or not found.used_at:
        raise GoneInvite
    if found.person_id == actor.id:
        raise OwnRole
    identities = await work.people.identities(found.person_id)
    mine = [each for each in identities if each.id == identity_id]
    if not mine:
        raise GoneInvite
    person = await work.people.get(found.person_id, lock=True)
    if not (await posts.may(work, actor, person)).end:
        raise NotYours(name=person.name)
    found.expires_at = min(found.expires_at, now)
    if not keep and person.active:
        await posts.end(work, actor, person, now=now)
    for each in mine if keep else identities:
        await work.people.remove(each)
    return person


async def _mine(work: Work, actor: Person, invite_id: int) -> Invite:
    """An invitation that an actor may take back: one they might give."""
    found = await work.invites.get(invite_id)
    if found is None:
        raise GoneInvite
    unit = await work.people.unit(found.unit_id)
    if not await may_invite(work, actor, Role(found.role), unit):
        raise GoneInvite
    return found
