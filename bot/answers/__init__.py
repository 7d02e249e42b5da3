"""The kinds of answers that forms ask for: how each is read, kept, shown and offered."""

from bot.answers.contacts import ContactNames
from bot.answers.deals import AmountKind, DealKind
from bot.answers.handing import Away, Deputy, Goods, Recipient
from bot.answers.moments import Days, Due, Happened
from bot.answers.names import AccountKind
from bot.answers.own import Language, OnOff, QuietHours, Zone
from bot.answers.people import GroupKind, NewName, PersonKind, Title, UnitKind
from bot.answers.plain import AnyText, Number, OneOf, PersonName, PhoneNumber
from bot.answers.repeats import Repeats
from bot.answers.sealed import PointKind, SightedKind
from bot.answers.spans import DaySpan
from bot.answers.times import When

TEXT = AnyText()
NOTE = AnyText(multiline=True)
NUMBER = Number()
PERSON_NAME = PersonName()
PHONE = PhoneNumber()
WHEN = When()
ACCOUNT = AccountKind(may_create=False)
ACCOUNT_OR_NEW = AccountKind(may_create=True)
CONTACTS = ContactNames()
HAPPENED = Happened()
DUE = Due()
DAYS = Days()
REPEATS = Repeats()
AMOUNT = AmountKind()
DEAL = DealKind()
ON_OFF = OnOff()
LANGUAGE = Language()
ZONE = Zone()
QUIET = QuietHours()
PERSON = PersonKind()
COLLEAGUE = PersonKind(anybody=True)
AWAY = Away()
DEPUTY = Deputy()
GOODS = Goods()
RECIPIENT = Recipient()
DAYS_OFF = DaySpan()
SIGHTED = SightedKind()
POINT = PointKind()
UNIT = UnitKind()
TITLE = Title()
NEW_NAME = NewName()
GROUP = GroupKind()

__all__ = [
    "ACCOUNT",
    "ACCOUNT_OR_NEW",
    "AMOUNT",
    "AWAY",
    "COLLEAGUE",
    "CONTACTS",
    "DAYS",
    "DAYS_OFF",
    "DEAL",
    "DEPUTY",
    "DUE",
    "GOODS",
    "GROUP",
    "HAPPENED",
    "LANGUAGE",
    "NEW_NAME",
    "NOTE",
    "NUMBER",
    "ON_OFF",
    "PERSON",
    "PERSON_NAME",
    "PHONE",
    "POINT",
    "QUIET",
    "RECIPIENT",
    "REPEATS",
    "SIGHTED",
    "TEXT",
    "TITLE",
    "UNIT",
    "WHEN",
    "ZONE",
    "OneOf",
    "When",
]
