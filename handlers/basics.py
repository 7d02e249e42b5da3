"""What everybody needs: getting in, help, undo, cancel, and who one is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.answers import NUMBER, TEXT
from bot.commands import Command, Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join
from bot.messages import Button, Fields, Reply, reply
from bot.phrases import LANGUAGES, _, counted, label, marked, speaking
from bot.words import ROLES
from services import history, people, visits
from services.errors import BadInvite
from storage.models import Role
from storage.models.journal import Entry


class Start(Form):
    """Get in with an invitation."""

    code: str = ask(
        marked("What's the code of your invitation?"), TEXT, label=marked("Code"), default=""
    )


@command("start", "开始", "join", allow=Role.GUEST)
async def start(context: Context, form: Start) -> Reply:
    """Let someone in, or greet whoever is in."""
    if form.code and context.visitor is None:
        return await _join(context, form.code)
    if context.visitor is None:
        return reply(
            _("Hello. I'm the sales assistant of your company."),
            _("To get in, open the invitation link that your manager sent you."),
            private=False,
        )
    return _greeting(context, _("Welcome back, {name}.", name=context.person.name))


async def _join(context: Context, code: str) -> Reply:
    if not context.place.private:
        raise BadInvite
    told = context.sender.language[:2]
    joined = await people.join(
        context.work,
        code,
        people.Account(
            context.sender.platform, context.sender.id, context.place.bot, context.place.chat
        ),
        language=told if told in LANGUAGES else context.defaults.language,
        zone=context.defaults.zone,
        now=context.now,
    )
    person = joined.person
    await _tell_inviter(context, joined)
    with speaking(person.language):
        if joined.linked:
            return reply(_("This account is now yours too, {name}.", name=person.name))
        hello = _(
            "Welcome, {name}. You're in as {role}, {unit}.",
            name=person.name,
            role=_(ROLES[Role(person.role)]),
            unit=person.unit.name,
        )
        return _greeting(context, hello, person.role)


async def _tell_inviter(context: Context, joined: people.Joined) -> None:
    if joined.invited_by_id is None:
        return
    inviter = await context.work.people.get(joined.invited_by_id)
    with speaking(inviter.language):
        words = _(
            "{name} accepted your invitation and joined as {role}, {unit}.",
            name=joined.person.name,
            role=_(ROLES[Role(joined.person.role)]),
            unit=joined.person.unit.name,
        )
        context.tell(inviter.id, reply(words))


def _greeting(context: Context, hello: str, role: int | None = None) -> Reply:
    role = context.person.role if role is None else role
    does = {
        Role.REP: _("Tell me about a visit in one message, and I'll remember it for you."),
        Role.MANAGER: _("Look up any customer of your team: who saw them, when, what is open."),
        Role.HQ: _("Look up any customer of the company: who saw them, when, what is open."),
    }[Role(role)]
    first = context.book.allowed(role)[:3]
    lines = [_summary(each) for each in first]
    return reply(
        hello,
        does,
        Markdown(""),
        *lines,
        Button(label("What I can do"), show_help.call(), single=False),
    )


class Help(Form):
    """See what I can do."""

    topic: str = ask(marked("About which command?"), TEXT, label=marked("Topic"), default="")


@command("help", "h", "帮助", "?", "？", allow=Role.GUEST, order=90)
async def show_help(context: Context, form: Help) -> Reply:
    """The commands of one's role, or one of them with examples that work when pasted."""
    if context.visitor is None:
        return await start(context, Start())
    if form.topic:
        found = context.book.find(f"/{form.topic.lstrip('/／')}")
        if found and found[0] in context.book.allowed(context.person.role):
            return await _topic(context, found[0])
    commands = context.book.allowed(context.person.role)
    return reply(
        _("*What I can do*"),
        *(_summary(each) for each in commands),
        _("\nMore about one: /help visit"),
        *(
            Button(f"/{each.name}", show_help.call(topic=each.name), single=False)
            for each in commands
            if each.examples
        ),
    )


def _summary(command: Command[Any]) -> Markdown:
    return _("/{name} – {summary}", name=Markdown(command.name), summary=_(command.summary))


async def _topic(context: Context, command: Command[Any]) -> Reply:
    own = await context.work.accounts.recent(context.person, 1)
    account = own[0].name if own else "Acme"
    examples = [_(each, account=account) for each in command.examples]
    labels = [_(question.label) for question in command.form.questions]
    words = [alias for alias in command.aliases if not alias.isascii()]
    return reply(
        Markdown(f"*/{command.name}* – {_(command.summary)}"),
        _(
            "It takes: {questions}. Only what you name is needed; I ask for the rest.",
            questions=join(", ", labels),
        )
        if labels
        else None,
        _("\n*Examples*") if examples else None,
        *(Markdown(f"`{each}`") for each in examples),
        _("\nAlso as: {words}", words=join(", ", words)) if words else None,
    )


class Undo(Form):
    """Undo the last thing you did."""

    change: int | None = ask(
        marked("Which change?"), NUMBER, label=marked("Change"), default=None, loose=False
    )


@command("undo", "撤销", "撤回", allow=Role.REP, order=30)
async def undo(context: Context, form: Undo) -> Reply:
    """Take back the last change, or the one whose card has the button."""
    undone = await history.undo(context.work, context.person, form.change, now=context.now)
    what = await _what(context, undone.entries)
    return reply(
        _("Undone: {what}.", what=what),
        Button(label("Redo"), redo.call(change=context.work.change_id)),
        edit=form.change is not None,
    )


class Redo(Form):
    """Bring back what you undid."""

    change: int | None = ask(
        marked("Which change?"), NUMBER, label=marked("Change"), default=None, loose=False
    )


@command("redo", "恢复", allow=Role.REP)
async def redo(context: Context, form: Redo) -> Reply:
    """Undo an undo; only its button says which."""
    if form.change is None:
        return reply(_("Press Redo on the card of what you undid."))
    undone = await history.undo(context.work, context.person, form.change, now=context.now)
    what = await _what(context, undone.entries)
    return reply(
        _("Brought back: {what}.", what=what),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        edit=True,
    )


async def _what(context: Context, entries: Sequence[Entry]) -> str:
    """A change in a person's words, by the most telling of its rows."""
    facts = {entry.noun: (entry.after or entry.before or {}) for entry in entries}
    if visit := facts.get("visits"):
        name = facts.get("accounts", {}).get("name") or await _account_name(context, visit)
        at = datetime.fromisoformat(str(visit["at"]))
        return _("visit to *{account}*, {at}", account=name, at=context.when(at))
    if attachment := facts.get("attachments"):
        return _("{name} kept with a visit", name=attachment["name"])
    if contact := facts.get("contacts"):
        return _("contact {name}", name=contact.get("name", ""))
    if account := facts.get("accounts"):
        return _("account *{name}*", name=account.get("name", ""))
    return _("settings")


async def _account_name(context: Context, visit: dict[str, object]) -> str:
    return await context.work.accounts.name(int(str(visit["account_id"]))) or "?"


class Cancel(Form):
    """Stop what we're in the middle of."""


@command("cancel", "取消", allow=Role.REP, order=80)
async def cancel(context: Context, _form: Cancel) -> Reply:
    """End the form being filled in; the conversation has left it already."""
    if context.left:
        return reply(_("Cancelled. Nothing was saved."))
    return reply(_("There's nothing to cancel. To take something back, use /undo."))


class Me(Form):
    """See who you are to me."""


@command("me", "我", allow=Role.REP, order=60)
async def me(context: Context, _form: Me) -> Reply:
    """Name, role, unit, managers, accounts on platforms, and this month's visits."""
    person = context.person
    managers = await context.work.people.managers(person.unit)
    above = [each.name for each in managers if each.id != person.id]
    identities = await context.work.people.identities(person.id)
    month = await visits.count_this_month(context.work, person, context.now)
    rows = [
        (_("Role"), _(ROLES[Role(person.role)])),
        (_("Unit"), person.unit.name),
        (_("Reports to"), above[0] if above else "–"),
        (_("Connected"), ", ".join(each.platform.capitalize() for each in identities)),
        (_("This month"), counted("{count} visit", "{count} visits", month)),
    ]
    return reply(Markdown(f"*{join('', [person.name])}*"), Fields(tuple(rows)))
