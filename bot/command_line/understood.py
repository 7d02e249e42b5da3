"""What was understood, as plain JSON."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.command_line.requests import Request
from services.times import instant
from services.understanding.amounts import read_amount
from services.understanding.facts import Amount, Facts, Intent, Moment, Period, Question
from services.understanding.messages import understand
from services.understanding.plain import plain
from services.understanding.reading import read_period, read_time

Json = Any
NAMES = {"happened": "happened_at", "follow_up": "follow_up_at", "stage": "deal_stage"}
"""Facts that are called otherwise here."""


def value(request: Request) -> Json:
    """What a text says, or None where it says nothing of the kind."""
    return _read(request)[0]


def explained(request: Request) -> dict[str, Json]:
    """What a text says, how it was read, from which words, and what else it may mean."""
    found, evidence, others = _read(request)
    return {
        "text": request.text,
        "kind": request.kind,
        "lang": request.scene.language,
        "now": _instant(request.scene.now, request.scene.zone),
        "tz": request.scene.zone.key,
        "value": found,
        "evidence": evidence,
        "others": others,
    }


def _read(request: Request) -> tuple[Json, Mapping[str, str], Json]:
    """The value, the words that each fact was read from, and the other readings."""
    zone = request.scene.zone
    match request.kind:
        case "message":
            facts = understand(request.text, request.scene, request.vocabulary)
            evidence = {NAMES.get(name, name): words for name, words in facts.evidence.items()}
            return _facts(facts, zone), evidence, _other_moments(facts, zone)
        case "period":
            period = read_period(plain(request.text), request.scene)
            return _whole(request, period and _period(period, zone))
        case "amount":
            amount = read_amount(plain(request.text), request.scene)
            return _whole(request, amount and _number(amount.value), _highest(amount))
        case kind:
            write = WAYS[kind]
            moment = read_time(plain(request.text), request.scene, instant=kind == "instant")
            others = [write(each, zone) for each in moment.others] if moment else []
            return _whole(request, moment and write(moment, zone), others)


def _whole(
    request: Request, found: Json, others: Json = None
) -> tuple[Json, dict[str, str], Json]:
    """A reading that takes all of the text, or nothing."""
    return found, {} if found is None else {"value": request.text}, others or []


def _day(moment: Moment, _zone: ZoneInfo) -> str:
    return moment.local.date().isoformat()


def _point(moment: Moment, zone: ZoneInfo) -> str:
    return _instant(moment.at, zone)


def _time(moment: Moment, zone: ZoneInfo) -> str:
    return _point(moment, zone) if isinstance(moment.value, datetime) else _day(moment, zone)


WAYS: Mapping[str, Callable[[Moment, ZoneInfo], str]] = {
    "time": _time,
    "date": _day,
    "instant": _point,
}


def _instant(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def _period(period: Period, zone: ZoneInfo) -> list[str]:
    return [_border(period.start, zone), _border(period.end, zone)]


def _border(border: date, zone: ZoneInfo) -> str:
    """A day, or the instant of a wall time."""
    if not isinstance(border, datetime):
        return border.isoformat()
    return _instant(border if border.tzinfo else instant(border, zone)[0], zone)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _highest(amount: Amount | None) -> list[int | float]:
    return [_number(amount.highest)] if amount and amount.highest is not None else []


def _facts(facts: Facts, zone: ZoneInfo) -> dict[str, Json]:
    note = facts.intent is Intent.SMALL_TALK
    happened = facts.happened and _time(facts.happened, zone)
    return {
        "intent": str(Intent.NOTE if note else facts.intent),
        "activity": facts.activity and str(facts.activity),
        "account": facts.account and facts.account.best,
        "contacts": [each.best for each in facts.contacts],
        "outcome": facts.outcome and str(facts.outcome),
        "note": facts.note or facts.next_step or None,
        "happened_at": happened,
        "event_date": facts.happened and _day(facts.happened, zone),
        "follow_up_at": facts.follow_up and _time(facts.follow_up, zone),
        "next_step": facts.next_step or None,
        "deal_stage": facts.stage,
        "amount": facts.amount and _number(facts.amount.value),
        "currency": (facts.amount and facts.amount.currency) or None,
        "product": facts.product or None,
        "competitor": facts.competitor or None,
        "question": facts.question and _question(facts.question, zone),
        "sure": facts.sure,
    }


def _question(question: Question, zone: ZoneInfo) -> dict[str, Json]:
    return {
        "topic": str(question.topic),
        "subject": question.subject or None,
        "period": question.period and _period(question.period, zone),
    }


def _other_moments(facts: Facts, zone: ZoneInfo) -> dict[str, list[str]]:
    said = {"happened_at": facts.happened, "follow_up_at": facts.follow_up}
    return {
        name: [_time(each, zone) for each in moment.others]
        for name, moment in said.items()
        if moment and moment.others
    }
