"""`/accord`, as people speak to it."""

import pytest

from storage import partners
from tests.chat import Chat


@pytest.fixture
def known(chat: Chat) -> Chat:
    """A network that knows a few partners; ana coordinates it."""
    with chat.session() as session:
        for name, aliases in (
            ("CPAS d'Arlon", ["centre public d'action sociale d'Arlon"]),
            ("CPAS de Virton", []),
            ("CPAS de Libramont", []),
            ("Aide et Soins à Domicile", ["ASD"]),
            ("Maison Matilda", []),
        ):
            partners.record(session, name=name, aliases=aliases)
    chat.knows("ana", "ben")
    return chat


def test_partners_terms_and_last_day_are_read_from_a_line(known: Chat) -> None:
    line = "/accord CPAS d'Arlon et Matilda : orientation sous 5 jours ouvrables, jusqu'au 31/12"
    assert known.says("ana", line) == (
        "A-1 enregistré entre CPAS d'Arlon et Maison Matilda : orientation sous 5 jours ouvrables\n"
        "Jusqu’au jeudi 31 décembre."
    )


def test_the_first_names_of_an_empty_network_become_partners(chat: Chat) -> None:
    chat.says("ana", "/accord CPAS d'Arlon et Matilda : orientation")
    assert chat.says("ana", "/accord CPAS d'Arlon et Matilda : accueil").startswith("A-2 enregistré")
    chat.presses("ana", "Annuler")


def test_a_name_may_hold_a_separator_and_a_partner_may_go_by_another(known: Chat) -> None:
    assert "entre Aide et Soins à Domicile et CPAS de Virton :" in known.says(
        "ana", "/accord Aide et Soins à Domicile, le CPAS de Virton : tournée commune"
    )
    assert "entre Aide et Soins à Domicile et CPAS de Virton :" in known.says("ana", "/accord ASD / CPAS de Virton : x")


def test_a_typing_mistake_is_understood_and_shown(known: Chat) -> None:
    assert "entre Maison Matilda et CPAS de Virton :" in known.says(
        "ana", "/accord Maison Mathilda et CPAS de Virtonn : accueil commun"
    )


def test_an_unknown_partner_gets_the_three_nearest_names(known: Chat) -> None:
    answer = known.says("ana", "/accord CPAS et Matilda : orientation")
    assert answer.startswith("Je ne connais pas de partenaire « CPAS ». Les noms les plus proches : CPAS")
    assert len(known.buttons) == 4
    assert known.presses("ana", "CPAS de Virton") == (
        "A-1 enregistré entre CPAS de Virton et Maison Matilda : orientation"
    )


def test_a_coordinator_adds_a_partner_on_the_way(known: Chat) -> None:
    known.says("ana", "/accord Le Foyer des jeunes et Matilda : orientation")
    assert known.presses("ana", "Nouveau partenaire : Foyer des jeunes") == (
        "A-1 enregistré entre Foyer des jeunes et Maison Matilda : orientation"
    )


def test_a_member_cannot_add_a_partner_so(known: Chat) -> None:
    known.says("ben", "/accord Le Foyer des jeunes et Matilda : orientation")
    assert "Nouveau partenaire : Foyer des jeunes" not in known.buttons


def test_without_a_colon_the_partners_are_those_that_the_sentence_names(known: Chat) -> None:
    assert known.says("ana", "/accord Le CPAS d'Arlon et Maison Matilda partagent un local, dès le 1er janvier") == (
        "A-1 enregistré entre CPAS d'Arlon et Maison Matilda : Le CPAS d'Arlon et Maison Matilda partagent un local\n"
        "À partir du vendredi 1er janvier."
    )


def test_without_a_partner_the_form_asks_for_them(known: Chat) -> None:
    known.says("ana", "/accord on partage un local")
    assert "ni de nom proche" in known.submits("ana", {"partners": "Inconnus"})
    assert "Les noms les plus proches" in known.submits("ana", {"partners": "ASD, CPAS"})
    assert known.submits("ana", {"partners": "ASD, Matilda", "until_on": "fin mai"}) == (
        "A-1 enregistré entre Aide et Soins à Domicile et Maison Matilda : on partage un local\nJusqu’au lundi 31 mai."
    )


def test_days_that_contradict_each_other_stay_in_the_form(known: Chat) -> None:
    known.says("ana", "/accord")
    values = {"partners": "ASD", "text": "tournée", "from_on": "2027-06-01", "until_on": "2027-05-01"}
    assert "La fin tombe avant le début." in known.submits("ana", values)
    assert known.says("ana", "/accord liste") == "Rien n’est encore en vigueur."


def test_a_line_whose_days_contradict_each_other_records_nothing(known: Chat) -> None:
    answer = known.says("ana", "/accord ASD et Matilda : tournée, à partir du 1er juin, jusqu'au 1er mai 2027")
    assert "La fin tombe avant le début." in answer
    assert known.says("ana", "/accord liste") == "Rien n’est encore en vigueur."


def test_what_a_member_records_waits(known: Chat) -> None:
    assert known.says("ben", "/accord ASD et Matilda : tournée", "pilotage") == (
        "A-1 proposé entre Aide et Soins à Domicile et Maison Matilda : tournée\nConfirmation attendue : ana."
    )
    assert known.says("ana", "/accord confirme A-1") == (
        "A-1 est en vigueur : Aide et Soins à Domicile et Maison Matilda : tournée"
    )


def test_it_is_found_by_partner_and_by_words(known: Chat) -> None:
    known.says("ana", "/accord ASD et Matilda : hébergement d'urgence")
    known.says("ana", "/accord CPAS de Virton : prêt d'un local")
    assert known.says("ana", "/accord cherche matilda").startswith("A-1 – en vigueur")
    assert known.says("ana", "/accord cherche heberger").startswith("A-1 – en vigueur")
    assert known.says("ana", "/accord cherche locaux").startswith("A-2 – en vigueur")


def test_a_new_last_day(known: Chat) -> None:
    known.says("ana", "/accord ASD et Matilda : tournée, jusqu'au 31/12")
    assert known.says("ana", "A-1 jusqu'à fin juin") == "A-1 est désormais valable jusqu’au mercredi 30 juin."
    assert "dernier jour : mercredi 30 juin" in known.says("ana", "A-1")
    assert known.says("ana", "A-1 jusqu'à plus soif").startswith("Je n’y vois pas de date à venir.")


@pytest.mark.parametrize("words", ["🎉", "…"])
def test_terms_without_words_are_not_kept(known: Chat, words: str) -> None:
    assert known.says("ana", f"/accord ASD et Matilda : {words}").startswith("Rien n’est encore noté : ")


def test_forty_thousand_characters_are_too_many(known: Chat) -> None:
    assert known.says("ana", "/accord ASD et Matilda : " + "mot " * 10_000).startswith("Cela fait 40016 caractères")


@pytest.mark.parametrize("words", ["bonjour", "merci", "👍", "CPAS d'Arlon et Matilda : ok"])
def test_a_greeting_is_no_agreement(known: Chat, words: str) -> None:
    assert "Rien n’est encore noté : dites-moi en une phrase" in known.says("ana", f"/accord {words}")
    assert known.says("ana", "/accord liste") == "Rien n’est encore en vigueur."


def test_the_colon_of_an_address_parts_nothing(chat: Chat) -> None:
    said = chat.says("ana", "/accord CPAS et Matilda : orientation, voir http://exemple.be/a")
    assert "entre CPAS et Matilda : orientation, voir http://exemple.be/a" in said
    assert "http : //" not in chat.says("ana", "/accord CPAS et Matilda http://exemple.be : orientation")


def test_proposals_are_listed_as_one_asks_for_them(chat: Chat) -> None:
    with chat.session() as session:
        partners.record(session, name="CPAS")
    for command in ("decision", "accord"):
        assert "enregistré" not in chat.says("ana", f"/{command} liste proposées")
        assert "enregistré" not in chat.says("ana", f"/{command} liste des propositions")


@pytest.fixture
def general(chat: Chat) -> Chat:
    """Partners with a general name: a CPAS, of no commune that the register knows."""
    with chat.session() as session:
        for name in ("CPAS", "Matilda"):
            partners.record(session, name=name)
    chat.knows("ana")
    return chat


def test_a_general_name_with_a_commune_is_asked_about_as_a_whole(general: Chat) -> None:
    assert general.says("ana", "/accord le CPAS d'Arlon et Matilda : orientation") == (
        "Je ne connais pas de partenaire « CPAS d'Arlon ». Les noms les plus proches : CPAS."
    )
    assert general.buttons == ["CPAS", "Nouveau partenaire : CPAS d'Arlon"]
    assert general.presses("ana", "CPAS") == "A-1 enregistré entre CPAS et Matilda : orientation"


def test_where_the_register_knows_its_commune_it_is_found(general: Chat) -> None:
    with general.session() as session:
        found = partners.by_name(session, "CPAS")
        assert found is not None
        found.commune = "Arlon"
    assert general.says("ana", "/accord le CPAS d'Arlon et Matilda : orientation").startswith("A-1 enregistré entre")
    assert general.says("ana", "/engagement le CPAS d'Arlon envoie la liste d'ici fin mai").startswith(
        "C’est noté. E-1 CPAS : "
    )


def test_who_owes_something_under_a_general_name_is_asked_too(general: Chat) -> None:
    answer = general.says("ana", "/engagement le CPAS d'Arlon envoie la liste d'ici fin mai")
    assert answer == "Je ne connais pas « CPAS d'Arlon » ici.\nLes noms les plus proches : CPAS."
    assert general.presses("ana", "CPAS").startswith("C’est noté. E-1 CPAS : ")
