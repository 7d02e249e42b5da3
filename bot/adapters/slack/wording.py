"""The words of a message, out of Slack's marks: what a person saw when they wrote it."""

import re

TOKEN = re.compile(r"<([^<>]*)>")
LONGEST = 16_000
"""As long a message is read, with its marks; Slack's own windows take 12,000 characters."""
CUT = re.compile(r"(?:<[^<>]*|&[a-z]{0,3})\Z")
"""A mark or an entity that was cut through."""


def words(text: str, me: str) -> str:
    """The text as a person reads it, without mentions of us and what sets them apart."""
    if len(text) > LONGEST:
        text = CUT.sub("", text[:LONGEST])
    mine = rf"<@{re.escape(me)}(?:\|[^<>]*)?>"
    text = re.sub(rf"\A\s*(?:{mine}\s*[,:，：]?\s*)+", "", text)
    # One blank only: any number of them would be looked for again from each of them.
    text = re.sub(rf"[ \t]?{mine}[ \t]?", " ", text)
    return unescaped(TOKEN.sub(_shown, text)).strip()


def unescaped(text: str) -> str:
    """The three signs that Slack always writes as entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def names(text: str, me: str) -> bool:
    """Whether a text mentions us."""
    return f"<@{me}>" in text or f"<@{me}|" in text


def _shown(found: re.Match[str]) -> str:
    """What stands for a mention, a channel or a link (docs.slack.dev/messaging/formatting)."""
    target, _, label = found[1].partition("|")
    if target.startswith("!date^"):
        return label
    if target.startswith(("@", "#", "!")):
        sign = "@" if target.startswith("!") else target[0]
        named = label or target[1:].removeprefix("subteam^")
        return sign + named.removeprefix("@").removeprefix("#")
    return label or target.removeprefix("mailto:").removeprefix("tel:")
