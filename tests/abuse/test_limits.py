"""How much one person may ask for: people, guests, guessers of codes, those who type and press."""

import pytest

from bot.messages import Sheet, Token
from bot.runtime.limits import Limits, Turns
from bot.runtime.suggesting import suggest
from storage.engine import Database
from tests.adapters.slack import payloads
from tests.adapters.slack.taking import at_the_door
from tests.dialogs.helpers import invite, stranger, visits
from tests.talk import Company, Someone, with_windows

CODE = "wJ4k9Xh2mQ7c_5Tz-0AbCd"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(company: Company) -> Clock:
    clock = Clock()
    object.__setattr__(company.runtime, "monotonic", clock)
    return clock


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


async def test_a_guest_may_say_ten_things_at_once_and_then_one_every_six_seconds(
    company: Company, clock: Clock
) -> None:
    kim = stranger(company)
    for _each in range(10):
        await kim.says("hello")
    assert "too much" not in kim.transcript()
    await kim.says("hello")
    kim.sees("That was too much at once")
    clock.now += 6
    await kim.says("hello")
    kim.sees("sales assistant")
    await kim.says("hello")
    kim.sees("That was too much at once")


async def test_a_flood_is_told_so_a_few_times_and_not_each_time(
    company: Company, ana: Someone, clock: Clock
) -> None:
    await company.open_account(ana, "Acme")
    for _each in range(100):
        await ana.says("/visit Acme")
    assert len(await visits(company)) == 60
    assert ana.transcript().count("too much at once") == 3
    clock.now += 20
    for _each in range(30):
        await ana.says("/me")
    assert ana.transcript().count("too much at once") == 4


async def test_after_ten_wrong_codes_the_next_is_not_looked_up(
    company: Company, clock: Clock
) -> None:
    await invite(company, code=CODE)
    kim = stranger(company)
    for number in range(10):
        clock.now += 6
        await kim.says(f"/start wrong-code-{number:012}")
        kim.sees("isn't valid")
    for said in (f"/start {CODE}", CODE, f"https://t.me/bot?start={CODE}", f"/join {CODE}"):
        clock.now += 6
        await kim.says(said)
        kim.sees("Those codes were none of ours.", "try again in 5 min.")
    clock.now += 6
    await kim.says("hello")
    kim.sees("sales assistant")
    clock.now += 360
    await kim.says(f"/start {CODE}")
    kim.sees("Welcome, Kim")


async def test_whoever_guesses_keeps_nobody_else_out(company: Company, clock: Clock) -> None:
    await invite(company, code=CODE)
    kim, lee = stranger(company), stranger(company, "Lee")
    for number in range(12):
        clock.now += 6
        await kim.says(f"/start wrong-code-{number:012}")
    await lee.says(f"/start {CODE}")
    lee.sees("Welcome")


async def test_a_command_that_only_looks_like_a_code_is_not_stopped(
    company: Company, clock: Clock
) -> None:
    kim = stranger(company)
    for number in range(11):
        clock.now += 6
        await kim.says(f"/start wrong-code-{number:012}")
    clock.now += 6
    await kim.says("/visit Acme")
    kim.sees("We haven't met yet")


async def test_nobody_types_faster_than_options_are_looked_up(
    company: Company, clock: Clock, ana: Someone
) -> None:
    company.phone.window_pace = with_windows().window_pace
    await company.open_account(ana, "Acme")
    await ana.says("/visit", window="view:V1")
    sheet = next(
        each for each in company.phone.windows["view:V1"].reply.blocks if isinstance(each, Sheet)
    )
    assert isinstance(sheet.then, Token)

    async def found() -> bool:
        assert isinstance(sheet.then, Token)
        token = sheet.then.value
        return bool(await suggest(company.runtime, ana.sender, token, "account", "Acme"))

    assert [await found() for _each in range(41)] == [True] * 40 + [False]
    clock.now += 0.25
    assert await found()


def test_what_is_left_is_told_without_being_counted() -> None:
    limits = Limits(burst=2, seconds=10)
    assert [limits.left("ana", 0) for _each in range(3)] == [0, 0, 0]
    assert (limits.wait("ana", 0), limits.wait("ana", 0)) == (0, 0)
    assert (limits.left("ana", 0), limits.left("ana", 5)) == (10, 5)
    assert limits.left("bo", 0) == 0


def test_a_chat_that_floods_lets_the_others_go_first() -> None:
    turns = Turns(run=2, seconds=1)
    for _each in range(2):
        assert list(turns.behind(0)) == []
        turns.took("flood", 0)
    assert list(turns.behind(0)) == ["flood"]
    turns.alone()
    assert [list(turns.behind(0)) for _each in range(3)] == [[], [], ["flood"]]
    assert list(turns.behind(2)) == []


def test_who_says_a_few_things_beside_a_flood_is_no_flood() -> None:
    turns = Turns(run=2, seconds=1)
    for _each in range(100):
        turns.took("flood", 0)
    for _each in range(20):
        turns.took("ana", 0)
    assert list(turns.behind(0)) == ["flood"]


def test_only_what_was_answered_lately_counts() -> None:
    turns = Turns(run=1, seconds=1)
    for number in range(1_000):
        turns.took(f"chat-{number}", float(number))
    assert list(turns.behind(1_000.0)) == ["chat-999"]
    assert len(turns._served) == 1


@pytest.mark.parametrize("allowed", [True, False])
async def test_without_a_window_somebody_is_asked_in_the_chat(
    database: Database, allowed: bool
) -> None:
    async with at_the_door(database) as door:
        asked: list[str] = []

        def may_open(user: str) -> bool:
            asked.append(user)
            return allowed

        door.intake.may_open = may_open
        await door.takes(payloads.command("visit"))
        assert len(asked) == 1
        assert bool(door.odd.calls("views.open")) is allowed
