"""The next meeting that notes announce: proposed last, planned in one press, never twice."""

import pytest

from storage import meetings
from storage.meetings import Meeting
from tests.chat import Chat

DECIDED = "Décision : on retient Vivalia pour l'accueil."
HEAD = "Comité de pilotage du 20 novembre 2026\nPrésents : Bob Lejeune, Claire Marchal\n"
ANNOUNCED = "Prochaine réunion : le 12 janvier à 14h, chez Vivalia"


@pytest.fixture
def network(chat: Chat) -> Chat:
    """Bob and Claire sit in the steering committee, whose channel is #pilotage."""
    chat.joined_by("Bob Lejeune", "Claire Marchal", of="Maison médicale de la Semois")
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    return chat


def reads(chat: Chat, *lines: str, channel: str = "pilotage") -> str:
    notes = "\n".join([HEAD, *lines])
    return chat.says("ana", f"/reunion {notes}", channel=channel)


def presses(chat: Chat, label: str) -> str:
    """The message that is shown in the place of the one whose button is pressed."""
    said = chat.presses("ana", label)
    newest = chat.local.since(0, chat.now)[-1]
    chat.seen.append(newest)
    return said or newest.text.replace("\u00a0", " ")


def to_come(chat: Chat) -> list[str]:
    rows = [row for row in chat.rows(Meeting) if row.starts_at > chat.now and row.cancelled_at is None]
    return [f"{row.title}, {row.starts_at:%d/%m %H:%M}, {row.place}" for row in rows]


def test_it_comes_after_what_was_decided_and_is_planned_in_one_press(network: Chat) -> None:
    assert "1 décision" in reads(network, DECIDED, ANNOUNCED)
    shown = presses(network, "Garder")
    assert shown.startswith("Prochaine réunion – 2 sur 2, ligne 5\nComité de pilotage, mardi 12 janvier à 14h")
    assert "Où : chez Vivalia" in shown
    assert to_come(network) == []
    done = presses(network, "Planifier")
    assert done.startswith("C’est tout : D-1 et R-2 sont au registre.")
    assert "Envoyer l’invitation" in network.buttons
    assert to_come(network) == ["Comité de pilotage, 12/01 13:00, chez Vivalia"]


def test_planning_can_be_taken_back(network: Chat) -> None:
    reads(network, DECIDED, ANNOUNCED)
    presses(network, "Garder")
    presses(network, "Planifier")
    assert presses(network, "Annuler").startswith("Prochaine réunion – 2 sur 2")
    assert to_come(network) == []


def test_it_can_be_left(network: Chat) -> None:
    reads(network, ANNOUNCED)
    presses(network, "Écarter")
    assert to_come(network) == []
    assert "Prochaine réunion –" not in reads(network, ANNOUNCED)


@pytest.mark.parametrize(
    "announced",
    [
        "Volgende vergadering: dinsdag 12 januari om 14 uur, bij Vivalia",
        "Nächste Sitzung: Dienstag, 12. Januar um 14 Uhr, bei Vivalia",
        "Next meeting: Tuesday 12 January at 2 pm, at Vivalia",
        "La prochaine réunion aura lieu le mardi 12 janvier 2027 à 14h dans les locaux de Vivalia.",
    ],
)
def test_each_language_announces_it(network: Chat, announced: str) -> None:
    """One that reads like a decision is not asked about twice."""
    assert "Comité de pilotage, mardi 12 janvier à 14h" in reads(network, announced)
    presses(network, "Planifier")
    assert [row.rpartition(", ")[0] for row in to_come(network)] == ["Comité de pilotage, 12/01 13:00"]


def test_without_an_hour_it_is_asked_for(network: Chat) -> None:
    assert "mardi 12 janvier, l’heure n’est pas précisée" in reads(network, "Prochaine réunion : 12 janvier à Arlon")
    network.presses("ana", "Planifier")
    assert {field.name: field.value for field in network.form.fields} == {
        "on": "2027-01-12", "at": "", "until": "", "place": "à Arlon",
    }  # fmt: skip
    network.submits("ana", {"at": "9h30"})
    assert to_come(network) == ["Comité de pilotage, 12/01 08:30, à Arlon"]


@pytest.mark.parametrize("announced", ["Prochaine réunion : le 3 novembre 2026 à 14h", "Prochaine réunion à fixer"])
def test_a_day_that_is_past_or_not_set_is_not_proposed(network: Chat, announced: str) -> None:
    assert "Prochaine réunion –" not in reads(network, DECIDED, announced)


def test_what_is_planned_already_is_not_proposed(network: Chat) -> None:
    network.says("ana", "/reunion Comité de pilotage le 12 janvier à 10h", channel="pilotage")
    assert "Prochaine réunion –" not in reads(network, DECIDED, ANNOUNCED)


def test_a_series_that_comes_to_that_day_is_not_planned_twice(network: Chat) -> None:
    network.says("ana", "/reunion Comité de pilotage chaque deuxième mardi du mois à 14h", channel="pilotage")
    assert [row.rpartition(", ")[0] for row in to_come(network)] == ["Comité de pilotage, 08/12 13:00"]
    assert "Prochaine réunion –" not in reads(network, DECIDED, ANNOUNCED)


def test_somebody_who_planned_it_meanwhile_is_named(network: Chat) -> None:
    reads(network, ANNOUNCED)
    network.says("bob", "/reunion Comité de pilotage le 12 janvier à 10h", channel="pilotage")
    network.seen = [one for one in network.seen if any(label == "Planifier" for _id, label in one.buttons)]
    assert network.presses("ana", "Planifier").startswith("Elle est déjà planifiée : R-2, mardi 12 janvier à 10h.")


def test_notes_of_a_private_channel_plan_a_private_meeting(network: Chat) -> None:
    network.knows("ben")
    network.says("ana", "/filrouge instance Bureau", channel="bureau", private=True)
    reads(network, ANNOUNCED, channel="bureau")
    presses(network, "Planifier")
    with network.session() as session:
        planned = meetings.by_number(session, 2)
        assert planned is not None
        assert planned.place == "chez Vivalia"
    assert network.says("ben", "/reunion liste") == "Aucune réunion n’est prévue."


@pytest.mark.parametrize("said", ["notes", "Notes :", "nos notes", "compte rendu", "PV", "verslag", "Protokoll"])
def test_what_is_said_of_the_notes_before_them_is_no_title(network: Chat, said: str) -> None:
    notes = f"{HEAD}\n{DECIDED}"
    bare = network.says("ana", f"/reunion {notes}", channel="pilotage")
    network.presses("ana", "Annuler")
    assert network.says("ana", f"/reunion {said}\n{notes}", channel="pilotage") == bare


def test_each_of_several_days_is_proposed(network: Chat) -> None:
    reads(network, DECIDED, "Prochaines réunions : mardi 12 janvier à 14h et mardi 9 mars à 10h")
    presses(network, "Garder")
    presses(network, "Planifier")
    presses(network, "Planifier")
    assert to_come(network) == ["Comité de pilotage, 12/01 13:00, ", "Comité de pilotage, 09/03 09:00, "]
