"""What everybody needs: getting in, help, undo, cancel, and who one is."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Any

from bot.answers import TEXT
from bot.commands import Command, Context, Response, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join
from bot.messages import Button, Buttons, Fields, Reply, reply
from bot.phrases import (
    LANGUAGES,
    _,
    counted,
    label,
    language,
    listed,
    marked,
    shortened,
    speaking,
)
from bot.words import ROLES
from handlers.away import own_rows
from services import accounts, joining, people, visits
from services.errors import InviteInGroup
from services.understanding.facts import Topic
from storage.models import Person, Role

SECTIONS = (
    (1, marked("Customers")),
    (40, marked("To do")),
    (50, marked("Corrections")),
    (60, marked("You")),
)
"""The headings of the help, each with the order at which it begins."""


TELLS = marked("visited {account}, demo went well, follow up on Friday at 3pm")
REMINDS = marked("remind me to call {account} tomorrow at 9am")
ASKS = marked("how many visits this month?")
"""What can be written in plain words, and works when pasted."""


class Start(Form):
    """Get in with an invitation."""

    code: str = ask(marked("What's your invitation code?"), TEXT, label=marked("Code"), default="")


@command("start", "开始", "join", "hi", "hello", "你好", "您好", allow=Role.GUEST)
async def start(context: Context, form: Start) -> Reply:
    """Let someone in, or greet whoever is in."""
    if form.code and context.visitor is None:
        return await _join(context, form.code)
    if context.visitor is None:
        return reply(
            _("Hello, I'm your company's sales assistant."),
            _(
                "To get in, open the link of your invitation, or send me its code. "
                "Whoever runs me in your company has one for you."
            ),
            private=False,
        )
    if form.code:
        return reply(
            _("You're in already, {name}. I didn't use the code.", name=context.person.name)
        )
    hello = _("Welcome back, {name}.", name=context.person.name)
    return _greeting(hello, context.person.role, await _account(context, context.person))


async def _join(context: Context, code: str) -> Reply:
    if not context.place.private:
        raise InviteInGroup
    told = context.sender.language[:2]
    joined = await joining.join(
        context.work,
        code,
        joining.Account(
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
            return reply(_("Connected, {name}. You can use me here, too.", name=person.name))
        hello = _("Welcome, {name}. You're in as {role}.", name=person.name, role=_post(person))
        return _greeting(hello, person.role, await _account(context, person))


async def _account(context: Context, person: Person) -> str:
    """A customer for the examples: one's own, if there is one."""
    own = await accounts.likely(context.work, person, 1)
    return own[0].name if own else _("Acme")


async def _tell_inviter(context: Context, joined: joining.Joined) -> None:
    if joined.invited_by_id is None:
        return
    inviter = await context.work.people.get(joined.invited_by_id)
    with speaking(inviter.language):
        words = _(
            "{name} accepted your invitation and joined as {role}.",
            name=joined.person.name,
            role=_post(joined.person),
        )
        context.tell(inviter.id, reply(words))


def _post(person: Person) -> Markdown:
    """Someone's role and, below the company itself, their unit."""
    role = _(ROLES[Role(person.role)])
    if person.unit.parent_id is None:
        return role
    return _("{role}, {unit}", role=role, unit=person.unit.name)


def _greeting(hello: str, role: int, account: str) -> Reply:
    does = {
        Role.REP: _("Tell me about a visit in one message, and I'll remember it for you."),
        Role.MANAGER: _("Look up any customer of your team: who saw them, when, what is open."),
        Role.HQ: _("Look up any customer of the company: who saw them, when, what is open."),
    }[Role(role)]
    return reply(
        hello,
        does,
        _("Just write as you would to a colleague:"),
        _example(TELLS if role == Role.REP else ASKS, account),
        _example(REMINDS, account),
        Button(label("What I can do"), show_help.call(), single=False),
    )


def _example(phrase: str, account: str) -> Markdown:
    return Markdown(f"`{_(phrase, account=account)}`")


class Help(Form):
    """See what I can do."""

    topic: str = ask(marked("About which command?"), TEXT, label=marked("Topic"), default="")


@command("help", "h", "帮助", "?", "？", allow=Role.GUEST, order=90, answers=Topic.HELP)
async def show_help(context: Context, form: Help) -> Response:
    """The commands of one's role, or one of them with examples that work when pasted."""
    if context.visitor is None:
        return await start(context, Start())
    commands = context.book.allowed(context.person.role)
    if form.topic:
        found = context.book.find(f"/{form.topic.strip().lstrip('/／')}")
        if found and found[0] in commands:
            return await _topic(context, found[0])
    unknown = _("There's no “{topic}”. This is what there is:", topic=shortened(form.topic, 40))
    return reply(
        *([unknown] if form.topic else await _plainly(context)),
        *_sections(commands),
        Buttons(
            tuple(
                Button(_word(each), show_help.call(topic=each.name), single=False)
                for each in commands
                if each.examples
            )
        ),
    )


async def _plainly(context: Context) -> list[str]:
    """That no command is needed, with examples that work when pasted."""
    account = await _account(context, context.person)
    examples = [_example(each, account) for each in (TELLS, REMINDS, ASKS)]
    return [_("Just write as you would to a colleague:"), *examples]


def _sections(commands: Sequence[Command[Any]]) -> Iterator[Markdown]:
    """The commands under the headings that their order puts them."""
    for number, (begins, title) in enumerate(SECTIONS):
        ends = SECTIONS[number + 1][0] if number + 1 < len(SECTIONS) else inf
        listed = [each for each in commands if begins <= each.order < ends]
        if listed:
            yield Markdown(f"*{_(title)}*")
            yield from (_summary(each) for each in listed)


def _summary(command: Command[Any]) -> Markdown:
    summary = label(command.summary).rstrip(".。")
    return _("{command} – {summary}", command=_called(command), summary=summary)


def _word(command: Command[Any]) -> str:
    """What a command is called in the language being spoken, without the slash."""
    ours = [word for word in command.aliases if not word.isascii()]
    return ours[0] if language() == "zh" and ours else f"/{command.name}"


def _called(command: Command[Any]) -> Markdown:
    word = _word(command)
    slashed = f"/{command.name}"
    return Markdown(slashed if word == slashed else f"{slashed} {word}")


async def _topic(context: Context, command: Command[Any]) -> Reply:
    account = await _account(context, context.person)
    examples = [_(each, account=account) for each in command.examples]
    parts = [_(question.label) for question in command.form.questions]
    parted = _(
        "In any order. You can name the parts, each with a colon: {parts}.", parts=listed(parts)
    )
    asks = any(question.required for question in command.form.questions)
    also = [word for word in command.aliases if word.isascii() is (language() == "en")]
    return reply(
        Markdown(f"*{_called(command)}*"),
        _(command.summary),
        _("Send it alone and I'll ask. Or all in one line:") if asks else None,
        *(Markdown(f"`{each}`") for each in examples),
        parted if len(parts) > 1 and asks else None,
        _("Also: {words}", words=listed(also)) if also else None,
        Button(label("All commands"), show_help.call(), single=False),
    )


class Cancel(Form):
    """Stop the questions; nothing is saved."""


@command("cancel", "取消", allow=Role.REP, order=55)
async def cancel(context: Context, _form: Cancel) -> Reply:
    """End the form being filled in; the conversation has left it already."""
    if context.left:
        return reply(_("Cancelled. Nothing was saved."))
    return reply(_("Nothing to cancel. To take something back, send /undo."))


class Me(Form):
    """See what I know about you."""


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
        (_("Connected"), listed(each.platform.capitalize() for each in identities)),
        (_("This month"), counted("{count} visit", "{count} visits", month)),
        *await own_rows(context),
    ]
    if unreachable := await people.unreachable(context.work, person):
        rows.append((_("Can't be reached"), listed(unreachable)))
    return reply(Markdown(f"*{join('', [person.name])}*"), Fields(tuple(rows)))
