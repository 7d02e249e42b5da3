"""Making one account of two, and two of one again; which may be one."""

import re
from collections.abc import Mapping, Sequence

from bot.answers import ACCOUNT, NUMBER
from bot.answers.twins import TWIN
from bot.commands import Context, command
from bot.forms import Asking, Form, ask
from bot.messages import Block, Button, Buttons, Call, Reply, Text, reply
from bot.phrases import _, counted, label, listed, marked, shortened, speaking
from handlers.accounts import show_account
from handlers.undo import redo
from services import accounts, duplicates, merging
from services.duplicates import Pair
from services.merging import Merged, Preview
from storage.models import Account, Role

NAMED = 30
INTO = re.compile(r"\s+(?:into|to)\s+|\s*(?:并入|合并到)\s*", re.IGNORECASE)
"""What stands between the one that goes and the one that stays."""
AND = re.compile(r"\s+and\s+|\s*和\s*", re.IGNORECASE)
"""What stands between the one that stays and the one that goes."""
NOTED = marked("Merged {other} into {account}.")
"""What the journal notes of a merge, as `services.merging` says it."""
FIELDS = {
    "city": marked("city"),
    "code": marked("customer number"),
    "phone": marked("phone"),
    "tax_number": marked("tax number"),
    "latitude": marked("place on the map"),
}
"""What an account can learn from another, by its column; a point is told by one of its two."""


class Merge(Form):
    """Make one account of two that are the same customer."""

    keep: Account = ask(
        marked("Which account stays?"), TWIN, label=marked("Stays"), hint=marked("Acme")
    )
    fold: Account = ask(
        marked("Which one goes into it?"), TWIN, label=marked("Goes"), hint=marked("Acme Ltd")
    )

    @classmethod
    async def spans(cls, text: str, asking: Asking, /) -> Sequence[tuple[str, int, int]]:
        """Two names with a word between them, at least one of which is an account's."""
        if await _is_known(text, asking):
            return ()
        best: tuple[int, Sequence[tuple[str, int, int]]] = (0, ())
        for between, first, second in ((INTO, "fold", "keep"), (AND, "keep", "fold")):
            for found in between.finditer(text):
                parts = [(first, 0, found.start()), (second, found.end(), len(text))]
                known = [
                    await _is_known(text[begins:ends], asking) for _name, begins, ends in parts
                ]
                if all(text[begins:ends].strip() for _name, begins, ends in parts):
                    best = max(best, (sum(known), parts), key=lambda each: each[0])
        return best[1]


async def _is_known(name: str, asking: Asking) -> bool:
    return bool(await accounts.longest(asking.work, asking.person, [name]))


class MergeNow(Merge):
    """Make one account of two, as you've been shown."""


@command("merge", "合并", "合并客户", allow=Role.MANAGER, order=140)
async def merge(context: Context, form: Merge) -> Reply:
    """What would go over, before it does."""
    shown = await merging.preview(context.work, context.person, form.keep, form.fold)
    return reply(
        _("*{fold}* goes into *{keep}*:", fold=form.fold.name, keep=form.keep.name),
        *_lines(shown),
        Button(label("Merge"), merge_now.call(keep=form.keep, fold=form.fold), primary=True),
        Button(label("The other way round"), merge.call(keep=form.fold, fold=form.keep)),
        Button(label("Leave it"), leave_two.call()),
    )


def _lines(shown: Preview) -> list[str]:
    keep, other = shown.owners
    lines: list[str] = [_("• {things}", things=_things(shown.counts))]
    if keep.id == other.id:
        lines.append(_("• {owner} has both.", owner=keep.name))
    else:
        lines.append(
            _(
                "• {keep} keeps it, and gets what is open with {other}.",
                keep=keep.name,
                other=other.name,
            )
        )
    if learnt := [_(FIELDS[each]) for each in shown.filled if each in FIELDS]:
        lines.append(_("• Taken over: {fields}.", fields=listed(learnt)))
    lines.append(_("• “{fold}” stays as another name for it.", fold=shown.fold.name))
    return lines


def _things(counts: Mapping[str, int]) -> str:
    """What goes over, each noun with its number; those of which there are none are left out."""
    said = {
        "visits": counted("{count} visit", "{count} visits", counts["visits"]),
        "contacts": counted("{count} contact", "{count} contacts", counts["contacts"]),
        "deals": counted("{count} deal", "{count} deals", counts["deals"]),
        "reminders": counted("{count} reminder", "{count} reminders", counts["reminders"]),
    }
    known = [words for noun, words in said.items() if counts[noun]]
    return listed(known) if known else _("nothing but its name")


class LeaveTwo(Form):
    """Leave two accounts as they are."""


@command("leavetwo", allow=Role.MANAGER)
async def leave_two(_context: Context, _form: LeaveTwo) -> Reply:
    """Nothing is merged."""
    return reply(_("Left as they are."), edit=True)


@command("mergenow", allow=Role.MANAGER)
async def merge_now(context: Context, form: MergeNow) -> Reply:
    """Fold one into the other, and tell those who have them."""
    done = await merging.merge(context.work, context.person, form.keep, form.fold, now=context.now)
    await _tell(context, done)
    names = {"fold": done.folded, "keep": done.keep.name}
    return reply(
        _("*{fold}* is part of *{keep}* now: {things}.", things=_things(done.counts), **names),
        _("For 30 days it can be taken apart again: /unmerge {keep}", **names),
        Button(label("Open it"), show_account.call(account=done.keep), single=False),
        Button(label("Undo"), take_apart.call(account=done.keep, change=context.work.change_id)),
        edit=True,
    )


async def _tell(context: Context, done: Merged) -> None:
    owner = await context.work.accounts.owner(done.keep.id)
    for person in done.told:
        with speaking(person.language):
            words = _(
                "{actor} merged *{fold}* into *{keep}*, which {owner} has.",
                actor=context.person.name,
                fold=done.folded,
                keep=done.keep.name,
                owner=owner or "",
            )
            context.tell(person.id, reply(words))


class TakeApart(Form):
    """Take apart two accounts that were merged in the last 30 days."""

    account: Account = ask(
        marked("Into which account was it merged?"),
        ACCOUNT,
        label=marked("Account"),
        hint=marked("Acme"),
    )
    change: int | None = ask(
        marked("Which change?"),
        NUMBER,
        label=marked("Change"),
        default=None,
        loose=False,
        asked=False,
    )


@command("unmerge", "拆分", "取消合并", allow=Role.MANAGER, order=141)
async def take_apart(context: Context, form: TakeApart) -> Reply:
    """Bring back the account that went; what came since stays where it is."""
    undone = await merging.unmerge(
        context.work, context.person, form.account, form.change, now=context.now
    )
    names = {"account": form.account.name, "back": undone.account}
    for person in await merging.owners(context.work, undone):
        with speaking(person.language):
            words = _(
                "{actor} took *{back}* apart from *{account}* again.",
                actor=context.person.name,
                **names,
            )
            context.tell(person.id, reply(words))
    return reply(
        _("*{back}* is by itself again, with all that it had.", **names),
        _("What came since stays with *{account}*.", **names),
        Button(label("Redo"), redo.call(change=context.work.change_id)),
        edit=form.change is not None,
    )


class Doubles(Form):
    """See which of your people's accounts may be the same customer."""


@command("duplicates", "重复客户", "查重", allow=Role.MANAGER, order=139)
async def show_doubles(context: Context, _form: Doubles) -> Reply:
    """Pairs that are written the same or have one number, each with a way to merge."""
    pairs = await duplicates.pairs(context.work, context.person)
    if not pairs:
        return reply(_("No two of your people's accounts look the same."))
    blocks: list[Block] = [Text(_("These may be the same customer:"))]
    for each in pairs:
        blocks += _pair(each)
    return Reply(tuple(blocks))


def _pair(pair: Pair) -> list[Block]:
    first, second = pair.first, pair.second
    words = _(
        "*{first}*, {owner} · *{second}*, {other}",
        first=first.name,
        owner=first.owner,
        second=second.name,
        other=second.owner,
    )
    name = shortened(first.name, NAMED)
    call = Call("merge", {"keep": str(first.id), "fold": str(second.id)})
    button = Button(label("Merge into {account}", account=name), call, single=False)
    return [Text(words), Buttons((button,))]
