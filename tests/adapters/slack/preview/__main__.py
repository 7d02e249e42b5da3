"""``python -m tests.adapters.slack.preview FOLDER`` writes a picture of each card."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.adapters.playground.conftest import ARGUMENTS, CHROMIUM
from tests.adapters.slack.preview import paper
from tests.adapters.slack.preview.scenes import scenes

LOOKS = {"phone": (360, False), "desk": (820, False), "dark": (820, True)}


async def draw(out: Path) -> None:
    """Draw every scene in every look."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(device_scale_factor=2)
        with tempfile.TemporaryDirectory() as folder:
            async for scene in scenes(Path(folder)):
                for look, (width, dark) in LOOKS.items():
                    await page.set_viewport_size({"width": width, "height": 200})
                    await page.set_content(paper.page(scene.body, width=width, dark=dark))
                    await page.screenshot(path=out / f"{scene.name}-{look}.png", full_page=True)
        await browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    out: Path = parser.parse_args().folder
    out.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(out))


main()
