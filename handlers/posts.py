"""Changing people: where they are, what they may do, that they have left or are back."""

from collections.abc import Iterator

from bot.answers import GROUP, ON_OFF, PERSON, UNIT
from bot.answers.people import PersonKind
from bot.commands import Context, Response, command
from bot.forms import Form, ask
from bot.messages import Button, Reply, reply
from bot.phrases import _, counted, label, listed, marked, speaking
from bot.words import ROLE, ROLES
from handlers.people import person_card, show_people
from handlers.undo import undo
from services import groups, posts
from services.posts import Moved, Post
from storage.models import Group, Person, Role, Unit

GONE = PersonKind(gone=True)


async def _changed(context: Context, person: Person, *said: str) -> Reply:
    """The card of somebody who was just changed, with what was done and its Undo."""
    change = context.work.author.change_id
    takes_back = [Button(label("Undo"), undo.call(change=change))] if change else []
    return await person_card(context, person, *said, *takes_back)


class MovePerson(Form):
    """Move somebody to another unit, with their customers."""

    person: Person = ask(marked("Who moves?"), PERSON, label=marked("Colleague"))
    unit: Unit = ask(
        marked("Which unit do they go to? Their customers and open deals go along."),
        UNIT,
        label=marked("Unit"),
    )


@command("moveperson", "调动", allow=Role.MANAGER)
async def move_person(context: Context, form: MovePerson) -> Response:
    """Somebody in their new unit, with all that came along."""
    moved = await posts.move(context.work, context.person, form.person, form.unit)
    named = {"name": moved.person.name, "unit": moved.unit.name}
    if context.work.author.change_id is None:
        return await _changed(context, moved.person, _("{name} is in *{unit}* already.", **named))
    _tell(context, moved.person, marked("You are in *{unit}* now."), unit=moved.unit.name)
    came = listed(_came(moved))
    said = _("{name} is in *{unit}* now.", **named)
    along = _("Came along: {what}.", what=came) if came else ""
    return await _changed(context, moved.person, *filter(None, (said, along)))


def _came(moved: Moved) -> Iterator[str]:
    """What went with somebody who moved."""
    if moved.accounts:
        yield counted("{count} customer", "{count} customers", moved.accounts)
    if moved.deals:
        yield counted("{count} open deal", "{count} open deals", moved.deals)
    if moved.reminders:
        yield counted("{count} thing to do", "{count} things to do", moved.reminders)


def _tell(context: Context, person: Person, phrase: str, **values: object) -> None:
    """Tell somebody what has changed for them, unless it is who did it."""
    if person.id != context.person.id and person.active:
        with speaking(person.language):
            by = _("– {name}", name=context.person.name)
            context.tell(person.id, reply(_(phrase, **values), by))


class GiveRole(Form):
    """Give somebody another role."""

    person: Person = ask(marked("Who is it?"), PERSON, label=marked("Colleague"))
    role: Post = ask(marked("What may they do? It holds at once."), ROLE, label=marked("Role"))


@command("giverole", "改角色", allow=Role.HQ)
async def give_role(context: Context, form: GiveRole) -> Response:
    """Somebody with another role."""
    role = form.role.role
    person = await posts.give_role(context.work, context.person, form.person, role)
    if context.work.author.change_id is None:
        already = _("{name} has that role already: {role}.", name=person.name, role=_(ROLES[role]))
        return await _changed(context, person, already)
    with speaking(person.language):
        given = _(ROLES[role])
    _tell(
        context,
        person,
        marked("Your role is now: {role}. /help shows what you can do."),
        role=given,
    )
    said = _("{name}'s role is now: {role}.", name=person.name, role=_(ROLES[role]))
    return await _changed(context, person, said)


class GroupsOf(Form):
    """Put somebody into groups, or take them out."""

    person: Person = ask(marked("Who is it?"), PERSON, label=marked("Colleague"))
    group: Group | None = ask(
        marked("Which group?"), GROUP, label=marked("Group"), default=None, asked=False
    )
    inside: bool | None = ask(
        marked("In it, or not?"),
        ON_OFF,
        label=marked("In it"),
        default=None,
        loose=False,
        asked=False,
    )


@command("groupsof", "所在小组", allow=Role.HQ)
async def groups_of(context: Context, form: GroupsOf) -> Response:
    """Every group as a button that puts somebody in or takes them out."""
    person, group = form.person, form.group
    if group:
        change = groups.take_out if form.inside is False else groups.put_in
        await change(context.work, context.person, group, person)
    mine = {each.id for each in await context.work.org.groups_of(person.id)}
    found = [each.group for each in await groups.listed(context.work)]
    if not found:
        return reply(_("There are no groups yet. Make one in /groups."))
    done = context.work.author.change_id
    return reply(
        _("Which groups is {name} in? Tap to change.", name=person.name),
        *(_switch(person, each, inside=each.id in mine) for each in found),
        Button(label("Colleague"), show_people.call(person=person), single=False),
        Button(label("Undo"), undo.call(change=done)) if done else None,
        edit=True,
    )


def _switch(person: Person, group: Group, *, inside: bool) -> Button:
    changes = groups_of.call(person=person, group=group, inside=not inside)
    return Button(f"{'✓' if inside else '+'} {group.name}", changes, single=False)


class HasLeft(Form):
    """Say that somebody has left the company."""

    person: Person = ask(marked("Who has left?"), PERSON, label=marked("Colleague"))


@command("hasleft", "离职", allow=Role.MANAGER)
async def has_left(context: Context, form: HasLeft) -> Response:
    """Somebody sees nothing from now on; what they own is still to be handed over."""
    person = await posts.end(context.work, context.person, form.person, now=context.now)
    said = _("{name} has left, and is answered no more.", name=person.name)
    return await _changed(context, person, said)


class BringBack(Form):
    """Bring back somebody who had left."""

    person: Person = ask(marked("Who is back?"), GONE, label=marked("Colleague"))
    unit: Unit | None = ask(
        marked("Which unit are they in now?"), UNIT, label=marked("Unit"), default=None
    )


@command("bringback", "复职", allow=Role.MANAGER)
async def bring_back(context: Context, form: BringBack) -> Response:
    """The same person with their history; in another unit where theirs was closed."""
    if form.unit is None and form.person.unit.closed_at:
        return bring_back.ask(person=form.person)
    if form.person.active:
        return await _changed(context, form.person, _("{name} is here.", name=form.person.name))
    person = await posts.bring_back(context.work, context.person, form.person, form.unit)
    _tell(context, person, marked("You are back. /help shows what you can do."))
    return await _changed(context, person, _("{name} is back.", name=person.name))
