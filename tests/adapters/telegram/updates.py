"""Updates as Telegram sends them."""

from typing import Any

from bot.adapters.telegram.addressing import Me

ME = Me("123456", "sales_bot")
DATE = 1_760_000_000
ANA: dict[str, Any] = {
    "id": 7001,
    "is_bot": False,
    "first_name": "Ana",
    "last_name": "Ruiz",
    "language_code": "zh-hans",
}
PRIVATE: dict[str, Any] = {"id": 7001, "type": "private", "first_name": "Ana"}
GROUP: dict[str, Any] = {"id": -1001234567890, "type": "supergroup", "title": "Team North"}


def message(text: str = "", /, chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    body = {"message_id": 5, "date": DATE, "chat": chat, "from": ANA, **more}
    return {"update_id": 9, "message": {**body, "text": text} if text else body}


def press(**more: Any) -> dict[str, Any]:
    card = {"message_id": 4, "date": DATE - 999, "chat": PRIVATE}
    query = {"id": "77", "from": ANA, "message": card, "data": "tok", "chat_instance": "1"}
    return {"update_id": 10, "received": DATE, "callback_query": {**query, **more}}


def change(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    member = {"status": status, "user": {"id": 123456}}
    body = {"chat": chat, "from": ANA, "date": DATE, "new_chat_member": member}
    return {"update_id": 11, "my_chat_member": body}
