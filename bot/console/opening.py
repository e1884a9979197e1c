"""Opening the database that a subcommand speaks to, and the local network in it."""

import importlib
import pathlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from sqlalchemy import make_url, select
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.console.output import Options, refuse
from bot.settings import Settings, SettingsError
from storage import networks, version
from storage.database import Database, NetworkSession, Origin, SystemSession
from storage.networks import Network

DEFAULT_NETWORK = "Mon réseau"


def settings_of(options: Options) -> Settings:
    """The settings, `--database` over the environment's; ends the process with a clear line when they are wrong."""
    try:
        return Settings.from_environment(database=options.database)
    except SettingsError as wrong:
        refuse("\n".join(wrong.problems))


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, its folder made; an empty SQLite one is migrated, any other must be up to date."""
    path = file_of(settings)
    empty_sqlite = path is not None and (not path.exists() or path.stat().st_size == 0)
    database = Database(str(settings.database_url))
    with answering(database):
        if empty_sqlite or (database.sqlite and version.current(database) is None):
            # Alembic is loaded where tables have to be made: once in a database's life.
            importlib.import_module("storage.migrate").upgrade(database)
        if version.current(database) != version.newest():
            refuse("The database is not up to date. Run: filrouge migrate")
        yield database


def file_of(settings: Settings) -> pathlib.Path | None:
    """The file of an SQLite database, its folder made; None for any other."""
    url = make_url(str(settings.database_url))
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    path = pathlib.Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        refuse(f"The folder {path.parent} cannot be made: {wrong.strerror}. Check FILROUGE_DATABASE_URL.")
    return path


@contextmanager
def answering(database: Database) -> Iterator[None]:
    """Ends the process with a clear line when the database is away, or is none; closes it at the end."""
    try:
        yield
    except DatabaseError as down:
        # Its subclasses but one are mistakes of ours.
        if type(down) not in {DatabaseError, OperationalError}:
            raise
        refuse(f"The database does not answer: {str(down.orig).splitlines()[0]}. Check FILROUGE_DATABASE_URL.")
    finally:
        database.dispose()


def local_network(
    database: Database, settings: Settings, name: str | None, now: datetime, *, known: bool = False
) -> int:
    """The id of the local network of this name (the first one, or a new one, without a name).

    `known` refuses a name that no network bears, which may be a slip of the hand. A network of a real platform is
    refused: nothing said here may count as sent there.
    """
    with database.system_session() as session:
        if name is None:
            network = session.scalar(select(Network).where(Network.platform == "local").order_by(Network.id))
        else:
            network = networks.by_name(session, name)
        if network is None and name is not None and known:
            _no_such_network(session, name)
        if network is None:
            network = networks.create(
                session,
                name=name or DEFAULT_NETWORK,
                platform="local",
                external_id=name or DEFAULT_NETWORK,
                at=now,
                language=settings.language,
                country=settings.country,
                timezone=settings.timezone,
            )
        if network.platform != "local":
            refuse(f"“{network.name}” lives on {network.platform}: this subcommand speaks to local networks alone.")
        return network.id


def network_named(database: Database, name: str | None) -> int:
    """The id of the network of this name, on whatever platform; of the only one without a name."""
    with database.system_session(reading=True) as session:
        if name is not None:
            network = networks.by_name(session, name)
            return network.id if network else _no_such_network(session, name)
        every = session.scalars(select(Network.id)).all()
        if len(every) != 1:
            refuse(f"There are {len(every)} networks: say which one with --network.")
        return every[0]


def _no_such_network(session: SystemSession, name: str) -> NoReturn:
    named = ", ".join(session.scalars(select(Network.name).order_by(Network.name))) or "none yet"
    refuse(f"No network is called “{name}”. There is: {named}.")


@dataclass(frozen=True, slots=True)
class Local:
    """The local network that a subcommand speaks to, and when it does."""

    settings: Settings
    database: Database
    network_id: int
    at: datetime

    def session(self, *, source: str, reading: bool = False) -> AbstractContextManager[NetworkSession]:
        return self.database.session(self.network_id, Origin(now=self.at, source=source), reading=reading)


@contextmanager
def opened_locally(options: Options, now: str | None, *, known: bool = True) -> Iterator[Local]:
    """The network of `--network` at `--now`, a new one unless `known`; ends with a clear line when that fails."""
    settings = settings_of(options)
    at = instant(now, settings.timezone)
    with opened(settings) as database:
        yield Local(settings, database, local_network(database, settings, options.network, at, known=known), at)


def instant(text: str | None, zone: str) -> datetime:
    """What `--now` says, by the clocks of the zone where it has no offset; the present without it."""
    if text is None:
        return datetime.now(UTC)
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        refuse(f"--now wants an ISO 8601 instant such as 2026-11-23T09:00:00+01:00, not {text!r}.")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo(zone))
