"""Block Kit as a page of HTML that looks about like Slack."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]

STYLE = (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>|(`[^`\n]+`)")
MARKS = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "b"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "i"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
)


def page(body: str, *, width: int, dark: bool) -> str:
    """A whole page in one of Slack's two looks."""
    look = "dark" if dark else "light"
    phone = "phone" if width < 600 else "desk"
    return (
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>"
        f"<body class='{look} {phone}' style='width:{width}px'>{body}"
    )


def message(blocks: Iterable[Json]) -> str:
    """One message of the bot's."""
    return (
        "<article><div class=face>S</div><div class=card><p class=who><b>Salesbot</b>"
        f"<span class=app>APP</span><time>10:00</time></p>{_blocks(blocks)}</div></article>"
    )


def picture(name: str, alt: str) -> str:
    """An uploaded file, as a message shows it."""
    return message([]).replace(
        "</div></article>",
        f"<div class=file>{escape(name)}<br>{escape(alt)}</div></div></article>",
    )


def view(found: Json) -> str:
    """A window, or the home tab."""
    if found["type"] == "home":
        return f"<main class=home>{_blocks(found['blocks'])}</main>"
    submit = (
        f"<button class=primary>{_text(found['submit'])}</button>" if "submit" in found else ""
    )
    close = f"<button>{_text(found['close'])}</button>"
    return (
        f"<main class=modal><header><h1>{_text(found['title'])}</h1><span>✕</span></header>"
        f"<div class=body>{_blocks(found['blocks'])}</div><footer>{close}{submit}</footer></main>"
    )


def _blocks(blocks: Iterable[Json]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Json) -> str:
    match block["type"]:
        case "section":
            return _section(block)
        case "rich_text":
            return f"<div class=text>{_rich(block)}</div>"
        case "actions":
            return f"<div class=actions>{''.join(map(_element, block['elements']))}</div>"
        case "context":
            return f"<div class=context>{' '.join(map(_text, block['elements']))}</div>"
        case "header":
            return f"<h2>{_text(block['text'])}</h2>"
        case "divider":
            return "<hr>"
        case "table":
            return _table(block)
        case "input":
            return _input(block)
        case other:
            raise ValueError(f"nobody drew a block {other} yet")


def _section(block: Json) -> str:
    text = f"<div class=text>{_text(block['text'])}</div>" if "text" in block else ""
    cells = "".join(f"<div>{_text(each)}</div>" for each in block.get("fields", ()))
    fields = f"<div class=fields>{cells}</div>" if cells else ""
    beside = _element(block["accessory"]) if "accessory" in block else ""
    kind = "section beside" if beside else "section"
    return f"<div class='{kind}'>{text}{fields}{beside}</div>"


def _table(block: Json) -> str:
    sides = [each.get("align", "left") for each in block.get("column_settings", ())]
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td style='text-align:{side}'>{_text(cell)}</td>"
            for cell, side in zip(row, sides, strict=True)
        )
        + "</tr>"
        for row in block["rows"]
    )
    return f"<table>{rows}</table>"


def _input(block: Json) -> str:
    optional = " <small>(optional)</small>" if block.get("optional") else ""
    hint = f"<div class=hint>{_text(block['hint'])}</div>" if "hint" in block else ""
    label = f"<label>{_text(block['label'])}{optional}</label>"
    return f"<div class=input>{label}{_element(block['element'])}{hint}</div>"


def _element(element: Json) -> str:
    match element["type"]:
        case "button":
            return f"<button class='{element.get('style', '')}'>{_text(element['text'])}</button>"
        case "static_select" | "external_select":
            return _field(element, "initial_option", "select")
        case "datepicker":
            return _field(element, "initial_date", "date")
        case "timepicker":
            return _field(element, "initial_time", "clock")
        case "plain_text_input":
            return _field(element, "initial_value", "tall" if element.get("multiline") else "")
        case "file_input":
            return "<button>⬆ Upload file</button>"
        case other:
            raise ValueError(f"nobody drew an element {other} yet")


def _field(element: Json, initial: str, kind: str) -> str:
    value = element.get(initial)
    shown = _text(value["text"]) if isinstance(value, dict) else escape(value or "")
    example = _text(element["placeholder"]) if "placeholder" in element else "&nbsp;"
    focus = " focus" if element.get("focus_on_load") else ""
    empty = "" if shown else " empty"
    return f"<div class='field {kind}{focus}{empty}'>{shown or example}</div>"


def _text(found: Json) -> str:
    if found["type"] in {"plain_text", "raw_text"}:
        return escape(found["text"])
    if found["type"] == "rich_text":
        return _rich(found)
    return _mrkdwn(found["text"])


def _rich(block: Json) -> str:
    return "".join(_run(each) for part in block["elements"] for each in part["elements"])


def _run(element: Json) -> str:
    if element["type"] == "date":
        return escape(element["fallback"])
    shown = escape(element["text"])
    for style, tag in (("bold", "b"), ("italic", "i"), ("code", "code")):
        if element.get("style", {}).get(style):
            shown = f"<{tag}>{shown}</{tag}>"
    return f"<a>{shown}</a>" if element["type"] == "link" else shown


def _mrkdwn(text: str) -> str:
    """The marks as Slack shows them; the words in it are escaped already."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        target, words, code = found.groups()
        plain = words if target and target.startswith("!date") else f"<a>{words or target}</a>"
        kept.append(f"<code>{code[1:-1]}</code>" if code else plain)
        return f"\0{len(kept) - 1}\0"

    shown = TOKEN.sub(keep, text)
    for mark, tag in MARKS:
        shown = mark.sub(rf"<{tag}>\1</{tag}>", shown)
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], shown)
