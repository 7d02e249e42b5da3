"""What the app may do in a workspace, and why: no scope is asked for without a use."""

from collections.abc import Iterable, Mapping

NEEDED: Mapping[str, str] = {
    "app_mentions:read": "hear what is written to it in a channel",
    "chat:write": "answer, and keep its cards up to date",
    "commands": "have /salesbot and the shortcuts",
    "files:read": "fetch the photos and files that people send to it",
    "files:write": "send files",
    "im:history": "hear what is written to it in private",
    "im:write": "send files to a person alone",
}


def missing(granted: Iterable[str]) -> dict[str, str]:
    """The scopes that were not granted, and what cannot be done for want of them."""
    have = set(granted)
    return {scope: why for scope, why in NEEDED.items() if scope not in have}
