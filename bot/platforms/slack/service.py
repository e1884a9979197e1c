"""Slack, put together: over HTTP or sockets, for one workspace or many."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_sdk.errors import SlackApiError

from bot.app import App
from bot.messages import File
from bot.platforms.base import CannotStartError, SendFailedError
from bot.platforms.slack.api import Clients, Tokens, client, error_code
from bot.platforms.slack.desk import Defaults, Desk
from bot.platforms.slack.install import Installations, flow
from bot.platforms.slack.listeners import Listeners
from bot.platforms.slack.manifest import BOT_SCOPES
from bot.platforms.slack.reading import SlackReading
from bot.platforms.slack.sending import SlackPlatform
from bot.platforms.slack.socket import Socket
from bot.platforms.slack.workspaces import OneWorkspace, Several
from bot.preparing import MAX_FILE, Outside
from bot.settings import Settings, Slack
from storage.database import Database

log = structlog.get_logger()

# Status, body, headers.
Page = tuple[int, str, list[tuple[str, str]]]
AGAIN_SECONDS = 15


@dataclass(frozen=True, slots=True)
class SlackService:
    """Slack, put together: the platform for deliveries, the Bolt app, and what runs beside it."""

    platform: SlackPlatform
    desk: Desk
    listeners: Listeners
    clients: Clients
    sockets: tuple[Socket, ...] = ()
    oauth: OAuthFlow | None = None
    signed: bool = True
    closing: threading.Event = field(default_factory=threading.Event)

    def greet(self) -> None:
        """Raises CannotStartError where Slack refuses the token; a Slack out of reach is waited for."""
        try:
            self.clients.tokens.every()
        except SlackApiError as refused:
            raise CannotStartError(
                f"SLACK_BOT_TOKEN: Slack refuses it ({error_code(refused)}). Copy it again from “OAuth & Permissions”."
            ) from refused
        except OSError:
            log.warning("slack out of reach, waiting for it")

    def start(self) -> None:
        """Connect, take up what was left, and learn who is where, as soon as Slack can be reached."""
        for socket in self.sockets:
            socket.start()
        self.desk.in_background(self._begin)

    def _begin(self) -> None:
        while True:
            try:
                bots = self.clients.tokens.every()
            except OSError:
                if self.closing.wait(AGAIN_SECONDS):
                    return
            else:
                break
        self.desk.resume()
        for bot in bots:
            self.desk.resync(bot)

    def alive(self) -> bool:
        return all(socket.alive() for socket in self.sockets)

    def close(self) -> None:
        self.closing.set()
        for socket in self.sockets:
            socket.close()
        self.desk.close()

    def dispatch(self, body: str, headers: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        """Answer a request to /slack/events: status, body, headers."""
        if not headers.get("x-slack-request-timestamp", "0").isdecimal():
            return 401, "", {}
        answer = self.listeners.bolt.dispatch(BoltRequest(body=body, headers=dict(headers)))
        return answer.status, answer.body, answer.first_headers_without_set_cookie()

    def install(self, query: str, headers: dict[str, str]) -> Page:
        """Send a browser to Slack's consent page."""
        return self._page(lambda flow, request: flow.handle_installation(request), query, headers)

    def installed(self, query: str, headers: dict[str, str]) -> Page:
        """What Slack sends the browser back to: keep the token, and say so."""
        return self._page(lambda flow, request: flow.handle_callback(request), query, headers)

    def _page(
        self, handle: Callable[[OAuthFlow, BoltRequest], BoltResponse], query: str, headers: dict[str, str]
    ) -> Page:
        if self.oauth is None:
            return 404, "", []
        answer = handle(self.oauth, BoltRequest(body="", query=query, headers=dict(headers)))
        return (
            answer.status,
            answer.body,
            [(name, value) for name, values in answer.headers.items() for value in values],
        )


def service(
    slack: Slack, settings: Settings, database: Database, app: App, *, clock: Callable[[], datetime]
) -> SlackService:
    """Put Slack together for these settings; nothing is called or connected yet. Raises CannotStartError."""
    own = OneWorkspace(slack.bot_token, slack.api_url) if slack.bot_token else None
    store = Installations(database, settings.secret_key, clock) if settings.secret_key else None
    if store is not None:
        tokens: Tokens = Several(store, own)
    elif own is not None:
        tokens = own
    else:
        raise CannotStartError("FILROUGE_SECRET_KEY is missing: it opens the tokens of the workspaces.")
    clients = Clients(tokens, slack.api_url)
    defaults = Defaults(settings.language, settings.country, settings.timezone)
    desk = Desk(app, clients, clock=clock, defaults=defaults)
    platform = SlackPlatform(clients)
    reading = SlackReading(clients, desk.directory)
    app.outside = Outside(
        fetch=lambda network_id, file: _fetched(platform, app.external_id(network_id), file),
        linked=lambda network_id, incoming, text: reading.linked(app.external_id(network_id), incoming, text),
        show=lambda network_id, incoming, message, earlier: reading.show(
            app.external_id(network_id), incoming, message, earlier
        ),
    )
    listeners = Listeners(desk, signing_secret=slack.signing_secret, base_url=slack.api_url, installations=store)
    app_tokens = [*([slack.app_token] if slack.socket else []), *(store.app_tokens() if store else [])]
    sockets = tuple(
        Socket(listeners.bolt, token, client("", slack.api_url, patient=False)) for token in dict.fromkeys(app_tokens)
    )
    oauth = None
    if store is not None and slack.oauth:
        oauth = flow(
            slack,
            store,
            secret_key=settings.secret_key,
            public_url=settings.public_url,
            scopes=BOT_SCOPES,
            language=settings.language,
            clock=clock,
        )
    return SlackService(platform, desk, listeners, clients, sockets, oauth, signed=bool(slack.signing_secret))


def _fetched(platform: SlackPlatform, network_external_id: str, file: File) -> bytes:
    try:
        return platform.fetch(network_external_id, file.locator, limit=MAX_FILE)
    except SendFailedError as refused:
        raise OSError(refused.reason) from refused
