"""A shared location finds the nearest customers, and one tap logs the visit."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.messages import Location
from storage.journal import Author
from storage.models import Account, Delivery, Entry, Role, StoredCall, Verdict, Visit
from storage.work import Work
from tests.dialogs.helpers import attachments, change, visits
from tests.talk import PHOTO, Company, Someone

HERE = (31.2304, 121.4737)
MEASURED = Location(*HERE, 12.0)
NEAR = 0.001
"""In degrees of latitude: 111 metres."""


async def place(company: Company, account: Account, north: float = 0.0) -> None:
    """Put an account on the map, so many degrees north of here."""
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "place"))
        found = await session.get_one(Account, account.id)
        found.latitude, found.longitude = HERE[0] + north, HERE[1]


@pytest.fixture
async def acme(company: Company, ana: Someone) -> Account:
    account = await company.open_account(ana, "Acme")
    await place(company, account, NEAR)
    return account


async def test_one_tap_logs_the_visit(company: Company, ana: Someone, acme: Account) -> None:
    await ana.says(location=MEASURED)
    ana.sees(
        "Where are you?", "I keep how near you are, not where.", "[Acme · 110 m · not visited yet]"
    )
    await ana.presses("Acme · 110 m · not visited yet")
    ana.sees("Logged: Acme, today 10:00.", "✓ on the spot · 110 m", "[Undo]")
    [visit] = await visits(company)
    assert (visit.verdict, visit.distance) == (Verdict.THERE, 110)


async def test_the_nearest_come_first_and_those_far_off_are_left_out(
    company: Company, ana: Someone, acme: Account
) -> None:
    for name, north in (("Bluebird", 0.02), ("Cactus", 0.0), ("Dune", 0.5)):
        await place(company, await company.open_account(ana, name), north)
    await ana.says(location=MEASURED)
    found = [each.label.split(" · ")[0] for each in ana.last.buttons]
    assert found == ["Cactus", "Acme", "Bluebird", "Another one"]


async def test_nothing_near_by_shows_the_nearest_three(company: Company, ana: Someone) -> None:
    for each in range(5):
        await place(company, await company.open_account(ana, f"Far {each}"), 1.0 + each)
    await ana.says(location=MEASURED)
    assert [each.label.split(" · ")[1] for each in ana.last.buttons[:-1]] == [
        "111 km",
        "222 km",
        "334 km",
    ]
    await ana.taps(ana.last.buttons[0], ana.last)
    ana.sees("⚠ not on the spot · 111 km")


async def test_other_people_s_customers_are_not_offered(
    company: Company, ana: Someone, bo: Someone, acme: Account
) -> None:
    await place(company, await company.open_account(bo, "Secret"), 0.0)
    await ana.says(location=MEASURED)
    assert "Secret" not in ana.last.text


@pytest.mark.parametrize(
    ("location", "said"),
    [
        (Location(*HERE, picked=True), "wasn't measured by your phone"),
        (Location(*HERE, 900.0), "isn't sure where it is"),
    ],
)
async def test_what_is_doubtful_is_marked_and_not_refused(
    company: Company, ana: Someone, acme: Account, location: Location, said: str
) -> None:
    await ana.says(location=location)
    ana.sees(said)
    await ana.presses("Acme · 110 m · not visited yet")
    ana.sees("Logged: Acme", "⚠")
    [visit] = await visits(company)
    assert visit.verdict == (Verdict.PICKED if location.picked else Verdict.VAGUE)
    rui = await company.hire("Rui", Role.MANAGER)
    await rui.says("/account Acme")
    rui.sees("Ana · ⚠")


async def test_an_old_location_is_marked(company: Company, ana: Someone, acme: Account) -> None:
    measured = company.now - timedelta(minutes=11)
    await ana.says(location=Location(*HERE, 12.0, measured_at=measured))
    ana.sees("older than ten minutes")
    await ana.presses("Acme · 110 m · not visited yet")
    ana.sees("⚠ location out of date")


async def test_nobody_is_in_two_cities_within_minutes(
    company: Company, ana: Someone, acme: Account
) -> None:
    await place(company, await company.open_account(ana, "Beijing Steel"), 8.7)
    await ana.says(location=MEASURED)
    await ana.presses("Acme · 110 m · not visited yet")
    company.after(minutes=30)
    there = Location(HERE[0] + 8.7, HERE[1], 12.0)
    await ana.says(location=there)
    ana.sees("far from your last check-in")
    await ana.presses("Beijing Steel · 0 m · not visited yet")
    ana.sees("⚠ too far from the last stop")
    company.after(hours=6)
    await ana.says(location=there)
    assert "far from your last check-in" not in ana.last.text


async def test_a_customer_without_a_place_learns_it_by_its_own_button(
    company: Company, ana: Someone
) -> None:
    account = await company.open_account(ana, "Bluebird")
    await ana.says(location=MEASURED)
    ana.sees("logs the visit and remembers the place for everyone who visits them.")
    await ana.presses("Bluebird is here: remember this place")
    ana.sees("Logged: Bluebird", "Remembered where Bluebird is.", "✓ place learnt there")
    async with company.database.read() as session:
        stored = await session.get_one(Account, account.id)
        assert (stored.latitude, stored.longitude) == HERE
    await ana.presses("Undo")
    ana.sees("Undone: visit to Bluebird")
    async with company.database.read() as session:
        assert (await session.get_one(Account, account.id)).latitude is None


async def test_logged_without_its_place_nothing_is_remembered(
    company: Company, ana: Someone
) -> None:
    account = await company.open_account(ana, "Bluebird")
    await ana.says(location=MEASURED)
    await ana.presses("Bluebird · not visited yet")
    [visit] = await visits(company)
    assert (visit.verdict, visit.distance) == ("", None)
    async with company.database.read() as session:
        assert (await session.get_one(Account, account.id)).latitude is None


async def test_a_doubtful_location_teaches_nothing(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Bluebird")
    await ana.says(location=Location(*HERE, picked=True))
    assert "remember" not in ana.last.text


async def test_the_button_that_holds_a_place_is_good_for_a_quarter_of_an_hour(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Bluebird")
    await ana.says(location=MEASURED)
    company.after(minutes=16)
    await ana.presses("Bluebird is here: remember this place")
    ana.sees("That button no longer works.")
    assert await visits(company) == []


async def test_a_place_that_was_learnt_meanwhile_stays(
    company: Company, ana: Someone, rui: Someone
) -> None:
    account = await company.open_account(ana, "Bluebird")
    await ana.says(location=MEASURED)
    await place(company, account, 0.5)
    await ana.presses("Bluebird is here: remember this place")
    ana.sees("I know already where Bluebird is.")


async def holding_a_place(company: Company) -> list[StoredCall]:
    async with company.database.read() as session:
        calls = await session.scalars(select(StoredCall))
        return [each for each in calls if "31.23" in json.dumps(each.answers)]


async def test_nothing_of_where_somebody_was_is_kept(
    company: Company, ana: Someone, acme: Account
) -> None:
    """But in the buttons that say that they remember it, for a quarter of an hour."""
    await company.open_account(ana, "Bluebird")
    await ana.says(location=MEASURED)
    holding = await holding_a_place(company)
    assert {each.command for each in holding} == {"learnplace"}
    assert all(each.expires_at <= company.now + timedelta(minutes=15) for each in holding)
    await ana.presses("Acme · 110 m · not visited yet")
    assert await holding_a_place(company) == []
    async with company.database.read() as session:
        said = [json.dumps(each) for each in await session.scalars(select(Delivery.payload))]
        entries = (await session.execute(select(Entry.noun, Entry.after))).all()
        kept = [json.dumps(row.after) for row in entries if row.noun == "visits"]
        assert said
        assert kept
        assert not any("31.23" in each or "121.47" in each for each in (*said, *kept))


@pytest.mark.parametrize(
    "said",
    [
        "/checkin Acme",
        "/checkin account: Acme sighted: there/10/1772416800",
        "/checkin account: Acme location: there/10/1772416800",
        "/learnplace account: Acme point: 1/2/1772416800",
    ],
)
async def test_nobody_types_that_they_were_there(
    company: Company, ana: Someone, acme: Account, said: str
) -> None:
    await ana.says(said)
    await ana.says("there/10/1772416800")
    assert await visits(company) == []


async def test_a_photo_is_kept_with_the_visit(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says(location=MEASURED)
    await ana.presses("Acme · 110 m · not visited yet")
    ana.sees("A photo you send now is kept with it.")
    await ana.says(files=(PHOTO,))
    ana.sees("Kept 1 file with your visit to Acme")
    [visit] = await visits(company)
    assert [each.visit_id for each in await attachments(company)] == [visit.id]


async def test_the_visit_was_when_the_place_was_shared(
    company: Company, ana: Someone, acme: Account
) -> None:
    began = company.now
    await ana.says(location=MEASURED)
    company.after(minutes=45)
    await ana.presses("Acme · 110 m · not visited yet")
    [visit] = await visits(company)
    assert visit.at == began
    company.after(minutes=30)
    await ana.says(location=MEASURED)
    company.after(minutes=61)
    await ana.presses("Acme · 110 m · today")
    ana.sees("That button no longer works.")


async def test_pressed_twice_or_by_another_it_is_one_visit(
    company: Company, ana: Someone, bo: Someone, acme: Account
) -> None:
    await ana.says(location=MEASURED)
    card, button = ana.last, ana.last.buttons[0]
    await ana.taps(button, card)
    await ana.taps(button, card)
    ana.sees("already")
    await bo.taps(button, card)
    bo.sees("That card is someone else's.")
    assert len(await visits(company)) == 1


async def test_whose_account_went_meanwhile_is_told_so(
    company: Company, ana: Someone, bo: Someone, acme: Account
) -> None:
    await ana.says(location=MEASURED)
    card = ana.last
    kim = await company.hire("Kim", Role.HQ)
    await kim.says("/assign Acme to Bo")
    await ana.taps(card.buttons[0], card)
    ana.sees("That account is gone, or isn't yours to see.")
    assert await visits(company) == []


async def test_whoever_left_checks_in_nowhere(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says(location=MEASURED)
    card = ana.last
    await change(company, ana, active=False)
    await ana.taps(card.buttons[0], card)
    assert await visits(company) == []


async def test_without_a_location_the_customer_is_picked(
    company: Company, ana: Someone, acme: Account
) -> None:
    """Where an app has no locations, a form asks."""
    await ana.says("/here")
    ana.sees("Whom are you visiting?", "Share your location", "[Acme]", "[Another one]")
    await ana.presses("Acme")
    [visit] = await visits(company)
    assert (visit.account_id, visit.verdict) == (acme.id, "")


async def test_in_chinese(company: Company, lin: Someone) -> None:
    account = await company.open_account(lin, "华东医院")
    await place(company, account, NEAR)
    await lin.says(location=MEASURED)
    lin.sees("我只记你离客户多远，不记你在哪。", "[华东医院 · 110 米 · 还没拜访过]")
    await lin.presses("华东医院 · 110 米 · 还没拜访过")
    lin.sees("✓ 在现场 · 110 米")


async def test_the_days_since_the_last_visit_are_said(
    company: Company, ana: Someone, acme: Account
) -> None:
    await ana.says("/visit Acme")
    company.after(days=12)
    await ana.says(location=MEASURED)
    ana.sees("[Acme · 110 m · 12 days ago]")


async def test_the_manager_sees_how_it_was(
    company: Company, ana: Someone, rui: Someone, acme: Account
) -> None:
    await ana.says(location=MEASURED)
    await ana.presses("Acme · 110 m · not visited yet")
    await rui.says("/account Acme")
    rui.sees("Ana · ✓ on the spot · 110 m")
    async with company.database.read() as session:
        assert (await session.scalars(select(Visit.distance))).one() == 110
