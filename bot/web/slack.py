"""The routes that Slack calls; each request is answered in a thread, never on the loop."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.app import App
from bot.imports import second_reader
from bot.platforms.slack.install import INSTALL_PATH, REDIRECT_PATH
from bot.platforms.slack.sending import SlackPlatform
from bot.platforms.slack.service import SlackService, service
from bot.registry import Registry
from bot.settings import Settings, Slack
from bot.web import metrics
from bot.web.server import Part
from storage.database import Database

EVENTS_PATH = "/slack/events"


def connect(
    settings: Settings, database: Database, registry: Registry, after: Callable[[int], None]
) -> tuple[SlackPlatform, Part]:
    """Put Slack together; raises CannotStartError where Slack refuses the settings."""
    reader = second_reader.of(settings.reader)
    app = App(database, registry, source=SlackPlatform.name, after=after, second_reader=reader)
    found = service(settings.slack or Slack(), settings, database, app, clock=lambda: datetime.now(UTC))
    found.greet()
    return found.platform, part(found)


def part(slack: SlackService) -> Part:
    """Slack as a part of the web application."""
    return Part("slack", slack.start, slack.close, slack.alive, routes(slack))


def routes(slack: SlackService) -> list[BaseRoute]:
    """Without a signing secret Slack comes over its socket alone: nothing unsigned is ever taken."""
    found: list[BaseRoute] = []
    if slack.signed:
        found.append(Route(EVENTS_PATH, _events(slack), methods=["POST"]))
    if slack.oauth is not None:
        found.append(Route(INSTALL_PATH, _page(slack.install), methods=["GET"]))
        found.append(Route(REDIRECT_PATH, _page(slack.installed), methods=["GET"]))
    return found


def _events(slack: SlackService) -> Callable[[Request], Any]:
    async def events(request: Request) -> Response:
        with metrics.timed(EVENTS_PATH):
            try:
                body = (await request.body()).decode()
            except UnicodeDecodeError:
                return Response(status_code=400)
            status, text, headers = await run_in_threadpool(slack.dispatch, body, dict(request.headers))
        metrics.answered(EVENTS_PATH, status)
        return Response(text, status, headers)

    return events


def _page(answer: Callable[[str, dict[str, str]], tuple[int, str, list[tuple[str, str]]]]) -> Callable[[Request], Any]:
    async def page(request: Request) -> Response:
        status, text, headers = await run_in_threadpool(answer, request.url.query, dict(request.headers))
        response = Response(text, status)
        for name, value in headers:
            response.headers.append(name, value)
        return response

    return page
