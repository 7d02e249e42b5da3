"""The documents say what the code does."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.adapters.slack.http import PATH
from bot.adapters.slack.scopes import NEEDED
from bot.settings import Settings, load

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
SETTINGS = sorted(field.upper() for field in Settings.model_fields)


@cache
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


@cache
def commands() -> list[str]:
    """List the command line's commands, as its own help names them."""
    told = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    found = re.search(r"\{([a-z-]+(?:,[a-z-]+)*)\}", told)
    assert found, told
    return found[1].split(",")


def test_the_example_has_every_setting_and_no_other() -> None:
    assert sorted(dotenv_values(EXAMPLE)) == SETTINGS


def test_the_example_is_right_as_it_stands_and_is_the_defaults() -> None:
    assert load({}, EXAMPLE) == load({}, None)


def test_every_setting_of_the_example_is_explained() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").split("\n\n")
    assert all(block.startswith("# ") for block in blocks)


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_readme_names_every_setting(setting: str) -> None:
    assert f"`{setting}`" in readme()


def test_the_readme_names_no_setting_that_is_not() -> None:
    families = "|".join(sorted({setting.split("_")[0] for setting in SETTINGS} | {"SLACK"}))
    named = set(re.findall(rf"`((?:{families})_[A-Z_]+)`", readme()))
    assert named == set(SETTINGS)


def test_the_readme_names_every_command_and_no_other() -> None:
    assert set(re.findall(r"`salesbot ([a-z]+)", readme())) == set(commands())


def test_the_readme_says_what_each_scope_of_slack_is_for() -> None:
    told = re.findall(r"^\| `([a-z_]+:[a-z]+|commands)` \| (.+) \|$", readme(), re.MULTILINE)
    assert dict(told) == dict(NEEDED)


def test_the_readme_names_slack_s_address_and_where_it_is_entered() -> None:
    assert f"https://YOUR-ADDRESS{PATH}" in readme()


@pytest.mark.parametrize("document", [*sorted(ROOT.glob("docs/**/*.md")), ROOT / "README.md"])
def test_what_a_document_leads_to_is_there(document: Path) -> None:
    led = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert [each for each in led if not (document.parent / each).exists()] == []


def test_the_tour_names_every_file_of_the_slack_adapter() -> None:
    tour = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.search(r"^bot/adapters/slack/\n(.+?)^\*\*Windows", tour, re.MULTILINE | re.DOTALL)
    assert named
    files = {file.name for file in (ROOT / "bot/adapters/slack").glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"\b[a-z]+\.py\b", named[1])) == files


def test_the_readme_tells_how_to_try_and_test() -> None:
    assert "make demo" in readme()
    assert "make test" in readme()


def test_pins_are_names_and_versions_alone_in_order() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin) for pin in pins)
    assert pins == sorted(set(pins), key=lambda pin: pin.split("==")[0])
