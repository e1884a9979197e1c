"""A person at their Mattermost: what they see, write, press and fill in, through the same API as the web client."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from tests.platforms.loopback import TRUSTS_NOBODY

if TYPE_CHECKING:
    from tests.platforms.mattermost.server import MattermostServer
    from tests.platforms.mattermost.state import Channel, Json, Team, User


class Person:
    """Sees only what a client sees: no integration, no other's ephemeral message."""

    def __init__(self, server: MattermostServer, user: User, team: Team) -> None:
        self.user = user
        self._server = server
        self._team = team
        headers = {"Authorization": f"Bearer {server.state.new_token(user)}"}
        self._http = httpx.Client(
            base_url=f"{server.url}/api/v4", headers=headers, timeout=40, trust_env=False, verify=TRUSTS_NOBODY
        )

    def close(self) -> None:
        self._http.close()

    def _send(self, method: str, path: str, **content: Any) -> Any:
        answer = self._http.request(method, path, **content)
        if answer.is_error:
            raise PersonError(answer.status_code, answer.text)
        return answer.json()

    # Saying --------------------------------------------------------------------------------------------------------

    def says(
        self, channel: Channel, text: str, *, thread: Json | None = None, files: dict[str, bytes] | None = None
    ) -> Json:
        """A message, perhaps in a thread, perhaps with files."""
        ids = [self._upload(channel, name, content) for name, content in (files or {}).items()]
        root = (thread["root_id"] or thread["id"]) if thread else ""
        body = {"channel_id": channel.id, "message": text, "root_id": root, "file_ids": ids}
        post: Json = self._send("POST", "/posts", json=body)
        return post

    def _upload(self, channel: Channel, name: str, content: bytes) -> str:
        answer = self._send("POST", "/files", data={"channel_id": channel.id}, files={"files": (name, content)})
        return str(answer["file_infos"][0]["id"])

    def commands(self, channel: Channel, line: str, *, thread: Json | None = None) -> str:
        """A slash command; what only this person is shown in return, or nothing."""
        before = len(self.ephemerals())
        root = (thread["root_id"] or thread["id"]) if thread else ""
        body = {"channel_id": channel.id, "team_id": self._team.id, "command": line, "root_id": root}
        self._send("POST", "/commands/execute", json=body)
        return "\n".join(post["message"] for post in self.ephemerals()[before:])

    def reacts(self, post: Json, emoji: str) -> None:
        body = {"user_id": self.user.id, "post_id": post["id"], "emoji_name": emoji}
        self._send("POST", "/reactions", json=body)

    def edits(self, post: Json, text: str) -> None:
        self._send("PUT", f"/posts/{post['id']}/patch", json={"message": text})

    def deletes(self, post: Json) -> None:
        self._send("DELETE", f"/posts/{post['id']}")

    # Pressing and filling in ---------------------------------------------------------------------------------------

    def presses(self, post: Json, label: str, *, option: str = "") -> None:
        """A button by its label, or an option (its text) of a menu by its name."""
        for attachment in post["props"].get("attachments") or []:
            for action in attachment.get("actions") or []:
                if action["name"] == label:
                    values = {one["text"]: one["value"] for one in action.get("options") or []}
                    body = {"selected_option": values.get(option, option), "cookie": action.get("cookie", "")}
                    self._send("POST", f"/posts/{post['id']}/actions/{action['id']}", json=body)
                    return
        raise AssertionError(f"no button {label!r} on {post}")

    def submits(self, opened: Json, channel: Channel, **values: Any) -> Json:
        """A dialog; what comes back: nothing, errors by field, or the next form."""
        dialog = opened["dialog"]
        body = {
            "url": opened["url"],
            "callback_id": dialog.get("callback_id", ""),
            "state": dialog.get("state", ""),
            "channel_id": channel.id,
            "team_id": self._team.id,
            "submission": values,
            "cancelled": False,
        }
        answer: Json = self._send("POST", "/actions/dialogs/submit", json=body)
        return answer

    def continues(self, opened: Json, answer: Json) -> Json:
        """The dialog that the answer to the last one asks for."""
        return {**opened, "dialog": answer["form"]}

    # Seeing --------------------------------------------------------------------------------------------------------

    def sees(self, channel: Channel) -> list[Json]:
        """The channel's messages, oldest first."""
        listed = self._send("GET", f"/channels/{channel.id}/posts", params={"per_page": 200})
        return [listed["posts"][post_id] for post_id in reversed(listed["order"])]

    def direct(self, other: User) -> Channel:
        opened = self._send("POST", "/channels/direct", json=[self.user.id, other.id])
        return self._server.state.channels[opened["id"]]

    def ephemerals(self) -> list[Json]:
        return [post for user_id, post in self._server.state.ephemerals if user_id == self.user.id]

    def dialogs(self) -> list[Json]:
        """The dialogs this person was shown: {trigger_id, url, dialog}."""
        return [json.loads(data) for user_id, data in self._server.integrations.opened if user_id == self.user.id]

    def downloads(self, file_id: str) -> bytes:
        return self._http.get(f"/files/{file_id}").content


class PersonError(AssertionError):
    """The server refused what a person did."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text}")
        self.status = status
