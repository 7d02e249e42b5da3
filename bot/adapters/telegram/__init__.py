"""Telegram: what comes in, what goes out, and the two ways of receiving."""

from bot.adapters.telegram.client import API, Telegram
from bot.adapters.telegram.menu import Menu, publish
from bot.adapters.telegram.polling import poll
from bot.adapters.telegram.webhook import Webhook, register

__all__ = ["API", "Menu", "Telegram", "Webhook", "poll", "publish", "register"]
