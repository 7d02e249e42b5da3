"""Trying out who runs errands, for `salesbot check`."""

import asyncio
import io
import time
import wave
from collections.abc import AsyncIterator, Awaitable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from bot.errands import Consult
from bot.finding import Finding
from bot.outside.listening import Transcriber
from bot.outside.model import Model
from bot.runtime.errands import Failed, Source

RATE = 16_000
TRIAL = Consult("Met Li Wei at Acme this morning, she wants a quote.", ("proposal", "won"))


async def tried(sources: Iterable[Source]) -> AsyncIterator[Finding]:
    """Have each do something that says nothing about anybody."""
    for source in sources:
        match source:
            case Transcriber(command=command):
                program = Path(command[0]).name
                heard = source.transcribe(silence())
                says = f"{program} listened to a second of silence"
                do = "Try it yourself: it gets the audio on standard input (TRANSCRIBE_COMMAND)."
                yield await _timed("voice notes", program, heard, says, do)
            case Model(url=url, name=name):
                host = urlsplit(url).netloc
                says = f"{name} answers at {host}"
                do = (
                    "See that LLM_URL, LLM_MODEL and LLM_KEY are right; without it all else works."
                )
                yield await _timed("model", f"{name} at {host}", _asked(source), says, do)


async def _asked(model: Model) -> str:
    async with asyncio.timeout(model.seconds):
        return await model.fetch(TRIAL)


async def _timed(part: str, who: str, trial: Awaitable[str], says: str, do: str) -> Finding:
    started = time.monotonic()
    try:
        await trial
    except Failed as why:
        return Finding(part, ok=False, says=f"{who}: {why}", do=do)
    except TimeoutError:
        return Finding(part, ok=False, says=f"{who}: no answer within the time limit", do=do)
    return Finding(part, ok=True, says=f"{says}, in {time.monotonic() - started:.1f} s")


def silence() -> bytes:
    """A second of nothing, as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(RATE)
        audio.writeframes(bytes(2 * RATE))
    return file.getvalue()
