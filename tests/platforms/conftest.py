"""What the tests of the platforms share."""

from collections.abc import Iterator

import pytest

from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.state import Clock
from tests.platforms.mattermost.world import World


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mattermost(clock: Clock) -> Iterator[MattermostServer]:
    """A running stand-in for a Mattermost server."""
    with MattermostServer(clock) as server:
        yield server


@pytest.fixture
def world(mattermost: MattermostServer) -> Iterator[World]:
    """A team with its people on that server; at the end, nothing may have been sent that the server takes badly."""
    world = World(mattermost)
    yield world
    world.close()
