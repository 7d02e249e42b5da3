"""What may be asked about an answer that is new, before the form that it belongs to is saved."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Generic, TypeVar

from bot.forms import Asking, Form

F = TypeVar("F", bound=Form)


class Details(ABC, Generic[F]):
    """A form about a new answer; its first question says what the new one is called.

    Nothing is made of it until the answer is used: it only becomes another stored answer.
    """

    form: type[F]
    title: str
    """Above the form; a phrase."""

    @abstractmethod
    def begun(self, stored: str) -> Mapping[str, str]:
        """The stored answers to its questions that a new answer tells already."""

    @abstractmethod
    async def dump(self, form: F, asking: Asking) -> str:
        """The new answer with these details, as it is stored.

        InvalidAnswer when it is something that is there already.
        """

    @abstractmethod
    async def doubt(self, stored: str, asking: Asking) -> str:
        """What a new answer may turn out to be, in words; nothing when it is surely new."""
