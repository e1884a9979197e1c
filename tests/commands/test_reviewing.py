"""Review days and last days, recalled to the body on an open day, answered by buttons that know what they ask."""

from datetime import UTC, datetime

import pytest

from storage import meetings
from tests.chat import Chat

THURSDAY = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def due(chat: Chat) -> Chat:
    """D-1 of the steering committee, to be looked at again on Thursday 3 December, which has come."""
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.says("ana", "/decision On achète local, à revoir le 3 décembre", "pilotage")
    chat.tick(THURSDAY)
    return chat


ASKED = "La décision D-1 du lundi 23 novembre tient-elle toujours ?\nOn achète local"


def test_the_body_is_asked_once_on_the_day(due: Chat) -> None:
    assert due.to("#pilotage")[-1].endswith(ASKED)
    due.later(hours=3)
    assert due.tick() == []


def test_nothing_is_asked_before_the_day(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local, à revoir le 3 décembre", "pilotage")
    assert chat.tick(datetime(2026, 12, 2, 9, 0, tzinfo=UTC)) == []


def test_a_day_on_a_weekend_is_asked_on_monday_morning(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local, à revoir le 5 décembre", "pilotage")
    assert chat.tick(datetime(2026, 12, 5, 9, 0, tzinfo=UTC)) == []
    [asked] = chat.tick(datetime(2026, 12, 7, 8, 0, tzinfo=UTC))
    assert "tient-elle toujours" in asked


def test_it_holds_and_an_answer_counts_once(due: Chat) -> None:
    assert due.presses("ana", "Tient toujours") == "D-1 tient toujours : On achète local"
    assert due.presses("ana", "Tient toujours") == "La réponse est déjà donnée : D-1 tient toujours."


def test_who_does_not_settle_cannot_answer_for_the_body(due: Chat) -> None:
    due.knows("ben")
    assert due.presses("ben", "Tient toujours") == "Pour D-1, ce choix revient à : ana."


def test_a_new_day_is_asked_about_in_its_turn(due: Chat) -> None:
    due.presses("ana", "Un autre jour")
    assert due.submits("ana", {"on": "10 décembre"}) == "D-1 sera à revoir le jeudi 10 décembre."
    assert due.tick(datetime(2026, 12, 10, 9, 0, tzinfo=UTC))[-1].endswith(ASKED)


def test_ending_from_the_reminder_is_refused_when_the_words_changed_since(due: Chat) -> None:
    due.says("ana", "/decision D-1 modifie On achète bio.", "pilotage")
    assert due.presses("ana", "Y mettre fin") == (
        "D-1 a changé entre-temps. Voici ce qui est écrit maintenant :\nOn achète bio."
    )


def test_ended_from_the_reminder(due: Chat) -> None:
    assert due.presses("ana", "Y mettre fin") == "D-1 n’est plus en vigueur : On achète local"
    assert due.presses("ana", "Y mettre fin") == "D-1 – plus en vigueur."


def test_what_was_ended_before_the_day_is_not_asked_about(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local, à revoir le 3 décembre", "pilotage")
    chat.says("ana", "/decision D-1 met fin", "pilotage")
    assert chat.tick(THURSDAY) == []


def test_to_discuss_it_goes_onto_the_next_agenda(due: Chat) -> None:
    with due.session() as session:
        body_id = 1
        session.add(
            meetings.Meeting(
                number=1, title="Comité", starts_at=datetime(2026, 12, 8, 13, 0, tzinfo=UTC), body_id=body_id
            )
        )
    assert due.presses("ana", "À discuter") == "D-1 figure à l’ordre du jour du mardi 8 décembre à 14h."
    assert due.presses("ana", "À discuter") == "D-1 figure déjà à l’ordre du jour du mardi 8 décembre à 14h."


def test_without_a_meeting_the_wish_is_said_in_the_channel(due: Chat) -> None:
    assert due.presses("ana", "À discuter") == "ana souhaite reparler de D-1 : On achète local"


def test_two_weeks_before_its_end_an_agreement_is_recalled_then_it_ends(chat: Chat) -> None:
    chat.says("ana", "/accord Vivalia et Matilda : accueil commun, jusqu'au 31/12", "pilotage")
    assert chat.tick(datetime(2026, 12, 16, 9, 0, tzinfo=UTC)) == []
    assert chat.tick(datetime(2026, 12, 17, 9, 0, tzinfo=UTC)) == [
        (
            "#pilotage: A-1 est valable jusqu’au jeudi 31 décembre. Que souhaitez-vous ?\n"
            "Vivalia et Matilda : accueil commun"
        )
    ]
    chat.presses("ana", "Prolonger")
    assert chat.submits("ana", {"on": "31 mars"}) == "A-1 est désormais valable jusqu’au mercredi 31 mars."
    chat.tick(datetime(2027, 1, 4, 9, 0, tzinfo=UTC))
    assert chat.says("ana", "A-1").startswith("A-1 – en vigueur")
    chat.tick(datetime(2027, 4, 1, 9, 0, tzinfo=UTC))
    assert chat.says("ana", "A-1").startswith("A-1 – plus en vigueur")


def test_a_private_decision_is_asked_about_in_its_own_channel(chat: Chat) -> None:
    chat.says("ana", "/decision Le bureau déménage, à revoir le 3 décembre", "bureau", private=True)
    chat.tick(THURSDAY)
    assert "Le bureau déménage" in chat.to("#bureau")[-1]
