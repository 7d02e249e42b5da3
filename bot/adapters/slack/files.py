"""Files: sent by Slack's upload flow, and fetched with our token from Slack's hosts alone."""

from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.blocks import to_text
from bot.markdown import markdown, plain
from bot.messages import File, Image, Place, Reply, Text
from bot.runtime.adapter import Rejected

LARGEST = 50 * 1024 * 1024
"""Of what people send; more than this no visit needs."""
PIECE = 64 * 1024
ALT = 1000
FINE = 200
HOST = ".slack.com"


async def upload(
    http: ClientSession, api: AsyncWebClient, place: Place, block: File | Image
) -> str:
    """Send a file, a picture with its words; returns what it is called."""
    file, alt = (block.file, plain(block.alt)) if isinstance(block, Image) else (block, "")
    asked: Any = await api.files_getUploadURLExternal(
        filename=file.name, length=len(file.content), alt_txt=alt[:ALT] or None
    )
    async with http.post(asked["upload_url"], data=file.content) as answer:
        if answer.status != FINE:
            answer.raise_for_status()
    channel = await _channel(api, place)
    await api.files_completeUploadExternal(
        files=[{"id": asked["file_id"], "title": file.name}],
        channel_id=channel,
        initial_comment=to_text(Reply((Text(markdown(block.alt)),)))
        if isinstance(block, Image)
        else None,
        thread_ts=None if place.only else place.thread or None,
    )
    return f"{channel}/{asked['file_id']}"


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
    entry = found["file"]
    url = str(entry.get("url_private_download") or entry.get("url_private") or "")
    if not _is_slack(url, api.base_url):
        raise Rejected(f"{file.name} is not kept by Slack")
    if int(entry.get("size") or 0) > LARGEST:
        raise Rejected(f"{file.name} is larger than 50 MB")
    bearer = {"Authorization": f"Bearer {token}"}
    async with http.get(url, headers=bearer, allow_redirects=False) as answer:
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


def _is_slack(url: str, api_url: str) -> bool:
    """Whether an address is Slack's own: our token goes nowhere else."""
    parts, ours = urlsplit(url), urlsplit(api_url)
    if parts.netloc == ours.netloc and ours.netloc != "slack.com":
        return True
    return parts.scheme == "https" and f".{parts.hostname or ''}".endswith(HOST)
