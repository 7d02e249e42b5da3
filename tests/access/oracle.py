"""Who may see and do what, written down a second time, for itself: plain Python over plain facts.

It knows nothing of how the bot finds out, so that the two can only agree where both are right. It
is slow and simple on purpose: every question walks up the tree of units by its parents.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage.models import Role


@dataclass(frozen=True)
class Member:
    """Somebody in the company."""

    role: Role
    unit: int
    active: bool
    zone: str


@dataclass(frozen=True)
class Away:
    """Somebody is away, from a day to a day, and somebody may stand in for them."""

    person: int
    deputy: int | None
    starts: date
    ends: date


@dataclass(frozen=True)
class Kept:
    """A row that is somebody's, and was made in some unit; perhaps of an account."""

    owner: int
    unit: int
    account: int = 0
    open: bool = True


@dataclass
class Facts:
    """A whole company."""

    now: datetime
    above: dict[int, int | None] = field(default_factory=dict)
    """Each unit's parent."""
    people: dict[int, Member] = field(default_factory=dict)
    leaves: list[Away] = field(default_factory=list)
    accounts: dict[int, Kept] = field(default_factory=dict)
    contacts: dict[int, int] = field(default_factory=dict)
    """Each contact's account."""
    visits: dict[int, Kept] = field(default_factory=dict)
    deals: dict[int, Kept] = field(default_factory=dict)
    reminders: dict[int, Kept] = field(default_factory=dict)

    def sees(self, actor: int, row: Kept) -> bool:
        """Whether somebody may see a row: as themselves, or in the place of who is away."""
        me = self.people[actor]
        if not me.active:
            return False
        if me.role == Role.HQ:
            return True
        return any(self._theirs(person, row) for person in (actor, *self.stood_in_for(actor)))

    def _theirs(self, person: int, row: Kept) -> bool:
        """Whether a row is somebody's own, or in their hands as a manager."""
        if row.owner == person:
            return True
        member = self.people[person]
        return member.role == Role.MANAGER and self.is_below(row.unit, member.unit)

    def is_below(self, unit: int, top: int) -> bool:
        """Whether a unit is another one or below it."""
        at: int | None = unit
        while at is not None:
            if at == top:
                return True
            at = self.above[at]
        return False

    def stood_in_for(self, deputy: int) -> list[int]:
        """Who is away today, where they live, and left what they see to this deputy."""
        return [
            leave.person
            for leave in self.leaves
            if leave.deputy == deputy
            and self.people[leave.person].active
            and not self.people[leave.person].role > self.people[deputy].role
            and leave.starts <= self._today(leave.person) <= leave.ends
        ]

    def _today(self, person: int) -> date:
        return self.now.astimezone(ZoneInfo(self.people[person].zone)).date()

    def manages(self, actor: int, row: Kept) -> bool:
        """Whether a row is somebody's own to decide about; a deputy's it is not."""
        me = self.people[actor]
        return me.active and (me.role == Role.HQ or self._theirs(actor, row))

    def hands_over(self, actor: int, account: int, to: int) -> bool:
        """Give an account to somebody: both are in one's hands, and they are still there."""
        row, member = self.accounts[account], self.people[to]
        given = row.owner != to and self.manages(actor, row)
        return given and member.active and self.manages(actor, Kept(to, member.unit))

    def merges(self, actor: int, keep: int, fold: int) -> bool:
        """Make one account of two, which both are then the one owner's."""
        rows = [self.accounts[keep], self.accounts[fold]]
        if self.people[actor].role == Role.REP or not all(self.manages(actor, e) for e in rows):
            return False
        return rows[0].owner == rows[1].owner or self.hands_over(actor, fold, rows[0].owner)

    def erases(self, actor: int, contact: int) -> bool:
        """Erase a contact for good."""
        return self.manages(actor, self.accounts[self.contacts[contact]])

    def ends(self, actor: int, person: int) -> bool:
        """Say that somebody has left: HQ of anybody else, a manager of the reps they manage."""
        me, member = self.people[actor], self.people[person]
        if actor == person or not me.active:
            return False
        reps = me.role == Role.MANAGER and member.role == Role.REP
        return me.role == Role.HQ or (reps and self.is_below(member.unit, me.unit))

    def puts_off(self, actor: int, leave: Away) -> bool:
        """Change a leave: one's own, or of somebody below oneself, which a deputy is not."""
        me, member = self.people[actor], self.people[leave.person]
        if not me.active or leave.ends < self._today(leave.person):
            return False
        if actor == leave.person:
            return True
        if not member.active or me.role == Role.REP:
            return False
        if me.role == Role.HQ:
            return True
        above = self.is_below(member.unit, me.unit)
        beside = member.role == Role.MANAGER and member.unit == me.unit
        return above and not beside and member.role != Role.HQ

    def decides(self, actor: int, account: int, claimant: int) -> bool:
        """Decide a claim: one is above the account and both sides, and neither of these."""
        row = self.accounts[account]
        sides = (row.owner, claimant)
        if actor in sides or self.people[actor].role == Role.REP:
            return False
        if not all(self.people[each].active for each in sides):
            return False
        homes = [Kept(each, self.people[each].unit) for each in sides]
        return all(self.manages(actor, each) for each in (row, *homes))

    def opens(self, actor: int, account: int) -> bool:
        """See an account's card, log a visit at it, look it up to work with it, export it."""
        return self.sees(actor, self.accounts[account])

    def meets(self, actor: int, contact: int) -> bool:
        """See a contact."""
        return self.opens(actor, self.contacts[contact])

    def reads(self, actor: int, visit: int) -> bool:
        return self.sees(actor, self.visits[visit])

    def follows(self, actor: int, deal: int) -> bool:
        return self.sees(actor, self.deals[deal])

    def moves(self, actor: int, deal: int) -> bool:
        """Move a deal on: it is open, and they work with its account too."""
        row = self.deals[deal]
        return row.open and self.sees(actor, row) and self.opens(actor, row.account)

    def minds(self, actor: int, reminder: int) -> bool:
        return self.sees(actor, self.reminders[reminder])

    def looks_at(self, actor: int, person: int) -> bool:
        """Look at a person: oneself, who one stands in for, one's people."""
        return self.sees(actor, Kept(person, self.people[person].unit))

    def names(self, actor: int, _account: int) -> bool:
        """Know what an account is called and whose it is: everybody who is in."""
        return self.people[actor].active
