"""What the value of each setting must look like; each function gives the value to use."""

import difflib
import re
import shlex
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.numbers import is_currency
from pydantic import BeforeValidator, SecretStr
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DATABASE_HINT = "write sqlite:///data/salesbot.db or postgresql://user:password@host:5432/name"
DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
MAX_PORT = 65_535
MONTHS = 12


def database(value: SecretStr) -> SecretStr:
    """The address of a database, with the driver that it is reached by."""
    try:
        url = make_url(value.get_secret_value())
    except (ArgumentError, ValueError):
        raise ValueError(f"can't be read; {DATABASE_HINT}") from None
    driver = DRIVERS.get(url.drivername)
    if driver is None:
        raise ValueError(f"must be SQLite or PostgreSQL; {DATABASE_HINT}")
    if driver.startswith("sqlite") and url.database in {None, "", ":memory:"}:
        raise ValueError(
            "names no file, so nothing would be kept; write sqlite:///data/salesbot.db"
        )
    if url.port is not None and not 0 < url.port <= MAX_PORT:
        raise ValueError("names a port that can't be; it is a number from 1 to 65535")
    if driver.startswith("postgresql") and not (url.database and (url.host or url.query)):
        raise ValueError(f"needs a host and a database name; {DATABASE_HINT}")
    return SecretStr(
        _for_asyncpg(url.set(drivername=driver)).render_as_string(hide_password=False)
    )


def _for_asyncpg(url: URL) -> URL:
    # Hosted databases hand out libpq's ?sslmode=, which asyncpg calls ssl.
    if not url.drivername.endswith("asyncpg") or "sslmode" not in url.query:
        return url
    ssl = url.query["sslmode"]
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": ssl})


def telegram_token(value: SecretStr) -> SecretStr:
    """A bot token of Telegram's."""
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{20,}", value.get_secret_value()):
        raise ValueError("is not a bot token; copy it from @BotFather (123456789:AbC…)")
    return value


def telegram_secret(value: SecretStr) -> SecretStr:
    """The secret that Telegram shows when it calls."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("must be 1 to 256 characters, only letters, digits, _ and -")
    return value


def slack_bot_token(value: SecretStr) -> SecretStr:
    """A bot token of Slack's."""
    token = value.get_secret_value()
    if token.startswith("xapp-"):
        raise ValueError("is the app's token, which goes into SLACK_APP_TOKEN; this one is xoxb-…")
    if not re.fullmatch(r"xoxb-[A-Za-z0-9-]{4,}", token):
        raise ValueError(
            "is not a bot token; copy xoxb-… from your Slack app, OAuth & Permissions"
        )
    return value


def slack_app_token(value: SecretStr) -> SecretStr:
    """An app-level token of Slack's."""
    token = value.get_secret_value()
    if token.startswith("xoxb-"):
        raise ValueError("is the bot's token, which goes into SLACK_BOT_TOKEN; this one is xapp-…")
    if not re.fullmatch(r"xapp-[A-Za-z0-9-]{4,}", token):
        raise ValueError(
            "is not an app token; make one (xapp-…) in your Slack app, Basic Information"
        )
    return value


def slack_secret(value: SecretStr) -> SecretStr:
    """The secret that Slack signs its requests with."""
    if not re.fullmatch(r"(?!xoxb-|xapp-)[A-Za-z0-9_-]{8,}", value.get_secret_value()):
        raise ValueError("is not a signing secret; copy it from your Slack app, Basic Information")
    return value


def slack_url(value: str) -> str:
    """An address that the names of Slack's methods are put behind."""
    url = urlsplit(_url(value, "http", "https"))
    if url.query or url.fragment:
        raise ValueError("must be an address that ends with /api/")
    return f"{url.geturl().rstrip('/')}/"


def _url(value: str, *schemes: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", value):
        ways = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ValueError(f"must be a full address that starts with {ways}")
    return value


def api_url(value: str) -> str:
    """An address of an API, without a slash at its end."""
    return _url(value, "http", "https").rstrip("/")


def webhook_url(value: str) -> str:
    """An address that a platform calls."""
    return _url(value, "https")


def zone(value: str) -> str:
    """The name of a time zone."""
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ValueError(
            f"must be a time zone such as Asia/Shanghai or America/New_York{hint}"
        ) from None


def port(value: Any) -> int:
    """A port to listen on."""
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > MAX_PORT:
        raise ValueError("must be a number from 0 to 65535; 0 takes any free port")
    return int(text)


def month(value: Any) -> int:
    """The number of a month."""
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,2}", text) or not 0 < int(text) <= MONTHS:
        raise ValueError("must be the number of a month, 1 to 12")
    return int(text)


def currency(value: str) -> str:
    """The code of a currency."""
    if not is_currency(value.upper(), "en"):
        raise ValueError("must be the three letters of a currency such as CNY, EUR or USD")
    return value.upper()


def country(value: str) -> str:
    """The code of a country, or none."""
    if not re.fullmatch(r"(?:[A-Za-z]{2})?", value):
        raise ValueError("must be the two letters of a country such as CN, DE or US")
    return value.upper()


def command(value: SecretStr) -> SecretStr:
    """A program and its options."""
    try:
        words = shlex.split(value.get_secret_value())
    except ValueError:
        raise ValueError("has a quote that is not closed") from None
    if not words or not words[0]:
        raise ValueError("must name a program and its options")
    return value


def completions(value: str) -> str:
    """The address to call, also where only the server, or its ``/v1``, was named."""
    url = urlsplit(api_url(value))
    if url.username or url.password or url.query or url.fragment:
        raise ValueError("must be an address alone; the key goes into LLM_KEY")
    if url.path.endswith("/chat/completions"):
        return url.geturl()
    return f"{url.geturl()}{'' if url.path else '/v1'}/chat/completions"


def one_of(*choices: str) -> BeforeValidator:
    """One of several words, in capitals or not."""

    def check(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}")
        return value.lower()

    return BeforeValidator(check)
