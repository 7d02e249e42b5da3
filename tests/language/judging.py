"""Whether what was understood is what was meant."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

Case = Mapping[str, Any]
OK, MISSED, WRONG, SPURIOUS = "ok", "missed", "wrong", "spurious"
CLOSE = 1e-6
PLAIN_FIELDS = ("intent", "outcome", "deal_stage")


def judged_phrase(case: Case, found: Any) -> str:
    """Whether a phrase was read as an accepted value, not at all, or as something else."""
    if found is None:
        return MISSED
    accepted = [case["expected"], *case.get("accept", [])]
    right: Callable[[Any], bool]
    match case["kind"]:
        case "amount":
            right = lambda wanted: _near(found, wanted)  # noqa: E731 - one line for each kind
        case "period":
            right = lambda wanted: _local(found, case) == _local(wanted, case)  # noqa: E731
        case "instant" if "T" not in found:
            return WRONG
        case _:
            right = lambda wanted: _point(found, case) == _point(wanted, case)  # noqa: E731
    if "accept_range" in case:
        first, last = (_point(each, case) for each in case["accept_range"])
        if first <= _point(found, case) <= last:
            return OK
    return OK if any(right(wanted) for wanted in accepted) else WRONG


def judged_message(case: Case, found: Mapping[str, Any]) -> dict[str, str]:
    """How each field of a message was understood."""
    wanted = case["expected"]
    judged = {name: _chosen(wanted, found, name) for name in PLAIN_FIELDS}
    judged["account"] = _account(wanted, found)
    judged["contacts"] = _contacts(wanted, found)
    judged["note"] = _note(wanted, found)
    judged["follow_up_at"] = _follow_up(case, found.get("follow_up_at"))
    judged["amount"] = _amount(wanted, found.get("amount"))
    if "event_date" in wanted:
        said = found.get("event_date")
        judged["event_date"] = _verdict(said, wanted["event_date"], said == wanted["event_date"])
    if wanted["currency"]:
        said = found.get("currency")
        judged["currency"] = _verdict(said, wanted["currency"], said == wanted["currency"])
    return judged


def _verdict(found: Any, wanted: Any, right: bool) -> str:
    if right:
        return OK
    if found in (None, "", []):
        return MISSED
    return SPURIOUS if wanted in (None, "", []) else WRONG


def _chosen(wanted: Mapping[str, Any], found: Mapping[str, Any], name: str) -> str:
    said = found.get(name)
    accepted = (wanted[name], *wanted.get(f"{name}_accept", []))
    return _verdict(said, wanted[name], said in accepted)


def _account(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    accepted = [_folded(each) for each in (wanted["account"], *wanted.get("account_accept", []))]
    said = _folded(found.get("account"))
    return _verdict(said, "".join(accepted), said in accepted)


def _contacts(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """All who are expected were found, and nobody else but those who may be."""
    said = [_folded(each) for each in found.get("contacts") or []]
    due = [_folded(each) for each in wanted["contacts"]]
    accepted = [_folded(each) for each in wanted.get("contacts_accept", [])]
    if any(not _among(each, (*due, *accepted)) for each in said):
        return WRONG if due else SPURIOUS
    if not said and wanted.get("contacts_optional"):
        return OK
    there = all(any(_of(who, name) or name in accepted for name in said) for who in due)
    return OK if there else MISSED


def _among(name: str, names: Iterable[str]) -> bool:
    return any(name in each or each in name for each in names)


def _of(who: str, name: str) -> bool:
    return who in name or (len(name) > 1 and name in who)


def _note(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    due = wanted["note_contains"]
    note = _folded(found.get("note"))
    return OK if not due or any(_folded(each) in note for each in due) else MISSED


def _follow_up(case: Case, found: str | None) -> str:
    wanted = case["expected"]
    due = wanted["follow_up_at"]
    accepted = [due, *wanted.get("follow_up_accept", [])]
    if found is None:
        right = None in accepted or bool(wanted.get("follow_up_optional"))
        return OK if right else MISSED
    same = any(each is not None and _same_time(found, each, case) for each in accepted)
    if not same and "follow_up_range" in wanted:
        first, last = wanted["follow_up_range"]
        exact = "T" not in first or "T" in found
        same = exact and _day(first, case) <= _day(found, case) <= _day(last, case)
        if "T" in first and same:
            same = _point(first, case) <= _point(found, case) <= _point(last, case)
    return _verdict(found, due or wanted.get("follow_up_range"), same)


def _same_time(found: str, wanted: str, case: Case) -> bool:
    """The same minute, or the same day where only a day is due."""
    if "T" not in wanted:
        return _day(found, case) == _day(wanted, case)
    return "T" in found and _point(found, case) == _point(wanted, case)


def _amount(wanted: Mapping[str, Any], found: float | None) -> str:
    accepted = [wanted["amount"], *wanted.get("amount_accept", [])]
    right = any(
        found is None if each is None else found is not None and _near(found, each)
        for each in accepted
    )
    return _verdict(found, wanted["amount"], right)


def _near(found: Any, wanted: float) -> bool:
    value = found[0] if isinstance(found, list) else found
    return abs(float(value) - wanted) <= CLOSE * max(1, abs(wanted))


def _point(value: str, case: Case) -> datetime | date:
    """A wall time to the minute; the day alone where a date is asked for."""
    at = _local([value], case)[0]
    return at.date() if case.get("kind") == "date" else at


def _day(value: str, case: Case) -> date:
    return _local([value], case)[0].date()


def _local(values: Sequence[str], case: Case) -> list[datetime]:
    return [_wall(each, ZoneInfo(case["tz"])) for each in values]


def _wall(value: str, zone: ZoneInfo) -> datetime:
    if "T" not in value:
        return datetime.combine(date.fromisoformat(value), time())
    at = datetime.fromisoformat(value)
    local = at.astimezone(zone) if at.tzinfo else at
    return local.replace(second=0, microsecond=0, tzinfo=None)


def _folded(text: str | None) -> str:
    """What counts of a name or note: no width, case, spaces or punctuation."""
    return re.sub(r"[\s.,，。、\"'’·]+", "", unicodedata.normalize("NFKC", text or "")).lower()
