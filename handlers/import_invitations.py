"""One file with the invitations of everybody who was taken in and is not connected yet."""

import asyncio
from collections.abc import Sequence

from bot.commands import Context
from bot.messages import Button, File, Reply, reply
from bot.phrases import _, counted, label
from bot.words import ROLES
from handlers.import_steps import INVITE, step, title
from handlers.invite import PLATFORMS
from handlers.undo import undo
from services.inviting import Invited, invite_imported
from services.tables.directory import Directory
from services.tables.writing import listed
from storage.models import Import, Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def invitations(context: Context, row: Import) -> Reply:
    """The file, how long its codes let somebody in, and the way back."""
    found = await invite_imported(
        context.work, context.person, row, new_code=context.new_code, now=context.now
    )
    if not found.given:
        return reply(title(row), _("Everybody in it whom you may invite is connected already."))
    given = found.given
    content = await _file(context, given)
    return reply(
        counted(
            "{count} invitation. Its code lets in one person, until {at}.",
            "{count} invitations. Each code lets in one person, until {at}.",
            len(given),
            at=context.when(given[0].invite.expires_at),
        ),
        _("Give everybody only their own row."),
        _("{count} more people are left for the next file.", count=found.left)
        if found.left
        else None,
        Button(label("Undo"), undo.call(change=context.work.change_id)),
        Button(label("Next file"), step(row, INVITE), single=False) if found.left else None,
        File(f"{label('Invitations')}.xlsx", XLSX, content=content),
    )


async def _file(context: Context, given: Sequence[Invited]) -> bytes:
    """A row for each: name, unit, role, code, and the way in on each platform."""
    currency = context.defaults.currency
    directory = await Directory.of(context.work, context.person, context.now, currency)
    doors = [dict(context.doors(each.code)) for each in given]
    platforms = [*doors[0]]
    named = [PLATFORMS.get(each, each.capitalize()) for each in platforms]
    headings = [label("Name"), label("Unit"), label("Role"), label("Code"), *named]
    rows = [
        (
            each.person.name,
            directory.path(each.person.unit_id),
            _(ROLES[Role(each.person.role)]),
            each.code,
            *(ways[platform] for platform in platforms),
        )
        for each, ways in zip(given, doors, strict=True)
    ]
    return await asyncio.to_thread(listed, headings, rows, label("Invitations"))
