"""What the journal holds, in a person's words: tables, columns and values."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.commands import Context
from bot.markdown import Markdown, join
from bot.phrases import LANGUAGES, _, dated, marked, money, shortened
from bot.words import ACTIVITIES, LIFECYCLES, OUTCOMES, ROLES, STAGES, VERDICTS
from handlers.journal_sense import COMES_IN, joined, sense
from services.audit import TARGETS, Deed, Known
from services.times import wall
from storage.audit import Sum
from storage.journal import read_notes

LONGEST = 80
BRIEF = 2
"""How many columns of a changed row a list tells."""
TABLES = {
    "accounts": marked("account"),
    "account_keys": marked("way to write a name"),
    "attachments": marked("attachment"),
    "attendees": marked("person who was met"),
    "claims": marked("claim"),
    "contacts": marked("contact"),
    "deals": marked("deal"),
    "erasures": marked("erasure"),
    "groups": marked("group"),
    "identities": marked("connection to a platform"),
    "invites": marked("invitation"),
    "leaves": marked("leave"),
    "memberships": marked("membership of a group"),
    "people": marked("person"),
    "reminders": marked("to-do"),
    "retentions": marked("time to keep things"),
    "units": marked("unit"),
    "visits": marked("visit"),
}
COLUMNS = {
    "account_id": marked("Account"),
    "active": marked("In the company"),
    "all_day": marked("Whole day"),
    "amount": marked("Amount"),
    "at": marked("When"),
    "city": marked("City"),
    "claimant_id": marked("Claimed by"),
    "closed_at": marked("Closed at"),
    "closes_on": marked("Closes on"),
    "code": marked("Number"),
    "competitor": marked("Competitor"),
    "contact_id": marked("Contact"),
    "created_at": marked("Created at"),
    "currency": marked("Currency"),
    "days": marked("Days"),
    "decided_at": marked("Decided at"),
    "decided_by_id": marked("Decided by"),
    "deputy_id": marked("Deputy"),
    "distance": marked("Distance in metres"),
    "done_at": marked("Done at"),
    "due_at": marked("Due at"),
    "ends_on": marked("Last day"),
    "expires_at": marked("Valid until"),
    "group_id": marked("Group"),
    "invited_by_id": marked("Invited by"),
    "key": marked("Written as"),
    "kind": marked("Kind"),
    "language": marked("Language"),
    "latitude": marked("Latitude"),
    "lifecycle": marked("Customer status"),
    "longitude": marked("Longitude"),
    "name": marked("Name"),
    "next_step": marked("What is next"),
    "note": marked("Note"),
    "outcome": marked("Outcome"),
    "owner_id": marked("Owner"),
    "parent_id": marked("Part of"),
    "person_id": marked("Person"),
    "phone": marked("Phone"),
    "platform": marked("Platform"),
    "product": marked("Product"),
    "quiet_from": marked("Quiet from"),
    "quiet_to": marked("Quiet until"),
    "reachable": marked("Reachable"),
    "reason": marked("Reason"),
    "rep_id": marked("Who was there"),
    "role": marked("Role"),
    "rule": marked("Repeats"),
    "save_at_once": marked("Saved at once"),
    "stage": marked("Stage"),
    "starts_on": marked("First day"),
    "state": marked("State of the claim"),
    "tax_number": marked("Tax number"),
    "text": marked("To do"),
    "tier": marked("Tier"),
    "title": marked("Job title"),
    "unit_id": marked("Unit"),
    "used_at": marked("Used at"),
    "verdict": marked("Location"),
    "visit_id": marked("Visit"),
    "zone": marked("Time zone"),
}
OF_ACCOUNTS = {**COLUMNS, "name": marked("Customer name")}
HIDDEN = {"id", "path", "code_hash", "phone_digits", "sound", "bot", "chat", "external_id", "ref",
          "mime", "of", "number", "erased_at", "erased_by_id", "evidence", "counts",
          "emptied"}  # fmt: skip
"""What tells a person nothing, or is nobody's business."""
CLAIMS = {
    "open": marked("open"),
    "granted": marked("granted"),
    "refused": marked("refused"),
    "withdrawn": marked("withdrawn"),
}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "role": {int(role): word for role, word in ROLES.items()},
    "stage": STAGES,
    "outcome": OUTCOMES,
    "lifecycle": LIFECYCLES,
    "verdict": VERDICTS,
    "state": CLAIMS,
}
SOURCES = {"terminal": marked("at a terminal"), "clock": marked("by the clock")}
NOTHING = "–"


def source(name: str) -> str:
    """Where something was done from."""
    return _(SOURCES[name]) if name in SOURCES else name.capitalize()


def did(row: Any) -> str:
    """What was done to a row, and of which table."""
    noun = _(TABLES.get(row.noun, row.noun))
    if row.before is None and row.after is None:
        return _("{noun}, since erased", noun=noun)
    if row.before is None:
        return _("new {noun}", noun=noun)
    return _("{noun} deleted", noun=noun) if row.after is None else _("{noun} changed", noun=noun)


def named(words: str, name: str) -> Markdown:
    """What was done, and to what if that is known."""
    return _("{name}: {value}", name=words, value=name) if name else join("", [words])


def summed(one: Sum) -> Iterator[str]:
    """What was done to the rows of a table, counted."""
    noun = _(TABLES.get(one.noun, one.noun))
    said = (
        (one.made, _("new {noun}", noun=noun)),
        (one.altered, _("{noun} changed", noun=noun)),
        (one.deleted, _("{noun} deleted", noun=noun)),
        (one.emptied, _("{noun}, since erased", noun=noun)),
    )
    for count, words in said:
        if count:
            yield words if count == 1 else Markdown(f"{words} ×{count}")


def subject(known: Known, row: Any) -> str:
    """What a row is about, by name."""
    values = {**(row.before or {}), **(row.after or {})}
    if account := known.account_of(row.noun, row.key, values):
        return shortened(known.name("accounts", account), LONGEST)
    if named := values.get("name"):
        return shortened(str(named), LONGEST)
    if row.noun in known.names and row.key in known.names[row.noun]:
        return shortened(known.name(row.noun, row.key), LONGEST)
    return known.name("people", values.get("person_id"))


def columns(context: Context, known: Known, row: Any) -> Iterator[Markdown]:
    """Each column that a row got, lost or changed."""
    for name, was, now in differences(context, known, row):
        if row.before is not None and row.after is not None:
            yield _("{name}: {was} → {now}", name=name, was=was, now=now)
        else:
            yield _("{name}: {value}", name=name, value=was if row.after is None else now)


def differences(context: Context, known: Known, row: Any) -> Iterator[tuple[str, str, str]]:
    """The columns that tell something, each before and after."""
    before, after = row.before or {}, row.after or {}
    for column in {**before, **after}:
        was, now = before.get(column), after.get(column)
        if column not in HIDDEN and was != now and not (was in {None, ""} and now in {None, ""}):
            said = (value(context, known, row, column, each) for each in (was, now))
            words = OF_ACCOUNTS if row.noun == "accounts" else COLUMNS
            yield (_(words.get(column, column)), *said)  # type: ignore[misc]  # two of them


def value(context: Context, known: Known, row: Any, column: str, stored: Any) -> str:
    """A value as people read it."""
    if stored is None or stored == "":
        return NOTHING
    if column in TARGETS:
        return shortened(known.name(TARGETS[column], stored), LONGEST)
    if isinstance(stored, bool):
        return _("yes") if stored else _("no")
    if column == "amount":
        whole = {**(row.before or {}), **(row.after or {})}
        currency = whole.get("currency") or known.currencies.get(row.key)
        return money(stored, currency or context.defaults.currency)
    if column == "kind" and row.noun == "visits":
        return _(ACTIVITIES.get(stored, stored))
    if column in WORDS:
        return _(WORDS[column].get(stored, str(stored)))
    if column == "language":
        return LANGUAGES.get(stored, stored)
    return _time(context, column, stored)


def _time(context: Context, column: str, stored: Any) -> str:
    if column == "at" or column.endswith("_at"):
        return context.spelled(datetime.fromisoformat(stored))
    if column.endswith("_on"):
        today = wall(context.read_at or context.now, context.zone).date()
        return dated(date.fromisoformat(stored), today)
    text = stored[:5] if column.startswith("quiet_") else str(stored)
    return shortened(" ".join(text.split()), LONGEST)


def notes(deed: Deed) -> Iterator[Markdown]:
    """What was noted beside the rows, in the language being spoken."""
    for text, values in read_notes(deed.change.note):
        try:
            yield _(text, **{name: shortened(str(each), LONGEST) for name, each in values.items()})
        except (KeyError, IndexError, ValueError, AttributeError):  # it was not meant to be filled
            yield join("", [shortened(text, LONGEST)])


def briefly(context: Context, known: Known, deed: Deed) -> Iterator[Markdown]:
    """All that a change did, in a line or two; what is said several times, once."""
    for line, count in Counter(_briefly(context, known, deed)).items():
        yield line if count == 1 else Markdown(f"{line} ×{count}")


def _briefly(context: Context, known: Known, deed: Deed) -> Iterator[Markdown]:
    yield from notes(deed)
    if deed.change.undoes_id:
        yield _("took back change {number}", number=deed.change.undoes_id)
    told = {"account_keys"}
    if came := joined(known, deed.rows):
        yield came
        told |= COMES_IN
    telling = [each for each in deed.sums if each.noun not in told]
    if came and not telling:
        return
    for one in telling or deed.sums:
        rows = [row for row in deed.rows if row.noun == one.noun]
        if said := sense(known, rows, one.count):
            yield said
            continue
        about = {subject(known, row) for row in rows} - {""}
        name = about.pop() if len(about) == 1 else ""
        yield from (named(words, name) for words in summed(one))
        if len(deed.rows) == 1 and rows and rows[0].before and rows[0].after:
            yield from list(columns(context, known, rows[0]))[:BRIEF]
