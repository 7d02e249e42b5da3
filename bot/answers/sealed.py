"""Answers that only buttons give: nobody can type that they were somewhere."""

from datetime import UTC, datetime
from typing import TypeVar

from bot.forms import Asking, InvalidAnswer, Kind
from bot.phrases import _
from services.checkin import Point, Sighted
from storage.kinds import Verdict

T = TypeVar("T")


class Sealed(Kind[T]):
    """What a button holds; whatever is typed or picked instead of it is refused."""

    async def read(self, text: str, asking: Asking) -> T:
        raise InvalidAnswer(_("Share your location, then tap the customer."))

    async def accept(self, stored: str, asking: Asking) -> str:
        await self.read(stored, asking)
        return ""

    async def show(self, stored: str, asking: Asking) -> str:
        return ""


class SightedKind(Sealed[Sighted]):
    """How near somebody was to a customer: a verdict, metres, and when."""

    def dump(self, value: Sighted) -> str:
        metres = "" if value.distance is None else str(value.distance)
        return f"{value.verdict or ''}/{metres}/{value.at.timestamp():.0f}"

    async def load(self, stored: str, asking: Asking) -> Sighted:
        verdict, metres, seconds = stored.split("/")
        at = datetime.fromtimestamp(int(seconds), UTC)
        return Sighted(Verdict(verdict) if verdict else None, int(metres) if metres else None, at)


class PointKind(Sealed[tuple[Point, datetime]]):
    """A place that an account may learn, and when somebody was there."""

    def dump(self, value: tuple[Point, datetime]) -> str:
        point, at = value
        return f"{point.latitude}/{point.longitude}/{at.timestamp():.0f}"

    async def load(self, stored: str, asking: Asking) -> tuple[Point, datetime]:
        latitude, longitude, seconds = stored.split("/")
        at = datetime.fromtimestamp(int(seconds), UTC)
        return Point(float(latitude), float(longitude)), at
