"""Buttons: what is stored, who may press, and what a pressed card looks like."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

import handlers
from bot.commands import collect
from bot.markdown import Markdown
from bot.messages import Button, Buttons, Call, Choice, Link, Reply, Sheet, Text, Token, reply
from bot.runtime.calls import LIFE, Issuer, Redeemed, pressed, redeem, spent
from storage.engine import Database
from storage.models import StoredCall
from tests.talk import MONDAY, Company

PAGE = Link("https://acme.example")


@pytest.fixture(autouse=True)
async def _two_people(company: Company) -> None:
    await company.hire("Ana")
    await company.hire("Bo")


def card() -> Reply:
    return reply(
        "Logged.",
        Button(Markdown("*Undo*"), Call("undo", {"change": "7"})),
        Button("Account", Call("account", {"account": "1"}), single=False),
        Button("Page", PAGE),
    )


async def issue(database: Database, said: Reply, person_id: int | None = 1) -> Reply:
    numbers = count(1)
    issuer = Issuer("card", person_id, MONDAY, lambda: f"t{next(numbers)}", collect(handlers))
    async with database.begin() as session:
        return await issuer.issue(session, said)


async def press(database: Database, token: str, person: int | None = 1, **late: float) -> Redeemed:
    async with database.begin() as session:
        now = MONDAY + timedelta(**late)
        redeemed = await redeem(session, token, person, now)
        await spent(session, redeemed, now)
        return redeemed


async def test_the_platform_sees_tokens_alone(database: Database) -> None:
    left = await issue(database, card())
    undo, account, page = left.blocks[1].buttons  # type: ignore[union-attr]
    assert [each.then for each in (undo, account, page)] == [Token("t1"), Token("t2"), PAGE]
    assert undo.label == "Undo"


async def test_every_kind_of_block_with_calls(database: Database) -> None:
    call = Call("help")
    left = await issue(
        database,
        reply(Choice("Which?", (Button("A", call),)), Sheet("Title", (), "Save", call)),
    )
    assert left.blocks == (
        Choice("Which?", (Button("A", Token("t1")),)),
        Sheet("Title", (), "Save", Token("t2")),
    )


async def test_a_card_without_calls_stores_nothing(database: Database) -> None:
    assert await issue(database, reply("Hello", Button("Page", PAGE))) == reply(
        "Hello", Button("Page", PAGE)
    )
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StoredCall)) == 0


async def test_a_press_gives_back_the_call(database: Database) -> None:
    await issue(database, card())
    found = await press(database, "t1")
    assert (found.call, found.card, found.single) == (
        Call("undo", {"change": "7"}),
        "card",
        True,
    )


async def test_a_single_one_is_spent_by_a_press_and_the_others_stay(database: Database) -> None:
    await issue(database, card())
    await press(database, "t1")
    again = await press(database, "t1", minutes=1)
    assert (again.call, again.label, again.spent_at) == (None, "Undo", MONDAY)
    for _each in range(2):
        assert (await press(database, "t2")).call == Call("account", {"account": "1"})


async def test_of_several_single_ones_a_press_spends_all(database: Database) -> None:
    await issue(database, reply(Button("A", Call("a")), Button("B", Call("b"))))
    await press(database, "t1")
    other = await press(database, "t2", minutes=1)
    assert (other.call, other.label, other.spent_at) == (None, "", MONDAY)


@pytest.mark.parametrize(
    ("token", "person", "late", "foreign"),
    [
        ("t1", 2, timedelta(0), True),
        ("t1", None, timedelta(0), True),
        ("t1", 1, LIFE + timedelta(seconds=1), False),
        ("unknown", 1, timedelta(0), False),
    ],
)
async def test_who_else_when_else_what_else(
    database: Database, token: str, person: int | None, late: timedelta, foreign: bool
) -> None:
    await issue(database, card())
    found = await press(database, token, person, seconds=late.total_seconds())
    assert found == Redeemed(None, foreign=foreign)


async def test_a_guest_s_button_is_a_guest_s(database: Database) -> None:
    await issue(database, card(), None)
    assert (await press(database, "t1", None)).call


def test_a_pressed_card_ticks_the_button_and_keeps_the_lasting_ones() -> None:
    lasting = Button("Account", Token("t2"), single=False)
    shown = Reply(
        (
            Text(Markdown("Which?")),
            Buttons((Button("A *b*", Token("t1")), lasting)),
            Choice("Or", (Button("C", Token("t3")),)),
        )
    )
    assert pressed(shown, "t1").blocks == (
        Text(Markdown("Which?")),
        Text(Markdown(r"✓ A \*b\*")),
        Buttons((lasting,)),
    )
    assert pressed(pressed(shown, "t1"), "t1") == pressed(shown, "t1")


async def test_a_button_may_live_for_a_short_while_only(database: Database) -> None:
    there = Button("Here", Call("undo", {"change": "7"}), lives=timedelta(minutes=15))
    other = Button("Other", Call("undo", {}), single=False)
    await issue(database, reply("Where?", there, other))
    assert (await press(database, "t1", minutes=14)).call == Call("undo", {"change": "7"})
    assert (await press(database, "t1", minutes=16)).call is None
    assert (await press(database, "t2", days=6)).call == Call("undo", {})
