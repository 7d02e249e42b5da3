"""Forms shown whole: what is picked rather than typed, and what comes with them."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.messages import File, Input, Sheet, Submission, Token, Way
from tests.dialogs.helpers import attachments, contacts, move_account, visits
from tests.talk import EVERYTHING, PHOTO, Company, Phone, Someone


@pytest.fixture
def phone() -> Phone:
    return Phone(renders=EVERYTHING)


def sheet(someone: Someone) -> Sheet:
    return next(each for each in someone.last.reply.blocks if isinstance(each, Sheet))


def inputs(someone: Someone) -> dict[str, Input]:
    return {each.name: each for each in sheet(someone).inputs}


async def send(someone: Someone, chosen: Mapping[str, str], *files: File, **typed: str) -> None:
    """Send back the form on the screen, as a window does that offers what can be picked."""
    then = sheet(someone).then
    assert isinstance(then, Token)
    now = someone.company.now
    form = Submission(
        someone.sender, someone.place, then.value, typed, now, chosen=chosen, files=files
    )
    await someone.company.happen(replace(form, card=someone.last.ref))


async def test_a_new_customer_is_opened_when_the_form_is_saved(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit")
    await send(
        ana, {"account": "+Crane"}, at="2027-01-01 10:00", follow_up="2020-01-01", note="kept"
    )
    assert "ahead" in inputs(ana)["at"].error
    assert "past" in inputs(ana)["follow_up"].error
    assert (inputs(ana)["account"].value, inputs(ana)["account"].stored) == (
        "Crane (new)", "+Crane",
    )  # fmt: skip
    assert inputs(ana)["note"].value == "kept"
    await send(ana, {"account": "+Crane", "kind": "demo"}, at="2026-03-01 10:00", note="kept")
    ana.sees("Logged: Crane, yesterday 10:00.", "Kind: Demo", "Note: kept")
    assert len(await visits(company)) == 1
    await ana.presses("Undo")
    await ana.says("/account Crane")
    ana.sees("I don't know an account called “Crane”")


async def test_what_was_opened_meanwhile_is_not_opened_twice(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit")
    account = await company.open_account(ana, "Crane")
    await send(ana, {"account": "+crane"})
    ana.sees("Logged: Crane")
    assert [each.account_id for each in await visits(company)] == [account.id]


async def test_what_became_anothers_is_refused_at_its_question(
    company: Company, ana: Someone, bo: Someone
) -> None:
    account = await company.open_account(ana, "Acme")
    await ana.says("/visit")
    await move_account(company, account.id, bo)
    for picked, says in ((str(account.id), "gone"), ("+Acme", "belongs to Bo")):
        await send(ana, {"account": picked}, note="kept")
        assert says in inputs(ana)["account"].error
        assert inputs(ana)["note"].value == "kept"
    assert await visits(company) == []


async def test_photos_and_whom_one_met_come_along(company: Company, ana: Someone) -> None:
    account = await company.open_account(ana, "Acme")
    await ana.says("/visit")
    assert sheet(ana).files
    await send(
        ana, {"account": str(account.id)}, PHOTO, contact="Li Wei, Dr Wang", at="2027-01-01",
        follow_up="2020-01-01",
    )  # fmt: skip
    assert inputs(ana)["contact"].value == "Li Wei, Dr Wang"
    await send(ana, {"account": str(account.id)}, contact="Li Wei, Dr Wang", at="2026-03-01")
    ana.sees("Logged: Acme, yesterday.", "1 photo or file kept.", "Contact: Li Wei, Dr Wang")
    assert [each.ref for each in await attachments(company)] == [PHOTO.ref]
    assert len(await contacts(company)) == 2


async def test_a_day_and_an_hour_are_picked_in_ones_own_zone(
    company: Company, ana: Someone
) -> None:
    account = await company.open_account(ana, "Acme")
    await company.open_account(ana, "Acme Trading")
    await ana.says("/account Acme")
    await ana.presses("Log a visit")
    found = inputs(ana)
    assert (found["account"].way, found["account"].stored) == (Way.SUGGESTED, str(account.id))
    assert (found["at"].way, found["at"].stored) == (Way.MOMENT, "")
    await send(ana, {"account": found["account"].stored}, at="2026-03-02 09:15")
    ana.sees("Logged: Acme, today 09:15.")
    [visit] = await visits(company)
    assert f"{visit.at:%H:%M}" == "01:15"
    assert not visit.all_day
