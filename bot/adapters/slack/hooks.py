"""The addresses by which a person is answered where we may not write: for half an hour."""

import json
from typing import Any

from aiohttp import ClientSession
from yarl import URL

from bot.adapters.slack.wire import HookError, seconds

SLACK, HOOKS = "slack.com", URL("https://hooks.slack.com")
FINE = 200


class Hooks:
    """Posts to such addresses, and to no others."""

    def __init__(self, http: ClientSession, api_url: str) -> None:
        self._http = http
        self._api = URL(api_url).origin()

    async def post(self, url: str, body: dict[str, Any]) -> None:
        """Say it there; `HookError` when the address is used up, expired or none of Slack's."""
        address = self._checked(url)
        async with self._http.post(address, json=body, allow_redirects=False) as answer:
            said = _parsed(await answer.text(errors="replace"))
            if answer.status == FINE and said.get("ok", True):
                return
            pause = seconds(answer.headers.get("Retry-After", "5"))
            raise HookError(str(said.get("error") or ""), answer.status, pause)

    def _checked(self, url: str) -> URL:
        try:
            address = URL(url)
            origin = address.origin()
        except ValueError:
            raise HookError("not_found") from None
        stand_in = origin == self._api and origin.host != SLACK
        if not stand_in and origin != HOOKS:
            raise HookError("not_found")
        return address


def _parsed(text: str) -> dict[str, Any]:
    """What Slack answers, in JSON or in plain words."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {"error": text.strip()[:100]}
    return body if isinstance(body, dict) else {}
