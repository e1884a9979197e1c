"""A message is handled once, whoever else would, and one whose handling failed waits to be handled."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from storage import inbox
from storage.database import Database, Origin
from storage.inbox import Received


@pytest.fixture
def received_id(database: Database, network_id: int, origin: Origin) -> int:
    with database.session(network_id, origin) as session:
        id_ = inbox.receive(session, "evt", {"text": "butter"}, at=origin.now)
    assert id_ is not None
    return id_


def test_of_several_processes_one_takes_it(
    database: Database, network_id: int, origin: Origin, received_id: int
) -> None:
    processes = [Database(database.engine.url.render_as_string(hide_password=False)) for _n in range(4)]

    def take(process: Database) -> bool:
        with process.session(network_id, origin) as session:
            return inbox.take(session, received_id, origin.now)

    with ThreadPoolExecutor(len(processes)) as pool:
        assert sorted(pool.map(take, processes)) == [False, False, False, True]
    for process in processes:
        process.dispose()


def test_who_fails_after_taking_it_leaves_it_as_it_was(
    database: Database, network_id: int, origin: Origin, received_id: int
) -> None:
    def take_and_fail() -> None:
        with database.session(network_id, origin) as session:
            assert inbox.take(session, received_id, origin.now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_and_fail()
    with database.session(network_id, origin) as session:
        row = session.get_one(Received, received_id)
        assert (row.handled_at, row.payload) == (None, {"text": "butter"})
        assert inbox.take(session, received_id, origin.now)
    with database.session(network_id, origin) as session:
        row = session.scalars(select(Received).where(Received.payload.is_(None))).one()
        assert row.handled_at == origin.now


def test_no_other_network_takes_it(database: Database, origin: Origin, network_id: int, received_id: int) -> None:
    with database.session(network_id + 1, origin) as session:
        assert not inbox.take(session, received_id, origin.now)


def test_a_form_that_came_back_may_be_sent_in_again(
    database: Database, network_id: int, origin: Origin, received_id: int
) -> None:
    with database.session(network_id, origin) as session:
        assert inbox.take(session, received_id, origin.now)
        inbox.again(session, received_id)
    with database.session(network_id, origin) as session:
        second = inbox.receive(session, "evt", {"text": "bread"}, at=origin.now)
        assert second not in {None, received_id}
        assert inbox.receive(session, "evt", {"text": "bread"}, at=origin.now) is None
