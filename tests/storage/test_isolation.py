"""One network never sees another, whatever the query."""

import pytest
from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from storage import bodies, decisions, members, networks
from storage.database import CrossNetworkError, Database, Origin
from storage.decisions import Decision
from storage.members import Member
from storage.scope import prepared


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


def test_a_prepared_statement_sees_its_own_network_alone_and_no_other_session_runs_it(
    database: Database, network_id: int, other_id: int, origin: Origin
) -> None:
    everyone = prepared(select(Member.name).order_by(Member.name))
    rename = prepared(update(Member).values(name=bindparam("new")).returning(Member.id))
    with database.session(network_id, origin) as session:
        members.record(session, name="Ici")
        assert session.scalars(everyone).all() == ["Ici"]
        assert len(session.scalars(rename, {"new": "Nouveau"}).all()) == 1
    with database.session(other_id, origin) as session:
        assert session.scalars(everyone).all() == ["Ailleurs"]
        assert session.network.external_id == "autre"
    with pytest.raises(StatementError, match="of_network"), database.system_session() as system:
        system.scalars(everyone).all()


def test_a_prepared_statement_cannot_be_told_of_another_network(
    database: Database, network_id: int, other_id: int, origin: Origin
) -> None:
    everyone = prepared(select(Member.name))
    with database.session(network_id, origin) as session:
        assert session.scalars(everyone, {"of_network": other_id}).all() == []


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
