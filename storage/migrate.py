"""Bring a database's tables up to date, and draw up a new migration from the models."""

import pathlib
import sys

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import Database
from storage.models import Base

FOLDER = pathlib.Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Migrate to `revision`; a database that is there already is left alone."""
    config = _config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        if database.sqlite:
            # Tables are rebuilt: references are checked again once all is in place.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        command.upgrade(config, revision)
        connection.commit()
        if database.sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.commit()


def current(database: Database) -> str | None:
    """The revision the database is at; None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def differences(database: Database) -> list[object]:
    """What the models have that the migrated database has not, and the other way round; empty when they agree."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def draw_up(message: str) -> None:
    """Write the migration that turns the newest revision into what the models say now."""
    database = Database("sqlite://")
    config = _config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True)


if __name__ == "__main__":
    draw_up(" ".join(sys.argv[1:]) or "change")
