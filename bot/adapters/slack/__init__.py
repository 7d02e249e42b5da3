"""Slack: what comes in, what goes out, and the two ways of receiving."""

from bot.adapters.slack.client import API, Slack
from bot.adapters.slack.http import PATH, Requests
from bot.adapters.slack.intake import Intake
from bot.adapters.slack.socket import Socket

__all__ = ["API", "PATH", "Intake", "Requests", "Slack", "Socket"]
