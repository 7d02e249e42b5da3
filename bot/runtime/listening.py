"""Listening and reading: what a message says, in words and then in facts."""

from dataclasses import replace

from bot.commands import Context, Understand
from bot.errands import Consult, Errands, Listen
from bot.messages import Message
from bot.runtime.cleaning import LONGEST, clean
from bot.voice import marked, spoken
from services.understanding.facts import Facts, Scene, Vocabulary
from services.understanding.suggestions import filled, lacking


def listened(context: Context, message: Message) -> Context:
    """The context of a message whose text is what is said in its voice note.

    Unchanged where it has words already, or nobody can listen; a stranger is not listened to.
    """
    voice = spoken(message.files)
    if voice is None or message.text.strip() or message.edited or context.visitor is None:
        return context
    said = clean(context.errands.result(Listen(voice)) or "").strip()
    if not said:
        return context
    heard = replace(message, text=said[:LONGEST], heard=True)
    read = context.understand and _never_sure(context.understand)
    return replace(context, message=heard, understand=read)


def _never_sure(understand: Understand) -> Understand:
    """Reads what was heard: it shows in the note, and somebody looks at it before it is saved."""

    def read(text: str, scene: Scene, vocabulary: Vocabulary) -> Facts:
        facts = understand(text, scene, vocabulary)
        return replace(facts, note=marked(facts.note or text), sure=False)

    return read


def helped(understand: Understand, errands: Errands) -> Understand:
    """Reads by the grammar, and asks a model where that finds too little to act on."""

    def read(text: str, scene: Scene, vocabulary: Vocabulary) -> Facts:
        facts = understand(text, scene, vocabulary)
        if not lacking(facts):
            return facts
        # Of several texts in one message the first is asked about; the proof is in the text.
        told = errands.result(Consult(text, tuple(vocabulary.stages)))
        return filled(facts, told, text, scene, vocabulary) if told else facts

    return read
