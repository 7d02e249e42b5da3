"""Settings: language, time zone, quiet hours, whether to ask before saving."""

from zoneinfo import ZoneInfo

from bot.answers import LANGUAGE, ON_OFF, QUIET, ZONE
from bot.answers.own import on_or_off
from bot.commands import Context, Response, command
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
    at_once: bool | None = ask(
        marked("When I understood all of a message, shall I save it without asking?"),
        ON_OFF,
        label=marked("Save without asking"),
        also="免确认",
        default=None,
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
    given = form != Settings()
    if given:
        person = await people.change_settings(
            context.work,
            person,
            language=form.language,
            zone=form.zone,
            quiet=form.quiet,
            at_once=form.at_once,
        )
    with speaking(person.language):
        return _card(context, person, given=given)


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
                (_("Save without asking"), on_or_off(on=person.save_at_once)),
            )
        ),
        Button(LANGUAGES[other], settings.call(language=other)),
        Button(label("Time zone"), change_zone.call()),
        Button(label("Quiet hours"), change_quiet.call()),
        Button(_switch(person), settings.call(at_once=not person.save_at_once)),
        Button(label("Undo"), undo.call(change=change)) if change else None,
        edit=given,
    )


def _switch(person: Person) -> str:
    """What the button does that changes whether I ask before I save."""
    return label("Ask before saving") if person.save_at_once else label("Save without asking")


class ChangeZone(Form):
    """Change your time zone."""

    zone: str = ask(
        marked("Where are you? Name a big city in your time zone."),
        ZONE,
        label=marked("Time zone"),
        hint=marked("Shanghai"),
    )


@command("zone", "时区", allow=Role.REP)
async def change_zone(context: Context, form: ChangeZone) -> Response:
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
async def change_quiet(context: Context, form: ChangeQuiet) -> Response:
    """Ask for the quiet hours alone."""
    return await settings(context, Settings(quiet=form.quiet))
