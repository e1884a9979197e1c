"""What changes most about an offer, in words and by its form, shown in `/offre O-1` and in answers."""

from datetime import UTC, datetime

import pytest

from storage import offers
from storage.offers import Offer
from tests.chat import Chat


@pytest.fixture
def listed(chat: Chat) -> Chat:
    """Bob answers for one service in Libramont."""
    chat.knows("ana", "bob", "claire")
    chat.says("bob", "/offre")
    chat.submits(
        "bob",
        {"name": "Groupe deuil", "description": "Groupe pour adultes en deuil après un décès", "commune": "Libramont",
         "fee": "gratuit"},
    )  # fmt: skip
    return chat


def offer(chat: Chat) -> Offer:
    with chat.session() as session:
        found = offers.by_number(session, 1)
        assert found is not None
        return found


QUESTION = "/qui propose un groupe de deuil à Libramont ?"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("complet", "Complet pour l’instant (dit le lundi 23 novembre)"),
        ("places 5", "5 places libres (dit le lundi 23 novembre)"),
        ("places 0", "Complet pour l’instant (dit le lundi 23 novembre)"),
        ("attente 6 semaines", "Attente : 6 semaines (dit le lundi 23 novembre)"),
        ("attente 2 mois", "Attente : 9 semaines"),
        ("alerte l'ascenseur est en panne", "Attention : l'ascenseur est en panne"),
        ("accès sur prescription", "Accès : sur prescription"),
        ("accès sans prescription", "Accès : directement, sans prescription"),
        ("accès via la commune", "Accès : via la commune"),
        ("langues fr, nl (le mardi)", "Langues : fr, nl (le mardi)"),
        ("tarif 11 €", "Prix : 11 €"),
        ("téléphone 061 22 33 44", "061 22 33 44"),
    ],
)
def test_in_words(listed: Chat, words: str, shown: str) -> None:
    assert listed.says("bob", f"/offre O-1 {words}").startswith("O-1 est à jour : Groupe deuil")
    assert shown in listed.says("claire", "/offre O-1")
    assert shown in listed.says("claire", QUESTION)


def test_places_and_waiting_may_be_unknown_again(listed: Chat) -> None:
    listed.says("bob", "/offre O-1 complet")
    listed.says("bob", "/offre O-1 places inconnues")
    answer = listed.says("claire", QUESTION)
    assert "Complet" not in answer
    assert "l’attente" in answer.split("À vérifier :")[1]


def test_a_closure_ends_by_itself(listed: Chat) -> None:
    assert listed.says("bob", "/offre O-1 ferme jusqu'au 4 décembre") == (
        "Groupe deuil est fermé du lundi 23 novembre au vendredi 4 décembre, et reviendra de lui-même."
    )
    assert "Fermé jusqu’au vendredi 4 décembre inclus" in listed.says("claire", "/offre O-1")
    assert "Groupe deuil" not in listed.says("claire", QUESTION)
    listed.now = datetime(2026, 12, 5, 9, tzinfo=UTC)
    assert "Groupe deuil" in listed.says("claire", QUESTION)
    assert "Fermé" not in listed.says("claire", "/offre O-1")


def test_a_closure_to_come_is_announced_and_can_be_taken_back(listed: Chat) -> None:
    listed.says("bob", "/offre O-1 ferme du 21 décembre au 3 janvier")
    assert "Fermé du lundi 21 décembre au dimanche 3 janvier" in listed.says("claire", QUESTION)
    listed.says("bob", "/offre O-1 rouvre")
    assert "Fermé" not in listed.says("claire", QUESTION)


def test_the_zone_is_kept_by_its_codes(listed: Chat) -> None:
    listed.says("bob", "/offre O-1 couvre Arlon, Virton et Habay")
    assert (offer(listed).zone, offer(listed).zone_codes) == (
        ["Arlon", "Virton", "Habay"], ["BE:81001", "BE:85045", "BE:85046"],
    )  # fmt: skip
    assert "Couvre : Arlon, Virton, Habay" in listed.says("claire", "/offre O-1")
    assert listed.says("bob", "/offre O-1 couvre Trifouillis-les-Oies").startswith("Je ne connais pas de commune")


def test_names_and_descriptions_in_several_languages(listed: Chat) -> None:
    listed.says("bob", "/offre O-1 nom nl: Rouwgroep")
    listed.says("bob", "/offre O-1 description nl: Praatgroep voor volwassenen in rouw")
    with listed.session() as session:
        from storage import members

        claire = members.by_handle(session, "claire")
        assert claire is not None
        claire.language = "nl"
    shown = listed.says("claire", "/aanbod O-1")
    assert "Rouwgroep" in shown
    assert "Ook genoemd: Groupe deuil" in shown
    assert "Praatgroep voor volwassenen" in shown
    assert "Aussi appelé : Rouwgroep" in listed.says("bob", "/offre O-1")


def test_by_the_form_only_what_was_changed_is_written(listed: Chat) -> None:
    listed.says("bob", "/offre O-1 langues fr, nl (le mardi)")
    listed.says("bob", "/offre O-1")
    listed.presses("bob", "Places, fermeture, accès")
    listed.submits("bob", {"capacity": "waiting", "waiting_weeks": "4", "names": "nl: Rouwgroep\nde: Trauergruppe"})
    row = offer(listed)
    assert (row.capacity, row.waiting_weeks, row.capacity_on) == ("waiting", 4, listed.now.date())
    assert row.names == {"nl": "Rouwgroep", "de": "Trauergruppe"}
    assert row.languages == ["fr", "nl"]
    assert "languages" in row.by_hand


def test_the_form_says_what_is_wrong_in_its_field(listed: Chat) -> None:
    listed.says("bob", "/offre O-1")
    listed.presses("bob", "Places, fermeture, accès")
    listed.submits("bob", {"zone": "Trifouillis-les-Oies"})
    assert "zone" in listed.form.errors
    listed.submits("bob", {"zone": "", "names": "Rouwgroep"})
    assert "names" in listed.form.errors


def test_who_does_not_answer_for_it_changes_nothing(listed: Chat) -> None:
    for words in ("complet", "ferme jusqu'au 4 décembre", "alerte danger", "rouvre"):
        assert listed.says("claire", f"/offre O-1 {words}").startswith("Groupe deuil : fiche tenue à jour par bob.")


def test_a_full_offer_says_so_and_comes_after_one_with_places(listed: Chat) -> None:
    listed.says("ana", "/offre")
    listed.submits(
        "ana",
        {"name": "Groupe de deuil", "description": "Groupe pour adultes en deuil après un décès",
         "commune": "Libramont", "fee": "gratuit"},
    )  # fmt: skip
    for full, first in (("O-1", "Groupe de deuil"), ("O-2", "Groupe deuil")):
        listed.says("ana", f"/offre {full} complet")
        answer = listed.says("claire", QUESTION)
        assert answer.split("\n")[1].startswith(first)
        assert "Mais : complet pour l’instant" in answer
        listed.says("ana", f"/offre {full} places 2")
