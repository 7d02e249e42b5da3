"""The people of the company: who is where, and a card of each."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.answers import NUMBER, UNIT
from bot.answers.people import WhoKind
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join
from bot.messages import Button, Call, Fields, Reply, reply
from bot.phrases import _, counted, label, listed, marked, shortened
from bot.words import ROLES
from handlers import away
from handlers.paging import paged
from services import roster
from services.roster import Member, PersonCard
from storage.models import Person, Role, Unit
from storage.roster import Placed

NAMED = 24


class People(Form):
    """See who is where, and somebody's card."""

    person: Person | Unit | None = ask(
        marked("Who is it?"), WhoKind(), label=marked("Colleague"), default=None
    )
    unit: Unit | None = ask(
        marked("Which unit?"), UNIT, label=marked("Unit"), default=None, loose=False
    )
    page: int | None = ask(
        marked("Which page?"), NUMBER, label=marked("Page"), default=None, loose=False, asked=False
    )


@command(
    "people",
    "人员",
    "同事",
    allow=Role.MANAGER,
    order=105,
    examples=("/people", marked("/people {person}")),
)
async def show_people(context: Context, form: People) -> Reply:
    """The people one sees by unit, or one of them as a card."""
    if isinstance(form.person, Person):
        return await person_card(context, form.person)
    unit = form.person or form.unit
    found = await roster.listed(context.work, context.person, unit)
    page = paged(found, form.page)
    shown = await roster.members(context.work, page.shown, now=context.now)
    return reply(
        counted("*{count} person*", "*{count} people*", len(found)),
        *_list(shown),
        *(_opens(each, page.shown) for each in page.shown),
        *page.turns(lambda number: show_people.call(unit=unit, page=number)),
        Button(label("Invite"), Call("invite"), single=False),
        Button(label("Invitations"), Call("invites"), single=False),
        edit=True,
    )


def _list(shown: Sequence[Member]) -> Iterator[Markdown]:
    """The people under the names of their units."""
    for _unit, members in groupby(shown, key=lambda each: each.who.unit_id):
        inside = list(members)
        yield Markdown(f"*{join('', [inside[0].who.unit])}*")
        yield from (_line(each) for each in inside)


def _line(member: Member) -> Markdown:
    said: list[str] = [member.who.name, _(ROLES[Role(member.who.role)])]
    if member.away:
        said.append(_("away"))
    if not member.reached:
        said.append(_("not connected"))
    return Markdown(f"– {join(' · ', said)}")


def _opens(who: Placed, among: Sequence[Placed]) -> Button:
    """The button of somebody's card; a namesake's says the unit."""
    name = shortened(who.name, NAMED)
    if sum(each.name == who.name for each in among) > 1:
        name = label("{name}, {unit}", name=name, unit=who.unit)
    return Button(name, Call("people", {"person": str(who.id)}), single=False)


async def person_card(context: Context, person: Person, *said: str | Button) -> Reply:
    """All about somebody; ``said`` is what has just been done about them, and its buttons."""
    card = await roster.card(context.work, context.person, person, now=context.now)
    lines = [each for each in said if isinstance(each, str)]
    after = [each for each in said if isinstance(each, Button)]
    return reply(
        *lines,
        Markdown(f"*{join('', [person.name])}*"),
        None if person.active else _("Has left the company."),
        Fields(tuple(_rows(context, card))),
        *_buttons(card),
        *after,
        edit=True,
    )


def _rows(context: Context, card: PersonCard) -> Iterator[tuple[str, str]]:
    person, owned = card.person, card.owned
    yield _("Role"), _(ROLES[Role(person.role)])
    yield _("Unit"), join(" › ", card.path)
    if card.managers:
        yield _("Reports to"), listed(card.managers)
    if card.groups:
        yield _("Groups"), listed(each.name for each in card.groups)
    if person.code:
        yield _("Staff number"), person.code
    yield _("Has"), join(" · ", _has(card))
    if owned.last_visit:
        yield _("Last visit"), context.when(owned.last_visit, all_day=owned.last_is_day)
    if card.leave:
        yield _("Away"), away.in_words(context, card.leave)
    if person.active:
        yield _("Connected"), _connected(context, card)


def _has(card: PersonCard) -> list[Markdown]:
    """How many accounts and open deals are somebody's."""
    return [
        counted("{count} customer", "{count} customers", card.owned.accounts),
        counted("{count} open deal", "{count} open deals", card.owned.deals),
    ]


def _connected(context: Context, card: PersonCard) -> str:
    """By which platforms somebody can be reached, or why by none."""
    platforms = {each.platform.capitalize(): each.reachable for each in card.identities}
    reached = [name for name, there in platforms.items() if there]
    if reached:
        return listed(reached)
    if card.invite:
        return _("invited, until {at}", at=context.when(card.invite.expires_at))
    return _("can't be reached just now") if platforms else _("not yet")


def _buttons(card: PersonCard) -> Iterator[Button]:
    """What the asker may do about somebody."""
    person, may = card.person, card.may
    named = {"person": str(person.id)}
    if person.active:
        if may.move:
            yield Button(label("Move"), Call("moveperson", named), single=False)
        if may.role:
            yield Button(label("Role"), Call("giverole", named), single=False)
        if may.groups:
            yield Button(label("Groups"), Call("groupsof", named), single=False)
    yield from hand_over(card)
    if person.active:
        if may.move:
            yield Button(label("Leave"), Call("leave", named), single=False)
        if may.invite and not any(each.reachable for each in card.identities):
            yield Button(label("Invite"), Call("inviteagain", named), single=False)
        if may.end:
            yield Button(label("Has left"), Call("hasleft", named))
    elif may.end:
        yield Button(label("Bring back"), Call("bringback", named))


def hand_over(card: PersonCard) -> Iterator[Button]:
    """The way to give somebody else what somebody has."""
    if card.owned.accounts:
        everything = Call("assign", {"account": f"all:{card.person.id}"})
        yield Button(label("Hand over customers"), everything, single=False)
