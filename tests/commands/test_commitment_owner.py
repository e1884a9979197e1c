"""A commitment said of somebody the register does not know."""

import pytest

from tests.chat import Chat


@pytest.fixture
def net(chat: Chat) -> Chat:
    chat.says("ana", "/engagement liste", channel="pilotage")
    return chat


def test_an_unknown_name_is_never_taken_for_ones_own(net: Chat) -> None:
    said = "/engagement le CPAS d'Aubange envoie la liste pour le 4 décembre"
    assert net.says("ana", said, channel="pilotage").startswith("Je ne connais pas « CPAS d'Aubange » ici.")
    assert net.buttons == ["Ajouter CPAS d'Aubange", "C’est pour moi"]
    assert net.says("ana", "/engagement liste") == "Vous n’avez pas d’engagement en cours."


def test_somebody_new_is_added_with_what_they_take_on(net: Chat) -> None:
    net.says(
        "ana", "/engagement Sophie Peeters (CPAS d'Aubange) envoie la liste pour le 4 décembre", channel="pilotage"
    )
    net.presses("ana", "Ajouter Sophie Peeters")
    opened = {field.name: field.value for field in net.form.fields}
    assert opened == {"kind": "person", "name": "Sophie Peeters", "partner": "CPAS d'Aubange", "email": ""}
    answer = net.submits("ana", {})
    assert "E-1 Sophie Peeters : envoie la liste – pour le vendredi 4 décembre" in answer
    assert "personne ici" not in answer
    # Known from now on, with her organisation.
    again = net.says("ana", "/engagement Sophie Peeters relit la charte pour le 11 décembre", channel="pilotage")
    assert "E-2 Sophie Peeters : relit la charte" in again
    net.says("ana", "/engagement le CPAS d'Aubange prête sa salle pour le 12 décembre", channel="pilotage")
    assert "E-3 CPAS d'Aubange" in net.seen[-1].text.replace("\u00a0", " ").replace("’", "'")


def test_a_new_organisation_is_one(net: Chat) -> None:
    net.says("ana", "/engagement la Maison de la Semois prête sa salle pour le 12 décembre", channel="pilotage")
    net.presses("ana", "Ajouter Maison de la Semois")
    assert next(field.value for field in net.form.fields if field.name == "kind") == "organisation"
    assert "E-1 Maison de la Semois : prête sa salle" in net.submits("ana", {})


def test_an_address_that_is_none_comes_back(net: Chat) -> None:
    net.says("ana", "/engagement Sophie Peeters envoie la liste", channel="pilotage")
    net.presses("ana", "Ajouter Sophie Peeters")
    net.submits("ana", {"email": "sophie"})
    assert net.form.errors == {"email": "Cela ne ressemble pas à une adresse e-mail."}
    assert "Sophie Peeters" in net.submits("ana", {"email": "sophie@cpas.example"})


def test_who_is_there_already_is_not_doubled(net: Chat) -> None:
    for day in ("4", "11"):
        net.says("ana", f"/engagement Sofie Peters envoie la liste pour le {day} décembre", channel="pilotage")
        if "Ajouter Sofie Peters" in net.buttons:
            net.presses("ana", "Ajouter Sofie Peters")
            net.submits("ana", {"name": "Sophie Peeters", "email": "sophie@cpas.example"})
    assert net.says("ana", "/engagement liste tout").count("Sophie Peeters") == 2


def test_an_undo_takes_both_back(net: Chat) -> None:
    net.says("ana", "/engagement Sophie Peeters envoie la liste", channel="pilotage")
    net.presses("ana", "Ajouter Sophie Peeters")
    net.submits("ana", {})
    net.presses("ana", "Annuler")
    assert net.says("ana", "/engagement Sophie Peeters relit la charte").startswith("Je ne connais pas")


def test_a_title_is_no_first_name(net: Chat) -> None:
    net.says("ana", "/engagement Dr Henri Masson vérifie la salle pour le 4 décembre", channel="pilotage")
    net.presses("ana", "Ajouter Dr Henri Masson")
    assert next(field.value for field in net.form.fields if field.name == "kind") == "person"
    net.submits("ana", {})
    again = net.says("ana", "/engagement Henri Masson relit la charte pour le 11 décembre", channel="pilotage")
    assert "E-2 Dr Henri Masson : relit la charte" in again


def test_whoever_joins_an_organisation_first_hears_what_it_was_asked(net: Chat) -> None:
    net.says("ana", "/engagement la Maison de la Semois prête sa salle pour le 12 décembre", channel="pilotage")
    net.presses("ana", "Ajouter Maison de la Semois")
    net.submits("ana", {})
    net.tick()
    net.says("zoe", "/semaine", channel="pilotage")
    net.presses("zoe", "Me présenter")
    net.submits("zoe", {"name": "Zoé Colin", "partner": "Maison de la Semois"})
    [asked] = [said for said in net.tick() if said.startswith("@zoe")]
    assert "E-1 prête sa salle" in asked
    # A second one is not: the first has been asked.
    net.says("max", "/semaine", channel="pilotage")
    net.presses("max", "Me présenter")
    net.submits("max", {"name": "Max Colin", "partner": "Maison de la Semois"})
    assert [said for said in net.tick() if said.startswith("@max")] == []
