"""The one door for what the ORM has no words for in a network's session: an engine's own inserts, many rows at once."""

import importlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, insert, inspect
from sqlalchemy.orm import Mapper

from storage.base import Owned
from storage.database import CrossNetworkError, NetworkSession

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_unknown(session: NetworkSession, model: type[Owned]) -> "postgresql.Insert | sqlite.Insert":
    """An insert of rows that hold their `network_id`, which passes over those that are there already."""
    return _insert_unknown(session.get_bind().dialect.name, inspect(model))


@cache
def _insert_unknown(engine: str, model: Mapper[Any]) -> "postgresql.Insert | sqlite.Insert":
    # An engine loads its own dialect; the other one would be a tenth of what SQLAlchemy costs at start.
    dialect: Any = importlib.import_module(f"sqlalchemy.dialects.{engine}")
    statement: postgresql.Insert | sqlite.Insert = dialect.insert(model).on_conflict_do_nothing()
    return statement


def insert_rows(
    session: NetworkSession, table: Table, common: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    """New rows of this network; `common` names every column but the network, a row only what differs from it.

    A value as in `common` is put in the database's own form once for all rows, which is most of the work.
    """
    connection = session.connection()
    dialect = connection.dialect
    forms = {column.key: column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns}

    def formed(name: str, value: Any) -> Any:
        form = forms[name]
        return value if form is None else form(value)

    everywhere = {**common, "network_id": session.network_id}
    statement = insert(table).inline().compile(dialect=dialect, column_keys=list(everywhere))
    ready = {name: formed(name, value) for name, value in everywhere.items()}
    lines = [
        ready | {name: formed(name, value) for name, value in row.items() if value != everywhere[name]} for row in rows
    ]
    if any(line["network_id"] != session.network_id for line in lines):
        raise CrossNetworkError(table.name)
    order = getattr(statement, "positiontup", None)
    connection.exec_driver_sql(
        str(statement), [tuple(map(line.__getitem__, order)) for line in lines] if order else lines
    )
