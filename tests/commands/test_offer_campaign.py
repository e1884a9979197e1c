"""Campaigns: one question to all of a section or a place, its state and its end for the coordinator alone."""

from datetime import UTC, datetime

import pytest

from storage import members, offers
from tests.chat import Chat

LAUNCH = "/offre campagne psychologues Arlon avant le 15 janvier"


@pytest.fixture
def directory(chat: Chat) -> Chat:
    """Two psychologists in Arlon, kept by bob and by nobody; one elsewhere, and another service there, by claire."""
    chat.knows("ana", "bob", "claire")
    with chat.session() as session:
        bob, claire = members.by_handle(session, "bob"), members.by_handle(session, "claire")
        assert bob is not None
        assert claire is not None
        rows = (
            ("Psychologue à la Knippchen", "psychology", "BE:81001", "Arlon", bob.id),
            ("Psychologue de la gare", "psychology", "BE:81001", "Arlon", None),
            ("Psychologue de Virton", "psychology", "BE:85045", "Virton", claire.id),
            ("Médiation de dettes", "debt", "BE:81001", "Arlon", claire.id),
        )
        for name, kind, commune, commune_name, keeper_id in rows:
            row = offers.record(
                session, name=name, kind=kind, commune=commune, commune_name=commune_name, keeper_id=keeper_id,
                descriptions={"fr": "Sur rendez-vous"},
            )  # fmt: skip
            offers.verify(row, at=chat.now, by_id=keeper_id)
    return chat


def test_it_is_shown_before_it_leaves(directory: Chat) -> None:
    assert directory.says("ana", LAUNCH) == (
        "Campagne : Psychologie de première ligne – Arlon, jusqu'au vendredi 15 janvier.\n"
        "2 services\n1 personne à interroger, en un seul message\n1 service dont personne ne répond"
    ).replace("'", "’")
    assert directory.tick() == []


def test_those_who_answer_are_asked_once_and_the_coordinator_sees_the_state(directory: Chat) -> None:
    directory.says("ana", LAUNCH)
    assert directory.presses("ana", "Les interroger").startswith("La campagne est partie")
    [asked] = directory.tick()
    assert asked.startswith("@bob: Le réseau relit son répertoire, jusqu’au vendredi 15 janvier.")
    assert "Psychologue à la Knippchen" in asked
    directory.presses("bob", "Toujours exact")
    state = directory.says("ana", "/offre campagne")
    assert "2 demandées, 1 répondues, 1 en attente\n1 exactes, 0 modifiées, 0 fermées" in state
    assert directory.says("bob", "/offre campagne").startswith("Seule la coordination")


def test_one_gentle_reminder_then_the_summary_to_the_coordinator_alone(directory: Chat) -> None:
    directory.says("ana", LAUNCH)
    directory.presses("ana", "Les interroger")
    said = [
        message
        for day in range(1, 60)
        for message in directory.tick(datetime(2026, 11, 23, 9, 30, tzinfo=UTC).replace(hour=9) + day * DAY)
        if "relit son répertoire" in message or "campagne est terminée" in message
    ]
    assert [message.split(":")[0] for message in said] == ["@bob", "@bob", "@ana"]
    assert "On attend bob" in said[-1]


DAY = datetime(2026, 1, 2, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)


def test_what_is_changed_or_closed_counts_as_an_answer(directory: Chat) -> None:
    directory.says("ana", "/offre campagne Arlon avant le 15 janvier")
    directory.presses("ana", "Les interroger")
    directory.says("bob", "/offre O-1 complet")
    directory.says("claire", "/offre O-4 retire")
    assert "0 exactes, 1 modifiées, 1 fermées" in directory.says("ana", "/offre campagne")


def test_it_is_refused_with_an_example_where_it_lacks_a_day_or_a_subject(directory: Chat) -> None:
    assert "Pour quand ?" in directory.says("ana", "/offre campagne psychologues Arlon")
    assert "Quelle rubrique" in directory.says("ana", "/offre campagne avant le 15 janvier")
    assert "aucune offre" in directory.says("ana", "/offre campagne psychologues Namur avant le 15 janvier")


def test_the_same_campaign_does_not_leave_twice(directory: Chat) -> None:
    directory.says("ana", LAUNCH)
    directory.presses("ana", "Les interroger")
    directory.says("ana", LAUNCH)
    assert directory.presses("ana", "Les interroger").startswith("Cette campagne est déjà en cours.")
