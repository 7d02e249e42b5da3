"""How a change of the company itself is named where it is taken back."""

from collections.abc import Mapping, Sequence

from bot.commands import Context
from bot.phrases import _, counted, shortened
from storage.models import Group, Invite, Person, Unit
from storage.models.journal import Entry

NAMED = 60
COMPANY = frozenset({"units", "people", "groups", "memberships", "invites", "identities"})
WITH_PEOPLE = frozenset({"accounts", "deals", "reminders"})
"""What goes along when somebody moves."""


async def of_company(context: Context, entries: Sequence[Entry]) -> str:
    """A change of units, people, groups or invitations in words; nothing when it is no such."""
    nouns = {entry.noun for entry in entries}
    if not nouns & COMPANY or nouns - COMPANY - WITH_PEOPLE:
        return ""
    by_noun = {entry.noun: entry for entry in reversed(entries)}
    if person := by_noun.get("people"):
        return await _person(context, person)
    if nouns & WITH_PEOPLE:
        return ""
    if group := by_noun.get("groups"):
        return _("group *{name}*", name=await _name(context, group))
    if membership := by_noun.get("memberships"):
        number = int((membership.after or membership.before or {})["group_id"])
        group_row = await context.work.org.group(number)
        return _("who is in *{group}*", group=group_row.name if group_row else "?")
    if unit := by_noun.get("units"):
        return _("unit *{name}*", name=await _name(context, unit))
    if given := [each for each in entries if each.noun == "invites" and each.before is None][1:]:
        count = len(given) + 1
        return counted("{count} invitation", "{count} invitations", count)
    if invite := by_noun.get("invites"):
        return await _invite(context, invite)
    return ""


async def so_again(context: Context, entries: Sequence[Entry]) -> str:
    """What is so again for somebody who had left or moved; nothing where it was another change."""
    if {entry.noun for entry in entries} - COMPANY - WITH_PEOPLE:
        return ""
    entry = next((each for each in entries if each.noun == "people"), None)
    if entry is None or entry.before is None or entry.after is None:
        return ""
    name = await _name(context, entry)
    if entry.after.get("active") is False:
        return _("{name} is back in.", name=name)
    if "unit_id" in entry.after and not {"active", "role"} & entry.after.keys():
        unit = await context.work.people.unit(int(entry.before["unit_id"]))
        return _("{name} is back in {unit}.", name=name, unit=shortened(unit.name, NAMED))
    return ""


async def _person(context: Context, entry: Entry) -> str:
    """What was done about somebody; nothing where it was their own settings."""
    changed: Mapping[str, object] = entry.after or {}
    if entry.before is None or entry.after is None:
        return ""
    name = await _name(context, entry)
    if "active" in changed:
        back = changed["active"]
        return (
            _("that {name} is back", name=name) if back else _("that {name} has left", name=name)
        )
    if "role" in changed:
        return _("{name}'s role", name=name)
    return _("the move of {name}", name=name) if "unit_id" in changed else ""


async def _invite(context: Context, entry: Entry) -> str:
    name = await _name(context, entry)
    if entry.before is None:
        return _("the invitation for {name}", name=name)
    return _("taking back the invitation for {name}", name=name)


async def _name(context: Context, entry: Entry) -> str:
    """What a row is called, as it was called then where that was changed."""
    named = (entry.after or entry.before or {}).get("name")
    if named is None:
        row = await context.work.history.row(entry)
        named = row.name if isinstance(row, (Group, Invite, Person, Unit)) else "?"
    return shortened(str(named), NAMED)
