"""Replies as the outbox keeps them: JSON, buttons already tokens."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.markdown import Markdown
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
    Place,
    Reply,
    Sheet,
    Table,
    Text,
    Token,
    Way,
)

Json = dict[str, Any]
TEXTS = ("label", "hint", "value", "error", "doubt")
"""What of an input may be Markdown."""


@dataclass(frozen=True)
class Parcel:
    """One message, packed for its platform, and where it goes."""

    place: Place
    reply: Reply
    edit: str = ""
    ack: str = ""
    window: str = ""
    language: str = ""
    spare: bool = False


def pack(parcel: Parcel) -> Json:
    """The parcel as JSON."""
    place = parcel.place
    return {
        "place": [
            place.platform,
            place.bot,
            place.chat,
            place.thread,
            place.private,
            place.only,
        ],
        "blocks": [_block(block) for block in parcel.reply.blocks],
        "edit": parcel.edit,
        "ack": parcel.ack,
        "window": parcel.window,
        "language": parcel.language,
        "spare": parcel.spare,
    }


def unpack(payload: Mapping[str, Any]) -> Parcel:
    """The inverse of `pack`."""
    blocks = tuple(_read(block) for block in payload["blocks"])
    return Parcel(
        Place(*payload["place"]),
        Reply(blocks),
        payload["edit"] or "",
        payload["ack"] or "",
        payload.get("window", ""),
        payload.get("language", ""),
        payload.get("spare", False),
    )


def _text(value: str) -> str | list[str]:
    """Markdown as a list of one, so that it can be told from plain text."""
    return [str(value)] if isinstance(value, Markdown) else value


def _read_text(value: str | list[str]) -> str:
    return Markdown(value[0]) if isinstance(value, list) else value


def _block(block: Block) -> Json:
    match block:
        case Text(markdown):
            return {"text": str(markdown)}
        case Fields(rows):
            return {"fields": [[_text(name), _text(value)] for name, value in rows]}
        case Table(headers, rows):
            return {
                "table": [[_text(cell) for cell in row] for row in (headers, *rows)],
            }
        case Image(file, alt):
            return {"image": _file(file), "alt": _text(alt)}
        case File():
            return {"file": _file(block)}
        case Buttons(buttons):
            return {"buttons": [_button(button) for button in buttons]}
        case Choice(prompt, options):
            return {"choice": [_button(option) for option in options], "prompt": _text(prompt)}
        case Sheet():
            return _sheet(block)


def _sheet(sheet: Sheet) -> Json:
    if isinstance(sheet.then, Call):
        raise TypeError("a sheet leaves with a token, not with its call")
    return {
        "sheet": [_input(each) for each in sheet.inputs],
        "title": _text(sheet.title),
        "submit": _text(sheet.submit),
        "token": sheet.then.value,
        "files": sheet.files,
        "again": sheet.again.value if isinstance(sheet.again, Token) else "",
    }


def _input(asked: Input) -> Json:
    options = [[_text(label), value] for label, value in asked.options]
    texts = {name: _text(getattr(asked, name)) for name in TEXTS}
    return vars(asked) | texts | {"options": options}


def _file(file: File) -> Json:
    content = base64.b64encode(file.content).decode()
    return {"name": file.name, "mime": file.mime, "ref": file.ref, "content": content}


def _button(button: Button) -> Json:
    match button.then:
        case Token(value, form):
            then = {"token": value} | ({"form": True} if form else {})
        case Link(url):
            then = {"url": url}
        case Call():
            raise TypeError("a button leaves with a token, not with its call")
    return then | {
        "label": _text(button.label),
        "single": button.single,
        "primary": button.primary,
    }


def _read(block: Json) -> Block:
    match block:
        case {"text": markdown}:
            return Text(Markdown(markdown))
        case {"fields": rows}:
            return Fields(tuple((_read_text(name), _read_text(value)) for name, value in rows))
        case {"table": [headers, *rows]}:
            return Table(_cells(headers), tuple(_cells(row) for row in rows))
        case {"image": file, "alt": alt}:
            return Image(_read_file(file), _read_text(alt))
        case {"file": file}:
            return _read_file(file)
        case {"buttons": buttons}:
            return Buttons(tuple(_read_button(button) for button in buttons))
        case {"choice": options, "prompt": prompt}:
            return Choice(_read_text(prompt), tuple(_read_button(option) for option in options))
        case {"sheet": inputs, "title": title, "submit": submit, "token": token}:
            read = tuple(_read_input(each) for each in inputs)
            again = Token(block["again"], form=True) if block.get("again") else None
            files = bool(block.get("files"))
            return Sheet(_read_text(title), read, _read_text(submit), Token(token), files, again)
        case _:
            raise ValueError(f"no block has the keys {sorted(block)}")


def _cells(row: list[Any]) -> tuple[str, ...]:
    return tuple(_read_text(cell) for cell in row)


def _read_input(value: Json) -> Input:
    options = tuple((_read_text(label), str(answer)) for label, answer in value["options"])
    texts = {name: _read_text(value[name]) for name in TEXTS if name in value}
    way = Way(value.get("way", Way.TEXT))
    return Input(**{**value, **texts, "options": options, "way": way})


def _read_file(value: Json) -> File:
    content = base64.b64decode(value["content"])
    return File(value["name"], value["mime"], value["ref"], content)


def _read_button(value: Json) -> Button:
    then: Token | Link = Link(value["url"]) if "url" in value else _read_token(value)
    return Button(_read_text(value["label"]), then, value["single"], value["primary"])


def _read_token(value: Json) -> Token:
    return Token(value["token"], form=value.get("form", False))
