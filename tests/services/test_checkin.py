"""Checking in: how far it is, what is believed, and what is kept of it."""

from datetime import timedelta
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import accounts, checkin, leaves
from services.checkin import CLOSE, Fix, Point, Sighted, between, by_distance, doubt, rounded
from services.errors import GoneAccount, PlaceKnown
from services.leaves import Days
from storage.kinds import Verdict
from storage.models import Account, Person
from storage.places import Stop
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

SHANGHAI, BEIJING = Point(31.2304, 121.4737), Point(39.9042, 116.4074)
DEGREE = 111_195.0
"""How many metres a degree of latitude is."""
points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
HERE = Fix(SHANGHAI, MONDAY, 12.0)


def north(metres: float, of: Point = SHANGHAI) -> Point:
    return Point(of.latitude + metres / DEGREE, of.longitude)


async def placed(work: Work, owner: Person, name: str, at: Point | None) -> Account:
    account = await accounts.create(work, owner, name)
    if at:
        account.latitude, account.longitude = at.latitude, at.longitude
        await work.accounts.flush()
    return account


def test_known_distances() -> None:
    assert between(SHANGHAI, BEIJING) == pytest.approx(1_067_000, rel=0.005)
    assert between(Point(51.5074, -0.1278), Point(40.7128, -74.006)) == pytest.approx(
        5_570_000, rel=0.005
    )
    assert between(Point(0, 179.999), Point(0, -179.999)) == pytest.approx(222, rel=0.01)
    assert between(Point(90, 0), Point(90, 135)) == pytest.approx(0, abs=1e-6)


@given(points, points)
def test_there_and_back_is_one_way_and_half_the_globe_at_most(a: Point, b: Point) -> None:
    assert between(a, b) == pytest.approx(between(b, a), abs=1e-6)
    assert 0 <= between(a, b) <= 20_016_000


@given(points, points, points)
def test_a_detour_is_no_shorter(a: Point, b: Point, c: Point) -> None:
    assert between(a, c) <= between(a, b) + between(b, c) + 1.0


@given(st.floats(-80, 80), st.floats(-1, 1), st.floats(-1, 1))
def test_near_by_it_is_as_on_a_flat_map(latitude: float, up: float, right: float) -> None:
    a = Point(latitude, 10.0)
    b = Point(latitude + up / 1_000, 10.0 + right / 1_000)
    flat = DEGREE / 1_000 * (up**2 + (right * cos(radians(latitude))) ** 2) ** 0.5
    assert between(a, b) == pytest.approx(flat, abs=1.0)


@given(st.floats(0, 5_000), st.one_of(st.none(), st.floats(0, 500)))
def test_one_is_there_within_two_hundred_metres_or_what_the_phone_knows(
    metres: float, accuracy: float | None
) -> None:
    there = metres <= CLOSE or (accuracy is not None and metres <= accuracy)
    assert (Verdict.THERE if there else Verdict.FAR) == by_distance(metres, accuracy)


@given(st.floats(0, 20_000_000))
def test_a_distance_is_rounded_so_that_it_tells_no_place(metres: float) -> None:
    step = 10 if metres < 1_000 else 100
    assert rounded(metres) % 10 == 0
    assert abs(rounded(metres) - metres) <= step / 2


@pytest.mark.parametrize(
    ("fix", "fault"),
    [
        (HERE, None),
        (Fix(SHANGHAI, MONDAY, 500.0), None),
        (Fix(SHANGHAI, MONDAY, 500.1), Verdict.VAGUE),
        (Fix(SHANGHAI, MONDAY), None),
        (Fix(SHANGHAI, MONDAY, 5.0, picked=True), Verdict.PICKED),
        (Fix(SHANGHAI, MONDAY, 5.0, measured_at=MONDAY - timedelta(minutes=10)), None),
        (Fix(SHANGHAI, MONDAY, 5.0, measured_at=MONDAY - timedelta(minutes=11)), Verdict.STALE),
    ],
)
def test_what_is_believed(fix: Fix, fault: Verdict | None) -> None:
    assert fault == doubt(fix, None)


@pytest.mark.parametrize(
    ("kilometres", "minutes", "too_fast"),
    [
        (1.9, 0, False),
        (2.1, 0, True),
        (100, 31, False),
        (110, 30, True),
        (1_067, 300, True),
        (1_067, 330, False),
    ],
)
def test_nobody_is_faster_than_a_train(kilometres: float, minutes: int, too_fast: bool) -> None:
    stop = north(-kilometres * 1_000)
    before = Stop(MONDAY - timedelta(minutes=minutes), stop.latitude, stop.longitude)
    assert (Verdict.TOO_FAST if too_fast else None) == doubt(HERE, before)


async def test_the_five_nearest_within_three_kilometres(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    for number in range(7):
        await placed(work, ana, f"A{number}", north(400.0 * (7 - number)))
    await placed(work, ana, "Far", north(5_000))

    around = await checkin.around(work, ana, HERE)

    assert [each.name for each in around.near] == ["A6", "A5", "A4", "A3", "A2"]
    assert [each.sighted.distance for each in around.near] == [400, 800, 1200, 1600, 2000]
    assert {Verdict.FAR} == {each.sighted.verdict for each in around.near}


async def test_far_from_all_the_nearest_three_and_those_without_a_place(
    work: Work, hire: Hire
) -> None:
    ana = await hire("Ana")
    for number in range(5):
        await placed(work, ana, f"Far {number}", north(10_000.0 * (number + 1)))
    first = await placed(work, ana, "Nowhere", None)
    await checkin.check_in(work, ana, first, Sighted(None, None, MONDAY))
    for number in range(4):
        await placed(work, ana, f"None {number}", None)

    around = await checkin.around(work, ana, HERE)

    assert [each.name for each in around.near] == ["Far 0", "Far 1", "Far 2"]
    assert [each.name for each in around.unplaced] == ["Nowhere", "None 0", "None 1"]
    assert around.unplaced[0].seen_at == MONDAY
    assert around.teaches


async def test_one_s_own_and_those_of_whom_one_stands_in_for(work: Work, hire: Hire) -> None:
    ana, ben, rui = await hire("Ana"), await hire("Ben"), await hire("Rui")
    await placed(work, ana, "Ana's", SHANGHAI)
    await placed(work, rui, "Rui's", SHANGHAI)
    assert tuple((await checkin.around(work, ben, HERE)).near) == ()
    today = MONDAY.date()
    await leaves.take(work, ana, ana, Days(today, today), ben, now=MONDAY)
    assert [each.name for each in (await checkin.around(work, ben, HERE)).near] == ["Ana's"]


async def test_a_doubt_marks_them_all_and_teaches_nothing(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    await placed(work, ana, "Acme", SHANGHAI)
    await placed(work, ana, "Nowhere", None)
    around = await checkin.around(work, ana, Fix(SHANGHAI, MONDAY, picked=True))
    assert not around.teaches
    assert {Verdict.PICKED} == {each.sighted.verdict for each in (*around.near, *around.unplaced)}


async def test_a_visit_keeps_verdict_and_distance(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    acme = await placed(work, ana, "Acme", SHANGHAI)
    logged = await checkin.check_in(work, ana, acme, Sighted(Verdict.FAR, 1200, MONDAY))
    assert (
        logged.visit.verdict,
        logged.visit.distance,
        logged.visit.at,
    ) == (Verdict.FAR, 1200, MONDAY)


@pytest.mark.parametrize("verdict", [*Verdict])
async def test_only_a_stop_that_was_believed_says_how_fast(
    work: Work, hire: Hire, verdict: Verdict
) -> None:
    ana = await hire("Ana")
    beijing = await placed(work, ana, "Beijing", BEIJING)
    at = MONDAY - timedelta(minutes=5)
    await checkin.check_in(work, ana, beijing, Sighted(verdict, 0, at))
    found = await checkin.around(work, ana, HERE)
    believed = verdict in {Verdict.THERE, Verdict.LEARNT}
    assert (Verdict.TOO_FAST if believed else None) == found.fault


async def test_a_place_is_learnt_once_with_the_visit(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    acme = await placed(work, ana, "Acme", None)
    with pytest.raises(GoneAccount):
        await checkin.remember(work, bo, acme, SHANGHAI, at=MONDAY)
    visit, is_new = await checkin.remember(work, ana, acme, SHANGHAI, at=MONDAY)
    assert is_new
    assert (visit.verdict, visit.distance) == (Verdict.LEARNT, None)
    assert (SHANGHAI.latitude, SHANGHAI.longitude) == (acme.latitude, acme.longitude)
    with pytest.raises(PlaceKnown):
        await checkin.remember(work, ana, acme, BEIJING, at=MONDAY)


async def test_a_visit_that_was_logged_a_moment_ago_is_the_same(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    acme = await placed(work, ana, "Acme", None)
    logged = await checkin.check_in(work, ana, acme, Sighted(None, None, MONDAY))
    visit, is_new = await checkin.remember(work, ana, acme, SHANGHAI, at=MONDAY)
    assert (logged.visit, False) == (visit, is_new)
    assert visit.verdict == Verdict.LEARNT
