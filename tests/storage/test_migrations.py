"""The migrations, run from nothing, make exactly the tables that the models describe."""

import pathlib

from storage import migrate, version
from storage.database import Database


def test_migrations_and_models_agree(database: Database) -> None:
    assert migrate.differences(database) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    before = migrate.current(database)
    migrate.upgrade(database)
    assert migrate.current(database) == before == migrate.newest()


def test_the_version_is_known_without_alembic(database: Database, tmp_path: pathlib.Path) -> None:
    assert version.newest() == migrate.newest()
    assert version.current(database) == migrate.current(database) == version.newest()
    empty = Database(f"sqlite:///{tmp_path}/empty.db")
    assert version.current(empty) is None
    empty.dispose()
