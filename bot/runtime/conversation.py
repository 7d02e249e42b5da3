"""Conversation: running a command with what is known, and asking for what it still needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.commands import GUIDED, REVIEW, Command, Context, Role
from bot.forms import Asking, InvalidAnswer, Question
from bot.messages import Button, Buttons, Call, Reply, Text
from bot.phrases import _, label
from bot.runtime import drafts, questions, review, sheets
from bot.runtime.drafts import Problem
from bot.runtime.lines import read_line
from bot.runtime.turn import Turn
from services.access import require
from services.errors import TakesNoWords, UnknownPerson
from storage.calls import draft_of, drop_draft, spend_review, store_draft
from storage.models import Draft


def leaving(draft: Draft, answer: Reply) -> Reply:
    """The answer to someone who left a form half filled in, with the way back to it."""
    words = _("What you wrote before isn't saved yet.")
    back = review.call(draft.command, draft.answers)
    if not review.is_on(draft.answers):
        words = _(
            "I dropped the /{command} you had begun. Nothing of it was saved.",
            command=draft.command,
        )
        back = Call(
            back.command, {**back.answers, GUIDED: GUIDED} if draft.guided else back.answers
        )
    button = Button(label("Go back to it"), back, single=review.is_on(draft.answers))
    return replace(answer, blocks=(Text(words), *answer.blocks, Buttons((button,))))


@dataclass(frozen=True)
class Talk:
    """One person's conversation in one place, for one turn."""

    turn: Turn
    context: Context

    @property
    def _chat(self) -> str:
        return self.context.place.key

    def asking(self, answers: Mapping[str, str]) -> Asking:
        """Who answers, and what they have answered so far."""
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

    async def keep(self, draft: Draft) -> None:
        """Take up again a form that was put aside."""
        await store_draft(self.turn.session, draft)

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
        do = answers.pop(review.STEP, "")
        guided = bool(answers.pop(GUIDED, "")) or not (line or answers)
        problem = None
        if line:
            read = await read_line(command.form, line, self.asking(answers))
            if read.left and not any(question.loose for question in command.form.questions):
                raise TakesNoWords(command=command.name)
            answers, problem = drafts.joined(command.form, answers, read.answers), read.problem
            answers = drafts.with_open(answers, read.problems[1:])
        if guided and self._shows_whole(command):
            if command.keeps:
                answers = drafts.with_files(answers, self.context.files)
            return await sheets.sheet(command, answers, {}, self.asking(answers))
        return await self.advance(command, answers, guided=guided, problem=problem, do=do)

    def _shows_whole(self, command: Command[Any]) -> bool:
        """Whether this platform shows forms whole, and this one asks anything at all."""
        asks = any(question.required for question in command.form.questions)
        return asks and self.turn.adapter.shows_form(self.turn.incoming)

    async def _run_guest(self, command: Command[Any], line: str) -> Reply:
        """A guest answers in one line: there is nobody yet to keep a draft for."""
        question = command.form.questions[0]
        form = command.form(**({question.name: line} if line else {}))
        return await self._do(command, form, {})

    async def call(self, call: Call) -> Reply:
        """Do what a button does, or what a command hands on to another."""
        command = self.context.book.by_word[call.command]
        answers = {name: value for name, value in call.answers.items() if name}
        return await self.run(command, call.answers.get("", ""), answers)

    async def _do(self, command: Command[Any], form: Any, answers: Mapping[str, str]) -> Reply:
        self.turn.work.author.command = command.name
        context = replace(self.context, kept=drafts.files(answers))
        answer = await command(context, form)
        sent, me = () if command.keeps else context.files, context.visitor
        context.told[:] = [
            (who, drafts.carrying(each, sent, context.book) if me and who == me.id else each)
            for who, each in context.told
        ]
        if isinstance(answer, Reply):
            return drafts.carrying(answer, sent, context.book)
        first, *others = [answer] if isinstance(answer, Call) else answer
        return await replace(self, context=context).calls(first, others)

    async def calls(self, first: Call, others: Sequence[Call]) -> Reply:
        """Do several things: the first is the reply, each other one a message of its own."""
        said = await self.call(first)
        message = self.context.message and replace(self.context.message, files=())
        apart = replace(self, context=replace(self.context, message=message, kept=()))
        for call in others:
            self.context.tell(self.context.person.id, await apart.call(call))
        return said

    async def advance(
        self,
        command: Command[Any],
        answers: Mapping[str, str],
        *,
        guided: bool,
        step: int = 0,
        problem: Problem | None = None,
        do: str = "",
    ) -> Reply:
        """Run the command, show what it would do, or ask for what is missing or in doubt."""
        if command.keeps:
            answers = drafts.with_files(answers, self.context.files)
        if review.is_on(answers) and not answers[REVIEW]:
            answers = {**answers, REVIEW: self.turn.runtime.new_token()}
        answers, shown, problem = await self._looked_over(command, answers, problem)
        needed = command.form.missing(shown, guided=guided)
        question = next(needed, None)
        if problem is None and (question is None or not self._must_ask(command, answers, guided)):
            if not review.is_on(answers) or do == review.SAVE:
                return await self._finish(command, answers, shown)
            if self._asks_in_window(command, do):
                return await self._shown_whole(command, answers, do)
            if do in {"", review.EDIT}:
                return await self._review(command, answers, shown, whole=do == review.EDIT)
            question = command.form.question(do)
        asked, error = problem or (question, None)
        assert asked is not None  # noqa: S101 - either there is a problem or a question
        is_choice = bool(error and error.options) and not self.turn.window
        if self._asks_in_window(command, asked.name) and not is_choice:
            return await self._shown_whole(command, answers, asked.name, error)
        return await self._ask(command, answers, asked, error, guided=guided, step=step)

    def _asks_in_window(self, command: Command[Any], do: str) -> bool:
        """Whether what is asked goes into a window beside the chat: one waits, or can be opened.

        What was understood is only looked over there when a window waits for it.
        """
        turn = self.turn
        has_one = bool(turn.window or (turn.opens and do))
        return has_one and self._shows_whole(command)

    async def _shown_whole(
        self,
        command: Command[Any],
        answers: Mapping[str, str],
        do: str,
        error: InvalidAnswer | None = None,
    ) -> Reply:
        """The form with what is known filled in, at the question that it was opened for.

        A question that is asked in the chat stays open until the form is sent.
        """
        whole = do == review.EDIT
        return await sheets.sheet(
            command,
            answers,
            {do: error} if error else {},
            self.asking(answers),
            whole=whole,
            focus="" if whole else do,
        )

    async def _supersede(self, answers: Mapping[str, str]) -> None:
        """Spend the cards of a review before this one; a window spends none, it may be closed."""
        if review.is_on(answers):
            await spend_review(self.turn.session, answers[REVIEW], self.turn.now)

    async def _looked_over(
        self, command: Command[Any], answers: Mapping[str, str], problem: Problem | None
    ) -> tuple[Mapping[str, str], Mapping[str, str], Problem | None]:
        """The answers that still hold, these with what follows from them, and what is unclear."""
        if drafts.is_kept(answers) or review.is_on(answers):
            answers, gone = await drafts.still_there(command.form, answers, self.asking({}))
            problem = gone or problem
        problem = problem or drafts.doubt(command.form, answers)
        if problem:
            return answers, answers, problem
        shown, problem = await drafts.implied(command.form, answers, self.asking({}))
        return answers, shown, problem

    @staticmethod
    def _must_ask(command: Command[Any], answers: Mapping[str, str], guided: bool) -> bool:
        """Commands with only optional questions run bare: ``/undo`` asks nothing."""
        questions = command.form.questions
        begun = any(question.name in answers for question in questions)
        return any(question.required for question in questions) or (begun and guided)

    async def _finish(
        self, command: Command[Any], answers: Mapping[str, str], shown: Mapping[str, str]
    ) -> Reply:
        self.turn.work.author.command = command.name
        await self._supersede(answers)
        form = await command.form.fill(shown, self.asking(shown))
        await self._close(answers)
        return await self._do(command, form, answers)

    async def _review(
        self,
        command: Command[Any],
        answers: Mapping[str, str],
        shown: Mapping[str, str],
        *,
        whole: bool,
    ) -> Reply:
        await self._supersede(answers)
        await self._close(answers)
        brief = self.turn.adapter.window_pace is not None
        asking = self.asking(shown)
        return await review.card(command, answers, asking, shown=shown, whole=whole, brief=brief)

    async def _close(self, answers: Mapping[str, str]) -> None:
        """Drop the draft that these answers are of: no question of it is asked any more."""
        if drafts.is_kept(answers) or review.is_on(answers):
            draft = await self.draft()
            if draft and drafts.is_of(draft, answers):
                await self.leave()

    async def _ask(
        self,
        command: Command[Any],
        answers: Mapping[str, str],
        question: Question,
        error: InvalidAnswer | None,
        *,
        guided: bool,
        step: int,
    ) -> Reply:
        """Keep what is known and ask; said when another form is left for it."""
        await self._supersede(answers)
        draft = Draft(
            person_id=self.context.person.id,
            chat=self._chat,
            command=command.name,
            answers=drafts.named(answers, self.turn.runtime.new_token),
            asking=question.name,
            guided=guided,
            step=step + 1,
            updated_at=self.turn.now,
        )
        before = await self.draft()
        await store_draft(self.turn.session, draft)
        card = await questions.card(command, draft, question, error, self.asking({}))
        return leaving(before, card) if before and not drafts.is_of(before, answers) else card
