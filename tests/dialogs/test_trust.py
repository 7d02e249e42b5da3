"""What would hurt: a wrong undo, a photo on the wrong visit, a card after leaving."""

import asyncio
import json

from sqlalchemy import select, update

from bot.messages import Message
from bot.runtime.adapter import NotSent
from bot.runtime.worker import Worker
from storage.inbox import Arrival
from storage.models import Delivery, Person
from tests.dialogs.helpers import GROUP, invite, visits
from tests.talk import PHOTO, Company, Someone


async def test_a_visit_whose_time_came_from_a_button_can_be_undone(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit")
    await ana.presses("Acme")
    await ana.presses("today 08:00")
    await ana.presses("Save now")
    await ana.presses("Undo")
    ana.sees("Undone: visit to Acme, today 08:00.")
    await ana.presses("Redo")
    ana.sees("Brought back")


async def test_photos_added_later_are_not_lost_by_an_undo(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    card = ana.last
    await ana.says(files=(PHOTO,))
    await ana.presses("Undo", on=card)
    ana.sees("can't be undone")
    assert len(await visits(company)) == 1


async def test_an_old_button_never_points_at_another_customer(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Bluebird")
    await ana.presses("New: Bluebird")
    old = next(button for button in ana.last.buttons if button.label == "Account")
    card = ana.last
    await ana.says("/undo")
    await ana.says("/visit Zebra")
    await ana.presses("New: Zebra")
    await ana.taps(old, card)
    assert "Owner" not in ana.last.text
    assert "Zebra" not in ana.last.text


async def test_the_second_photo_of_an_album_follows_the_first(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(ana, "Beta")
    await ana.says("/visit Beta")
    await ana.says("/visit Acme yesterday", files=(PHOTO,))
    await ana.says(files=(PHOTO,))
    ana.sees("Acme")


async def test_a_card_that_waits_is_not_sent_to_who_has_left(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Secret")
    company.phone.fail = NotSent("no connection")
    await ana.says("/account Secret")
    company.phone.fail = None
    async with company.database.begin() as session:
        await session.execute(update(Person).values(active=False))
        await session.execute(update(Delivery).values(ready_at=0))
    await company.settle()
    ana.sees_nothing()
    async with company.database.read() as session:
        assert await session.scalar(select(Delivery.error)) == "the person has left"


async def test_who_left_and_is_invited_again_comes_back(company: Company, ana: Someone) -> None:
    async with company.database.begin() as session:
        await session.execute(update(Person).values(active=False))
    code = await invite(company, name="Ana")
    await ana.says(f"/start {code}")
    ana.sees("Welcome, Ana")
    async with company.database.read() as session:
        assert list(await session.scalars(select(Person.active))) == [True]


async def test_one_form_answered_in_two_places_at_once_is_saved_once(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit")
    await ana.presses("Acme")
    for _question in range(5):
        await ana.presses("Skip")
    for place in (ana.place, GROUP):
        said = Message(ana.sender, place, "call back", company.now)
        number = next(company.numbers)
        company.phone.happened[number] = said
        arrival = Arrival(str(number), place.key, json.dumps({"n": number}))
        await company.inbox.take("phone", "test", [arrival])
    hands = [Worker(company.runtime, company.delivery) for _each in range(2)]
    await asyncio.gather(*(hand.step() for hand in hands))
    await company.settle()
    assert [each.next_step for each in await visits(company)] == ["call back"]
