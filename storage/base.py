"""What every table shares: types, the owner network, and keys that cannot cross networks."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.util import identity_key
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware when it goes in and when it comes out, UTC in the database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), dict[str, Any]: JSON(), list[str]: JSON()}


class Owned:
    """A row of one network. A session bound to a network adds the criterion itself and fills `network_id` in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"), index=True)


class Tenant:
    """The row of a network itself: a session bound to a network sees that one alone."""

    id: Mapped[int] = mapped_column(primary_key=True)


Row = TypeVar("Row", bound=Owned)
# How many ids one question to the database may hold.
MANY = 1000


class Journaled(Owned):
    """A row whose every change is written in the journal, so that it can be explained and undone.

    `unjournaled` names the columns that are worked out from others and say nothing by themselves; `by_key` those that
    hold many things, of which the changed ones alone are written.
    """

    unjournaled: ClassVar[frozenset[str]] = frozenset()
    by_key: ClassVar[frozenset[str]] = frozenset()


def choice(kind: type[StrEnum]) -> Enum:
    """A column of one of the enumeration's values, kept as its text."""
    return Enum(
        kind, native_enum=False, length=20, values_callable=lambda members: [member.value for member in members]
    )


def owned(*constraints: Any) -> tuple[Any, ...]:
    """`__table_args__` of an owned table: the pair (network, id) that other tables refer to, and its constraints.

    An id is never given twice, on SQLite either: what was owed about a row that was undone is not about the next one.
    """
    return (UniqueConstraint("network_id", "id"), *constraints, {"sqlite_autoincrement": True})


def belongs(column: str, table: str, *, on_delete: str = "NO ACTION") -> ForeignKeyConstraint:
    """A key to a row of the same network: the network is part of it, so the database itself refuses a crossing."""
    return ForeignKeyConstraint(["network_id", column], [f"{table}.network_id", f"{table}.id"], ondelete=on_delete)


def fetched(session: Session, model: type[Row], ids: Iterable[int]) -> dict[int, Row]:
    """Rows by id; those that the session holds already are not asked for again."""
    found: dict[int, Row] = {}
    missing: list[int] = []
    for id_ in set(ids):
        row = session.identity_map.get(identity_key(model, id_))
        if row is None:
            missing.append(id_)
        else:
            found[id_] = row
    for start in range(0, len(missing), MANY):
        query = select(model).where(model.id.in_(missing[start : start + MANY]))
        found.update({row.id: row for row in session.scalars(query)})
    return found
