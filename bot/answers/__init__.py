"""The kinds of answers that forms ask for: how each is read, kept, shown and offered."""

from bot.answers.contacts import ContactName
from bot.answers.names import AccountKind
from bot.answers.own import Language, QuietHours, Zone
from bot.answers.plain import AnyText, Number, OneOf, PersonName, PhoneNumber
from bot.answers.times import When

TEXT = AnyText()
NOTE = AnyText(multiline=True)
NUMBER = Number()
PERSON_NAME = PersonName()
PHONE = PhoneNumber()
WHEN = When()
ACCOUNT = AccountKind(may_create=False)
ACCOUNT_OR_NEW = AccountKind(may_create=True)
CONTACT = ContactName()
LANGUAGE = Language()
ZONE = Zone()
QUIET = QuietHours()

__all__ = [
    "ACCOUNT",
    "ACCOUNT_OR_NEW",
    "CONTACT",
    "LANGUAGE",
    "NOTE",
    "NUMBER",
    "PERSON_NAME",
    "PHONE",
    "QUIET",
    "TEXT",
    "WHEN",
    "ZONE",
    "OneOf",
    "When",
]
