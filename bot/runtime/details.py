"""A form upon a form: what is asked about a new customer before the visit to them is saved.

Nothing is made of it: sent back, it only fills in the form below anew, which keeps all that
stands in it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.commands import Command
from bot.details import Details
from bot.forms import InvalidAnswer
from bot.markdown import Markdown
from bot.messages import Call, Detail, Reply, Sheet, Submission, reply
from bot.phrases import _, label
from bot.runtime import sheets
from bot.runtime.calls import FILLS_IN
from bot.runtime.conversation import Talk
from services.access import require


@dataclass(frozen=True)
class _Below:
    """The form below as it stood, and the answer of it that is asked about."""

    question: str
    typed: Mapping[str, str]
    chosen: Mapping[str, str]
    under: str
    doubt: str = ""
    """What gave pause and was told once."""


@dataclass(frozen=True)
class _Upon:
    """What is asked, upon which form."""

    talk: Talk
    call: Call
    command: Command[Any]
    about: Details[Any]
    below: _Below

    async def form(
        self,
        answers: Mapping[str, str],
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, InvalidAnswer] | None = None,
    ) -> Reply:
        """The questions; their call is that of the form below, and what stands in it."""
        asking = self.talk.asking(answers)
        (first, *others), _known = await sheets.filled_in(
            self.about, answers, errors or {}, asking, typed, whole=True
        )
        if not errors:
            first = replace(first, doubt=Markdown(self.below.doubt))
        kept = json.dumps(asdict(self.below), ensure_ascii=False)
        then = Call(FILLS_IN, {**self.call.answers, FILLS_IN: kept})
        return reply(Sheet(_(self.about.title), (first, *others), label("Add"), then))

    async def filled_in(self, stored: str, name: str) -> Reply:
        """The form below, with the new answer in it; by its name, it differs from one before."""
        before = {key: value for key, value in self.call.answers.items() if key != FILLS_IN}
        answers, _errors = await sheets.read_all(
            self.command, self.below.typed, self.talk.asking({}), self.below.chosen, before
        )
        question = self.below.question
        answers = {**sheets.kept(self.command, before), **answers, question: stored}
        drawn = await sheets.sheet(
            self.command,
            answers,
            {},
            self.talk.asking(answers),
            self.below.typed,
            whole=sheets.WHOLE in before,
            picks={question: sheets.SHOWN + name[:8]},
        )
        return replace(drawn, window=self.below.under)


async def asked(talk: Talk, call: Call, picked: Detail) -> Reply:
    """Ask more about the new answer that was picked in the form that this call would send."""
    upon = _upon(talk, call, _Below(picked.question, picked.answers, picked.chosen, picked.under))
    if upon is None:
        return reply(_("That answer no longer works. Pick another one."))
    return await upon.form(upon.about.begun(picked.value))


async def given(talk: Talk, call: Call, form: Submission) -> Reply:
    """Fill in the form below with what was told; a mistake or a doubt comes back in its place."""
    upon = _upon(talk, call, _Below(**json.loads(call.answers[FILLS_IN])))
    if upon is None:
        return reply(_("That answer no longer works. Pick another one."))
    about, asking = upon.about, talk.asking({})
    told, errors = await sheets.read_all(about, form.answers, asking, form.chosen)
    if not errors:
        try:
            stored = await about.dump(await about.form.fill(told, asking), asking)
        except InvalidAnswer as error:
            errors = {about.form.questions[0].name: error}
    if errors:
        return await upon.form(told, form.answers, errors)
    doubt = await about.doubt(stored, asking)
    if doubt not in {"", upon.below.doubt}:
        below = replace(upon.below, doubt=str(doubt))
        return await replace(upon, below=below).form(told)
    return await upon.filled_in(stored, form.token)


async def given_back(talk: Talk, call: Call, form: Submission, why: str) -> Reply:
    """The questions as they were answered, and at their head why nothing comes of it."""
    upon = _upon(talk, call, _Below(**json.loads(call.answers[FILLS_IN])))
    if upon is None:
        return reply(why)
    told, errors = await sheets.read_all(upon.about, form.answers, talk.asking({}), form.chosen)
    errors = {**errors, upon.about.form.questions[0].name: InvalidAnswer(why)}
    return await upon.form(told, form.answers, errors)


def _upon(talk: Talk, call: Call, below: _Below) -> _Upon | None:
    """What can be asked upon that form, if the person may still fill it in."""
    command = talk.context.book.by_word[call.answers[sheets.OF]]
    require(talk.context.visitor, command.allow)
    asked = (q.kind.details for q in command.form.questions if q.name == below.question)
    about = next(asked, None)
    return _Upon(talk, call, command, about, below) if about else None
