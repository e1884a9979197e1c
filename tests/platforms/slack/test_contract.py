"""The shared conversations of every platform, on the emulated Slack."""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any, cast

import pytest

from bot.registry import discover
from storage.database import Database
from tests.platforms import contract
from tests.platforms.contract import CONVERSATIONS, Talk, words
from tests.platforms.slack import emulator
from tests.platforms.slack.relay import Relay, relay
from tests.platforms.slack.world import Seen, World, world

pytestmark = pytest.mark.emulator


def _typed(text: str) -> str:
    """As Slack passes on what people type."""
    return escape(text, quote=False)


def _named(text: str) -> str:
    """The conversations know people by their handles."""
    for handle, name in emulator.PEOPLE.items():
        text = text.replace(name, handle)
    return text


class SlackTalk:
    """The channel of the conversations is the emulator's own."""

    def __init__(self, on: World) -> None:
        self._world = on

    def commands(self, who: str, line: str, channel: str = "") -> None:
        command, _space, text = line.partition(" ")
        self._world.command(who, command, _typed(text), channel)

    def says(self, who: str, text: str, channel: str = "") -> None:
        self._world.message(who, _typed(text), channel)

    def presses(self, who: str, label: str) -> None:
        newest = next(
            seen
            for seen in reversed(self._mine(who))
            if label in {key["text"]["text"].replace("\u00a0", " ") for key in seen.buttons}
        )
        self._world.press(who, newest, label)

    def form(self, who: str) -> list[str]:
        del who
        inputs = [block["block_id"] for block in self._world.views[-1]["blocks"] if block["type"] == "input"]
        return [name for name in inputs if not name.endswith("~words")]

    def submits(self, who: str, **values: str) -> dict[str, str]:
        views = self._world.views
        answer = self._world.submit(who, views[-1], values, view_id=f"V{len(views)}")
        return dict(answer.json()["errors"]) if answer.text else {}

    def seen(self, who: str) -> list[contract.Seen]:
        return [
            contract.Seen(words(_named(seen.text.partition("\nLigne")[0])), self._alone(seen))
            for seen in self._mine(who)
        ]

    def _mine(self, who: str) -> list[Seen]:
        return [seen for seen in self._world.seen() if self._sees(who, seen)]

    def _sees(self, who: str, seen: Seen) -> bool:
        match seen.how:
            case "respond":
                return self._world.owners[seen.ts] == who
            case "chat.postEphemeral":
                return bool(seen.params["user"] == self._world.people[who])
            case "chat.postMessage":
                return not seen.channel.startswith("D") or seen.channel == self._world.direct(who)
            case _:
                return False

    def _alone(self, seen: Seen) -> bool:
        return seen.how != "chat.postMessage" or seen.channel.startswith("D")


@pytest.fixture
def slack_talk(emulated: str, database: Database, answers: Relay) -> Iterator[Talk]:
    members = cast("list[dict[str, Any]]", emulator.call(emulated, "users.list")["members"])
    channels = cast("list[dict[str, Any]]", emulator.call(emulated, "conversations.list")["channels"])
    people = {person["name"]: person["id"] for person in members}
    places = {contract.CHANNEL: next(one["id"] for one in channels if one["name"] == "pilotage")}
    registry = discover("tests.platforms.contract_commands")
    with relay(emulated) as before, world(database, registry, before, answers, people, places) as found:
        yield SlackTalk(found)


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one.__name__)
def test_it_goes_so_on_slack(conversation: Callable[[Talk], None], slack_talk: Talk) -> None:
    conversation(slack_talk)
