"""The app asks for the rights and hears the events that the code uses, no more and no less."""

import pathlib
import re

from bot.platforms.slack import events, manifest
from bot.platforms.slack.manifest import BOT_SCOPES, EVENTS, METHODS
from bot.registry import Registry
from tests.platforms.slack.world import World

FOLDER = pathlib.Path(manifest.__file__).parent
CALL = re.compile(r"\.((?:apps|auth|bots|chat|conversations|files|reactions|team|users|views)_[a-zA-Z0-9_]+)\(")


def test_every_method_called_is_listed_and_every_listed_one_called() -> None:
    called = {name for path in FOLDER.glob("*.py") for name in CALL.findall(path.read_text())}
    assert called == set(METHODS)


def test_every_event_heard_is_subscribed_to(workspace: World) -> None:
    messages = {"message.im", "message.channels", "message.groups"}
    heard = {one for name in workspace.slack.listeners.events for one in (messages if name == "message" else {name})}
    assert heard == set(EVENTS)


def test_the_shortcuts_and_reactions_lead_to_commands(registry: Registry) -> None:
    assert set(events.SHORTCUTS) <= set(registry.commands)
    assert set(events.REACTIONS.values()) <= set(registry.commands)
    assert set(manifest.SHORTCUT_WORDS) == set(events.SHORTCUTS)


def test_no_right_is_asked_twice_or_without_need() -> None:
    needed = {scope for needs in (*METHODS.values(), *EVENTS.values()) for scope in needs}
    assert set(BOT_SCOPES) == needed | set(manifest.FEATURES)
    assert len(BOT_SCOPES) == len(set(BOT_SCOPES))
