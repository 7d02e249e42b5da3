"""A language model, asked over HTTP what a message says."""

import json
import re
import ssl
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx

from bot.errands import Consult
from bot.outside.question import ask
from bot.runtime.errands import Desk, Failed

MOST = 64 * 1024
"""Bytes of an answer that are read."""
LONGEST = 8_000
FORM_REFUSED = frozenset({400, 404, 415, 422, 501})
"""How servers that know no schemas answer a request with one."""
THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)
OBJECT = re.compile(r"\{.*\}", re.DOTALL)


@dataclass
class Model:
    """A model behind an OpenAI-compatible address; it only ever suggests."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    at_once: ClassVar[int] = 4
    seconds: ClassVar[float] = 8.0
    _formless: bool = False
    """Whether the server has refused a schema, so that it is asked without one."""

    def __post_init__(self) -> None:
        self._ssl: ssl.SSLContext = httpx.create_ssl_context()

    async def fetch(self, errand: Consult, _desk: Desk | None = None) -> str:
        """What it says about a text: a JSON object, of which nothing is believed yet."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        async with httpx.AsyncClient(
            headers=headers, verify=self._ssl, timeout=self.seconds
        ) as client:
            try:
                status, body = await self._post(client, errand)
                if status in FORM_REFUSED and not self._formless:
                    self._formless = True
                    status, body = await self._post(client, errand)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Failed(type(error).__name__) from None
        if status != httpx.codes.OK:
            raise Failed(f"status {status}")
        return _object(body)

    async def _post(self, client: httpx.AsyncClient, errand: Consult) -> tuple[int, bytes]:
        asked = ask(self.name, errand, with_schema=not self._formless)
        body = bytearray()
        async with client.stream("POST", self.url, json=asked) as response:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MOST:
                    raise Failed("the answer is too long")
        return response.status_code, bytes(body)


def _object(body: bytes) -> str:
    """The object in the model's answer, also where there are words around it."""
    try:
        content: Any = json.loads(body)["choices"][0]["message"]["content"]
        found = OBJECT.search(THOUGHTS.sub("", content))
        read = json.loads(found[0]) if found else None
    except (ValueError, TypeError, LookupError, RecursionError):
        raise Failed("the answer is no JSON") from None
    written = json.dumps(read, ensure_ascii=False)
    if not isinstance(read, dict) or len(written) > LONGEST:
        raise Failed("the answer is not what was asked for")
    return written
