"""Answers about deals: which one, and how much."""

from collections.abc import Sequence
from decimal import Decimal

from bot.answers.newcomers import Newcomer
from bot.answers.plain import ENDS
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, label, minor_units, money, shortened
from services import accounts, deals
from services.deals import Money, NewDeal
from services.errors import GoneDeal
from services.names import LONGEST_NAME
from services.understanding.amounts import find_amounts, read_amount
from services.understanding.facts import Amount
from services.understanding.plain import plain
from storage.models import Deal

NEW = "+"
NAMED = 40
MOST = Decimal(10) ** 12
"""More than anybody sells for: a slip of the finger, or a phone number."""


def sum_of(amount: Amount, currency: str) -> Money | None:
    """What is kept of an amount; nothing where it can't be a sum of money."""
    currency = amount.currency or currency
    if not 0 <= amount.value <= MOST:
        return None
    return Money(minor_units(amount.value, currency), currency)


class AmountKind(Kind[Money]):
    """A sum of money; in the company's currency when none is said."""

    longest = 4

    async def read(self, text: str, asking: Asking) -> Money:
        amount = read_amount(plain(text.strip().strip(ENDS)), asking.scene)
        found = sum_of(amount, asking.currency) if amount else None
        if found is None:
            quoted = shortened(text, NAMED)
            raise InvalidAnswer(
                _("I can't read “{text}” as an amount. Try 50k, or 12,000.", text=quoted)
            )
        return found

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            said = plain(" ".join(words[:count]).strip(ENDS))
            for span in find_amounts(said, asking.scene):
                rest = said.text[: span.start] + said.text[span.end :]
                found = sum_of(span.amount, asking.currency)
                if found and not any(map(str.isalnum, rest)):
                    return Taken(self.dump(found), count)
        return None

    def dump(self, value: Money) -> str:
        return f"{value.minor} {value.currency}"

    async def load(self, stored: str, asking: Asking) -> Money:
        minor, currency = stored.split()
        return Money(int(minor), currency)

    async def show(self, stored: str, asking: Asking) -> str:
        said = await self.load(stored, asking)
        return money(said.minor, said.currency)

    async def spell(self, stored: str, asking: Asking) -> str:
        """The sum, after what the deal was worth before."""
        after, deal = await self.show(stored, asking), asking.answers.get("deal", "")
        if not deal.isdecimal():
            return after
        known = await deals.get(asking.work, asking.person, int(deal))
        before = money(known.amount, known.currency) if known.amount else after
        return after if before == after else _("{before} → {after}", before=before, after=after)


class DealKind(Kind[Deal | NewDeal]):
    """One of an account's open deals, or a new one.

    When a stage or an amount is said it is the only open deal, or a new one where there is none.
    """

    async def read(self, text: str, asking: Asking) -> Deal | NewDeal:
        name = " ".join(text.split())[:LONGEST_NAME]
        if not any(map(str.isalnum, name)):
            raise InvalidAnswer(_("I need a name here."), await self.likely(asking))
        found = deals.meant(await self._open(asking), name)
        if len(found) > 1:
            raise self._which(found, name)
        return found[0] if found else NewDeal(name)

    def dump(self, value: Deal | NewDeal) -> str:
        return str(value.id) if isinstance(value, Deal) else NEW + value.name

    async def load(self, stored: str, asking: Asking) -> Deal | NewDeal:
        if stored.startswith(NEW):
            return NewDeal(stored.removeprefix(NEW))
        deal = await deals.get(asking.work, asking.person, int(stored))
        if str(deal.account_id) != asking.answers.get("account"):
            raise GoneDeal
        return deal

    async def show(self, stored: str, asking: Asking) -> str:
        deal = await self.load(stored, asking)
        if isinstance(deal, NewDeal):
            return label("{deal} (new)", deal=deal.name)
        return deal.name

    async def likely(self, asking: Asking) -> Sequence[Option]:
        found = await self._open(asking)
        return self._which(found, await self._name(asking)).options

    async def implied(self, asking: Asking) -> str:
        if not any(asking.answers.get(each) for each in ("stage", "amount")):
            return ""
        product, found = asking.answers.get("product", ""), await self._open(asking)
        meant = deals.meant(found, product)
        if len(meant) == 1:
            return str(meant[0].id)
        name = await self._name(asking)
        if found:
            raise self._which(found, name)
        return NEW + name if name else ""

    async def _open(self, asking: Asking) -> Sequence[Deal]:
        account = asking.answers.get("account", "")
        if not account.isdecimal():
            return ()
        return await deals.open_of(asking.work, asking.person, int(account))

    async def _name(self, asking: Asking) -> str:
        """What a new deal is called: by what is sold, or to whom."""
        account = asking.answers.get("account", "")
        if product := asking.answers.get("product"):
            return product
        if new := Newcomer.load(account):
            return new.name
        if not account.isdecimal():
            return ""
        return (await accounts.get(asking.work, asking.person, int(account))).name

    def _which(self, found: Sequence[Deal], name: str) -> InvalidAnswer:
        options = [Option(_named(each), str(each.id)) for each in found]
        if name:
            new = label("New: {account}", account=shortened(name, NAMED))
            options.append(Option(new, NEW + name))
        return InvalidAnswer(_("Which deal is it?"), options)


def _named(deal: Deal) -> str:
    sold = shortened(deal.name, NAMED)
    return f"{sold} · {money(deal.amount, deal.currency)}" if deal.amount else sold
