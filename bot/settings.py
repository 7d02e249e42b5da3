"""Settings from the environment and a ``.env`` file, all their mistakes reported at once."""

import difflib
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.numbers import is_currency
from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
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


class SettingsError(Exception):
    """Some settings can't be used; the text has one line for each, and no secret."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


def _database(value: SecretStr) -> SecretStr:
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


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{20,}", value.get_secret_value()):
        raise ValueError("is not a bot token; copy it from @BotFather (123456789:AbC…)")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("must be 1 to 256 characters, only letters, digits, _ and -")
    return value


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


def _api_url(value: str) -> str:
    return _url(value, "http", "https").rstrip("/")


def _webhook_url(value: str) -> str:
    return _url(value, "https")


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ValueError(
            f"must be a time zone such as Asia/Shanghai or America/New_York{hint}"
        ) from None


def _port(value: Any) -> int:
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > MAX_PORT:
        raise ValueError("must be a number from 0 to 65535; 0 takes any free port")
    return int(text)


def _month(value: Any) -> int:
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,2}", text) or not 0 < int(text) <= MONTHS:
        raise ValueError("must be the number of a month, 1 to 12")
    return int(text)


def _currency(value: str) -> str:
    if not is_currency(value.upper(), "en"):
        raise ValueError("must be the three letters of a currency such as CNY, EUR or USD")
    return value.upper()


def _country(value: str) -> str:
    if not re.fullmatch(r"(?:[A-Za-z]{2})?", value):
        raise ValueError("must be the two letters of a country such as CN, DE or US")
    return value.upper()


def _command(value: SecretStr) -> SecretStr:
    try:
        words = shlex.split(value.get_secret_value())
    except ValueError:
        raise ValueError("has a quote that is not closed") from None
    if not words or not words[0]:
        raise ValueError("must name a program and its options")
    return value


def _completions(value: str) -> str:
    """The address to call, also where only the server, or its ``/v1``, was named."""
    url = urlsplit(_api_url(value))
    if url.username or url.password or url.query or url.fragment:
        raise ValueError("must be an address alone; the key goes into LLM_KEY")
    if url.path.endswith("/chat/completions"):
        return url.geturl()
    return f"{url.geturl()}{'' if url.path else '/v1'}/chat/completions"


def _one_of(*choices: str) -> BeforeValidator:
    def check(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}")
        return value.lower()

    return BeforeValidator(check)


class Settings(BaseSettings):
    """Everything that is set from outside; made by `load`, never read from the process itself."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    database_url: Annotated[SecretStr, AfterValidator(_database)] = SecretStr(
        "sqlite+aiosqlite:///data/salesbot.db"
    )
    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(_api_url)] = "https://api.telegram.org"
    telegram_webhook_url: Annotated[str, AfterValidator(_webhook_url)] | None = None
    telegram_webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    company_timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    company_language: Annotated[Literal["en", "zh"], _one_of("en", "zh")] = "en"
    company_country: Annotated[str, AfterValidator(_country)] = ""
    company_currency: Annotated[str, AfterValidator(_currency)] = "CNY"
    fiscal_year_start: Annotated[int, BeforeValidator(_month)] = 1
    transcribe_command: Annotated[SecretStr, AfterValidator(_command)] | None = None
    llm_url: Annotated[str, AfterValidator(_completions)] | None = None
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, BeforeValidator(_port)] = 8080
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], _one_of("debug", "info", "warning", "error")
    ] = "info"
    log_format: Annotated[Literal["console", "json"], _one_of("console", "json")] = "console"

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the others are not for us
        cls, _: type[BaseSettings], init_settings: PydanticBaseSettingsSource, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what `load` passes in: the default sources read the process's own."""
        return (init_settings,)

    def secrets(self) -> list[str]:
        """List every string that no log may show."""
        return list(self._secrets())

    def _secrets(self) -> Iterator[str]:
        if self.telegram_bot_token:
            token = self.telegram_bot_token.get_secret_value()
            yield from (token, token.partition(":")[2])
        if self.telegram_webhook_secret:
            yield self.telegram_webhook_secret.get_secret_value()
        if self.llm_key:
            yield self.llm_key.get_secret_value()
        password = make_url(self.database_url.get_secret_value()).password
        if password:
            yield password


def load(env: Mapping[str, str], env_file: Path | None) -> Settings:
    """Read the settings; ``env`` wins over the file, and an empty value is none."""
    written = _read(env_file)
    merged = {**written, **env}
    given = {field: (merged.get(field.upper()) or "").strip() for field in Settings.model_fields}
    given = {field: value for field, value in given.items() if value}
    mistakes = [*_misspelt(written)]
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        mistakes += [_sentence(dict(detail)) for detail in error.errors(include_input=False)]
    if "telegram_webhook_url" in given and "telegram_webhook_secret" not in given:
        mistakes.append(
            "TELEGRAM_WEBHOOK_SECRET must be set when TELEGRAM_WEBHOOK_URL is; make one up,"
            " 1 to 256 characters, only letters, digits, _ and -"
        )
    if "llm_url" in given and "llm_model" not in given:
        mistakes.append("LLM_MODEL must be set when LLM_URL is: which model answers there")
    if mistakes:
        raise SettingsError(mistakes)
    return settings


def _read(env_file: Path | None) -> dict[str, str | None]:
    if env_file is None:
        return {}
    try:
        # Values are taken as they stand: a password may contain "${".
        return dict(dotenv_values(env_file, interpolate=False, encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise SettingsError([f"{env_file} can't be read; save it as UTF-8 text"]) from None


def _misspelt(written: Iterable[str]) -> Iterator[str]:
    """Names of the file that look like ours; what belongs to other programs is theirs."""
    names = [field.upper() for field in Settings.model_fields]
    for name in written:
        near = difflib.get_close_matches(name.upper(), names, n=1, cutoff=0.75)
        if near and name.upper() not in names:
            yield f"{name} is no setting; did you mean {near[0]}?"


def _sentence(detail: dict[str, Any]) -> str:
    return f"{str(detail['loc'][0]).upper()} {detail['msg'].removeprefix('Value error, ')}"
