"""A client of Mattermost's REST API (v4): the endpoints a bot needs, typed. It knows nothing of the application."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from bot.platforms.mattermost.http import PAGE, Http, Refused
from bot.platforms.mattermost.types import Channel, File, Json, Post, Team, User

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType
    from typing import Self

MESSAGE_LENGTH: Final = 16_383  # server/public/model/post.go, PostMessageMaxRunesV2
FILES_PER_POST: Final = 10  # model/post.go: ids take 29 of 300 runes each
POSTS_SINCE_LIMIT: Final = 1_000  # sqlstore/post_store.go, GetPostsSince
PENDING_POST_SECONDS: Final = 25.0  # the server remembers a pending id for 30 s (app/post.go)


class Client(Http):
    """What the bot's own account does; errors are those of `http`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # People and places ---------------------------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """What the server tells everyone of itself: `Version`, `SiteURL` and more; raises Unreachable."""
        return {name: str(value) for name, value in self.get("/config/client", format="old").items()}

    def clock(self) -> datetime:
        """What time it is on the server, to the second."""
        return parsedate_to_datetime(self.request("GET", "/system/ping").headers["date"])

    def me(self) -> User:
        return self.user("me")

    def user(self, user_id: str) -> User:
        return User.read(self.get(f"/users/{user_id}"))

    def user_named(self, username: str) -> User:
        return User.read(self.get(f"/users/username/{username.removeprefix('@')}"))

    def users(self, ids: list[str]) -> list[User]:
        return [User.read(json) for json in self.post("/users/ids", ids, again=True)] if ids else []

    def teams(self) -> list[Team]:
        return [Team.read(json) for json in self.get("/users/me/teams")]

    def team_named(self, name: str) -> Team:
        return Team.read(self.get(f"/teams/name/{name}"))

    def channels(self) -> list[Channel]:
        """All channels the bot is in, of all its teams, direct ones included."""
        return [Channel.read(json) for json in self.get("/users/me/channels")]

    def channel(self, channel_id: str) -> Channel:
        return Channel.read(self.get(f"/channels/{channel_id}"))

    def channel_named(self, team_id: str, name: str) -> Channel:
        return Channel.read(self.get(f"/teams/{team_id}/channels/name/{name.removeprefix('~')}"))

    def members(self, channel_id: str) -> list[str]:
        """The user ids of a channel's members."""
        return [json["user_id"] for json in self.pages(f"/channels/{channel_id}/members")]

    def in_team(self, team_id: str, user_id: str) -> bool:
        """Whether a person is in a team of the bot's."""
        try:
            return not self.get(f"/teams/{team_id}/members/{user_id}").get("delete_at")
        except Refused:
            return False

    def join(self, own_id: str, channel_id: str) -> None:
        """Enter an open channel of one of the bot's teams."""
        self.post(f"/channels/{channel_id}/members", {"user_id": own_id}, again=True)

    def direct_channel(self, own_id: str, user_id: str) -> Channel:
        """The direct channel with a person, made by the server when it is first asked for."""
        return Channel.read(self.post("/channels/direct", [own_id, user_id], again=True))

    # Posts ---------------------------------------------------------------------------------------------------------

    def create_post(
        self,
        channel_id: str,
        message: str,
        *,
        root_id: str = "",
        props: Json | None = None,
        file_ids: list[str] | None = None,
        pending_id: str = "",
    ) -> Post:
        """Post, without showing the bot as online.

        With a `pending_id` an answer that is lost is asked for again: for 30 s the server gives the post it already
        made. After that `Unsure` is raised, and only `find_post` can tell.
        """
        body: Json = {"channel_id": channel_id, "message": message, "root_id": root_id, "props": props or {}}
        body |= {"file_ids": file_ids or [], "pending_post_id": pending_id}
        response = self.request(
            "POST",
            "/posts",
            again=bool(pending_id),
            within=PENDING_POST_SECONDS,
            json=body,
            params={"set_online": "false"},
        )
        return Post.read(response.json())

    def patch_post(self, post_id: str, *, message: str, props: Json) -> Post:
        """Change one's own post; `props` replace all that were there."""
        return Post.read(self.put(f"/posts/{post_id}/patch", {"message": message, "props": props}))

    def read_post(self, post_id: str) -> Post:
        return Post.read(self.get(f"/posts/{post_id}"))

    def thread(self, post_id: str) -> list[Post]:
        """The thread a post belongs to, oldest first."""
        return _in_order(self.get(f"/posts/{post_id}/thread"))

    def posts_since(self, channel_id: str, since: int) -> list[Post]:
        """What was posted or changed after `since` (milliseconds), oldest first; of very many, what was posted."""
        posts = _in_order(self.get(f"/channels/{channel_id}/posts", since=max(since, 1)))
        if len(posts) < POSTS_SINCE_LIMIT:
            # Roots of changed threads come along.
            return [post for post in posts if post.update_at > since]
        found: list[Post] = []
        page = 0
        while True:
            older = _in_order(self.get(f"/channels/{channel_id}/posts", page=page, per_page=PAGE))
            found = [post for post in older if post.create_at > since] + found
            if len(older) < PAGE or older[0].create_at <= since:
                return found
            page += 1

    def find_post(self, channel_id: str, *, prop: str, value: str, since: int) -> Post | None:
        """The post that carries this prop, among those since then: what became of an `Unsure` one."""
        for post in self.posts_since(channel_id, since):
            if post.props.get(prop) == value and not post.deleted:
                return post
        return None

    # Files, dialogs, answers ---------------------------------------------------------------------------------------

    def upload(self, channel_id: str, name: str, content: bytes, mime_type: str = "application/octet-stream") -> File:
        """Put a file where a post of the same channel can carry it; one that is never carried is never seen."""
        data, files = {"channel_id": channel_id}, {"files": (name, content, mime_type)}
        response = self.request("POST", "/files", again=True, data=data, files=files)
        return File.read(response.json()["file_infos"][0])

    def file(self, file_id: str) -> File:
        return File.read(self.get(f"/files/{file_id}/info"))

    def content(self, file_id: str) -> bytes:
        return self.request("GET", f"/files/{file_id}").content

    def open_dialog(self, trigger_id: str, url: str, dialog: Json) -> None:
        """Show a dialog to the person of the trigger, which is good for 30 s; the server does not check the dialog."""
        self.post("/actions/dialogs/open", {"trigger_id": trigger_id, "url": url, "dialog": dialog})

    def respond(self, response_url: str, answer: Json) -> None:
        """Answer a slash command later: five times, for half an hour. Raises Refused when it is over."""
        self.request("POST", response_url, json=answer)


def _in_order(listed: Json) -> list[Post]:
    return sorted((Post.read(json) for json in listed["posts"].values()), key=lambda post: (post.create_at, post.id))
