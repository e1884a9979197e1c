"""Offers and needs as they are kept."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import journal, needs, networks, offers
from storage.database import Database, NetworkSession, Origin
from storage.needs import Need
from tests.conftest import NOW


def opened(database: Database, network_id: int) -> AbstractContextManager[NetworkSession]:
    return database.session(network_id, Origin(now=NOW, source="test"))


def test_each_change_takes_the_next_stamp(database: Database, network_id: int) -> None:
    with opened(database, network_id) as session:
        assert offers.last_stamp(session) == 0
        first = offers.record(session, name="Abri de nuit")
        assert (first.ref, first.stamp) == ("O-1", 1)
        offers.add_many(session, [{"name": "Deux"}, {"name": "Trois"}])
    with opened(database, network_id) as session:
        seen = offers.last_stamp(session)
        again = offers.by_number(session, 2)
        assert again is not None
        again.name = "Deux bis"
    with opened(database, network_id) as session:
        assert [offer.name for offer in offers.changed_since(session, seen)] == ["Deux bis"]
        assert offers.last_stamp(session) == seen + 1
        assert offers.count(session) == 3


def test_a_change_is_in_the_history_of_the_field(database: Database, network_id: int) -> None:
    with opened(database, network_id) as session:
        offer = offers.record(session, name="Abri", fee="gratuit")
        offer.fee = "2 €"
        session.flush()
        assert [line.after.get("fee") for line in journal.history(session, offer)] == ["gratuit", "2 €"]


def test_offers_of_one_network_are_not_seen_from_another(database: Database, network_id: int) -> None:
    with database.system_session() as session:
        other = networks.create(session, name="Autre", platform="local", external_id="autre", at=NOW).id
    with opened(database, network_id) as session:
        offers.add_many(session, [{"name": "Abri", "external_id": "1", "source": "s"}])
        offers.keep_vectors(session, "e", {"h": b"1234"})
    with opened(database, other) as session:
        assert offers.count(session) == 0
        assert offers.by_external_ids(session, "s", ["1"]) == {}
        assert offers.vectors(session, "e", ["h"]) == {}
        assert offers.last_stamp(session) == 0


def test_closed_for_a_time_withdrawn_and_late(database: Database, network_id: int) -> None:
    with opened(database, network_id) as session:
        offer = offers.record(session, name="Abri", closed_from=date(2026, 7, 1), closed_until=date(2026, 7, 31))
        assert [offer.closed_on(date(2026, month, 15)) for month in (6, 7, 8)] == [False, True, False]
        assert not offer.late(NOW)
        offers.verify(offer, at=NOW - timedelta(days=181), by_id=None, by="Ana")
        assert offer.late(NOW)
        offer.withdrawn_at = NOW
        session.flush()
        assert offers.count(session) == 0
        assert offers.by_number(session, offer.number) is offer


def test_vectors_are_kept_by_what_they_were_made_from(database: Database, network_id: int) -> None:
    with opened(database, network_id) as session:
        offers.add_many(session, [{"name": "Un", "content_hash": "a"}, {"name": "Deux", "content_hash": "b"}])
        offers.keep_vectors(session, "e5", {"a": b"1"})
        offers.keep_vectors(session, "e5", {"a": b"1", "c": b"3"})
        assert offers.vectors(session, "e5", ["a", "b", "c"]) == {"a": b"1", "c": b"3"}
        assert [offer.name for offer in offers.without_vector(session, "e5", limit=9)] == ["Deux"]
        assert offers.count_without_vector(session, "other") == 2


@pytest.fixture
def session(database: Database, network_id: int) -> Iterator[NetworkSession]:
    with opened(database, network_id) as session:
        yield session


def test_needs_below_five_are_merged(session: NetworkSession) -> None:
    for kind, commune, times in (
        ("food", "BE:1", 6),
        ("debt", "BE:1", 3),
        ("debt", "BE:2", 2),
        ("crisis", "BE:1", 2),
        ("legal", "BE:3", 1),
    ):
        for number in range(times):
            words = f"{kind} {commune} {number}"
            needs.record(session, on=NOW.date() - timedelta(days=120), words=words, kind=kind, commune=commune)
    month = NOW.date().replace(day=1)
    needs.publish(session, month)
    cells = {(cell.kind, cell.commune): cell.count for cell in needs.published(session, since=month, until=month)}
    assert cells == {("food", "BE:1"): 6, ("debt", needs.MERGED): 5}


def test_the_words_of_a_need_are_forgotten_after_ninety_days(session: NetworkSession) -> None:
    today = NOW.date()
    needs.record(session, on=today - timedelta(days=91), words="vieux", ages="16-16")
    needs.record(session, on=today - timedelta(days=89), words="récent")
    needs.forget_words(session, today)
    session.expire_all()
    found = needs.since(session, today - timedelta(days=365))
    assert [(need.words, need.ages) for need in found] == [("récent", ""), ("", "")]


def test_the_same_words_on_one_day_count_once(session: NetworkSession) -> None:
    assert needs.record(session, on=NOW.date(), words="repas à domicile") is not None
    assert needs.record(session, on=NOW.date(), words="repas à domicile") is None
    assert needs.record(session, on=NOW.date() + timedelta(days=1), words="repas à domicile") is not None


def test_what_is_too_little_waits_and_no_question_is_counted_twice(session: NetworkSession) -> None:
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    for number in range(4):
        needs.record(session, on=date(2026, 10, 20), words=f"repas {number}", kind="food", commune="BE:1")
    assert needs.publish(session, october) == []
    needs.record(session, on=date(2026, 11, 2), words="repas encore", kind="food", commune="BE:1")
    needs.record(session, on=date(2026, 11, 3), words="une dette", kind="debt", commune="BE:1")
    [cell] = needs.publish(session, november)
    assert (cell.kind, cell.commune, cell.count) == ("food", "BE:1", 5)
    assert needs.publish(session, november) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "1", "2", "3"])), max_size=60))
def test_groups_are_large_and_share_nobody(asked: list[tuple[str, str]]) -> None:
    rows = [
        Need(id=number, kind=kind, commune=commune, asked_on=date(2026, 10, 1))
        for number, (kind, commune) in enumerate(asked)
    ]
    groups = needs.grouped(rows, date(2026, 11, 1))
    assert all(len(members) >= needs.FEWEST for _key, members in groups)
    counted = [row.id for _key, members in groups for row in members]
    assert len(counted) == len(set(counted))
    assert len(asked) - len(counted) < needs.FEWEST
