"""The command line; the only place that knows the handlers."""

from collections.abc import Sequence

from bot.command_line.options import parse


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command."""
    options = parse(argv)
    if options.command == "understand":
        from bot.command_line.understand import run  # noqa: PLC0415 - the bot itself needs none of it

        run(options)
        return
    import handlers  # noqa: PLC0415 - a second of imports, which `understand` does not need
    from bot.command_line.working import work  # noqa: PLC0415 - likewise

    work(options, handlers)


if __name__ == "__main__":
    main()
