"""Who runs errands for the bot, as the settings say; nobody, when they say nothing."""

import shlex
from collections.abc import Mapping

from bot.errands import Consult, Listen
from bot.outside.listening import Transcriber
from bot.outside.model import Model
from bot.runtime.errands import Source
from bot.settings import Settings


def sources(settings: Settings, environment: Mapping[str, str]) -> dict[str, Source]:
    """The program that listens and the language model, where there are any.

    The program gets the environment without the bot's own settings: some of them are secrets.
    """
    found: dict[str, Source] = {}
    if settings.transcribe_command:
        command = tuple(shlex.split(settings.transcribe_command.get_secret_value()))
        ours = {name.upper() for name in Settings.model_fields}
        rest = {name: value for name, value in environment.items() if name.upper() not in ours}
        found[Listen.name] = Transcriber(command, rest)
    if settings.llm_url and settings.llm_model:
        key = settings.llm_key.get_secret_value() if settings.llm_key else ""
        found[Consult.name] = Model(settings.llm_url, settings.llm_model, key)
    return found
