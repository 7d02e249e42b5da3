"""The words of a message, out of Slack's marks: what a person saw when they wrote it."""

import re

TOKEN = re.compile(r"<([^<>]*)>")
SPACES = re.compile(r"[ \t]+")


def words(text: str, me: str) -> str:
    """The text as a person reads it, without mentions of us."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target == f"@{me}":
            return " "
        if target.startswith("!date^"):
            return label
        if target.startswith(("@", "#", "!")):
            sign = "@" if target.startswith("!") else target[0]
            return sign + (label or target[1:]).removeprefix("@").removeprefix("#")
        return label or target.removeprefix("mailto:").removeprefix("tel:")

    return unescaped(SPACES.sub(" ", TOKEN.sub(shown, text))).strip()


def unescaped(text: str) -> str:
    """The three signs that Slack always writes as entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def names(text: str, me: str) -> bool:
    """Whether a text mentions us."""
    return f"<@{me}>" in text or f"<@{me}|" in text
