"""What everybody needs: help, cancel, and who one is."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Any

from bot.answers import TEXT
from bot.commands import Command, Context, Response, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join, plain
from bot.messages import Button, Buttons, Fields, Reply, reply
from bot.phrases import (
    _,
    counted,
    label,
    language,
    listed,
    marked,
    shortened,
)
from bot.words import ROLES
from handlers.away import own_rows
from handlers.start import ASKS, REMINDS, TELLS, Start, customer, example, start
from services import people, visits
from services.understanding.facts import Topic
from storage.models import Role

SECTIONS = (
    (1, marked("Customers")),
    (40, marked("To do")),
    (50, marked("Corrections")),
    (60, marked("You")),
    (100, marked("The company")),
)
"""The headings of the help, each with the order at which it begins."""
BRIEFLY = 50
"""From which order on help only names the commands."""
LINE = 68
"""How many characters a line of names has at most."""


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
    account = await customer(context, context.person)
    examples = [example(each, account) for each in (TELLS, REMINDS, ASKS)]
    return [_("Just write as you would to a colleague:"), *examples]


def _sections(commands: Sequence[Command[Any]]) -> Iterator[Markdown]:
    """The commands under the headings that their order puts them: what is daily work in full."""
    for number, (begins, title) in enumerate(SECTIONS):
        ends = SECTIONS[number + 1][0] if number + 1 < len(SECTIONS) else inf
        listed = [each for each in commands if begins <= each.order < ends]
        if listed:
            yield Markdown(f"*{_(title)}*")
            yield from map(_summary, listed) if begins < BRIEFLY else _named(listed)


def _named(commands: Sequence[Command[Any]]) -> Iterator[Markdown]:
    """The commands by their names alone, as many as fit a line."""
    line: list[Markdown] = []
    for each in map(_called, commands):
        if line and len(plain(join(" · ", [*line, each]))) > LINE:
            yield join(" · ", line)
            line = []
        line.append(each)
    yield join(" · ", line)


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
    account = await customer(context, context.person)
    near = await people.likely(context.work, context.person, 1)
    named = {
        "account": account,
        "unit": context.person.unit.name,
        "person": near[0].name if near else context.person.name,
    }
    examples = [_(each, **named) for each in command.examples]
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
    if groups := await context.work.org.groups_of(person.id):
        rows.append((_("Groups"), listed(each.name for each in groups)))
    if unreachable := await people.unreachable(context.work, person):
        rows.append((_("Can't be reached"), listed(unreachable)))
    return reply(Markdown(f"*{join('', [person.name])}*"), Fields(tuple(rows)))
