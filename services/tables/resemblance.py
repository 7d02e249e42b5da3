"""Which known account a new one may be: by its name without the legal form, or by a number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.names import fold, without_legal_form
from services.tables.directory import Directory
from services.tables.shape import Fields
from storage.duplicates import SHORTEST_PHONE
from storage.tables import Tables

TAXED, CALLED, REACHED = 98, 96, 90
"""How like two accounts are that have a tax number, a name but for its legal form, or a phone."""


@dataclass
class Resemblance:
    """The accounts that have what some rows have, of everybody's."""

    directory: Directory
    taxed: dict[str, set[int]] = field(default_factory=dict)
    called: dict[str, set[int]] = field(default_factory=dict)
    reached: dict[str, set[int]] = field(default_factory=dict)

    def of(self, fields: Fields) -> tuple[int, int] | None:
        """The account that a new one may be, one's own first, and how like it is."""
        marks = (
            (self.taxed, fields.get("tax_number"), TAXED),
            (self.called, bare(fields["name"]), CALLED),
            (self.reached, fields.get("phone_digits"), REACHED),
        )
        for known, text, likeness in marks:
            found = [each for each in known.get(text or "", ()) if self._may(each, fields)]
            if found:
                return min(found, key=self._rank), likeness
        return None

    def _may(self, account_id: int, fields: Fields) -> bool:
        """Two numbers of the company's own are two customers."""
        code = self.directory.accounts[account_id].code
        return not (code and fields.get("code") and code != fields["code"])

    def _rank(self, account_id: int) -> tuple[bool, bool, int]:
        seen = self.directory.accounts[account_id]
        return seen.owner_id != self.directory.asker.id, not seen.open, account_id


def bare(name: str) -> str:
    """A name as it is compared, without what only says the legal form."""
    before, stripped = "", name
    while stripped != before:  # 集团有限公司, Co., Ltd.
        before, stripped = stripped, without_legal_form(stripped)
    return fold(stripped)


async def resemblances(
    tables: Tables, directory: Directory, rows: Sequence[Fields]
) -> Resemblance:
    """Look up what some rows have in common with accounts; nothing once they are planned."""
    found = Resemblance(directory)
    if directory.refused is None:
        return found
    taxes = {str(row["tax_number"]) for row in rows if row.get("tax_number")}
    phones = {str(row.get("phone_digits") or "") for row in rows}
    phones = {digits for digits in phones if len(digits) >= SHORTEST_PHONE}
    found.taxed = await _having(tables, directory, "tax_number", taxes)
    found.reached = await _having(tables, directory, "phone_digits", phones)
    found.called = await _called(tables, directory, {bare(row["name"]) for row in rows} - {""})
    return found


async def _having(
    tables: Tables, directory: Directory, column: str, values: Iterable[str]
) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row in await tables.having(column, set(values)):
        found[row[0]].add(directory.sight(row[1:]).id)
    return found


async def _called(tables: Tables, directory: Directory, keys: set[str]) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for key, sound, account_id in await tables.named(keys):
        if not sound:  # two that only sound the same are two
            found[key].add(account_id)
    ids = {each for several in found.values() for each in several}
    await directory.see(ids - directory.accounts.keys())
    return found
