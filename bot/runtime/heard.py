"""What a message means: a command, an answer, an attachment, or something not understood."""

import re
from dataclasses import replace
from typing import Any

from bot.commands import Book, Command, Context
from bot.messages import Block, Button, Buttons, Call, Message, Reply, Text, reply
from bot.phrases import _, label, shortened
from bot.runtime.conversation import CANCEL, Talk, dropped
from services import history
from storage.models import Draft

SLASHES = ("/", "／")
GREETING = "start"
BUTTON = 40
"""How much of a mistyped line its button shows."""
BEFORE = re.compile("^(?:请|麻烦|帮我|给我|帮忙|我们|我|想要|想|要|刚才|刚刚|刚)+|把$")
AFTER = re.compile("^(?:了|过|完|一下|下)+|(?:吧|了|一下|[。！!])+$")
LONG = 2
"""A shorter Chinese word stands within too many others."""
LEADING = 8
"""How much may stand before a command in a sentence: 昨天下午."""
INVITATION = re.compile(r"(?:\S*[?&]start(?:app)?=)?(?P<code>[A-Za-z0-9_-]{20,64})")
"""An invitation's code or link by itself, as guests paste it."""


async def hear(talk: Talk, message: Message) -> Reply:
    """Answer a message."""
    context = talk.context
    if not message.sender.id:
        return reply(_("I can't tell who wrote that. Write as yourself, not as the group."))
    if message.edited:
        return await _edited(context)
    if len(lines := several(context.book, message.text)) > 1:
        return await _each(talk, lines)
    draft = await talk.draft()
    if found := await _command(talk, draft, message.text):
        command, line = found
        if draft and command.name == GREETING and not message.text.startswith(SLASHES):
            return await talk.greeted(draft)
        return await _switch(talk, command, line, draft)
    answers = message.text or (draft and _belongs(context, draft, message))
    if draft and answers and not _mistyped(context, message.text):
        return await talk.answer(draft, message.text)
    if taking := _attachment(context, message):
        return await talk.run(taking, message.text)
    return await _otherwise(talk, message.text)


def several(book: Book, text: str) -> list[str]:
    """The commands of a text that holds several, one a line; a note's lines stay with theirs.

    A line begins the next one with a slash, or with the word that the first began with.
    """
    lines = text.strip().splitlines()
    first = lines[0].split(" ", 1)[0] if lines else ""
    parts: list[str] = []
    for line in lines:
        begins = line.startswith(SLASHES) or line.split(" ", 1)[0] == first
        if not parts or (begins and book.find(line)):
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
    return parts if parts and book.find(parts[0]) else [text]


async def _each(talk: Talk, lines: list[str]) -> Reply:
    """Do one after the other; where one has to ask, the rest is given back to be sent after it."""
    blocks: list[Block] = []
    for number, line in enumerate(lines, 1):
        found = talk.context.book.find(line)
        draft = await talk.draft()
        if found is None:
            continue
        answer = await _switch(talk, *found, draft)
        blocks = [*(each for each in blocks if not isinstance(each, Buttons)), *answer.blocks]
        rest = lines[number:]
        if rest and await talk.draft():
            left = _("After this, send me the rest again:\n{rest}", rest="\n".join(rest))
            return Reply((Text(left), *blocks))
    return Reply(tuple(blocks))


async def _command(talk: Talk, draft: Draft | None, text: str) -> tuple[Command[Any], str] | None:
    """The command that a text is.

    While a question is asked, a bare word is one only if it does not answer the question: “拜访”
    is a kind of contact, and a note may begin with “客户”.
    """
    found = talk.context.book.find(text)
    if draft is None or text.startswith(SLASHES):
        return found or _meant(talk, text, draft)
    if found and (found[0].name == CANCEL and not found[1]):
        return found
    return found if found and not await talk.understands(draft, text) else None


def _meant(talk: Talk, text: str, draft: Draft | None) -> tuple[Command[Any], str] | None:
    """A guest who pastes the code or link of an invitation wants in."""
    found = INVITATION.fullmatch(text.strip())
    if talk.context.visitor or draft or not found:
        return None
    return talk.context.book.by_word[GREETING], found["code"]


async def _switch(talk: Talk, command: Command[Any], line: str, draft: Draft | None) -> Reply:
    """Run a command, leaving the form that was being filled in; said when words go with it."""
    if draft:
        await talk.leave()
        talk = replace(talk, context=replace(talk.context, left=draft.command))
    answer = await talk.run(command, line)
    if draft is None or command.name == CANCEL or not is_felt(talk.context, draft):
        return answer
    return replace(answer, blocks=reply(dropped(draft.command)).blocks + answer.blocks)


def is_felt(context: Context, draft: Draft) -> bool:
    """Whether leaving it is worth a word: a look-up that found nothing is no form to anybody."""
    form = context.book.by_word[draft.command].form
    return draft.guided or any(draft.answers.get(question.name) for question in form.questions)


def _belongs(context: Context, draft: Draft, message: Message) -> bool:
    """Whether a photo without words is for the form being filled in."""
    return bool(message.files) and context.book.by_word[draft.command].keeps


def _mistyped(context: Context, text: str) -> bool:
    """Whether a command is meant that is not there, rather than an answer."""
    slashed = text.startswith(SLASHES)
    return slashed and context.book.suggest(text, context.person.role) is not None


def _attachment(context: Context, message: Message) -> Command[Any] | None:
    for kind, given in (
        ("file", message.files),
        ("location", message.location),
        ("contact", message.contact),
    ):
        if given:
            return context.book.taking(kind)
    return None


async def _edited(context: Context) -> Reply:
    words = _(
        "I've read your message as it was at first; editing doesn't change what I did. "
        "To correct it, undo, then send it again."
    )
    newest = context.visitor and await history.newest(context.work, context.person, context.now)
    if not newest:
        return reply(words)
    # The change is named now: pressed later, the button must not take back something newer.
    return reply(
        words, Button(label("Undo the last thing"), Call("undo", {"change": str(newest)}))
    )


async def _otherwise(talk: Talk, text: str) -> Reply:
    """A near-miss is met with what it may have meant; anything else with the way on."""
    context = talk.context
    meant = context.book.suggest(text, context.person.role) if text else None
    rest = text.strip().partition(" ")[2]
    if near := _in_a_sentence(context, text):
        meant, rest = near
    if meant:
        again = shortened(f"/{meant.name} {rest}".strip(), BUTTON)
        words = _("Did you mean /{command}?", command=meant.name)
        return reply(words, Button(again, Call(meant.name, {"": rest} if rest else {})))
    return reply(
        _("I didn't get that. Log a visit with /visit, or look up a customer with /account."),
        Button(label("Help"), Call("help"), single=False),
    )


def _in_a_sentence(context: Context, text: str) -> tuple[Command[Any], str] | None:
    """A Chinese command within a sentence: 昨天拜访了华东医院, 帮我撤销一下."""
    for word in sorted(context.book.by_word, key=len, reverse=True):
        command = context.book.by_word[word]
        before, found, after = text.strip().partition(word)
        before = BEFORE.sub("", before)
        if word.isascii() or len(word) < LONG or not found or len(before) > LEADING:
            continue
        if command.allow > context.person.role or not command.order:
            continue
        rest = " ".join(filter(None, (before.strip(), AFTER.sub("", after).strip())))
        takes_words = any(question.loose for question in command.form.questions)
        if (len(rest) >= LONG) if takes_words else not rest:
            return command, rest
    return None
