"""What both sides of a claim are told when its decision is taken back, or holds again."""

from collections.abc import Sequence

from bot.commands import Context
from bot.markdown import Markdown
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, label, speaking
from storage.models import Claim, ClaimState, Person
from storage.models.journal import Entry

DECIDED = {ClaimState.GRANTED, ClaimState.REFUSED}


def decision(entries: Sequence[Entry]) -> Entry | None:
    """The claim that a change decided, or opened again; nothing where nobody decided."""
    claims = (each for each in entries if each.noun == "claims" and each.before and each.after)
    for each in claims:
        states = {(each.before or {}).get("state"), (each.after or {}).get("state")}
        if ClaimState.OPEN in states and states & DECIDED:
            return each
    return None


async def tell(context: Context, entries: Sequence[Entry]) -> bool:
    """Tell both sides, and the others who claimed it; whether it was about a decision at all.

    Undone, an entry's ``before`` is what holds now.
    """
    decided = decision(entries)
    if decided is None:
        return False
    for each in entries:
        claim = await context.work.history.row(each) if each.noun == "claims" else None
        if isinstance(claim, Claim):
            await _tell(context, claim, each, moved=_moved(entries), first=each is decided)
    return True


def _moved(entries: Sequence[Entry]) -> bool:
    return any(e.noun == "accounts" and "owner_id" in (e.before or {}) for e in entries)


async def _tell(context: Context, claim: Claim, entry: Entry, *, moved: bool, first: bool) -> None:
    owner, claimant = [
        await context.work.people.get(each) for each in (claim.owner_id, claim.claimant_id)
    ]
    names = await _names(context, claim, owner, claimant)
    is_open = (entry.before or {}).get("state") == ClaimState.OPEN
    for reader in (claimant, owner) if first else (claimant,):
        if reader.active and reader.id != context.person.id:
            with speaking(reader.language):
                mine = reader.id == owner.id
                if is_open:
                    said = _reopened(names, mine=mine, moved=moved and first)
                elif first:
                    said = _holds(claim, names, mine=mine, moved=moved)
                else:
                    said = reply(_("Your claim to *{account}* is closed again.", **names))
                context.tell(reader.id, said)


async def _names(
    context: Context, claim: Claim, owner: Person, claimant: Person
) -> dict[str, str]:
    account = await context.work.accounts.name(claim.account_id)
    said = {"account": account or "?", "owner": owner.name, "claimant": claimant.name}
    return {**said, "decider": context.person.name}


def _reopened(names: dict[str, str], *, mine: bool, moved: bool) -> Reply:
    back = _("It is yours again.") if mine else _("It is {owner}'s again.", **names)
    return reply(
        _("Reopened: {claimant}'s claim to *{account}*. {decider} looks at it again.", **names),
        back if moved else None,
    )


def _holds(claim: Claim, names: dict[str, str], *, mine: bool, moved: bool) -> Reply:
    """The same that they were told when it was decided first."""
    if mine and moved:
        return reply(_("*{account}* is with {claimant} now. {decider} decided so.", **names))
    if mine:
        return reply(
            _("{claimant} claimed *{account}*. It stays with you. {decider} decided so.", **names)
        )
    if not moved:
        return reply(_("*{account}* stays with {owner}. {decider} decided so.", **names))
    return reply(
        _("*{account}* is yours now. {decider} decided so.", **names),
        Button(label("Open it"), Call("account", {"account": str(claim.account_id)})),
    )


async def noted(context: Context, entries: Sequence[Entry]) -> Markdown | None:
    """That a claim waits again, on the card of who took its decision back."""
    decided = decision(entries)
    claim = decided and await context.work.history.row(decided)
    if not isinstance(claim, Claim) or (decided.before or {}).get("state") != ClaimState.OPEN:  # type: ignore[union-attr]
        return None
    claimant = await context.work.people.get(claim.claimant_id)
    return _("{claimant}'s claim is open again. I've told both.", claimant=claimant.name)
