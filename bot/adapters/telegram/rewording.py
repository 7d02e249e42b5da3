"""Saying the same in another way where Telegram does not take the first."""

from dataclasses import replace

import structlog
from telegram.error import BadRequest, ChatMigrated

from bot.adapters.telegram.render import Request, as_document, render
from bot.adapters.telegram.wire import outcome
from bot.runtime.adapter import Outgoing

log = structlog.get_logger(__name__)

NOT_MODIFIED = "message is not modified"
NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)
NOT_A_PHOTO = ("image_process_failed", "photo_invalid_dimensions", "too big for a photo")


def shown_already(request: Request, error: Exception) -> bool:
    """Tell an edit that changes nothing, which is as good as done."""
    return request.edits and NOT_MODIFIED in str(error).casefold()


def reworded(request: Request, outgoing: Outgoing, error: Exception) -> Request:
    """Find another way to send it; raises what the failure means when there is none."""
    if isinstance(error, ChatMigrated):
        log.warning("telegram.group_moved", chat=outgoing.place.chat)
        return request.changed(chat_id=error.new_chat_id)
    if isinstance(error, BadRequest):
        words = str(error).casefold()
        if request.edits and any(sign in words for sign in NOT_EDITABLE):
            return render(replace(outgoing, edit=""))
        if "message thread not found" in words and "message_thread_id" in request.arguments:
            return request.changed(message_thread_id=None)
        if request.method == "send_photo" and any(sign in words for sign in NOT_A_PHOTO):
            return as_document(request)
    raise outcome(error) from None
