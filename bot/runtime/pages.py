"""The page that a platform keeps for each person alone: drawn when opened, and after a change."""

from dataclasses import replace

import structlog

from bot.messages import Opened, Place, Reply
from bot.phrases import speaking
from bot.runtime.conversation import Talk
from bot.runtime.post import Owed
from services.errors import UnknownPerson
from storage.models import Page, Priority
from storage.pages import keep_page, pages_of

log = structlog.get_logger(__name__)
HOME = "home"
"""What the command that draws it takes."""


async def opened(talk: Talk) -> Reply:
    """Draw a person's page, and remember that they have one."""
    turn, context = talk.turn, talk.context
    if not isinstance(turn.incoming, Opened):
        raise TypeError("a page is opened by whoever looks at it")
    command = context.book.taking(HOME)
    if command is None or context.visitor is None:
        raise UnknownPerson
    place = turn.incoming.place
    page = Page(
        person_id=context.person.id,
        window=turn.incoming.window,
        platform=place.platform,
        bot=place.bot,
        chat=place.chat,
    )
    await keep_page(turn.session, page)
    return await talk.run(command)


async def redrawn(talk: Talk) -> list[Owed]:
    """Draw the pages of somebody who has just changed something, wherever they did."""
    turn, context = talk.turn, talk.context
    if context.visitor is None or turn.work.author.change_id is None:
        return []
    known = await pages_of(turn.session, context.person.id)
    pages = [each for each in known if turn.runtime.adapter(f"{each.platform}:{each.bot}")]
    said = await _drawn(talk, pages[0]) if pages else None
    if said is None:
        return []
    return [
        Owed(
            f"{turn.name}:page:{page.id}",
            _place(page),
            said,
            page.person_id,
            priority=Priority.REMINDER,
            window=page.window,
            is_page=True,
            language=context.person.language,
        )
        for page in pages
    ]


async def _drawn(talk: Talk, page: Page) -> Reply | None:
    """The page as it is now; that it can't be drawn is no reason to lose what was done."""
    context, author = talk.context, talk.turn.work.author
    command = context.book.taking(HOME)
    now = context.read_at or context.now
    alone = replace(context, place=_place(page), message=None, kept=(), left="", now=now, told=[])
    done = author.command
    try:
        # Apart: what fails in the database would take the whole transaction with it.
        async with talk.turn.session.begin_nested():
            with speaking(context.person.language):
                return await replace(talk, context=alone).run(command) if command else None
    except Exception:
        log.exception("page_not_drawn")
        return None
    finally:
        author.command = done


def _place(page: Page) -> Place:
    return Place(page.platform, page.bot, page.chat)
