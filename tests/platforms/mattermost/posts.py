"""The stand-in's posts, threads, files and reactions, with the rules of app/post.go, api4/post.go and api4/file.go."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.platforms.mattermost import models
from tests.platforms.mattermost.state import (
    MAX_FILE_IDS_RUNES,
    MAX_MESSAGE_RUNES,
    MAX_PROPS_RUNES,
    PENDING_POST_SECONDS,
    POSTS_SINCE_LIMIT,
    AppError,
    forbidden,
    invalid,
)

if TYPE_CHECKING:
    from tests.platforms.mattermost.socket import Hub
    from tests.platforms.mattermost.state import Channel, Json, State, User

MENTION = re.compile(r"(?<!\w)@([a-z0-9._-]+)")


class Posts:
    """What can be done with posts; events go out through the hub."""

    def __init__(self, state: State, hub: Hub) -> None:
        self._state = state
        self._hub = hub

    # Writing -------------------------------------------------------------------------------------------------------

    def _pending(self, user: User, pending_id: str) -> Json | None:
        """deduplicateCreatePost: the post that this pending id already made, a 500 while it is being made."""
        known = self._state.pending.get(pending_id)
        if not pending_id or known is None or known[1] < self._state.clock.now():
            return None
        post = self._state.posts.get(known[0])
        if post is None:
            raise AppError(500, "api.post.deduplicate_create_post.pending")
        return post if user.id in self._state.channels[post["channel_id"]].members else None

    def _remember(self, pending_id: str, post_id: str) -> None:
        if pending_id:
            until = self._state.clock.now() + timedelta(seconds=PENDING_POST_SECONDS)
            self._state.pending[pending_id] = (post_id, until)

    def create(self, user: User, given: Json) -> Json:
        """POST /posts."""
        state = self._state
        channel = state.channels.get(given.get("channel_id", ""))
        if channel is None or user.id not in channel.members:
            raise forbidden()  # api4/post.go, userCreatePostPermissionCheck
        if channel.delete_at:
            raise AppError(400, "api.post.create_post.can_not_post_to_deleted.error")
        found = self._pending(user, given.get("pending_post_id", ""))
        if found is not None:
            return found
        self._remember(given.get("pending_post_id", ""), "")
        try:
            post = self._checked(user, channel, given)
        except AppError:
            state.pending.pop(given.get("pending_post_id", ""), None)
            raise
        self._remember(given.get("pending_post_id", ""), post["id"])
        self.publish(post)
        return post

    def start_pending(self, pending_id: str) -> None:
        """As if another node were still writing the post of this pending id."""
        self._remember(pending_id, "")

    def _checked(self, user: User, channel: Channel, given: Json) -> Json:
        root_id = given.get("root_id", "")
        root = self._state.posts.get(root_id)
        if root_id and (root is None or root["root_id"] or root["delete_at"]):
            raise AppError(400, "api.post.create_post.root_id.app_error")
        if root is not None and root["channel_id"] != channel.id:
            raise AppError(400, "api.post.create_post.channel_root_id.app_error")
        props: Json = json.loads(json.dumps(given.get("props") or {}))
        if user.is_bot:
            props["from_bot"] = "true"
        now = max(self._state.clock.millis(), channel.last_post_at + 1)
        post = {
            "id": self._state.new_id(),
            "create_at": now,
            "update_at": now,
            "edit_at": 0,
            "delete_at": 0,
            "user_id": user.id,
            "channel_id": channel.id,
            "root_id": root_id,
            "original_id": "",
            "message": given.get("message", ""),
            "type": "",
            "props": props,
            "hashtags": "",
            "file_ids": list(given.get("file_ids") or []),
            "is_pinned": False,
            "pending_post_id": given.get("pending_post_id", ""),
            "reply_count": 0,
            "last_reply_at": 0,
        }
        self._valid(post)
        self._claim_files(user, post)
        self._state.posts[post["id"]] = post
        channel.last_post_at = now
        return post

    def _valid(self, post: Json) -> None:
        """Post.IsValid, with the lengths of model/post.go; attachments are checked as no server does."""
        if len(post["message"]) > MAX_MESSAGE_RUNES:
            raise AppError(400, "model.post.is_valid.message_length.app_error")
        if len(json.dumps(post["props"], ensure_ascii=False)) > MAX_PROPS_RUNES:
            raise AppError(400, "model.post.is_valid.props.app_error")
        if len(json.dumps(post["file_ids"], separators=(",", ":"))) > MAX_FILE_IDS_RUNES:
            raise AppError(400, "model.post.is_valid.file_ids.app_error")
        if "attachments" in post["props"]:
            self._state.problems += models.attachment_problems(post["props"]["attachments"])
        if not post["message"] and not post["file_ids"] and not post["props"].get("attachments"):
            self._state.problems.append("post: nothing to show")
        for attachment in post["props"].get("attachments") or []:
            for action in attachment.get("actions") or []:
                action.setdefault("id", self._state.new_id())  # model/integration_action.go, GenerateActionIds

    def _claim_files(self, user: User, post: Json) -> None:
        for file_id in post["file_ids"]:
            file = self._state.files.get(file_id)
            if file is None or file["user_id"] != user.id or file["post_id"]:
                raise AppError(400, "api.post.create_post.attach_files.app_error")
            file["post_id"] = post["id"]

    def publish(self, post: Json) -> None:
        """The event `posted`, whose post is a JSON string (app/notification.go)."""
        state = self._state
        state.changed()
        channel, author = state.channels[post["channel_id"]], state.users[post["user_id"]]
        mentioned = self._mentioned(channel, post)
        data = {
            "channel_display_name": channel.display_name,
            "channel_name": channel.name,
            "channel_type": channel.type,
            "sender_name": "@" + author.username,
            "team_id": channel.team_id,
            "post": json.dumps(state.post_json(post)),
            "set_online": True,
        }
        if mentioned:
            data["mentions"] = json.dumps(mentioned)
        self._hub.publish("posted", data, channel_id=channel.id)

    def _mentioned(self, channel: Channel, post: Json) -> list[str]:
        if channel.type == "D":
            return [user for user in channel.members if user != post["user_id"]]
        names = {name.rstrip("._-") for name in MENTION.findall(post["message"].lower())}
        everyone = names & {"all", "channel", "here"}
        members = (self._state.users[user] for user in sorted(channel.members))
        return [user.id for user in members if everyone or user.username in names]

    def patch(self, user: User, post_id: str, patch: Json) -> Json:
        """PUT /posts/{id}/patch: one's own only, and `props` replaces them all (api4/post.go, patchPost)."""
        post = self._own(user, post_id)
        post.update({name: patch[name] for name in ("message", "props", "is_pinned", "file_ids") if name in patch})
        return self.updated(post)

    def updated(self, post: Json) -> Json:
        """UpdatePost: a new time, the event `post_edited`."""
        if self._state.users[post["user_id"]].is_bot:
            post["props"]["from_bot"] = "true"
        self._valid(post)
        post["update_at"] = post["edit_at"] = max(self._state.clock.millis(), post["update_at"] + 1)
        shown = json.dumps(self._state.post_json(post))
        self._state.changed()
        self._hub.publish("post_edited", {"post": shown}, channel_id=post["channel_id"])
        return post

    def delete(self, user: User, post_id: str) -> None:
        post = self._own(user, post_id)
        post["delete_at"] = post["update_at"] = max(self._state.clock.millis(), post["update_at"] + 1)
        shown = json.dumps(self._state.post_json(post))
        self._hub.publish("post_deleted", {"post": shown}, channel_id=post["channel_id"])

    def _own(self, user: User, post_id: str) -> Json:
        post = self._state.posts.get(post_id)
        if post is None or post["delete_at"]:
            raise AppError(404, "app.post.get.app_error")
        if post["user_id"] != user.id and not user.is_admin:
            raise forbidden()
        return post

    # Reading -------------------------------------------------------------------------------------------------------

    def get(self, user: User, post_id: str) -> Json:
        post = self._state.posts.get(post_id)
        if post is None or post["delete_at"]:
            raise AppError(404, "app.post.get.app_error")
        self._state.open_channel(post["channel_id"], user)
        return post

    def _listed(self, posts: list[Json]) -> Json:
        posts.sort(key=lambda post: post["create_at"], reverse=True)
        shown = {post["id"]: self._state.post_json(post) for post in posts}
        return {"order": list(shown), "posts": shown, "next_post_id": "", "prev_post_id": ""}

    def thread(self, user: User, post_id: str) -> Json:
        post = self.get(user, post_id)
        root = post["root_id"] or post["id"]
        found = [p for p in self._state.posts.values() if root in {p["id"], p["root_id"]} and not p["delete_at"]]
        return self._listed(found)

    def in_channel(self, user: User, channel_id: str, query: dict[str, str]) -> Json:
        """GET /channels/{id}/posts: `since` gives changed and deleted ones too, a thousand at most, else a page."""
        self._state.open_channel(channel_id, user)
        mine = [post for post in self._state.posts.values() if post["channel_id"] == channel_id]
        if int(query.get("since", 0)) > 0:
            changed = [post for post in mine if post["update_at"] > int(query["since"])]
            return self._listed(changed[:POSTS_SINCE_LIMIT])
        live = sorted((p for p in mine if not p["delete_at"]), key=lambda p: p["create_at"], reverse=True)
        page, size = int(query.get("page", 0)), min(int(query.get("per_page", 60)), 200)
        return self._listed(live[page * size : (page + 1) * size])

    # Reactions and files -------------------------------------------------------------------------------------------

    def react(self, user: User, given: Json) -> Json:
        """POST /reactions: as oneself only (api4/reaction.go); the event's reaction is a JSON string."""
        if given.get("user_id") != user.id:
            raise AppError(403, "api.reaction.save_reaction.user_id.app_error")
        post = self.get(user, given.get("post_id", ""))
        reaction = {
            "user_id": user.id,
            "post_id": post["id"],
            "emoji_name": given["emoji_name"],
            "create_at": self._state.clock.millis(),
            "channel_id": post["channel_id"],
        }
        same = ("user_id", "post_id", "emoji_name")
        if not any(all(one[key] == reaction[key] for key in same) for one in self._state.reactions):
            self._state.reactions.append(reaction)
            # sqlstore/reaction_store.go, updatePostForReactionsOnInsert
            post["update_at"] = max(self._state.clock.millis(), post["update_at"] + 1)
            data = {"reaction": json.dumps(reaction)}
            self._hub.publish("reaction_added", data, channel_id=post["channel_id"])
        return reaction

    def upload(self, user: User, channel_id: str, files: list[tuple[str, str, bytes]]) -> Json:
        """POST /files (api4/file.go, app/file.go): members only, `MaxFileSize` each."""
        channel = self._state.channels.get(channel_id)
        if channel is None or user.id not in channel.members:
            raise forbidden()
        if not files:
            raise invalid("files")
        infos = []
        for name, mime, content in files:
            if len(content) > self._state.config.max_file_size:
                raise AppError(413, "api.file.upload_file.too_large_detailed.app_error")
            info: dict[str, Any] = {
                "id": self._state.new_id(),
                "user_id": user.id,
                "channel_id": channel_id,
                "post_id": "",
                "name": name,
                "size": len(content),
                "mime_type": mime,
                "extension": name.rpartition(".")[2],
                "create_at": self._state.clock.millis(),
                "delete_at": 0,
            }
            self._state.files[info["id"]] = info
            self._state.contents[info["id"]] = content
            infos.append(info)
        return {"file_infos": infos, "client_ids": []}

    def file(self, user: User, file_id: str) -> Json:
        info = self._state.files.get(file_id)
        if info is None:
            raise AppError(404, "app.file_info.get.app_error")
        if info["user_id"] != user.id:
            self._state.open_channel(info["channel_id"], user)
        return info
