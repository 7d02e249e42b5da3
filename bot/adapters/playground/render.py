"""A reply as the JSON that the page draws; text is parsed here, so the page reads no markup."""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any, assert_never

from bot.markdown import markdown, parse, plain
from bot.messages import (
    Block,
    Button,
    Buttons,
    Call,
    Choice,
    Fields,
    File,
    Image,
    Input,
    Link,
    Reply,
    Sheet,
    Table,
    Text,
    Token,
)

Json = dict[str, Any]


def blocks(reply: Reply) -> list[Json]:
    """Every block of a packed reply, in order."""
    return [_block(block) for block in reply.blocks]


def ref(file: File) -> str:
    """Name a file for `/files/`: the handle it came with, or a hash of what the bot made."""
    return file.ref or hashlib.sha256(file.content).hexdigest()[:40]


def made(reply: Reply) -> Iterator[File]:
    """Find the files of a reply that the bot made and nobody keeps yet."""
    for block in reply.blocks:
        match block:
            case Image(file=File(ref="") as file) | (File(ref="") as file):
                yield file
            case _:
                continue


def spans(text: str) -> list[Json]:
    """Markdown as runs of one style; a plain string is one plain run."""
    runs = groupby(parse(markdown(text)), key=lambda span: (span.style, span.link))
    return [_run("".join(span.text for span in run), *look) for look, run in runs]


def _run(text: str, style: str, href: str) -> Json:
    return (
        {"text": text}
        | ({"style": str(style)} if style else {})
        | ({"href": href} if href else {})
    )


def _block(block: Block) -> Json:
    match block:
        case Text(text):
            return {"type": "text", "spans": spans(text)}
        case Fields(rows):
            return {
                "type": "fields",
                "rows": [[spans(name), spans(value)] for name, value in rows],
            }
        case Table(headers, rows):
            return {
                "type": "table",
                "headers": [spans(cell) for cell in headers],
                "rows": [[spans(cell) for cell in row] for row in rows],
            }
        case Image(file, alt):
            return {"type": "image", "alt": plain(alt), **_file(file)}
        case File():
            return {"type": "file", **_file(block)}
        case Buttons(buttons):
            return {"type": "buttons", "buttons": [_button(button) for button in buttons]}
        case Choice(prompt, options):
            return {
                "type": "choice",
                "prompt": spans(prompt),
                "options": [_button(option) for option in options],
            }
        case Sheet():
            return _sheet(block)
        case _:
            assert_never(block)


def _file(file: File) -> Json:
    size = {"size": len(file.content)} if file.content else {}
    return {"name": file.name, "mime": file.mime, "url": f"/files/{ref(file)}", **size}


def _button(button: Button) -> Json:
    match button.then:
        case Link(url):
            target = {"url": url}
        case Token(value):
            target = {"token": value}
        case Call(command):
            raise ValueError(f"the call of {command} is not stored")
    return {"label": plain(button.label), "primary": button.primary, **target}


def _sheet(sheet: Sheet) -> Json:
    if isinstance(sheet.then, Call):
        raise ValueError(f"the call of {sheet.then.command} is not stored")  # noqa: TRY004 - a value
    return {
        "type": "sheet",
        "title": plain(sheet.title),
        "inputs": [_input(one) for one in sheet.inputs],
        "submit": plain(sheet.submit),
        "token": sheet.then.value,
    }


def _input(one: Input) -> Json:
    return {
        "name": one.name,
        "label": plain(one.label),
        "hint": plain(one.hint),
        "value": one.value,
        "error": plain(one.error),
        "required": one.required,
        "multiline": one.multiline,
        "options": [[plain(label), value] for label, value in one.options],
    }
