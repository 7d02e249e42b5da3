"""What the people at customers are called."""

from collections.abc import Iterable, Sequence

from services.names import fold
from storage.models import Contact

SURNAMES = (1, 2)
"""How many characters of a Chinese name may be its surname."""


def called(contacts: Iterable[Contact]) -> list[str]:
    """Every way in which people say whom they met: 王建国, 王主任."""
    return [name for each in contacts for name in (each.name, *_polite(each))]


def same(contacts: Sequence[Contact], name: str) -> Contact | None:
    """The one of several people that a name means: whole, a surname and title, a first name."""
    folded = fold(name)
    for each in contacts:
        if fold(each.name) == folded:
            return each
    for short in (_polite, _first):
        meant = [each for each in contacts if folded in map(fold, short(each))]
        if meant:
            return meant[0] if len(meant) == 1 else None
    return None


def _first(contact: Contact) -> Sequence[str]:
    """The first name of one who has several: Kevin, of Kevin Shen."""
    return contact.name.split()[:1] if contact.name.isascii() else ()


def _polite(contact: Contact) -> Sequence[str]:
    if not contact.title or contact.name.isascii() or contact.title in contact.name:
        return ()
    return [contact.name[:length] + contact.title for length in SURNAMES]
