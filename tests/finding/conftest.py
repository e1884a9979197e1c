"""The project's own directory, asked by words alone."""

import pathlib
from collections.abc import Iterator

import pytest

from bot.finding.answers import Found
from bot.finding.directory import Directory
from bot.imports.offer_files import rows
from bot.imports.offers import import_offers
from storage.database import Database, NetworkSession, Origin
from tests.conftest import NOW

DATA = pathlib.Path(__file__).parent / "data"


@pytest.fixture
def words_alone() -> Directory:
    return Directory(encoder=lambda: None)


@pytest.fixture
def session(database: Database, network_id: int) -> Iterator[NetworkSession]:
    import_offers(lambda: database.session(network_id, Origin(now=NOW)), rows(DATA / "services.jsonl"), source="test")
    with database.session(network_id, Origin(now=NOW)) as session:
        yield session


def ids(found: Found) -> list[str]:
    return [answer.offer.external_id for answer in found.answers]
