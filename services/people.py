"""People: finding one by name, and their settings."""

import asyncio
from dataclasses import dataclass
from datetime import time
from itertools import takewhile

from services.access import scope_of
from services.errors import GonePerson
from services.naming import OFFERED, Found, Named, begun, meant
from storage.models import Person, Role, Unit
from storage.scope import Scope
from storage.work import Work

COMPANY = "HQ"


async def unit_at(work: Work, path: str) -> Unit:
    """The unit of a path such as ``East/Shanghai``, below the company; made where it is missing.

    An empty path is the company itself.
    """
    units = await work.people.units()
    unit = units[0] if units else await _add_unit(work, COMPANY, None)
    for name in filter(None, (part.strip() for part in path.split("/"))):
        below = [each for each in units if each.name == name and each.parent_id == unit.id]
        unit = below[0] if below else await _add_unit(work, name, unit)
    return unit


async def _add_unit(work: Work, name: str, parent: Unit | None) -> Unit:
    unit = Unit(name=name, parent_id=parent.id if parent else None)
    await work.people.add(unit)
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    await work.people.flush()
    return unit


@dataclass(frozen=True)
class Quiet:
    """Hours in which only what can't wait is sent, in the person's wall time; none when empty."""

    start: time | None = None
    end: time | None = None


async def change_settings(
    work: Work,
    person: Person,
    *,
    language: str | None = None,
    zone: str | None = None,
    quiet: Quiet | None = None,
    at_once: bool | None = None,
) -> Person:
    """Change what is given and leave the rest."""
    changed = await work.people.get(person.id, lock=True)
    changed.language = language or changed.language
    changed.zone = zone or changed.zone
    if quiet:
        changed.quiet_from, changed.quiet_to = quiet.start, quiet.end
    if at_once is not None:
        changed.save_at_once = at_once
    await work.people.flush()
    return changed


async def unreachable(work: Work, manager: Person) -> list[str]:
    """Whom of a manager's people the bot can't speak to: they blocked it or never started it."""
    if manager.role < Role.MANAGER:
        return []
    return await work.people.unreachable(await scope_of(work, manager))


async def find(work: Work, asker: Person, text: str, *, anybody: bool = False) -> Found:
    """Which active person somebody means, among those in their scope, or in the company."""
    known = await everybody(work, asker, anybody=anybody)
    return await asyncio.to_thread(meant, text, known)


async def search(
    work: Work, asker: Person, text: str, limit: int, *, anybody: bool = False
) -> list[Named]:
    """Whom somebody may mean by what they have typed so far; at first those nearest to them."""
    if not text.strip():
        return await likely(work, asker, limit, anybody=anybody)
    known = await everybody(work, asker, anybody=anybody)
    return await asyncio.to_thread(begun, text, known, limit)


async def likely(
    work: Work,
    asker: Person,
    limit: int = OFFERED,
    *,
    anybody: bool = False,
    instead_of: Person | None = None,
) -> list[Named]:
    """Colleagues, the nearest in the tree of units first, to the asker or to whom they replace."""
    whom = instead_of or asker
    seen = await work.people.called(await _seen(work, asker, anybody=anybody))
    others = [each for each in seen if each.id not in {asker.id, whom.id}]
    paths = {unit.id: unit.path for unit in await work.people.units()}
    others.sort(key=lambda each: _steps(paths.get(each.unit_id, ""), paths.get(whom.unit_id, "")))
    return [Named(each.id, each.name, each.code, each.unit) for each in others[:limit]]


def _steps(one: str, other: str) -> int:
    """How many units one goes up and down from one path to another."""
    here, there = one.strip("/").split("/"), other.strip("/").split("/")
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False))
    )
    return len(here) + len(there) - 2 * shared


async def everybody(
    work: Work, asker: Person, *, anybody: bool = False, gone: bool = False
) -> list[Named]:
    """Everybody whom somebody may name; those who have left only when asked for."""
    scope = await _seen(work, asker, anybody=anybody)
    return [
        Named(each.id, each.name, each.code, each.unit)
        for each in await work.people.called(scope, gone=gone)
    ]


async def get(
    work: Work, asker: Person, person_id: int, *, anybody: bool = False, gone: bool = False
) -> Person:
    """A person whom somebody may name."""
    person = await work.people.seen(person_id, await _seen(work, asker, anybody=anybody))
    if person is None or not (person.active or gone):
        raise GonePerson
    return person


async def _seen(work: Work, asker: Person, *, anybody: bool) -> Scope:
    """Names of colleagues may be known to everybody where a question says so."""
    return Scope(asker.id, everything=True) if anybody else await scope_of(work, asker)
