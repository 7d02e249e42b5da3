"""What common changes mean: not that a column changed, but that somebody has left."""

from collections.abc import Iterator, Sequence

from bot.markdown import Markdown
from bot.phrases import _, counted, shortened
from bot.words import ROLES
from services.audit import Known, Row
from storage.models import ClaimState, Role

LONGEST = 80


def sense(known: Known, rows: Sequence[Row], count: int) -> Markdown | None:
    """What was done to rows of a table, if it has a plain meaning; ``count`` are they in all."""
    if not rows:
        return None
    if rows[0].noun == "accounts":
        return _of_accounts(known, rows, count)
    if count > 1:
        return None
    match rows[0].noun:
        case "people":
            return next(_of_person(known, rows[0]), None)
        case "claims":
            return _of_claim(known, rows[0])
        case "invites" if rows[0].before is None and rows[0].after:
            return _("{name} invited", name=shortened(rows[0].after["name"], LONGEST))
        case _:
            return None


COMES_IN = frozenset({"people", "identities", "invites"})
"""What is written when somebody comes in by an invitation."""


def joined(known: Known, rows: Sequence[Row]) -> Markdown | None:
    """Who came in by an invitation, as what and where; nothing when nobody new did."""
    by_noun = {row.noun: row for row in rows}
    if not by_noun.keys() >= COMES_IN:
        return None
    person, used = by_noun["people"], by_noun["invites"].after or {}
    is_whole = person.after and {"role", "unit_id"} <= person.after.keys()
    if person.before or not person.after or not is_whole or "used_at" not in used:
        return None
    return _(
        "{name} joined as {role}, {unit}",
        name=_name(known, "people", person.key),
        role=_(ROLES[Role(person.after["role"])]),
        unit=_name(known, "units", person.after["unit_id"]),
    )


def _of_accounts(known: Known, rows: Sequence[Row], count: int) -> Markdown | None:
    """Accounts that all went to one person, or with theirs to one unit; nothing else changed."""
    after = [row.after or {} for row in rows if row.before]
    takers, places = ({each.get(name) for each in after} for name in ("owner_id", "unit_id"))
    if len(after) < len(rows) or any(each.keys() - {"owner_id", "unit_id"} for each in after):
        return None
    if len(takers) == 1 and None not in takers:
        return _handed_over(known, rows[0], count, _name(known, "people", takers.pop()))
    if takers == {None} and len(places) == 1:
        unit = _name(known, "units", places.pop())
        return counted(
            "{count} customer moved to {unit}",
            "{count} customers moved to {unit}",
            count,
            unit=unit,
        )
    return None


def _handed_over(known: Known, row: Row, count: int, taker: str) -> Markdown:
    if count == 1:
        account = _name(known, "accounts", row.key)
        return _("{account} handed over to {name}", account=account, name=taker)
    return counted(
        "{count} customer handed over to {name}",
        "{count} customers handed over to {name}",
        count,
        name=taker,
    )


def _of_person(known: Known, row: Row) -> Iterator[Markdown]:
    """That somebody left, came back, has another role or unit; the first counts most."""
    if not (row.before and row.after):
        return
    name = _name(known, "people", row.key)
    if row.after.get("active") is False:
        yield _("{name} has left", name=name)
    if row.after.get("active") is True:
        yield _("{name} came back", name=name)
    if role := row.after.get("role"):
        yield _("{name} is {role} now", name=name, role=_(ROLES[Role(role)]))
    if unit := row.after.get("unit_id"):
        yield _("{name} moved to {unit}", name=name, unit=_name(known, "units", unit))


def _of_claim(known: Known, row: Row) -> Markdown | None:
    """That an account was claimed, or what became of it."""
    values = {**(row.before or {}), **(row.after or {})}
    account = _name(known, "accounts", known.account_of("claims", row.key, values))
    if row.before is None and row.after:
        claimant = _name(known, "people", row.after["claimant_id"])
        return _("{account} claimed by {name}", account=account, name=claimant)
    match (row.after or {}).get("state"):
        case ClaimState.GRANTED:
            return _("claim to {account} granted", account=account)
        case ClaimState.REFUSED:
            return _("claim to {account} refused", account=account)
        case ClaimState.WITHDRAWN:
            return _("claim to {account} taken back", account=account)
        case _:
            return None


def _name(known: Known, noun: str, number: int | None) -> str:
    return shortened(known.name(noun, number), LONGEST)
