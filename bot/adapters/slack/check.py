"""What `salesbot check` asks Slack."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack import wire
from bot.adapters.slack.http import PATH
from bot.adapters.slack.remedies import REMOVED, UNKNOWN
from bot.adapters.slack.scopes import missing
from bot.finding import Finding, clock

SECONDS = 10


@dataclass(frozen=True)
class App:
    """What is known of our app at Slack."""

    api_url: str
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signed: bool
    """Whether the secret is set that Slack signs its requests with."""


async def look(app: App, *, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """See whether Slack knows the bot, what it may do, and how its events come in."""
    client = AsyncWebClient(base_url=app.api_url, timeout=SECONDS, retry_handlers=[])
    found = await _answer(client.auth_test(token=app.bot_token))
    answered = now()
    if isinstance(found, str):
        yield _refused(found, urlsplit(app.api_url).netloc)
        return
    yield Finding("slack", ok=True, says=f"the bot is @{found['user']} in {found['team']}")
    for finding in _scopes(found.headers.get("x-oauth-scopes") or ""):
        yield finding
    yield await _events(client, app)
    for finding in _clock(found.headers.get("date") or "", answered):
        yield finding


async def _answer(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse | str:
    """What Slack answers, or what it calls the reason for refusing."""
    try:
        return await call
    except (*wire.FAILURES, AttributeError) as error:  # the library takes any text for JSON
        if code := wire.code(error):
            return code
        if isinstance(error, (SlackApiError, AttributeError)):
            return "no answer of Slack's"
        return f"{type(error).__name__}: {error}".rstrip(": ")


def _refused(reason: str, host: str) -> Finding:
    if reason in UNKNOWN:
        return Finding(
            "slack",
            ok=False,
            says="Slack does not know this token",
            do="Copy it again from your Slack app (OAuth & Permissions, Bot User OAuth Token) into"
            " SLACK_BOT_TOKEN.",
        )
    if reason in REMOVED:
        return Finding(
            "slack",
            ok=False,
            says=f"the app is not installed any more ({reason})",
            do="Install it again (your Slack app, Install App), and copy its new token into"
            " SLACK_BOT_TOKEN.",
        )
    return Finding(
        "slack",
        ok=False,
        says=f"{host} does not answer as it should: {reason}",
        do=f"See that this machine reaches {host}, through HTTPS_PROXY where there is one;"
        " SLACK_API_URL names another server.",
    )


def _scopes(granted: str) -> Iterator[Finding]:
    """Compare what was granted, where Slack tells it."""
    if not granted:
        says = "Slack does not tell which are granted; they are not checked"
        yield Finding("scopes", ok=True, says=says)
        return
    lacking = missing(scope.strip() for scope in granted.split(","))
    if not lacking:
        yield Finding("scopes", ok=True, says="all that are needed are granted")
        return
    yield Finding(
        "scopes",
        ok=False,
        says=f"it can't {', '.join(f'{why} ({scope})' for scope, why in lacking.items())}",
        do=f"Add {', '.join(lacking)} in your Slack app (OAuth & Permissions, Bot Token Scopes),"
        " then reinstall it there.",
    )


async def _events(client: AsyncWebClient, app: App) -> Finding:
    if not app.app_token:
        says = f"come by HTTP: Slack calls https://…{PATH}, your address, for every request URL"
        return Finding("events", ok=True, says=says)
    found = await _answer(client.apps_connections_open(app_token=app.app_token))
    if not isinstance(found, str):
        also = "; SLACK_SIGNING_SECRET is not used with it" if app.signed else ""
        return Finding("events", ok=True, says=f"come by Socket Mode{also}")
    if found in UNKNOWN:
        says = "Slack does not know the app's token"
    elif found == "missing_scope":
        says = "the app's token may not connect: it lacks connections:write"
    else:
        says = f"Slack opens no connection: {found}"
    return Finding(
        "events",
        ok=False,
        says=says,
        do="In your Slack app, see that Socket Mode is on; under Basic Information, App-Level"
        " Tokens, make a token with connections:write, and put it into SLACK_APP_TOKEN.",
    )


def _clock(told: str, answered: datetime) -> Iterator[Finding]:
    """Compare with Slack's clock: what it signs is only good for five minutes."""
    try:
        theirs = parsedate_to_datetime(told)
    except ValueError:
        return
    # The header has whole seconds, rounded down.
    yield clock("Slack's", theirs, answered - timedelta(seconds=1), answered)
