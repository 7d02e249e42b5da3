"""Settings from the environment and a ``.env`` file, all their mistakes reported at once."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url

from bot import setting_shapes as shapes


class SettingsError(Exception):
    """Some settings can't be used; the text has one line for each, and no secret."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class Settings(BaseSettings):
    """Everything that is set from outside; made by `load`, never read from the process itself."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    database_url: Annotated[SecretStr, AfterValidator(shapes.database)] = SecretStr(
        "sqlite+aiosqlite:///data/salesbot.db"
    )
    telegram_bot_token: Annotated[SecretStr, AfterValidator(shapes.telegram_token)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(shapes.api_url)] = "https://api.telegram.org"
    telegram_webhook_url: Annotated[str, AfterValidator(shapes.webhook_url)] | None = None
    telegram_webhook_secret: (
        Annotated[SecretStr, AfterValidator(shapes.telegram_secret)] | None
    ) = None
    slack_bot_token: Annotated[SecretStr, AfterValidator(shapes.slack_bot_token)] | None = None
    slack_app_token: Annotated[SecretStr, AfterValidator(shapes.slack_app_token)] | None = None
    slack_signing_secret: Annotated[SecretStr, AfterValidator(shapes.slack_secret)] | None = None
    slack_api_url: Annotated[str, AfterValidator(shapes.slack_url)] = "https://slack.com/api/"
    company_timezone: Annotated[str, AfterValidator(shapes.zone)] = "UTC"
    company_language: Annotated[Literal["en", "zh"], shapes.one_of("en", "zh")] = "en"
    company_country: Annotated[str, AfterValidator(shapes.country)] = ""
    company_currency: Annotated[str, AfterValidator(shapes.currency)] = "CNY"
    fiscal_year_start: Annotated[int, BeforeValidator(shapes.month)] = 1
    transcribe_command: Annotated[SecretStr, AfterValidator(shapes.command)] | None = None
    llm_url: Annotated[str, AfterValidator(shapes.completions)] | None = None
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, BeforeValidator(shapes.port)] = 8080
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        shapes.one_of("debug", "info", "warning", "error"),
    ] = "info"
    log_format: Annotated[Literal["console", "json"], shapes.one_of("console", "json")] = "console"

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
        others = (
            *(self.telegram_webhook_secret, self.llm_key),
            *(self.slack_bot_token, self.slack_app_token, self.slack_signing_secret),
        )
        yield from (secret.get_secret_value() for secret in others if secret)
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
    mistakes += _missing(given)
    if mistakes:
        raise SettingsError(mistakes)
    return settings


def _missing(given: Collection[str]) -> Iterator[str]:
    """What is needed beside what was given."""
    if "telegram_webhook_url" in given and "telegram_webhook_secret" not in given:
        yield (
            "TELEGRAM_WEBHOOK_SECRET must be set when TELEGRAM_WEBHOOK_URL is; make one up,"
            " 1 to 256 characters, only letters, digits, _ and -"
        )
    ways = [name for name in ("slack_app_token", "slack_signing_secret") if name in given]
    if ways and "slack_bot_token" not in given:
        yield (
            f"SLACK_BOT_TOKEN must be set when {ways[0].upper()} is; copy xoxb-… from your Slack"
            " app, OAuth & Permissions"
        )
    if "slack_bot_token" in given and not ways:
        yield (
            "SLACK_APP_TOKEN must be set when SLACK_BOT_TOKEN is; make one (xapp-…) in your Slack"
            " app, Basic Information; or SLACK_SIGNING_SECRET, to have Slack call the bot"
        )
    if "llm_url" in given and "llm_model" not in given:
        yield "LLM_MODEL must be set when LLM_URL is: which model answers there"


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
