"""Settings: language, time zone, quiet hours."""

from zoneinfo import ZoneInfo

from bot.answers import LANGUAGE, QUIET, ZONE
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.messages import Button, Fields, Reply, reply
from bot.phrases import LANGUAGES, _, hours, label, marked, speaking, zone_name
from services import people
from services.people import Quiet
from storage.models import Person, Role


class Settings(Form):
    """Change your language, time zone or quiet hours."""

    language: str | None = ask(
        marked("Which language?"), LANGUAGE, label=marked("Language"), default=None
    )
    zone: str | None = ask(
        marked("Which time zone are you in? Name a city."),
        ZONE,
        label=marked("Time zone"),
        default=None,
        hint=marked("Shanghai"),
        loose=False,
    )
    quiet: Quiet | None = ask(
        marked("When should I leave you in peace?"),
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
    examples=(marked("/settings language: Chinese"), marked("/settings quiet: 21:00-08:00")),
)
async def settings(context: Context, form: Settings) -> Reply:
    """Show the settings, after changing what was given."""
    person = context.person
    changed = any((form.language, form.zone, form.quiet))
    if changed:
        person = await people.change_settings(
            context.work, person, language=form.language, zone=form.zone, quiet=form.quiet
        )
    with speaking(person.language):
        return _card(person, saved=changed)


def _card(person: Person, *, saved: bool) -> Reply:
    other = next(code for code in LANGUAGES if code != person.language)
    return reply(
        _("Saved.") if saved else _("*Your settings*"),
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
        edit=saved,
    )


class ChangeZone(Form):
    """Change your time zone."""

    zone: str = ask(
        marked("Which time zone are you in? Name a city."),
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
        marked("When should I leave you in peace?"),
        QUIET,
        label=marked("Quiet hours"),
        hint=marked("21:00-08:00, or off"),
    )


@command("quiet", "免打扰", allow=Role.REP)
async def change_quiet(context: Context, form: ChangeQuiet) -> Reply:
    """Ask for the quiet hours alone."""
    return await settings(context, Settings(quiet=form.quiet))
