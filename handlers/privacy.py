"""What is kept of oneself, who sees it, a copy of it, and the wish to be erased."""

import asyncio
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.keeping import kept_for
from bot.commands import Context, command
from bot.forms import Form
from bot.markdown import Markdown, plain
from bot.messages import Button, Fields, File, Reply, reply
from bot.phrases import _, counted, label, listed, marked, speaking
from bot.words import ROLES
from handlers.erase import erase
from handlers.retention import KINDS
from services import privacy, retention
from services.erasure import PEOPLE, Subject
from services.privacy import Held
from services.retention import Kind
from storage.models import Person, Role

NAMED = 5
"""How many names of a kind are told; HQ may be many."""
ASKED = marked("Asked to be erased")
COPIED = marked("Had a copy of their own data made")


class Privacy(Form):
    """See what is kept about you, and who sees it."""


@command("privacy", "隐私", allow=Role.REP, order=72)
async def show_privacy(context: Context, _form: Privacy) -> Reply:
    """One screen in plain words, with a copy and the wish to be erased at hand."""
    found = await privacy.held(context.work, context.person, now=context.now)
    days = await retention.settings(context.work)
    return reply(
        Markdown(f"*{_('What I keep about you')}*"),
        Fields(
            (
                (_("Yourself"), _you(context.person, found)),
                (_("Your work"), _work(found)),
                (_("Check-ins"), _("how near you were, never where")),
                (_("Messages"), _messages(days)),
                (_("Who sees it"), _readers(found)),
                (_("Where it is"), _where(context)),
                (_("Never kept"), _("places; what others write in groups")),
            )
        ),
        Button(label("Send me my data"), send_copy.call(), single=False),
        Button(label("How long"), show_times.call(), single=False),
        Button(label("Ask to be erased"), ask_erasure.call()),
    )


def _you(person: Person, found: Held) -> str:
    platforms = [each.capitalize() for each in found.platforms]
    return listed([person.name, _(ROLES[Role(person.role)]), person.unit.name, *platforms])


def _work(found: Held) -> str:
    return listed(
        (
            counted("{count} visit", "{count} visits", found.counts["visits"]),
            counted("{count} deal", "{count} deals", found.counts["deals"]),
            counted("{count} to-do", "{count} to-dos", found.counts["reminders"]),
        )
    )


def _messages(days: Mapping[Kind, int]) -> str:
    return _(
        "what I send {mine}, what you send {yours}",
        mine=kept_for(days[Kind.MESSAGES]),
        yours=kept_for(days[Kind.UPDATES]),
    )


def _readers(found: Held) -> str:
    """Everybody by name who sees what somebody logs."""
    readers = [*found.managers, *(_("{name} (stands in)", name=each) for each in found.deputies)]
    at_hq = [*found.headquarters[:NAMED]]
    more = len(found.headquarters) - len(at_hq)
    if more:
        at_hq.append(counted("{count} other", "{count} others", more))
    if at_hq:
        readers.append(_("HQ: {names}", names=listed(at_hq)))
    return listed([*readers, _("everyone: which customers are yours")])


def _where(context: Context) -> str:
    """Which programs beside the company's own database get to read any of it."""
    outside = []
    if "listen" in context.errands.possible:
        outside.append(_("a program that writes down voice notes"))
    if "consult" in context.errands.possible:
        outside.append(_("a language model, for messages I don't understand"))
    if not outside:
        return _("your company's own database, and nowhere else")
    return _("your company's own database; and {programs}", programs=listed(outside))


class Times(Form):
    """See how long things are kept."""


@command("kept", "保存多久", allow=Role.REP)
async def show_times(context: Context, _form: Times) -> Reply:
    """How long each kind of data is kept, for everybody to know."""
    days = await retention.settings(context.work)
    return reply(
        Markdown(f"*{_('How long things are kept')}*"),
        Fields(tuple((_(name), kept_for(days[kind])) for kind, name in KINDS.items())),
        _("What you logged is the company's and stays. HQ sets these times."),
    )


class Copy(Form):
    """Get a copy of all that is kept about you."""


@command("mydata", "我的数据", allow=Role.REP)
async def send_copy(context: Context, _form: Copy) -> Reply:
    """A file that machines read, and one that people do, in one."""
    data = await privacy.copy(context.work, context.person)
    await context.work.note(COPIED)
    content = await asyncio.to_thread(_zipped, data, context.zone)
    file = File(f"my-data-{context.now:%Y-%m-%d}.zip", "application/zip", content=content)
    return reply(
        _("This is all that is kept about you: to read, and as JSON for other programs."),
        file,
        edit=False,
    )


def _zipped(data: Mapping[str, Any], zone: ZoneInfo) -> bytes:
    """Both in one file; years of somebody's work take a while, so beside the event loop."""
    for each in data["messages_to_you"]:
        each["text"] = plain(Markdown(each["text"]))
    readable = "\n".join(_readable(data, zone))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        archive.writestr(label("to read") + ".txt", "\ufeff" + readable)
    return kept.getvalue()


TECHNICAL = re.compile(r"id|\w+_id|key|bot|chat|phone_digits|latitude|longitude")
EMPTY: tuple[object, ...] = (None, "", [], {}, False)
SECTIONS = {
    "person": marked("Yourself"),
    "identities": marked("Accounts on platforms"),
    "groups": marked("Groups"),
    "accounts": marked("Customers"),
    "visits": marked("Visits"),
    "deals": marked("Deals"),
    "reminders": marked("To-dos"),
    "leaves": marked("Absences"),
    "claims": marked("Claims to customers"),
    "invites": marked("Invitations"),
    "messages_to_you": marked("Messages to you"),
    "messages_from_you": marked("Messages from you"),
    "journal": marked("What you did"),
}


def _readable(data: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """The same in lines, a section for each kind, without the numbers that rows have."""
    for name, title in SECTIONS.items():
        rows = data[name] if isinstance(data[name], list) else [data[name]]
        if rows:
            yield f"== {label(title)} ({len(rows)}) =="
            yield from (_line(row, zone) for row in rows)
            yield ""


def _line(row: Any, zone: ZoneInfo) -> str:
    if not isinstance(row, dict):
        return str(row)
    told = {name: value for name, value in row.items() if not TECHNICAL.fullmatch(name)}
    at = told.pop("at", "")
    parts = [_moment(at, zone)] if at else []
    parts += [_told(name, value, zone) for name, value in told.items() if value not in EMPTY]
    return " · ".join(parts)


def _told(name: str, value: Any, zone: ZoneInfo) -> str:
    match value:
        case dict():
            return " ".join(_texts(value))
        case str() if name.endswith("_at"):
            return f"{name}: {_moment(value, zone)}"
        case _:
            return str(value) if name == "text" else f"{name}: {value}"


def _texts(update: Mapping[str, Any]) -> Iterator[str]:
    """The words of what came from a platform, in its own shape."""
    for name, value in update.items():
        if isinstance(value, dict):
            yield from _texts(value)
        elif name in {"text", "caption", "data"} and isinstance(value, str):
            yield value


def _moment(at: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(at).astimezone(zone):%Y-%m-%d %H:%M}"


class AskErasure(Form):
    """Ask HQ to erase what is kept about you."""


@command("eraseme", "删除我", allow=Role.REP)
async def ask_erasure(context: Context, _form: AskErasure) -> Reply:
    """HQ gets a card with the way to do it; what stands in the way is said at once."""
    person = context.person
    answerable = await privacy.ask_to_be_erased(context.work, person, "eraseme", now=context.now)
    owned = await context.work.subjects.owned(person.id)
    await context.work.note(ASKED)
    for each in answerable:
        with speaking(each.language):
            context.tell(each.id, _wish(person))
    return reply(
        _("I've told HQ: {names}.", names=listed(each.name for each in answerable[:NAMED])),
        counted(
            "First your {count} customer has to be handed over.",
            "First your {count} customers have to be handed over.",
            len(owned),
        )
        if owned
        else None,
        _("You'll be locked out when it's done. Until then you can change your mind with them."),
    )


def _wish(person: Person) -> Reply:
    who = Subject(PEOPLE, person.id, person.name, person.unit.name, active=True)
    return reply(
        _("*{name}*, {unit}, asks to be erased.", name=person.name, unit=person.unit.name),
        _("Answer them within a month."),
        Button(label("Have a look"), erase.call(who=who), single=False),
    )
