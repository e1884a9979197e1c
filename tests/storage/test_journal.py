"""Every change is written down, and can be put back as long as nothing moved since."""

from datetime import date

import pytest
from sqlalchemy import select

from storage import decisions, journal, settled
from storage.database import Database, Origin
from storage.decisions import Decision
from storage.settled import Status
from tests.chat import Chat


def at(origin: Origin, operation: str) -> Origin:
    return Origin(now=origin.now, source="test", operation=operation)


def decide(database: Database, network_id: int, origin: Origin) -> None:
    with database.session(network_id, origin) as session:
        decisions.record(session, text="On achète local.", decided_on=date(2026, 11, 23), review_on=date(2027, 3, 1))


def test_a_new_record_is_undone_by_removing_it(database: Database, network_id: int, origin: Origin) -> None:
    decide(database, network_id, origin)
    with database.session(network_id, at(origin, "op-2")) as session:
        assert [line.kind for line in journal.undo(session, "op-1")] == ["insert"]
    with database.session(network_id, origin) as session:
        assert session.scalars(select(Decision)).all() == []
        kinds = session.scalars(select(journal.JournalLine.kind).order_by(journal.JournalLine.id)).all()
        assert kinds == ["insert", "delete"]


def test_a_change_is_undone_by_putting_the_values_back(database: Database, network_id: int, origin: Origin) -> None:
    decide(database, network_id, origin)
    with database.session(network_id, at(origin, "op-2")) as session:
        decision = settled.by_number(session, Decision, 1)
        assert decision is not None
        decision.status, decision.review_on, decision.settled_at = Status.IN_FORCE, None, origin.now
    with database.session(network_id, at(origin, "op-3")) as session:
        journal.undo(session, "op-2")
    with database.session(network_id, origin) as session:
        decision = settled.by_number(session, Decision, 1)
        assert decision is not None
        assert (decision.status, decision.review_on, decision.settled_at) == (
            Status.PROPOSED,
            date(2027, 3, 1),
            None,
        )
        assert [line.operation for line in journal.history(session, decision)] == ["op-1", "op-2", "op-3"]


def test_what_changed_since_is_not_undone(database: Database, network_id: int, origin: Origin) -> None:
    decide(database, network_id, origin)
    for operation, words in (("op-2", "Deuxième texte"), ("op-3", "Troisième texte")):
        with database.session(network_id, at(origin, operation)) as session:
            decision = settled.by_number(session, Decision, 1)
            assert decision is not None
            decision.text = words
    with pytest.raises(journal.ChangedSinceError), database.session(network_id, at(origin, "op-4")) as session:
        journal.undo(session, "op-2")
    with database.session(network_id, origin) as session:
        decision = settled.by_number(session, Decision, 1)
        assert decision is not None
        assert decision.text == "Troisième texte"


def test_an_id_is_not_given_again_after_undo(chat: Chat) -> None:
    """What was owed about the first must not pass for what is owed about the second."""
    chat.knows("marie")
    chat.says("ana", "/engagement @marie envoie la carte d'ici fin mai")
    assert "envoie la carte" in chat.tick()[0]
    chat.presses("ana", "Annuler")
    chat.says("ana", "/engagement @marie imprime le dépliant d'ici fin mai")
    assert [said.partition("\n")[2] for said in chat.tick()] == [
        "E-2 imprime le dépliant – pour le lundi 31 mai\nCela vous convient-il ?"
    ]
