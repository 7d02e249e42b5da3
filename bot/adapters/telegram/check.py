"""What `salesbot check` asks Telegram."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.adapters.telegram.wire import READ, Wire, described
from bot.finding import Finding, clock

SECONDS = 10.0
RECENT = timedelta(hours=1)


async def look(
    token: str, api_url: str, webhook_url: str | None, *, now: Callable[[], datetime]
) -> AsyncIterator[Finding]:
    """See whether Telegram knows the bot, and where its updates go; nothing is changed."""
    dates: list[tuple[datetime, datetime]] = []

    async def keep_date(response: httpx.Response) -> None:
        if "date" in response.headers:
            dates.append((parsedate_to_datetime(response.headers["date"]), now()))

    request = Wire(read_timeout=READ, httpx_kwargs={"event_hooks": {"response": [keep_date]}})
    bot = Bot(token, base_url=f"{api_url}/bot", request=request, get_updates_request=request)
    try:
        async for finding in _asked(bot, urlsplit(api_url).netloc, webhook_url, now):
            yield finding
    finally:
        await request.shutdown()
    for theirs, ours in dates[-1:]:
        # The header has whole seconds, rounded down.
        yield clock("Telegram's", theirs, ours - timedelta(seconds=1), ours)


async def _asked(
    bot: Bot, host: str, webhook_url: str | None, now: Callable[[], datetime]
) -> AsyncIterator[Finding]:
    try:
        async with asyncio.timeout(SECONDS):
            me = await bot.get_me()
            webhook = await bot.get_webhook_info()
    except InvalidToken:
        yield Finding(
            "telegram",
            ok=False,
            says="Telegram does not know this token",
            do="Copy it again from @BotFather (/mybots, API Token) into TELEGRAM_BOT_TOKEN.",
        )
    except (TelegramError, TimeoutError) as error:
        yield Finding(
            "telegram",
            ok=False,
            says=f"{host} does not answer as it should: {described(error)}",
            do=f"See that this machine reaches {host}, through HTTPS_PROXY where there is one;"
            " TELEGRAM_API_URL names another server.",
        )
    else:
        yield Finding("telegram", ok=True, says=f"the bot is @{me.username}")
        yield _webhook(webhook_url, webhook, now())


def _webhook(wanted: str | None, found: WebhookInfo, now: datetime) -> Finding:
    waiting = f"{found.pending_update_count} updates wait"
    ours = bool(wanted) and f"{found.url}/".startswith(f"{(wanted or '').rstrip('/')}/")
    if found.url and not ours:
        return Finding(
            "updates",
            ok=False,
            says=f"go to a webhook that is not this bot's, at {urlsplit(found.url).netloc}",
            do="salesbot run takes them over; stop the other bot, or give this one its own token.",
        )
    if wanted and not found.url:
        return Finding("updates", ok=True, says="salesbot run will set the webhook")
    if not wanted:
        return Finding("updates", ok=True, says=f"are asked for (no webhook is set); {waiting}")
    failed = found.last_error_date
    if found.last_error_message and failed and failed > now - RECENT:
        return Finding(
            "updates",
            ok=False,
            says=f"Telegram could not deliver at {failed:%H:%M} UTC:"
            f" {found.last_error_message}; {waiting}",
            do="See that salesbot run is up and TELEGRAM_WEBHOOK_URL leads to its HTTP_PORT.",
        )
    return Finding("updates", ok=True, says=f"come by webhook; {waiting}")
