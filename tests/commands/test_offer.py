"""/offre: added, changed, verified, taken in from a file, handed out; each by whoever answers for it."""

import pytest

from storage import members, offers, partners
from storage.offers import Offer
from tests.chat import Chat


@pytest.fixture
def listed(chat: Chat) -> Chat:
    """Bob of the Semois keeps one service; Claire is of another organisation."""
    with chat.session() as session:
        one = partners.record(session, name="Maison médicale de la Semois")
        other = partners.record(session, name="CPAS de Bertrix")
        members.record(session, name="Bob", handle="bob", external_id="bob", partner_id=one.id)
        members.record(session, name="Claire", handle="claire", external_id="claire", partner_id=other.id)
    chat.says("bob", "/offre Groupe deuil : pour adultes en deuil à Libramont")
    return chat


def offer(chat: Chat, number: int = 1) -> Offer:
    with chat.session() as session:
        found = offers.by_number(session, number)
        assert found is not None
        return found


def test_a_line_is_enough(listed: Chat) -> None:
    assert listed.seen[-1].text.replace("\u00a0", " ").startswith("O-1 est dans le répertoire : Groupe deuil.")
    kept = offer(listed)
    assert (kept.partner_name, kept.verified_at) == ("Maison médicale de la Semois", listed.now)


def test_it_is_shown_and_listed(listed: Chat) -> None:
    assert "Groupe deuil" in listed.says("claire", "/offre O-1")
    assert "O-1 : Groupe deuil" in listed.says("bob", "/offre liste")
    assert listed.says("claire", "/offre liste").startswith("Aucune pour l’instant.")


def test_somebody_elses_is_not_changed_but_an_error_can_be_signalled(listed: Chat) -> None:
    assert listed.says("claire", "/offre O-1 modifie").startswith("Groupe deuil : fiche tenue à jour par Bob.")
    assert listed.says("claire", "/offre O-1 retire").startswith("Groupe deuil : fiche tenue à jour par Bob.")
    assert listed.says("claire", "/offre O-1 erreur nouveau numéro").startswith("Merci : je le dis à Bob et ana")
    assert offer(listed).alert == ""


def test_a_change_goes_through_the_form_and_can_be_undone(listed: Chat) -> None:
    listed.says("bob", "/offre O-1 modifie")
    listed.submits("bob", {"fee": "5 €", "age": "18-99"})
    assert offer(listed).fee == "5 €"
    listed.presses("bob", "Annuler")
    assert offer(listed).fee == ""


def test_withdrawn_it_is_found_no_more(listed: Chat) -> None:
    listed.says("bob", "/offre O-1 retire")
    assert "Groupe deuil" not in listed.says("claire", "/qui propose un groupe de deuil à Libramont ?")


def test_an_unknown_reference_is_not_found(listed: Chat) -> None:
    assert listed.says("bob", "/offre O-99").startswith("Je ne trouve pas O-99")


def test_the_export_is_a_table(listed: Chat) -> None:
    assert listed.says("ana", "/offre exporte").startswith("1 service.")
