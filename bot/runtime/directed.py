"""Words that were sent to one command, as a platform's shortcuts do."""

from bot.commands import GUIDED, REVIEW, NotUnderstood
from bot.messages import Call, Message, Reply
from bot.runtime import drafts
from bot.runtime.conversation import Talk
from services.access import require


async def directed(talk: Talk, message: Message) -> Reply:
    """Take words for the command that they were sent to: what they say of it is filled in."""
    context = talk.context
    command, reader = context.book.by_word[message.command], context.book.taking("text")
    if not message.text.strip() or context.visitor is None:
        return await talk.run(command)
    require(context.visitor, command.allow)
    try:
        said = reader and await reader(context, reader.form(**{reader.first: message.text}))
        if isinstance(said, Call) and said.command == command.name:
            return await talk.call(said)
    except NotUnderstood:
        pass
    if len(command.form.questions) == 1:
        said = await command(context, command.form(**{command.first: message.text}))
        if isinstance(said, Call):
            # All of it: what is cut out of somebody else's words may be any of them.
            words = drafts.words(context.book.by_word[said.command].form)
            answers = {**said.answers, words: message.text, REVIEW: ""}
            return await talk.call(Call(said.command, answers))
    words = drafts.words(command.form)
    return await talk.call(Call(command.name, {words: message.text, GUIDED: GUIDED}))
