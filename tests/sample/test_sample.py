"""The sample network is complete, harmless, and as old as the moment it is loaded."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import sample
from bot.platforms.local import local_app
from bot.registry import Registry
from bot.sample.loading import FOLDER
from bot.understanding import privacy
from storage import agreements, chat, commitments, consents, members, partners
from storage.agreements import Agreement
from storage.bodies import Body
from storage.channels import Channel
from storage.commitments import Commitment, Owner, Postponement
from storage.database import Database, NetworkSession, Origin
from storage.decisions import Decision
from storage.meetings import Meeting
from storage.members import Member
from storage.offers import Offer
from storage.partners import Partner
from storage.settled import Status
from storage.visibility import Visibility
from tests.chat import Chat
from tests.statements import counted

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def session(database: Database) -> Iterator[NetworkSession]:
    network_id = sample.load(database, NOW)
    with database.session(network_id, Origin(now=NOW)) as session:
        yield session


def test_there_is_as_much_as_was_promised(session: NetworkSession) -> None:
    tables = (Body, Channel, Member, Offer, Decision, Agreement, Commitment, Meeting)
    assert [len(session.scalars(select(model)).all()) for model in tables] == [3, 4, 25, 60, 15, 5, 30, 3]
    assert len(partners.active(session)) == 13
    people = members.every(session)
    assert Counter(member.language for member in people) == {"fr": 23, "nl": 1, "de": 1}
    assert sum(member.external_id is None for member in people) == 5
    assert [member.name for member in members.coordinators(session)] == ["Claire Wauters", "Benoît Lejeune"]
    assert sum(meeting.starts_at < NOW for meeting in session.scalars(select(Meeting))) == 2
    assert session.scalars(select(Channel.name).where(Channel.private)).all() == ["groupe-jeunes"]
    assert all(body.chair_id and body.secretary_id and body.channel_id for body in session.scalars(select(Body)))


def test_decisions_are_in_every_state(session: NetworkSession) -> None:
    rows = session.scalars(select(Decision)).all()
    assert {row.status for row in rows} == set(Status) - {Status.WITHDRAWN}
    assert [row.number for row in sorted(rows, key=lambda row: (row.decided_on, row.number))] == list(range(1, 16))
    assert all(row.superseded_by_id for row in rows if row.status is Status.SUPERSEDED)
    reviews = [row.review_on for row in rows if row.status is Status.IN_FORCE and row.review_on]
    assert min(reviews) < NOW.date() < max(reviews)
    assert any(row.consent_until and consents.answers(session, row) for row in rows)
    assert any(row.vote and "for" in row.vote for row in rows)
    agreed = session.scalars(select(Agreement)).all()
    assert {row.status for row in agreed} == {Status.PROPOSED, Status.IN_FORCE, Status.ENDED}
    assert all(len(agreements.partner_ids(session, row.id)) == 2 for row in agreed)


def test_commitments_are_in_every_state(session: NetworkSession) -> None:
    rows = session.scalars(select(Commitment)).all()
    today = NOW.date()
    assert {row.status for row in rows} == set(commitments.Status)
    alive = [row for row in rows if row.status is commitments.Status.OPEN]
    days = [row.due_on for row in alive if row.due_on]
    assert sum(today <= day <= today + timedelta(days=6) for day in days) == 4
    assert sum(day < today for day in days) == 4
    assert sum(day > today + timedelta(days=30) for day in days) >= 4
    assert sum(row.due_on is None for row in alive) == 2
    assert sum(row.help_wanted for row in alive) == 2
    assert [row.due_on for row in alive if row.muted] == [min(days)]
    closed = [(row.closed_on, row.due_on) for row in rows if row.closed_on and row.status is commitments.Status.DONE]
    assert {on <= due for on, due in closed if due} == {True, False}
    moved = Counter(session.scalars(select(Postponement.commitment_id)))
    assert list(moved.values()) == [2]
    assert session.scalars(select(Owner).where(Owner.replaces_id.is_not(None))).all()
    assert session.scalars(select(Owner).where(Owner.deputy)).all()
    assert all(commitments.owners(session, row.id) for row in rows)
    assert any(row.visibility is Visibility.BODY for row in rows)


def test_the_people_talk(session: NetworkSession) -> None:
    assert len(chat.in_place(session, "#pilotage")) == 3


def test_nothing_of_it_speaks_of_a_patient() -> None:
    def texts(told: object) -> Iterator[str]:
        match told:
            case str():
                yield told
            case dict():
                for value in told.values():
                    yield from texts(value)
            case list():
                for value in told:
                    yield from texts(value)

    for name in ("network.json", "offers.json", "register.json"):
        for text in texts(json.loads((FOLDER / name).read_text(encoding="utf-8"))):
            seen = privacy.inspect(text)
            assert (seen.verdict, seen.emergency) == ("clear", None), text


@pytest.mark.parametrize("days", range(7))
def test_it_is_never_old(sqlite_url: str, days: int) -> None:
    now = NOW + timedelta(days=days, hours=days)
    database = Database(sqlite_url)
    network_id = sample.load(database, now)
    with database.session(network_id, Origin(now=now)) as session:
        for model in (Decision, Agreement, Commitment, Member, Partner):
            newest = session.scalar(select(func.max(model.created_at)))
            assert newest is not None
            assert newest <= now
        due = session.scalars(select(Commitment.due_on).where(Commitment.due_on.is_not(None))).all()
        assert all(day is not None and day.weekday() < 5 for day in due)
        assert any(day is not None and day >= now.date() for day in due)
    database.dispose()


def test_it_asks_little_of_the_database(database: Database) -> None:
    with counted(database) as statements:
        sample.load(database, NOW)
    assert len(statements) < 1000


def test_it_answers_as_a_network_does(database: Database, registry: Registry) -> None:
    network_id = sample.load(database, NOW)
    net = Chat(local_app(database, registry), network_id, NOW)
    assert "permanence d'accueil du mardi" in net.says("nadia", "/decision cherche permanence")
    assert "Vous êtes Wouter Claes" not in net.says("wouter", "/filrouge ik")
    assert "appelle le service de mobilité" in net.says("marc", "/engagement liste")


def test_the_first_messages_owe_nothing_to_the_past(database: Database, registry: Registry) -> None:
    net = Chat(local_app(database, registry), sample.load(database, NOW), NOW)
    appeared = [message for hours in range(0, 24 * 8, 24) for message in net.tick(NOW + timedelta(hours=hours))]
    assert any(message.startswith("@marc: Bonjour Marc") for message in appeared)
    assert any(message.startswith("@wouter: Dag Wouter") for message in appeared)
    assert not [message for message in appeared if "j’étais à l’arrêt" in message or "ik stond stil" in message]
