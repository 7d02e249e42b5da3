import inspect

import pytest
from telegram import Bot, InputFile

from bot.adapters.telegram.render import LARGEST_PHOTO, as_document, render
from bot.markdown import Markdown
from bot.messages import Block, Button, Buttons, Fields, File, Image, Place, Reply, Text, Token
from bot.runtime.adapter import Outgoing

ANA = Place("telegram", "123456", "7001")
TOPIC = Place("telegram", "123456", "-1001", "8", private=False)
WORDS = Text(Markdown("*Acme*"))
UNDO = Buttons((Button("Undo", Token("u")),))
STORED = File("chart.png", "image/png", ref="file-id")
MADE = File("report.csv", "text/csv", content=b"a,b")


def outgoing(*blocks: Block, place: Place = ANA, edit: str = "") -> Outgoing:
    return Outgoing(1, place, Reply(blocks), edit=edit)


def test_a_text() -> None:
    request = render(outgoing(WORDS, UNDO))

    assert request.method == "send_message"
    assert tuple(request.arguments[name] for name in ("chat_id", "text", "parse_mode")) == (
        "7001",
        "<b>Acme</b>",
        "HTML",
    )
    assert request.arguments["link_preview_options"].is_disabled
    assert request.arguments["reply_markup"].inline_keyboard[0][0].callback_data == "u"


def test_a_topic() -> None:
    assert render(outgoing(WORDS, place=TOPIC)).arguments["message_thread_id"] == 8


def test_an_edit() -> None:
    request = render(outgoing(WORDS, edit="12", place=TOPIC))

    assert (request.method, request.arguments["message_id"]) == ("edit_message_text", 12)
    assert "message_thread_id" not in request.arguments
    assert "reply_markup" not in request.arguments, "an edit without buttons takes them away"


def test_a_picture_by_its_reference() -> None:
    request = render(outgoing(Image(STORED, "a < b"), edit="12"))

    assert request.method == "send_photo", "a text can't be edited into a picture"
    assert (request.arguments["photo"], request.arguments["caption"]) == ("file-id", "a &lt; b")


def test_a_picture_without_words_has_no_caption() -> None:
    assert "caption" not in render(outgoing(Image(STORED, ""))).arguments


def test_a_picture_too_large_for_a_photo_is_a_document() -> None:
    large = File("map.png", "image/png", content=bytes(LARGEST_PHOTO + 1))

    assert render(outgoing(Image(large, "Map"))).method == "send_document"


def test_a_document_by_its_bytes() -> None:
    document = render(outgoing(MADE)).arguments["document"]

    assert isinstance(document, InputFile)
    assert (document.input_file_content, document.filename) == (b"a,b", "report.csv")


def test_what_is_not_packed_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="pack it first"):
        render(outgoing(Fields((("a", "b"),))))


def test_arguments_are_ones_that_the_library_knows() -> None:
    photo = render(outgoing(Image(STORED, "x"), UNDO, place=TOPIC))
    for request in (
        render(outgoing(WORDS, UNDO, place=TOPIC)),
        render(outgoing(WORDS, UNDO, edit="3")),
        render(outgoing(MADE, UNDO, place=TOPIC)),
        photo,
        as_document(photo),
    ):
        known = inspect.signature(getattr(Bot, request.method)).parameters
        assert set() == request.arguments.keys() - known.keys()


def test_words_of_a_message_are_not_in_its_repr() -> None:
    assert "Acme" not in repr(render(outgoing(WORDS)))
