"""Who and where on a Mattermost server, as the bot's account sees them; looked up once in a while, kept in between."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.messages import Person, Place
from bot.phrases import LANGUAGES
from bot.platforms.mattermost.http import MattermostError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.platforms.mattermost.client import Client
    from bot.platforms.mattermost.types import Channel, User

KEPT: Final = timedelta(minutes=10)
MENTIONED: Final = 20
_HANDLE = re.compile(r"(?<![\w.])@([a-zA-Z0-9][a-zA-Z0-9._-]*)")


class People:
    """Users and channels of one server; a change is noticed within ten minutes, or at once when it is heard of."""

    def __init__(self, client: Client, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._lock = threading.Lock()
        self._users: dict[str, tuple[User, datetime]] = {}
        self._channels: dict[str, tuple[Channel | None, datetime]] = {}

    def user(self, user_id: str) -> User:
        """Raises MattermostError."""
        with self._lock:
            known = self._users.get(user_id)
        if known is None or known[1] < self._now():
            known = (self._client.user(user_id), self._now() + KEPT)
            with self._lock:
                self._users[user_id] = known
        return known[0]

    def channel(self, channel_id: str) -> Channel | None:
        """None for one that the bot may not see: a private one it is not in, a conversation of others."""
        with self._lock:
            known = self._channels.get(channel_id)
        if known is None or known[1] < self._now():
            try:
                found: Channel | None = self._client.channel(channel_id)
            except Refused:
                found = None
            known = (found, self._now() + KEPT)
            with self._lock:
                self._channels[channel_id] = known
        return known[0]

    def forget(self, *, user_id: str = "", channel_id: str = "") -> None:
        with self._lock:
            self._users.pop(user_id, None)
            self._channels.pop(channel_id, None)

    def person(self, user_id: str, handle: str = "") -> Person:
        """With what the server tells of them; by their id and handle alone while it does not answer."""
        try:
            user = self.user(user_id)
        except MattermostError:
            return Person(user_id, handle=handle)
        language = user.locale.partition("-")[0].lower()
        return Person(
            external_id=user.id,
            name=user.name,
            handle=user.username,
            email=user.email,
            language=language if language in LANGUAGES else None,
            timezone=user.timezone or None,
            guest="system_guest" in user.roles.split(),
        )

    def handle(self, user_id: str) -> str:
        """What is typed after @; "" when it cannot be known."""
        try:
            return self.user(user_id).username
        except MattermostError:
            return ""

    def mentioned(self, text: str, *, but: str) -> tuple[Person, ...]:
        """Whom a text names, but for the bot itself; a full stop at the end of a sentence is no part of a name."""
        names = {found.lower().rstrip("._-") for found in _HANDLE.findall(text)}
        people = []
        for name in sorted(names - {"all", "channel", "here", ""})[:MENTIONED]:
            try:
                user = self._client.user_named(name)
            except MattermostError:
                continue
            if user.id != but and not user.is_bot:
                with self._lock:
                    self._users[user.id] = (user, self._now() + KEPT)
                people.append(self.person(user.id))
        return tuple(people)

    def place(self, channel_id: str, own_id: str, *, name: str = "", thread: str = "") -> Place:
        """A conversation of two has no channel; one that cannot be seen is private."""
        channel = self.channel(channel_id)
        if channel is None:
            two = len(name.split("__")) == 2  # noqa: PLR2004 - direct channels are named id__id
            return Place(direct=True) if two else Place(channel_id, name or channel_id, private=True, thread=thread)
        if channel.kind == "D":
            return Place(channel_id if own_id in channel.name.split("__") else "", direct=True, thread=thread)
        return Place(channel_id, channel.display_name, private=channel.kind != "O", thread=thread)
