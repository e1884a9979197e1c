"""The stand-in's administration: settings, bot accounts, access tokens and slash commands (server/channels/api4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.platforms.mattermost.api import OK
from tests.platforms.mattermost.state import AppError, forbidden, invalid

if TYPE_CHECKING:
    from tests.platforms.mattermost.api import Answer, Api, Call, Handler
    from tests.platforms.mattermost.state import Json, State, User

COMMAND_LIMITS = {"trigger": 128, "display_name": 64, "description": 128, "url": 1024}  # model/command.go, in bytes
BUILT_IN = {"away", "online", "offline", "dnd", "help", "join", "leave", "me", "msg", "remove", "invite", "code"}


class AdminApi:
    """What a set-up needs."""

    def __init__(self, state: State, api: Api) -> None:
        self._state = state
        self._api = api

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/config", self.config),
            ("POST", "/users/{user_id}/tokens", self.create_token),
            ("GET", "/bots", self.bots),
            ("POST", "/bots", self.create_bot),
            ("PUT", "/bots/{user_id}", self.patch_bot),
            ("POST", "/bots/{user_id}/enable", self.enable_bot),
            ("GET", "/commands", self.commands),
            ("POST", "/commands", self.create_command),
            ("PUT", "/commands/{command_id}", self.update_command),
            ("DELETE", "/commands/{command_id}", self.delete_command),
        ]

    def config(self, call: Call) -> Answer:
        """For administrators (api4/config.go); the names are those of model/config.go."""
        if not call.user.is_admin:
            raise forbidden()
        config = self._state.config
        service = {
            "SiteURL": config.site_url,
            "EnableBotAccountCreation": config.enable_bot_accounts,
            "EnableUserAccessTokens": config.enable_user_access_tokens,
            "EnableCommands": config.enable_commands,
            "AllowedUntrustedInternalConnections": config.allowed_untrusted_internal_connections,
        }
        return 200, {"ServiceSettings": service}

    def create_token(self, call: Call) -> Answer:
        """Of a bot by its owner or an admin, whatever EnableUserAccessTokens says (app/session.go)."""
        user = self._api.person(call)
        if not call.body.get("description"):
            raise invalid("description")
        owns = user.is_bot and user.owner_id == call.user.id
        if not call.user.is_admin and not owns:
            raise forbidden()
        if not user.is_bot and not self._state.config.enable_user_access_tokens:
            raise AppError(501, "app.user_access_token.disabled")
        token = self._state.new_token(user, access=True)
        body = {"id": self._state.new_id(), "token": token, "user_id": user.id, "is_active": True}
        return 200, body | {"description": call.body["description"]}

    # Bots and commands ---------------------------------------------------------------------------------------------

    def _bot_json(self, user: User) -> Json:
        names = {"user_id": user.id, "username": user.username, "display_name": user.first_name}
        return names | {"description": user.description, "owner_id": user.owner_id, "delete_at": user.delete_at}

    def bots(self, call: Call) -> Answer:
        if not call.user.is_admin:
            raise forbidden()
        deleted = call.query.get("include_deleted") == "true"
        bots = [user for user in self._state.users.values() if user.is_bot and (deleted or not user.delete_at)]
        page, size = int(call.query.get("page", 0)), int(call.query.get("per_page", 60))
        return 200, [self._bot_json(user) for user in bots[page * size : (page + 1) * size]]

    def create_bot(self, call: Call) -> Answer:
        """api4/bot.go, createBot: an admin, not a bot itself, and EnableBotAccountCreation."""
        if not call.user.is_admin or call.user.is_bot:
            raise forbidden()
        if not self._state.config.enable_bot_accounts:
            raise AppError(403, "api.bot.create_disabled")
        if any(user.username == call.body["username"] for user in self._state.users.values()):
            raise AppError(400, "app.user.save.username_exists.app_error")
        bot = self._state.add_user(call.body["username"], is_bot=True, owner_id=call.user.id)
        bot.first_name, bot.description = call.body.get("display_name", ""), call.body.get("description", "")
        return 201, self._bot_json(bot)

    def patch_bot(self, call: Call) -> Answer:
        bot = self._api.self_or_admin(call)
        bot.first_name = call.body.get("display_name", bot.first_name)
        bot.description = call.body.get("description", bot.description)
        return 200, self._bot_json(bot)

    def enable_bot(self, call: Call) -> Answer:
        bot = self._api.self_or_admin(call)
        bot.delete_at = 0
        return 200, self._bot_json(bot)

    def _team_of_command(self, call: Call, team_id: str) -> None:
        if not self._state.config.enable_commands:
            raise AppError(501, "api.command.disabled.app_error")
        if not self._state.team_admin(call.user, team_id):
            raise forbidden()

    def commands(self, call: Call) -> Answer:
        """Custom ones with their tokens, for those who manage them (api4/command.go, listCommands)."""
        team_id = call.query.get("team_id", "")
        self._team_of_command(call, team_id)
        return 200, [command for command in self._state.commands.values() if command["team_id"] == team_id]

    def _valid_command(self, command: Json, own_id: str) -> None:
        """Command.IsValid and validateCommandTriggerUniqueness: lengths in bytes, one trigger per team."""
        trigger = command["trigger"] = command.get("trigger", "").lower()
        for name, limit in COMMAND_LIMITS.items():
            if len(str(command.get(name, "")).encode()) > limit:
                raise AppError(400, f"model.command.is_valid.{name}.app_error")
        if not trigger or trigger.startswith("/") or " " in trigger:
            raise AppError(400, "model.command.is_valid.trigger.app_error")
        if not command.get("url", "").startswith(("http://", "https://")):
            raise AppError(400, "model.command.is_valid.url_http.app_error")
        if command.get("method") not in {"P", "G"}:
            raise AppError(400, "model.command.is_valid.method.app_error")
        same = [
            one
            for one in self._state.commands.values()
            if (one["team_id"], one["trigger"]) == (command["team_id"], trigger) and one["id"] != own_id
        ]
        if trigger in BUILT_IN or same:
            raise AppError(400, "api.command.duplicate_trigger.app_error")

    def create_command(self, call: Call) -> Answer:
        command = json.loads(json.dumps(call.body))
        self._team_of_command(call, command.get("team_id", ""))
        self._valid_command(command, "")
        command |= {"id": self._state.new_id(), "token": self._state.new_id(), "creator_id": call.user.id}
        self._state.commands[command["id"]] = command
        return 201, command

    def _command(self, call: Call) -> Json:
        command = self._state.commands.get(call.ids["command_id"])
        if command is None:
            raise AppError(404, "store.sql_command.get.missing.app_error")
        self._team_of_command(call, command["team_id"])
        return command

    def update_command(self, call: Call) -> Answer:
        """The token, the team and the creator stay (app/command.go, UpdateCommand)."""
        old = self._command(call)
        if call.body.get("id") != old["id"]:
            raise invalid("command")
        if call.body.get("team_id") != old["team_id"]:
            raise AppError(400, "api.command.team_mismatch.app_error")
        kept = {name: old[name] for name in ("id", "token", "creator_id", "team_id")}
        command = json.loads(json.dumps(call.body)) | kept
        self._valid_command(command, old["id"])
        self._state.commands[old["id"]] = command
        return 200, command

    def delete_command(self, call: Call) -> Answer:
        self._state.commands.pop(self._command(call)["id"])
        return 200, OK
