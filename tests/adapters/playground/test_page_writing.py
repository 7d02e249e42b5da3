"""Writing: with the keyboard alone, with an input method, with attachments, in both languages."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.adapters.playground.files import LIMIT
from bot.messages import ContactCard, Location, Message, reply
from tests.adapters.playground.conftest import Open
from tests.adapters.playground.scene import button, chart, text
from tests.adapters.playground.stage import Stage, eventually, words

pytestmark = pytest.mark.browser


def first(page: Page) -> Locator:
    return page.locator(".phone").first


def field(page: Page) -> Locator:
    return first(page).locator(".row textarea")


async def test_enter_sends_and_shift_enter_does_not(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    await field(page).press_sequentially("one")
    await field(page).press("Shift+Enter")
    await field(page).press_sequentially("two")
    await field(page).press("Enter")
    await expect(first(page).locator(".mine .text")).to_have_text("one\ntwo")
    await expect(first(page).get_by_role("img", name="Delivered")).to_be_visible()
    await expect(field(page)).to_have_value("")
    await expect(field(page)).to_be_focused()
    assert [words(said) for said in set_up.taken] == ["one\ntwo"]


async def test_enter_that_chooses_a_character_does_not_send(
    set_up: Stage, open_page: Open
) -> None:
    page = await open_page("/?people=4,2,3")
    await field(page).focus()
    wire = await page.context.new_cdp_session(page)
    await wire.send(
        "Input.imeSetComposition", {"text": "baifang", "selectionStart": 7, "selectionEnd": 7}
    )
    await page.keyboard.press("Enter")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true})"
    await field(page).evaluate(f"(node) => node.dispatchEvent({composing})")
    await expect(first(page).locator(".mine")).to_have_count(0)
    await wire.send("Input.insertText", {"text": "拜访"})
    await field(page).evaluate("(node) => node.value = '拜访'")
    await field(page).press("Enter")
    await expect(first(page).locator(".mine .text")).to_have_text("拜访")
    assert [words(said) for said in set_up.taken] == ["拜访"]


async def test_commands_are_offered_and_chosen_by_key(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    options = first(page).locator(".suggestions [role=option]")
    await field(page).press("/")
    await expect(options).to_have_count(7)
    await field(page).press("Escape")
    await expect(first(page).get_by_role("listbox", name="Commands")).to_be_hidden()
    await field(page).press_sequentially("s")
    await expect(options).to_have_text(
        ["/statsYour numbers", "/settingsLanguage, time zone, quiet hours"]
    )
    await field(page).press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await field(page).press("Enter")
    await expect(field(page)).to_have_value("/settings ")
    await field(page).fill("/help")
    await field(page).press("Enter")
    await expect(first(page).locator(".mine .text")).to_have_text("/help")


async def test_all_can_be_reached_and_is_seen_to_have_focus(
    set_up: Stage, open_page: Open
) -> None:
    page = await open_page("/?people=1,2,3")
    names, plain = [], []
    for _ in range(11):
        await page.keyboard.press("Tab")
        name, ring = await page.evaluate(
            """() => {
              const node = document.activeElement;
              const shown = [node, node.closest(".who")].filter(Boolean);
              const ring = shown.some((n) => getComputedStyle(n).outlineStyle !== "none");
              return [node.getAttribute("aria-label") ?? node.textContent, ring];
            }"""
        )
        names.append(name)
        if not ring:
            plain.append(name)
    assert names[:3] == ["Whose phone is this?", "EN", "中文"]
    assert names[3:6] == ["Attach", "Message to Salesbot", "Conversation"]
    assert names[6:] == ["/visit", "/account", "/help", "Whose phone is this?", "EN"]
    assert plain == []


async def test_the_keyboard_reaches_the_newest_card_before_the_older_ones(
    set_up: Stage, open_page: Open
) -> None:
    for number in range(3):
        await set_up.say("1", reply("Logged.", button(f"Undo {number}", f"undo-{number}")))
    await set_up.say("1", text("Nothing to press here."))
    page = await open_page("/?people=1,2,3")
    focused = "document.activeElement.ariaLabel ?? document.activeElement.textContent"
    await field(page).focus()
    names = []
    for key in ("Tab", "Shift+Tab", "Tab", "Tab"):
        await page.keyboard.press(key)
        names.append(await page.evaluate(focused))
    assert names == ["Undo 2", "Undo 1", "Undo 2", "Whose phone is this?"]


async def test_an_empty_phone_offers_where_to_begin(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,4,3")
    empty = page.locator(".phone .empty")
    await expect(empty.nth(0).locator("p")).to_have_text(
        "Nothing here yet. Log a visit, or look a customer up."
    )
    await expect(empty.nth(0).locator(".act")).to_have_text(["/visit", "/account", "/help"])
    await expect(empty.nth(1).locator("p")).to_have_text(
        "还没有消息。 记一次拜访，或者查一个客户。"
    )
    await expect(empty.nth(1).locator(".act")).to_have_text(["拜访", "客户", "帮助"])
    await empty.nth(1).get_by_role("button", name="拜访").click()
    await eventually(lambda: bool(set_up.taken))
    assert [words(said) for said in set_up.taken] == ["拜访"]


async def test_everything_has_a_name(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    await first(page).get_by_role("button", name="Attach").click()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, textarea")]
          .filter((n) => !n.closest("[hidden], dialog"))
          .filter((n) => !(n.ariaLabel || n.textContent.trim() || n.labels?.length))
          .map((n) => n.outerHTML)"""
    )
    assert nameless == []
    await expect(first(page).get_by_role("log", name="Conversation")).to_have_attribute(
        "aria-live", "polite"
    )


async def test_a_place_and_a_contact_by_key(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    attach = first(page).get_by_role("button", name="Attach")
    await attach.press("Enter")
    await page.keyboard.press("Escape")
    await expect(attach).to_be_focused()
    await attach.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await first(page).get_by_label("Latitude").fill("52.52")
    await first(page).get_by_label("Longitude").fill("13.405")
    await page.keyboard.press("Enter")
    await attach.press("Enter")
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await page.keyboard.type("李伟")
    await page.keyboard.press("Tab")
    await page.keyboard.type("+86 138")
    await page.keyboard.press("Enter")
    await eventually(lambda: len(set_up.taken) == 2)
    place, contact = set_up.taken
    assert isinstance(place, Message)
    assert isinstance(contact, Message)
    assert place.location == Location(52.52, 13.405, 15.0)
    assert contact.contact == ContactCard("李伟", "+86 138")


async def test_a_photo_goes_up_and_shows(set_up: Stage, open_page: Open, tmp_path: Path) -> None:
    photo = tmp_path / "货架.png"
    photo.write_bytes(chart())
    page = await open_page("/?people=1,2,3")
    await first(page).get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as coming:
        await first(page).get_by_role("menuitem", name="Photo").click()
    await (await coming.value).set_files(photo)
    await expect(first(page).locator(".chip")).to_have_text("货架.png")
    await field(page).fill("the shelf")
    await field(page).press("Enter")
    image = first(page).locator(".mine").get_by_role("img", name="货架.png")
    assert await image.evaluate("(node) => node.decode().then(() => node.naturalWidth)") == 480
    (message,) = set_up.taken
    assert isinstance(message, Message)
    assert await set_up.playground.download(message.files[0]) == chart()


async def test_switching_the_language_is_said_and_done(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    await first(page).get_by_role("button", name="中文").click()
    await expect(first(page).locator(".mine .text")).to_have_text("/settings language:zh")
    await expect(first(page).get_by_role("log")).to_have_attribute("aria-label", "对话")
    await expect(first(page).locator(".role").first).to_have_text("销售代表 · Berlin")
    await expect(first(page)).to_have_attribute("lang", "zh-CN")
    await expect(field(page)).to_have_attribute("placeholder", "消息")
    await field(page).press("/")
    await expect(first(page).locator(".suggestions [role=option]").first).to_contain_text(
        "记录一次客户拜访"
    )
    await expect(page.locator(".phone").nth(1)).to_have_attribute("lang", "en")
    assert [words(said) for said in set_up.taken] == ["/settings language:zh"]


async def test_a_phone_can_be_given_to_another(set_up: Stage, open_page: Open) -> None:
    await set_up.said("4", "你好")
    page = await open_page("/?people=1,2,3")
    people = first(page).get_by_label("Whose phone is this?")
    groups = await people.evaluate("(n) => [...n.children].map((one) => one.label)")
    assert groups == ["Northwind", "Berlin", "上海一组"]
    await people.select_option("4")
    await expect(first(page).locator(".mine .text")).to_have_text("你好")
    await expect(first(page)).to_have_attribute("lang", "zh-CN")
    await page.goto(set_up.url)
    await expect(first(page).locator(".who .name")).to_have_text("李晓彤")


async def test_a_draft_survives_a_reload(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    await field(page).fill("visited Ac")
    await page.reload()
    await expect(field(page)).to_have_value("visited Ac")


async def test_an_upload_that_failed_is_tried_again(
    set_up: Stage, open_page: Open, tmp_path: Path
) -> None:
    photo = tmp_path / "shelf.png"
    photo.write_bytes(chart())
    page = await open_page("/?people=1,2,3")
    await page.route("**/files?*", lambda route: route.abort())
    await first(page).get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as coming:
        await first(page).get_by_role("menuitem", name="Photo").click()
    await (await coming.value).set_files(photo)
    again = first(page).get_by_role("button", name="Failed. Try again")
    await expect(again).to_be_visible()
    await expect(first(page).get_by_role("button", name="Send")).to_be_disabled()
    await page.unroute("**/files?*")
    await again.click()
    await expect(again).to_be_hidden()
    await first(page).get_by_role("button", name="Send").click()
    await eventually(lambda: bool(set_up.taken))
    (message,) = set_up.taken
    assert isinstance(message, Message)
    assert message.files[0].name == "shelf.png"


@pytest.mark.parametrize(
    ("person", "said"), [("1", "This file is empty"), ("4", "这个文件是空的")]
)
async def test_an_empty_file_is_not_tried_at_all(
    set_up: Stage, open_page: Open, person: str, said: str
) -> None:
    page = await open_page(f"/?people={person},2,3")
    await first(page).locator(".attach").click()
    async with page.expect_file_chooser() as coming:
        await first(page).get_by_role("menuitem").nth(1).click()
    await (await coming.value).set_files(
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""}
    )
    chip = first(page).locator(".chip")
    await expect(chip).to_have_text(f"empty.txt{said}")
    await expect(chip.get_by_role("button")).to_have_count(1)  # only to leave it out


async def test_a_file_can_be_left_out_again_and_is_refused_when_too_large(
    set_up: Stage, open_page: Open, tmp_path: Path
) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(b"\0" * (LIMIT + 1))
    page = await open_page("/?people=1,2,3")
    await first(page).get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as coming:
        await first(page).get_by_role("menuitem", name="File").click()
    await (await coming.value).set_files(large)
    await expect(first(page).locator(".chip")).to_contain_text("Too large: 10 MB at most")
    await first(page).get_by_role("button", name="Remove large.bin").click()
    await expect(first(page).locator(".chip")).to_have_count(0)
