"""Slack: one workspace or many, over HTTP or a socket; deliveries that can be asked about."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_sdk.errors import SlackApiError

from bot.app import MAX_FILE, App
from bot.messages import File, Message
from bot.platforms import slack_answers, slack_render
from bot.platforms.base import CannotStartError, Recipient, SendFailedError
from bot.platforms.slack_api import REFUSED_BLOCKS, Bot, Clients, Tokens, client, error_code, failure
from bot.platforms.slack_desk import NAME, Defaults, Desk
from bot.platforms.slack_files import download
from bot.platforms.slack_install import Installations, flow
from bot.platforms.slack_listeners import Listeners
from bot.platforms.slack_manifest import BOT_SCOPES
from bot.platforms.slack_render import Posting
from bot.platforms.slack_socket import Socket
from bot.settings import Settings, Slack
from storage.database import Database

log = structlog.get_logger()

# Status, body, headers.
Page = tuple[int, str, list[tuple[str, str]]]
DELIVERY = "filrouge_delivery"
FIND_LIMIT = 100
AGAIN_SECONDS = 15


class OneWorkspace:
    """The bot of one token, whatever workspace a payload names; Slack is asked once who it is."""

    def __init__(self, token: str, base_url: str) -> None:
        self._token = token
        self._client = client(token, base_url, patient=False)
        self._bot: Bot | None = None

    def bot(self, team_id: str, enterprise_id: str = "") -> Bot | None:
        """Raises SlackApiError where the token is refused, OSError where Slack cannot be reached."""
        del team_id, enterprise_id
        if self._bot is None:
            found = self._client.auth_test()
            self._bot = Bot(
                team_id=found["team_id"],
                token=self._token,
                user_id=found["user_id"],
                bot_id=found.get("bot_id") or "",
                team_name=found.get("team") or "",
            )
        return self._bot

    def every(self) -> list[Bot]:
        bot = self.bot("")
        return [bot] if bot else []


class SlackPlatform:
    """What delivery asks of Slack."""

    name = NAME

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        """The channel and time stamp of the last part, "C12/1700000000.000100"; raises SendFailedError."""
        del now
        try:
            client = self._clients.once(network_external_id)
            channel = self._channel(network_external_id, recipient)
            sent = self._parts(client, channel, message, slack_render.postings(message))
            slack_answers.upload_all(client, sent[0], message)
        except (SlackApiError, OSError, SendFailedError) as refused:
            raise failure(refused) from refused
        return "/".join(sent)

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        """A message is there once its last part is; raises SendFailedError where Slack cannot be asked."""
        try:
            client = self._clients.patient(network_external_id)
            channel = self._channel(network_external_id, recipient)
            history = client.conversations_history(
                channel=channel, oldest=str(since.timestamp()), include_all_metadata=True, limit=FIND_LIMIT
            )
        except (SlackApiError, OSError, SendFailedError) as refused:
            raise failure(refused) from refused
        for message in history["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("token") == token and payload.get("last"):
                return f"{channel}/{message['ts']}"
        return None

    def fetch(self, network_external_id: str, locator: str, *, limit: int) -> bytes:
        """The content of a file that came with a message; raises SendFailedError, also over `limit` bytes."""
        return download(self._clients.bot(network_external_id).token, self._clients.base_url, locator, limit=limit)

    def _channel(self, network_external_id: str, recipient: Recipient) -> str:
        if recipient.channel:
            return recipient.external_id
        return self._clients.direct_channel(network_external_id, recipient.external_id)

    def _parts(self, client: Any, to: str, message: Message, postings: list[Posting]) -> tuple[str, str]:
        sent = ("", "")
        for n, posting in enumerate(postings, start=1):
            metadata = None
            if message.token:
                payload = {"token": message.token, "part": n, "last": n == len(postings)}
                metadata = {"event_type": DELIVERY, "event_payload": payload}
            try:
                sent = slack_answers.posted(client, to, posting, metadata=metadata)
            except SlackApiError as refused:
                if error_code(refused) not in REFUSED_BLOCKS or not posting.blocks:
                    raise
                return self._parts(client, to, message, slack_render.spoken_postings(message))
        return sent


@dataclass(frozen=True, slots=True)
class SlackService:
    """Slack, put together: the platform for deliveries, the Bolt app, and what runs beside it."""

    platform: SlackPlatform
    desk: Desk
    listeners: Listeners
    clients: Clients
    socket: Socket | None = None
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
        if self.socket is not None:
            self.socket.start()
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
        return self.socket is None or self.socket.alive()

    def close(self) -> None:
        self.closing.set()
        if self.socket is not None:
            self.socket.close()
        self.desk.close()

    def dispatch(self, body: str, headers: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        """Answer a request to /slack/events: status, body, headers."""
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
    """Put Slack together for these settings; nothing is called or connected yet."""
    store = Installations(database, settings.secret_key, clock) if slack.oauth else None
    tokens: Tokens = store or OneWorkspace(slack.bot_token, slack.api_url)
    clients = Clients(tokens, slack.api_url)
    defaults = Defaults(settings.language, settings.country, settings.timezone)
    desk = Desk(app, clients, clock=clock, defaults=defaults)
    platform = SlackPlatform(clients)
    app.fetch = lambda network_id, file: _fetched(platform, app.external_id(network_id), file)
    listeners = Listeners(desk, signing_secret=slack.signing_secret, base_url=slack.api_url, installations=store)
    socket = None
    if slack.socket:
        socket = Socket(listeners.bolt, slack.app_token, client("", slack.api_url, patient=True))
    oauth = None
    if store is not None:
        oauth = flow(
            slack,
            store,
            secret_key=settings.secret_key,
            public_url=settings.public_url,
            scopes=BOT_SCOPES,
            language=settings.language,
            clock=clock,
        )
    return SlackService(platform, desk, listeners, clients, socket, oauth, signed=bool(slack.signing_secret))


def _fetched(platform: SlackPlatform, network_external_id: str, file: File) -> bytes:
    try:
        return platform.fetch(network_external_id, file.locator, limit=MAX_FILE)
    except SendFailedError as refused:
        raise OSError(refused.reason) from refused
