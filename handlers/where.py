"""How it is said how near somebody was to a customer."""

from bot.markdown import Markdown, join
from bot.phrases import _, label
from bot.words import VERDICTS
from storage.models import Verdict, Visit

KILOMETRE = 1_000
EXACT = 10_000
TRUSTED = frozenset({Verdict.THERE, Verdict.LEARNT})


def where(visit: Visit) -> Markdown:
    """“✓ on the spot · 120 m”, “⚠ location not measured”; nothing without a check-in."""
    if not visit.verdict:
        return Markdown("")
    verdict = Verdict(visit.verdict)
    parts = [f"{'✓' if verdict in TRUSTED else '⚠'} {_(VERDICTS[verdict])}"]
    if visit.distance is not None:
        parts.append(metres(visit.distance))
    return join(" · ", parts)


def metres(distance: int) -> str:
    """A distance as people say it: 120 m, 1.2 km, 340 km."""
    if distance < KILOMETRE:
        return label("{metres} m", metres=distance)
    kilometres = distance / KILOMETRE
    return label("{kilometres} km", kilometres=f"{kilometres:.{1 if distance < EXACT else 0}f}")
