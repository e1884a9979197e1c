"""Needs: nothing personal is kept, nobody is recognised in the numbers, and the coordinator chooses who reads them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage import needs
from storage.needs import Need
from tests.chat import Chat

DECEMBER = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """Six questions about riding in Bastogne and two about meals in Arlon found nothing."""
    chat.knows("ana", "bob", "claire")
    with chat.session() as session:
        for number in range(6):
            needs.record(session, on=chat.now.date(), words=f"transport {number}", kind="mobility", commune="BE:82039")
        for number in range(2):
            needs.record(session, on=chat.now.date(), words=f"repas {number}", kind="food", commune="BE:81001")
    return chat


def kept(chat: Chat) -> list[Need]:
    with chat.session() as session:
        return list(session.scalars(select(Need).order_by(Need.id)))


def test_a_question_is_kept_without_what_tells_who(chat: Chat) -> None:
    chat.knows("bob")
    chat.says(
        "bob", "/qui propose de l'hippothérapie à Bastogne ? Appeler Mme Lambert, 0475 12 34 56, rue du Moulin 12"
    )
    chat.says(
        "bob", "/qui propose de l'hippothérapie à Bastogne ? Appeler Mme Lambert, 0475 12 34 56, rue du Moulin 12"
    )
    [need] = kept(chat)
    assert "hippothérapie" in need.words
    for personal in ("Lambert", "0475", "Moulin", "bob"):
        assert personal not in need.words
    assert need.asked_on == chat.now.date()


def test_the_month_is_told_to_the_coordinator_alone_once_it_is_over(asked: Chat) -> None:
    assert not [message for message in asked.tick() if "sans trouver personne" in message]
    told = [message for message in asked.tick(DECEMBER) if "sans trouver personne" in message]
    assert len(told) == 1
    assert told[0].startswith("@ana:")
    assert "Transport et mobilité, Bastogne : 6 questions sans réponse, 0 service" in told[0]
    assert "Dettes" not in told[0]
    asked.later(days=1)
    assert not [message for message in asked.tick() if "sans trouver personne" in message]


def test_it_is_read_by_those_the_coordinator_chooses(asked: Chat) -> None:
    asked.tick(DECEMBER)
    assert asked.says("bob", "/offre besoins").startswith("La coordination choisit")
    assert asked.says("bob", "/offre besoins ouvre @bob").startswith("Seule la coordination")
    asked.says("ana", "/offre besoins ouvre @bob")
    read = asked.says("bob", "/offre besoins")
    assert "Transport et mobilité, Bastogne : 6 questions sans réponse" in read
    assert "aide alimentaire" not in read.casefold()
    assert "Les mots des questions" not in asked.buttons
    asked.says("ana", "/offre besoins ferme @bob")
    assert asked.says("bob", "/offre besoins").startswith("La coordination choisit")


def test_the_words_are_for_the_coordinator_and_for_ninety_days(asked: Chat) -> None:
    asked.tick(DECEMBER)
    asked.says("ana", "/offre besoins")
    assert "transport 3" in asked.presses("ana", "Les mots des questions")
    assert asked.presses("claire", "Les mots des questions").startswith("Seule la coordination")
    asked.tick(datetime(2027, 2, 21, 9, tzinfo=UTC))
    assert "transport 3" in {need.words for need in kept(asked)}
    asked.tick(datetime(2027, 2, 22, 9, tzinfo=UTC))
    assert {need.words for need in kept(asked)} == {""}


def test_nothing_below_five_is_shown(chat: Chat) -> None:
    chat.knows("ana")
    with chat.session() as session:
        for number in range(4):
            needs.record(session, on=chat.now.date(), words=f"repas {number}", kind="food", commune="BE:81001")
    chat.tick(DECEMBER)
    assert chat.says("ana", "/offre besoins").startswith("Rien à montrer pour l’instant")
