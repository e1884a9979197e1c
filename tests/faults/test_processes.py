"""Two, five or ten processes share the work on PostgreSQL, and none doubles; the questions of a tick use indexes."""

import os
import subprocess
import sys
import textwrap
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot import Context, hourly
from bot.delivery import Delivery, Report
from bot.registry import Registry
from storage import commitments, members, networks, notices
from storage.commitments import Commitment
from storage.database import Database, Origin
from storage.notices import Notice
from tests.bench.tick import NOW as TICK
from tests.bench.tick import fill
from tests.conftest import NOW
from tests.faults.conftest import NOTE, World, delivery_of, make_world
from tests.faults.postman import Postman

PEOPLE = 60


@pytest.fixture
def crowded(postgres_url: str) -> World:
    """Sixty people, each of whom is owed something."""
    world = make_world(Database(postgres_url), Postman())
    with world.database.session(world.network_id, Origin(NOW)) as session:
        people = [
            members.record(session, name=f"Personne {n}", handle=f"p{n}", external_id=f"p{n}") for n in range(PEOPLE)
        ]
        ids = [person.id for person in people]
        notices.record_all(
            session,
            [
                notices.unrecorded(("member", id_), "test.note", subject, step="", version=1, due_at=NOW)
                for id_ in ids
                for subject in (1, 2)
            ],
        )
    return world


@pytest.mark.postgres
def test_a_network_that_another_process_looks_at_is_left_to_it_and_its_hourly_jobs_stay_due(
    crowded: World, postgres_url: str
) -> None:
    looked: list[int] = []

    def look(context: Context) -> None:
        looked.append(context.network.id)

    registry = Registry({}, {}, [hourly(look)], {NOTE.kind: NOTE}, [])
    ours = Delivery(crowded.database, registry, {"local": crowded.postman})
    other = Database(postgres_url)
    with other.session(crowded.network_id, Origin(NOW)) as session:
        assert networks.locked(session, crowded.network_id, wait=True) is not None
        assert ours.run(NOW) == Report()
    assert looked == []
    assert ours.run(NOW).sent == PEOPLE
    assert ours.run(NOW) == Report()
    assert looked == [crowded.network_id]
    for database in (other, crowded.database):
        database.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("workers", [2, 5, 10])
def test_threads_share_the_work_and_none_doubles(crowded: World, postgres_url: str, workers: int) -> None:
    databases = [Database(postgres_url) for _n in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        reports = list(pool.map(lambda one: delivery_of(one, crowded.postman).run(NOW), databases))
    for database in (*databases, crowded.database):
        database.dispose()
    assert sum(report.sent for report in reports) == PEOPLE
    assert Counter(to for to, _message, _at in crowded.postman.arrived) == {f"p{n}": 1 for n in range(PEOPLE)}
    assert set(crowded.postman.texts()) == {"About 1.\nAbout 2."}


WORKER = """
import sys
from datetime import datetime
from bot.delivery import Delivery
from bot.platforms.local import LocalPlatform
from bot.registry import Registry
from storage.database import Database
from tests.faults.conftest import NOTE

database = Database(sys.argv[1])
registry = Registry({}, {}, [], {NOTE.kind: NOTE}, [])
report = Delivery(database, registry, {"local": LocalPlatform(database)}).run(datetime.fromisoformat(sys.argv[2]))
print(report.sent)
"""


@pytest.mark.postgres
def test_two_processes_share_the_work_and_none_doubles(crowded: World, postgres_url: str) -> None:
    crowded.database.dispose()
    command = [sys.executable, "-c", textwrap.dedent(WORKER), postgres_url, NOW.isoformat()]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
        for _n in range(2)
    ]
    sent = [int(process.communicate(timeout=120)[0]) for process in running]
    assert sum(sent) == PEOPLE
    database = Database(postgres_url)
    with database.system_session(reading=True) as session:
        posts = session.execute(text('SELECT "to", count(*) FROM chat_posts GROUP BY "to"')).all()
    database.dispose()
    assert dict(map(tuple, posts)) == {f"@p{n}": 1 for n in range(PEOPLE)}


def test_the_questions_of_a_tick_use_indexes(database: Database) -> None:
    fill(database, commitments=3000, due=30, tenants=3)
    analyse = "ANALYZE"
    with database.system_session() as session:
        session.execute(text(analyse))
        until = TICK + timedelta(minutes=1)
        stepping = (
            select(Commitment.id)
            .where(Commitment.network_id == 1, Commitment.next_step_at <= until)
            .order_by(Commitment.next_step_at, Commitment.id)
            .limit(2500)
        )
        owed = select(Notice.id).where(Notice.network_id == 1, Notice.delivery_id.is_(None), Notice.due_at <= until)
        plans = {}
        for name, query in (("stepping", stepping), ("waiting", owed)):
            sql = str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
            explain = "EXPLAIN QUERY PLAN " if database.sqlite else "EXPLAIN "
            plans[name] = "\n".join(str(row) for row in session.execute(text(explain + sql)).all())
    assert "ix_commitments_next_step" in plans["stepping"], plans["stepping"]
    if database.sqlite:
        assert "SCAN" not in plans["stepping"] + plans["waiting"], plans


def test_a_batch_is_asked_for_in_one_question(database: Database) -> None:
    """The planner's own query is the one explained above."""
    fill(database, commitments=300, due=30, tenants=1)
    with database.session(1, Origin(TICK), reading=True) as session:
        assert len(commitments.stepping(session, until=TICK)) == 30
