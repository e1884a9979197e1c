"""Calls to Slack: whose token, which retries, and what a failure means."""

import threading
from dataclasses import dataclass
from functools import cache
from http.client import RemoteDisconnected
from ssl import SSLContext, create_default_context
from typing import Protocol
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.platforms.base import SendFailedError

TIMEOUT = 20
RETRIES = 3
MOST_DIRECT = 20_000

# Trying again is useless until a person mends it.
GONE = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_auth",
        "is_archived",
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_authed",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "team_access_not_granted",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
# Slack says itself that it may have done it.
UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
# The blocks are refused: the words alone still go.
REFUSED_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot in one workspace."""

    team_id: str
    token: str
    user_id: str
    bot_id: str = ""
    team_name: str = ""

    def __repr__(self) -> str:
        return f"Bot({self.team_id})"


class Tokens(Protocol):
    def bot(self, team_id: str, enterprise_id: str = "") -> Bot | None:
        """The bot of a workspace; None where it is not installed."""
        ...

    def every(self) -> list[Bot]:
        """The bot of every workspace."""
        ...


class NotInstalledError(SendFailedError):
    def __init__(self, team_id: str) -> None:
        super().__init__(f"not installed in the workspace {team_id}", gone=True)


class Clients:
    """Web API clients by workspace: `patient` ones sleep and try again, `once` leaves that to the ledger."""

    def __init__(self, tokens: Tokens, base_url: str) -> None:
        self.tokens = tokens
        self.base_url = base_url
        self._made: dict[tuple[str, bool], WebClient] = {}
        self._direct: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def patient(self, team_id: str) -> WebClient:
        """For answers and look-ups, never in a listener; raises NotInstalledError."""
        return self._client(team_id, patient=True)

    def once(self, team_id: str) -> WebClient:
        """For deliveries: nothing is sent twice behind the ledger's back; raises NotInstalledError."""
        return self._client(team_id, patient=False)

    def bot(self, team_id: str) -> Bot:
        """Raises NotInstalledError."""
        bot = self.tokens.bot(team_id)
        if bot is None:
            raise NotInstalledError(team_id)
        return bot

    def direct_channel(self, team_id: str, user_id: str) -> str:
        """The id of a person's direct conversation with the bot, which is opened; raises what the call raises."""
        key = (team_id, user_id)
        if key not in self._direct:
            if len(self._direct) >= MOST_DIRECT:
                self._direct.clear()
            self._direct[key] = str(self.once(team_id).conversations_open(users=user_id)["channel"]["id"])
        return self._direct[key]

    def _client(self, team_id: str, *, patient: bool) -> WebClient:
        token = self.bot(team_id).token
        with self._lock:
            key = (token, patient)
            if key not in self._made:
                self._made[key] = client(token, self.base_url, patient=patient)
            return self._made[key]


def client(token: str, base_url: str, *, patient: bool) -> WebClient:
    """A client for one token; "" for calls that bring their own."""
    handlers: list[RetryHandler] = (
        [
            ConnectionErrorRetryHandler(max_retry_count=RETRIES),
            RateLimitErrorRetryHandler(max_retry_count=RETRIES),
            ServerErrorRetryHandler(max_retry_count=RETRIES),
        ]
        if patient
        else []
    )
    return WebClient(
        token=token or None, base_url=base_url, timeout=TIMEOUT, retry_handlers=handlers, ssl=certificates()
    )


@cache
def certificates() -> SSLContext:
    """Those that are trusted: without it they are read again for each call, which takes 40 ms of work."""
    return create_default_context()


def error_code(error: SlackApiError) -> str:
    """Slack's name for what went wrong; "" where its answer was none of its own."""
    data = error.response if isinstance(error.response, dict) else getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def failure(error: Exception) -> SendFailedError:
    """What a failed call means for a delivery."""
    match error:
        case SendFailedError():
            return error
        case SlackApiError():
            return _refused(error)
        case URLError() if isinstance(error.reason, ConnectionRefusedError) or "getaddrinfo" in repr(error.reason):
            return SendFailedError("Slack cannot be reached")
        case URLError() | TimeoutError() | ConnectionError() | RemoteDisconnected():
            return SendFailedError("the connection to Slack was lost", ambiguous=True)
        case _:
            return SendFailedError(f"unexpected failure: {type(error).__name__}", ambiguous=True)


def _refused(error: SlackApiError) -> SendFailedError:
    status = getattr(error.response, "status_code", 0)
    code = error_code(error)
    if status == 429 or code in {"ratelimited", "rate_limited"}:  # noqa: PLR2004 - HTTP's own number
        return SendFailedError("Slack asks to slow down", retry_after=_seconds(error))
    if status >= 500 or code in UNSURE or not code:  # noqa: PLR2004 - HTTP's own number
        return SendFailedError(f"Slack failed ({code or status})", ambiguous=True)
    return SendFailedError(f"Slack refuses: {code}", gone=code in GONE)


def _seconds(error: SlackApiError) -> float:
    headers = {name.lower(): value for name, value in dict(getattr(error.response, "headers", {})).items()}
    value = headers.get("retry-after", "1")
    value = value[0] if isinstance(value, list) else value
    return float(value) if str(value).replace(".", "", 1).isdecimal() else 1.0
