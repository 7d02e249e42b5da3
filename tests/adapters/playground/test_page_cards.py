"""The page shows everything that the bot can say, and sends back what is done to it."""

from collections.abc import Sequence

import pytest
from playwright.async_api import Locator, expect

from bot.markdown import Markdown, escape
from bot.messages import (
    Button,
    Incoming,
    Input,
    Link,
    Press,
    Reply,
    Sheet,
    Submission,
    Table,
    Token,
    reply,
)
from tests.adapters.playground.conftest import Open
from tests.adapters.playground.scene import EVERYTHING, button, text
from tests.adapters.playground.stage import Stage, eventually

pytestmark = pytest.mark.browser

NASTY = (
    "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
    "[x](javascript:window.hit=1) &lt;b&gt; '\"><svg onload=window.hit=1> @everyone"
)


async def card(set_up: Stage, open_page: Open, said: Reply = EVERYTHING) -> Locator:
    await set_up.say("1", said)
    page = await open_page("/?people=1,2,3")
    return page.locator(".phone").first.locator(".card").last


async def test_every_block_shows(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    await expect(shown.locator("strong").first).to_have_text("Bold")
    await expect(shown.locator("em")).to_have_text("italic")
    await expect(shown.locator("code")).to_have_text("code")
    await expect(shown.get_by_role("link", name="link")).to_have_attribute(
        "href", "https://example.com/page"
    )
    await expect(shown.locator("dl")).to_contain_text("Ana Keller")
    await expect(shown.get_by_role("cell", name="€\u00a0120,000")).to_be_visible()
    image = shown.get_by_role("img", name="Visits per week")
    assert await image.evaluate("(node) => node.decode().then(() => node.naturalWidth)") == 480
    await expect(shown.get_by_role("link", name="Open map")).to_have_attribute(
        "href", "https://example.com/map"
    )
    await expect(shown.get_by_role("button", name="Follow up")).to_have_class("act primary")
    await expect(shown.get_by_role("form", name="Log a visit")).to_be_visible()
    await expect(shown.get_by_label("Account", exact=False)).to_have_value("Acme GmbH")
    await expect(shown.get_by_label("When?")).to_have_attribute("aria-invalid", "true")
    await expect(shown.get_by_text("I cannot read “33 May” as a day.")).to_be_visible()


async def test_a_file_is_downloaded_under_its_name(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    async with shown.page.expect_download() as coming:
        await shown.get_by_role("link", name="visits.csv").click()
    download = await coming.value
    assert download.suggested_filename == "visits.csv"


async def test_a_picture_opens_large_and_closes(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    viewer = shown.page.locator("dialog.viewer")
    await shown.get_by_role("button", name="Visits per week").click()
    await expect(viewer.get_by_role("img", name="Visits per week")).to_be_visible()
    await shown.page.keyboard.press("Escape")
    await expect(viewer).to_be_hidden()


async def test_numbers_stand_under_each_other(set_up: Stage, open_page: Open) -> None:
    said = reply(Table(("Rep", "Gap", "Note"), (("Ana", "¥ 1.2万", "on plan"), ("Bo", "−3%", ""))))
    shown = await card(set_up, open_page, said)
    await expect(shown.locator("td.number")).to_have_text(["¥ 1.2万", "−3%"])


async def test_a_press_edits_its_card_in_place(set_up: Stage, open_page: Open) -> None:
    def script(incoming: Incoming) -> Sequence[Reply]:
        pressed = isinstance(incoming, Press) and incoming.token == "undo-token"
        return (Reply(text("Undone.").blocks, edit=True),) if pressed else ()

    set_up.script = script
    shown = await card(set_up, open_page)
    await set_up.say("1", text("A later message."))
    await shown.page.get_by_role("button", name="Undo").click()
    cards = shown.page.locator(".phone").first.locator(".card")
    await expect(cards).to_have_text(["Undone.", "A later message."])
    await expect(cards.first).to_have_class("bubble card edited")
    (press,) = set_up.taken
    assert isinstance(press, Press)
    assert press.card


async def test_a_pressed_button_shows_it_and_is_pressed_once(
    set_up: Stage, open_page: Open
) -> None:
    shown = await card(set_up, open_page)
    pressed = shown.page.get_by_role("button", name="Follow up")
    await pressed.dblclick()
    await expect(pressed).to_have_attribute("aria-busy", "true")
    await eventually(lambda: bool(set_up.taken))
    await set_up.say("1", text("Done."))
    await expect(pressed).not_to_have_attribute("aria-busy", "true")
    assert len(set_up.taken) == 1


async def test_a_choice_is_a_menu(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    opener = shown.get_by_role("button", name="Which Acme? Choose")
    await opener.press("Enter")
    await shown.page.keyboard.press("ArrowDown")
    await shown.page.keyboard.press("Enter")
    await expect(shown.get_by_role("button", name="Which Acme? Acme Inc")).to_be_focused()
    await eventually(lambda: bool(set_up.taken))
    (press,) = set_up.taken
    assert isinstance(press, Press)
    assert press.token == "acme-2"


async def test_a_sheet_is_checked_and_sent_back(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    account = shown.get_by_label("Account", exact=False)
    await account.fill("")
    await shown.get_by_role("button", name="Log it").click()
    await expect(account).to_be_focused()
    await expect(shown.get_by_text("Please fill this in.")).to_be_visible()
    assert set_up.taken == []
    await account.fill("Brandt & Söhne")
    await shown.get_by_label("What was it?").select_option("Call")
    await shown.get_by_label("When?").fill("昨天")
    await shown.get_by_label("Anything").fill("two\nlines")
    await shown.get_by_role("button", name="Log it").click()
    await eventually(lambda: bool(set_up.taken))
    (sent,) = set_up.taken
    assert isinstance(sent, Submission)
    assert sent.token == "sheet-token"
    assert sent.answers == {
        "account": "Brandt & Söhne",
        "kind": "call",
        "at": "昨天",
        "note": "two\nlines",
    }


async def test_a_choice_left_open_is_sent_as_nothing(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    await shown.get_by_role("button", name="Log it").click()
    await eventually(lambda: bool(set_up.taken))
    (sent,) = set_up.taken
    assert isinstance(sent, Submission)
    assert sent.answers["kind"] == ""


async def test_a_required_choice_has_to_be_made(set_up: Stage, open_page: Open) -> None:
    kind = Input("kind", "Kind", required=True, options=(("Visit", "visit"), ("Call", "call")))
    shown = await card(set_up, open_page, reply(Sheet("Log", (kind,), "Log it", Token("t"))))
    await shown.get_by_role("button", name="Log it").click()
    await expect(shown.get_by_text("Please fill this in.")).to_be_visible()
    assert set_up.taken == []


async def test_a_hint_stands_in_the_field_and_nowhere_else(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    when = shown.get_by_label("When?")
    await expect(when).to_have_attribute("placeholder", "e.g. today, yesterday 3pm, 3 May")
    await expect(when).to_have_attribute("aria-invalid", "true")
    await expect(shown.get_by_text("today, yesterday 3pm, 3 May")).to_be_hidden()
    await expect(when).to_have_accessible_description(
        "I cannot read “33 May” as a day. today, yesterday 3pm, 3 May"
    )


async def test_a_cancelled_sheet_stays_folded_until_it_is_opened_again(
    set_up: Stage, open_page: Open
) -> None:
    shown = await card(set_up, open_page)
    note = shown.get_by_label("Anything")
    await note.fill("half a tho")
    await shown.get_by_role("button", name="Cancel").click()
    again = shown.get_by_role("button", name="Open again")
    await expect(again).to_be_focused()
    await expect(note).to_be_hidden()
    await shown.page.reload()
    await expect(again).to_be_visible()
    await expect(note).to_be_hidden()
    await again.click()
    await expect(shown.get_by_label("Account", exact=False)).to_be_focused()
    await expect(note).to_have_value("half a tho")
    await shown.page.reload()
    await expect(note).to_be_visible()
    assert set_up.taken == []


@pytest.mark.parametrize("said", ["/cancel", "取消"])
async def test_saying_cancel_folds_the_open_sheets(
    set_up: Stage, open_page: Open, said: str
) -> None:
    shown = await card(set_up, open_page)
    composer = shown.page.locator(".phone").first.locator(".row textarea")
    await composer.fill(said)
    await composer.press("Enter")
    await expect(shown.get_by_role("button", name="Open again")).to_be_visible()
    await expect(shown.get_by_label("Anything")).to_be_hidden()


async def test_a_half_filled_sheet_survives_a_reload(set_up: Stage, open_page: Open) -> None:
    shown = await card(set_up, open_page)
    await shown.get_by_label("Anything").fill("half a tho")
    await shown.page.reload()
    await expect(shown.get_by_label("Anything")).to_have_value("half a tho")


async def test_nothing_typed_becomes_markup(set_up: Stage, open_page: Open) -> None:
    said = reply(
        NASTY,
        Markdown(f"*{escape(NASTY)}*"),
        Table((NASTY,), ((NASTY,),)),
        button(NASTY, "t"),
        Button("away", Link("javascript:window.hit=1")),
        Button("back", Token("t")),
    )
    shown = await card(set_up, open_page, said)
    page = shown.page
    composer = page.locator(".phone").first.get_by_role("combobox", name="Message to Salesbot")
    await composer.fill(NASTY)
    await composer.press("Enter")
    await expect(page.locator(".phone").first.locator(".mine .text")).to_have_text(NASTY)
    await expect(shown.locator(".text")).to_have_text(f"{NASTY}\n{NASTY}")
    await expect(shown.locator("a[href]")).to_have_count(0)
    for made in ("img[src=x]", "script:not([src])", "svg[onload]"):
        await expect(page.locator(made)).to_have_count(0)
    assert await page.evaluate("window.hit") is None
