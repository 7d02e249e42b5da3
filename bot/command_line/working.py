"""The commands that work with the bot's parts, and what is said when one of them fails."""

import argparse
import asyncio
import sys
from types import ModuleType

from sqlalchemy.exc import InterfaceError, OperationalError

from bot.command_line.backing import run_backup, run_restore
from bot.command_line.running import run_bot, run_demo
from bot.command_line.setting_up import Stop, run_check, run_invite, run_migrate
from bot.command_line.tables import run_export, run_import
from bot.runtime.adapter import NotSent, Rejected, RetryLater, Uncertain
from bot.settings import SettingsError
from bot.web import ListenError
from storage.migrate import SchemaError


def work(options: argparse.Namespace, handlers: ModuleType) -> None:
    """Run one command; what goes wrong is one clear line on standard error."""
    try:
        asyncio.run(_command(options, handlers))
    except SettingsError as error:
        sys.exit("\n".join(("These settings can't be used:", *error.mistakes)))
    except (Stop, ListenError, Rejected, SchemaError) as error:
        sys.exit(str(error))
    except (NotSent, Uncertain, RetryLater) as error:
        sys.exit(f"Telegram can't be reached: {error}. Try again in a while.")
    except PermissionError as error:
        sys.exit(f"{error.filename} can't be written. Start salesbot in a folder of your own.")
    except (OSError, InterfaceError, OperationalError):
        sys.exit("The database can't be reached. What is wrong, and what to do: salesbot check")


async def _command(options: argparse.Namespace, handlers: ModuleType) -> None:
    match options.command:
        case "demo":
            await run_demo(options, handlers)
        case "run":
            await run_bot(options, handlers)
        case "check":
            await run_check(options)
        case "migrate":
            await run_migrate()
        case "invite":
            await run_invite(options)
        case "backup":
            await run_backup(options)
        case "restore":
            await run_restore(options)
        case "import":
            await run_import(options)
        case "export":
            await run_export(options)
        case other:
            raise ValueError(f"there is no command {other}")
