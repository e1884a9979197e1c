"""One network never sees another, whatever the query."""

from collections.abc import Callable

import pytest
from sqlalchemy import Select, Update, bindparam, delete, exists, func, literal, select, text, union_all, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import InstrumentedAttribute, aliased, selectinload, subqueryload

from storage import bodies, decisions, members, networks
from storage.database import CrossNetworkError, Database, NetworkSession, Origin
from storage.decisions import Decision
from storage.members import Member
from storage.networks import Network
from storage.partners import Partner
from storage.scope import prepared
from storage.visibility import Viewer, visible_to
from tests.statements import counted


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


def _of(inner: Select[str]) -> Select[str]:
    return select(inner.subquery().c.text)


TEXTS = select(Decision.text)
ROUNDABOUT: dict[str, Callable[[], object]] = {
    "alias": lambda: select(aliased(Decision).text),
    "alias of a query": lambda: select(aliased(Decision, select(Decision).subquery()).text),
    "subquery": lambda: _of(TEXTS),
    "common table": lambda: select(TEXTS.cte().c.text),
    "scalar": lambda: select(TEXTS.scalar_subquery()),
    "beside": lambda: select(Network.id, TEXTS.scalar_subquery()).with_only_columns(TEXTS.scalar_subquery()),
    "exists": lambda: select(literal("Secret")).select_from(Network).where(exists(TEXTS)),
    "outer join": lambda: select(Decision.text).select_from(Network).outerjoin(Decision, literal(1) == 1),
    "union": lambda: union_all(TEXTS, TEXTS),
    "union of prepared": lambda: union_all(prepared(TEXTS), prepared(TEXTS)),
    "query of a union": lambda: select(union_all(TEXTS, TEXTS).subquery().c.text),
}


@pytest.mark.parametrize("ready", [False, True], ids=["plain", "prepared"])
@pytest.mark.parametrize("way", ROUNDABOUT)
def test_no_roundabout_query_reaches_over(
    database: Database, network_id: int, other_id: int, origin: Origin, way: str, *, ready: bool
) -> None:
    def told(network: int) -> set[object]:
        query = ROUNDABOUT[way]()
        with database.session(network, origin) as session:
            return set(session.scalars(prepared(query) if ready else query)) - {None}  # type: ignore[call-overload,type-var]

    assert told(other_id) == {"Secret"}
    assert told(network_id) == set()


@pytest.mark.parametrize("ready", [False, True], ids=["plain", "prepared"])
@pytest.mark.parametrize("load", [None, selectinload, subqueryload])
def test_what_a_row_brings_along_is_asked_for_in_its_network(
    database: Database,
    network_id: int,
    origin: Origin,
    load: Callable[[InstrumentedAttribute[Partner | None]], object] | None,
    *,
    ready: bool,
) -> None:
    with database.session(network_id, origin) as session:
        session.add(partner := Partner(name="CPAS"))
        session.flush()
        members.record(session, name="Ici", partner_id=partner.id)
    query = select(Member).options(*([load(Member.partner)] if load else []))  # type: ignore[arg-type]
    with database.session(network_id, origin, reading=True) as session, counted(database) as statements:
        member = session.scalars(prepared(query) if ready else query).one()
        assert member.partner is not None
        assert member.partner.name == "CPAS"
    of_partners = [statement for statement in statements if "partners" in statement]
    assert of_partners
    assert all("partners.network_id = " in statement for statement in of_partners)


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


def _by_keys(session: NetworkSession, foreign: int) -> object:
    return session.execute(update(Decision), [{"id": foreign, "text": "Changed"}])


def _by_keys_prepared(session: NetworkSession, foreign: int) -> object:
    return session.execute(prepared(update(Decision)), [{"id": foreign, "text": "Changed"}])


def _by_text(session: NetworkSession, _foreign: int) -> object:
    return session.scalars(select(Decision).from_statement(text("SELECT * FROM decisions"))).all()


def _copied(session: NetworkSession, _foreign: int) -> object:
    return session.execute(_copying())


def _copied_prepared(session: NetworkSession, _foreign: int) -> object:
    return session.execute(prepared(_copying()))


def _copying() -> Update:
    return update(Member).values(name=Decision.text).where(Decision.author_id != Member.id)


def _deleted_beside(session: NetworkSession, _foreign: int) -> object:
    return session.execute(delete(Member).where(Decision.author_id != Member.id))


@pytest.mark.parametrize("reach", [_by_keys, _by_keys_prepared, _by_text, _copied, _copied_prepared, _deleted_beside])
def test_what_the_criterion_would_not_reach_is_refused(
    database: Database,
    network_id: int,
    other_id: int,
    origin: Origin,
    reach: Callable[[NetworkSession, int], object],
) -> None:
    with database.session(other_id, origin) as session:
        foreign = session.scalars(select(Decision.id)).one()
    with pytest.raises(CrossNetworkError), database.session(network_id, origin) as session:
        reach(session, foreign)


@pytest.mark.usefixtures("other_id")
def test_a_change_may_ask_about_another_table_of_its_network(
    database: Database, network_id: int, origin: Origin
) -> None:
    text_of = select(Decision.text).limit(1).scalar_subquery()
    with database.session(network_id, origin) as session:
        members.record(session, name="Ici")
        session.execute(update(Member).where(exists(select(Decision.id))).values(name="Vu"))
        session.execute(update(Member).values(function=func.coalesce(text_of, "rien")))
        assert session.execute(select(Member.name, Member.function)).all() == [("Ici", "rien")]


def test_who_may_see_a_row_is_asked_of_that_very_row(database: Database, other_id: int, origin: Origin) -> None:
    earlier = aliased(Decision)
    with database.session(other_id, origin) as session:
        author = session.scalars(select(Decision.author_id)).one()
        decisions.record(
            session, text="Hidden", decided_on=origin.now.date(), author_id=author, visibility="coordinator"
        )
        seen = select(earlier.text).where(visible_to(earlier, Viewer()))
        assert session.scalars(seen).all() == ["Secret"]


def test_a_row_carried_over_from_another_network_is_refused(
    database: Database, network_id: int, other_id: int, origin: Origin
) -> None:
    with database.session(other_id, origin) as session:
        carried = session.scalars(select(Member)).one()
    with pytest.raises(CrossNetworkError), database.session(network_id, origin) as session:
        session.add(carried)


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
