"""A form that was sent back, or is being filled in, as the answers to its questions; pure."""

import json
from typing import Any

from bot.adapters.slack.arrivals import Json, identifier, received, window
from bot.adapters.slack.attached import files
from bot.adapters.slack.inputs import TIME
from bot.messages import Detail, File, Place, Sender, Submission

MORE = "more:"
"""Before the value of an option that there is more to ask about."""


def submission(payload: Json, place: Place, sender: Sender) -> Submission | None:
    """The answers of a window's form, typed and picked."""
    view = payload["view"]
    if view.get("callback_id") != "form":
        return None
    meta = json.loads(view["private_metadata"])
    typed, chosen = answers(view["state"]["values"])
    return Submission(
        sender,
        place,
        meta["token"],
        typed,
        received(payload),
        card=meta.get("card", ""),
        window=f"view:{identifier(view['id'])}",
        chosen=chosen,
        files=_files(view["state"]["values"]),
    )


def detail(payload: Json, place: Place, sender: Sender) -> Detail | None:
    """What was picked that a window was opened for, and what stands in the form so far."""
    waiting = window(payload)
    if not (waiting and asks_more(payload)):
        return None
    view, [action, *_others] = payload["view"], payload["actions"]
    meta = json.loads(view["private_metadata"])
    typed, chosen = answers(view["state"]["values"])
    return Detail(
        sender,
        place,
        meta["token"],
        question(action["block_id"]),
        _value(action["selected_option"]),
        typed,
        chosen,
        received(payload),
        window=waiting,
        under=f"view:{identifier(view['id'])}",
        card=meta.get("card", ""),
    )


def asks_more(payload: Json) -> bool:
    """Whether an answer of a form was picked that there is more to ask about."""
    match payload:
        case {
            "view": {"type": "modal"},
            "actions": [{"type": "external_select", "selected_option": {"value": str(value)}}, *_],
        }:
            return value.startswith(MORE)
        case _:
            return False


def question(block_id: str) -> str:
    """Which question an input is of; its name may carry a number, which makes Slack redraw it."""
    return block_id.partition("~")[0]


def answers(values: Json) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed, and what was picked from our options."""
    typed: dict[str, str] = {}
    chosen: dict[str, str] = {}
    times: dict[str, str] = {}
    for block_id, block in values.items():
        name = question(block_id)
        for given in block.values():
            match given.get("type"):
                case "static_select" | "external_select" | "radio_buttons":
                    if option := given.get("selected_option"):
                        chosen[name] = _value(option)
                case "datepicker":
                    typed[name] = str(given.get("selected_date") or "")
                case "timepicker":
                    times[name.removesuffix(TIME)] = str(given.get("selected_time") or "")
                case _:
                    typed[name] = str(given.get("value") or "")
    for name, clock in times.items():
        typed[name] = f"{typed.get(name, '')} {clock}".strip()
    return {name: text for name, text in typed.items() if text}, chosen


def _value(option: Json) -> str:
    return str(option["value"]).removeprefix(MORE)


def _files(values: Json) -> tuple[File, ...]:
    found: list[Any] = []
    for block in values.values():
        for given in block.values():
            found += given.get("files") or [] if given.get("type") == "file_input" else []
    return files(found)
