"""What must hold of the company after something was taken back.

An undo looks only at the rows that it is about. What others did meanwhile may rest on them: a unit
was added below one that had moved, a customer that went along with somebody is another's by now.
"""

from collections.abc import Collection, Mapping, Sequence

from services.errors import ChangedSince, LastHQ
from services.names import fold
from storage.models import Account, Base, Deal, Entry, Person, Reminder, Role, Unit
from storage.tables import chunks
from storage.work import Work

MOVES = frozenset({"accounts", "deals", "reminders"})
"""What goes where its owner goes."""
OWNERS: Mapping[type[Base], str] = {
    Account: "owner_id",
    Deal: "owner_id",
    Reminder: "person_id",
}


async def check(work: Work, entries: Sequence[Entry]) -> None:
    """Refuse an undo after which the company would not be in order."""
    if any(entry.noun == "units" for entry in entries):
        _in_order(await work.org.locked())
    people = [await work.history.row(each) for each in entries if each.noun == "people"]
    await _somebody_leads(work, entries)
    for person in people:
        if isinstance(person, Person) and person.active:
            await _takes_in(work, person.unit_id)
    if any(people):
        for entry in entries:
            if entry.noun in MOVES and "unit_id" in (entry.before or {}):
                await _still_theirs(work, await work.history.row(entry))
    for entry in entries:
        if entry.noun == "units":
            await _empty_if_closed(work, await work.history.row(entry))


async def check_rows(work: Work, touched: Mapping[type[Base], Collection[int]]) -> None:
    """`check` for an import: of its people and units, and of what had gone along with people."""
    people, units = touched.get(Person, ()), touched.get(Unit, ())
    if not (people or units):
        return
    tree = await work.org.locked()
    if units:
        _in_order(tree)
    if people:
        await _all_taken_in(work, people, tree)
        for model in OWNERS:
            await _all_still_theirs(work, model, sorted(touched.get(model, ())))
    for key in units:
        await _empty_if_closed(work, tree.get(key))


async def _all_taken_in(work: Work, people: Collection[int], tree: dict[int, Unit]) -> None:
    """Somebody is at HQ, and of these people all who are here are in units that are open."""
    if not await work.people.heads():
        raise ChangedSince
    for some in chunks(sorted(people)):
        rows = (await work.tables.numbered(Person, some)).values()
        if any(each["active"] and tree[each["unit_id"]].closed_at for each in rows):
            raise ChangedSince


async def _all_still_theirs(work: Work, model: type[Base], ids: Sequence[int]) -> None:
    for some in chunks(ids):
        rows = (await work.tables.numbered(model, some)).values()
        owners = {row[OWNERS[model]] for row in rows}
        people = await work.tables.numbered(Person, owners, lock=False)
        if any(people[row[OWNERS[model]]]["unit_id"] != row["unit_id"] for row in rows):
            raise ChangedSince


def _in_order(tree: dict[int, Unit]) -> None:
    """Each unit is right below its parent, and no two of one name are next to each other."""
    names: set[tuple[int | None, str]] = set()
    for each in tree.values():
        above = tree[each.parent_id].path if each.parent_id else "/"
        named = (each.parent_id, fold(each.name))
        if each.path != f"{above}{each.id}/" or named in names:
            raise ChangedSince
        names.add(named)


async def _somebody_leads(work: Work, entries: Sequence[Entry]) -> None:
    """Somebody is left at HQ after one of them was given another role, ended or removed."""
    for entry in entries:
        after = entry.after or {}
        if entry.noun != "people" or {"role", "active"}.isdisjoint(after):
            continue
        row = await work.history.row(entry)
        known = {**(vars(row) if row else {}), **after}
        if known.get("role") == Role.HQ and not await work.people.heads():
            raise LastHQ(name=str(known.get("name")))


async def _takes_in(work: Work, unit_id: int) -> None:
    if (await work.people.unit(unit_id, lock=True)).closed_at:
        raise ChangedSince


async def _still_theirs(work: Work, row: Base | None) -> None:
    """What had gone along is where its owner is: nobody else got it meanwhile."""
    if isinstance(row, (Account, Deal)):
        owner = row.owner_id
    elif isinstance(row, Reminder):
        owner = row.person_id
    else:
        return
    if (await work.people.get(owner)).unit_id != row.unit_id:
        raise ChangedSince


async def _empty_if_closed(work: Work, row: Base | None) -> None:
    """Nobody came into a unit since it was reopened, if that is taken back."""
    if not (isinstance(row, Unit) and row.closed_at):
        return
    below = [each for each in await work.people.units() if each.parent_id == row.id]
    inside = await work.org.inside(row.id)
    if any(inside) or any(each.closed_at is None for each in below):
        raise ChangedSince
