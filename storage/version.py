"""At which migration a database is, and which is the newest; asked at every start, so Alembic is not loaded for it."""

import pathlib
import re

from sqlalchemy import inspect, text

from storage.database import Database

FOLDER = pathlib.Path(__file__).parent / "migrations" / "versions"
_NAMES = re.compile(r"^(revision|down_revision) = (?:\"(\w+)\"|None)", re.MULTILINE)


def current(database: Database) -> str | None:
    """The revision the database is at; None when it is empty."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return str(found) if found else None


def newest() -> str | None:
    """The revision that no other one follows; None without any."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for path in FOLDER.glob("*.py"):
        for which, name in _NAMES.findall(path.read_text(encoding="utf-8")):
            if name:
                (revisions if which == "revision" else followed).add(name)
    ends = sorted(revisions - followed)
    return ends[0] if len(ends) == 1 else None
