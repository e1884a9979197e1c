"""Somebody new is asked for their organisation, once, at their first use."""

import pytest

from storage import members, partners
from tests.chat import Chat


@pytest.fixture
def known(chat: Chat) -> Chat:
    """A network with one organisation."""
    with chat.session() as session:
        partners.record(session, name="CPAS d’Arlon", aliases=["CPAS Arlon"])
    return chat


def partner_of(chat: Chat, handle: str) -> str:
    with chat.session() as session:
        member = members.by_handle(session, handle)
        assert member is not None
        return member.partner.name if member.partner else ""


def test_asked_once_beside_the_first_answer(known: Chat) -> None:
    assert "De quelle organisation êtes-vous ?" in known.says("bob", "/filrouge aide")
    assert "De quelle organisation" not in known.says("bob", "/filrouge aide")


def test_a_known_organisation_is_recognised(known: Chat) -> None:
    known.says("bob", "/filrouge aide")
    known.presses("bob", "Me présenter")
    answer = known.submits("bob", {"name": "Bob Lejeune", "partner": "cpas d'arlon"})
    assert "Merci, Bob Lejeune : c’est noté pour CPAS d’Arlon." in answer
    assert partner_of(known, "bob") == "CPAS d’Arlon"


def test_one_that_resembles_is_asked_about_rather_than_doubled(known: Chat) -> None:
    known.says("bob", "/filrouge aide")
    known.presses("bob", "Me présenter")
    assert "Est-ce l’une de celles-ci ?" in known.submits("bob", {"name": "Bob", "partner": "CPAS Arlo"})
    known.presses("bob", "CPAS d’Arlon")
    assert partner_of(known, "bob") == "CPAS d’Arlon"


def test_a_new_one_is_added(known: Chat) -> None:
    known.says("bob", "/filrouge aide")
    known.presses("bob", "Me présenter")
    answer = known.submits("bob", {"name": "Bob", "partner": "Maison des jeunes de Virton"})
    if "Est-ce" in answer:
        known.presses("bob", "Non, elle est nouvelle")
    assert partner_of(known, "bob") == "Maison des jeunes de Virton"


def test_later_is_an_answer_too(known: Chat) -> None:
    known.says("bob", "/filrouge aide")
    known.presses("bob", "Plus tard")
    assert any(text.startswith("Très bien.") for text in known.to("@bob"))
    assert "De quelle organisation" not in known.says("bob", "/filrouge aide")
