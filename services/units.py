"""Changing the tree of units: adding, renaming, moving, closing and reopening one."""

from collections.abc import Iterable
from datetime import datetime

from services.access import require
from services.errors import (
    ClosedUnit,
    CompanyItself,
    GoneUnit,
    UnitBelowItself,
    UnitInUse,
    UnitNameTaken,
)
from services.names import LONGEST_NAME, fold
from storage.models import Person, Role, Unit
from storage.work import Work


async def add(work: Work, actor: Person, name: str, above: Unit) -> Unit:
    """A new unit below another."""
    tree = await _locked(work, actor)
    parent = _open(tree, above.id)
    name = _free(tree.values(), name, parent.id)
    unit = Unit(name=name, parent_id=parent.id)
    await work.org.add(unit)
    unit.path = f"{parent.path}{unit.id}/"
    await work.org.flush()
    return unit


async def rename(work: Work, actor: Person, unit: Unit, name: str) -> Unit:
    """Call a unit something else."""
    tree = await _locked(work, actor)
    found = _there(tree, unit.id)
    found.name = _free(tree.values(), name, found.parent_id, besides=found)
    await work.org.flush()
    return found


async def move(work: Work, actor: Person, unit: Unit, above: Unit) -> Unit:
    """Put a unit, with all that is below it, below another one."""
    tree = await _locked(work, actor)
    moved, parent = _there(tree, unit.id), _open(tree, above.id)
    if moved.parent_id is None:
        raise CompanyItself
    if parent.path.startswith(moved.path):
        raise UnitBelowItself(unit=moved.name)
    _free(tree.values(), moved.name, parent.id, besides=moved)
    before, after = moved.path, f"{parent.path}{moved.id}/"
    for each in tree.values():
        if each.path.startswith(before):
            each.path = after + each.path.removeprefix(before)
    moved.parent_id = parent.id
    await work.org.flush()
    return moved


async def close(work: Work, actor: Person, unit: Unit, *, now: datetime) -> Unit:
    """Close a unit that nobody and nothing is in any more; what was done in it stays."""
    tree = await _locked(work, actor)
    found = _there(tree, unit.id)
    if found.parent_id is None:
        raise CompanyItself
    people, accounts = await work.org.inside(found.id)
    below = sum(each.parent_id == found.id and not each.closed_at for each in tree.values())
    if people or accounts or below:
        raise UnitInUse(unit=found.name, people=people, accounts=accounts, units=below)
    found.closed_at = found.closed_at or now
    await work.org.flush()
    return found


async def reopen(work: Work, actor: Person, unit: Unit) -> Unit:
    """Open a closed unit again; the one above it has to be open."""
    tree = await _locked(work, actor)
    found = _there(tree, unit.id)
    if found.parent_id is not None:
        _open(tree, found.parent_id)
    _free(tree.values(), found.name, found.parent_id, besides=found)
    found.closed_at = None
    await work.org.flush()
    return found


async def _locked(work: Work, actor: Person) -> dict[int, Unit]:
    require(actor, Role.HQ)
    return await work.org.locked()


def _there(tree: dict[int, Unit], unit_id: int) -> Unit:
    if unit_id not in tree:
        raise GoneUnit
    return tree[unit_id]


def _open(tree: dict[int, Unit], unit_id: int) -> Unit:
    found = _there(tree, unit_id)
    if found.closed_at:
        raise ClosedUnit(unit=found.name)
    return found


def _free(
    units: Iterable[Unit], name: str, parent_id: int | None, *, besides: Unit | None = None
) -> str:
    """The name as it is kept, when no sibling has it; closed ones keep theirs."""
    name = " ".join(name.split())[:LONGEST_NAME]
    for each in units:
        sibling = each.parent_id == parent_id and each is not besides
        if sibling and fold(each.name) == fold(name):
            raise UnitNameTaken(name=each.name)
    return name
