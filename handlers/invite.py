"""Invitations: giving one, those that are open, and undoing one that the wrong person used."""

from collections.abc import Iterator, Sequence

from bot.answers import NEW_NAME, NUMBER, ON_OFF, PERSON, UNIT
from bot.commands import Context, Response, command
from bot.forms import Form, ask
from bot.markdown import Markdown, escape, join
from bot.messages import Button, Buttons, Call, Reply, reply
from bot.phrases import _, label, marked, shortened
from bot.words import ROLE, ROLES
from handlers.undo import undo
from services import joining
from services.joining import Open
from services.posts import Post
from storage.models import Invite, Person, Role, Unit

NAMED = 24
PLATFORMS = {"telegram": "Telegram", "slack": "Slack"}


class NewInvite(Form):
    """Invite somebody into the company."""

    name: str = ask(
        marked("Who is invited? Their name:"),
        NEW_NAME,
        label=marked("Name"),
        hint=marked("Li Wei"),
    )
    role: Post = ask(marked("What will they be?"), ROLE, label=marked("Role"))
    unit: Unit = ask(marked("In which unit?"), UNIT, label=marked("Unit"), hint=marked("East"))


@command(
    "invite",
    "邀请",
    allow=Role.MANAGER,
    order=110,
    examples=(marked("/invite Mia, rep, {unit}"),),
)
async def invite(context: Context, form: NewInvite) -> Response:
    """A code and the ways in, for whoever it was said to be."""
    code = context.new_code()
    given = await joining.invite(
        context.work,
        form.name,
        form.role.role,
        form.unit,
        code=code,
        by=context.person,
        now=context.now,
    )
    return _card(context, given, form.unit, code)


class InviteAgain(Form):
    """Invite somebody who is in the company already."""

    person: Person = ask(marked("Who is invited?"), PERSON, label=marked("Colleague"))


@command("inviteagain", "重新邀请", allow=Role.MANAGER)
async def invite_again(context: Context, form: InviteAgain) -> Response:
    """A code that lets in a person who is known, but not connected."""
    code, person = context.new_code(), form.person
    given = await joining.invite(
        context.work,
        person.name,
        Role(person.role),
        person.unit,
        code=code,
        by=context.person,
        person=person,
        now=context.now,
    )
    return _card(context, given, person.unit, code)


def _card(context: Context, given: Invite, unit: Unit, code: str) -> Reply:
    """What to send to whoever is invited: only they should get it."""
    return reply(
        _(
            "Invitation for *{name}*: {role}, {unit}.",
            name=given.name,
            role=_(ROLES[Role(given.role)]),
            unit=unit.name,
        ),
        _(
            "Send {name} one of these. It lets in one person, until {at}.",
            name=given.name,
            at=context.when(given.expires_at),
        ),
        *_ways(context.doors(code)),
        _("Or the code alone, in a private chat with me: {code}", code=_copied(code)),
        Button(label("Take back"), take_back.call(invite=given.id)),
        Button(label("Invitations"), show_invites.call(), single=False),
    )


def _ways(doors: Sequence[tuple[str, str]]) -> Iterator[Markdown]:
    """The way in on each platform: a link that opens, or a line to be sent there."""
    for platform, way in doors:
        name = PLATFORMS.get(platform, platform.capitalize())
        said = Markdown(f"[{escape(way)}]({way})") if way.startswith("https://") else _copied(way)
        yield _("{platform}: {way}", platform=name, way=said)


def _copied(line: str) -> Markdown:
    """A line that is tapped to be copied."""
    return Markdown(f"`{escape(line)}`")


class Invites(Form):
    """See which invitations are open."""


@command("invites", "invitations", "邀请列表", allow=Role.MANAGER)
async def show_invites(context: Context, _form: Invites) -> Reply:
    """The open invitations, each with a button that takes it back."""
    return _open(context, await joining.open_of(context.work, context.person, now=context.now))


def _open(context: Context, found: Sequence[Open], *said: str | Button) -> Reply:
    nothing = _("No invitation is open. /invite makes one.")
    return reply(
        *said,
        Markdown(f"*{_('Open invitations')}*"),
        *([_line(context, each) for each in found] or [nothing]),
        Buttons(tuple(_takes_back(each) for each in found)) if found else None,
        Button(label("Invite"), invite.call(), single=False),
        edit=True,
    )


def _line(context: Context, each: Open) -> Markdown:
    role = _(ROLES[Role(each.invite.role)])
    at = context.when(each.invite.expires_at)
    until = _("until {at}", at=at)
    return Markdown(f"– {join(' · ', [each.invite.name, role, each.unit.name, until])}")


def _takes_back(each: Open) -> Button:
    name = shortened(each.invite.name, NAMED)
    return Button(label("Take back: {name}", name=name), take_back.call(invite=each.invite.id))


class TakeBack(Form):
    """Take back an invitation that nobody has used."""

    invite: int | None = ask(
        marked("Which one?"), NUMBER, label=marked("Invitation"), default=None, loose=False
    )


@command("takeback", "收回邀请", allow=Role.MANAGER)
async def take_back(context: Context, form: TakeBack) -> Response:
    """The door is shut, and those that are still open."""
    if form.invite is None:
        return show_invites.call()
    gone = await joining.take_back(context.work, context.person, form.invite, now=context.now)
    left = await joining.open_of(context.work, context.person, now=context.now)
    said = _("Taken back: the invitation for {name}. Its code lets nobody in.", name=gone.name)
    return _open(
        context, left, said, Button(label("Undo"), undo.call(change=context.work.change_id))
    )


class LockOut(Form):
    """Lock out whoever used somebody's invitation."""

    invite: int | None = ask(
        marked("Which one?"), NUMBER, label=marked("Invitation"), default=None, loose=False
    )
    identity: int | None = ask(
        marked("Which account?"),
        NUMBER,
        label=marked("Account"),
        default=None,
        loose=False,
        asked=False,
    )
    keep: bool | None = ask(
        marked("Were they in the company before?"),
        ON_OFF,
        label=marked("Stays"),
        default=None,
        loose=False,
        asked=False,
    )


@command("lockout", "请出", allow=Role.MANAGER)
async def lock_out(context: Context, form: LockOut) -> Response:
    """Whoever came in is out at once; the way to a new invitation."""
    if form.invite is None or form.identity is None:
        return show_invites.call()
    person = await joining.lock_out(
        context.work,
        context.person,
        form.invite,
        form.identity,
        keep=bool(form.keep),
        now=context.now,
    )
    anew = invite_again.call(person=person) if person.active else await _anew(context, person)
    return reply(
        _(
            "Done: whoever came in as {name} is out, and the code lets nobody in.",
            name=person.name,
        ),
        Button(label("Invite"), anew, single=False),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        edit=True,
    )


async def _anew(context: Context, person: Person) -> Call:
    """The questions of an invitation, answered as they were for whom somebody else came in."""
    unit = await context.work.people.unit(person.unit_id)
    return invite.review(name=person.name, role=Post[Role(person.role).name], unit=unit)
