"""Where somebody was is nowhere in the database once it was answered."""

import json
from datetime import timedelta

from bot.messages import Location
from handlers.retention import forget_places
from storage.inbox import Arrival
from storage.journal import Author
from storage.models import Account
from storage.work import Work
from tests.dumps import on_disk, places_of
from tests.talk import Company, Someone

LATITUDE, LONGITUDE = 31.230417, 121.473701
HERE = Location(LATITUDE, LONGITUDE)
CANARIES = (str(LATITUDE), str(LONGITUDE), "31.2304", "121.4737")


async def shares(company: Company, who: Someone, spot: Location) -> None:
    """Share a location, with it in what the platform sends."""
    await who.says(location=spot)
    number = next(company.numbers)
    payload = {
        "n": number - 1,
        "location": {"latitude": spot.latitude, "longitude": spot.longitude},
    }
    arrival = Arrival(f"raw-{number}", who.place.key, json.dumps(payload))
    await company.inbox.take("phone", "test", [arrival])
    await company.settle()


async def place(company: Company, account: Account) -> None:
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "place"))
        row = await session.get_one(Account, account.id)
        row.latitude, row.longitude = 31.2305, 121.4738


async def at_the_quarter(company: Company) -> None:
    """What the clock does every quarter of an hour."""
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, None, "forget-places"))
        await forget_places.handler(work, company.now)


async def test_a_check_in_leaves_no_place(company: Company, ana: Someone) -> None:
    acme = await company.open_account(ana, "Acme")
    await place(company, acme)
    await shares(company, ana, HERE)
    near = next(each for each in ana.last.buttons if each.label.startswith("Acme"))
    await ana.taps(near, ana.last)
    ana.sees("Logged: Acme")
    exact = CANARIES[:2]
    assert await places_of(company.database, *exact) == []
    await at_the_quarter(company)
    assert on_disk(company.database, *exact) == []


async def test_an_unanswered_offer_to_learn_a_place_lapses(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(ana, "Bolt")
    await shares(company, ana, HERE)
    assert any("remember this place" in each.label for each in ana.last.buttons)
    held = await places_of(company.database, *CANARIES)
    assert {each.split("(")[0] for each in held} == {"calls"}
    company.now += timedelta(hours=1)
    await at_the_quarter(company)
    assert await places_of(company.database, *CANARIES) == []
    assert on_disk(company.database, *CANARIES) == []


async def test_pressing_another_button_of_the_card_forgets_it_at_once(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await shares(company, ana, HERE)
    for card in list(ana.screen):
        plain = next(each for each in card.buttons if each.label.startswith("Acme"))
        if "remember" not in plain.label:
            await ana.taps(plain, card)
    assert await places_of(company.database, *CANARIES) == []


async def test_what_nobody_can_read_is_put_aside_without_its_place(
    company: Company, ana: Someone
) -> None:
    payload = {"location": {"latitude": LATITUDE, "longitude": LONGITUDE}, "kind": "nonsense"}
    arrival = Arrival("broken", ana.place.key, json.dumps(payload))
    await company.inbox.take("phone", "test", [arrival])
    await company.settle()
    assert await places_of(company.database, *CANARIES) == []
