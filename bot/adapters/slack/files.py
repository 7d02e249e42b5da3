"""Files: sent by Slack's upload flow, and fetched with our token from Slack's hosts alone."""

import json
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.adapters.slack import threads, wire
from bot.adapters.slack.blocks import to_blocks
from bot.markdown import markdown, plain
from bot.messages import File, Image, Place, Reply, Text
from bot.runtime.adapter import NotSent, Rejected, Uncertain

LARGEST = 50 * 1024 * 1024
"""Of what people send; more than this no visit needs."""
PIECE = 64 * 1024
ALT = 1000
FINE, TOO_MANY, BROKEN = 200, 429, 500
HOST = ".slack.com"
DOWNLOAD = ClientTimeout(total=60, connect=wire.CONNECT)


async def upload(
    http: ClientSession, api: AsyncWebClient, place: Place, block: File | Image
) -> str:
    """Send a file, a picture with its words; returns what it is called."""
    file, words = (block.file, block.alt) if isinstance(block, Image) else (block, "")
    try:
        channel = await _channel(api, place)
        number = await _uploaded(http, api, file, plain(words)[:ALT])
    except wire.FAILURES as error:
        meaning = wire.outcome(error)
        # Nobody sees a file before the last step: until then nothing can have been said twice.
        raise NotSent(str(meaning)) if isinstance(meaning, Uncertain) else meaning from None
    # A comment would be read for links and the like; blocks say which words are words alone.
    said = json.dumps(to_blocks(Reply((Text(markdown(words)),)))) if plain(words).strip() else None
    await api.files_completeUploadExternal(
        files=[{"id": number, "title": file.name}],
        channel_id=channel,
        blocks=said,
        thread_ts=None if place.only else threads.of(place),
    )
    return f"{channel}/{number}"


async def _uploaded(http: ClientSession, api: AsyncWebClient, file: File, alt: str) -> str:
    """Hand over the bytes, which nobody sees yet; returns Slack's number for them."""
    asked: Any = await api.files_getUploadURLExternal(
        filename=file.name, length=len(file.content), alt_txt=alt or None
    )
    async with http.post(asked["upload_url"], data=file.content) as answer:
        if answer.status != FINE:
            raise NotSent(f"the upload was answered with HTTP status {answer.status}")
    return str(asked["file_id"])


async def _channel(api: AsyncWebClient, place: Place) -> str:
    """The conversation itself: files are not shared with a person, but in their chat with us."""
    person = place.only.partition(" ")[0] or (place.chat if place.private else "")
    if not person:
        return place.chat
    opened: Any = await api.conversations_open(users=person)
    return str(opened["channel"]["id"])


async def download(http: ClientSession, api: AsyncWebClient, token: str, file: File) -> bytes:
    """Fetch a file that a person sent."""
    found: Any = await api.files_info(file=file.ref)
    entry = found["file"] or {}
    url = str(entry.get("url_private_download") or entry.get("url_private") or "")
    address = _slacks(url, api.base_url)
    if address is None:
        raise Rejected(f"{file.name} is not kept by Slack")
    if int(entry.get("size") or 0) > LARGEST:
        raise Rejected(f"{file.name} is larger than 50 MB")
    bearer = {"Authorization": f"Bearer {token}"}
    asked = http.get(address, headers=bearer, allow_redirects=False, timeout=DOWNLOAD)
    async with asked as answer:
        if answer.status == TOO_MANY or answer.status >= BROKEN:
            raise NotSent(f"HTTP status {answer.status}")
        if answer.status != FINE or answer.content_type == "text/html":
            raise Rejected(f"Slack does not hand out {file.name}")
        return await _whole(answer, file)


async def _whole(answer: Any, file: File) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in answer.content.iter_chunked(PIECE):
        size += len(part)
        if size > LARGEST:
            raise Rejected(f"{file.name} is larger than 50 MB")
        parts.append(part)
    return b"".join(parts)


def _slacks(url: str, api_url: str) -> URL | None:
    """The address, when it is Slack's own: our token goes nowhere else."""
    try:
        address, api = URL(url), URL(api_url).origin()
        origin = address.origin()
    except ValueError:
        return None
    if origin == api:
        return address
    return address if origin.scheme == "https" and f".{origin.host}".endswith(HOST) else None
