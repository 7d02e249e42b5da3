"""A form shown whole, on platforms that can."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands import Command
from bot.forms import Asking, InvalidAnswer
from bot.messages import Call, Input, Reply, Sheet, reply
from bot.phrases import _, label

SUBMIT = "submit"


async def sheet(
    command: Command[Any],
    answers: Mapping[str, str],
    errors: Mapping[str, InvalidAnswer],
    asking: Asking,
    typed: Mapping[str, str] | None = None,
) -> Reply:
    """The whole form, with what is known filled in and each error at its question."""
    inputs = []
    for question in command.form.questions:
        stored = answers.get(question.name)
        shown = await question.kind.show(stored, asking) if stored else ""
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
    submit = Call(SUBMIT, {"command": command.name})
    return reply(Sheet(_(command.summary), tuple(inputs), label("Save"), submit))


async def read_all(
    command: Command[Any], typed: Mapping[str, str], asking: Asking
) -> tuple[dict[str, str], dict[str, InvalidAnswer]]:
    """The answers of a form that came back, and what is wrong with the others."""
    answers: dict[str, str] = {}
    errors: dict[str, InvalidAnswer] = {}
    for question in command.form.questions:
        text = typed.get(question.name, "").strip()
        try:
            if text:
                value = await question.kind.read(text, replace(asking, answers=answers))
                answers[question.name] = question.kind.dump(value)
            elif question.required:
                raise InvalidAnswer(_("This one is needed."))
        except InvalidAnswer as error:
            errors[question.name] = error
    return answers, errors
