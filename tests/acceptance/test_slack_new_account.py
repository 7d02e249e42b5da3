"""A new customer in a form: a window upon it asks about them, then the form goes on."""

from typing import Any

import pytest

from bot.adapters.slack import intake
from bot.runtime.turn import utc_now
from storage.journal import Author
from storage.models import Account, AccountKey, Person, Visit
from storage.work import Work
from tests.acceptance.slack import BEN, EVE
from tests.acceptance.slack_office import ZONE, Office, Someone
from tests.acceptance.test_slack_windows import today

pytestmark = pytest.mark.acceptance
BOTH = pytest.mark.parametrize("mode", ["socket", "http"])


async def begin(someone: Someone, name: str = "Nova Labs", **values: Any) -> None:
    """Open the form of a visit, type a name that nobody knows, and pick it."""
    await someone.command("visit")
    await someone.chooses("account", name, **values)


def ways(shop: Office) -> list[str]:
    """How windows were opened and changed."""
    methods = ("views.open", "views.push", "views.update")
    return [each["method"] for each in shop.control.server.requests if each["method"] in methods]


async def keys(shop: Office) -> set[str]:
    return {each.key for each in await shop.all(AccountKey)}


@BOTH
async def test_a_new_customer_is_told_about_upon_the_form_which_then_goes_on(
    shop: Office, ana: Someone
) -> None:
    await begin(ana, note="bring samples", at=today(ZONE))
    assert shop.control.windows() == 2
    assert "What is the customer called?" in ana.window.text
    assert ana.filled == {"name": "Nova Labs", "tier": "C"}
    done = await ana.submits(city="Hangzhou", tier="A", alias="星云")
    assert done["result"] == "closed"
    assert shop.control.windows() == 1
    filled = ana.filled
    assert (filled["account"], filled["note"]) == ("Nova Labs (new)", "bring samples")
    assert filled["at"] == today(ZONE)
    assert await shop.all(Account) == []
    done = await ana.submits()
    assert done["result"] == "closed"
    [account] = await shop.all(Account)
    assert (account.name, account.city, account.tier) == ("Nova Labs", "Hangzhou", "A")
    assert {"novalabs", "星云"} <= await keys(shop)
    ana.sees("Logged: Nova Labs", "bring samples")
    assert ana.count == 1
    await ana.presses("Undo")
    assert (await shop.all(Account), await shop.all(Visit), await keys(shop)) == ([], [], set())


async def test_what_is_picked_else_is_not_asked_about(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit")
    done = await ana.chooses("account", "Acme", note="as before")
    assert done["delivery"]["state"] == "acked"
    assert shop.control.windows() == 1
    assert ways(shop) == ["views.open", "views.update"]
    await ana.submits()
    ana.sees("Logged: Acme", "as before")


async def test_the_window_is_pushed_although_the_database_is_locked(
    shop: Office, ana: Someone
) -> None:
    await ana.command("visit")
    option = await shop.control.picks("account", "Nova")
    async with shop.locked():
        view = shop.control.window()
        block = next(b["block_id"] for b in view["blocks"] if b["block_id"].startswith("account"))
        chosen = {"view_id": view["id"], "block_id": block, "value": option, "wait": False}
        done = await shop.control.server.action(user=ana.user, **chosen)
        seen = {"kinds": ["view"], "timeout": 2.5}
        [opened] = await shop.control.server.wait(after=done["seq"], **seen)
        assert opened["how"] == "push"
    await shop.quiet()
    assert ana.filled["name"] == "Nova"


async def test_closing_it_goes_back_to_the_form_as_it_was(shop: Office, ana: Someone) -> None:
    await begin(ana, note="kept")
    await shop.control.server.close_view(user=ana.user)
    assert shop.control.windows() == 1
    assert ways(shop) == ["views.open", "views.update", "views.push", "views.update"]
    await ana.submits()
    [account] = await shop.all(Account)
    assert (account.name, account.city, account.tier) == ("Nova Labs", "", "C")
    assert await shop.notes() == ["kept"]


async def test_answered_late_it_says_so_and_the_form_waits_below(
    shop: Office, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(ana, note="kept")
    with monkeypatch.context() as slow:
        slow.setattr(intake, "PATIENCE", 0)
        done = await ana.submits(city="Hangzhou")
    assert done["result"] == "update"
    assert "Close this window to go on with the form." in ana.window.text
    await shop.control.server.close_view(user=ana.user)
    assert (ana.filled["account"], ana.filled["note"]) == ("Nova Labs (new)", "kept")
    await ana.submits()
    [account] = await shop.all(Account)
    assert account.city == "Hangzhou"


async def test_told_twice_the_last_one_counts(shop: Office, ana: Someone) -> None:
    await begin(ana)
    await ana.submits(city="Hangzhou")
    for city in ("Hangzhou", "Suzhou"):
        await ana.chooses("account", "Nova Labs", note="second")
        await ana.submits(name="Nova Labs", city=city)
        assert ana.filled["account"] == "Nova Labs (new)"
    await ana.submits()
    [account] = await shop.all(Account)
    assert (account.city, await shop.notes()) == ("Suzhou", ["second"])


async def test_details_hold_though_another_answer_was_wrong(shop: Office, ana: Someone) -> None:
    await begin(ana)
    await ana.submits(name="Nova Laboratories Ltd", city="Hangzhou", alias="a short name, really")
    await ana.submits(at="2099-01-01", note="kept")
    assert await shop.notes() == []
    await ana.submits(at=today(ZONE))
    [account] = await shop.all(Account)
    assert (account.name, account.city) == ("Nova Laboratories Ltd", "Hangzhou")
    assert await shop.notes() == ["kept"]


async def test_what_may_be_a_known_customer_is_asked_about_once(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Nova Labs")
    await begin(ana, "Novva Labs", note="kept")
    done = await ana.submits(city="Hangzhou")
    assert done["result"] == "update"
    assert shop.control.windows() == 2
    assert "This may be Nova Labs, which is yours." in ana.window.text
    assert ana.filled == {"name": "Novva Labs", "city": "Hangzhou", "tier": "C"}
    done = await ana.submits()
    assert done["result"] == "closed"
    await ana.submits()
    found = [(each.name, each.city) for each in await shop.all(Account)]
    assert found == [("Nova Labs", ""), ("Novva Labs", "Hangzhou")]


async def test_one_that_is_there_already_is_picked_not_added(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    ben = await shop.hire(BEN, "Ben")
    await shop.open_account(ben, "Bolt Works")
    await begin(ana)
    for name, words in (("ACME", "there already"), ("Bolt Works", "belongs to Ben")):
        done = await ana.submits(name=name)
        assert done["result"] == "errors"
        [(block, told)] = done["errors"].items()
        assert block.partition("~")[0] == "name"
        assert words in told
    assert shop.control.windows() == 2
    await ana.submits(name="Nova Labs")
    assert ana.filled["account"] == "Nova Labs (new)"


async def test_a_card_s_form_keeps_its_card(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says("visited Acme today, demo went well")
    await ana.presses("Edit")
    await ana.chooses("account", "Nova Labs", note="another one")
    await ana.submits(city="Hangzhou")
    assert ana.filled["note"] == "another one"
    await ana.submits()
    ana.sees("Logged: Nova Labs", "another one")
    assert ana.count == 1


async def test_a_card_saved_meanwhile_is_not_saved_again(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says("visited Acme today, demo went well")
    await ana.presses("Edit")
    await ana.chooses("account", "Nova Labs")
    await ana.presses("Save")
    await ana.submits(city="Hangzhou")
    await ana.submits(note="twice")
    assert len(await shop.all(Visit)) == 1


async def test_when_the_window_can_t_be_pushed_nothing_breaks(shop: Office, ana: Someone) -> None:
    await ana.command("visit")
    shop.control.breaks("error", "views.push", error="expired_trigger_id")
    done = await ana.chooses("account", "Nova Labs", note="kept")
    assert done["delivery"]["state"] == "acked"
    assert shop.control.windows() == 1
    await ana.submits()
    ana.sees("Logged: Nova Labs", "kept")


async def test_one_envelope_that_comes_twice_asks_once(shop: Office, ana: Someone) -> None:
    await begin(ana)
    sent = [d for d in shop.control.server.deliveries.values() if "actions" in d.payload][-1]
    shop.control.server._deliver("interactive", shop.control.server.team(), sent.payload)
    await shop.quiet()
    assert shop.control.windows() == 2
    await ana.submits(city="Hangzhou")
    await ana.submits()
    assert len(await shop.all(Account)) == 1


async def test_somebody_else_s_form_tells_nothing(shop: Office, ana: Someone) -> None:
    eve = await shop.hire(EVE, "Eve")
    await ana.command("visit")
    theirs = shop.control.window(ana.user)["private_metadata"]
    await eve.command("visit")
    view = shop.control.server._open_modal(shop.control.server.team(), EVE, None)
    view.data = {**view.data, "private_metadata": theirs}
    option = {"text": {"type": "plain_text", "text": "New: Nova"}, "value": "more:+Nova"}
    chosen = {"view_id": view.id, "block_id": "account", "value": option}
    await shop.control.server.action(user=EVE, **chosen)
    await shop.quiet()
    assert "That card is someone else's" in eve.window.text
    await ana.submits(account="Nova")
    ana.sees("Logged: Nova")


async def test_one_who_left_is_asked_nothing(shop: Office, ana: Someone) -> None:
    await ana.command("visit")
    assert ana.person
    async with shop.database.begin() as session:
        Work(session, Author(utc_now(), None, "leave"))
        (await session.get_one(Person, ana.person.id)).active = False
    option = {"text": {"type": "plain_text", "text": "New: Nova"}, "value": "more:+Nova"}
    view = shop.control.window()
    await shop.control.server.action(
        user=ana.user, view_id=view["id"], block_id="account", value=option
    )
    await shop.quiet()
    assert "called?" not in ana.window.text
    assert shop.control.windows() == 2


async def test_in_chinese(shop: Office) -> None:
    ana = await shop.hire(name="安娜", language="zh")
    await ana.command("拜访")
    await ana.chooses("account", "星云实验室", note="带样品")
    view = shop.control.window()
    assert (view["title"]["text"], view["submit"]["text"]) == ("新客户", "添加")
    assert not any(word in ana.window.text for word in ("customer", "city", "tier"))
    await ana.submits(city="杭州", tier="A")
    assert (ana.filled["account"], ana.filled["note"]) == ("星云实验室（新）", "带样品")
    await ana.submits()
    ana.sees("已记录：星云实验室", "带样品")
    [account] = await shop.all(Account)
    assert (account.city, account.tier) == ("杭州", "A")
