"""The questions of a form as the inputs of a Slack window; pure."""

import re
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from bot.adapters.slack.elements import (
    LABEL,
    OPTIONS,
    PLACEHOLDER,
    VALUE,
    fit,
    literal,
    visible,
    words,
)
from bot.markdown import Markdown, markdown, plain
from bot.messages import Input, Way
from bot.phrases import _, shortened

Json = dict[str, Any]

ANSWER = "answer"
"""The action of every question; which one it is, the block says."""
TIME = ".time"
FILES = "files"
TYPES = ("jpg", "jpeg", "png", "heic", "gif", "webp", "pdf")
MOST_FILES = 10
TYPED = 3000
LONGEST = 2000
MOMENT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?: (?P<time>\d{2}:\d{2}))?")


def block_id(question: Input, part: str = "") -> str:
    """Name the question's block, for the value that it begins with.

    Slack keeps what was typed by the block's name: one that begins anew needs another name.
    """
    begins = f"{question.value}\0{question.stored}"
    changed = f"~{crc32(begins.encode()):x}" if begins != "\0" else ""
    return f"{question.name}{part}{changed}"


def to_blocks(question: Input) -> Iterator[Json]:
    """Ask the question, and show under it what was wrong with the answer."""
    if question.way is Way.MOMENT:
        yield from _moment(question)
    else:
        yield _block(question, _element(question))
    for said in filter(visible, (question.error, question.doubt)):
        warning = Markdown(f"⚠️ {markdown(said)}")
        yield {"type": "context", "elements": [words(next(fit(warning, LONGEST)), LONGEST)]}


def files() -> Json:
    """Where photos and documents can be added."""
    return {
        "type": "input",
        "block_id": FILES,
        "optional": True,
        "label": literal(_("Photos or PDFs"), LONGEST),
        "element": {
            "type": "file_input",
            "action_id": ANSWER,
            "filetypes": list(TYPES),
            "max_files": MOST_FILES,
        },
    }


def _block(question: Input, element: Json, part: str = "", label: str = "") -> Json:
    return {
        "type": "input",
        "block_id": block_id(question, part),
        # Of what is picked there may be more to ask, at once.
        **({"dispatch_action": True} if element["type"] == "external_select" else {}),
        "optional": bool(part) or not question.required,
        "label": literal(label or question.label, LONGEST),
        "element": element,
        **_hint(question),
    }


def _hint(question: Input) -> Json:
    """What is too long for an example in the field itself; what is picked needs none."""
    typed = question.way is Way.TEXT and not question.options
    shown = typed and visible(question.hint) and not _example(question)
    return {"hint": literal(question.hint, LONGEST)} if shown else {}


def _element(question: Input) -> Json:
    if question.way is Way.SUGGESTED:
        return _suggested(question)
    if question.options:
        return _menu(question)
    return {
        "type": "plain_text_input",
        "action_id": ANSWER,
        "multiline": question.multiline,
        "max_length": TYPED,
        **_filled("initial_value", question.value[:TYPED]),
        **_example(question),
        **_focus(question),
    }


def _suggested(question: Input) -> Json:
    known = question.stored and len(question.stored) <= VALUE and visible(question.value)
    initial = {"text": literal(question.value, LABEL), "value": question.stored}
    return {
        "type": "external_select",
        "action_id": ANSWER,
        "min_query_length": 0,
        **({"initial_option": initial} if known else {}),
        "placeholder": literal(_("Type a few letters…"), PLACEHOLDER),
        **_focus(question),
    }


def _menu(question: Input) -> Json:
    options = [_option(*each) for each in question.options]
    initial = next((o for o in options if _is_answer(o, question)), None)
    return {
        "type": "static_select",
        "action_id": ANSWER,
        "placeholder": literal(_("Choose…"), PLACEHOLDER),
        **_grouped(options),
        **({"initial_option": initial} if initial else {}),
        **_focus(question),
    }


def _is_answer(option: Json, question: Input) -> bool:
    """Whether it is the one that is filled in: by its value, or by its words."""
    if question.stored:
        return bool(option["value"] == question.stored)
    return plain(question.value) in {option["value"], option["text"]["text"]} - {""}


def _grouped(options: list[Json]) -> Json:
    """More options than a menu holds, in groups that say where in the list they are."""
    if len(options) <= OPTIONS:
        return {"options": options}
    parts = [options[at : at + OPTIONS] for at in range(0, len(options), OPTIONS)]
    return {"option_groups": [{"label": _span(part), "options": part} for part in parts]}


def _span(options: list[Json]) -> Json:
    first, last = (shortened(options[at]["text"]["text"], LABEL // 2 - 1) for at in (0, -1))
    return literal(f"{first} – {last}", LABEL)


def _option(label: str, value: str) -> Json:
    return {"text": literal(label, LABEL), "value": value}


def _moment(question: Input) -> Iterator[Json]:
    found = MOMENT.fullmatch(question.stored)
    day, time = (found["day"], found["time"] or "") if found else ("", "")
    picker = {"type": "datepicker", "action_id": ANSWER, **_filled("initial_date", day)}
    clock = {"type": "timepicker", "action_id": ANSWER, **_filled("initial_time", time)}
    yield _block(question, {**picker, **_focus(question)})
    yield _block(question, clock, TIME, _("Time"))


def _filled(name: str, value: str) -> Json:
    return {name: value} if value else {}


def _example(question: Input) -> Json:
    shown = visible(question.hint) and len(plain(question.hint)) <= PLACEHOLDER // 2
    return {"placeholder": literal(question.hint, PLACEHOLDER)} if shown else {}


def _focus(question: Input) -> Json:
    return {"focus_on_load": True} if question.focus else {}
