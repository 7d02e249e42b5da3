"""A bad network loses nothing and doubles nothing."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.adapters.playground.conftest import Open
from tests.adapters.playground.scene import EVERYTHING, text
from tests.adapters.playground.stage import Stage, eventually, words

pytestmark = pytest.mark.browser


def first(page: Page) -> Locator:
    return page.locator(".phone").first


async def write(page: Page, *texts: str) -> None:
    for said in texts:
        await first(page).locator(".row textarea").fill(said)
        await first(page).locator(".row textarea").press("Enter")


async def test_what_is_written_while_away_arrives_once_and_in_order(
    set_up: Stage, open_page: Open
) -> None:
    page = await open_page("/?people=1,2,3")
    await write(page, "before")
    await expect(first(page).get_by_role("img", name="Delivered")).to_have_count(1)
    await set_up.down()
    await expect(first(page).get_by_text("Reconnecting…")).to_be_visible()
    await write(page, "one", "two", "three")
    await expect(first(page).get_by_role("img", name="Sending")).to_have_count(3)
    await set_up.say("1", text("You missed this."))
    await set_up.up()
    await expect(first(page).locator("[data-state=committed]")).to_have_count(4)
    await expect(first(page).get_by_text("Reconnecting…")).to_be_hidden()
    await expect(first(page).get_by_text("You missed this.")).to_have_count(1)
    assert [words(said) for said in set_up.taken] == ["before", "one", "two", "three"]


async def test_what_could_not_be_committed_is_sent_again(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    set_up.asleep = True
    await write(page, "hello")
    await expect(first(page).get_by_role("img", name="Sending")).to_be_visible()
    set_up.asleep = False
    await expect(first(page).get_by_role("img", name="Delivered")).to_be_visible()
    assert [words(said) for said in set_up.taken] == ["hello"]


async def test_what_was_written_outlives_the_page(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    set_up.asleep = True
    await write(page, "hello")
    await page.reload()
    await expect(first(page).locator(".mine .text")).to_have_text("hello")
    set_up.asleep = False
    await expect(first(page).get_by_role("img", name="Delivered")).to_be_visible()
    await page.reload()
    await expect(first(page).get_by_role("img", name="Delivered")).to_be_visible()
    assert [words(said) for said in set_up.taken] == ["hello"]
    assert (
        await page.evaluate("Object.keys(localStorage).filter((k) => k.includes('.out.'))") == []
    )


async def test_reconnecting_leaves_what_is_being_filled_in(set_up: Stage, open_page: Open) -> None:
    await set_up.say("1", EVERYTHING)
    page = await open_page("/?people=1,2,3")
    note = first(page).get_by_label("Anything")
    await note.fill("half a tho")
    await set_up.down()
    await expect(first(page).get_by_text("Reconnecting…")).to_be_visible()
    await set_up.up()
    await expect(first(page).get_by_text("Reconnecting…")).to_be_hidden()
    await expect(note).to_have_value("half a tho")
    await expect(note).to_be_focused()


async def test_what_is_refused_says_so_and_is_not_sent_again(
    set_up: Stage, open_page: Open
) -> None:
    page = await open_page("/?people=1,2,3")
    await (
        first(page)
        .locator(".row textarea")
        .evaluate("(node) => node.removeAttribute('maxlength')")
    )
    await write(page, "x" * 16_001)
    await expect(first(page).get_by_role("img", name="Not sent")).to_be_visible()
    assert (
        await page.evaluate("Object.keys(localStorage).filter((k) => k.includes('.out.'))") == []
    )


async def test_typing_shows_until_the_answer(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    await set_up.typing("1")
    await expect(first(page).locator(".typing")).to_be_visible()
    await expect(page.locator(".phone").nth(1).locator(".typing")).to_be_hidden()
    await set_up.say("1", text("Hi"))
    await expect(first(page).locator(".typing")).to_be_hidden()


async def test_the_same_person_on_two_phones(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,1,3")
    await write(page, "hello")
    for at in (0, 1):
        phone = page.locator(".phone").nth(at)
        await expect(phone.locator(".mine .text")).to_have_text("hello")
        await expect(phone.get_by_role("img", name="Delivered")).to_be_visible()
    await eventually(lambda: len(set_up.taken) == 1)


async def test_answers_in_quick_succession_are_followed_to_the_end(
    set_up: Stage, open_page: Open
) -> None:
    page = await open_page("/?people=1,2,3", height=600)
    for number in range(30):
        await set_up.say("1", text(f"Message {number}\nof several\nlines"))
    await expect(first(page).get_by_text("Message 29")).to_be_in_viewport()
    await expect(first(page).get_by_role("button", name="Latest messages")).to_be_hidden()


async def test_reading_further_up_is_not_disturbed(set_up: Stage, open_page: Open) -> None:
    for number in range(30):
        await set_up.say("1", text(f"Message {number}\nof several\nlines"))
    page = await open_page("/?people=1,2,3", height=600)
    await first(page).get_by_role("log").evaluate("(node) => node.scrollTo(0, 0)")
    await expect(first(page).get_by_text("Message 0\n")).to_be_in_viewport()
    await set_up.say("1", text("News"))
    latest = first(page).get_by_role("button", name="Latest messages")
    await expect(latest).to_be_visible()
    await expect(first(page).get_by_text("Message 0\n")).to_be_in_viewport()
    await latest.click()
    await expect(first(page).get_by_text("News")).to_be_in_viewport()
    await expect(latest).to_be_hidden()


async def test_a_half_filled_contact_survives_a_reconnect(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    await first(page).get_by_role("button", name="Attach").click()
    await first(page).get_by_role("menuitem", name="Contact").click()
    await page.keyboard.type("Li W")
    await set_up.down()
    await expect(first(page).get_by_text("Reconnecting…")).to_be_visible()
    await set_up.up()
    await expect(first(page).get_by_text("Reconnecting…")).to_be_hidden()
    await expect(first(page).get_by_label("Name", exact=True)).to_have_value("Li W")
