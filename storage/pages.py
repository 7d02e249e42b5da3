"""The pages that platforms keep for people: who has one, and where."""

from collections.abc import Collection, Sequence

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Page
from storage.upsert import upsert


async def keep_page(session: AsyncSession, page: Page) -> None:
    """Remember a page; one that is somebody else's by now is theirs."""
    values = {c.key: getattr(page, c.key) for c in inspect(Page).columns if c.key != "id"}
    whose = {name: values[name] for name in ("person_id", "chat")}
    await session.execute(
        upsert(session, Page)
        .values(**values)
        .on_conflict_do_update(index_elements=["platform", "bot", "window"], set_=whose)
    )


async def pages_of(session: AsyncSession, person_id: int) -> Sequence[Page]:
    """The pages of a person."""
    query = select(Page).where(Page.person_id == person_id).order_by(Page.id)
    return (await session.scalars(query)).all()


async def with_pages(session: AsyncSession, person_ids: Collection[int]) -> Sequence[int]:
    """Those of several people who have a page."""
    if not person_ids:
        return ()
    query = select(Page.person_id).where(Page.person_id.in_(person_ids)).distinct()
    return (await session.scalars(query.order_by(Page.person_id))).all()
