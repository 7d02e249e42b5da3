"""Photos, places and contacts from the phone."""

from bot.messages import ContactCard
from tests.dialogs.helpers import attachments, contacts, visits
from tests.talk import CARD, PHOTO, SPOT, Company, Someone


async def test_a_photo_with_a_caption_is_a_visit_with_a_photo(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, new shelf", files=(PHOTO,))
    ana.sees("Logged: Acme", "Note: new shelf", "1 photo or file kept.")
    await ana.says("/account Acme")
    ana.sees("new shelf", "1 file")
    assert [each.ref for each in await attachments(company)] == ["ref-1"]


async def test_a_photo_alone_belongs_to_the_visit_before(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, new shelf")
    await ana.says(files=(PHOTO,))
    ana.sees("Kept 1 file with your visit to Acme, today 10:00.")
    await ana.presses("Undo")
    ana.sees("Undone: photo.jpg, kept with a visit.")
    assert await attachments(company) == []


async def test_its_caption_joins_the_note(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, new shelf")
    await ana.says("their *old* shelf", files=(PHOTO,))
    ana.sees("Kept 1 file", "Added to its note: their *old* shelf")
    assert (await visits(company))[0].note == "new shelf\ntheir *old* shelf"
    await ana.presses("Undo")
    assert (await visits(company))[0].note == "new shelf"


async def test_a_photo_without_a_visit_says_what_to_do(company: Company, ana: Someone) -> None:
    await ana.says(files=(PHOTO,))
    ana.sees("no visit from today", "/visit")
    await ana.says("/photo")
    ana.sees("Send a photo or file")


async def test_yesterday_s_visit_takes_no_photo_of_today(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    company.after(days=1)
    await ana.says(files=(PHOTO,))
    ana.sees("no visit from today")


async def test_a_photo_between_two_questions_belongs_to_the_visit_being_logged(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(ana, "Other")
    await ana.says("/visit Other")
    await ana.says("/visit")
    await ana.presses("Acme")
    await ana.says(files=(PHOTO,))
    ana.sees("✎ Acme · 1 file", "When was it?")
    await ana.presses("Save now")
    ana.sees("Logged: Acme", "1 photo or file kept.")
    [kept] = await attachments(company)
    assert kept.visit_id == (await visits(company))[-1].id


async def test_a_photo_is_kept_while_the_account_is_asked(company: Company, ana: Someone) -> None:
    await ana.says("/visit Bluebird Toys", files=(PHOTO,))
    await ana.presses("New: Bluebird Toys")
    ana.sees("Logged: Bluebird Toys", "1 photo or file kept.")


async def test_a_place_offers_one_s_customers(company: Company, ana: Someone) -> None:
    await ana.says(location=SPOT)
    ana.sees("You have no accounts yet.", "/visit")
    await company.open_account(ana, "Acme")
    await ana.says(location=SPOT)
    ana.sees("Where are you?", "I keep how near you are, not where.", "[Another one]")
    await ana.presses("Acme · not visited yet")
    ana.sees("Logged: Acme, today 10:00.")


async def test_from_a_place_to_a_customer_that_is_not_listed(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(location=SPOT)
    await ana.presses("Another one")
    ana.sees("Which customer was it?")
    await ana.says("Bluebird Toys")
    await ana.presses("New: Bluebird Toys")
    await ana.presses("Save now")
    ana.sees("Logged: Bluebird Toys")


async def test_a_shared_contact_is_kept_with_a_customer(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(contact=CARD)
    ana.sees("Which customer is Li Wei with?", "[Acme]")
    await ana.presses("Acme")
    ana.sees("Saved: Li Wei, Acme.")
    await ana.says("/account Acme")
    ana.sees("Li Wei · +86 138 0000 0000")


async def test_a_shared_contact_of_a_customer_not_listed(company: Company, ana: Someone) -> None:
    await ana.says(contact=CARD)
    await ana.presses("Another one")
    ana.sees("Which customer are they with?", "✎ Li Wei · +86 138 0000 0000")
    await ana.says("Bluebird Toys")
    await ana.presses("New: Bluebird Toys")
    ana.sees("Saved: Li Wei, Bluebird Toys.")


async def test_a_shared_contact_without_a_name(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(contact=ContactCard("", "+86 138 0000 0000"))
    await ana.presses("Acme")
    ana.sees("What's their name?")
    await ana.says("Li Wei")
    assert [each.name for each in await contacts(company)] == ["Li Wei"]


async def test_a_contact_in_one_line(company: Company, ana: Someone, lin: Someone) -> None:
    await company.open_account(ana, "Acme Ltd")
    await company.open_account(lin, "华东医院")
    await ana.says("/contact Acme Ltd, Li Wei +86 138 0013 8000")
    ana.sees("Saved: Li Wei, Acme Ltd.")
    await lin.says("联系人 华东医院，王主任 13800138000")
    lin.sees("已保存：华东医院 王主任。")
    assert [(each.name, each.phone) for each in await contacts(company)] == [
        ("Li Wei", "+86 138 0013 8000"),
        ("王主任", "13800138000"),
    ]


async def test_a_known_contact_is_not_added_twice(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/contact Acme, Li Wei")
    await ana.says("/contact Acme, li wei")
    ana.sees("is in Acme already")
    await ana.says("/contact Acme, Li Wei 138 0013 8000")
    ana.sees("Saved: Li Wei")
    await ana.presses("Undo")
    ana.sees("Undone: contact Li Wei.")
    assert [(each.name, each.phone) for each in await contacts(company)] == [("Li Wei", "")]


async def test_what_is_no_phone_number_is_asked_for_again(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    for said in ("/contact", "Acme", "Li Wei", "later"):
        await ana.says(said)
    ana.sees("can't read “later” as a phone number")
    await ana.presses("Skip")
    ana.sees("Saved: Li Wei, Acme.")
