"""Days that are named by a meeting of the register: « avant la prochaine réunion du comité »."""

import pytest

from tests.chat import Chat


@pytest.fixture
def net(chat: Chat) -> Chat:
    """The committee of #pilotage meets on Thursday 10 December; a group that only ana is in, on the 3rd."""
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    chat.says("ana", "/reunion Comité de pilotage 10 décembre 14h", channel="pilotage")
    chat.says("ana", "/filrouge instance Cellule discrète", channel="cellule", private=True)
    chat.says("ana", "/reunion Cellule discrète 3 décembre 9h", channel="cellule", private=True)
    chat.says("bob", "bonjour")
    return chat


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("avant la prochaine réunion du comité", "jeudi 10 décembre"),
        ("avant le copil", "jeudi 10 décembre"),
        ("d'ici le prochain comité de pilotage", "jeudi 10 décembre"),
        ("deux semaines avant le comité de pilotage", "jeudi 26 novembre"),
        ("la veille du comité de pilotage", "mercredi 9 décembre"),
    ],
)
def test_a_meeting_is_a_day(net: Chat, words: str, day: str) -> None:
    said = net.says("bob", f"/engagement j’envoie la note {words}", channel="pilotage")
    assert f"envoyer la note – pour le {day}" in said


def test_its_new_day_is_read_likewise(net: Chat) -> None:
    net.says("bob", "/engagement j'envoie la note vendredi", channel="pilotage")
    assert "jeudi 10 décembre" in net.says("bob", "/engagement E-1 reporte au prochain copil", channel="pilotage")


def test_the_next_meeting_is_that_of_the_place(net: Chat) -> None:
    assert "jeudi 10 décembre" in net.says(
        "ana", "/engagement finir la note avant la prochaine réunion", channel="pilotage"
    )
    said = net.says("ana", "/engagement finir la liste avant la prochaine réunion", channel="cellule", private=True)
    assert "jeudi 3 décembre" in said


@pytest.mark.parametrize("words", ["avant la cellule discrète", "avant la prochaine réunion de la cellule discrète"])
def test_a_private_meeting_is_no_day_for_who_is_not_in_it(net: Chat, words: str) -> None:
    said = net.says("bob", f"/engagement j'envoie la note {words}", channel="pilotage")
    assert "3 décembre" not in said
    assert "3 décembre" not in net.says("bob", f"/engagement j'envoie la note {words}")


def test_nor_for_its_own_people_where_others_read_the_answer(net: Chat) -> None:
    said = net.says("ana", "/engagement j'envoie la note avant la cellule discrète", channel="pilotage")
    assert "3 décembre" not in said
    assert "3 décembre" in net.says("ana", "/engagement j'envoie la note avant la cellule discrète")


def test_a_meeting_that_is_not_planned_is_said_to_be_unknown(net: Chat) -> None:
    said = net.says("bob", "/engagement j'envoie la note avant la prochaine réunion de l'atelier", channel="pilotage")
    assert "Je ne sais pas encore" in said


@pytest.mark.parametrize(("school", "day"), [("fwb", "vendredi 19 février"), ("vl", "vendredi 5 février")])
def test_school_holidays_are_those_of_the_calendar_that_the_network_chose(net: Chat, school: str, day: str) -> None:
    net.says("ana", "/filrouge réglages")
    net.submits("ana", {"school": school})
    said = net.says("ana", "/engagement j’envoie la note avant le congé de carnaval", channel="pilotage")
    assert day in said
