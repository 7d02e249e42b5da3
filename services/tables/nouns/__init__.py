"""Every noun that can be taken in, in the order in which they build on one another."""

from services.tables.noun import Column, Kind, Noun
from services.tables.nouns.accounts import ACCOUNTS
from services.tables.nouns.contacts import CONTACTS
from services.tables.nouns.deals import DEALS
from services.tables.nouns.groups import GROUPS
from services.tables.nouns.leaves import LEAVES
from services.tables.nouns.people import PEOPLE
from services.tables.nouns.reminders import REMINDERS
from services.tables.nouns.units import UNITS
from services.tables.nouns.visits import VISITS

NOUNS = {
    noun.name: noun
    for noun in (
        UNITS,
        GROUPS,
        PEOPLE,
        ACCOUNTS,
        CONTACTS,
        DEALS,
        VISITS,
        REMINDERS,
        LEAVES,
    )
}
"""By their names."""

__all__ = ["NOUNS", "Column", "Kind", "Noun"]
