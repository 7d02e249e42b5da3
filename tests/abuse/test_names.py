"""People, accounts and units that are called like markup: every card says them as words."""

import pytest

from bot.markdown import Markdown
from bot.messages import Reply, Token, reply
from storage.models import Role
from tests.abuse.inert import active, card, line
from tests.adapters.contract import NASTY
from tests.dialogs.helpers import GROUP, invite, stranger
from tests.talk import CARD, PHOTO, SPOT, Company, Someone

EVIL = (
    "<!channel> <@U123>",
    "[Acme](https://evil.example)",
    "<a href='https://evil.example'>Acme</a>",
    "*Acme* _x_ `y` ~z~ ＊w＊",
    "@everyone evil.example :smile: #tag $AAPL",
    "{account} %s \\*Acme\\* &lt;b&gt; /undo",
)
LINES = (
    *("/account {name}", "/visit {name}, {name}", "/deal {name}, proposal, 50k"),
    *("/contact {name}, {name}", "/add {name}", "/add {name} 2", "/claim {name}, {name}"),
    *("/claims", "/merge {name}", "/duplicates", "/unmerge {name}", "/me", "/org", "/people"),
    *("/people {name}", "/groups", "/leave", "/assign {name}", "/privacy", "/audit"),
    *("/retention", "/settings {name}", "/todo {name}", "/reminders", "/stats", "/help {name}"),
    *("/import", "/export", "/undo", "/cancel", "{name}", "remind me to call {name}"),
    *("visited {name} yesterday, met {name}, next: {name}", "拜访了{name}，{name}"),
)


async def staff(company: Company, name: str, language: str) -> tuple[Someone, Someone, Someone]:
    """A rep, their manager and HQ, all called so, in a unit and with a customer called so."""
    ana = await company.hire(name, unit=name.replace("/", "∕"), language=language)
    rui = await company.hire(name, Role.MANAGER, unit=name.replace("/", "∕"), language=language)
    kim = await company.hire(name, Role.HQ, unit="", language=language)
    bo = await company.hire(f"{name} 2", unit="West", language=language)
    await company.open_account(ana, name)
    await company.open_account(rui, f"{name} 3")
    await company.open_account(bo, f"{name} 2")
    return ana, rui, kim


async def cards(company: Company, name: str, language: str) -> list[Reply]:
    """Every card that comes of every line, and of the first buttons on it."""
    people = await staff(company, name, language)
    for said in LINES:
        for someone in people if said.startswith("/") else people[:1]:
            await someone.says(said.format(name=name))
            for button in someone.last.buttons[:1]:
                if isinstance(button.then, Token):
                    await someone.taps(button, someone.last)
    ana = people[0]
    for more in ({"contact": CARD}, {"location": SPOT}, {"files": (PHOTO,)}):
        await ana.says(**more)
    await ana.says(f"/account {name}", place=GROUP)
    guest = stranger(company, name, language)
    await guest.says(f"/start {await invite(company, people[2], name=name)}")
    return [shown.reply for chat in company.phone.chats.values() for shown in chat]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", EVIL)
async def test_every_card_says_them_as_words(company: Company, name: str, language: str) -> None:
    shown = await cards(company, name, language)
    assert len(shown) > 100
    for each in shown:
        assert "reference" not in str(each)
        assert [found for found in active(each) if not _is_ours(found)] == [], each


def _is_ours(found: str) -> bool:
    """Commands that a card names for the person to tap are active, and meant to be."""
    return found == "on_telegram: bot_command"


@pytest.mark.parametrize("typed", [*EVIL, *NASTY])
def test_a_line_and_a_card_say_it_as_words(typed: str) -> None:
    for said in (line(typed), card(typed)):
        assert active(said) == []


def test_what_is_active_is_noticed() -> None:
    """The readers see what they are for: a command and a link of our own."""
    ours = reply(Markdown("Send /undo or see [the page](https://example.com)."))
    assert {each.split(":")[0] for each in active(ours)} == {
        "on_telegram",
        "on_slack",
        "on_the_playground",
    }
