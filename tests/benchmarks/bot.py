"""The bot as it is run, without the platform's limits, counting what it asks of the database."""

import sys
from collections import Counter
from typing import Any

import structlog
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.__main__ import main
from bot.adapters.slack import Slack
from bot.adapters.telegram import Telegram
from bot.runtime.adapter import Pace

UNLIMITED = Pace(0, 1_000_000, 0, 1_000_000, 0, 1_000_000)
HEAVY = ("dateparser", "matplotlib", "openpyxl", "pypinyin")
counted: Counter[str] = Counter()


@event.listens_for(Engine, "before_cursor_execute")
def _statement(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    counted[statement.split(maxsplit=1)[0]] += 1


@event.listens_for(Engine, "commit")
def _commit(_connection: Any) -> None:
    counted["COMMIT"] += 1


if __name__ == "__main__":
    Telegram.pace = Slack.pace = UNLIMITED
    Slack.window_pace = UNLIMITED
    main(["run", *sys.argv[1:]])
    loaded = [name for name in HEAVY if name in sys.modules]
    structlog.get_logger("bench").info("counted", **counted, loaded=loaded)
