"""Conversation: finding the command that was meant, and asking for what it still needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.commands import Command, Context
from bot.forms import Asking, InvalidAnswer, Question
from bot.messages import Button, Call, Input, Reply, Sheet, reply
from bot.phrases import _, label, marked
from bot.runtime.lines import read_line
from bot.runtime.turn import Turn
from services.access import require
from storage.calls import draft_of, drop_draft, store_draft
from storage.models import Draft

ANSWER = "answer"
SUBMIT = "submit"
LEFT = marked("I've put your unfinished “{command}” aside.")


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
        return await draft_of(self.turn.session, self.context.person.id, self._chat)

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
        require(self.context.visitor, command.allow)
        answers = dict(answers or {})
        if not command.form.questions:
            return await command(self.context, command.form())
        if self.context.visitor is None:
            return await self._run_guest(command, line)
        guided = not line and not answers
        problem = None
        if line:
            read = await read_line(command.form, line, self._asking(answers))
            answers, problem = answers | read.answers, read.problem
        if (
            guided
            and Sheet in self.turn.adapter.renders
            and any(True for _each in command.form.missing(answers))
        ):
            return await self._sheet(command, answers, {})
        return await self._advance(command, answers, guided=guided, problem=problem)

    async def _run_guest(self, command: Command[Any], line: str) -> Reply:
        """A guest answers in one line: there is nobody yet to keep a draft for."""
        question = command.form.questions[0]
        return await command(self.context, command.form(**({question.name: line} if line else {})))

    async def _advance(
        self,
        command: Command[Any],
        answers: Mapping[str, str],
        *,
        guided: bool,
        step: int = 0,
        problem: tuple[Question, InvalidAnswer] | None = None,
    ) -> Reply:
        question = next(command.form.missing(answers, guided=guided), None)
        if problem is None and (question is None or not self._must_ask(command, answers, guided)):
            form = await command.form.fill(answers, self._asking(answers))
            if step:
                await self.leave()
            return await command(self.context, form)
        asked, error = problem or (question, None)
        assert asked is not None  # noqa: S101 - either there is a problem or a question
        draft = Draft(
            person_id=self.context.person.id,
            chat=self._chat,
            command=command.name,
            answers=dict(answers),
            asking=asked.name,
            guided=guided,
            step=step + 1,
            updated_at=self.turn.now,
        )
        await store_draft(self.turn.session, draft)
        return await self._question(command, draft, asked, error)

    @staticmethod
    def _must_ask(command: Command[Any], answers: Mapping[str, str], guided: bool) -> bool:
        """Commands with only optional questions run bare: ``/undo`` asks nothing."""
        return any(q.required for q in command.form.questions) or bool(answers) and guided

    async def _question(
        self, command: Command[Any], draft: Draft, question: Question, error: InvalidAnswer | None
    ) -> Reply:
        """The card that asks: what is known so far, the question, and its likely answers."""
        asking = self._asking(draft.answers)
        kind = question.kind
        offered = (error.options if error else ()) or kind.options() or await kind.likely(asking)
        buttons = [
            Button(option.label, self._answer(draft, question, option.value)) for option in offered
        ]
        hint = _("For example: {hint}", hint=_(question.hint)) if question.hint else None
        return reply(
            *await self._known(command, draft.answers),
            error.message if error else _("*{prompt}*", prompt=_(question.prompt)),
            hint if not error else None,
            *buttons,
            *self._controls(command, draft, question),
        )

    def _controls(self, command: Command[Any], draft: Draft, question: Question) -> list[Button]:
        controls = []
        if not question.required:
            controls.append(Button(label("Skip"), self._answer(draft, question, "")))
            if not any(command.form.missing(draft.answers)):
                finish = self._answer(draft, question, None)
                controls.append(Button(label("Save now"), finish, primary=True))
        controls.append(Button(label("Cancel"), Call("cancel")))
        return controls

    @staticmethod
    def _answer(draft: Draft, question: Question, value: str | None) -> Call:
        answer = {"question": question.name, "step": str(draft.step)}
        return Call(ANSWER, answer if value is None else answer | {"value": value})

    async def _known(self, command: Command[Any], answers: Mapping[str, str]) -> list[str]:
        asking = self._asking(answers)
        return [
            _("{label}: *{value}*", label=_(q.label), value=await q.kind.show(stored, asking))
            for q in command.form.questions
            if (stored := answers.get(q.name))
        ]

    async def answer(self, draft: Draft, text: str) -> Reply:
        """Take a typed answer to the question being asked."""
        command = self.context.book.by_word[draft.command]
        question = command.form.question(draft.asking)
        try:
            value = await question.kind.read(text, self._asking(draft.answers))
        except InvalidAnswer as error:
            return await self._again(command, draft, (question, error))
        return await self._given(command, draft, question, question.kind.dump(value))

    async def _again(
        self, command: Command[Any], draft: Draft, problem: tuple[Question, InvalidAnswer]
    ) -> Reply:
        return await self._advance(
            command, draft.answers, guided=draft.guided, step=draft.step, problem=problem
        )

    async def _given(
        self, command: Command[Any], draft: Draft, question: Question, stored: str
    ) -> Reply:
        answers = {**draft.answers, question.name: stored}
        return await self._advance(command, answers, guided=draft.guided, step=draft.step)

    async def chosen(self, call: Call) -> Reply:
        """Take an answer given by a button of a question's card."""
        draft = await self.draft()
        step, name = call.answers["step"], call.answers["question"]
        if draft is None or (str(draft.step), draft.asking) != (step, name):
            return reply(_("That question was answered already."))
        command = self.context.book.by_word[draft.command]
        question = command.form.question(name)
        if (value := call.answers.get("value")) is not None:
            answer = await self._given(command, draft, question, value)
        else:
            answer = await self._advance(command, draft.answers, guided=False, step=draft.step)
        return replace(answer, edit=True)

    async def submitted(self, call: Call, typed: Mapping[str, str]) -> Reply:
        """Take a form that was shown whole."""
        command = self.context.book.by_word[call.answers["command"]]
        answers: dict[str, str] = {}
        errors: dict[str, InvalidAnswer] = {}
        for question in command.form.questions:
            text = typed.get(question.name, "").strip()
            try:
                if text:
                    value = await question.kind.read(text, self._asking(answers))
                    answers[question.name] = question.kind.dump(value)
                elif question.required:
                    raise InvalidAnswer(_("This one is needed."))
            except InvalidAnswer as error:
                errors[question.name] = error
        unclear = [name for name, error in errors.items() if error.options]
        if unclear and len(errors) == 1:
            question = command.form.question(unclear[0])
            problem = (question, errors[unclear[0]])
            answer = await self._advance(command, answers, guided=False, problem=problem)
        elif errors:
            answer = await self._sheet(command, answers, errors, typed)
        else:
            answer = await self._advance(command, answers, guided=False)
        return replace(answer, edit=True)

    async def _sheet(
        self,
        command: Command[Any],
        answers: Mapping[str, str],
        errors: Mapping[str, InvalidAnswer],
        typed: Mapping[str, str] | None = None,
    ) -> Reply:
        """The whole form, with what is known filled in."""
        inputs = []
        for question in command.form.questions:
            stored = answers.get(question.name)
            shown = await question.kind.show(stored, self._asking(answers)) if stored else ""
            error = errors.get(question.name)
            inputs.append(
                Input(
                    name=question.name,
                    label=_(question.prompt),
                    hint=_(question.hint) if question.hint else "",
                    value=(typed or {}).get(question.name, shown),
                    error=error.message if error else "",
                    required=question.required,
                    multiline=question.kind.multiline,
                    options=tuple((o.label, o.value) for o in question.kind.options()),
                )
            )
        title = _(command.summary)
        return reply(
            Sheet(title, tuple(inputs), label("Save"), Call(SUBMIT, {"command": command.name}))
        )
