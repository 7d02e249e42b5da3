"""Forms shown whole: what is filled in, what travels with them, and what comes back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.commands import Command
from bot.forms import Asking, InvalidAnswer
from bot.messages import Call, File, Input, Reply, Sheet, Way
from bot.runtime.drafts import FILES, NAME, with_files
from bot.runtime.sheets import WHOLE, kept, read_all, sheet
from handlers.settings import change_zone
from handlers.visits import log_visit
from services import accounts
from storage.models import Account, Deal, Person
from tests.services.conftest import Hire, hire, work
from tests.talk import MONDAY

__all__ = ["hire", "work"]


@pytest.fixture
async def asking(work: object, hire: Hire) -> Asking:
    return Asking(work, await hire("Ana"), MONDAY)  # type: ignore[arg-type]


@pytest.fixture
async def acme(asking: Asking) -> Account:
    return await accounts.create(asking.work, asking.person, "Acme")


def of(reply: Reply) -> Sheet:
    (found,) = reply.blocks
    assert isinstance(found, Sheet)
    return found


async def shown(
    asking: Asking,
    answers: Mapping[str, str],
    command: Command[Any] = log_visit,
    **more: Any,
) -> Sheet:
    return of(await sheet(command, answers, {}, asking, **more))


def inputs(shown: Sheet) -> dict[str, Input]:
    return {each.name: each for each in shown.inputs}


def submission(shown: Sheet) -> Mapping[str, str]:
    assert isinstance(shown.then, Call)
    return shown.then.answers


def left_as_it_is(shown: Sheet) -> dict[str, str]:
    """What a window sends back of a form that nobody touched."""
    return {
        each.name: each.stored if each.way is Way.MOMENT else each.value for each in shown.inputs
    }


async def test_what_is_seldom_asked_is_shown_where_something_is_known_of_it(
    asking: Asking, acme: Account
) -> None:
    few = inputs(await shown(asking, {}))
    assert few["account"].required
    assert {"competitor", "deal", "stage", "amount"}.isdisjoint(few)
    more = inputs(await shown(asking, {"account": str(acme.id), "stage": "proposal"}))
    assert {*more} - {*few} == {"stage"}
    wrong = await sheet(log_visit, {}, {"amount": InvalidAnswer("Too much.")}, asking)
    assert inputs(of(wrong))["amount"].error == "Too much."
    everything = await shown(asking, {}, whole=True)
    assert [each.name for each in everything.inputs] == [
        question.name for question in log_visit.form.questions
    ]


async def test_each_answer_is_filled_in_as_its_window_knows_it(
    asking: Asking, acme: Account
) -> None:
    answers = {
        "account": str(acme.id),
        "at": "2026-03-02T01:30:59+00:00",
        "outcome": "positive",
        "note": "two\nlines",
        "follow_up": "2026-03-09",
    }
    found = inputs(await shown(asking, answers, focus="note"))
    assert (found["account"].way, found["account"].value) == (Way.SUGGESTED, "Acme")
    assert found["account"].stored == str(acme.id)
    assert (found["at"].way, found["at"].stored) == (Way.MOMENT, "2026-03-02 09:30")
    assert found["follow_up"].stored == "2026-03-09"
    assert (found["outcome"].way, found["outcome"].stored) == (Way.TEXT, "positive")
    assert found["outcome"].options
    assert (found["note"].value, found["note"].stored) == ("two\nlines", "")
    assert [each.name for each in found.values() if each.focus] == ["note"]
    assert inputs(await shown(asking, {"account": "+Bolt"}))["account"].stored == "+Bolt"


async def test_files_may_be_added_where_they_are_kept_and_it_can_be_shown_anew(
    asking: Asking, acme: Account
) -> None:
    answers = {"account": str(acme.id), NAME: "draft", "!": "review", "!do": "at", "?": "?"}
    found = await shown(asking, with_files(answers, [File("a.jpg", "image/jpeg", "ref")]))
    assert found.files
    again = found.again
    assert isinstance(again, Call)
    assert again.command == "visit"
    assert {*again.answers} == {"account", NAME, "!", "?", FILES}
    other = await shown(asking, {}, command=change_zone)
    assert not other.files


async def test_what_no_question_asks_travels_with_the_form(asking: Asking) -> None:
    photo = File("a.jpg", "image/jpeg", "ref")
    found = await shown(asking, with_files({NAME: "draft", "!": "review", "note": "x"}, [photo]))
    travelled = kept(log_visit, submission(found))
    assert travelled == with_files({NAME: "draft", "!": "review"}, [photo])
    assert submission(found)["command"] == "visit"


async def test_a_doubt_stands_at_its_question(asking: Asking) -> None:
    doubt = {"?at": InvalidAnswer("Which day is it?").dump(), "?amount": "never"}
    answers = doubt | {"amount": "100 CNY"}
    found = await shown(asking, answers)
    assert inputs(found)["at"].error == "Which day is it?"
    assert inputs(found)["amount"].error == ""
    assert kept(log_visit, submission(found)) == {}


async def test_an_account_that_has_gone_is_said_at_its_question(
    asking: Asking, hire: Hire
) -> None:
    theirs = await accounts.create(asking.work, await hire("Bo", unit="West"), "Bolt")
    found = inputs(await shown(asking, {"account": str(theirs.id), "note": "kept"}))
    assert "gone" in found["account"].error
    assert (found["account"].value, found["account"].stored) == ("", "")
    assert found["note"].value == "kept"


async def test_what_was_left_as_it_was_shown_is_kept_as_it_was(
    asking: Asking, acme: Account
) -> None:
    asking = replace(asking, person=_in_berlin(asking.person), now=MONDAY + timedelta(days=300))
    answers = {
        "account": str(acme.id),
        "at": "2026-10-25T01:30:07+00:00",  # half past two, for the second time that night
        "contact": "Wang and Sons\n李维",
        "note": " a\r\nb",
        "amount": "1234567 CNY",
        "deal": "+Scanner (new)",
    }
    found = await shown(asking, answers)
    assert inputs(found)["at"].stored == "2026-10-25 02:30"
    typed = left_as_it_is(found)
    back, errors = await read_all(log_visit, typed, asking, before=submission(found))
    assert (back, errors) == (answers, {})
    changed = typed | {"at": "2026-10-25 02:31", "deal": "Scanner"}
    back, errors = await read_all(log_visit, changed, asking, before=submission(found))
    assert (back["at"], errors) == ("2026-10-25T02:31:00+02:00", {})
    assert back["deal"] == "+Scanner"


def _in_berlin(person: Person) -> Person:
    person.zone = "Europe/Berlin"
    return person


async def test_what_was_picked_is_judged_afresh_and_makes_nothing(
    asking: Asking, acme: Account, hire: Hire
) -> None:
    theirs = await accounts.create(asking.work, await hire("Bo", unit="West"), "Bolt")
    for picked, says in (
        (str(theirs.id), "gone"), ("+Bolt", "belongs to Bo"), ("nonsense", "no longer works"),
    ):  # fmt: skip
        back, errors = await read_all(log_visit, {}, asking, {"account": picked})
        assert (back, [*errors]) == ({}, ["account"])
        assert says in errors["account"].message
    for picked, stored in ((str(acme.id), str(acme.id)), ("+Crane", "+Crane")):
        back, errors = await read_all(
            log_visit, {"note": "x"}, asking, {"account": picked, "outcome": "positive"}
        )
        assert (back, errors) == ({"account": stored, "outcome": "positive", "note": "x"}, {})
    assert not (await accounts.search(asking.work, asking.person, "Crane", 5)).accounts
    _back, errors = await read_all(log_visit, {}, asking, {"account": "+X", "outcome": "blue"})
    assert [*errors] == ["outcome"]


async def test_a_mistake_comes_back_with_what_was_picked_and_typed(
    asking: Asking, acme: Account
) -> None:
    typed = {"at": "2027-01-01", "note": "x", "follow_up": "someday"}
    back, errors = await read_all(log_visit, typed, asking, {"account": str(acme.id)})
    assert {*errors} == {"at", "follow_up"}
    found = inputs(of(await sheet(log_visit, back, errors, asking, typed)))
    assert (found["account"].value, found["account"].stored) == ("Acme", str(acme.id))
    assert (found["at"].stored, found["note"].value) == ("2027-01-01", "x")
    assert "ahead" in found["at"].error
    assert (found["follow_up"].stored, found["follow_up"].value) == ("", "someday")


async def test_a_deal_of_another_customer_is_not_kept(asking: Asking, acme: Account) -> None:
    other = await accounts.create(asking.work, asking.person, "Bolt")
    me = asking.person
    scanner = Deal(
        account_id=acme.id, owner_id=me.id, unit_id=me.unit_id, name="Scanner", stage="proposal",
        amount=100, currency="CNY", created_at=MONDAY,
    )  # fmt: skip
    await asking.work.deals.add(scanner)
    found = await shown(asking, {"account": str(acme.id), "deal": str(scanner.id)})
    for account, expected in (("Acme", str(scanner.id)), ("Bolt", "+Scanner")):
        typed = left_as_it_is(found) | {"account": account}
        back, errors = await read_all(log_visit, typed, asking, before=submission(found))
        assert (back["deal"], errors) == (expected, {})
    assert back["account"] == str(other.id)


NEW = "+" + json.dumps(
    {"name": "Nova Labs", "city": "Hangzhou", "tier": "A", "alias": "A" * 60}, ensure_ascii=False
)


async def test_what_is_too_long_to_be_picked_stands_for_itself(asking: Asking) -> None:
    found = await shown(asking, {"account": NEW})
    account = inputs(found)["account"]
    assert (account.value, account.stored) == ("Nova Labs (new)", "=")
    for stored, kept_as in (("=", NEW), ("+Crane", "+Crane")):
        back, errors = await read_all(
            log_visit, {}, asking, {"account": stored}, submission(found)
        )
        assert (back["account"], errors) == (kept_as, {})
    _back, errors = await read_all(log_visit, {}, asking, {"account": "="}, {})
    assert "no longer works" in errors["account"].message


async def test_another_pick_may_stand_for_an_answer(asking: Asking) -> None:
    found = await shown(asking, {"account": NEW}, picks={"account": "=abc"})
    assert inputs(found)["account"].stored == "=abc"
    assert {each.stored for each in found.inputs if each.name != "account"} == {""}
    back, _errors = await read_all(log_visit, {}, asking, {"account": "=abc"}, submission(found))
    assert back["account"] == NEW


async def test_what_is_seldom_asked_stays_where_it_was_asked_or_typed(asking: Asking) -> None:
    found = await shown(asking, {}, whole=True)
    assert WHOLE in submission(found)
    assert WHOLE not in kept(log_visit, submission(found))
    assert WHOLE not in submission(await shown(asking, {}))
    few = inputs(await shown(asking, {}, typed={"amount": "a lot"}))
    assert few["amount"].value == "a lot"
    assert "stage" not in few
