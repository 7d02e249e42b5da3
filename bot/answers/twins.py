"""One of two accounts that are to be one: what is only alike is never taken for it."""

from collections.abc import Sequence

from bot.answers.names import AccountKind
from bot.answers.newcomers import cleaned
from bot.answers.plain import END
from bot.forms import Asking, InvalidAnswer, Taken
from services import accounts
from services.names import Match, fold
from storage.accounts import Sighting
from storage.models import Account


class TwinKind(AccountKind):
    """An account by its name, or with a slip of the finger; up to a comma all is its name."""

    def __init__(self) -> None:
        super().__init__(may_create=False)

    async def read(self, text: str, asking: Asking) -> Account:
        name = cleaned(text)
        match = await accounts.find(asking.work, asking.person, name, strict=True)
        return await self._resolve(name, match, asking)

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        ended = next((n for n, word in enumerate(words, 1) if word.endswith(END[:4])), 0)
        if not ended:
            return await super().take(words, asking)
        try:
            account = await self.read(" ".join(words[:ended]), asking)
        except InvalidAnswer as problem:
            return Taken("", ended, problem)
        return Taken(self.dump(account), ended)

    def _in_doubt(self, name: str, match: Match, near: Sequence[Sighting]) -> str:
        """A name with more in it than that of an account is another's, which nobody knows."""
        longer = all(each.key != fold(name) and each.key in fold(name) for each in match.accounts)
        return super()._in_doubt(
            name, Match((), certain=False) if longer else match, () if longer else near
        )


TWIN = TwinKind()
