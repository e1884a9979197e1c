"""The slash commands of a team in its own language, as they are registered on a Mattermost server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.phrases import Reader, _
from bot.platforms.mattermost.dialogs import shortened

if TYPE_CHECKING:
    from bot.registry import Command, Registry

# server/public/model/command.go, in bytes.
DISPLAY_NAME_BYTES: Final = 64
DESCRIPTION_BYTES: Final = 128
BOT_USERNAME: Final = "filrouge"
BOT_NAME: Final = "Fil rouge"
COMMAND_PATH: Final = "/mattermost/command"

Json = dict[str, Any]


def manifest(registry: Registry, language: str, *, public_url: str, prefix: str = "") -> Json:
    """The bot's account and its commands; `prefix` goes before each name, where a name is taken."""
    reader = Reader(language)
    url = public_url.rstrip("/") + COMMAND_PATH
    return {
        "bot": {"username": BOT_USERNAME, "display_name": BOT_NAME, "description": description(language)},
        "commands": [_command(found, reader, prefix, url) for found in registry.commands.values()],
    }


def description(language: str) -> str:
    """What the bot says of itself in its profile."""
    return _("The memory of our network: decisions, commitments, local offers and the week.").say(Reader(language))


def _command(found: Command, reader: Reader, prefix: str, url: str) -> Json:
    help_ = found.help.say(reader)
    return {
        "trigger": f"{prefix}{found.names[reader.language]}".lower(),
        "method": "P",
        "url": url,
        "username": BOT_NAME,
        "display_name": shortened(f"{BOT_NAME} – {found.names[reader.language]}", DISPLAY_NAME_BYTES),
        "description": shortened(help_, DESCRIPTION_BYTES),
        "auto_complete": True,
        "auto_complete_desc": help_,
        "auto_complete_hint": found.examples[0].say(reader) if found.examples else "",
    }
