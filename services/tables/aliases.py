"""The other names of an account, as they are kept: folded, each a key of its own."""

from collections.abc import Sequence

from services import names
from services.names import fold

DOT = "·"
"""Is no part of a name, and keeps what is before it from being the end of one."""


def written(name: str, aliases: Sequence[str] = ()) -> set[str]:
    """The folded ways to write a name, without those by its sound."""
    short = {fold(names.without_legal_form(each)) for each in (name, *aliases)}
    return ({fold(each) for each in (name, *aliases)} | short) - {""}


def least(name: str, aliases: Sequence[str]) -> list[str]:
    """As few of them as the others follow from, being the same without a legal form.

    Where that is none of them, a dot keeps it from following.
    """
    found: list[str] = []
    all_of_them = {*aliases, *written(name)}
    known: set[str] = set()
    for each in sorted(aliases, key=lambda alias: (-len(alias), alias)):
        follows = written(each) <= all_of_them
        if each not in known:
            found.append(each if follows else f"{each}{DOT}")
        known |= written(each) if follows else {each}
    return sorted(found)


def others(name: str, aliases: Sequence[str]) -> list[str]:
    """What some aliases add to what follows from the name itself."""
    return sorted(written(name, aliases) - written(name)) if aliases else []
