"""The stand-in's API: who may call what, and what comes back (server/channels/api4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.platforms.mattermost.state import AppError, forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.platforms.mattermost.posts import Posts
    from tests.platforms.mattermost.socket import Hub
    from tests.platforms.mattermost.state import Json, State, User


@dataclass(frozen=True)
class Call:
    """One request: who asks, the ids of the path, the query and the body."""

    user: User
    ids: dict[str, str]
    query: dict[str, str]
    body: Any
    files: list[tuple[str, str, bytes]]


if TYPE_CHECKING:
    Answer = tuple[int, Any]
    Handler = Callable[[Call], Answer]

OK: Json = {"status": "OK"}


class Api:
    """The routes that answer by themselves; those that call the bot are in mattermost_integrations."""

    def __init__(self, state: State, posts: Posts, hub: Hub) -> None:
        self._state = state
        self._posts = posts
        self._hub = hub

    def routes(self) -> list[tuple[str, str, Handler]]:
        posts = self._posts
        return [
            ("GET", "/system/ping", lambda _: (200, OK)),
            ("GET", "/config/client", lambda _: (200, {"Version": "11.7.0", "SiteURL": self._state.config.site_url})),
            ("GET", "/users/username/{username}", self.user_named),
            ("POST", "/users/ids", self.users),
            ("GET", "/users/{user_id}", self.user),
            ("GET", "/users/{user_id}/teams", self.teams),
            ("GET", "/users/{user_id}/channels", self.channels),
            ("GET", "/teams/name/{name}", self.team_named),
            ("GET", "/teams/{team_id}", self.team),
            ("POST", "/teams/{team_id}/members", self.join_team),
            ("GET", "/teams/{team_id}/members/{user_id}", self.team_member),
            ("GET", "/teams/{team_id}/channels/name/{name}", self.channel_named),
            ("POST", "/channels/direct", self.direct),
            ("GET", "/channels/{channel_id}", self.channel),
            ("GET", "/channels/{channel_id}/members", self.channel_members),
            ("POST", "/channels/{channel_id}/members", self.join_channel),
            ("GET", "/channels/{channel_id}/posts", self.channel_posts),
            ("POST", "/posts", lambda call: (201, self._shown(posts.create(call.user, call.body)))),
            ("POST", "/posts/ephemeral", self.ephemeral),
            ("GET", "/posts/{post_id}", lambda call: (200, self._shown(posts.get(call.user, call.ids["post_id"])))),
            ("GET", "/posts/{post_id}/thread", lambda call: (200, posts.thread(call.user, call.ids["post_id"]))),
            ("PUT", "/posts/{post_id}/patch", self.patch_post),
            ("DELETE", "/posts/{post_id}", self.delete_post),
            ("POST", "/reactions", lambda call: (200, posts.react(call.user, call.body))),
            ("POST", "/files", self.upload),
            ("GET", "/files/{file_id}/info", lambda call: (200, posts.file(call.user, call.ids["file_id"]))),
        ]

    def _shown(self, post: Json) -> Json:
        return self._state.post_json(post)

    def person(self, call: Call) -> User:
        wanted = call.ids["user_id"]
        user = call.user if wanted == "me" else self._state.users.get(wanted)
        if user is None:
            raise AppError(404, "app.user.missing_account.const")
        return user

    def self_or_admin(self, call: Call) -> User:
        user = self.person(call)
        if user is not call.user and not call.user.is_admin:
            raise forbidden()
        return user

    # Server, people, teams, channels -------------------------------------------------------------------------------

    def user(self, call: Call) -> Answer:
        return 200, self._state.user_json(self.person(call))

    def user_named(self, call: Call) -> Answer:
        for user in self._state.users.values():
            if user.username == call.ids["username"].lower():
                return 200, self._state.user_json(user)
        raise AppError(404, "app.user.get_by_username.app_error")

    def users(self, call: Call) -> Answer:
        return 200, [self._state.user_json(self._state.users[one]) for one in call.body if one in self._state.users]

    def _team_json(self, team_id: str) -> Json:
        team = self._state.teams[team_id]
        return {"id": team.id, "name": team.name, "display_name": team.display_name, "delete_at": 0, "type": "O"}

    def teams(self, call: Call) -> Answer:
        user = self.self_or_admin(call)
        return 200, [self._team_json(team.id) for team in self._state.teams.values() if user.id in team.members]

    def _team(self, call: Call, team_id: str) -> Answer:
        team = self._state.teams.get(team_id)
        if team is None:
            raise AppError(404, "app.team.get.find.app_error")
        if call.user.id not in team.members and not call.user.is_admin:
            raise forbidden()
        return 200, self._team_json(team_id)

    def team(self, call: Call) -> Answer:
        return self._team(call, call.ids["team_id"])

    def team_named(self, call: Call) -> Answer:
        found = [team.id for team in self._state.teams.values() if team.name == call.ids["name"]]
        return self._team(call, found[0] if found else "")

    def join_team(self, call: Call) -> Answer:
        """Others are added by a team admin (api4/team.go, addTeamMember)."""
        team, user = self._state.teams[call.ids["team_id"]], self._state.users[call.body["user_id"]]
        if not self._state.team_admin(call.user, team.id):
            raise forbidden()
        if user.id not in team.members:
            self._state.join_team(team, user)
            self._hub.publish("added_to_team", {"team_id": team.id, "user_id": user.id}, user_id=user.id)
        return 201, {"team_id": team.id, "user_id": user.id, "roles": team.members[user.id]}

    def team_member(self, call: Call) -> Answer:
        """For those who see the team (api4/team.go, getTeamMember)."""
        team, user_id = self._state.teams[call.ids["team_id"]], call.ids["user_id"]
        if call.user.id not in team.members and not call.user.is_admin:
            raise forbidden()
        if user_id not in team.members:
            raise AppError(404, "app.team.get_member.missing.app_error")
        return 200, {"team_id": team.id, "user_id": user_id, "roles": team.members[user_id], "delete_at": 0}

    def channels(self, call: Call) -> Answer:
        user = self.self_or_admin(call)
        mine = [one for one in self._state.channels.values() if user.id in one.members and not one.delete_at]
        return 200, [self._state.channel_json(channel) for channel in mine]

    def channel(self, call: Call) -> Answer:
        return 200, self._state.channel_json(self._state.open_channel(call.ids["channel_id"], call.user))

    def channel_named(self, call: Call) -> Answer:
        team = self._state.teams.get(call.ids["team_id"])
        if team is None:
            raise AppError(404, "app.team.get.find.app_error")
        found = self._state.channel_named(team, call.ids["name"])
        return 200, self._state.channel_json(self._state.open_channel(found.id, call.user))

    def channel_members(self, call: Call) -> Answer:
        channel = self._state.open_channel(call.ids["channel_id"], call.user)
        page, size = int(call.query.get("page", 0)), min(int(call.query.get("per_page", 60)), 200)
        members = sorted(channel.members)[page * size : (page + 1) * size]
        return 200, [{"channel_id": channel.id, "user_id": one, "roles": "channel_user"} for one in members]

    def join_channel(self, call: Call) -> Answer:
        """By a member of it, or oneself into an open channel (api4/channel.go, addChannelMember)."""
        channel = self._state.open_channel(call.ids["channel_id"], call.user)
        user = self._state.users[call.body["user_id"]]
        if call.user.id not in channel.members and not (user is call.user and channel.type == "O"):
            raise forbidden()
        channel.members.add(user.id)
        self._hub.publish("user_added", {"user_id": user.id, "team_id": channel.team_id}, channel_id=channel.id)
        return 201, {"channel_id": channel.id, "user_id": user.id, "roles": "channel_user"}

    def direct(self, call: Call) -> Answer:
        """POST /channels/direct: two people, oneself among them (api4/channel.go, createDirectChannel)."""
        one, other = call.body
        if call.user.id not in {one, other} and not call.user.is_admin:
            raise forbidden()
        if other not in self._state.users or one not in self._state.users:
            raise AppError(400, "api.channel.create_direct_channel.invalid_user.app_error")
        return 201, self._state.channel_json(self._state.direct_channel(one, other))

    # Posts and files -----------------------------------------------------------------------------------------------

    def channel_posts(self, call: Call) -> Answer:
        return 200, self._posts.in_channel(call.user, call.ids["channel_id"], call.query)

    def ephemeral(self, call: Call) -> Answer:
        """create_post_ephemeral belongs to system admins (api4/post.go, createEphemeralPost)."""
        if not call.user.is_admin:
            raise forbidden()
        return 201, call.body["post"]

    def patch_post(self, call: Call) -> Answer:
        return 200, self._shown(self._posts.patch(call.user, call.ids["post_id"], call.body))

    def delete_post(self, call: Call) -> Answer:
        self._posts.delete(call.user, call.ids["post_id"])
        return 200, OK

    def upload(self, call: Call) -> Answer:
        channel_id = call.body.get("channel_id") or call.query.get("channel_id", "")
        return 201, self._posts.upload(call.user, channel_id, call.files)
