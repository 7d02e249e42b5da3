"""What people are told whom a table concerns that somebody else took in, or took back."""

from collections.abc import Iterator

from bot.commands import Context
from bot.markdown import Markdown
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, counted, label, marked, speaking
from bot.words import ROLES
from services.tables.concerned import Concern, Concerned
from storage.models import Role

TAKEN_IN = marked("{by} has taken in a table:")
TAKEN_BACK = marked("{by} has taken back a table:")


async def tell(context: Context, concerned: Concerned, phrase: str) -> None:
    """Tell each of them what is different for them now, in one message."""
    for number, concern in sorted(concerned.people.items()):
        reader = await context.work.people.get(number)
        if reader.active and number != context.person.id:
            with speaking(reader.language):
                context.tell(number, await _said(context, concern, phrase))


async def _said(context: Context, concern: Concern, phrase: str) -> Reply:
    unit = await context.work.people.unit(concern.unit) if concern.unit else None
    return reply(
        _(phrase, by=context.person.name),
        _("You are in *{unit}* now.", unit=unit.name) if unit else None,
        _role(concern.role) if concern.role else None,
        *_customers(concern),
        Button(label("My customers"), Call("accounts"), single=False) if concern.gained else None,
    )


def _role(role: int) -> Markdown:
    return _("Your role is now: {role}. /help shows what you can do.", role=_(ROLES[Role(role)]))


def _customers(concern: Concern) -> Iterator[Markdown]:
    if concern.gained:
        yield counted(
            "{count} customer is yours now.", "{count} customers are yours now.", concern.gained
        )
    if concern.lost:
        yield counted(
            "{count} customer of yours is somebody else's now.",
            "{count} customers of yours are somebody else's now.",
            concern.lost,
        )
