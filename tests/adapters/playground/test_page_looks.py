"""How it looks: on small screens, in the dark, in Chinese, and without motion."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.adapters.playground.conftest import Open
from tests.adapters.playground.scene import EVERYTHING, fill, text
from tests.adapters.playground.stage import Stage

pytestmark = pytest.mark.browser

CONTRAST = """() => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const paint = canvas.getContext("2d", {willReadFrequently: true});
  const rgb = (color) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = color;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgb("white");
  };
  const weak = [];
  for (const node of document.querySelectorAll(".phone *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!own || !node.checkVisibility() || node.disabled || node.tagName === "OPTION") continue;
    const pair = [light(rgb(getComputedStyle(node).color)), light(behind(node))];
    const [a, b] = pair.sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(`${node.textContent.slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return weak;
}"""
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("dark", [False, True])
async def test_every_text_can_be_read(set_up: Stage, open_page: Open, dark: bool) -> None:
    await fill(set_up)
    await set_up.say("4", EVERYTHING)
    page = await open_page("/?people=4,2,3", dark=dark)
    assert await page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [960, 1024, 1120, 1440])
async def test_three_phones_fit_side_by_side(set_up: Stage, open_page: Open, width: int) -> None:
    await fill(set_up)
    page = await open_page("/?people=1,2,3", width=width, height=768)
    edges = await page.evaluate(
        """() => [...document.querySelectorAll(".phone")].map((n) => n.getBoundingClientRect())
          .flatMap(({left, right}) => [left, right])"""
    )
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= width
    assert await page.evaluate("document.querySelector('.stage').scrollWidth") <= width
    for phone in await page.locator(".phone .log").all():
        assert await phone.evaluate("(n) => n.scrollWidth <= n.clientWidth")


@pytest.mark.parametrize("width", [959, 768, 390, 320])
async def test_one_phone_at_a_time_on_a_phone(set_up: Stage, open_page: Open, width: int) -> None:
    await fill(set_up)
    page = await open_page("/?people=1,2,3", width=width, height=740)
    phones = page.locator(".phone")
    assert [await phones.nth(at).is_visible() for at in range(3)] == [True, False, False]
    assert not await page.evaluate(OVERFLOW)
    await page.get_by_role("tab", name="Ana Keller Rep").press("ArrowRight")
    assert [await phones.nth(at).is_visible() for at in range(3)] == [False, True, False]
    assert not await page.evaluate(OVERFLOW)
    await expect(page.get_by_role("tab", selected=True)).to_be_focused()
    await set_up.say("1", text("News"))
    await expect(page.get_by_role("tab").first).to_have_class("tab news")
    await page.get_by_role("tab").first.click()
    await expect(page.get_by_role("tab").first).to_have_class("tab")


async def test_a_wide_table_scrolls_inside_its_card(set_up: Stage, open_page: Open) -> None:
    await set_up.say("1", EVERYTHING)
    page = await open_page("/?people=1,2,3", width=320, height=640)
    spill = """() => [...document.querySelectorAll(".phone.shown .card > *")]
      .filter((n) => n.offsetLeft + n.offsetWidth > n.closest(".card").offsetWidth + 1
        + n.closest(".card").offsetLeft)
      .map((n) => n.className)"""
    assert await page.evaluate(spill) == []


async def test_a_long_word_is_broken(set_up: Stage, open_page: Open) -> None:
    await set_up.said("1", "x" * 400)
    await set_up.say("1", text("https" * 80))
    page = await open_page("/?people=1,2,3", width=320, height=640)
    spill = (
        "[...document.querySelectorAll('.shown .log')].some((n) => n.scrollWidth > n.clientWidth)"
    )
    assert not await page.evaluate(spill)


async def test_nothing_moves_for_those_who_asked(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/?people=1,2,3")
    await page.emulate_media(reduced_motion="reduce")
    await set_up.typing("1")
    dot = page.locator(".phone").first.locator(".typing i").first
    await expect(dot).to_have_css("animation-iteration-count", "1")


async def test_the_page_speaks_the_readers_language(set_up: Stage, open_page: Open) -> None:
    page = await open_page("/", language="zh")
    await expect(page.locator(".tagline")).to_contain_text("三部手机")
    family = await page.locator(".phone").nth(2).evaluate("(n) => getComputedStyle(n).fontFamily")
    assert family.startswith('"PingFang SC"')


SHOTS: dict[str, dict[str, Any]] = {
    "wide-light": {"path": "/?people=1,2,3"},
    "wide-dark": {"path": "/?people=1,2,3", "dark": True},
    "wide-zh": {"path": "/?people=4,5,3", "language": "zh"},
    "small-light": {"path": "/?people=1,2,3", "width": 390, "height": 844},
    "small-dark": {"path": "/?people=3,2,1", "width": 390, "height": 844, "dark": True},
}


@pytest.mark.parametrize("name", SHOTS)
async def test_pictures_for_the_eye(
    set_up: Stage, open_page: Open, tmp_path: Path, name: str
) -> None:
    """`SCREENSHOTS=some/folder` keeps them, at twice the resolution."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    await fill(set_up)
    page: Page = await open_page(**SHOTS[name], scale=2)
    await page.evaluate("Promise.all([...document.images].map((one) => one.decode()))")
    picture = await page.screenshot(path=folder / f"{name}.png")
    assert len(picture) > 20_000
