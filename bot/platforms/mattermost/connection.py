"""One Mattermost server that the bot has an account on: who it is there, in which teams, and how to write there."""

from __future__ import annotations

import hmac
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.platforms.mattermost.client import FILES_PER_POST, Client
from bot.platforms.mattermost.dialogs import version_of
from bot.platforms.mattermost.http import Refused, Retry
from bot.platforms.mattermost.people import People
from bot.platforms.mattermost.render import DELIVERY_PROP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.messages import Attachment
    from bot.platforms.mattermost.render import Drawn
    from bot.platforms.mattermost.types import Post, Team, User

NAME: Final = "mattermost"
FORBIDDEN: Final = 403
DELIVERY_RETRY: Final = Retry(attempts=3, longest=2.0, patience=60.0)


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command as it was registered, and the token that comes with its calls."""

    team_id: str
    trigger: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """`row_id` is that of storage.servers; `read_until` is in milliseconds of the server's clock."""

    url: str
    token: str = field(repr=False)
    commands: tuple[SlashCommand, ...] = ()
    row_id: int | None = None
    read_until: int = 0


def key_of(url: str) -> str:
    """Names a server whatever its scheme: host, port and sub-path."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path.rstrip('/')}"


class Connection:
    """What is known of a server is asked for when it is first needed, so that one that is away stops nothing."""

    def __init__(
        self,
        account: Account,
        client: Client,
        now: Callable[[], datetime],
        *,
        acted_before: Callable[[str], Sequence[str]] = lambda _user_id: (),
    ) -> None:
        """`acted_before` gives the teams in which a person acted before this process began, the last one first."""
        self._acted_before = acted_before
        self.account = account
        self.client = client
        self.key = key_of(account.url)
        self.people = People(client, now)
        self._lock = threading.RLock()
        self._me: User | None = None
        self._teams: dict[str, Team] = {}
        self._settings: dict[str, str] = {}
        self._direct: dict[str, str] = {}
        self._team_of: dict[str, str] = {}

    # Who and where -------------------------------------------------------------------------------------------------

    @property
    def me(self) -> User:
        with self._lock:
            if self._me is None:
                self._me = self.client.me()
            return self._me

    @property
    def teams(self) -> dict[str, Team]:
        with self._lock:
            if not self._teams:
                self._teams = {team.id: team for team in self.client.teams()}
            return self._teams

    def forget_teams(self) -> None:
        with self._lock:
            self._teams = {}

    @property
    def settings(self) -> dict[str, str]:
        with self._lock:
            if not self._settings:
                self._settings = self.client.settings()
            return self._settings

    @property
    def version(self) -> tuple[int, ...]:
        return version_of(self.settings.get("Version", ""))

    def network(self, team_id: str) -> str:
        """The external id of a team's network."""
        return f"{self.key}/{team_id}"

    def team_for(self, user_id: str) -> str:
        """The team that a person means in private: where they last acted, else the first of the bot's they are in."""
        with self._lock:
            known = self._team_of.get(user_id)
        if known:
            return known
        teams = sorted(self.teams.values(), key=lambda team: team.name)
        if len(teams) == 1:
            return teams[0].id
        before = next((team_id for team_id in self._acted_before(user_id) if team_id in self.teams), "")
        if before:
            return before
        return next((team.id for team in teams if self.client.in_team(team.id, user_id)), "")

    def acted(self, user_id: str, team_id: str) -> None:
        if team_id:
            with self._lock:
                self._team_of[user_id] = team_id

    def permalink(self, team_id: str, post_id: str) -> str:
        site = self.settings.get("SiteURL", "").rstrip("/") or self.account.url
        team = self.teams.get(team_id)
        return f"{site}/{team.name}/pl/{post_id}" if team else ""

    def believes(self, team_id: str, token: str, header: str) -> bool:
        """Whether a command of this team was called by the server; every token is compared, in constant time."""
        scheme, _, sent = header.partition(" ")
        found = False
        for command in self.account.commands:
            same = hmac.compare_digest(command.token.encode(), token.encode())
            same &= hmac.compare_digest(command.token.encode(), sent.encode())
            found |= same and command.team_id == team_id
        return found and scheme.lower() == "token"

    # Writing -------------------------------------------------------------------------------------------------------

    def direct(self, user_id: str) -> str:
        """The id of the direct channel with a person."""
        with self._lock:
            known = self._direct.get(user_id)
        if known is None:
            known = self.client.direct_channel(self.me.id, user_id).id
            with self._lock:
                self._direct[user_id] = known
        return known

    def write(
        self,
        channel_id: str,
        drawn: Drawn,
        *,
        root_id: str = "",
        attachments: Sequence[Attachment] = (),
        token: str = "",
    ) -> Post:
        """Post it, with files; a bot that is not in an open channel enters it first.

        A delivery, which has a token, is given up soon: it is tried again by other means.
        """
        client = self.client.with_retry(DELIVERY_RETRY) if token else self.client
        files: list[str] = []

        def post() -> Post:
            if not files:
                files.extend(
                    client.upload(channel_id, attached.name, attached.content, attached.media_type).id
                    for attached in attachments[:FILES_PER_POST]
                )
            props = drawn.props(**{DELIVERY_PROP: token}) if token else drawn.props()
            return client.create_post(
                channel_id, drawn.message, root_id=root_id, props=props, file_ids=files, pending_id=token
            )

        try:
            return post()
        except Refused as refused:
            channel = self.people.channel(channel_id)
            if refused.status != FORBIDDEN or channel is None or channel.kind != "O":
                raise
            client.join(self.me.id, channel_id)
            return post()
