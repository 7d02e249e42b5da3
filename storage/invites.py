"""Invitations: which are open, and for whom."""

from datetime import datetime

from sqlalchemy import select

from storage.models import Invite, Unit
from storage.repository import Repository
from storage.scope import Scope


class Invites(Repository):
    async def by_code(self, code_hash: str) -> Invite | None:
        """An invitation by its code's hash, locked: two people can't use one."""
        query = select(Invite).where(Invite.code_hash == code_hash).with_for_update()
        return (await self._session.scalars(query)).one_or_none()

    async def get(self, invite_id: int) -> Invite | None:
        """An invitation, locked: it is read to be changed."""
        query = select(Invite).where(Invite.id == invite_id).with_for_update()
        found = await self._session.scalars(query.execution_options(populate_existing=True))
        return found.one_or_none()

    async def open(self, scope: Scope, now: datetime) -> list[tuple[Invite, Unit]]:
        """The open invitations into units in scope, and one's own, each with its unit."""
        query = (
            select(Invite, Unit)
            .join(Unit, Invite.unit_id == Unit.id)
            .where(
                Invite.used_at.is_(None),
                Invite.expires_at > now,
                scope.where(Invite.invited_by_id, Invite.unit_id),
            )
            .order_by(Invite.expires_at, Invite.id)
        )
        return [(invite, unit) for invite, unit in await self._session.execute(query)]

    async def open_for(self, person_id: int, now: datetime) -> list[Invite]:
        """The open invitations for somebody who is known already."""
        query = (
            select(Invite)
            .where(
                Invite.person_id == person_id, Invite.used_at.is_(None), Invite.expires_at > now
            )
            .order_by(Invite.expires_at)
        )
        return list(await self._session.scalars(query))
