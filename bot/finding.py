"""What `salesbot check` tells of one part."""

from dataclasses import dataclass
from datetime import datetime

CLOCK_SECONDS = 5.0


@dataclass(frozen=True)
class Finding:
    """One part, whether it is right, what was seen and, where it isn't right, what to do."""

    part: str
    ok: bool
    says: str
    do: str = ""


def clock(whose: str, theirs: datetime, asked: datetime, answered: datetime) -> Finding:
    """Compare with a clock that was read some time between two readings of ours."""
    ahead = max((asked - theirs).total_seconds(), 0) or min((answered - theirs).total_seconds(), 0)
    if abs(ahead) <= CLOCK_SECONDS:
        return Finding("clock", ok=True, says=f"agrees with {whose}")
    way = "ahead of" if ahead > 0 else "behind"
    return Finding(
        "clock",
        ok=False,
        says=f"this machine's clock is {abs(ahead):.0f} s {way} {whose}",
        do="Set the clocks by a time server (timedatectl set-ntp true) on both machines.",
    )
