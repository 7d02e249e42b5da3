"""Units as they are written in tables: ``East/Shanghai``, and ``/`` for the company itself."""

import re
from collections.abc import Sequence

STEP = re.compile(r"(?:[^/／\\>]|\\.)+")
ESCAPED = re.compile(r"[/／\\>]")
COMPANY = "/"


def joined(names: Sequence[str]) -> str:
    """The path of the names below the company, each inside the one before it."""
    return "/".join(ESCAPED.sub(r"\\\g<0>", name) for name in names) or COMPANY


def split(path: str) -> list[str]:
    """The names of a path; none for the company. A slash in a name has a backslash before it."""
    steps = (re.sub(r"\\(.)", r"\1", step).strip() for step in STEP.findall(path))
    return [step for step in steps if step]
