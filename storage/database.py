"""Engines and sessions: a session is bound to one network and cannot forget it; jobs that cross networks say so."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.util import identity_key

from storage import journal, scope
from storage.base import Journaled, Owned, Row
from storage.networks import Network
from storage.turns import Haste, Traffic, Turns

BUSY_SECONDS = 15
_ITSELF = scope.prepared(select(Network))


class CrossNetworkError(RuntimeError):
    """A statement or a row reached beyond the session's network; always a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who changes what, when, from where: kept in the journal with each change."""

    now: datetime
    source: str = "system"
    member_id: int | None = None
    operation: str = ""


class NetworkSession(Session):
    """A session of one network: queries get the criterion, new rows the network, changes a journal line."""

    def __init__(self, database: "Database", bind: Engine, network_id: int, origin: Origin) -> None:
        super().__init__(bind=bind, expire_on_commit=False)
        self.database = database
        # The operations that changed something here.
        self.changed_by: set[str] = set()
        self.network_id = network_id
        self.origin = origin

    @property
    def now(self) -> datetime:
        return self.origin.now

    @property
    def network(self) -> Network:
        """The network itself; raises NoResultFound when it is no more."""
        held = self.identity_map.get(identity_key(Network, self.network_id))
        return held or self.execute(_ITSELF).scalar_one()

    def find(self, model: type[Row], id_: int | None) -> Row | None:
        """The row that a column names; None where it names none, or one that is gone."""
        return self.get(model, id_) if id_ else None


class SystemSession(Session):
    """A session over all networks, for the named few: finding a network, claiming deliveries, checking health."""


class Database:
    """One engine and the sessions on it. `url` is any SQLAlchemy URL for SQLite or PostgreSQL (psycopg)."""

    def __init__(self, url: str, **engine_options: Any) -> None:
        parsed = make_url(url)
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.sqlite = parsed.get_backend_name() == "sqlite"
        if self.sqlite:
            engine_options.setdefault("connect_args", {"timeout": BUSY_SECONDS})
        else:
            engine_options.setdefault("pool_pre_ping", True)
            engine_options.setdefault("pool_size", 10)
        # A failing statement is logged without what people wrote.
        self.engine = create_engine(parsed, hide_parameters=True, **engine_options)
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._turns = Turns()
        self.traffic = Traffic()
        # A reader of SQLite takes no write lock; on PostgreSQL the option has no effect.
        self._reading = self.engine.execution_options(reading=True)

    @contextmanager
    def session(
        self, network_id: int, origin: Origin, *, reading: bool = False, haste: Haste = Haste.SOON
    ) -> Iterator[NetworkSession]:
        """One transaction on one network: committed when the block ends well, rolled back when it does not."""
        bind = self._reading if reading else self.engine
        with (
            nullcontext() if haste is Haste.LATER else self.traffic.served(),
            self._turn(haste, reading=reading),
            NetworkSession(self, bind, network_id, origin) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def system_session(self, *, reading: bool = False) -> Iterator[SystemSession]:
        """One transaction over all networks."""
        bind = self._reading if reading else self.engine
        with (
            self._turn(Haste.SOON, reading=reading),
            SystemSession(bind=bind, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def _turn(self, haste: Haste, *, reading: bool) -> AbstractContextManager[None]:
        return nullcontext() if reading or not self.sqlite else self._turns.turn(haste, BUSY_SECONDS)

    def dispose(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own implicit transactions off: `_begin_sqlite` decides
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@event.listens_for(NetworkSession, "do_orm_execute")
def _add_network_criterion(state: ORMExecuteState) -> None:
    session = cast("NetworkSession", state.session)
    if not state.is_orm_statement or state.is_insert:
        raise CrossNetworkError("a network session runs ORM queries alone; other inserts go through storage.raw")
    if not scope.reaches(state):
        raise CrossNetworkError("no text, no list of parameters and no second table of a change in a network session")
    if state.is_select or scope.SCOPED in state.execution_options:
        state.parameters = {**cast("dict[str, Any]", state.parameters or {}), scope.NETWORK: session.network_id}
    if scope.SCOPED in state.execution_options:
        return
    criteria = scope.BY_NAME if state.is_select else scope.by_value(session.network_id)
    state.statement = state.statement.options(*criteria)


@event.listens_for(NetworkSession, "before_attach")
def _keep_to_the_network(session: NetworkSession, row: object) -> None:
    """A row carried over from elsewhere could be read anew by its key alone."""
    named = "id" if isinstance(row, Network) else "network_id"
    if (foreign := row.__dict__.get(named)) not in {None, session.network_id}:
        raise CrossNetworkError(f"{type(row).__name__} of network {foreign} in a session of {session.network_id}")


@event.listens_for(NetworkSession, "before_flush")
def _fill_network(session: NetworkSession, _context: UOWTransaction, _instances: Any) -> None:
    for row in session.new:
        if isinstance(row, Owned):
            if row.__dict__.get("network_id") is None:
                row.network_id = session.network_id
            if hasattr(row, "created_at") and row.created_at is None:
                row.created_at = session.now
    for row in (*session.new, *session.dirty, *session.deleted):
        foreign = row.network_id if isinstance(row, Owned) else row.id if isinstance(row, Network) else None
        if foreign is not None and foreign != session.network_id:
            raise CrossNetworkError(f"{type(row).__name__} of network {foreign} in a session of {session.network_id}")


@event.listens_for(NetworkSession, "after_flush")
def _write_journal(session: NetworkSession, _context: UOWTransaction) -> None:
    lines = [
        line
        for rows, kind in ((session.new, "insert"), (session.dirty, "update"), (session.deleted, "delete"))
        for row in rows
        if isinstance(row, Journaled | Network) and (line := journal.change(row, kind)) is not None
    ]
    if lines:
        origin = session.origin
        session.changed_by.add(origin.operation)
        shared = {
            "network_id": session.network_id,
            "at": origin.now,
            "source": origin.source,
            "member_id": origin.member_id,
            "operation": origin.operation,
        }
        session.connection().execute(journal.insert_lines(), [shared | line for line in lines])
