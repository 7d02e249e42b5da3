"""Putting the parts together: what `run` and `demo` have in common."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry

from bot.adapters.slack import Intake, Requests, Slack, Socket
from bot.adapters.telegram import Telegram, Webhook, poll, publish, register
from bot.commands import Book, Defaults
from bot.jobs import AnyJob
from bot.metrics import Metrics
from bot.outside.exports import export_sources
from bot.outside.imports import table_sources
from bot.phrases import LANGUAGES, label, speaking
from bot.runtime.adapter import Adapter
from bot.runtime.errands import Runner, Source
from bot.runtime.health import Health
from bot.runtime.inbox import Gathered, Inbox
from bot.runtime.process import Process, Receiver, Roles, stop_asked
from bot.runtime.suggesting import suggest
from bot.runtime.turn import Runtime, utc_now
from bot.runtime.wake import Wake
from bot.settings import Settings
from bot.web import make_app, serve
from services.understanding.messages import understand
from storage.engine import Database
from storage.exclusive import hold
from storage.models import Role

log = structlog.get_logger(__name__)
TAKE_OVER = 2.0
WEBHOOK_PATH = "/telegram/webhook"


def menu(book: Book, role: int, language: str) -> list[tuple[str, str]]:
    """Each command that a role has and what it does, in a language."""
    with speaking(language):
        return [(each.name, label(each.summary)) for each in book.allowed(role)]


@dataclass
class Parts:
    """What a process is made of before it runs."""

    database: Database
    book: Book
    jobs: Sequence[AnyJob]
    defaults: Defaults
    roles: Roles
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    adapters: dict[str, Adapter] = field(default_factory=dict)
    receivers: list[Receiver] = field(default_factory=list)
    routes: list[web.RouteDef] = field(default_factory=list)
    awaited: set[str] = field(default_factory=set)
    """The platforms that are to be served and are not reached yet."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Who runs errands, by their names."""

    def __post_init__(self) -> None:
        self.health = Health(time.monotonic)
        self.wake = Wake(self.roles.topics)
        self.metrics = Metrics(self.registry)
        self.inbox = Inbox(self.database, utc_now, self.wake, self.metrics)

    @cached_property
    def runtime(self) -> Runtime:
        """What all that runs in this process has in common."""
        return Runtime(
            database=self.database,
            adapters=self.adapters,
            book=self.book,
            defaults=self.defaults,
            wake=self.wake,
            metrics=self.metrics,
            health=self.health,
            understand=understand,
            delivers=self.roles.deliver,
            awaited=self.awaited,
            runner=Runner({**table_sources(), **export_sources(), **self.sources}),
        )

    def add(self, adapter: Adapter) -> None:
        """Serve one more platform."""
        self.adapters[f"{adapter.platform}:{adapter.bot}"] = adapter

    @asynccontextmanager
    async def running(self, host: str, port: int) -> AsyncIterator[int]:
        """Run while inside; gives the web server's port."""
        process = Process(self.runtime, self.roles, self.jobs, self.receivers, self.inbox.express)
        late = [web.post("/{path:.*}", self._late)] if self.awaited else []
        app = make_app(self.health, self.registry, [*self.routes, *late])
        async with serve(app, host, port) as taken, process.running():
            yield taken

    async def _late(self, request: web.Request) -> web.StreamResponse:
        """Hand on what a platform calls that was reached late; until then, it is to call again."""
        for route in self.routes:
            if (route.method, route.path) == (request.method, request.path):
                return await route.handler(request)
        raise web.HTTPServiceUnavailable if self.awaited else web.HTTPNotFound


async def add_telegram(parts: Parts, settings: Settings, telegram: Telegram) -> None:
    """Serve Telegram, by webhook when one is set, else by polling."""
    parts.add(telegram)
    url, secret = settings.telegram_webhook_url, settings.telegram_webhook_secret
    if url and secret:
        webhook = Webhook(telegram.bot, secret.get_secret_value(), parts.inbox)
        parts.routes.append(web.post(WEBHOOK_PATH, webhook.receive))
        if parts.roles.receive:
            address = url.rstrip("/") + WEBHOOK_PATH
            await register(telegram, address, secret.get_secret_value())
    else:
        parts.receivers.append(lambda: _poll_alone(parts, telegram))
    if parts.roles.receive:
        await publish(telegram, _menus(parts.book, Role.HQ), _menus(parts.book, Role.REP))


def add_slack(parts: Parts, settings: Settings, slack: Slack) -> None:
    """Serve Slack, through a socket where there is a token for one, else by signed requests."""
    parts.add(slack)
    slack.learn(lambda text: parts.book.find(text) is not None, parts.defaults.language)
    intake = Intake(
        slack,
        Gathered(parts.inbox, slack.platform, slack.bot),
        suggest=lambda *asked: suggest(parts.runtime, *asked),
        opens_form=parts.book.opens_form,
        now=utc_now,
        express=parts.inbox.express if parts.roles.work and parts.roles.deliver else None,
        may_open=lambda user: _may_open(parts.runtime, f"{slack.platform}:{user}"),
    )
    if token := settings.slack_app_token:
        open_url = slack.socket_opener(token.get_secret_value())
        socket = Socket(open_url, intake.dispatch, parts.health, proxy=slack.api.proxy)
        parts.receivers.append(socket.run)
    elif secret := settings.slack_signing_secret:
        requests = Requests(secret.get_secret_value(), intake.dispatch, utc_now)
        parts.routes += requests.routes()


def _may_open(runtime: Runtime, sender: str) -> bool:
    return not runtime.allowances.windows.wait(sender, runtime.monotonic())


def _menus(book: Book, role: int) -> dict[str, list[tuple[str, str]]]:
    return {language: menu(book, role, language) for language in LANGUAGES}


async def _poll_alone(parts: Parts, telegram: Telegram) -> None:
    """Poll while no other process does; take over within seconds when the one that did is gone."""
    while True:
        async with hold(parts.database, f"poll:telegram:{telegram.bot}") as still_held:
            if still_held:
                log.info("telegram_polling", bot=telegram.bot)
                polling = asyncio.ensure_future(poll(telegram, parts.inbox, parts.health))
                try:
                    while await still_held():
                        await asyncio.wait([polling], timeout=TAKE_OVER)
                finally:
                    polling.cancel()
                    with suppress(asyncio.CancelledError):
                        await polling
        await asyncio.sleep(TAKE_OVER)


async def run_until_stopped(parts: Parts, settings: Settings, adapters: Iterable[str]) -> None:
    """Serve until SIGTERM or Ctrl-C, then stop cleanly."""
    stopped = stop_asked()
    async with parts.running(settings.http_host, settings.http_port) as port:
        log.info("running", platforms=sorted(adapters), port=port)
        await stopped.wait()
        log.info("stopping")
