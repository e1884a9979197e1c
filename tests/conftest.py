"""What every test may ask for: a database of each kind, a network on it, and the chat of the local platform."""

import os
import pathlib
import shutil
from collections.abc import Generator, Iterator
from copy import copy
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from bot import logs
from bot.platforms.local import local_app
from bot.registry import Registry, discover
from bot.settings import one_thread_each
from storage import members, migrate, networks
from storage.database import Database, Origin
from tests.chat import Chat

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
POSTGRES = os.environ.get("FILROUGE_TEST_POSTGRES", "")
# Where every optional part must be there, a test that skips itself has failed.
REQUIRE_ALL = bool(os.environ.get("FILROUGE_TEST_REQUIRE_ALL"))


logs.configure()
# Each worker keeps to its own core: threads of linear algebra would fight for them.
one_thread_each()
# Tests reach this machine alone, so that no client needs to read the world's certificates: 40 ms of work each.
os.environ["SSL_CERT_DIR"] = str(pathlib.Path(__file__).parent)
# A busy machine fails no test: how long things take is measured by the benchmarks. Each run tries the same examples, so
# that what failed fails again; `make hunt` looks for others.
settings.register_profile("filrouge", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("hunt", settings.get_profile("filrouge"), derandomize=False, max_examples=3000)
settings.load_profile("filrouge")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("corpora") and not os.environ.get("FILROUGE_TEST_DATA"):
        pytest.skip("FILROUGE_TEST_DATA names no folder of corpora")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _required((yield))


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _required(report: Report) -> Report:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail") and "elsewhere" not in report.keywords:
        report.outcome = "failed"
        report.longrepr = f"required here, but skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A migrated SQLite file without rows, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    database.dispose()  # the last connection to close writes the log back into the file
    return path


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[str]:
    """The name of a migrated PostgreSQL database without rows."""
    if not POSTGRES:
        pytest.skip("FILROUGE_TEST_POSTGRES names no PostgreSQL server")
    name = f"filrouge_empty_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    database = Database(_at(name))
    migrate.upgrade(database)
    database.dispose()
    yield name
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_path(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Where each test finds a file of its own."""
    return tmp_path_factory.mktemp("sqlite") / "filrouge.db"


@pytest.fixture
def sqlite_url(empty_sqlite: pathlib.Path, sqlite_path: pathlib.Path) -> str:
    for left in sqlite_path.parent.iterdir():
        left.unlink()  # whatever a test left behind still writes into the old file, not into the new one
    shutil.copy(empty_sqlite, sqlite_path)
    return f"sqlite:///{sqlite_path}"


@pytest.fixture
def postgres_url(empty_postgres: str) -> Iterator[str]:
    """The empty database, for one test at a time: emptied again after it, which costs a tenth of making another."""
    yield _at(empty_postgres)
    with psycopg.connect(_at(empty_postgres), autocommit=True) as connection:
        connection.execute(ALONE)
        connection.execute(EMPTY_AGAIN)


# A thread or a process that the test left behind must not write into the next one.
ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Foreign keys are not looked at meanwhile, so that the order of the tables does not matter.
EMPTY_AGAIN = """
DO $$
DECLARE named text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR named IN SELECT format('%I', tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE 'DELETE FROM ' || named;
    END LOOP;
    FOR named IN SELECT format('%I', sequencename) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP
        EXECUTE 'ALTER SEQUENCE ' || named || ' RESTART';
    END LOOP;
END $$
"""


# For a test in which so much time passes, or of a page, that running it twice would tell nothing more.
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def engines() -> dict[str, Database]:
    return {}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, engines: dict[str, Database]) -> Iterator[Database]:
    """An empty, migrated database; a test that asks for it runs once on SQLite and once on PostgreSQL."""
    url = request.getfixturevalue(f"{request.param}_url")
    # A copy has the engine of the first: each statement is compiled once, not once a test.
    first = engines.get(url) or engines.setdefault(url, Database(url))
    database = copy(first)
    yield database
    database.dispose()


@pytest.fixture
def network_id(database: Database) -> int:
    with database.system_session() as session:
        return networks.create(session, name="Réseau test", platform="local", external_id="local", at=NOW).id


@pytest.fixture
def origin() -> Origin:
    return Origin(now=NOW, source="test", operation="op-1")


@pytest.fixture(scope="session")
def registry() -> Registry:
    """Everything the product's own commands declare."""
    return discover("commands")


@pytest.fixture
def chat(database: Database, registry: Registry) -> Chat:
    """A started network on the local platform, on Monday 23 November 2026 at 10:00 in Brussels; ana coordinates it."""
    with database.system_session() as session:
        network = networks.create(session, name="Réseau test", platform="local", external_id="local", at=NOW)
        network.started_at = NOW
    with database.session(network.id, Origin(NOW, source="test", operation="setup")) as session:
        members.record(session, name="ana", handle="ana", external_id="ana", role=members.Role.COORDINATOR)
    return Chat(local_app(database, registry), network.id, NOW)


def _at(name: str) -> str:
    return psycopg.conninfo.make_conninfo(POSTGRES, dbname=name) if "://" not in POSTGRES else _with_path(name)


def _with_path(name: str) -> str:
    base, _, _ = POSTGRES.rpartition("/")
    return f"{base}/{name}"
