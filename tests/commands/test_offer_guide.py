"""A guide to print, from the chat."""

import pytest

from tests.chat import Chat


@pytest.fixture
def listed(chat: Chat) -> Chat:
    chat.knows("ana", "bob")
    chat.says("ana", "/offre Groupe deuil : chaque mercredi à Libramont")
    return chat


def test_all_of_it_or_one_commune(listed: Chat) -> None:
    assert listed.says("bob", "/offre guide").startswith("Le guide, avec 1 service.")
    assert listed.says("bob", "/offre guide Arlon").startswith("Aucun service du répertoire n’est à Arlon")
    assert "Nulle-Part-du-Tout" in listed.says("bob", "/offre guide Nulle-Part-du-Tout")
