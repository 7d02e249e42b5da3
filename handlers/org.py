"""The company's tree: looking at it, and changing it."""

from bot.answers import NUMBER, TITLE, UNIT
from bot.commands import Context, Response, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join
from bot.messages import Button, Call, Fields, Reply, reply
from bot.phrases import _, counted, label, listed, marked, shortened
from handlers.paging import paged
from handlers.undo import undo
from services import org, units
from services.org import Branch, UnitCard
from storage.models import Role, Unit

NAMED = 24
"""How much of a name a button shows."""
INSIDE = 12
"""How many of the people in a unit its card names."""
STEP = "\u2003"
"""What a unit below another is moved in by."""


class Org(Form):
    """See the company's units, and change them."""

    unit: Unit | None = ask(marked("Which unit?"), UNIT, label=marked("Unit"), default=None)
    page: int | None = ask(
        marked("Which page?"), NUMBER, label=marked("Page"), default=None, loose=False, asked=False
    )


@command(
    "org",
    "组织架构",
    "组织",
    allow=Role.MANAGER,
    order=100,
    examples=("/org", marked("/org {unit}")),
)
async def show_org(context: Context, form: Org) -> Reply:
    """The units one sees as a tree, or one of them as a card."""
    if form.unit:
        return unit_card(context, await org.card(context.work, context.person, form.unit))
    tree = paged(await org.tree(context.work, context.person), form.page)
    more = tree.turns(lambda page: show_org.call(page=page))
    return reply(
        _("*Units* · people / customers"),
        *(_line(each) for each in tree.shown),
        *(_opens(each) for each in tree.shown),
        *more,
        Button(label("Groups"), Call("groups"), single=False),
        edit=True,
    )


def _line(branch: Branch) -> Markdown:
    """A unit in the tree, with how much is in it and below it."""
    name = branch.unit.name if branch.depth else Markdown(f"*{join('', [branch.unit.name])}*")
    size = f"{branch.people} / {branch.accounts}"  # in words it would not fit a phone's line
    counts = join(" · ", [size, *([_("closed")] if branch.unit.closed_at else [])])
    return Markdown(f"{STEP * branch.depth}{join(' · ', [name, counts])}")


def _counts(branch: Branch) -> list[Markdown]:
    return [
        counted("{count} person", "{count} people", branch.people),
        counted("{count} customer", "{count} customers", branch.accounts),
    ]


def _opens(branch: Branch) -> Button:
    name = shortened(branch.unit.name, NAMED)
    return Button(name, show_org.call(unit=branch.unit), single=False)


def unit_card(context: Context, card: UnitCard, *said: str | Button) -> Reply:
    """A unit, who and what is in it; ``said`` is what has just been done about it."""
    unit = card.unit
    lines = [each for each in said if isinstance(each, str)]
    after = [each for each in said if isinstance(each, Button)]
    return reply(
        *lines,
        Markdown(f"*{join(' › ', card.path)}*"),
        _("This unit is closed.") if unit.closed_at else None,
        Fields(tuple(_rows(card))),
        *(_opens(each) for each in card.below),
        *(
            Button(
                label("{unit} (closed)", unit=each.name), show_org.call(unit=each), single=False
            )
            for each in (card.closed if context.person.role >= Role.HQ else ())
        ),
        *_around(card),
        *(_changes(unit) if context.person.role >= Role.HQ else ()),
        *after,
        edit=True,
    )


def _rows(card: UnitCard) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    if card.managers:
        rows.append((_("Manager"), listed(card.managers)))
    names: list[str] = [each.name for each in card.people[:INSIDE]]
    if len(card.people) > INSIDE:
        names.append(_("{count} more", count=len(card.people) - INSIDE))
    rows.append((_("In it"), listed(names) if names else _("nobody")))
    if card.below or card.count.accounts:
        rows.append((_("With all below"), join(" · ", _counts(card.count))))
    return rows


def _around(card: UnitCard) -> list[Button]:
    """The ways on from a unit: who is in it, and what it is part of."""
    found = []
    if card.count.people:
        found.append(
            Button(label("People"), Call("people", {"unit": str(card.unit.id)}), single=False)
        )
    if card.up:
        up = label("↑ {unit}", unit=shortened(card.up.name, NAMED))
        return [*found, Button(up, show_org.call(unit=card.up), single=False)]
    return [*found, Button(label("All units"), show_org.call(), single=False)]


def _changes(unit: Unit) -> list[Button]:
    if unit.closed_at:
        return [Button(label("Reopen"), reopen_unit.call(unit=unit))]
    found = [
        Button(label("Add a unit"), add_unit.call(above=unit), single=False),
        Button(label("Rename"), rename_unit.call(unit=unit), single=False),
    ]
    if unit.parent_id is not None:
        found += [
            Button(label("Move unit"), move_unit.call(unit=unit), single=False),
            Button(label("Close"), close_unit.call(unit=unit), single=False),
        ]
    return found


async def _changed(context: Context, unit: Unit, *said: str) -> Reply:
    """The card of a unit that was just changed, with what was done and its Undo."""
    card = await org.card(context.work, context.person, unit)
    change = context.work.author.change_id
    takes_back = [Button(label("Undo"), undo.call(change=change))] if change else []
    return unit_card(context, card, *said, *takes_back)


class AddUnit(Form):
    """Add a unit below another one."""

    name: str = ask(
        marked("What's the new unit called?"),
        TITLE,
        label=marked("Name"),
        hint=marked("Shanghai"),
    )
    above: Unit = ask(marked("Below which unit?"), UNIT, label=marked("Below"))


@command("addunit", "添加部门", allow=Role.HQ)
async def add_unit(context: Context, form: AddUnit) -> Response:
    """A new unit, and its card."""
    unit = await units.add(context.work, context.person, form.name, form.above)
    said = _("Added *{unit}* below *{above}*.", unit=unit.name, above=form.above.name)
    return await _changed(context, unit, said)


class RenameUnit(Form):
    """Call a unit something else."""

    unit: Unit = ask(marked("Which unit?"), UNIT, label=marked("Unit"))
    name: str = ask(marked("What's it called from now on?"), TITLE, label=marked("Name"))


@command("renameunit", "部门改名", allow=Role.HQ)
async def rename_unit(context: Context, form: RenameUnit) -> Response:
    """The same unit by another name."""
    before = form.unit.name
    unit = await units.rename(context.work, context.person, form.unit, form.name)
    return await _changed(
        context, unit, _("Renamed *{before}* to *{unit}*.", before=before, unit=unit.name)
    )


class MoveUnit(Form):
    """Move a unit, with all that is below it."""

    unit: Unit = ask(marked("Which unit?"), UNIT, label=marked("Unit"))
    above: Unit = ask(marked("Below which unit does it go?"), UNIT, label=marked("Below"))


@command("moveunit", "移动部门", allow=Role.HQ)
async def move_unit(context: Context, form: MoveUnit) -> Response:
    """The unit in its new place."""
    unit = await units.move(context.work, context.person, form.unit, form.above)
    said = _("Moved *{unit}* below *{above}*.", unit=unit.name, above=form.above.name)
    return await _changed(context, unit, said)


class CloseUnit(Form):
    """Close a unit that is empty."""

    unit: Unit = ask(marked("Which unit?"), UNIT, label=marked("Unit"))


@command("closeunit", "关闭部门", allow=Role.HQ)
async def close_unit(context: Context, form: CloseUnit) -> Response:
    """The closed unit; what was done in it stays counted."""
    unit = await units.close(context.work, context.person, form.unit, now=context.now)
    said = _("Closed *{unit}*. What was done in it stays counted.", unit=unit.name)
    return await _changed(context, unit, said)


class ReopenUnit(Form):
    """Reopen a unit that was closed."""

    unit: Unit = ask(marked("Which unit?"), UNIT, label=marked("Unit"))


@command("openunit", "重开部门", allow=Role.HQ)
async def reopen_unit(context: Context, form: ReopenUnit) -> Response:
    """The unit, which takes people in again."""
    unit = await units.reopen(context.work, context.person, form.unit)
    return await _changed(context, unit, _("*{unit}* is open again.", unit=unit.name))
