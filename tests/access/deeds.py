"""Everything that the services let one person do to what they see, held against the oracle."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import inspect, select

from services import claims, erasure, handover, leaves, merging, posts
from services.erasure import CONTACTS
from services.errors import Refusal
from storage.models import Account, Claim, ClaimState, Leave, Person, Role
from tests.access.judging import Judge
from tests.access.oracle import Away

Deed = Callable[[], Awaitable[object]]


@dataclass
class Deeds:
    """What one actor tries; nothing of it is kept."""

    judge: Judge
    dice: random.Random

    async def all(self) -> None:
        for _again in range(3):
            await self._hands_over()
            await self._merges()
            await self._ends()
            await self._puts_off()
        await self._erases()
        await self._decides()

    async def _tried(self, deed: Deed) -> bool:
        """Whether it is done, and not refused."""
        done = True
        async with self.judge.work.session.begin_nested() as point:
            try:
                await deed()
            except Refusal:
                done = False
            await point.rollback()
        await self._as_before()
        return done

    async def _as_before(self) -> None:
        """What was changed and rolled back is read again."""
        session = self.judge.work.session
        for each in session:
            if inspect(each).expired_attributes:
                await session.refresh(each)

    async def _says(self, action: str, deed: Deed, *, allowed: bool) -> None:
        done, actor = await self._tried(deed), self.judge.actor
        self.judge.counted[action] += 1
        named = f"{action}: {actor.name} ({Role(actor.role).name})"
        assert done == allowed, f"{named} {'did it' if done else 'was refused'}"
        self.judge.counted[f"{action}, allowed"] += allowed

    def _near(self, numbers: list[int], tops: dict[int, int]) -> int:
        """One of these, mostly one that the actor sees: what is far off is refused by all."""
        facts, me = self.judge.facts, self.judge.actor.id
        homes = {me, *facts.stood_in_for(me)}
        units = {facts.people[each].unit for each in homes}
        near = [e for e in numbers if any(facts.is_below(tops[e], top) for top in units)]
        return self.dice.choice(near if near and self.dice.random() < 0.8 else numbers)

    def _account(self) -> int:
        accounts = self.judge.facts.accounts
        return self._near([*accounts], {number: row.unit for number, row in accounts.items()})

    def _person(self) -> int:
        people = self.judge.facts.people
        return self._near([*people], {number: each.unit for number, each in people.items()})

    async def _hands_over(self) -> None:
        judge, number, to = self.judge, self._account(), self._person()
        work, actor, facts = judge.work, judge.actor, judge.facts
        account = await work.session.get_one(Account, number)
        receiver = await work.session.get_one(Person, to)
        allowed = facts.hands_over(actor.id, number, to)
        await self._says(
            "hand over", lambda: handover.one(work, actor, account, receiver), allowed=allowed
        )
        may = await handover.may_assign(work, actor, account)
        assert may == facts.manages(actor.id, facts.accounts[number])

    async def _merges(self) -> None:
        judge, first, second = self.judge, self._account(), self._account()
        work, actor, now = judge.work, judge.actor, judge.facts.now
        keep, fold = [await work.session.get_one(Account, each) for each in (first, second)]
        allowed = first != second and judge.facts.merges(actor.id, first, second)
        await self._says(
            "merge", lambda: merging.merge(work, actor, keep, fold, now=now), allowed=allowed
        )

    async def _erases(self) -> None:
        judge = self.judge
        contacts = judge.facts.contacts
        units = {e: judge.facts.accounts[account].unit for e, account in contacts.items()}
        number = self._near([*contacts], units)
        await self._says(
            "erase",
            lambda: erasure.subject(judge.work, judge.actor, CONTACTS, number),
            allowed=judge.facts.erases(judge.actor.id, number),
        )

    async def _ends(self) -> None:
        judge, number = self.judge, self._person()
        person = await judge.work.session.get_one(Person, number)
        may = await posts.may(judge.work, judge.actor, person)
        judge.counted["end"] += 1
        assert may.end == judge.facts.ends(judge.actor.id, number)

    async def _puts_off(self) -> None:
        judge = self.judge
        if not judge.actor.active:
            return
        rows = (await judge.work.session.scalars(select(Leave).order_by(Leave.id))).all()
        theirs = [each for each in rows if each.deputy_id == judge.actor.id]
        leave = self.dice.choice(theirs if theirs and self.dice.random() < 0.5 else rows)
        away = Away(leave.person_id, leave.deputy_id, leave.starts_on, leave.ends_on)
        await self._says(
            "put off",
            lambda: leaves.get(judge.work, judge.actor, leave.id, now=judge.facts.now),
            allowed=judge.facts.puts_off(judge.actor.id, away),
        )

    async def _decides(self) -> None:
        judge, account, claimant = self.judge, self._account(), self._person()
        owner = judge.facts.accounts[account].owner
        if claimant == owner:
            return
        claim = Claim(
            account_id=account, claimant_id=claimant, owner_id=owner, reason="",
            state=ClaimState.OPEN, created_at=judge.facts.now,
        )  # fmt: skip
        async with judge.work.session.begin_nested() as point:
            await judge.work.people.add(claim)
            found = await claims.to_decide(judge.work, judge.actor, 5)
            await point.rollback()
        judge.counted["decide"] += 1
        judge.counted["decide, allowed"] += bool(found)
        assert bool(found) == judge.facts.decides(judge.actor.id, account, claimant)
