import re
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings, SettingsError, load

TOKEN = "123456:TEST-TOKEN-AAAAAAAAAAAAAAAAAAAAAAAAA"


def mistakes(**env: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load(env, None)
    assert "\n".join(caught.value.mistakes) == str(caught.value)
    return caught.value.mistakes


def database(url: str) -> str:
    return load({"DATABASE_URL": url}, None).database_url.get_secret_value()


def test_nothing_set_is_a_bot_on_this_machine() -> None:
    settings = load({}, None)
    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///data/salesbot.db"
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.company_timezone, settings.company_language) == ("UTC", "en")
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert (settings.log_level, settings.log_format) == ("info", "console")
    assert settings.secrets() == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("sqlite:////var/lib/x.db", "sqlite+aiosqlite:////var/lib/x.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h:5433/d", "postgresql+asyncpg://u:p@h:5433/d"),
        ("postgresql+asyncpg://postgres@h/d", "postgresql+asyncpg://postgres@h/d"),
        ("postgresql://u:p%40%2Fw@h/d", "postgresql+asyncpg://u:p%40%2Fw@h/d"),
        ("postgres://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:p@h/d?ssl=require"),
        ("postgresql:///d?host=/run/pg", "postgresql+asyncpg:///d?host=%2Frun%2Fpg"),
    ],
)
def test_a_database_address_names_its_driver(written: str, meant: str) -> None:
    assert meant == database(written)


@pytest.mark.parametrize(
    "url",
    ["mysql://u:p@h/d", "sqlite://", "sqlite:///:memory:", "postgres://h", "nonsense", "a://b:c"],
)
def test_other_databases_are_refused(url: str) -> None:
    (line,) = mistakes(DATABASE_URL=url)
    assert line.startswith("DATABASE_URL ")
    assert "sqlite:///data/salesbot.db" in line


def test_all_mistakes_are_told_at_once_one_a_line() -> None:
    lines = mistakes(
        DATABASE_URL="mysql://u:hunter22@h/d",
        TELEGRAM_BOT_TOKEN="hunter22",
        TELEGRAM_API_URL="ftp://x",
        TELEGRAM_WEBHOOK_URL="http://bot.example",
        TELEGRAM_WEBHOOK_SECRET="hunter22 !",
        COMPANY_TIMEZONE="Asia/Shangai",
        COMPANY_LANGUAGE="fr",
        HTTP_PORT="99999",
        LOG_LEVEL="loud",
        LOG_FORMAT="xml",
    )
    assert len(lines) == 10
    assert len(str(SettingsError(list(lines))).splitlines()) == 10
    assert "hunter22" not in "\n".join(lines)


def test_a_mistake_says_what_to_do() -> None:
    assert mistakes(HTTP_PORT="http") == (
        "HTTP_PORT must be a number from 0 to 65535; 0 takes any free port",
    )
    (line,) = mistakes(COMPANY_TIMEZONE="Asia/Shangai")
    assert line.endswith("such as Asia/Shanghai or America/New_York; did you mean Asia/Shanghai?")
    assert mistakes(LOG_LEVEL="loud") == ("LOG_LEVEL must be debug, info, warning or error",)


def test_a_webhook_needs_a_secret_even_when_its_address_is_wrong() -> None:
    (line,) = mistakes(TELEGRAM_WEBHOOK_URL="https://bot.example/telegram")
    assert line.startswith("TELEGRAM_WEBHOOK_SECRET must be set")
    lines = mistakes(TELEGRAM_WEBHOOK_URL="http://bot.example")
    assert [x.split()[0] for x in lines] == ["TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET"]


@pytest.mark.parametrize("url", ["https://", "https://a b", "https://h:99999", "x.example"])
def test_a_webhook_address_must_be_whole(url: str) -> None:
    (line,) = mistakes(TELEGRAM_WEBHOOK_URL=url, TELEGRAM_WEBHOOK_SECRET="s")
    assert line == "TELEGRAM_WEBHOOK_URL must be a full address that starts with https://"


@given(st.text(max_size=300))
def test_a_webhook_secret_is_what_telegram_takes(secret: str) -> None:
    env = {"TELEGRAM_WEBHOOK_URL": "https://b.example/x", "TELEGRAM_WEBHOOK_SECRET": secret}
    if re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.strip()):
        assert secret.strip() in load(env, None).secrets()
    else:
        mistakes(**env)


def test_a_trailing_slash_of_the_api_address_goes() -> None:
    settings = load({"TELEGRAM_API_URL": "http://localhost:8081/"}, None)
    assert settings.telegram_api_url == "http://localhost:8081"


@given(st.sampled_from(sorted(available_timezones())))
def test_every_zone_is_a_time_zone(zone: str) -> None:
    assert zone == load({"COMPANY_TIMEZONE": zone}, None).company_timezone


@pytest.mark.parametrize("zone", ["America", "../etc/passwd", "/etc/passwd", "a\0b", "Mars/Base"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    assert mistakes(COMPANY_TIMEZONE=zone)[0].startswith("COMPANY_TIMEZONE must be a time zone")


def test_empty_values_are_none_and_spaces_do_not_count() -> None:
    settings = load({"TELEGRAM_BOT_TOKEN": "", "HTTP_PORT": " 9000 ", "LOG_LEVEL": "DEBUG"}, None)
    assert settings.telegram_bot_token is None
    assert (settings.http_port, settings.log_level) == (9000, "debug")


def test_secrets_are_listed_for_the_logs() -> None:
    settings = load(
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_WEBHOOK_URL": "https://bot.example/t",
            "TELEGRAM_WEBHOOK_SECRET": "s3cret",
            "DATABASE_URL": "postgres://u:p%40ss@h/d",
        },
        None,
    )
    assert [TOKEN, TOKEN.split(":")[1], "s3cret", "p@ss"] == settings.secrets()


def test_secrets_are_not_in_the_text_of_the_settings() -> None:
    settings = load({"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": "postgres://u:pa55@h/d"}, None)
    for text in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in text
        assert "pa55" not in text


@given(st.dictionaries(st.sampled_from(sorted(Settings.model_fields)), st.text(max_size=40)))
def test_any_value_is_taken_or_refused_in_words(values: dict[str, str]) -> None:
    try:
        load({name.upper(): value for name, value in values.items()}, None)
    except SettingsError as error:
        names = {name.upper() for name in Settings.model_fields}
        assert all(line.split()[0] in names for line in error.mistakes)  # noqa: PT017  # or taken


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# the bot\nHTTP_PORT=9000\nexport LOG_FORMAT='json'\nOTHER=1\n"
        "DATABASE_URL=postgres://u:a${HOME}$b@h/d\n",
        encoding="utf-8-sig",
    )
    settings = load({"HTTP_PORT": "9001"}, file)
    assert (settings.http_port, settings.log_format) == (9001, "json")
    assert settings.secrets() == ["a${HOME}$b"]


def test_a_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    assert load({}, None) == load({}, tmp_path / ".env")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"TELEGRAM_BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match="save it as UTF-8 text"):
        load({}, file)


def test_the_process_and_the_working_directory_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HTTP_PORT", "2")
    assert load({}, None).http_port == 8080
    assert Settings().http_port == 8080


def test_a_misspelt_name_in_the_file_is_told_with_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_TOKEN=1:secretsecretsecretsecret\nCOLOUR=blue\n")
    with pytest.raises(SettingsError) as refused:
        load({"HTTP_PROXY": "http://127.0.0.1:1"}, file)
    told = str(refused.value)
    assert "TELEGRAM_TOKEN is no setting; did you mean TELEGRAM_BOT_TOKEN?" in told
    assert "COLOUR" not in told
    assert "secretsecret" not in told
    assert "PROXY" not in told


def test_a_port_that_cannot_be_is_told() -> None:
    with pytest.raises(SettingsError, match="port"):
        load({"DATABASE_URL": "postgresql://a:b@127.0.0.1:99999/x"}, None)


def test_a_company_has_a_country_a_currency_and_a_fiscal_year() -> None:
    settings = load(
        {"COMPANY_COUNTRY": "cn", "COMPANY_CURRENCY": "eur", "FISCAL_YEAR_START": "04"}, None
    )
    assert (settings.company_country, settings.company_currency) == ("CN", "EUR")
    assert settings.fiscal_year_start == 4
    assert (
        len(mistakes(COMPANY_COUNTRY="China", COMPANY_CURRENCY="RMB!", FISCAL_YEAR_START="0")) == 3
    )


def test_a_command_that_writes_down_what_is_said_is_parted_into_words() -> None:
    settings = load({"TRANSCRIBE_COMMAND": "whisper -m 'a b.bin' --prompt '' -"}, None)
    assert settings.transcribe_command
    assert "whisper" not in repr(settings)
    for written in ("whisper 'open", "'' -m x"):
        (line,) = mistakes(TRANSCRIBE_COMMAND=written)
        assert line.startswith("TRANSCRIBE_COMMAND ")
        assert "whisper" not in line


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://127.0.0.1:11434/", "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://llm.example/v1/", "https://llm.example/v1/chat/completions"),
        ("https://llm.example/eu/v1", "https://llm.example/eu/v1/chat/completions"),
        (
            "https://llm.example/v1/chat/completions",
            "https://llm.example/v1/chat/completions",
        ),
    ],
)
def test_a_model_s_address_is_where_it_is_called(written: str, called: str) -> None:
    assert called == load({"LLM_URL": written, "LLM_MODEL": "small"}, None).llm_url


@pytest.mark.parametrize(
    "written", ["llm.example", "ftp://llm.example", "https://me:hunter22@llm.example/v1"]
)
def test_other_addresses_of_a_model_are_refused(written: str) -> None:
    (line,) = mistakes(LLM_URL=written, LLM_MODEL="small")
    assert line.startswith("LLM_URL ")
    assert "hunter22" not in line


def test_a_model_needs_a_name_and_its_key_is_a_secret() -> None:
    (line,) = mistakes(LLM_URL="https://llm.example/v1", LLM_KEY="hunter22")
    assert line.startswith("LLM_MODEL must be set")
    settings = load(
        {"LLM_URL": "https://llm.example", "LLM_MODEL": "small", "LLM_KEY": "hunter22"}, None
    )
    assert settings.secrets() == ["hunter22"]
    assert "hunter22" not in repr(settings)


BOT, APP, SIGNING = "xoxb-1-2-AbCd", "xapp-1-A0-2-ef01", "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.mark.parametrize(
    "way", [{"SLACK_APP_TOKEN": APP}, {"SLACK_SIGNING_SECRET": SIGNING}], ids=["socket", "http"]
)
def test_slack_is_a_bot_token_and_one_way_to_hear(way: dict[str, str]) -> None:
    settings = load({"SLACK_BOT_TOKEN": BOT, **way}, None)
    assert sorted([BOT, *way.values()]) == sorted(settings.secrets())
    assert all(secret not in repr(settings) for secret in settings.secrets())
    (line,) = mistakes(**way)
    assert line.startswith(f"SLACK_BOT_TOKEN must be set when {next(iter(way))} is;")


def test_a_bot_token_alone_names_both_ways() -> None:
    (line,) = mistakes(SLACK_BOT_TOKEN=BOT)
    assert line.startswith("SLACK_APP_TOKEN must be set when SLACK_BOT_TOKEN is;")
    assert "or SLACK_SIGNING_SECRET" in line


def test_tokens_in_each_other_s_place_are_told() -> None:
    bot, app = mistakes(SLACK_BOT_TOKEN=APP, SLACK_APP_TOKEN=BOT)
    assert bot.startswith("SLACK_BOT_TOKEN is the app's token, which goes into SLACK_APP_TOKEN")
    assert app.startswith("SLACK_APP_TOKEN is the bot's token, which goes into SLACK_BOT_TOKEN")
    (secret,) = mistakes(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=APP)
    assert secret.startswith("SLACK_SIGNING_SECRET is not a signing secret")


@pytest.mark.parametrize(
    "token", ["xoxp-1-2-abcd", "xoxb-", "xoxb-abc", "xoxb-a b cd", "hunter22"]
)
def test_what_is_no_bot_token_of_slack_s_is_refused(token: str) -> None:
    (line,) = mistakes(SLACK_BOT_TOKEN=token, SLACK_APP_TOKEN=APP)
    assert line.startswith("SLACK_BOT_TOKEN is not a bot token; copy xoxb-… from your Slack app")
    assert "hunter22" not in line


def test_slack_s_mistakes_are_told_together() -> None:
    lines = mistakes(SLACK_APP_TOKEN="xapp-", SLACK_SIGNING_SECRET="no", SLACK_API_URL="slack.com")
    assert [line.split()[0] for line in lines] == [
        *("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "SLACK_BOT_TOKEN"),
    ]


@pytest.mark.parametrize("written", ["http://127.0.0.1:1/api", "http://127.0.0.1:1/api/"])
def test_slack_s_address_ends_with_one_slash(written: str) -> None:
    assert load({"SLACK_API_URL": written}, None).slack_api_url == "http://127.0.0.1:1/api/"
    assert load({}, None).slack_api_url == "https://slack.com/api/"
    (line,) = mistakes(SLACK_API_URL=f"{written}?pretty=1")
    assert line.startswith("SLACK_API_URL ")
