"""Refusals: what a service may politely decline to do."""

from datetime import date


class Refusal(Exception):
    """Base of every error that is meant for the person who asked.

    The subclass's docstring is its message, in English; ``details`` fill its braces.
    """

    def __init__(self, **details: str | int | date) -> None:
        super().__init__(type(self).__name__)
        self.details = details

    @property
    def message(self) -> str:
        """The words to translate and fill in."""
        return " ".join((type(self).__doc__ or "").split())


class NotAllowed(Refusal):
    """That is for {role}. If you need it, ask your manager."""


class UnknownPerson(Refusal):
    """We haven't met yet. Ask whoever runs me in your company for an invitation."""


class FutureVisit(Refusal):
    """That's still ahead: {at}. Log it once it has happened."""


class OldVisit(Refusal):
    """That's more than a year ago: {at}. Check the date and give it once more."""


class AccountOfAnother(Refusal):
    """*{account}* belongs to {owner}. Talk to them first, or ask your manager to assign it."""


class GoneAccount(Refusal):
    """That account is gone, or isn't yours to see."""


class GoneDeal(Refusal):
    """That deal is gone, closed, or isn't yours to see."""


class SeveralDeals(Refusal):
    """*{account}* has several open deals. Say which one you mean."""


class GoneReminder(Refusal):
    """That reminder is gone, or isn't yours."""


class PastReminder(Refusal):
    """That's past already: {at}. A reminder needs a time still to come."""


class NothingToUndo(Refusal):
    """Nothing to undo: you changed nothing in the last 24 hours."""


class AlreadyUndone(Refusal):
    """That was undone already, {at}."""


class TooLateToUndo(Refusal):
    """That was {at}. What is older than 24 hours can't be undone."""


class ImportTooOld(TooLateToUndo):
    """That was {at}. What was taken in more than 30 days ago can't be undone."""


class ChangedSince(Refusal):
    """That can't be undone any more: it was changed since, or something was added to it."""


class NotYoursToUndo(Refusal):
    """That isn't yours to undo any more. If it is wrong, ask your manager."""


class CannotBringBack(ChangedSince):
    """That can't be brought back any more: something was changed since."""


class TakesNoWords(Refusal):
    """/{command} takes no words after it, so I did nothing. Send it alone."""


class BadInvite(Refusal):
    """This invitation isn't valid. Ask the person who sent it for a new one."""


class InviteInGroup(Refusal):
    """An invitation is for you alone. Open it in a private chat with me, not in a group."""


class ExpiredInvite(Refusal):
    """This invitation has expired. Ask the person who sent it for a new one."""


class UsedInvite(Refusal):
    """This invitation was used already. Ask the person who sent it for a new one."""


class NoVisitToday(Refusal):
    """There's no visit from today to keep it with. Log one first with /visit."""


class GonePerson(Refusal):
    """That person has left, or isn't in your unit."""


class GoneUnit(Refusal):
    """That unit is gone, or isn't yours to see."""


class GoneGroup(Refusal):
    """That group is gone."""


class WrongTaxNumber(Refusal):
    """That isn't a tax number. It has 18 digits and letters; check them against the licence."""


class SameTaxNumber(Refusal):
    """*{account}* has that tax number already, and belongs to {owner}."""


class OwnAlready(Refusal):
    """*{account}* is yours already."""


class ClaimWithin(Refusal):
    """*{account}* is in your own hands. Give it to whom you like with /assign."""


class ClaimedAlready(Refusal):
    """You've claimed *{account}* already. It's with {decider}."""


class OwnerLeft(Refusal):
    """*{account}* is still with {owner}, who has left. Ask your manager to assign it to you."""


class NobodyDecides(Refusal):
    """There's nobody above you both who could decide that. Ask HQ to assign *{account}*."""


class GoneClaim(Refusal):
    """That claim is gone, or isn't yours to decide."""


class ClaimDecided(Refusal):
    """That was decided already, {at}."""


class ClaimWithdrawn(Refusal):
    """That claim was taken back."""


class ClaimMoved(Refusal):
    """*{account}* belongs to {owner} by now, so that claim is closed."""


class SameAccount(Refusal):
    """That's one and the same account. Name two."""


class CannotMerge(Refusal):
    """You can merge only accounts of your own people, and one of these isn't."""


class NothingToUnmerge(Refusal):
    """Nothing was merged into *{account}* in the last 30 days."""


class NotYoursToAssign(Refusal):
    """*{account}* isn't in your unit, so it isn't yours to hand over. Ask {owner}'s manager."""


class NotYoursToReceive(Refusal):
    """{name} isn't in your unit. Ask HQ to hand it over."""


class OwnsAlready(Refusal):
    """*{account}* is {owner}'s already."""


class HandedOnMeanwhile(Refusal):
    """*{account}* was handed over meanwhile: it is {owner}'s now. Have a fresh look first."""


class NothingToHandOver(Refusal):
    """{name} has no accounts and no open deals that you could hand over."""


class SamePerson(Refusal):
    """Those are {name}'s already. Name somebody else."""


class LeaveOver(Refusal):
    """Those days are over: {until}. Give days that are still to come."""


class LeaveTooLong(Refusal):
    """That's more than a year. Check the days and give them once more."""


class LeaveTooFar(Refusal):
    """That's more than five years ahead. Check the days and give them once more."""


class LeaveBackwards(Refusal):
    """That ends before it begins. Check the days and give them once more."""


class AwayAlready(Refusal):
    """{name} is away then already, {since} to {until}. Change that in /leave first."""


class OwnAwayAlready(AwayAlready):
    """You're away then already: {since} to {until}. Change that in /leave first."""


class DeputyIsOneself(Refusal):
    """Nobody stands in for themselves. Name a colleague, or nobody."""


class DeputyTooLow(Refusal):
    """Only {role} can stand in for {name}. Name somebody else, or nobody."""


class GoneLeave(Refusal):
    """That leave is over, was cancelled, or isn't yours. All that there are: send /leave."""


class LeaveBegun(Refusal):
    """That leave has begun already. It can end today, but it did happen."""


class PlaceKnown(Refusal):
    """I know already where *{account}* is."""


class NotYours(Refusal):
    """{name} is for HQ to change. You look after the reps of your unit and of those below it."""


class NotYourUnit(Refusal):
    """*{unit}* isn't yours. Pick your own unit or one below it, or ask HQ."""


class OwnRole(Refusal):
    """That's about yourself, so somebody else at HQ has to do it."""


class LastHQ(Refusal):
    """{name} is the last one at HQ. Give somebody else that role first."""


class ClosedUnit(Refusal):
    """*{unit}* is closed. Pick another unit, or reopen it first in /org."""


class CompanyItself(Refusal):
    """That is the company itself: it can be renamed, but not moved or closed."""


class UnitBelowItself(Refusal):
    """*{unit}* can't go below itself. Pick a unit outside it."""


class UnitNameTaken(Refusal):
    """There's a unit called *{name}* there already. Pick another name."""


class UnitInUse(Refusal):
    """*{unit}* isn't empty: people {people}, accounts {accounts}, units {units}. Move them on."""


class GroupNameTaken(Refusal):
    """There's a group called *{name}* already. Pick another name."""


class GroupInUse(Refusal):
    """*{group}* isn't empty yet. People in it: {count}. Take them out first, then remove it."""


class GoneInvite(Refusal):
    """That invitation is over: it was used, taken back, or has expired."""


class GoneContact(Refusal):
    """That contact is gone, or isn't yours to see."""


class NotYoursToErase(Refusal):
    """*{account}* is {owner}'s. They, their managers and HQ can erase who is known there."""


class ErasedAlready(Refusal):
    """That was erased already, {at}. There is nothing left of it."""


class HandOverFirst(Refusal):
    """{name} still has customers: {count}. Hand them over with /assign, then erase."""


class ConnectedAlready(Refusal):
    """{name} is connected already. If that account is lost, HQ can invite them again."""


class HereBefore(Refusal):
    """You were in the company before, so HQ has to bring you back. Ask them for an invitation."""


class GoneImport(Refusal):
    """That table was put aside, or taken in already. Send the file again to start anew."""


class TooManyFiles(Refusal):
    """That's enough for one day: {files} files, or {megabytes} MB of tables. Go on tomorrow."""


class KeptLonger(Refusal):
    """That's too short. Keep it for {days} days at least."""


class KeptForever(Refusal):
    """That can't be kept for ever: nobody needs it so long. Give a number of days."""


class AskedAlready(Refusal):
    """You asked for that already, {at}. HQ has it."""


class NobodyToAsk(Refusal):
    """There's nobody else at HQ who could do that. Let somebody in as HQ first."""


class GoneChange(Refusal):
    """There's no change of that number in the journal."""
