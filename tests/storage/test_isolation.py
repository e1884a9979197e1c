"""One network never sees another, whatever the query."""

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from storage import bodies, decisions, members, networks
from storage.database import CrossNetworkError, Database, Origin
from storage.decisions import Decision
from storage.members import Member


@pytest.fixture
def other_id(database: Database, origin: Origin) -> int:
    with database.system_session() as session:
        other = networks.create(session, name="Autre", platform="local", external_id="autre", at=origin.now).id
    with database.session(other, origin) as session:
        author = members.record(session, name="Ailleurs", handle="ana")
        decisions.record(session, text="Secret", decided_on=origin.now.date(), author_id=author.id)
    return other


def test_a_query_without_criterion_sees_its_own_network_alone(
    database: Database, network_id: int, other_id: int, origin: Origin
) -> None:
    with database.session(network_id, origin) as session:
        assert session.scalars(select(Decision)).all() == []
        assert session.scalar(select(func.count(Decision.id))) == 0
        assert session.scalar(select(Decision.text).join(Member, Decision.author_id == Member.id)) is None
        assert [network.id for network in session.scalars(select(networks.Network))] == [network_id]
    with database.session(other_id, origin) as session:
        assert session.scalar(select(Decision.text)) == "Secret"


def test_neither_get_nor_update_reaches_over(
    database: Database, network_id: int, other_id: int, origin: Origin
) -> None:
    with database.session(other_id, origin) as session:
        foreign = session.scalar(select(Decision.id))
    with database.session(network_id, origin) as session:
        assert session.get(Decision, foreign) is None
        session.execute(update(Decision).values(text="Changed"))
    with database.session(other_id, origin) as session:
        assert session.scalar(select(Decision.text)) == "Secret"


def test_a_row_of_another_network_is_refused(
    database: Database, network_id: int, other_id: int, origin: Origin
) -> None:
    with pytest.raises(CrossNetworkError), database.session(network_id, origin) as session:
        session.add(Member(name="Intrus", network_id=other_id))


def test_the_database_itself_refuses_a_key_into_another_network(
    database: Database, network_id: int, other_id: int, origin: Origin
) -> None:
    with database.session(other_id, origin) as session:
        foreign = session.scalar(select(Member.id))
    with pytest.raises(IntegrityError), database.session(network_id, origin) as session:
        bodies.record(session, name="Comité", chair_id=foreign)


def test_raw_sql_is_refused(database: Database, network_id: int, origin: Origin) -> None:
    with database.session(network_id, origin) as session, pytest.raises(CrossNetworkError):
        session.execute(text("SELECT 1"))
