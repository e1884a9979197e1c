"""`tick` over 100,000 open commitments of which 1,000 are due: our own work, on SQLite and on PostgreSQL.

python -m tests.bench.tick
"""

import os
import pathlib
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import psycopg
from sqlalchemy import insert

from bot.delivery import Delivery, Report
from bot.messages import Message
from bot.platforms.base import Recipient
from bot.registry import discover
from bot.understanding import deadlines
from storage import migrate, networks
from storage.commitments import Commitment, Owner, Status
from storage.database import Database
from storage.members import Member, Role
from storage.visibility import Visibility

COMMITMENTS = 100_000
DUE = 1_000
MEMBERS = 300
NETWORKS = 10
# A Tuesday morning; the day owed is a week later, so that the first reminder is due.
NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
RUNS = 3
FLOOR_SECONDS = 2.0


class Nowhere:
    """Takes every message at once."""

    name = "local"

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        del network_external_id, recipient, now
        return message.token

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        del network_external_id, recipient, since
        return token


def fill(database: Database, *, commitments: int = COMMITMENTS, due: int = DUE, tenants: int = NETWORKS) -> None:
    """`tenants` networks of `MEMBERS` people in all; one in `commitments // due` commitments has a step at NOW."""
    created = NOW - timedelta(days=60)
    every = commitments // due
    with database.system_session() as session:
        ids = []
        for n in range(tenants):
            network = networks.create(session, name=f"R{n}", platform="local", external_id=f"T{n}", at=created)
            network.started_at = created
            ids.append(network.id)
        connection = session.connection()
        people = [
            {"id": n + 1, "network_id": ids[n % tenants], "name": f"Personne {n}", "handle": f"p{n}",
             "external_id": f"p{n}", "role": Role.COORDINATOR if n < tenants else Role.MEMBER, "active": True,
             "email": "", "function": "", "created_at": created}
            for n in range(MEMBERS)
        ]  # fmt: skip
        connection.execute(insert(Member), people)
        rows, owners = [], []
        for n in range(commitments):
            now_due = n % every == 0
            network_id = ids[(n // every) % tenants]
            day = NOW.date() + timedelta(days=7) if now_due else date(2027, 3, 1) + timedelta(days=n % 200)
            rows.append(
                {"id": n + 1, "network_id": network_id, "number": n + 1, "text": f"Préparer le point {n}",
                 "status": Status.OPEN, "visibility": Visibility.NETWORK, "due_on": day, "due_words": "", "version": 1,
                 "next_step_at": NOW if now_due else datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
                 "muted": False, "help_wanted": False, "help_note": "", "note": "", "permalink": "", "quote": "",
                 "created_at": created}
            )  # fmt: skip
            # The people of network k are k + 1, k + 1 + tenants, and so on.
            member = 1 + ids.index(network_id) + tenants * ((n // every // tenants) % (MEMBERS // tenants))
            owners.append(
                {"network_id": network_id, "commitment_id": n + 1, "member_id": member, "deputy": False,
                 "accepted_at": created}
            )  # fmt: skip
        connection.execute(insert(Commitment), rows)
        connection.execute(insert(Owner), owners)


def once(database: Database) -> tuple[float, float, Report]:
    """Seconds of our own processor time, seconds on the wall."""
    delivery = Delivery(database, discover("commands"), {"local": Nowhere()})
    # What a process loads once is loaded: the calendars, the statements.
    deadlines.is_working_day(NOW.date(), "BE")
    delivery.run(NOW - timedelta(minutes=1))
    started, worked = time.perf_counter(), time.process_time()
    report = delivery.run(NOW)
    return time.process_time() - worked, time.perf_counter() - started, report


def measure(name: str, urls: list[str]) -> None:
    times = []
    for url in urls:
        database = Database(url)
        migrate.upgrade(database)
        fill(database)
        if not database.sqlite:
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("ANALYZE")
        worked, seconds, report = once(database)
        times.append((worked, seconds))
        database.dispose()
    own, wall = (statistics.median(column) for column in zip(*times, strict=True))
    verdict = "within" if own <= FLOOR_SECONDS else "OVER"
    print(
        f"tick, {COMMITMENTS:,} commitments, {DUE:,} due, {name}: {own:.2f} s of our own work "
        f"({verdict} {FLOOR_SECONDS:.0f} s), {wall:.2f} s on the wall at load {os.getloadavg()[0]:.0f}, "
        f"{report.sent} messages"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", [f"sqlite:///{pathlib.Path(folder) / f'{n}.db'}" for n in range(RUNS)])
    server = os.environ.get("FILROUGE_TEST_POSTGRES", "")
    if not server:
        print("tick on PostgreSQL: FILROUGE_TEST_POSTGRES names no server")
        return
    names = [f"filrouge_bench_{uuid4().hex[:10]}" for _n in range(RUNS)]
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            for name in names:
                connection.execute(f"CREATE DATABASE {name}")
            measure("PostgreSQL", [f"{server.rpartition('/')[0]}/{name}" for name in names])
        finally:
            for name in names:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


if __name__ == "__main__":
    main()
