"""Claims to others' accounts: making one, taking it back, deciding it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import structlog

from bot.answers import NOTE, NUMBER
from bot.answers.claimed import ANYONES_ACCOUNT
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.jobs import Daily, job
from bot.markdown import Markdown
from bot.messages import Block, Button, Buttons, Call, Fields, Reply, Text, reply
from bot.phrases import _, counted, day, label, listed, marked, money, shortened, speaking
from handlers.undo import undo
from services import claims
from services.claims import Case, Decided, Made, Matter, Side
from storage.accounts import Sighting
from storage.models import Person, Role
from storage.work import Work

log = structlog.get_logger(__name__)
NAMED = 30
LISTED = 4


class ClaimAccount(Form):
    """Say that another's customer is yours; their manager decides."""

    account: Sighting = ask(
        marked("Which customer is yours?"),
        ANYONES_ACCOUNT,
        label=marked("Account"),
        hint=marked("Acme"),
    )
    reason: str = ask(
        marked("Why is it yours? One line, for whoever decides."),
        NOTE,
        label=marked("Reason"),
        hint=marked("I've sold to them since March"),
    )


@command("claim", "申领", allow=Role.REP, order=135)
async def claim(context: Context, form: ClaimAccount) -> Reply:
    """Ask whoever is above both, with both sides' history before them."""
    made = await claims.make(
        context.work, context.person, form.account.id, form.reason, now=context.now
    )
    for decider in made.deciders:
        case = await claims.case(context.work, decider, made.matter)
        with speaking(decider.language):
            context.tell(decider.id, Reply(_card(case, decider, context.now)))
    return reply(
        _("Claimed: *{account}*, from {owner}.", **_names(made.matter)),
        _("{decider} decides, and I'll tell you.", decider=_decider(made)),
        Button(label("Take it back"), take_back.call(claim=made.matter.claim.id)),
    )


def _decider(made: Made) -> str:
    first = made.deciders[0]
    return _("HQ") if first.role >= Role.HQ else first.name


def _names(matter: Matter) -> dict[str, str]:
    return {
        "account": matter.account.name,
        "owner": matter.owner.name,
        "claimant": matter.claimant.name,
    }


def _card(case: Case, reader: Person, now: datetime) -> tuple[Block, ...]:
    """Both sides, and the two ways to decide."""
    matter = case.matter
    number = matter.claim.id
    since = case.since and _("has it since {day}", day=_day(case.since, reader, now))
    return reply(
        _("{claimant} claims *{account}*, which {owner} has.", **_names(matter)),
        _("“{reason}”", reason=matter.claim.reason),
        Fields(
            (
                _history(case.owner, reader, now, since or ""),
                _history(case.claimant, reader, now, ""),
            )
        ),
        Button(
            label("Give to {name}", name=shortened(matter.claimant.name, NAMED)),
            give.call(claim=number),
        ),
        Button(
            label("Stays with {name}", name=shortened(matter.owner.name, NAMED)),
            stay.call(claim=number),
        ),
    ).blocks


def _history(side: Side, reader: Person, now: datetime, since: str) -> tuple[str, str]:
    """One side: who, and since when, how often and how lately, and what is open."""
    met = side.met
    said: list[str] = [since] if since else []
    said.append(
        counted("{count} visit in 90 days", "{count} visits in 90 days", met.visits)
        if met.visits
        else _("no visits in 90 days")
    )
    if met.last:
        said.append(_("last {day}", day=_day(met.last, reader, now)))
    if side.deals:
        worth = listed(money(each.minor, each.currency) for each in side.worth)
        said.append(
            counted("{count} open deal, {sum}", "{count} open deals, {sum}", side.deals, sum=worth)
        )
    else:
        said.append(_("no open deals"))
    return _("{name}, {unit}", name=side.person.name, unit=side.person.unit.name), listed(said)


def _day(at: datetime, reader: Person, now: datetime) -> str:
    return day(at, ZoneInfo(reader.zone), now)


class TakeBack(Form):
    """Take back your claim."""

    claim: int | None = ask(
        marked("Which claim?"), NUMBER, label=marked("Claim"), default=None, loose=False
    )


@command("dropclaim", allow=Role.REP)
async def take_back(context: Context, form: TakeBack) -> Reply:
    """Withdraw it, and let whoever was to decide it know."""
    if form.claim is None:
        return await _list(context)
    made = await claims.withdraw(context.work, context.person, form.claim, now=context.now)
    for decider in made.deciders:
        with speaking(decider.language):
            words = _("{claimant} took back the claim to *{account}*.", **_names(made.matter))
            context.tell(decider.id, reply(words))
    return reply(
        _("Taken back: your claim to *{account}*.", account=made.matter.account.name),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        edit=True,
    )


class Give(Form):
    """Give an account to whoever claims it."""

    claim: int | None = ask(
        marked("Which claim?"), NUMBER, label=marked("Claim"), default=None, loose=False
    )


class Stay(Form):
    """Leave an account where it is, though it's claimed."""

    claim: int | None = ask(
        marked("Which claim?"), NUMBER, label=marked("Claim"), default=None, loose=False
    )


@command("grantclaim", allow=Role.MANAGER)
async def give(context: Context, form: Give) -> Reply:
    """The account goes over with what is open there."""
    return await _decided(context, form.claim, give=True)


@command("refuseclaim", allow=Role.MANAGER)
async def stay(context: Context, form: Stay) -> Reply:
    """The account stays."""
    return await _decided(context, form.claim, give=False)


async def _decided(context: Context, number: int | None, *, give: bool) -> Reply:
    if number is None:
        return await _list(context)
    done = await claims.decide(context.work, context.person, number, give=give, now=context.now)
    matter = done.matter
    if done.closed:
        owner = await context.work.accounts.owner(matter.account.id)
        return _closed(matter, owner or "")
    _tell(context, done)
    return reply(
        _went(done) if give else _("*{account}* stays with {owner}.", **_names(matter)),
        _("I've told both."),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        edit=True,
    )


def _closed(matter: Matter, owner: str) -> Reply:
    if owner != matter.owner.name:
        words = _(
            "*{account}* belongs to {owner} by now, so that claim is closed.",
            account=matter.account.name,
            owner=owner,
        )
    else:
        left = matter.claimant if matter.owner.active else matter.owner
        words = _("{name} has left, so that claim is closed.", name=left.name)
    return reply(words, edit=True)


def _went(done: Decided) -> Markdown:
    over = done.over
    deals = len(over.going.deals) if over else 0
    names = _names(done.matter)
    if not deals:
        return _("*{account}* is with {claimant} now.", **names)
    return counted(
        "*{account}* is with {claimant} now, and {count} open deal with it.",
        "*{account}* is with {claimant} now, and {count} open deals with it.",
        deals,
        **names,
    )


def _tell(context: Context, done: Decided) -> None:
    """Both sides hear it in their own language, and who decided."""
    matter = done.matter
    names = {**_names(matter), "decider": context.person.name}
    with speaking(matter.claimant.language):
        if done.over:
            said = reply(
                _("*{account}* is yours now. {decider} decided so.", **names),
                Button(label("Open it"), Call("account", {"account": str(matter.account.id)})),
            )
        else:
            said = reply(_("*{account}* stays with {owner}. {decider} decided so.", **names))
        context.tell(matter.claimant.id, said)
    with speaking(matter.owner.language):
        if done.over:
            words = _("*{account}* is with {claimant} now. {decider} decided so.", **names)
        else:
            words = _(
                "{claimant} claimed *{account}*. It stays with you. {decider} decided so.", **names
            )
        context.tell(matter.owner.id, reply(words))
    for other in done.others:
        with speaking(other.claimant.language):
            words = _("*{account}* is with {claimant} now, so your claim is closed.", **names)
            context.tell(other.claimant.id, reply(words))


class Claims(Form):
    """See the claims that wait for you, and your own."""


@command("claims", "申领列表", allow=Role.REP, order=136)
async def list_claims(context: Context, _form: Claims) -> Reply:
    """What waits for one's decision, each with its buttons, and what one waits for."""
    return await _list(context)


async def _list(context: Context) -> Reply:
    cases = await claims.to_decide(context.work, context.person, LISTED)
    own = await claims.of_claimant(context.work, context.person)
    blocks = [block for each in cases for block in _card(each, context.person, context.now)]
    for matter in own:
        words = _("You claimed *{account}* from {owner}. It isn't decided yet.", **_names(matter))
        button = Button(label("Take it back"), take_back.call(claim=matter.claim.id))
        blocks += [Text(words), Buttons((button,))]
    if not blocks:
        return reply(
            _("No open claims."), _("If another's customer is yours, send /claim and its name.")
        )
    return Reply(tuple(blocks))


@job("close claims", every=Daily(time(4, 10)))
async def close_claims(work: Work, now: datetime) -> None:
    """Close what nobody needs to decide any more."""
    log.info("claims_closed", count=await claims.close_moot(work, now=now))
