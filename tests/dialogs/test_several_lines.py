"""Several commands pasted at once, a line each."""

import pytest

import handlers
from bot.commands import collect
from bot.runtime.heard import several
from tests.dialogs.helpers import note, visits
from tests.talk import Company, Someone

BOOK = collect(handlers)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("/visit Acme\n/visit Beta", ["/visit Acme", "/visit Beta"]),
        ("拜访 和禾 昨天\n拜访 榕影湾 昨天", ["拜访 和禾 昨天", "拜访 榕影湾 昨天"]),
        ("/visit Acme\nthey liked it\nno rush", ["/visit Acme\nthey liked it\nno rush"]),
        ("/visit Acme\n客户说太贵", ["/visit Acme\n客户说太贵"]),
        ("/visit Acme\n/usr/bin is a path", ["/visit Acme\n/usr/bin is a path"]),
        ("so far\n/visit Acme", ["so far\n/visit Acme"]),
        ("", [""]),
    ],
)
def test_a_line_begins_a_command_only_when_it_means_to(text: str, parts: list[str]) -> None:
    assert several(BOOK, text) == parts


async def test_each_line_is_a_visit_and_one_undo_takes_back_all(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(ana, "Beta")
    await ana.says("/visit Acme yesterday\n/visit Beta, good talk")
    ana.sees("Logged: Acme", "Logged: Beta")
    assert len(await visits(company)) == 2
    assert await note(company) == "good talk"
    await ana.presses("Undo")
    assert await visits(company) == []


async def test_where_one_has_to_ask_the_rest_is_given_back(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme\n/visit Nowhere yet\n/visit Acme yesterday")
    ana.sees("Logged: Acme", "Nowhere", "send me the rest again", "/visit Acme yesterday")
    assert len(await visits(company)) == 1
