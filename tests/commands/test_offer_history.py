"""Every change of a field is kept and read, and can be put back where nobody wrote it again."""

from storage import offers
from tests.chat import Chat


def test_who_changed_what_from_where(chat: Chat) -> None:
    chat.knows("ana", "bob")
    chat.says("bob", "/offre Groupe deuil : pour adultes en deuil à Libramont")
    chat.later(days=2)
    chat.says("ana", "/offre O-1 tarif 5 €")
    history = chat.says("bob", "/offre O-1 historique")
    assert history.startswith("Groupe deuil : ce qui a changé\nmercredi 25 novembre à 10h – ana (local)\n")
    assert "tarif : rien → 5 €" in history
    assert history.endswith("lundi 23 novembre à 10h – bob (local)\najoutée")


def test_a_change_is_put_back_unless_it_was_written_again(chat: Chat) -> None:
    chat.knows("ana", "bob", "claire")
    chat.says("bob", "/offre Groupe deuil : pour adultes en deuil à Libramont")
    chat.says("ana", "/offre O-1 tarif 5 €")
    chat.says("bob", "/offre O-1 historique")
    assert chat.presses("claire", "Remettre").startswith("Groupe deuil : fiche tenue à jour par bob.")
    assert chat.presses("bob", "Remettre").startswith("C’est remis : Groupe deuil est comme avant.")
    assert "5 €" not in chat.says("claire", "/offre O-1")
    assert chat.presses("bob", "Remettre").startswith("Cela a changé entre-temps")


def test_what_a_file_brought_has_a_history_too(chat: Chat) -> None:
    chat.knows("ana")
    with chat.session() as session:
        offers.add_many(session, [{"name": "Atelier", "source": "offres.csv"}])
    assert "vient de : offres.csv" in chat.says("ana", "/offre O-1 historique")
