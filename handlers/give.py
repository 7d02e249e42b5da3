"""A hand-over in plain words, if a message is just that: give Acme to Ben, 把华东医院分给小李."""

import re

from bot.answers.handing import Everything, One
from bot.answers.people import PersonKind
from bot.commands import Context
from bot.forms import InvalidAnswer
from bot.messages import Call
from bot.words import STAGE_NAMES
from handlers.assign import assign
from services import accounts, naming
from services.names import fold
from storage.models import Account, Person, Role

LONGEST = 80
GIVES = re.compile(
    r"(?:please )?(?P<verb>give|move|assign|reassign|transfer|hand(?: over)?) (?P<what>.+?)"
    r"(?: over)? to (?P<to>.+?)(?:,? please)?"
    r"|(?:请|麻烦|帮我|请帮我)?[把将](?P<zh_what>.+?)(?:都|全都|全部|统统)?"
    r"(?:分配|移交|转交|转|交|分|拨)给(?P<zh_to>.+?)(?:吧|来跟|跟进|负责)?",
    re.IGNORECASE,
)
ALL = re.compile(
    r"(?:all(?: of)? |everything (?:of|from) )?(?P<owner>.+?)['’]s? (?:accounts|customers|clients)"
    r"|(?:all(?: of)? |everything (?:of|from) )(?P<bare>.+?)(?:['’]s?)?"
    r"|(?P<zh>.+?)(?:手上|手里|名下)?的?(?:全部|所有)?的?客户",
    re.IGNORECASE,
)
STAGES = frozenset(fold(name) for names in STAGE_NAMES.values() for name in names.split(","))
"""What an account is moved to rather than handed over to, whoever is called so."""
TAKERS, GIVERS = PersonKind(), PersonKind(gone=True)


async def answer(context: Context, text: str) -> Call | None:
    """The hand-over that is meant, if both names are known just so; it is shown first."""
    if context.person.role < Role.MANAGER or len(text) > LONGEST:
        return None
    said = GIVES.fullmatch(text.strip().rstrip("。.!！ "))
    if said is None:
        return None
    what, to = said["what"] or said["zh_what"], said["to"] or said["zh_to"]
    if (said["verb"] or "").casefold() == "move" and fold(to) in STAGES:
        return None
    taker = await _person(context, to, TAKERS)
    if taker is None:
        return None
    if account := await _account(context, what):
        return assign.review(account=One(account), to=taker)
    whose = ALL.fullmatch(what)
    name = whose and (whose["owner"] or whose["bare"] or whose["zh"])
    giver = await _person(context, name, GIVERS) if name else None
    return assign.call(account=Everything(giver), to=taker) if isinstance(giver, Person) else None


async def _person(context: Context, name: str, kind: PersonKind) -> Person | InvalidAnswer | None:
    """Whoever is called exactly this; which of them, where several are; nobody else."""
    if not naming.written(name, await kind.known(context.asking)):
        return None
    try:
        return await kind.read(name, context.asking)
    except InvalidAnswer as doubt:
        return doubt


async def _account(context: Context, name: str) -> Account | None:
    """The one account whose own name this is, and which may be seen."""
    found = await accounts.mentioned(context.work, context.person, name)
    exact = [
        each.match.accounts[0]
        for each in found
        if each.match.certain and fold(each.text) == fold(name)
    ]
    if not exact or not exact[0].open:
        return None
    return await accounts.get(context.work, context.person, exact[0].id)
