from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.adapters.playground.stage import Stage, stage

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Awaitable[Page]]


@pytest.fixture
async def set_up(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as built:
        yield built


@pytest.fixture
async def open_page(set_up: Stage) -> AsyncIterator[Open]:
    """Open the page: `await open_page("/?people=1,2,3", width=390, dark=True, language="zh")`."""
    if not CHROMIUM.exists():  # noqa: ASYNC240 - one look, before anything runs
        pytest.skip(f"there is no {CHROMIUM}")
    complaints: list[str] = []
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        async def open_it(
            path: str = "/",
            *,
            width: int = 1440,
            height: int = 900,
            dark: bool = False,
            language: str = "en",
            scale: float = 1,
        ) -> Page:
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                locale={"en": "en-GB", "zh": "zh-CN"}[language],
                device_scale_factor=scale,
            )
            page = await context.new_page()
            page.set_default_timeout(8_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto(set_up.url + path)
            await page.wait_for_selector(".phone .log[aria-busy=false]", state="attached")
            await expect(page.locator(".log[aria-busy=true]")).to_have_count(0)
            return page

        yield open_it
        await browser.close()
    assert complaints == []
