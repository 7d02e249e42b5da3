"""Commands: a handler function plus everything the bot may say about it."""

import inspect
import pkgutil
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Generic, TypeVar

from rapidfuzz import fuzz, process

from bot.context import Context, Defaults, Instead, NotUnderstood, Understand
from bot.forms import Form, InvalidAnswer
from bot.messages import Call, Reply
from services.understanding.facts import Topic
from storage.models import Role

F = TypeVar("F", bound=Form)

SLASH = re.compile(r"[/／](?P<name>\w+)(?:\s+|$)(?P<rest>.*)", re.DOTALL)
NEAR = 72
SHORTEST = 3
"""A shorter word is near to too many others."""
BETWEEN = " \n\u3000:：,，"
GUIDED = "?"
"""The answer of a call that asks for everything that it does not bind."""
REVIEW = "!"
"""The answer of a call that shows what it would do before it does it: the review's own name."""
DOUBT = "?"
"""Before the name of a question: why its answer isn't certain, and what it may be."""


Response = Reply | Call | Sequence[Call]
"""What a handler says; or the call of another command that does it, or several, a card each."""
Handler = Callable[[Context, F], Awaitable[Response]]


@dataclass(frozen=True)
class Command(Generic[F]):
    """Something that can be said to the bot.

    ``aliases`` are other words for it, Chinese ones among them; ``examples`` work when pasted.
    ``takes`` names the attachments that run it when they come without a command.
    """

    name: str
    form: type[F]
    handler: Handler[F]
    allow: Role
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    takes: str = ""
    keeps: bool = False
    """Whether files that come while it asks its questions belong to it."""
    order: int = 0
    """Where it stands in help and menus, small first; 0 is listed nowhere."""
    answers: Topic | None = None
    """What questions in plain words it answers; its first question takes whom they are about."""

    @property
    def summary(self) -> str:
        """What it does, in English, for help and menus."""
        return inspect.getdoc(self.form) or ""

    @property
    def first(self) -> str:
        """The name of its first question."""
        return self.form.questions[0].name

    async def __call__(self, context: Context, form: F) -> Response:
        return await self.handler(context, form)

    def call(self, **answers: object) -> Call:
        """Bind this command for a button: ``undo.call(change=7)``; what is missing is asked.

        So is what is in doubt, where an InvalidAnswer says why.
        """
        bound: dict[str, str] = {}
        for name, value in answers.items():
            if isinstance(value, InvalidAnswer):
                bound[DOUBT + name] = value.dump()
            elif value is not None:
                bound[name] = self.form.question(name).kind.dump(value)
        return Call(self.name, bound)

    def ask(self, **answers: object) -> Call:
        """Like `call`, but everything that is not given is asked, also what may be skipped."""
        bound = self.call(**answers)
        return Call(bound.command, {**bound.answers, GUIDED: GUIDED})

    def review(self, **answers: object) -> Call:
        """Like `call`, but it is shown first, each answer with a button that changes it."""
        bound = self.call(**answers)
        return Call(bound.command, {**bound.answers, REVIEW: ""})


def command(
    name: str,
    *aliases: str,
    allow: Role,
    examples: Sequence[str] = (),
    takes: str = "",
    keeps: bool = False,
    order: int = 0,
    answers: Topic | None = None,
) -> Callable[[Handler[F]], Command[F]]:
    """Declare a command; nothing is registered until the bot collects it."""

    def declare(handler: Handler[F]) -> Command[F]:
        form = list(inspect.signature(handler, eval_str=True).parameters.values())[1].annotation
        return Command(
            name, form, handler, allow, aliases, tuple(examples), takes, keeps, order, answers
        )

    return declare


@dataclass(frozen=True)
class Book:
    """Every command, by each of its words."""

    by_word: Mapping[str, Command[Any]]

    @property
    def commands(self) -> list[Command[Any]]:
        """Each command once."""
        return list({command.name: command for command in self.by_word.values()}.values())

    def allowed(self, role: int) -> list[Command[Any]]:
        """The commands that are listed for a role, in their order."""
        listed = (c for c in self.commands if c.order and c.allow <= role)
        return sorted(listed, key=lambda command: command.order)

    def taking(self, attachment: str) -> Command[Any] | None:
        """The command that an attachment without one runs, or ``text`` in plain words."""
        return next((c for c in self.commands if c.takes == attachment), None)

    def answering(self, topic: Topic) -> Command[Any] | None:
        """The command that answers questions about something."""
        return next((c for c in self.commands if c.answers == topic), None)

    def opens_form(self, text: str) -> bool:
        """Whether a message is a command alone that has to ask something."""
        found = self.find(text)
        if found is None or found[1] or found[0].allow == Role.GUEST:
            return False
        return any(question.required for question in found[0].form.questions)

    def find(self, text: str) -> tuple[Command[Any], str] | None:
        """The command that a message begins with, and the rest of it.

        ``/visit Acme``; a Chinese word with or without the slash and the space; or any command's
        word as the whole message.
        """
        text = text.strip()
        slashed = SLASH.fullmatch(text)
        if slashed and (found := self.by_word.get(slashed["name"].lower())):
            return found, slashed["rest"].strip()
        bare = text.lstrip("/／").lower()
        for whole in (bare, bare.rstrip("!.?。！？")):
            if found := self.by_word.get(whole):
                return found, ""
        return self._chinese(text.lstrip("/／"))

    def _chinese(self, text: str) -> tuple[Command[Any], str] | None:
        """A Chinese word needs no space after it, where something can follow it at all."""
        for word in sorted(self.by_word, key=len, reverse=True):
            command, rest = self.by_word[word], text.removeprefix(word)
            glued = rest[:1] not in BETWEEN
            if word.isascii() or rest == text or rest.startswith(("了", "过", "完")):
                continue
            takes_words = any(question.loose for question in command.form.questions)
            if takes_words and not (glued and command.allow == Role.GUEST):
                return command, rest.lstrip(BETWEEN).strip()
        return None

    def suggest(self, text: str, role: int) -> Command[Any] | None:
        """The command that a mistyped one may mean, among those that a role has."""
        typed = "".join(text.strip().split(maxsplit=1)[:1]).lower().lstrip("/／")
        allowed = {
            word: command
            for word, command in self.by_word.items()
            if command.allow <= role and command.order and len(word) >= SHORTEST
        }
        near = process.extractOne(typed, allowed.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        return allowed[near[0]] if near else None


def collect(package: ModuleType) -> Book:
    """Find every command in a package; two with one word are a mistake."""
    found: dict[str, Command[Any]] = {}
    for module in modules(package):
        for item in vars(module).values():
            if isinstance(item, Command):
                for word in (item.name, *item.aliases):
                    if found.setdefault(word, item) is not item:
                        raise ValueError(f"two commands are called {word!r}")
    return Book(found)


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Import every module of a package."""
    for info in pkgutil.iter_modules(package.__path__):
        yield import_module(f"{package.__name__}.{info.name}")


__all__ = [
    "Book",
    "Command",
    "Context",
    "Defaults",
    "Instead",
    "NotUnderstood",
    "Response",
    "Role",
    "Understand",
    "collect",
    "command",
]
