"""How a decision was settled, in numbers or by an advice."""

import pytest

from tests.chat import Chat


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("vote 7 pour, 1 contre, 2 abstentions", "Vote : 7 pour, 1 contre, 2 abstentions"),
        ("vote : 7 voix pour, 1 contre, quorum 6", "Vote : 7 pour, 1 contre, 0 abstention, quorum 6"),
        ("stemming 5 voor, 2 tegen, 1 onthouding", "Vote : 5 pour, 2 contre, 1 abstention"),
        ("abstimmung 4 dafür, 1 Enthaltung, 2 Vollmachten", "Vote : 4 pour, 0 contre, 1 abstention, 2 procurations"),
        ("voted unanimously", "Vote : à l’unanimité"),
        ("avis favorable", "avis favorable"),
        ("avis défavorable", "avis défavorable"),
        ("advies onder voorbehoud", "avis réservé"),
    ],
)
def test_a_vote_or_an_advice_is_kept(chat: Chat, said: str, kept: str) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.says("ana", f"D-1 {said}") == f"D-1 – {kept}"
    assert kept in chat.says("ana", "D-1")


def test_a_missed_quorum_is_said(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.says("ana", "D-1 vote 3 pour, 1 contre, quorum 6").endswith("Le quorum n’est pas atteint.")


def test_a_vote_and_an_advice_go_together(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    chat.says("ana", "D-1 avis favorable")
    assert chat.says("ana", "D-1 vote 3 pour").endswith("3 pour, 0 contre, 0 abstention, avis favorable")


@pytest.mark.parametrize("said", ["vote", "vote hier soir", "avis", "avis de Marie"])
def test_without_numbers_an_example(chat: Chat, said: str) -> None:
    chat.says("ana", "/decision On achète local.")
    assert "Par exemple : D-12" in chat.says("ana", f"D-1 {said}")


def test_proxies_said_last_are_kept(chat: Chat) -> None:
    chat.says("ana", "/decision On ferme le lundi")
    assert "5 pour, 2 contre, 1 abstention, 2 procurations, quorum 8" in chat.says(
        "ana", "D-1 vote 5 pour 2 contre 1 abstention quorum 8 procurations 2"
    )
    assert "5 pour, 2 contre" in chat.says("ana", "D-1 vote pour 5 contre 2")
