"""The journal: who changed what, when, from where. Append-only; undo writes new lines, it never removes any."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Index, Insert, String, insert, inspect, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column
from sqlalchemy.orm.attributes import History

from storage.base import Base, Owned, owned


class JournalLine(Owned, Base):
    """One change of one row; `before` and `after` hold the changed columns alone, in JSON's own types."""

    __tablename__ = "journal"
    __table_args__ = owned(
        Index("ix_journal_operation", "network_id", "operation"),
        Index("ix_journal_row", "network_id", "table_name", "row_id"),
    )

    at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None]
    operation: Mapped[str] = mapped_column(String(64))
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class ChangedSinceError(RuntimeError):
    """What would be undone has been changed again since."""


def insert_lines() -> Insert:
    return insert(JournalLine)


def change(row: Any, kind: str) -> dict[str, Any] | None:
    """The journal's columns for one flushed row; None when nothing of it changed."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if kind == "insert":
        after = {name: plain(getattr(row, name)) for name in _told(inspect(type(row)))}
    elif kind == "delete":
        before = {name: _earlier(inspect(row).attrs[name].history) for name in _told(inspect(type(row)))}
    else:
        attributes = inspect(row).attrs
        for name in _told(inspect(type(row))):
            history = attributes[name].history
            if history.has_changes():
                before[name], after[name] = _earlier(history), plain(getattr(row, name))
                if name in row.by_key:
                    before[name], after[name] = _differing(before[name], after[name])
        if not after:
            return None
    return {"table_name": row.__tablename__, "row_id": row.id, "kind": kind, "before": before, "after": after}


@cache
def _told(mapper: Mapper[Any]) -> tuple[str, ...]:
    """The columns of a table that the journal speaks of."""
    apart = {"id", "network_id", *mapper.class_.unjournaled}
    return tuple(attribute.key for attribute in mapper.column_attrs if attribute.key not in apart)


def _earlier(history: History) -> Any:
    """What a column held before."""
    return plain(history.deleted[0] if history.deleted else history.unchanged[0] if history.unchanged else None)


def history(session: Session, row: Any) -> Sequence[JournalLine]:
    """Every change of a row, oldest first."""
    return session.scalars(
        select(JournalLine)
        .where(JournalLine.table_name == row.__tablename__, JournalLine.row_id == row.id)
        .order_by(JournalLine.id)
    ).all()


def changes(session: Session, table: str, ids: Iterable[int], columns: Iterable[str]) -> dict[int, list[JournalLine]]:
    """By row, the changes of any of these columns since it was made, oldest first; undoing one is another change."""
    wanted = frozenset(columns)
    query = select(JournalLine).where(
        JournalLine.table_name == table, JournalLine.row_id.in_(list(ids)), JournalLine.kind == "update"
    )
    found: dict[int, list[JournalLine]] = {}
    for line in session.scalars(query.order_by(JournalLine.id)):
        if wanted & line.after.keys():
            found.setdefault(line.row_id, []).append(line)
    return found


def newest(session: Session) -> datetime | None:
    """When anything was last changed."""
    return session.scalar(select(JournalLine.at).order_by(JournalLine.id.desc()).limit(1))


def rows_of(session: Session, operation: str) -> list[Any]:
    """What an operation changed and still is there, and the meeting or other row that each of these belongs to."""
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    query = select(JournalLine.table_name, JournalLine.row_id).where(JournalLine.operation == operation).distinct()
    rows = [session.get(models[table], row_id) for table, row_id in session.execute(query)]
    parents = [
        session.get(models[key.column.table.name], getattr(row, column.key))
        for row in rows
        if row is not None
        for column in inspect(type(row)).columns
        for key in column.foreign_keys
        if column.key != "network_id" and getattr(row, column.key, None) is not None
    ]
    return [row for row in (*rows, *parents) if row is not None]


def undo(session: Session, operation: str) -> Sequence[JournalLine]:
    """Put back what an operation changed; raises ChangedSinceError, and changes nothing, if any of it moved since.

    Returns the lines put back, newest first; an empty list for an unknown operation or one undone already.
    """
    lines = session.scalars(
        select(JournalLine).where(JournalLine.operation == operation).order_by(JournalLine.id.desc())
    ).all()
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    last: dict[tuple[str, int], JournalLine] = {}
    for line in lines:
        last.setdefault((line.table_name, line.row_id), line)
    rows = {key: session.get(models[key[0]], key[1]) for key in last}
    for key, line in last.items():
        row = rows[key]
        if (row is None) != (line.kind == "delete"):
            raise ChangedSinceError(f"{key[0]} {key[1]}")
        if row is not None and not stands(row, line.after):
            raise ChangedSinceError(f"{key[0]} {key[1]}")
    table = ""
    for line in lines:
        if line.table_name != table:
            # What refers to a row goes before it: backwards, table by table, as they came.
            session.flush()
            table = line.table_name
        model, key = models[line.table_name], (line.table_name, line.row_id)
        row = rows[key]
        if line.kind == "insert" and row is not None:
            session.delete(row)
            rows[key] = None
            continue
        if row is None:
            row = rows[key] = model(id=line.row_id)
            session.add(row)
        _put_back(row, line)
        session.flush()
    session.flush()
    return lines


def _put_back(row: Any, line: JournalLine) -> None:
    """Give a row the values that it had before."""
    for name, value in line.before.items():
        if line.kind == "update" and name in row.by_key:
            kept = {key: each for key, each in getattr(row, name).items() if key not in line.after[name]}
            setattr(row, name, kept | value)
        else:
            setattr(row, name, _typed(type(row), name, value))


def _differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What two dictionaries do not have in common."""
    return (
        {key: each for key, each in before.items() if key not in after or after[key] != each},
        {key: each for key, each in after.items() if key not in before or before[key] != each},
    )


def stands(row: Any, values: Mapping[str, Any]) -> bool:
    """Whether a row's columns still hold these values, in JSON's own types."""
    return all(
        all(getattr(row, name).get(key) == each for key, each in value.items())
        if name in row.by_key
        else plain(getattr(row, name)) == value
        for name, value in values.items()
    )


def typed(model: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """A journal line's values as the model's columns hold them."""
    return {name: _typed(model, name, value) for name, value in values.items()}


def plain(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        # As it is read back, in whatever zone it was said.
        return value.astimezone(UTC).isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    # A JSON column's value is copied: the row may be changed in place later.
    return json.loads(json.dumps(value)) if isinstance(value, dict | list) else value


def _typed(model: Any, name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kind = inspect(model).columns[name].type.python_type
    if kind in {datetime, date, time}:
        return kind.fromisoformat(value)
    return kind(value) if kind is not str and issubclass(kind, str) else value
