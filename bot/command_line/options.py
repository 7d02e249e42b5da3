"""What can be asked of the command line, and in which words."""

import argparse
from collections.abc import Callable, Sequence

ROLES = ("rep", "manager", "hq")
KINDS = ("message", "time", "date", "instant", "period", "amount")


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read a command and its options; what can't be read ends the process with the usage."""
    parser = argparse.ArgumentParser(prog="salesbot", description="A sales assistant in chat.")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, description=does)

    demo = add(
        "demo", "Try it: a sample company and a web page with three phones; needs no token."
    )
    demo.add_argument("--port", type=int, default=8000, help="of the page (default 8000)")
    demo.add_argument("--no-browser", action="store_true", help="don't open the page")
    run = add("run", "Run the bot, for every platform that has its tokens set.")
    run.add_argument("--roles", default="receive,work,deliver", help="receive,work,deliver (all)")
    check = add("check", "See whether everything is set up right, and what to do where it isn't.")
    check.add_argument("--head", default="", help="a head of the journal that must be in it still")
    add("migrate", "Bring the database to the newest schema; SQLite is backed up first.")
    invite = add("invite", "Make an invitation: how the first person gets in.")
    invite.add_argument("--role", choices=ROLES, required=True)
    invite.add_argument("--name", required=True, help="who is invited")
    invite.add_argument("--unit", default="", help="their unit, such as East/Shanghai")
    backup = add("backup", "Copy the database into one file, while the bot runs.")
    backup.add_argument("file", metavar="FILE", help="such as data/backups/monday.zip")
    backup.add_argument("--force", action="store_true", help="overwrite the file")
    restore = add("restore", "Put a backup back, into an SQLite file or PostgreSQL.")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument(
        "--force", action="store_true", help="back up what is there, then replace it"
    )
    restore.add_argument(
        "--erasures", metavar="FILE", help="a newer backup, which knows what was erased since"
    )
    _tables(add)
    _understand(add("understand", "Show as JSON what the bot understands of a text, and why."))
    return parser.parse_args(argv)


def _tables(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    taking = add("import", "Take in tables: people, customers, deals, visits and more.")
    taking.add_argument(
        "files", nargs="+", metavar="FILE", help=".xlsx, .csv, or an export's .zip"
    )
    taking.add_argument("--dry-run", action="store_true", help="only say what would be done")
    taking.add_argument("--yes", action="store_true", help="do it without asking")
    writing = add("export", "Write everything into a folder, as tables that import takes in.")
    writing.add_argument("folder", metavar="DIR")
    writing.add_argument("--format", choices=("xlsx", "csv"), default="xlsx")
    for parser in (taking, writing):
        parser.add_argument("--as", dest="as_name", metavar="NAME", help="who does it, from HQ")


def _understand(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="*", metavar="TEXT")
    parser.add_argument("--lang", choices=("en", "zh"), help="by default told from the script")
    parser.add_argument("--now", metavar="ISO", help="when it was written (default: now)")
    parser.add_argument("--tz", metavar="ZONE", help="where (default: COMPANY_TIMEZONE, or UTC)")
    parser.add_argument("--kind", choices=KINDS, default="message", help="what it is read as")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id","text","lang","now","tz","kind"} a line, write {"id","value"} a line',
    )
