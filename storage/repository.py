"""What all repositories share."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base


class Repository:
    """Reads and adds rows of one noun inside the transaction of its session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: Base) -> None:
        """Add a row; it has its id when this returns."""
        self._session.add(row)
        await self._session.flush()

    async def add_all(self, rows: Iterable[Base]) -> None:
        self._session.add_all(rows)
        await self._session.flush()

    async def flush(self) -> None:
        """Write the changes made to loaded rows."""
        await self._session.flush()
