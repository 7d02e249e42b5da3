"""Who may see what. Every such question is answered here."""

from services.errors import NotAllowed
from storage.models import Person, Role
from storage.scope import Scope
from storage.work import Work


async def scope_of(work: Work, person: Person) -> Scope:
    """What a person may see: a rep their own, a manager their unit's subtree, HQ everything."""
    if person.role >= Role.HQ:
        return Scope(person.id, everything=True)
    if person.role >= Role.MANAGER:
        return Scope(person.id, await work.people.subtree(person.unit))
    return Scope(person.id)


def require(person: Person | None, role: Role) -> None:
    """Refuse whoever has less than this role."""
    held = Role(person.role) if person and person.active else Role.GUEST
    if held < role:
        raise NotAllowed(role=role.name.lower())
