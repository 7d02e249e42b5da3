"""What `salesbot check` tells of one part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One part, whether it is right, what was seen and, where it isn't right, what to do."""

    part: str
    ok: bool
    says: str
    do: str = ""
