"""A directory is shown, corrected, confirmed, taken in while nobody waits, and sent again without doubling."""

import pytest

from storage import offers
from tests.chat import Chat

FILE = b"id;nom;description;commune;Machin\n1;Atelier;Atelier cuisine;Arlon;x\n2;;sans nom;Arlon;y\n"


@pytest.fixture
def talking(chat: Chat) -> Chat:
    chat.knows("ana", "bob")
    return chat


def names(chat: Chat) -> list[str]:
    with chat.session() as session:
        return [offer.name for offer in offers.standing(session)]


def test_it_is_shown_then_taken_in_where_nobody_waits(talking: Chat) -> None:
    shown = talking.says("ana", "/offre", files=[("services 2026.csv", FILE)])
    assert shown.startswith("2 lignes dans services 2026.csv. Rien n’est encore enregistré.")
    assert "« nom » = nom" in shown
    assert "Laissées de côté : Machin." in shown
    assert "1 service ajouté" in shown
    assert names(talking) == []
    talking.presses("ana", "Importer")
    assert talking.to("@ana")[-1].startswith("J’importe services 2026.csv : 0 lignes sur 2.")
    assert names(talking) == []
    told = "\n".join(talking.tick())
    assert "services 2026.csv est dans le répertoire." in told
    assert "1 ligne que je n’ai pas pu prendre" in told
    assert names(talking) == ["Atelier"]
    assert "Voici le détail" in talking.presses("ana", "Les lignes écartées et ce qui a changé")
    assert talking.tick() == []


def test_next_years_file_says_what_changes_and_is_read_as_this_years(talking: Chat) -> None:
    talking.says("ana", "/offre", files=[("services 2026.csv", FILE)])
    talking.presses("ana", "Corriger les colonnes")
    shown = talking.submits("ana", {"columns": "id = son propre numéro\nnom = nom\nMachin = tarif"})
    assert "« Machin » = tarif" in shown
    talking.presses("ana", "Importer")
    talking.tick()
    again = talking.says("ana", "/offre", files=[("services 2027.csv", FILE.replace(b";x", b";5 euros"))])
    assert "comme la dernière fois" in again
    assert "1 modifié" in again
    assert "Atelier : " in again
    talking.presses("ana", "Importer")
    talking.tick()
    assert names(talking) == ["Atelier"]


def test_a_column_that_is_called_nothing_known_is_asked_about(talking: Chat) -> None:
    talking.says("ana", "/offre", files=[("services.csv", FILE)])
    talking.presses("ana", "Corriger les colonnes")
    assert "Je ne comprends pas" in talking.submits("ana", {"columns": "nom = n’importe quoi"})


def test_it_can_be_forgotten(talking: Chat) -> None:
    talking.says("ana", "/offre", files=[("services.csv", FILE)])
    talking.presses("ana", "Laisser tomber")
    assert "rien n’a été enregistré" in talking.to("@ana")[-1].lower()
    talking.tick()
    assert names(talking) == []


def test_only_the_coordination_brings_a_directory_in(talking: Chat) -> None:
    assert talking.says("bob", "/offre", files=[("services.csv", FILE)]).startswith("Seule la coordination")


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"PK\x03\x04broken", "Ce fichier est abîmé"),
        (b"", "Ce fichier est vide"),
        (b"\x00\x01\x02", "Je ne peux pas lire"),
    ],
)
def test_a_file_that_is_none_says_why(talking: Chat, content: bytes, answer: str) -> None:
    assert talking.says("ana", "/offre", files=[("offres.xlsx", content)]).startswith(answer)
