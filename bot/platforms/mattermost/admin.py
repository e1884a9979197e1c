"""What an administrator's token can do on a Mattermost server, once, to set the bot up; the token is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.platforms.mattermost.client import Client
from bot.platforms.mattermost.types import Command

if TYPE_CHECKING:
    from bot.platforms.mattermost.types import Json


class Admin(Client):
    """Errors are those of `http`; what asks for more rights than the token has is `Refused` with 403."""

    def service_settings(self) -> Json:
        """The part ServiceSettings of the System Console; for system administrators."""
        found: Json = self.get("/config")["ServiceSettings"]
        return found

    def bots(self) -> list[Json]:
        """All bot accounts, deactivated ones too."""
        return [*self.pages("/bots", include_deleted="true")]

    def create_bot(self, username: str, display_name: str, description: str) -> str:
        """The user id of the new account."""
        bot = {"username": username, "display_name": display_name, "description": description}
        return str(self.post("/bots", bot)["user_id"])

    def keep_bot(self, user_id: str, username: str, display_name: str, description: str) -> None:
        """An account that is there already: active, and called so."""
        self.post(f"/bots/{user_id}/enable", {}, again=True)
        self.put(f"/bots/{user_id}", {"username": username, "display_name": display_name, "description": description})

    def create_token(self, user_id: str, description: str) -> str:
        return str(self.post(f"/users/{user_id}/tokens", {"description": description})["token"])

    def add_to_team(self, team_id: str, user_id: str) -> None:
        self.post(f"/teams/{team_id}/members", {"team_id": team_id, "user_id": user_id}, again=True)

    def commands(self, team_id: str) -> list[Command]:
        """The team's custom commands, with their tokens."""
        return [Command.read(json) for json in self.get("/commands", team_id=team_id, custom_only="true")]

    def create_command(self, team_id: str, command: Json) -> Command:
        return Command.read(self.post("/commands", {**command, "team_id": team_id}))

    def update_command(self, known: Command, command: Json) -> Command:
        """The token stays."""
        body = {**command, "id": known.id, "team_id": known.team_id, "creator_id": known.creator_id}
        return Command.read(self.put(f"/commands/{known.id}", body))

    def delete_command(self, command_id: str) -> None:
        self.request("DELETE", f"/commands/{command_id}")

    def execute(self, channel_id: str, team_id: str, line: str) -> str:
        """Give a command as the administrator; the text of what it answers."""
        body = {"channel_id": channel_id, "team_id": team_id, "command": line}
        return str(self.post("/commands/execute", body).get("text", ""))
