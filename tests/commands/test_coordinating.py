"""/filrouge coordination: one more who coordinates, one less, and never nobody."""

import pytest

from tests.chat import Chat


@pytest.fixture
def known(chat: Chat) -> Chat:
    chat.knows("ana", "bob", "cleo")
    chat.says("ana", "/filrouge démarrer")
    return chat


def test_a_second_coordinator_is_told_and_may_do_as_the_first(known: Chat) -> None:
    assert known.says("bob", "/filrouge réglages") == "Seule la coordination du réseau peut faire cela."
    assert known.says("ana", "/filrouge coordination @bob").startswith("Désormais, bob coordonne aussi ce réseau.")
    [told] = known.tick()
    assert told.startswith("@bob: Vous coordonnez désormais ce réseau")
    known.says("bob", "/filrouge réglages")
    assert known.form.title.startswith("Réglages")


def test_who_coordinates_leaves_to_the_other_and_the_last_stays(known: Chat) -> None:
    known.says("ana", "/filrouge coordinatrice bob")
    known.says("ana", "/filrouge coordination")
    known.presses("ana", "Ne coordonne plus")
    assert known.to("@ana")[-1] == "ana ne coordonne plus ce réseau."
    assert known.says("ana", "/filrouge santé") == "Seule la coordination du réseau peut faire cela."
    known.says("bob", "/filrouge coordination")
    assert not any("Ne coordonne plus" in label for label in known.buttons)


def test_a_button_of_before_never_takes_the_last_one_away(known: Chat) -> None:
    known.says("ana", "/filrouge coordination bob")
    for _time in range(2):
        known.says("ana", "/filrouge coordination")
    older, newer = (message.buttons for message in known.seen[-2:])
    known.local.presses("ana", newer[0][0], known.now)
    known.seen += known.local.presses("bob", older[1][0], known.now)
    assert "nommez d’abord quelqu’un" in known.seen[-1].text
    assert known.says("bob", "/filrouge santé").startswith("En route")


def test_only_coordinators_name_one_and_only_somebody_who_is_here(known: Chat) -> None:
    assert "Seule la coordination" in known.says("bob", "/filrouge coordination bob")
    assert "Je ne connais pas « zoé »" in known.says("ana", "/filrouge coordination zoé")
    assert "coordonne déjà ce réseau" in known.says("ana", "/filrouge coordination ana")
    known.joined_by("Dora", of="CPAS d’Arlon")
    assert "n’a pas de compte" in known.says("ana", "/filrouge coordination CPAS d’Arlon")


def test_it_is_undone(known: Chat) -> None:
    known.says("ana", "/filrouge coordination bob")
    known.presses("ana", "Annuler")
    assert "Seule la coordination" in known.says("bob", "/filrouge santé")


@pytest.mark.parametrize(("language", "words"), [("nl", "coördinatie"), ("de", "koordination"), ("en", "coordinators")])
def test_in_the_other_languages(known: Chat, language: str, words: str) -> None:
    known.says("ana", f"/filrouge langue {language}")
    assert "ana" in known.says("ana", f"/filrouge {words}")


def test_whoever_is_relieved_by_another_is_told(known: Chat) -> None:
    known.says("ana", "/filrouge coordination bob")
    known.tick()
    known.says("bob", "/filrouge coordination")
    known.presses("bob", "Ne coordonne plus")
    [told] = known.tick()
    assert told.startswith("@ana: Vous ne coordonnez plus ce réseau.")


def test_undoing_leaves_nobody_without_coordination(known: Chat) -> None:
    known.says("ana", "/filrouge coordination bob")
    naming = known.seen[-1].buttons[0][0]
    known.says("ana", "/filrouge coordination")
    known.presses("ana", "Ne coordonne plus")
    known.seen += known.local.presses("ana", naming, known.now)
    assert known.to("@ana")[-1].startswith("Plus personne ne coordonnerait ce réseau")
    assert known.says("bob", "/filrouge santé").startswith("En route")


def test_two_at_once(known: Chat) -> None:
    said = known.says("ana", "/filrouge coordination bob et cleo")
    assert said.startswith("Désormais, bob et cleo coordonnent aussi ce réseau.")
    assert "bob et cleo coordonnent déjà" in known.says("ana", "/filrouge coordination bob et cleo")
