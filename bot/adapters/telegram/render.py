"""A packed message as one call of the Bot API; pure."""

from dataclasses import dataclass, field
from typing import Any

from telegram import InputFile, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.adapters.telegram.html import to_html
from bot.adapters.telegram.keyboard import keyboard
from bot.markdown import Markdown, markdown
from bot.messages import Block, Buttons, File, Image, Text
from bot.runtime.adapter import Outgoing

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LARGEST_PHOTO = 10 * 1024 * 1024


@dataclass(frozen=True)
class Request:
    """A method of `telegram.Bot` and its arguments."""

    method: str
    arguments: dict[str, Any] = field(repr=False)

    @property
    def edits(self) -> bool:
        return self.method == "edit_message_text"

    def changed(self, method: str = "", **arguments: Any) -> "Request":
        """Copy it with these arguments; one that is None is left out."""
        merged = {**self.arguments, **arguments}
        kept = {name: value for name, value in merged.items() if value is not None}
        return Request(method or self.method, kept)


def render(outgoing: Outgoing) -> Request:
    """Make the call that shows this message, in place of another where it can be."""
    content, *others = outgoing.reply.blocks
    request = _content(content).changed(
        chat_id=outgoing.place.chat,
        message_thread_id=int(outgoing.place.thread) if outgoing.place.thread else None,
        reply_markup=keyboard(block for block in others if isinstance(block, Buttons)),
    )
    if outgoing.edit and isinstance(content, Text):
        return request.changed(
            "edit_message_text", message_id=int(outgoing.edit), message_thread_id=None
        )
    return request


def as_document(request: Request) -> Request:
    """Turn a picture that Telegram won't take as a photo into a file."""
    photo = request.arguments["photo"]
    return request.changed("send_document", photo=None, document=photo)


def _content(block: Block) -> Request:
    match block:
        case Text(text):
            return Request("send_message", {**_words("text", text), **_quiet()})
        case Image(file, alt):
            return _picture(file, markdown(alt))
        case File():
            return Request("send_document", {"document": _file(block)})
        case _:
            raise TypeError(f"a message can't be made of {type(block).__name__}: pack it first")


def _picture(file: File, caption: Markdown) -> Request:
    request = Request("send_photo", {"photo": _file(file), **_words("caption", caption)})
    return as_document(request) if len(file.content) > LARGEST_PHOTO else request


def _words(name: str, text: Markdown) -> dict[str, Any]:
    return {name: to_html(text), "parse_mode": ParseMode.HTML} if text else {}


def _quiet() -> dict[str, Any]:
    return {"link_preview_options": NO_PREVIEW}


def _file(file: File) -> str | InputFile:
    return file.ref or InputFile(file.content, filename=file.name)
