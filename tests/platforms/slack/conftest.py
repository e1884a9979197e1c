"""A workspace of Slack on the emulator, and small servers for what the emulator does not do."""

import pathlib
from collections.abc import Iterator
from typing import Any, cast

import pytest

from bot.registry import Registry, discover
from storage.database import Database
from tests.platforms.slack import emulator
from tests.platforms.slack.relay import Relay, relay
from tests.platforms.slack.world import World, world


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the Slack emulator."""
    emulator.available()
    with emulator.running(tmp_path_factory.mktemp("emulator")) as url:
        yield url


@pytest.fixture
def answers() -> Iterator[Relay]:
    """What is behind every response_url."""
    with relay() as found:
        yield found


@pytest.fixture
def notes_registry() -> Registry:
    """A tiny package of commands: every kind of field, buttons, public and private answers."""
    return discover("tests.platforms.slack.notebook")


@pytest.fixture
def workspace(emulated: str, sqlite_url: str, notes_registry: Registry, answers: Relay) -> Iterator[World]:
    """The emulated workspace with the tiny commands, on SQLite."""
    database = Database(sqlite_url)
    members = cast("list[dict[str, Any]]", emulator.call(emulated, "users.list")["members"])
    channels = cast("list[dict[str, Any]]", emulator.call(emulated, "conversations.list")["channels"])
    with relay(emulated) as before:
        yield from _world(database, notes_registry, before, answers, members, channels)
    database.dispose()


def _world(
    database: Database,
    registry: Registry,
    before: Relay,
    answers: Relay,
    members: list[dict[str, Any]],
    channels: list[dict[str, Any]],
) -> Iterator[World]:
    people = {person["name"]: person["id"] for person in members}
    places = {channel["name"]: channel["id"] for channel in channels}
    with world(database, registry, before, answers, people, places) as found:
        yield found


@pytest.fixture(scope="session")
def payloads() -> pathlib.Path:
    """Payloads as Slack sends them, one a file."""
    return pathlib.Path(__file__).parent / "payloads"
