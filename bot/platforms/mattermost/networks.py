"""The teams of Mattermost servers as networks of ours: their rows, and in which of them somebody was last heard."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from bot.app import network_for
from bot.platforms.mattermost.connection import NAME
from storage import members

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.platforms.mattermost.connection import Connection
    from storage.database import Database


class Networks:
    """`defaults` are the language, country and zone of networks that are met for the first time."""

    def __init__(self, database: Database, now: Callable[[], datetime], defaults: Mapping[str, Any]) -> None:
        self.defaults = dict(defaults)
        self._database = database
        self._now = now
        self._lock = threading.Lock()
        self._ids: dict[str, int] = {}

    def id_of(self, network: str, connection: Connection) -> int:
        """The row of a team's network, made when it is first heard of; raises LookupError for a foreign team."""
        with self._lock:
            known = self._ids.get(network)
        if known is not None:
            return known
        team = connection.teams.get(network.rpartition("/")[2])
        if team is None:
            connection.forget_teams()
            raise LookupError(network)
        found = network_for(
            self._database, NAME, network, now=self._now(), name=team.display_name, defaults=self.defaults
        )
        with self._lock:
            self._ids[network] = found
        return found

    def acted(self, server: str, user_id: str) -> list[str]:
        """The teams of a server in which somebody turned to the bot, the last one first."""
        with self._database.system_session(reading=True) as session:
            found = (network.rpartition("/") for network in members.where_they_acted(session, NAME, user_id))
            return [team_id for key, _slash, team_id in found if key == server]
