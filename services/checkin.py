"""Checking in: how near a rep is to a customer, and how far that can be believed.

Nothing of where somebody is is kept: verdict and distance are, and an account's own place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from services import visits
from services.access import scope_of
from services.errors import GoneAccount, PlaceKnown
from services.visits import Logged
from storage.kinds import Verdict
from storage.models import Account, Person, Visit
from storage.places import Placed, Stop
from storage.work import Work

EARTH = 6_371_000.0
"""Its mean radius in metres."""
CLOSE = 200.0
"""Within how many metres of its place one is at a customer."""
BLURRED = 500.0
"""From how many metres on a phone does not know where it is."""
NEARBY = 3_000.0
OFFERED, FAR_OFFERED, UNPLACED, BESIDE = 5, 3, 3, 2
STALE_AFTER = timedelta(minutes=10)
FASTEST = 200.0
"""In kilometres an hour: faster than any train between two customers."""
BLUR = 2_000.0
"""How many metres never count as travelling."""
ROUNDED = 1_000


@dataclass(frozen=True)
class Point:
    """Degrees of latitude and longitude (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Fix:
    """Where a phone says that it is.

    ``accuracy`` is how many metres it may be off by its own word; ``picked`` whether nobody
    measured it; ``measured_at`` when it was, and ``sent_at`` when it was sent.
    """

    point: Point
    sent_at: datetime
    accuracy: float | None = None
    picked: bool = False
    measured_at: datetime | None = None


@dataclass(frozen=True)
class Sighted:
    """What is kept of a fix once it is compared with an account: no place, and when it was."""

    verdict: Verdict | None
    distance: int | None
    at: datetime


@dataclass(frozen=True)
class Near:
    """An account that somebody may be at; without a distance nobody knows where it is."""

    id: int
    name: str
    sighted: Sighted
    seen_at: datetime | None


@dataclass(frozen=True)
class Around:
    """The accounts that somebody may be at, the likeliest first.

    ``teaches`` says whether an account without a place may take this one.
    """

    near: Sequence[Near]
    unplaced: Sequence[Near]
    fault: Verdict | None

    @property
    def teaches(self) -> bool:
        return self.fault is None


async def around(work: Work, person: Person, fix: Fix) -> Around:
    """The nearest of one's own accounts, and those visited last whose place nobody knows."""
    own = await work.places.own(await scope_of(work, person))
    fault = doubt(fix, await work.places.last_stop(person.id, fix.sent_at))
    placed = sorted(
        ((metres, each) for each in own if (metres := away(fix.point, each)) is not None),
        key=lambda found: found[0],
    )
    close = [found for found in placed if found[0] <= NEARBY][:OFFERED]
    near = close or placed[:FAR_OFFERED]
    unplaced = [each for each in own if each.latitude is None][: BESIDE if close else UNPLACED]
    return Around(
        [_near(each, fix, fault, metres) for metres, each in near],
        [_near(each, fix, fault, None) for each in unplaced],
        fault,
    )


def _near(each: Placed, fix: Fix, fault: Verdict | None, metres: float | None) -> Near:
    verdict = fault or (by_distance(metres, fix.accuracy) if metres is not None else None)
    distance = rounded(metres) if metres is not None else None
    return Near(each.id, each.name, Sighted(verdict, distance, fix.sent_at), each.seen_at)


def away(point: Point, each: Placed) -> float | None:
    """How many metres an account is away, where its place is known."""
    if each.latitude is None or each.longitude is None:
        return None
    return between(point, Point(each.latitude, each.longitude))


def between(a: Point, b: Point) -> float:
    """The way over the globe in metres, by the haversine."""
    first, second = radians(a.latitude), radians(b.latitude)
    up = sin((second - first) / 2) ** 2
    across = sin(radians(b.longitude - a.longitude) / 2) ** 2
    half = min(1.0, sqrt(up + cos(first) * cos(second) * across))
    return 2 * EARTH * asin(half)


def by_distance(metres: float, accuracy: float | None) -> Verdict:
    """Whether somebody is at a place that is so far away, as exactly as their phone knows."""
    return Verdict.THERE if metres <= max(CLOSE, accuracy or 0.0) else Verdict.FAR


def doubt(fix: Fix, stop: Stop | None) -> Verdict | None:
    """Why a fix is not to be believed, if it is not."""
    if fix.picked:
        return Verdict.PICKED
    if fix.measured_at and fix.sent_at - fix.measured_at > STALE_AFTER:
        return Verdict.STALE
    if fix.accuracy is not None and fix.accuracy > BLURRED:
        return Verdict.VAGUE
    return Verdict.TOO_FAST if stop and is_too_fast(fix, stop) else None


def is_too_fast(fix: Fix, stop: Stop) -> bool:
    """Whether nobody gets here from their last stop in that time."""
    way = between(fix.point, Point(stop.latitude, stop.longitude)) - BLUR
    hours = (fix.sent_at - stop.at) / timedelta(hours=1)
    return way > 0 and way / 1_000 > FASTEST * max(hours, 0.0)


def rounded(metres: float) -> int:
    """Metres, to ten of them near by and to a hundred further off."""
    return round(metres / 10) * 10 if metres < ROUNDED else round(metres / 100) * 100


async def check_in(work: Work, rep: Person, account: Account, sighted: Sighted) -> Logged:
    """Log a visit that was begun when its rep said where they were."""
    return await visits.log(
        work,
        rep,
        account,
        None,
        verdict=sighted.verdict,
        distance=sighted.distance,
        now=sighted.at,
    )


async def remember(
    work: Work, rep: Person, account: Account, point: Point, *, at: datetime
) -> tuple[Visit, bool]:
    """Keep where an account is, and the visit that its rep is on; whether that was logged now."""
    found = await work.accounts.get(account.id, await scope_of(work, rep), lock=True)
    if found is None:
        raise GoneAccount
    if found.latitude is not None:
        raise PlaceKnown(account=found.name)
    found.latitude, found.longitude = round(point.latitude, 5), round(point.longitude, 5)
    visit = await work.visits.latest(rep.id, at, account.id)
    if visit is not None and visit.at == at:
        visit.verdict, visit.distance = Verdict.LEARNT, None
        await work.visits.flush()
        return visit, False
    logged = await check_in(work, rep, found, Sighted(Verdict.LEARNT, None, at))
    return logged.visit, True
