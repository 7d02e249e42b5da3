"""The page that a platform keeps for each person alone: drawn when opened, and after a change."""

from dataclasses import replace

import structlog

from bot.messages import Opened, Place, Reply, reply
from bot.phrases import speaking
from bot.runtime.conversation import Talk
from bot.runtime.delivery import outdated
from bot.runtime.post import Owed
from services.errors import UnknownPerson
from storage.models import Page, Person, Priority
from storage.pages import keep_page, pages_of, with_pages
from storage.standing import grown

log = structlog.get_logger(__name__)
HOME = "home"
"""What the command that draws it takes."""
DRAWN = 10
"""How many others' pages are drawn within one transaction; the rest only say that they are old."""


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
    """Draw the pages of who has just changed something, and of whom that leaves less to see."""
    turn, context = talk.turn, talk.context
    owed: list[Owed] = []
    if context.visitor is not None and turn.work.author.change_id is not None:
        owed += await _of(talk, context.visitor)
    losers = {*grown(turn.session)} - {turn.work.author.person_id}
    for number, person_id in enumerate(await with_pages(turn.session, losers)):
        person = await turn.work.people.get(person_id)
        if person.active:
            owed += await _of(talk, person, anew=number < DRAWN)
    return owed


async def _of(talk: Talk, person: Person, *, anew: bool = True) -> list[Owed]:
    """Somebody's pages as they are now, or only that they are not up to date any more."""
    turn = talk.turn
    known = await pages_of(turn.session, person.id)
    pages = [each for each in known if turn.runtime.adapter(f"{each.platform}:{each.bot}")]
    if not pages:
        return []
    with speaking(person.language):
        said = await _drawn(talk, person, pages[0]) if anew else reply(outdated())
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
            language=person.language,
        )
        for page in pages
    ]


async def _drawn(talk: Talk, person: Person, page: Page) -> Reply | None:
    """The page as it is now; that it can't be drawn is no reason to lose what was done."""
    context, author = talk.context, talk.turn.work.author
    command = context.book.taking(HOME)
    now = context.read_at or context.now
    alone = replace(context, visitor=person, place=_place(page), message=None, now=now)
    alone = replace(alone, kept=(), left="", told=[])
    done = author.command
    try:
        # Apart: what fails in the database would take the whole transaction with it.
        async with talk.turn.session.begin_nested():
            return await replace(talk, context=alone).run(command) if command else None
    except Exception:
        log.exception("page_not_drawn")
        return None
    finally:
        author.command = done


def _place(page: Page) -> Place:
    return Place(page.platform, page.bot, page.chat)
