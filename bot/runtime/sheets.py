"""A form shown whole, on platforms that can."""

from collections.abc import Mapping
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
