"""Answers in a window: looked up as one types, picked, and shown on the wall."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answers import (
    ACCOUNT,
    ACCOUNT_OR_NEW,
    CONTACTS,
    DEAL,
    DUE,
    HAPPENED,
    NOTE,
    QUIET,
    TEXT,
    WHEN,
)
from bot.forms import Asking, InvalidAnswer, Kind
from bot.messages import Way
from bot.phrases import speaking
from bot.words import OUTCOME
from services import accounts
from services.access import scope_of
from services.errors import GoneAccount
from services.times import instant
from storage.models import Person
from storage.work import Work
from tests.services.conftest import Hire, hire, work
from tests.talk import MONDAY

__all__ = ["hire", "work"]

NIGHT = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past two in Berlin, for the first time that night."""


@pytest.fixture
async def bo(work: Work, hire: Hire) -> Person:
    return await hire("Bo", unit="West")


@pytest.fixture
async def asking(work: Work, hire: Hire) -> Asking:
    return Asking(work, await hire("Ana"), MONDAY)


def berlin(now: datetime) -> Asking:
    person = Person(name="Ana", role=1, unit_id=1, zone="Europe/Berlin")
    return Asking(None, person, now)  # type: ignore[arg-type]  # times look nothing up


async def labels(kind: Kind[Any], text: str, asking: Asking) -> list[str]:
    return [each.label for each in await kind.suggest(text, asking)]


def test_how_each_kind_is_answered() -> None:
    assert {Way.SUGGESTED} == {ACCOUNT.way, ACCOUNT_OR_NEW.way}
    assert {Way.MOMENT} == {WHEN.way, HAPPENED.way, DUE.way}
    assert {Way.TEXT} == {TEXT.way, NOTE.way, CONTACTS.way, OUTCOME.way, DEAL.way}


async def test_a_new_account_is_offered_last_unless_one_is_called_so(asking: Asking) -> None:
    account = await accounts.create(asking.work, asking.person, "Acme Trading", ["Acme"])
    assert await labels(ACCOUNT_OR_NEW, "acm", asking) == ["Acme Trading", "New: acm"]
    found = await ACCOUNT_OR_NEW.suggest(" acme, ", asking)
    assert [(each.label, each.value) for each in found] == [("Acme Trading", str(account.id))]
    assert await labels(ACCOUNT, "acm", asking) == ["Acme Trading"]
    assert await labels(ACCOUNT_OR_NEW, "", asking) == ["Acme Trading"]
    assert await labels(ACCOUNT_OR_NEW, "?!", asking) == ["Acme Trading"]
    new = (await ACCOUNT_OR_NEW.suggest("Bolt  Ltd", asking))[-1]
    assert (new.label, new.value) == ("New: Bolt Ltd", "+Bolt Ltd")
    with speaking("zh"):
        assert await labels(ACCOUNT_OR_NEW, "华东", asking) == ["新建：华东"]


async def test_no_more_is_offered_than_a_menu_holds(asking: Asking) -> None:
    for number in range(30):
        await accounts.create(asking.work, asking.person, f"Acme {number}")
    found = await labels(ACCOUNT_OR_NEW, "acme", asking)
    assert (len(found), found[-1]) == (25, "New: acme")
    assert len(await labels(ACCOUNT_OR_NEW, "", asking)) == 25


async def test_other_answers_are_suggested_by_what_is_in_them(asking: Asking) -> None:
    assert await labels(QUIET, "21", asking) == ["21:00–08:00"]
    assert len(await labels(QUIET, "", asking)) == 3
    assert await labels(TEXT, "21", asking) == []


async def test_a_picked_account_is_judged_afresh(bo: Person, asking: Asking) -> None:
    mine, theirs = (
        await accounts.create(asking.work, asking.person, "Acme"),
        await accounts.create(asking.work, bo, "Bolt"),
    )
    assert await ACCOUNT.accept(str(mine.id), asking) == str(mine.id)
    with pytest.raises(GoneAccount):
        await ACCOUNT.accept(str(theirs.id), asking)
    with pytest.raises(ValueError, match="invalid literal"):
        await ACCOUNT.accept("Acme", asking)


async def test_a_new_account_is_accepted_without_being_made(bo: Person, asking: Asking) -> None:
    assert await ACCOUNT_OR_NEW.accept("+Acme", asking) == "+Acme"
    assert not await asking.work.accounts.by_keys(
        ["acme"], await scope_of(asking.work, asking.person)
    )
    mine = await accounts.create(asking.work, asking.person, "Crane")
    assert await ACCOUNT_OR_NEW.accept("+crane", asking) == str(mine.id)
    await accounts.create(asking.work, bo, "Bolt")
    with pytest.raises(InvalidAnswer, match="Bo"):
        await ACCOUNT_OR_NEW.accept("+Bolt", asking)
    for refused in (ACCOUNT, "+Acme"), (ACCOUNT_OR_NEW, "+ ?"):
        with pytest.raises(InvalidAnswer):
            await refused[0].accept(refused[1], asking)


@given(
    st.datetimes(datetime(2025, 12, 1), datetime(2026, 11, 1)),  # noqa: DTZ001 - wall times
    st.sampled_from([WHEN, HAPPENED]),
    st.booleans(),
    st.sampled_from(["en", "zh"]),
)
async def test_what_a_wall_shows_is_read_as_the_same(
    local: datetime, kind: Kind[Any], whole_day: bool, language: str
) -> None:
    asking = berlin(datetime(2026, 11, 2, tzinfo=UTC))
    assume(not instant(local, asking.zone)[1])
    shown = f"{local:%Y-%m-%d}" if whole_day else f"{local:%Y-%m-%d %H:%M}"
    with speaking(language):
        await stays(kind, shown, asking)


@given(
    st.datetimes(datetime(2026, 3, 2), datetime(2027, 11, 1)),  # noqa: DTZ001 - wall times
    st.booleans(),
)
async def test_what_is_due_is_read_as_the_wall_shows_it(local: datetime, whole_day: bool) -> None:
    asking = berlin(datetime(2026, 3, 1, tzinfo=UTC))
    assume(not instant(local, asking.zone)[1])
    shown = f"{local:%Y-%m-%d}" if whole_day else f"{local:%Y-%m-%d %H:%M}"
    await stays(DUE, shown, asking)


async def stays(kind: Kind[Any], shown: str, asking: Asking) -> None:
    """What the wall shows of the answer is read as that answer."""
    said = await kind.read(shown, asking)
    assert kind.wall(kind.dump(said), asking) == shown
    again = await kind.read(kind.wall(kind.dump(said), asking), asking)
    assert kind.dump(again) == kind.dump(said)


@pytest.mark.parametrize("minutes", range(0, 240, 15))
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
async def test_in_a_night_in_which_the_clocks_change_the_wall_tells(
    minutes: int, day: str
) -> None:
    shown = f"{day} {minutes // 60:02}:{minutes % 60:02}"
    skipped = day == "2026-03-29" and minutes // 60 == 2
    for kind, now in (
        (HAPPENED, datetime(2026, 11, 2, tzinfo=UTC)),
        (DUE, datetime(2026, 3, 1, tzinfo=UTC)),
    ):
        asking = berlin(now)
        if not skipped:
            await stays(kind, shown, asking)
            continue
        moved = kind.wall(kind.dump(await kind.read(shown, asking)), asking)
        assert moved == shown.replace(" 02:", " 03:")
        assert await moment(kind, moved, asking) == await moment(kind, shown, asking)


async def moment(kind: Kind[date], text: str, asking: Asking) -> date:
    stored = kind.dump(await kind.read(text, asking))
    return await kind.load(stored, asking)


async def test_a_time_that_the_clocks_show_twice_is_shown_on_the_wall() -> None:
    asking = berlin(NIGHT + timedelta(days=1))
    for at in (NIGHT, NIGHT + timedelta(hours=1)):
        assert HAPPENED.wall(at.isoformat(), asking) == "2026-10-25 02:30"
    assert WHEN.wall("now", asking) == "2026-10-26 01:30"
    assert TEXT.wall("2026-10-25", asking) == ""
