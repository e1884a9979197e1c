"""The migrations, run from nothing, make exactly the tables that the models describe."""

from storage import migrate
from storage.database import Database


def test_migrations_and_models_agree(database: Database) -> None:
    assert migrate.differences(database) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    before = migrate.current(database)
    migrate.upgrade(database)
    assert migrate.current(database) == before == migrate.newest()
