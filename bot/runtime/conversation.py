"""Conversation: finding the command that was meant, and asking for what it still needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from bot.commands import GUIDED, Command, Context, Role
from bot.forms import Asking, InvalidAnswer, Question
from bot.markdown import Markdown, join
from bot.messages import Button, Buttons, Call, Reply, Sheet, reply
from bot.phrases import _, counted, label, shortened
from bot.runtime import drafts, sheets
from bot.runtime.lines import read_line
from bot.runtime.turn import Turn
from services.access import require
from services.errors import TakesNoWords, UnknownPerson
from storage.calls import draft_of, drop_draft, store_draft
from storage.models import Draft

CANCEL = "cancel"
KNOWN = 60
"""How much of an answer the next question's card repeats."""


def dropped(command: str) -> Markdown:
    """What someone is told who leaves a form half filled in."""
    return _("I dropped the /{command} you had begun. Nothing of it was saved.", command=command)


@dataclass(frozen=True)
class Talk:
    """One person's conversation in one place, for one turn."""

    turn: Turn
    context: Context

    @property
    def _chat(self) -> str:
        return self.context.place.key

    def _asking(self, answers: Mapping[str, str]) -> Asking:
        return replace(self.context.asking, answers=answers)

    async def draft(self) -> Draft | None:
        """The form being filled in here."""
        if self.context.visitor is None:
            return None
        found = await draft_of(self.turn.session, self.context.person.id, self._chat)
        return found if found and found.command in self.context.book.by_word else None

    async def leave(self) -> None:
        """Give up the form being filled in."""
        await drop_draft(self.turn.session, self.context.person.id, self._chat)

    async def run(
        self,
        command: Command[Any],
        line: str = "",
        answers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Run a command with what is known, or ask for the first thing it still needs."""
        if self.context.visitor is None and command.allow > Role.GUEST:
            raise UnknownPerson
        require(self.context.visitor, command.allow)
        answers = dict(answers or {})
        if not command.form.questions:
            return await self._do(command, command.form(), answers)
        if self.context.visitor is None:
            return await self._run_guest(command, line)
        guided = bool(answers.pop(GUIDED, "")) or not (line or answers)
        problem = None
        if line:
            read = await read_line(command.form, line, self._asking(answers))
            if read.left and not any(question.loose for question in command.form.questions):
                raise TakesNoWords(command=command.name)
            answers, problem = drafts.joined(command.form, answers, read.answers), read.problem
            answers = drafts.with_open(answers, [each for each, _why in read.problems[1:]])
        if guided and self._shows_whole(command):
            return await sheets.sheet(command, answers, {}, self._asking(answers))
        return await self._advance(command, answers, guided=guided, problem=problem)

    def _shows_whole(self, command: Command[Any]) -> bool:
        """Whether this platform shows forms whole, and this one asks anything at all."""
        asks = any(question.required for question in command.form.questions)
        return asks and Sheet in self.turn.adapter.renders

    async def _run_guest(self, command: Command[Any], line: str) -> Reply:
        """A guest answers in one line: there is nobody yet to keep a draft for."""
        question = command.form.questions[0]
        form = command.form(**({question.name: line} if line else {}))
        return await self._do(command, form, {})

    async def _do(self, command: Command[Any], form: Any, answers: Mapping[str, str]) -> Reply:
        self.turn.work.author.command = command.name
        context = replace(self.context, kept=drafts.files(answers))
        return await command(context, form)

    async def _advance(
        self,
        command: Command[Any],
        answers: Mapping[str, str],
        *,
        guided: bool,
        step: int = 0,
        problem: tuple[Question, InvalidAnswer] | None = None,
    ) -> Reply:
        if command.keeps and self.context.message:
            answers = drafts.with_files(answers, self.context.message.files)
        if drafts.is_kept(answers):
            answers, gone = await drafts.still_there(command.form, answers, self._asking({}))
            problem = gone or problem
        needed = command.form.missing(answers, guided=guided)
        question = next(chain(needed, drafts.still_open(command.form, answers)), None)
        if problem is None and (question is None or not self._must_ask(command, answers, guided)):
            form = await command.form.fill(answers, self._asking(answers))
            if drafts.is_kept(answers):
                await self.leave()
            return await self._do(command, form, answers)
        asked, error = problem or (question, None)
        assert asked is not None  # noqa: S101 - either there is a problem or a question
        draft = Draft(
            person_id=self.context.person.id,
            chat=self._chat,
            command=command.name,
            answers=drafts.named(answers, self.turn.runtime.new_token),
            asking=asked.name,
            guided=guided,
            step=step + 1,
            updated_at=self.turn.now,
        )
        left = None if drafts.is_kept(answers) else await self.draft()
        words = dropped(left.command) if left else None
        await store_draft(self.turn.session, draft)
        card = await self._question(command, draft, asked, error)
        return replace(card, blocks=reply(words).blocks + card.blocks)

    @staticmethod
    def _must_ask(command: Command[Any], answers: Mapping[str, str], guided: bool) -> bool:
        """Commands with only optional questions run bare: ``/undo`` asks nothing."""
        questions = command.form.questions
        begun = any(question.name in answers for question in questions)
        return any(question.required for question in questions) or (begun and guided)

    async def _question(
        self, command: Command[Any], draft: Draft, question: Question, error: InvalidAnswer | None
    ) -> Reply:
        """The card that asks: what is known so far, the question, and its likely answers."""
        asking = self._asking(draft.answers)
        kind = question.kind
        offered = (error.options if error else ()) or kind.options() or await kind.likely(asking)
        options = [Button(o.label, drafts.choice(draft, question, o)) for o in offered]
        lines = [error.message] if error else await self._prompt(question, asking)
        return reply(
            *await self._known(command, draft.answers),
            *lines,
            Buttons(tuple(options)) if options else None,
            Buttons(tuple(self._controls(command, draft, question))),
        )

    async def _prompt(self, question: Question, asking: Asking) -> list[str]:
        prompt = Markdown(f"*{_(question.prompt)}*")
        if advice := await question.kind.advice(asking):
            return [prompt, advice]
        if question.hint:
            return [prompt, _("For example: {hint}", hint=_(question.hint))]
        return [prompt]

    def _controls(self, command: Command[Any], draft: Draft, question: Question) -> list[Button]:
        controls = []
        if not question.required:
            controls.append(Button(label("Skip"), drafts.answer(draft, question, "")))
            if not any(command.form.missing(draft.answers)):
                finish = drafts.answer(draft, question, None)
                controls.append(Button(label("Save now"), finish, primary=True))
        controls.append(Button(label("Cancel"), Call(CANCEL, {"draft": drafts.name(draft)})))
        return controls

    async def _known(self, command: Command[Any], answers: Mapping[str, str]) -> list[str]:
        """What was answered so far, on one line, and how many files came with it."""
        asking = self._asking(answers)
        said = [
            shortened(await q.kind.show(stored, asking), KNOWN)
            for q in command.form.questions
            if (stored := answers.get(q.name))
        ]
        if files := len(drafts.files(answers)):
            said.append(counted("{count} file", "{count} files", files))
        return [Markdown(f"✎ {join(' · ', said)}\n")] if said else []

    async def understands(self, draft: Draft, text: str) -> bool:
        """Whether a text answers the question being asked, as opposed to being a command."""
        command = self.context.book.by_word[draft.command]
        question = command.form.question(draft.asking)
        try:
            await question.kind.read(text, self._asking(draft.answers))
        except InvalidAnswer:
            return False
        return True

    async def answer(self, draft: Draft, text: str) -> Reply:
        """Take a typed answer to the question being asked; none when only files came."""
        command = self.context.book.by_word[draft.command]
        require(self.context.visitor, command.allow)
        question = command.form.question(draft.asking)
        if not text:
            return await self._again(command, draft, None)
        try:
            value = await question.kind.read(text, self._asking(draft.answers))
        except InvalidAnswer as error:
            return await self._several(command, draft, text, (question, error))
        return await self._given(command, draft, question, question.kind.dump(value))

    async def _several(
        self,
        command: Command[Any],
        draft: Draft,
        text: str,
        problem: tuple[Question, InvalidAnswer],
    ) -> Reply:
        """Take a line that answers the question being asked and later ones, or ask again."""
        question = problem[0]
        asking = self._asking({**draft.answers, question.name: ""})
        read = await read_line(command.form, text, asking, start=question)
        more = {*read.answers} - {question.name, drafts.note(command.form)}
        clearer = [p for q, p in read.problems if q is question and len(p.options) > 1]
        if question.name not in read.done or not (
            question.name in read.answers or more or clearer
        ):
            return await self._again(command, draft, problem)
        answers = drafts.joined(command.form, draft.answers, read.answers)
        answers = drafts.with_open(answers, [each for each, _why in read.problems[1:]])
        return await self._advance(
            command, answers, guided=draft.guided, step=draft.step, problem=read.problem
        )

    async def greeted(self, draft: Draft) -> Reply:
        """Return a greeting, and ask once more what was asked."""
        hello = _("Hello, {name}. Where we were:", name=self.context.person.name)
        command = self.context.book.by_word[draft.command]
        require(self.context.visitor, command.allow)
        card = await self._again(command, draft, None)
        return replace(card, blocks=reply(hello).blocks + card.blocks)

    async def _again(
        self, command: Command[Any], draft: Draft, problem: tuple[Question, InvalidAnswer] | None
    ) -> Reply:
        """Ask the same once more; the buttons of the card before stay good."""
        return await self._advance(
            command, draft.answers, guided=draft.guided, step=draft.step - 1, problem=problem
        )

    async def _given(
        self, command: Command[Any], draft: Draft, question: Question, stored: str
    ) -> Reply:
        answers = {**draft.answers, question.name: stored}
        return await self._advance(command, answers, guided=draft.guided, step=draft.step)

    async def chosen(self, call: Call) -> Reply:
        """Take an answer given by a button of a question's card."""
        draft = await self.draft()
        if draft is None or not drafts.asks(draft, call):
            return reply(_("That question is closed already."))
        command = self.context.book.by_word[draft.command]
        require(self.context.visitor, command.allow)
        question = command.form.question(draft.asking)
        if (value := call.answers.get("value")) is not None:
            if value:
                value = await question.kind.settle(value, self._asking(draft.answers))
            draft.answers = drafts.without_covered(command.form, draft.answers, call)
            answer = await self._given(command, draft, question, value)
        else:
            answer = await self._advance(command, draft.answers, guided=False, step=draft.step)
        return replace(answer, edit=True)

    async def submitted(self, call: Call, typed: Mapping[str, str]) -> Reply:
        """Take a form that was shown whole."""
        command = self.context.book.by_word[call.answers["command"]]
        require(self.context.visitor, command.allow)
        answers, errors = await sheets.read_all(command, typed, self._asking({}))
        unclear = [name for name, error in errors.items() if error.options]
        if unclear and len(errors) == 1:
            question = command.form.question(unclear[0])
            problem = (question, errors[unclear[0]])
            answer = await self._advance(command, answers, guided=False, problem=problem)
        elif errors:
            answer = await sheets.sheet(command, answers, errors, self._asking(answers), typed)
        else:
            answer = await self._advance(command, answers, guided=False)
        return replace(answer, edit=True)
