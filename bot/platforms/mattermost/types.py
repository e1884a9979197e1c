"""Mattermost's values as its server sends them (server/public/model), reduced to what a bot reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

Json = dict[str, Any]


@dataclass(frozen=True)
class User:
    id: str
    username: str
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    email: str = ""
    locale: str = ""
    timezone: str = ""
    roles: str = ""
    is_bot: bool = False
    gone: bool = False

    @classmethod
    def read(cls, json: Json) -> Self:
        zone = json.get("timezone") or {}
        # The server keeps this truth as a string.
        automatic = str(zone.get("useAutomaticTimezone", "true")).lower() == "true"
        named = {name: str(json.get(name) or "") for name in ("first_name", "last_name", "nickname", "email", "locale")}
        return cls(
            id=json["id"],
            username=json["username"],
            **named,
            timezone=str(zone.get("automaticTimezone" if automatic else "manualTimezone") or ""),
            roles=str(json.get("roles") or ""),
            is_bot=bool(json.get("is_bot")),
            gone=bool(json.get("delete_at")),
        )

    @property
    def name(self) -> str:
        """As people call them: the full name, else the nickname, else the user name."""
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.nickname or self.username


@dataclass(frozen=True)
class Team:
    id: str
    name: str
    display_name: str

    @classmethod
    def read(cls, json: Json) -> Self:
        return cls(json["id"], json["name"], json.get("display_name") or json["name"])


@dataclass(frozen=True)
class Channel:
    """`kind` is O (open), P (private), D (direct) or G (group); direct and group channels have no team."""

    id: str
    team_id: str
    kind: str
    name: str
    display_name: str
    last_post_at: int = 0
    closed: bool = False

    @classmethod
    def read(cls, json: Json) -> Self:
        return cls(
            json["id"],
            json.get("team_id") or "",
            json["type"],
            json["name"],
            json.get("display_name") or json["name"],
            int(json.get("last_post_at") or 0),
            bool(json.get("delete_at")),
        )


@dataclass(frozen=True)
class File:
    id: str
    name: str
    size: int
    mime_type: str = ""

    @classmethod
    def read(cls, json: Json) -> Self:
        return cls(json["id"], json.get("name") or json["id"], int(json.get("size") or 0), json.get("mime_type") or "")


@dataclass(frozen=True)
class Reaction:
    user_id: str
    post_id: str
    emoji: str
    create_at: int

    @classmethod
    def read(cls, json: Json) -> Self:
        return cls(json["user_id"], json["post_id"], json["emoji_name"], int(json.get("create_at") or 0))


@dataclass(frozen=True)
class Post:
    """`create_at` and `update_at` are milliseconds since the epoch; `kind` is empty for what people write."""

    id: str
    channel_id: str
    user_id: str
    message: str
    create_at: int
    update_at: int
    root_id: str = ""
    kind: str = ""
    deleted: bool = False
    props: Json = field(default_factory=dict)
    file_ids: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    reactions: tuple[Reaction, ...] = ()

    @classmethod
    def read(cls, json: Json) -> Self:
        metadata = json.get("metadata") or {}
        return cls(
            id=json["id"],
            channel_id=json["channel_id"],
            user_id=json["user_id"],
            message=json.get("message") or "",
            create_at=int(json["create_at"]),
            update_at=int(json.get("update_at") or json["create_at"]),
            root_id=json.get("root_id") or "",
            kind=json.get("type") or "",
            deleted=bool(json.get("delete_at")),
            props=json.get("props") or {},
            file_ids=tuple(json.get("file_ids") or ()),
            files=tuple(File.read(file) for file in metadata.get("files") or ()),
            reactions=tuple(Reaction.read(reaction) for reaction in metadata.get("reactions") or ()),
        )


@dataclass(frozen=True)
class Command:
    """A slash command of a team; `token` is what the server will send with each call."""

    id: str
    team_id: str
    trigger: str
    url: str
    token: str
    display_name: str = ""
    description: str = ""
    hint: str = ""
    creator_id: str = ""

    @classmethod
    def read(cls, json: Json) -> Self:
        return cls(
            id=json["id"],
            team_id=json["team_id"],
            trigger=json["trigger"],
            url=json.get("url") or "",
            token=json.get("token") or "",
            display_name=json.get("display_name") or "",
            description=json.get("auto_complete_desc") or "",
            hint=json.get("auto_complete_hint") or "",
            creator_id=json.get("creator_id") or "",
        )
