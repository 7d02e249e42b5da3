"""Groups: who is in them, and changing that."""

from bot.answers import GROUP, PERSON, TITLE
from bot.answers.people import MemberKind
from bot.commands import Context, Response, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, counted, label, listed, marked, shortened
from handlers.undo import undo
from services import groups
from services.groups import Sized
from storage.models import Group, Person, Role

NAMED = 24
SHOWN = 30
"""How many of a group's people its card names."""


class Groups(Form):
    """See the groups of people, and change them."""

    group: Group | None = ask(marked("Which group?"), GROUP, label=marked("Group"), default=None)


@command("groups", "group", "小组", allow=Role.MANAGER)
async def show_groups(context: Context, form: Groups) -> Reply:
    """All groups, or one of them as a card."""
    if form.group:
        return await _card(context, form.group)
    found = await groups.listed(context.work)
    nothing = _("There are none yet. A group is for people from anywhere: a product line, say.")
    return reply(
        Markdown(f"*{_('Groups')}*"),
        *([_line(each) for each in found] or [nothing]),
        *(_opens(each.group) for each in found),
        _adds(context),
        Button(label("Units"), Call("org"), single=False),
        edit=True,
    )


def _line(each: Sized) -> Markdown:
    return Markdown(f"– {join(' · ', [each.group.name, _people(each.people)])}")


def _people(count: int) -> Markdown:
    return counted("{count} person", "{count} people", count)


def _opens(group: Group) -> Button:
    return Button(shortened(group.name, NAMED), show_groups.call(group=group), single=False)


def _adds(context: Context) -> Button | None:
    if context.person.role < Role.HQ:
        return None
    return Button(label("Add a group"), add_group.call(), single=False)


async def _card(context: Context, group: Group, *said: str) -> Reply:
    """A group and those of its people whom one sees; after a change with what it was."""
    people = await groups.members(context.work, context.person, group)
    names: list[str] = [each.name for each in people[:SHOWN]]
    if len(people) > SHOWN:
        names.append(_("{count} more", count=len(people) - SHOWN))
    change = context.work.author.change_id if said else None
    return reply(
        *said,
        Markdown(f"*{join('', [group.name])}* · {_people(len(people))}"),
        listed(names) if names else _("Nobody of yours is in it."),
        *(_changes(group, empty=not people) if context.person.role >= Role.HQ else ()),
        Button(label("All groups"), show_groups.call(), single=False),
        Button(label("Undo"), undo.call(change=change)) if change else None,
        edit=True,
    )


def _changes(group: Group, *, empty: bool) -> list[Button]:
    found = [Button(label("Put in"), put_in.call(group=group), single=False)]
    if empty:
        found.append(Button(label("Remove"), remove_group.call(group=group)))
    else:
        found.append(Button(label("Take out"), take_out.call(group=group), single=False))
    return [*found, Button(label("Rename"), rename_group.call(group=group), single=False)]


class AddGroup(Form):
    """Add a group."""

    name: str = ask(
        marked("What's the group called?"),
        TITLE,
        label=marked("Name"),
        hint=marked("Key accounts"),
    )


@command("addgroup", "添加小组", allow=Role.HQ)
async def add_group(context: Context, form: AddGroup) -> Response:
    """A new group, which nobody is in yet."""
    group = await groups.add(context.work, context.person, form.name)
    return await _card(context, group, _("Added the group *{group}*.", group=group.name))


class RenameGroup(Form):
    """Call a group something else."""

    group: Group = ask(marked("Which group?"), GROUP, label=marked("Group"))
    name: str = ask(marked("What's it called from now on?"), TITLE, label=marked("Name"))


@command("renamegroup", "小组改名", allow=Role.HQ)
async def rename_group(context: Context, form: RenameGroup) -> Response:
    """The same group by another name."""
    before = form.group.name
    group = await groups.rename(context.work, context.person, form.group, form.name)
    said = _("Renamed *{before}* to *{unit}*.", before=before, unit=group.name)
    return await _card(context, group, said)


class RemoveGroup(Form):
    """Remove a group that nobody is in."""

    group: Group = ask(marked("Which group?"), GROUP, label=marked("Group"))


@command("removegroup", "删除小组", allow=Role.HQ)
async def remove_group(context: Context, form: RemoveGroup) -> Response:
    """The group is gone."""
    name = form.group.name
    await groups.remove(context.work, context.person, form.group)
    return reply(
        _("Removed the group *{group}*.", group=name),
        Button(label("All groups"), show_groups.call(), single=False),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        edit=True,
    )


class PutIn(Form):
    """Put somebody into a group."""

    person: Person = ask(marked("Who is it?"), PERSON, label=marked("Colleague"))
    group: Group = ask(marked("Which group?"), GROUP, label=marked("Group"))


@command("joingroup", "加入小组", allow=Role.HQ)
async def put_in(context: Context, form: PutIn) -> Response:
    """Somebody is in one more group."""
    named = {"name": form.person.name, "group": form.group.name}
    if await groups.put_in(context.work, context.person, form.group, form.person):
        return await _card(context, form.group, _("{name} is in *{group}* now.", **named))
    return await _card(context, form.group, _("{name} is in *{group}* already.", **named))


class TakeOut(Form):
    """Take somebody out of a group."""

    group: Group = ask(marked("Which group?"), GROUP, label=marked("Group"))
    person: Person = ask(marked("Who is it?"), MemberKind(gone=True), label=marked("Colleague"))


@command("leavegroup", "移出小组", allow=Role.HQ)
async def take_out(context: Context, form: TakeOut) -> Response:
    """Somebody is in one group less."""
    named = {"name": form.person.name, "group": form.group.name}
    if await groups.take_out(context.work, context.person, form.group, form.person):
        return await _card(context, form.group, _("{name} is out of *{group}*.", **named))
    return await _card(context, form.group, _("{name} isn't in *{group}*.", **named))
