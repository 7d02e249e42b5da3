"""Photos sent as one stay together; one that may be of two visits is asked about."""

import pytest

from bot.messages import File
from tests.dialogs.helpers import attachments, visits
from tests.talk import PHOTO, Company, Someone

SECOND = File("photo.jpg", "image/jpeg", "ref-2")
THIRD = File("photo.jpg", "image/jpeg", "ref-3")
SAID = "visited Acme, went well"


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(ana, "Bolt")
    await ana.says("/visit Bolt")


async def kept(company: Company) -> list[tuple[int, str]]:
    return [(each.visit_id, each.ref) for each in await attachments(company)]


async def test_an_album_joins_the_card_that_it_began(company: Company, ana: Someone) -> None:
    await ana.says(SAID, files=(PHOTO,), album="a")
    first = ana.last
    await ana.says(files=(SECOND,), album="a")
    await ana.says(files=(THIRD,), album="a")
    ana.sees("Account: Acme", "3 files")
    await ana.presses("Save", on=first)
    assert len(await visits(company)) == 1
    await ana.presses("Save")
    acme = (await visits(company))[-1].id
    assert await kept(company) == [(acme, "ref-1"), (acme, "ref-2"), (acme, "ref-3")]


async def test_an_album_joins_the_visit_that_keeps_its_first(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Acme", files=(PHOTO,), album="a")
    await ana.says("/visit Bolt")
    await ana.says(files=(SECOND,), album="a")
    ana.sees("Kept 1 file with your visit to Acme")


async def test_another_album_is_not_mixed_with_it(company: Company, ana: Someone) -> None:
    await ana.says(SAID, files=(PHOTO,), album="a")
    await ana.says(files=(SECOND,), album="b")
    ana.sees("Which visit is it of?")


async def test_it_may_be_of_the_card(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.says("their shelf", files=(PHOTO,))
    ana.sees("Which visit is it of?", "[Acme, not saved yet]", "[Bolt, today 10:00]")
    assert await kept(company) == []
    await ana.presses("Acme, not saved yet")
    ana.sees("1 file", "their shelf")
    await ana.presses("Save")
    assert await kept(company) == [((await visits(company))[-1].id, "ref-1")]


async def test_or_of_the_visit_before(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.says("their shelf", files=(PHOTO,))
    await ana.presses("Bolt, today 10:00")
    ana.sees("Kept 1 file with your visit to Bolt", "their shelf")
    assert await kept(company) == [((await visits(company))[0].id, "ref-1")]


async def test_without_a_visit_today_it_is_of_the_card(company: Company, ana: Someone) -> None:
    company.after(days=1)
    await ana.says(SAID)
    await ana.says(files=(PHOTO,))
    ana.sees("Account: Acme", "1 file")


async def test_a_caption_may_say_which_customer(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.says("the shelf of Acme", files=(PHOTO,))
    ana.sees("Account: Acme", "1 file")
    await ana.says("the shelf of Bolt", files=(SECOND,))
    ana.sees("Kept 1 file with your visit to Bolt")
