"""What a Mattermost server remembers, and its rules; each names the file of mattermost/mattermost it was read in."""

from __future__ import annotations

import ipaddress
import itertools
import json
import random
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

# server/public/model/post.go
MAX_MESSAGE_RUNES = 65535 // 4
MAX_PROPS_RUNES = 800_000 - 40_000
MAX_FILE_IDS_RUNES = 300
# server/channels/app/post.go
PENDING_POST_SECONDS = 30
# server/public/model/command_webhook.go, server/channels/app/webhook.go
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5
# server/channels/store/sqlstore/post_store.go
POSTS_SINCE_LIMIT = 1000

SEEDS = itertools.count(26)  # no two servers make the same ids
ID_LETTERS = "ybndrfg8ejkmcpqxot1uwisza345h769"  # server/public/model/utils.go


class Clock:
    """A clock that moves only when a test moves it."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)

    def seconds(self) -> float:
        """Seconds since the epoch, as `time.monotonic` would be used."""
        return self._now.timestamp()

    def millis(self) -> int:
        return round(self._now.timestamp() * 1000)


class AppError(Exception):
    """What the API answers when it refuses (server/public/model/utils.go, AppError)."""

    def __init__(self, status: int, error_id: str, detail: str = "") -> None:
        super().__init__(error_id)
        self.status = status
        self.error_id = error_id
        self.detail = detail

    def body(self) -> Json:
        return {
            "id": self.error_id,
            "message": self.error_id,
            "detailed_error": self.detail,
            "request_id": "",
            "status_code": self.status,
        }


def forbidden() -> AppError:
    return AppError(403, "api.context.permissions.app_error")


def invalid(name: str) -> AppError:
    return AppError(400, "api.context.invalid_body_param.app_error", f"name={name}")


@dataclass
class Config:
    """The settings of the System Console that matter to a bot (server/public/model/config.go, with its defaults)."""

    site_url: str = ""
    enable_bot_accounts: bool = True  # False on a new server; the set-up's tests turn it off
    enable_user_access_tokens: bool = False
    enable_commands: bool = True
    allowed_untrusted_internal_connections: str = "127.0.0.1"
    integration_timeout_seconds: int = 30
    max_file_size: int = 100 * 1024 * 1024
    rate_per_second: int = 0  # 0: RateLimitSettings.Enable is false, as by default
    rate_burst: int = 100
    dialog_dates: bool = True  # elements date and datetime exist from 11.1


@dataclass
class User:
    id: str
    username: str
    roles: str = "system_user"
    locale: str = "en"
    timezone: dict[str, str] = field(
        default_factory=lambda: {
            "useAutomaticTimezone": "true",
            "automaticTimezone": "Europe/Brussels",
            "manualTimezone": "",
        }
    )
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    email: str = ""
    is_bot: bool = False
    owner_id: str = ""
    description: str = ""
    delete_at: int = 0

    @property
    def is_admin(self) -> bool:
        return "system_admin" in self.roles.split()


@dataclass
class Team:
    id: str
    name: str
    display_name: str
    members: dict[str, str] = field(default_factory=dict)  # user id -> roles


@dataclass
class Channel:
    id: str
    team_id: str
    type: str  # O open, P private, D direct, G group
    name: str
    display_name: str
    members: set[str] = field(default_factory=set)
    delete_at: int = 0
    last_post_at: int = 0


@dataclass
class Hook:
    """A response_url: how often it was used and until when it works."""

    id: str
    created: datetime
    command_id: str
    user_id: str
    channel_id: str
    root_id: str
    uses: int = 0


class State:
    """Everything the server knows; changed in the server's loop, or before anybody asks."""

    def __init__(self, clock: Clock, config: Config) -> None:
        self.clock = clock
        self.config = config
        self._changed = threading.Condition()
        self._changes = 0
        self._random = random.Random(next(SEEDS))
        self.users: dict[str, User] = {}
        self.tokens: dict[str, str] = {}  # session or access token -> user id
        self.access_tokens: set[str] = set()  # those of `tokens` that are personal access tokens
        self.teams: dict[str, Team] = {}
        self.channels: dict[str, Channel] = {}
        self.posts: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.contents: dict[str, bytes] = {}
        self.reactions: list[Json] = []
        self.commands: dict[str, Json] = {}
        self.hooks: dict[str, Hook] = {}
        self.cookies: dict[str, Json] = {}
        self.pending: dict[str, tuple[str, datetime]] = {}  # pending_post_id -> (post id or "", until)
        self.ephemerals: list[tuple[str, Json]] = []  # (user id, post as the client gets it)
        self.problems: list[str] = []  # what the real server would log, refuse to type or leave to chance
        self.requests: list[tuple[str, str]] = []  # (method, path) of every API call

    def changed(self) -> None:
        """Wake up who waits for something to appear."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def wait(self, until: Callable[[], Any]) -> Any:
        """What `until` gives once it gives something; for what the bot does in its own time."""
        while True:
            seen = self._changes
            # Looked at without the lock: it may ask the server itself.
            if found := until():
                return found
            with self._changed:
                if not self._changed.wait_for(lambda: self._changes != seen, timeout=20):  # noqa: B023 - used at once
                    raise AssertionError("it did not happen")

    def new_id(self) -> str:
        return "".join(self._random.choice(ID_LETTERS) for _ in range(26))

    # People and places ---------------------------------------------------------------------------------------------

    def add_user(self, username: str, **values: Any) -> User:
        user = User(id=self.new_id(), username=username, email=f"{username}@example.org", **values)
        self.users[user.id] = user
        return user

    def new_token(self, user: User, *, access: bool = False) -> str:
        token = self.new_id()
        self.tokens[token] = user.id
        if access:
            self.access_tokens.add(token)
        return token

    def user_of(self, token: str) -> User | None:
        """The person of a token: a personal access token needs its setting, a bot's never does (app/session.go)."""
        user = self.users.get(self.tokens.get(token, ""))
        if user is None or user.delete_at:
            return None
        if token in self.access_tokens and not user.is_bot and not self.config.enable_user_access_tokens:
            return None
        return user

    def add_team(self, name: str, display_name: str = "") -> Team:
        team = Team(self.new_id(), name, display_name or name)
        self.teams[team.id] = team
        self.add_channel(team, "town-square", "Town Square")
        return team

    def join_team(self, team: Team, user: User, *, admin: bool = False) -> None:
        team.members[user.id] = "team_user team_admin" if admin else "team_user"
        self.channel_named(team, "town-square").members.add(user.id)

    def add_channel(self, team: Team | None, name: str, display_name: str = "", *, private: bool = False) -> Channel:
        kind = "P" if private else "O"
        channel = Channel(self.new_id(), team.id if team else "", kind, name, display_name or name)
        self.channels[channel.id] = channel
        return channel

    def channel_named(self, team: Team, name: str) -> Channel:
        for channel in self.channels.values():
            if channel.team_id == team.id and channel.name == name:
                return channel
        raise AppError(404, "app.channel.get_by_name.missing.app_error")

    def direct_channel(self, one: str, other: str) -> Channel:
        """The direct channel of two people, made when it is first wanted (server/channels/app/channel.go)."""
        name = "__".join(sorted((one, other)))
        for channel in self.channels.values():
            if channel.type == "D" and channel.name == name:
                return channel
        channel = Channel(self.new_id(), "", "D", name, "", {one, other})
        self.channels[channel.id] = channel
        return channel

    def open_channel(self, channel_id: str, user: User) -> Channel:
        """The channel, if this person may read it: members and, of an open one, its team (app/authorization.go)."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise AppError(404, "app.channel.get.existing.app_error")
        team = self.teams.get(channel.team_id)
        reads_open = channel.type == "O" and team is not None and user.id in team.members
        if not (user.id in channel.members or reads_open or user.is_admin):
            raise forbidden()
        return channel

    def team_admin(self, user: User, team_id: str) -> bool:
        team = self.teams.get(team_id)
        return user.is_admin or (team is not None and "team_admin" in team.members.get(user.id, "").split())

    # Rules of outgoing calls ---------------------------------------------------------------------------------------

    def may_call(self, url: str) -> bool:
        """Reserved addresses are refused unless listed (server/platform/services/httpservice/transport.go)."""
        host = urlsplit(url).hostname or ""
        allowed = self.config.allowed_untrusted_internal_connections.replace(",", " ").split()
        if host in allowed:
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return host != "localhost"
        if any(address in ipaddress.ip_network(entry) for entry in allowed if "/" in entry):
            return True
        return not (address.is_private or address.is_loopback or address.is_link_local)

    def use_hook(self, hook_id: str) -> Hook:
        """A response_url works five times and for 30 minutes (model/command_webhook.go, app/webhook.go)."""
        hook = self.hooks.get(hook_id)
        if hook is None or self.clock.now() - hook.created > timedelta(seconds=RESPONSE_URL_SECONDS):
            raise AppError(404, "app.command_webhook.get.missing")
        if hook.uses >= RESPONSE_URL_USES:
            raise AppError(400, "app.command_webhook.try_use.invalid")
        hook.uses += 1
        return hook

    # Shapes for clients --------------------------------------------------------------------------------------------

    @staticmethod
    def user_json(user: User) -> Json:
        names = ("id", "username", "locale", "timezone", "first_name", "last_name", "nickname", "roles", "delete_at")
        shown = {name: getattr(user, name) for name in names}
        return shown | {"email": user.email} | ({"is_bot": True} if user.is_bot else {})

    @staticmethod
    def channel_json(channel: Channel) -> Json:
        names = ("id", "team_id", "type", "name", "display_name", "delete_at", "last_post_at")
        return {name: getattr(channel, name) for name in names}

    def post_json(self, post: Json) -> Json:
        """A post as clients get it, without integrations (model/integration_action.go, StripActionIntegrations)."""
        shown: Json = json.loads(json.dumps(post))
        for attachment in shown["props"].get("attachments") or []:
            for action in attachment.get("actions") or []:
                action.pop("integration", None)
        files = [self.files[file_id] for file_id in post["file_ids"]]
        reactions = [one for one in self.reactions if one["post_id"] == post["id"]]
        if files or reactions:
            shown["metadata"] = {"files": files, "reactions": reactions}
        return shown
