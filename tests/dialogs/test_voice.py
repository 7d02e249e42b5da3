"""Voice notes: kept, heard, looked over, and never lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.errands import Listen
from bot.messages import File
from bot.runtime.errands import Failed
from services.understanding.facts import Facts, Intent, Name, Scene, Vocabulary
from storage.kinds import Outcome
from storage.models import Attachment, Update
from tests.dialogs.helpers import attachments, visits
from tests.talk import Company, Someone

VOICE = File("voice.oga", "audio/ogg", "voice-1", spoken=True)


def understand(text: str, _scene: Scene, _known: Vocabulary) -> Facts:
    """A meeting where one is said to be, well gone where that is said."""
    return Facts(
        intent=Intent.VISIT if "met" in text or "见了" in text else Intent.NOTE,
        account=Name("Acme") if "Acme" in text else None,
        outcome=Outcome.POSITIVE if "well" in text else None,
        note=text,
    )


@dataclass
class Ear:
    """Hears what it is told to hear."""

    words: str | None = "met Li Wei at Acme, went well"
    heard: int = 0
    at_once: int = 2
    seconds: float = 10.0

    async def fetch(self, errand: Listen, _adapter: Any) -> str:
        assert errand.file.spoken
        self.heard += 1
        if self.words is None:
            raise Failed("the program ended with 1")
        return self.words


Hears = Callable[[str | None], Ear]


@pytest.fixture
def company(company: Company) -> Company:
    company.runtime = replace(company.runtime, understand=understand)
    return company


@pytest.fixture
def hears(company: Company) -> Hears:
    """Have somebody listen, who hears this, or fails."""

    def hears(words: str | None) -> Ear:
        ear = Ear(words)
        company.runtime.runner.sources = {Listen.name: ear}
        return ear

    return hears


@pytest.fixture
async def ana(company: Company) -> Someone:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    return ana


async def kept(company: Company) -> list[tuple[str, str]]:
    async with company.database.read() as session:
        rows = await session.scalars(select(Attachment))
        return [(each.ref, each.mime) for each in rows]


async def test_what_was_said_is_looked_over_and_saved_with_the_sound(
    company: Company, ana: Someone, hears: Hears
) -> None:
    hears("met Li Wei at Acme, went well")
    await ana.says(files=(VOICE,))
    ana.sees("Acme", "🎙 met Li Wei at Acme, went well", "[Save]")
    assert await visits(company) == []
    await ana.presses("Save")
    [visit] = await visits(company)
    assert (visit.note, visit.outcome) == ("🎙 met Li Wei at Acme, went well", "positive")
    assert await kept(company) == [("voice-1", "audio/ogg")]


async def test_it_is_looked_over_also_by_who_saves_at_once(
    company: Company, ana: Someone, hears: Hears
) -> None:
    hears("met Li Wei at Acme, went well")
    await ana.says("/settings")
    await ana.presses("Save without asking")
    await ana.says(files=(VOICE,))
    ana.sees("[Save]")
    assert await visits(company) == []


async def test_a_question_may_be_answered_aloud(
    company: Company, ana: Someone, hears: Hears
) -> None:
    hears("they want a new shelf")
    await ana.says("/visit")
    for word in ("Acme", "today", "Skip", "Skip", "Skip"):
        await (ana.presses(word) if word in {"Acme", "Skip"} else ana.says(word))
    ana.sees("Anything worth remembering?")
    await ana.says(files=(VOICE,))
    await ana.presses("Save now")
    [visit] = await visits(company)
    assert visit.note == "🎙 they want a new shelf"
    assert await kept(company) == [("voice-1", "audio/ogg")]


async def test_a_short_answer_is_heard_as_it_is_typed(ana: Someone, hears: Hears) -> None:
    hears("Acme")
    await ana.says("/visit")
    await ana.says(files=(VOICE,))
    ana.sees("✎ Acme", "When was it?")


async def test_no_command_is_carried_out_because_it_was_heard(
    company: Company, ana: Someone, hears: Hears
) -> None:
    await ana.says("/visit Acme")
    hears("undo")
    await ana.says(files=(VOICE,))
    assert len(await visits(company)) == 1


async def test_a_question_is_left_by_saying_so(ana: Someone, hears: Hears) -> None:
    hears("cancel")
    await ana.says("/visit")
    await ana.says(files=(VOICE,))
    assert "Which customer" not in ana.last.text


async def test_what_is_about_no_customer_joins_the_last_visit(
    company: Company, ana: Someone, hears: Hears
) -> None:
    hears("the lift is broken")
    await ana.says("/visit Acme, new shelf")
    await ana.says(files=(VOICE,))
    ana.sees(
        "Kept your voice note with your visit to Acme, today 10:00.",
        "Added to its note: 🎙 the lift is broken",
    )
    assert (await visits(company))[0].note == "new shelf\n🎙 the lift is broken"
    await ana.presses("Undo")
    assert (await visits(company))[0].note == "new shelf"
    assert await attachments(company) == []


async def test_what_can_be_kept_with_nothing_is_shown(ana: Someone, hears: Hears) -> None:
    hears("the lift is broken")
    await ana.says(files=(VOICE,))
    ana.sees("🎙 the lift is broken", "Say which customer it is about.")


@pytest.mark.parametrize(
    ("words", "why"),
    [(None, "I couldn't make out what you say in it."), ("  ", "I heard no words in it.")],
)
async def test_what_nobody_understands_is_kept_and_said(
    company: Company, ana: Someone, hears: Hears, words: str | None, why: str
) -> None:
    ear = hears(words)
    await ana.says("/visit Acme")
    await ana.says(files=(VOICE,))
    ana.sees("Kept your voice note with your visit to Acme, today 10:00.", why)
    assert (await kept(company), ear.heard) == ([("voice-1", "audio/ogg")], 1)


async def test_without_anybody_who_listens_it_is_kept_and_said(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Acme")
    await ana.says(files=(VOICE,))
    ana.sees("Kept your voice note with your visit to Acme", "I can't listen to it.")
    assert await kept(company) == [("voice-1", "audio/ogg")]


async def test_the_same_in_chinese(company: Company) -> None:
    lin = await company.hire("Lin", language="zh")
    await company.open_account(lin, "华东医院")
    await lin.says(files=(VOICE,))
    lin.sees("我听不了", "今天还没有拜访")
    await lin.says("拜访 华东医院")
    await lin.says(files=(VOICE,))
    lin.sees("语音已存到", "华东医院", "我听不了")


async def test_without_a_visit_it_is_said_what_to_do(ana: Someone) -> None:
    await ana.says(files=(VOICE,))
    ana.sees("I can't listen to it.", "no visit from today", "Write me in a few words.")


async def test_in_a_form_it_is_kept_with_the_form(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.presses("Acme")
    await ana.says(files=(VOICE,))
    ana.sees("Kept your voice note with it. I can't listen to it.", "✎ Acme · 1 file")
    await ana.presses("Save now")
    assert await kept(company) == [("voice-1", "audio/ogg")]


async def test_a_voice_note_with_words_beside_it_is_read_by_these(
    company: Company, ana: Someone, hears: Hears
) -> None:
    ear = hears("met somebody else")
    await ana.says("/visit Acme, new shelf", files=(VOICE,))
    assert (await visits(company))[0].note == "new shelf"
    assert (await kept(company), ear.heard) == ([("voice-1", "audio/ogg")], 0)


async def test_a_stranger_is_not_listened_to(company: Company, hears: Hears) -> None:
    ear = hears("met Li Wei at Acme")
    stranger = Someone(company, "999", "chat-999", "Eve")
    await stranger.says(files=(VOICE,))
    stranger.sees("We haven't met yet.")
    assert ear.heard == 0


async def test_twice_the_same_is_heard_once(company: Company, ana: Someone, hears: Hears) -> None:
    ear = hears("met Li Wei at Acme")
    for _ in range(2):
        await ana.says(files=(VOICE,), number=77)
    assert (len(ana.screen), ear.heard) == (1, 1)
    async with company.database.read() as session:
        row = (await session.scalars(select(Update))).one()
        assert row.fetched == {"listen": "met Li Wei at Acme"}


async def test_harmful_characters_are_not_heard(ana: Someone, hears: Hears) -> None:
    hears("met \u202eLi Wei\x00 at Acme\ud800")
    await ana.says(files=(VOICE,))
    ana.sees("🎙 met Li Wei at Acme")
