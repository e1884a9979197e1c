"""The Slack app's manifest, made from the commands: what the app may do and hear is what the code uses, no more."""

from typing import Any

from bot.phrases import Phrase, Reader, _
from bot.platforms.slack.events import SHORTCUTS
from bot.platforms.slack.limits import clip
from bot.registry import Command, Registry

# Each method of the Web API that the code calls, with the rights it needs.
METHODS: dict[str, tuple[str, ...]] = {
    # With the app's own token, which has the one right that it needs.
    "apps_connections_open": (),
    "auth_test": (),
    "chat_getPermalink": (),
    "chat_update": ("chat:write",),
    "chat_postEphemeral": ("chat:write",),
    "chat_postMessage": ("chat:write", "chat:write.public"),
    "conversations_history": ("channels:history", "groups:history", "im:history"),
    "conversations_info": ("channels:read", "groups:read", "im:read"),
    "conversations_members": ("channels:read", "groups:read"),
    "conversations_open": ("im:write",),
    "conversations_replies": ("channels:history", "groups:history", "im:history"),
    "files_info": ("files:read",),
    "files_upload_v2": ("files:write",),
    "users_conversations": ("groups:read",),
    "users_info": ("users:read", "users:read.email"),
    "views_open": (),
    "views_publish": (),
}
# Each event that the code listens to, as the manifest names it, with the rights it needs.
EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    # In a channel, only lines that ask to be kept while a meeting is open there are looked at further.
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}
# Slash commands, and the files that people attach.
FEATURES = ("commands", "files:read")
BOT_SCOPES = tuple(sorted({*FEATURES, *(scope for needs in (*METHODS.values(), *EVENTS.values()) for scope in needs)}))

NAME_LENGTH = 32
SHORTCUT_NAME = 24
SHORTCUT_HELP = 150
DESCRIPTION = 140
COLOUR = "#1f5c6b"

SHORTCUT_WORDS: dict[str, tuple[Phrase, Phrase]] = {
    "decide": (_("Keep as a decision"), _("Proposes this message as a decision.")),
    "commit": (_("Keep as a commitment"), _("Records what somebody will do by a day.")),
    "meet": (_("Read this thread"), _("Proposes what these messages decided and promised.")),
}


def manifest(
    registry: Registry, language: str, *, public_url: str = "", socket: bool = True, prefix: str = ""
) -> dict[str, Any]:
    """For Socket Mode, or for HTTP at `public_url`; names and help in this language."""
    reader = Reader(language)
    address = {} if socket else {"url": f"{public_url}/slack/events"}
    request = {} if socket else {"request_url": f"{public_url}/slack/events"}
    oauth: dict[str, Any] = {"scopes": {"bot": list(BOT_SCOPES)}}
    if public_url and not socket:
        oauth["redirect_urls"] = [f"{public_url}/slack/oauth_redirect"]
    return {
        "display_information": {
            "name": "Fil rouge",
            "description": clip(
                _("The memory of our network: decisions, commitments, local offers and the week.").say(reader),
                DESCRIPTION,
            ),
            "background_color": COLOUR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "filrouge", "always_online": True},
            "slash_commands": [{**_command(found, reader, prefix), **address} for found in registry.commands.values()],
            "shortcuts": [_shortcut(name, reader) for name in SHORTCUTS],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**request, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _command(found: Command, reader: Reader, prefix: str) -> dict[str, Any]:
    drawn = {
        "command": f"/{prefix}{found.names[reader.language]}"[:NAME_LENGTH],
        "description": found.help.say(reader),
        # So that mentions come as ids, which are sure, and not as names.
        "should_escape": True,
    }
    if found.examples:
        drawn["usage_hint"] = found.examples[0].say(reader)
    return drawn


def _shortcut(name: str, reader: Reader) -> dict[str, str]:
    label, help_ = SHORTCUT_WORDS[name]
    return {
        "name": clip(label.say(reader), SHORTCUT_NAME),
        "type": "message",
        "callback_id": name,
        "description": clip(help_.say(reader), SHORTCUT_HELP),
    }
