"""Accounts as buttons and menus offer them."""

from collections import Counter
from collections.abc import Sequence

from bot.forms import Asking, Offer, Option
from bot.phrases import day, label, shortened
from services.access import scope_of
from storage.accounts import Sighting

NEW = "+"
"""What the stored answer of a new one begins with, before its name."""
NAMED = 40
"""How much of a name a button shows."""
WIDE = 75
"""How much of a name a menu shows."""


async def offered(near: Sequence[Sighting], asking: Asking, width: int = NAMED) -> list[Option]:
    """Accounts that may be meant, told apart."""
    return [
        Option(shortened(text, width), str(each.id))
        for each, text in zip(near, await _told_apart(near, asking), strict=True)
    ]


def new(name: str, covers: str = "") -> Option:
    """A new account of that name; ``covers`` as of an `Option`."""
    words = label("New: {account}", account=shortened(name, NAMED))
    return Option(words, NEW + name, covers)


def claim(other: Sighting) -> Offer:
    """To claim an account that is another's."""
    return Offer(label("Claim it"), "claim", {"account": str(other.id)})


async def _told_apart(near: Sequence[Sighting], asking: Asking) -> list[str]:
    """What to call each of several accounts; those of one name by where or when they were met."""
    names = [each.name if each.mine else f"{each.name} · {each.owner}" for each in near]
    often = Counter(names)
    return [
        f"{name} · {await _mark(each, asking)}" if often[name] > 1 else name
        for each, name in zip(near, names, strict=True)
    ]


async def _mark(sighting: Sighting, asking: Asking) -> str:
    scope = await scope_of(asking.work, asking.person)
    account = await asking.work.accounts.get(sighting.id, scope)
    visits = await asking.work.visits.of_account(sighting.id, scope, 1)
    met = day(visits[0].at, asking.zone, asking.reading) if visits else label("not visited yet")
    city = account.city if account else ""
    return " · ".join(filter(None, (city, met, f"#{sighting.id}")))
