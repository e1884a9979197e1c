"""What did we decide about it, when, why, and does it still hold?"""

import pytest

from tests.chat import Chat

RECORDED = (
    "On retient Vivalia pour l'accueil du mercredi",
    "L'hébergement d'urgence reste à la Croix-Rouge jusqu'à nouvel ordre",
    "Les psychologues de première ligne se réunissent à Libramont",
    "Le rapport d'activité est envoyé au SPF en février",
    "Un groupe de parole pour ados s'ouvre à Neufchâteau",
)


@pytest.fixture
def register(chat: Chat) -> Chat:
    for text in RECORDED:
        chat.says("ana", f"/decision {text}")
    return chat


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("accueil", "D-1"),
        ("ACCUEILLIR", "D-1"),
        ("hebergement", "D-2"),
        ("héberger en urgence", "D-2"),
        ("psy libramont", "D-3"),
        ("qu'avons-nous décidé pour les psychologues ?", "D-3"),
        ("rapports", "D-4"),
        ("groupes de parole pour adolescents", "D-5"),
        ("Neufchateau", "D-5"),
    ],
)
def test_words_find_whatever_their_accents_case_and_form(register: Chat, words: str, first: str) -> None:
    answer = register.says("ana", f"/decision cherche {words}")
    found = answer if answer.startswith("D-") else answer.split("\n")[1]
    assert found.startswith(first)


def test_nothing_found_is_said(register: Chat) -> None:
    assert register.says("ana", "/decision cherche piscine") == (
        "Je ne trouve rien sur « piscine » parmi ce que vous pouvez voir."
    )


def test_a_search_without_words_asks_for_them(register: Chat) -> None:
    assert register.says("ana", "/decision cherche").startswith("Quels mots dois-je chercher ?")


def test_what_still_holds_comes_before_what_it_replaced(register: Chat) -> None:
    register.says("ana", "/decision On retient Vivalia pour l'accueil du jeudi, remplace D-1")
    answer = register.says("ana", "/decision cherche accueil vivalia").split("\n")
    assert answer[1].startswith("D-6 ")
    assert answer[2].startswith("D-1 ")
    assert "voir désormais D-6" in answer[2]


def test_a_percent_sign_is_only_a_percent_sign(register: Chat) -> None:
    assert register.says("ana", "/decision cherche 100%_").startswith("Je ne trouve rien")


def test_a_long_list_keeps_the_rest_behind_a_button(chat: Chat) -> None:
    for n in range(13):
        chat.says("ana", f"/decision Point numéro {n} de la liste")
    assert len(chat.says("ana", "/decision liste").split("\n")) == 11
    assert len(chat.presses("ana", "3 de plus").split("\n")) == 3


def test_one_record_tells_its_story(chat: Chat) -> None:
    chat.knows("ben")
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.says("ben", "/decision On achète local, à revoir le 1er mars", "pilotage")
    chat.says("ana", "/decision D-1 confirme", "pilotage")
    chat.later(days=2)
    chat.says("ana", "/decision D-1 à revoir le 1er juin", "pilotage")
    assert chat.says("ben", "D-1") == (
        "D-1 – en vigueur\nOn achète local\nlundi 23 novembre, Comité de pilotage\n"
        "Confirmation : ana, le lundi 23 novembre\nProposition : ben\nÀ revoir le mardi 1er juin\n"
        "Historique\nlundi 23 novembre – ana : en vigueur\nmercredi 25 novembre – ana : à revoir : mardi 1er juin"
    )
