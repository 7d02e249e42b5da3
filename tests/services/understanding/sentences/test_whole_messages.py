"""Whole messages as reps write them, with every fact that each of them says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from services.understanding.facts import Facts, Intent
from tests.services.understanding.sentences.telling import told

MESSAGES = [
    json.loads(line)
    for line in Path(__file__).with_name("messages.jsonl").read_text(encoding="utf-8").splitlines()
]
NOISE = re.compile(r"[\s.,，。、\"'’·]+")


def folded(text: str | None) -> str:
    return NOISE.sub("", text or "").lower()


def overlaps(one: str, others: list[str]) -> bool:
    return any(one in other or other in one for other in others)


def due(facts: Facts) -> str | None:
    return facts.follow_up.local.isoformat(timespec="minutes") if facts.follow_up else None


def is_due(found: str | None, accepted: list[str | None]) -> bool:
    return any(
        found == each or (found and each and "T" not in each and found[:10] == each)
        for each in accepted
    )


@pytest.mark.parametrize("case", MESSAGES, ids=lambda case: case["text"][:40])
def test_every_fact(case: dict[str, Any]) -> None:
    facts = told(case["text"])
    intent = Intent.NOTE if facts.intent is Intent.SMALL_TALK else facts.intent
    assert intent in case["intent"]
    assert folded(facts.account.best if facts.account else "") in map(folded, case["account"])
    found, wanted = (
        [folded(each.text) for each in facts.contacts],
        [*map(folded, case["contacts"])],
    )
    assert all(overlaps(each, found) for each in wanted)
    assert all(overlaps(each, wanted) for each in found)
    assert facts.outcome in case["outcome"]
    assert is_due(due(facts), case["follow_up"])
    assert facts.stage in case["stage"]
    assert (facts.amount and float(facts.amount.value)) in case["amount"]
    assert all(folded(each) in folded(facts.note) for each in case["note"])
