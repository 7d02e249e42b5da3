"""What a message means: a command, an answer, an attachment, or something not understood."""

import re
from dataclasses import replace
from typing import Any

from bot.answers.moments import Time
from bot.commands import (
    BETWEEN,
    Book,
    Command,
    Context,
    Instead,
    NotUnderstood,
)
from bot.forms import InvalidAnswer
from bot.messages import Block, Button, Buttons, Call, Message, Reply, Text, reply
from bot.phrases import _, label
from bot.runtime import albums, drafts
from bot.runtime.answering import answer, greeted, understands
from bot.runtime.conversation import Talk, leaving
from bot.runtime.deciding import decided
from bot.runtime.directed import directed
from bot.runtime.listening import listened
from bot.runtime.near import otherwise
from bot.runtime.review import CANCEL
from bot.voice import marked, spoken, unheard
from services import history
from services.tables.checks import is_table_name
from storage.models import Draft

SLASHES = ("/", "／")
GREETING = "start"
ALWAYS = frozenset((CANCEL, "undo", "help"))
"""The commands whose bare words never answer a question."""
PART = re.compile("[:：]")
"""What ends the name of a part: who names the parts writes a command."""
INVITATION = re.compile(r"(?:\S*[?&]start(?:app)?=)?(?P<code>[A-Za-z0-9_-]{20,64})")
"""An invitation's code or link by itself, as guests paste it."""


def is_for_us(book: Book, message: Message) -> bool:
    """Whether we are spoken to: in private always, in a group by name, reply or command."""
    if message.place.private or message.addressed:
        return True
    return message.text.startswith(SLASHES) and book.find(message.text) is not None


async def hear(talk: Talk, message: Message) -> Reply:
    """Answer a message, written or spoken."""
    context = listened(talk.context, message)
    talk, message = replace(talk, context=context), context.message or message
    try:
        return await _hear(talk, message)
    except NotUnderstood:
        return await otherwise(talk, message.text)


async def _hear(talk: Talk, message: Message) -> Reply:
    context = talk.context
    if not message.sender.id:
        return reply(_("I can't tell who wrote that. Write as yourself, not as the group."))
    if message.edited:
        return await _edited(context)
    if message.command:
        return await directed(talk, message)
    if not message.heard and len(lines := several(context.book, message.text)) > 1:
        return await _each(talk, lines)
    draft = await talk.draft()
    if draft is None and (done := await decided(talk, message)):
        return done
    found = await _command(talk, draft, message.text)
    if found and (not message.heard or found[0].name == CANCEL):
        return await _commanded(talk, message, *found, draft)
    answers = draft and await _may_answer(talk, draft, message)
    if draft and answers and not _mistyped(context, message.text):
        return await _answered(talk, draft, message)
    if said := await _in_plain_words(talk, message):
        return said
    if taking := _attachment(context, message):
        return await _sent(talk, taking, message)
    return await otherwise(talk, message.text)


async def _sent(talk: Talk, taking: Command[Any], message: Message) -> Reply:
    """Take what was sent without a command."""
    if placed := await albums.placed(talk, taking, message):
        return placed
    if not message.heard:
        return await talk.run(taking, message.text)
    return await talk.run(taking, answers={taking.first: marked(message.text)})


async def _commanded(
    talk: Talk, message: Message, command: Command[Any], line: str, draft: Draft | None
) -> Reply:
    """Do what a command says, unless it is only how a sentence begins, or a greeting."""
    if draft and command.name == GREETING and not message.text.startswith(SLASHES):
        return await greeted(talk, draft)
    if talk.context.visitor and draft is None and _is_glued(message.text, line):
        said = await _in_plain_words(talk, message, Instead.LINE)
        if said or not await _may_be(talk, command, line):
            return said or await otherwise(talk, message.text)
    return await _switch(talk, command, line, draft)


async def _may_be(talk: Talk, command: Command[Any], line: str) -> bool:
    """Whether a line answers a command's first question, or nearly: 客户要发票 names nobody."""
    question = command.form.questions[0]
    try:
        await question.kind.read(line, talk.asking({}))
    except InvalidAnswer as doubt:
        return bool(doubt.options) or not question.required
    return True


def _is_glued(text: str, line: str) -> bool:
    """Whether a sentence only begins with a command's word: 拜访华东医院，周五再去."""
    word = text.strip().removesuffix(line)
    spoken = bool(line and word) and not text.startswith(SLASHES)
    return spoken and word[-1] not in BETWEEN and not PART.search(line)


async def _answered(talk: Talk, draft: Draft, message: Message) -> Reply:
    """Take what was written, said or only sent as an answer to the question being asked."""
    question = talk.context.book.by_word[draft.command].form.question(draft.asking)
    text = message.text
    if message.heard and question.kind.multiline:
        text = marked(text)
    said = await answer(talk, draft, text, lambda: _instead(talk, draft, message))
    if message.text or not spoken(message.files):
        return said
    kept = _("Kept your voice note with it. {why}", why=unheard(talk.context.errands))
    return replace(said, blocks=reply(kept).blocks + said.blocks)


async def _instead(talk: Talk, draft: Draft, message: Message) -> Reply | None:
    """What words mean that don't answer the question: thanks, or another visit altogether.

    The form is put aside meanwhile, so that nothing that is asked then takes it for its own.
    """
    aside = drafts.copied(draft)
    await talk.leave()
    said = await _in_plain_words(talk, message, Instead.ANSWER)
    if said is None or said.aside:
        await talk.keep(aside)
        return said
    return leaving(aside, said) if is_felt(talk.context, aside) else said


async def _in_plain_words(
    talk: Talk, message: Message, instead: Instead | None = None
) -> Reply | None:
    """What comes of words that are no command, if they mean anything."""
    talk = replace(talk, context=replace(talk.context, instead=instead))
    command = talk.context.book.taking("text")
    if command is None or not message.text.strip() or message.text.startswith(SLASHES):
        return None
    if _table(talk.context, message):  # its caption says what it is, not what was done
        return None
    try:
        return await talk.run(command, answers={command.first: message.text})
    except NotUnderstood:
        return None


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
        said = await _switch(talk, *found, draft)
        blocks = [*(each for each in blocks if not isinstance(each, Buttons)), *said.blocks]
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
    if found and found[0].name in ALWAYS and not found[1]:
        return found
    if found is None or _is_glued(text, found[1]) or await understands(talk, draft, text):
        return None
    return found


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
    said = await talk.run(command, line)
    if draft is None or command.name == CANCEL or not is_felt(talk.context, draft):
        return said
    return leaving(draft, said)


def is_felt(context: Context, draft: Draft) -> bool:
    """Whether leaving it is worth a word: a look-up that found nothing is no form to anybody."""
    form = context.book.by_word[draft.command].form
    return draft.guided or any(draft.answers.get(question.name) for question in form.questions)


async def _may_answer(talk: Talk, draft: Draft, message: Message) -> bool:
    """Whether a message may answer what is asked: words that are no caption, but of a note.

    A photo without words is for the form being filled in; a caption that is a time answers when.
    """
    command = talk.context.book.by_word[draft.command]
    if not message.files or message.heard or spoken(message.files):
        return bool(message.text) or (bool(message.files) and command.keeps)
    kind = command.form.question(draft.asking).kind
    if message.text and isinstance(kind, Time):
        return command.keeps and await understands(talk, draft, message.text)
    return command.keeps and (kind.multiline or not message.text)


def _mistyped(context: Context, text: str) -> bool:
    """Whether a command is meant that is not there, rather than an answer."""
    slashed = text.startswith(SLASHES)
    return slashed and context.book.suggest(text, context.person.role) is not None


def _table(context: Context, message: Message) -> Command[Any] | None:
    """What takes in a table that somebody sends in private who may; else it is a file like any."""
    taking = context.book.taking("table")
    may = taking and context.visitor and context.visitor.role >= taking.allow
    is_one = any(is_table_name(file.name) for file in message.files)
    return taking if may and is_one and message.place.private else None


def _attachment(context: Context, message: Message) -> Command[Any] | None:
    if table := _table(context, message):
        return table
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
