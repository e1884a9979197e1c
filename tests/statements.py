"""How much is asked of a database, where how long it takes would depend on the machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.database import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that the block runs."""
    run: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        run.append(statement)

    event.listen(database.engine, "before_cursor_execute", keep)
    try:
        yield run
    finally:
        event.remove(database.engine, "before_cursor_execute", keep)
