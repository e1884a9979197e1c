"""A small network on the stand-in: a team, a channel, two people, an administrator and the bot's account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.platforms.mattermost.client import Client
from tests.platforms.mattermost.person import Person

if TYPE_CHECKING:
    from bot.platforms.mattermost.http import Retry
    from tests.platforms.mattermost.server import MattermostServer
    from tests.platforms.mattermost.state import Channel, Team, User


class World:
    """`close` asserts that nothing was sent that the real server would take badly."""

    def __init__(self, server: MattermostServer, name: str = "luxembourg") -> None:
        state = server.state
        self.server = server
        self.clock = server.clock
        self.team: Team = state.add_team(name, name.title())
        self.channel: Channel = state.add_channel(self.team, "comite", "Comité de pilotage")
        self.bot: User = self._bot()
        state.join_team(self.team, self.bot)
        self.channel.members.add(self.bot.id)
        self.token = state.new_token(self.bot, access=True)
        self._people: dict[str, Person] = {}
        self.clients: list[Client] = []

    def _bot(self) -> User:
        known = [user for user in self.server.state.users.values() if user.username == "filrouge"]
        return known[0] if known else self.server.state.add_user("filrouge", is_bot=True, first_name="Fil rouge")

    def person(self, username: str, **values: Any) -> Person:
        """Someone of the team and of its channel, by name; made when first named."""
        if username not in self._people:
            user = self.server.state.add_user(username, locale=values.pop("locale", "fr"), **values)
            self.server.state.join_team(self.team, user)
            self.channel.members.add(user.id)
            self._people[username] = Person(self.server, user, self.team)
        return self._people[username]

    def admin(self) -> Person:
        return self.person("admin", roles="system_user system_admin")

    def client(self, *, retry: Retry | None = None) -> Client:
        """The bot's client, on the stand-in's clock: a pause only moves it."""
        client = Client(
            self.server.url, self.token, retry=retry, sleep=self.clock.advance, monotonic=self.clock.seconds
        )
        self.clients.append(client)
        return client

    def close(self) -> None:
        for client in self.clients:
            client.close()
        for person in self._people.values():
            person.close()
        if self.server.state.problems:
            raise AssertionError("\n".join(self.server.state.problems))
