"""Photos and documents: by a message, and in a form."""

import pytest

from storage.models import Attachment
from tests.acceptance.slack_office import Office, Someone
from tests.adapters.contract import PIXEL

pytestmark = pytest.mark.acceptance


async def test_a_photo_in_a_form_is_kept_with_the_visit(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit")
    photo = shop.control.shares("shelf.png", "image/png", PIXEL)
    await ana.submits(account="Acme", files=[photo])
    ana.sees("Logged: Acme", "1 photo or file kept")
    [kept] = await shop.all(Attachment)
    assert kept.visit_id


async def test_a_photo_with_words_is_kept_with_the_visit(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    photo = shop.control.shares("shelf.png", "image/png", PIXEL)
    await ana.says("visited Acme today, demo went well", files=[photo])
    ana.sees("Acme", "1 file")
    await ana.presses("Save")
    ana.sees("Logged: Acme", "1 photo or file kept")
    assert len(await shop.all(Attachment)) == 1


async def test_a_photo_alone_is_kept_with_the_last_visit(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit Acme, demo")
    photo = shop.control.shares("shelf.png", "image/png", PIXEL)
    await ana.says("", files=[photo])
    ana.sees("Acme")
    [kept] = await shop.all(Attachment)
    assert (kept.platform, kept.ref) == ("slack", photo["id"])
