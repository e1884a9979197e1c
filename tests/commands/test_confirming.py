"""What notes propose, confirmed: one screen at a time, nothing without a yes, nothing twice, told in one message."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.commitments import Commitment, Owner
from storage.decisions import Decision
from storage.meetings import Meeting, MinutesItem
from storage.members import Member
from storage.partners import Partner
from storage.visibility import Visibility
from tests.chat import Chat

NOTES = """Comité de pilotage du 14 octobre 2026
Présents : Bob Lejeune, Claire Marchal

1. Accueil
Le comité décide de retenir la maison médicale de la Semois pour l'accueil de crise.
Bob Lejeune envoie la convention aux partenaires d'ici fin novembre.
Bob Lejeune prépare le budget de l'accueil pour le 15 décembre.

2. Communication
Il est décidé de publier le dépliant en deux langues.
"""


@pytest.fixture
def network(chat: Chat) -> Chat:
    """Bob and Claire sit in the steering committee, whose channel is #pilotage; ana hands in its notes."""
    chat.joined_by("Bob Lejeune", "Claire Marchal", of="Maison médicale de la Semois")
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    chat.says("ana", f"/reunion {NOTES}", channel="pilotage")
    return chat


def screen(chat: Chat) -> str:
    """What the screen of proposals says now; a button replaced it where it was."""
    chat.seen += [shown for shown in chat.local.since(0, chat.now) if shown.to == "#pilotage"][-1:]
    return chat.to("#pilotage")[-1]


def presses(chat: Chat, who: str, label: str) -> str:
    chat.presses(who, label)
    return screen(chat)


def own_screen(chat: Chat, who: str) -> str:
    """The id of "Keep" on a screen of this person's own."""
    chat.says(who, "/reunion R-1", channel="pilotage")
    at = chat.seen[-1].post_id
    chat.presses(who, "Continuer")
    shown = next(one for one in chat.local.since(0, chat.now) if one.post_id == at)
    return next(id_ for id_, label in shown.buttons if label == "Garder")


def settle_all(chat: Chat) -> None:
    screen(chat)
    for _turn in range(10):
        if "Garder" not in chat.buttons:
            return
        presses(chat, "ana", "Garder")


def test_each_owner_is_told_once_of_all_they_took_on_when_the_last_one_is_settled(network: Chat) -> None:
    presses(network, "ana", "Garder les 2 décisions")
    presses(network, "ana", "Garder")
    assert network.tick() == []
    presses(network, "ana", "Garder")
    [told] = [message for message in network.tick() if message.startswith("@bob")]
    assert "E-1" in told
    assert "E-2" in told
    network.presses("bob", "Accepter")
    assert sum(row.status == "open" for row in network.rows(Commitment)) == 1


def test_who_leaves_half_way_does_not_keep_owners_waiting(network: Chat) -> None:
    presses(network, "ana", "Garder les 2 décisions")
    presses(network, "ana", "Garder")
    presses(network, "ana", "Plus tard")
    assert network.tick() == []
    network.later(minutes=31)
    assert [message[:4] for message in network.tick()] == ["@bob"]


def test_the_same_notes_again_propose_nothing(network: Chat) -> None:
    settle_all(network)
    answer = network.says("ana", f"/reunion {NOTES}", channel="pilotage")
    assert "4 lignes ont déjà été proposées" in answer
    assert len(network.rows(Meeting)) == 1
    assert len(network.rows(MinutesItem)) == 4


def test_what_the_register_holds_already_is_said_and_left_out_of_all(network: Chat) -> None:
    network.says("ana", "/decision Publier le dépliant en deux langues", channel="pilotage")
    network.says("ana", f"/reunion {NOTES.replace('14 octobre', '15 octobre')}", channel="pilotage")
    shown = presses(network, "ana", "Garder les 2 décisions")
    assert "1 demande d’abord un coup d’œil." in shown
    presses(network, "ana", "Garder")
    shown = presses(network, "ana", "Garder")
    assert "Le registre contient déjà D-1 : « Publier le dépliant en deux langues »" in shown
    assert len(network.rows(Decision)) == 2
    presses(network, "ana", "C’est la même chose")
    assert len(network.rows(Decision)) == 2


def test_the_last_answer_can_be_taken_back_and_its_proposal_is_there_again(network: Chat) -> None:
    before = screen(network)
    presses(network, "ana", "Garder")
    assert len(network.rows(Decision)) == 1
    assert before.endswith(presses(network, "ana", "Annuler"))
    assert network.rows(Decision) == []
    presses(network, "ana", "Écarter")
    assert before.endswith(presses(network, "ana", "Annuler"))


def test_all_of_a_kind_can_be_taken_back_at_once(network: Chat) -> None:
    presses(network, "ana", "Garder les 2 décisions")
    presses(network, "ana", "Annuler")
    assert network.rows(Decision) == []
    settle_all(network)
    assert len(network.rows(Decision)) == 2
    assert len(network.rows(Commitment)) == 2


def test_old_buttons_are_harmless_once_the_notes_are_taken_back(network: Chat) -> None:
    keep = own_screen(network, "bob")
    screen(network)
    undo = next(
        id_ for shown in network.seen for id_, label in shown.buttons if label == "Annuler" and "J’ai lu" in shown.text
    )
    network.local.presses("ana", undo, network.now)
    assert network.rows(Meeting) == []
    [answer] = network.local.presses("bob", keep, network.now)
    assert "changé" in answer.text
    assert network.rows(Decision) == []


def test_what_somebody_else_settled_is_said_and_the_next_one_offered(network: Chat) -> None:
    keep = own_screen(network, "bob")
    presses(network, "ana", "Garder")
    [answer] = network.local.presses("bob", keep, network.now)
    assert "déjà" in answer.text
    assert [label for _id, label in answer.buttons] == ["Continuer"]
    assert len(network.rows(Decision)) == 1


def test_two_people_who_confirm_at_once_record_it_once(network: Chat) -> None:
    pressed = [(who, own_screen(network, who)) for who in ("ana", "bob")]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: network.local.presses(one[0], one[1], network.now), pressed))
    assert len(network.rows(Decision)) == 1


def test_an_owner_that_nobody_knows_is_asked_for_and_what_was_typed_stays(network: Chat) -> None:
    network.says(
        "ana",
        "/reunion Comité de pilotage du 21 octobre 2026\nPrésents : Bob Lejeune\n\nActions\n"
        "- Zorglub Inconnu : envoyer la liste des lieux pour le 12 décembre\n",
        channel="pilotage",
    )
    presses(network, "ana", "Garder")
    network.presses("ana", "Quelqu’un d’autre")
    assert network.form.title == "Corriger"
    network.submits("ana", {"owner": "Personne Dutout", "text": "Envoyer la liste des lieux d'accueil"})
    assert "Je ne connais pas « Personne Dutout » ici." in screen(network)
    network.presses("ana", "Quelqu’un d’autre")
    assert {field.name: field.value for field in network.form.fields}["text"] == "Envoyer la liste des lieux d'accueil"
    network.submits("ana", {"owner": "Claire Marchal"})
    assert [row.text for row in network.rows(Commitment)] == ["Envoyer la liste des lieux d'accueil"]


def test_what_a_private_channel_said_stays_there_wherever_it_is_confirmed(chat: Chat) -> None:
    chat.says("ana", f"/reunion {NOTES}", channel="direction", private=True)
    chat.says("ana", "/reunion R-1")
    chat.presses("ana", "Continuer")
    chat.presses("ana", "Garder")
    [decision] = chat.rows(Decision)
    assert decision.visibility is Visibility.BODY
    assert "dépliant" not in chat.says("bob", "/decision liste")
    assert "je ne trouve" in chat.says("bob", "/decision D-1").lower()


UNKNOWN = """Comité de pilotage du 14 octobre 2026
Présents : Bob Lejeune, Sophie Peeters (Maison médicale de la Semois)

Sophie envoie la convention aux partenaires d'ici fin novembre.
Sophie prépare le budget de l'accueil pour le 15 décembre.
Robert Lejeune envoie la liste des lieux au secrétariat pour le 1er décembre.
"""


def test_an_owner_the_register_does_not_know_is_asked_about_by_buttons_and_added(network: Chat) -> None:
    for _turn in range(4):
        presses(network, "ana", "Écarter")
    network.says("ana", f"/reunion {UNKNOWN}", channel="pilotage")
    asked = presses(network, "ana", "Garder")
    assert "Je ne connais pas « Sophie Peeters » ici." in asked
    assert network.buttons == ["Ajouter Sophie Peeters", "Quelqu’un d’autre", "Plus tard"]
    network.presses("ana", "Ajouter Sophie Peeters")
    network.submits("ana", {})
    # The next one of hers is known.
    assert "Sophie prépare le budget" in screen(network)
    presses(network, "ana", "Garder")
    [sophie] = [one for one in network.rows(Member) if one.name == "Sophie Peeters"]
    [partner] = network.rows(Partner)
    assert sophie.partner_id == partner.id
    assert [row.member_id for row in network.rows(Owner)] == [sophie.id, sophie.id]


def test_an_owner_who_is_somebody_known_is_put_in_by_a_button(network: Chat) -> None:
    for _turn in range(4):
        presses(network, "ana", "Écarter")
    network.says("ana", f"/reunion {UNKNOWN}", channel="pilotage")
    for _turn in range(2):
        presses(network, "ana", "Écarter")
    presses(network, "ana", "Garder")
    presses(network, "ana", "Bob Lejeune")
    [owner] = network.rows(Owner)
    assert [one.name for one in network.rows(Member) if one.id == owner.member_id] == ["Bob Lejeune"]


def test_what_is_kept_says_neither_its_owner_nor_its_day_twice(network: Chat) -> None:
    for _turn in range(4):
        presses(network, "ana", "Garder")
    assert [row.text for row in network.rows(Commitment)] == [
        "envoie la convention aux partenaires",
        "prépare le budget de l'accueil",
    ]
