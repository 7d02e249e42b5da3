"""Settings: language, time zone, quiet hours."""

from zoneinfo import ZoneInfo

from bot.answers import LANGUAGE, QUIET, ZONE
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.messages import Button, Fields, Reply, reply
from bot.phrases import LANGUAGES, _, hours, label, marked, speaking, zone_name
from handlers.undo import undo
from services import people
from services.people import Quiet
from storage.models import Person, Role


class Settings(Form):
    """Change language, time zone or quiet hours."""

    language: str | None = ask(
        marked("Which language?"), LANGUAGE, label=marked("Language"), default=None
    )
    zone: str | None = ask(
        marked("Where are you? Name a big city in your time zone."),
        ZONE,
        label=marked("Time zone"),
        default=None,
        hint=marked("Shanghai"),
        loose=False,
    )
    quiet: Quiet | None = ask(
        marked("When should I stay quiet?"),
        QUIET,
        label=marked("Quiet hours"),
        default=None,
        hint=marked("21:00-08:00, or off"),
        loose=False,
    )


@command(
    "settings",
    "设置",
    allow=Role.REP,
    order=70,
    examples=(
        marked("/settings language: Chinese"),
        marked("/settings time zone: Shanghai"),
        marked("/settings quiet hours: 21:00-08:00"),
    ),
)
async def settings(context: Context, form: Settings) -> Reply:
    """Show the settings, after changing what was given."""
    person = context.person
    if any((form.language, form.zone, form.quiet)):
        person = await people.change_settings(
            context.work, person, language=form.language, zone=form.zone, quiet=form.quiet
        )
    with speaking(person.language):
        return _card(context, person, given=form != Settings())


def _card(context: Context, person: Person, *, given: bool) -> Reply:
    change = context.work.author.change_id
    other = next(code for code in LANGUAGES if code != person.language)
    return reply(
        _("Saved.") if given else _("*Your settings*"),
        Fields(
            (
                (_("Language"), LANGUAGES[person.language]),
                (_("Time zone"), zone_name(ZoneInfo(person.zone))),
                (_("Quiet hours"), hours(person.quiet_from, person.quiet_to) or _("off")),
            )
        ),
        Button(LANGUAGES[other], settings.call(language=other)),
        Button(label("Time zone"), change_zone.call()),
        Button(label("Quiet hours"), change_quiet.call()),
        Button(label("Undo"), undo.call(change=change)) if change else None,
        edit=given,
    )


class ChangeZone(Form):
    """Change your time zone."""

    zone: str = ask(
        marked("Where are you? Name a big city in your time zone."),
        ZONE,
        label=marked("Time zone"),
        hint=marked("Shanghai"),
    )


@command("zone", "时区", allow=Role.REP)
async def change_zone(context: Context, form: ChangeZone) -> Reply:
    """Ask for the zone alone."""
    return await settings(context, Settings(zone=form.zone))


class ChangeQuiet(Form):
    """Change your quiet hours."""

    quiet: Quiet = ask(
        marked("When should I stay quiet?"),
        QUIET,
        label=marked("Quiet hours"),
        hint=marked("21:00-08:00, or off"),
    )


@command("quiet", "免打扰", allow=Role.REP)
async def change_quiet(context: Context, form: ChangeQuiet) -> Reply:
    """Ask for the quiet hours alone."""
    return await settings(context, Settings(quiet=form.quiet))
