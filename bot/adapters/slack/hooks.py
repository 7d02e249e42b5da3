"""The addresses by which a person is answered where we may not write: for half an hour."""

from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot.adapters.slack.wire import HookError, seconds

HOOKS = "hooks.slack.com"
FINE = 200


class Hooks:
    """Posts to such addresses, and to no others."""

    def __init__(self, http: ClientSession, api_url: str) -> None:
        self._http = http
        self._hosts = {HOOKS, urlsplit(api_url).netloc} - {"slack.com"}

    async def post(self, url: str, body: dict[str, Any]) -> None:
        """Say it there; `HookError` when the address is used up, expired or none of Slack's."""
        if urlsplit(url).netloc not in self._hosts:
            raise HookError("not_found")
        async with self._http.post(url, json=body, allow_redirects=False) as answer:
            if answer.status == FINE:
                return
            pause = seconds(answer.headers.get("Retry-After", "5"))
            raise HookError(await _reason(answer), answer.status, pause)


async def _reason(answer: Any) -> str:
    """Why it was refused: Slack says it in JSON or in plain words."""
    if answer.content_type == "application/json":
        body = await answer.json()
        return str(body.get("error") or "") if isinstance(body, dict) else ""
    return str((await answer.text())[:100])
