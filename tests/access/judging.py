"""Everything that the services let one person see and do, held against the oracle."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.answers import ACCOUNT, COLLEAGUE, DEAL, PERSON
from bot.forms import Asking
from services import accounts, deals, home, people, reminders, visits
from services.access import scope_of
from services.errors import Refusal
from storage.models import Account, Base, Contact, Deal, Person, Reminder, Role, Stage, Visit
from storage.scope import Scope
from storage.work import Work
from tests.access.oracle import Facts, Kept

ALL = 100_000
Allowed = Callable[[int, int], bool]


@dataclass
class Judge:
    """Compares what one actor gets with what the rule says, and counts every triple."""

    work: Work
    facts: Facts
    actor: Person
    counted: Counter[str] = field(default_factory=Counter)

    def holds(
        self, action: str, objects: Iterable[int], got: Iterable[int], allowed: Allowed
    ) -> None:
        """Of all these objects, exactly those are shown that may be."""
        known = set(objects)
        wanted = {each for each in known if allowed(self.actor.id, each)}
        shown = set(got)
        self.counted[action] += len(known)
        assert shown == wanted, (
            f"{action}: {self.actor.name} ({Role(self.actor.role).name}) "
            f"sees too much {sorted(shown - wanted)}, too little {sorted(wanted - shown)}"
        )

    @property
    def asking(self) -> Asking:
        return Asking(self.work, self.actor, self.facts.now)

    async def everything(self) -> None:
        """What lists and searches show, over all objects."""
        work, facts, actor = self.work, self.facts, self.actor
        scope = await scope_of(work, actor)
        likely = await accounts.likely(work, actor, ALL)
        self.holds("likely", facts.accounts, (each.id for each in likely), facts.opens)
        await self._names(scope)
        last = await work.visits.last(scope, ALL)
        self.holds("last visits", facts.visits, (each.id for each in last), facts.reads)
        seen = await people.everybody(work, actor) if actor.active else []
        self.holds("people", self._active(), (each.id for each in seen), facts.looks_at)
        await self._queries(scope)
        await self._counts(scope)
        await self._exported(scope)

    def _active(self) -> list[int]:
        return [each for each, member in self.facts.people.items() if member.active]

    async def _names(self, scope: Scope) -> None:
        """Every name is known to all who are in; the rest of it to those alone who may."""
        facts = self.facts
        sighted = await self.work.accounts.all_keys(scope)
        self.holds("open", facts.accounts, (e.id for e in sighted if e.open), facts.opens)
        if self.actor.active:
            self.holds("names", facts.accounts, (e.id for e in sighted), facts.names)

    async def _queries(self, scope: Scope) -> None:
        """The condition that every query has, and the same asked of each row."""
        facts = self.facts
        kinds: tuple[tuple[Any, Any, Mapping[int, Kept], Allowed], ...] = (
            (Account.owner_id, Account.unit_id, facts.accounts, facts.opens),
            (Visit.rep_id, Visit.unit_id, facts.visits, facts.reads),
            (Deal.owner_id, Deal.unit_id, facts.deals, facts.follows),
            (Reminder.person_id, Reminder.unit_id, facts.reminders, facts.minds),
        )
        for owner, unit, rows, allowed in kinds:
            model: type[Base] = owner.class_
            query = select(model.id).where(scope.where(owner, unit))  # type: ignore[attr-defined]
            found = await self.work.session.scalars(query)
            self.holds(f"query {model.__tablename__}", rows, found, allowed)
            covered = (n for n, row in rows.items() if scope.covers(row.owner, row.unit))
            self.holds(f"covers {model.__tablename__}", rows, covered, allowed)

    async def _exported(self, scope: Scope) -> None:
        """The rows of every sheet that somebody takes home."""
        facts = self.facts
        kinds: tuple[tuple[type[Base], Iterable[int], Allowed], ...] = (
            (Account, facts.accounts, facts.opens),
            (Contact, facts.contacts, facts.meets),
            (Visit, facts.visits, facts.reads),
            (Deal, facts.deals, facts.follows),
            (Reminder, facts.reminders, facts.minds),
            (Person, facts.people, facts.looks_at),
        )
        for model, rows, allowed in kinds:
            pages = [page async for page in self.work.tables.pages(model, scope)]
            found = [row["id"] for page in pages for row in page]
            self.holds(f"export {model.__tablename__}", rows, found, allowed)

    async def _counts(self, scope: Scope) -> None:
        """Numbers count what is seen, and nothing else."""
        facts, actor = self.facts, self.actor
        since, until = facts.now - timedelta(days=400), facts.now + timedelta(days=1)
        count = await self.work.visits.count_between(scope, since, until)
        assert count == sum(facts.reads(actor.id, each) for each in facts.visits)
        totals = await self.work.deals.totals(scope, since)
        assert sum(each.count for each in totals) == sum(
            facts.follows(actor.id, each) for each in facts.deals
        )
        self.counted["counts"] += len(facts.visits) + len(facts.deals)

    async def of_account(self, number: int) -> None:
        """One customer's card, and what can be done with them."""
        work, facts, actor = self.work, self.facts, self.actor
        opened = await _unless_refused(accounts.get(work, actor, number))
        self.holds("get", [number], [opened.id] if opened else [], facts.opens)
        contacts = await accounts.contacts(work, actor, number)
        of = [each for each, account in facts.contacts.items() if account == number]
        self.holds("contacts", of, (each.id for each in contacts), facts.meets)
        await self._open_at(number)
        whole = await work.session.get_one(Account, number)
        if opened:
            await self._card(opened)
        await self._offered(whole)

    async def _open_at(self, number: int) -> None:
        work, facts, actor = self.work, self.facts, self.actor
        opens = [e for e, row in facts.deals.items() if row.account == number and row.open]
        found = await deals.open_of(work, actor, number)
        self.holds("open deals", opens, (each.id for each in found), facts.follows)
        due = [e for e, row in facts.reminders.items() if row.account == number and row.open]
        minded = await reminders.of_account(work, actor, number)
        allowed = {each for each in due if facts.minds(actor.id, each)}
        self.counted["reminders of an account"] += len(due)
        assert {each.id for each in minded} <= allowed
        assert len(minded) == min(len(allowed), reminders.LISTED)

    async def _card(self, account: Account) -> None:
        facts, actor = self.facts, self.actor
        card = await accounts.card(self.work, actor, account)
        assert all(facts.reads(actor.id, each.id) for each in card.visits)
        assert all(facts.follows(actor.id, each.id) for each in card.deals)
        assert all(facts.minds(actor.id, each.id) for each in card.reminders)
        assert all(facts.meets(actor.id, each.id) for each in card.contacts)
        shown = len(card.visits) + len(card.deals) + len(card.reminders) + len(card.contacts)
        self.counted["card"] += shown
        of = [e for e, row in facts.visits.items() if row.account == account.id]
        seen = sum(facts.reads(actor.id, each) for each in of)
        assert len(card.visits) == min(seen, accounts.LAST_VISITS)

    async def _offered(self, account: Account) -> None:
        """What a form offers as one types, and takes as an answer."""
        if not self.actor.active:
            return
        options = await ACCOUNT.suggest(account.name, self.asking)
        offered = [int(each.value) for each in options if each.value.isdecimal()]
        mine = [each for each in offered if each == account.id]
        self.holds("suggest", [account.id], mine, self.facts.opens)
        assert all(self.facts.opens(self.actor.id, each) for each in offered)
        taken = await _unless_refused(ACCOUNT.load(str(account.id), self.asking))
        self.holds("answer", [account.id], [taken.id] if taken else [], self.facts.opens)

    async def of_deal(self, number: int) -> None:
        """Look a deal up to move it, and move it as a form does, in a transaction of its own."""
        row, now = self.facts.deals[number], self.facts.now
        known = {"account": str(row.account)}
        asking = Asking(self.work, self.actor, now, answers=known)
        moved: list[int] = []
        async with self.work.session.begin_nested() as point:
            try:
                account = await accounts.get(self.work, self.actor, row.account)
                deal = await DEAL.load(str(number), asking)
                to = {"stage": Stage.PROPOSAL, "money": None, "currency": "CNY", "now": now}
                await deals.move(self.work, self.actor, account, deal, **to)  # type: ignore[arg-type]
                moved.append(number)
            except Refusal:
                pass
            await point.rollback()
        self.holds("move deal", [number], moved, self.facts.moves)

    async def of_visit(self, number: int) -> None:
        scope = await scope_of(self.work, self.actor)
        found = await self.work.visits.get(number, scope)
        self.holds("visit", [number], [found.id] if found else [], self.facts.reads)
        account = self.facts.visits[number].account
        shown = await self.work.visits.of_account(account, scope, ALL)
        of = [each for each, row in self.facts.visits.items() if row.account == account]
        self.holds("visits of an account", of, (each.id for each in shown), self.facts.reads)

    async def of_person(self, number: int) -> None:
        """Name somebody in a form: one's own people, and, where anybody will do, anybody."""
        if not self.actor.active or not self.facts.people[number].active:
            return
        seen = await _unless_refused(PERSON.load(str(number), self.asking))
        self.holds("person", [number], [seen.id] if seen else [], self.facts.looks_at)
        known = await _unless_refused(COLLEAGUE.load(str(number), self.asking))
        assert known is not None

    async def at_home(self) -> None:
        """One's own page names no other customer, and opens only what may be opened."""
        page = await home.home(self.work, self.actor, now=self.facts.now)
        assert all(self.facts.reads(self.actor.id, each.id) for each in page.last)
        assert all(self.facts.opens(self.actor.id, each) for each in page.known)
        assert all(each.person_id == self.actor.id for each in page.due)
        month = await visits.count_this_month(self.work, self.actor, self.facts.now)
        assert month <= sum(row.owner == self.actor.id for row in self.facts.visits.values())
        self.counted["home"] += len(page.last) + len(page.known) + len(page.due)


async def _unless_refused(asked: Any) -> Any:
    try:
        return await asked
    except Refusal:
        return None
