"""What the tests of Mattermost share."""

from collections.abc import Iterator

import pytest

from bot.registry import Registry
from storage.database import Database
from tests.platforms.mattermost.bot import RunningBot
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.site import Site
from tests.platforms.mattermost.world import World


@pytest.fixture
def bot(world: World, sqlite_url: str, registry: Registry) -> Iterator[RunningBot]:
    """A bot with all its commands, running beside that server."""
    database = Database(sqlite_url)
    bot = RunningBot(database, world, registry=registry)
    bot.start()
    yield bot
    bot.stop()
    database.dispose()


@pytest.fixture
def site_database(sqlite_url: str) -> Iterator[Database]:
    """What a setup writes to; a bot beside it opens the same file."""
    database = Database(sqlite_url)
    yield database
    database.dispose()


@pytest.fixture
def site(mattermost: MattermostServer, site_database: Database, registry: Registry) -> Iterator[Site]:
    site = Site(mattermost, site_database, registry, "https://fil.example.org")
    yield site
    site.close()
