"""The name of a body that lives in a private channel is known to its people and the coordinators, nowhere else."""

import pytest

from tests.chat import Chat

SECRET = "Cellule discrète"


@pytest.fixture
def network(chat: Chat) -> Chat:
    """claire is in the private #cellule, whose body holds a decision; ben is in neither."""
    chat.knows("ben", "claire")
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    chat.says("ana", f"/filrouge instance {SECRET}", channel="cellule", private=True)
    chat.says("claire", "/decision On se voit le jeudi", channel="cellule", private=True)
    chat.seen.clear()
    return chat


def offered(chat: Chat, who: str, said: str) -> list[str]:
    """The bodies of the form that opens."""
    chat.says(who, said)
    return [label for asked in chat.form.fields if asked.name == "body" for _value, label in asked.options]


@pytest.mark.parametrize("command", ["/reunion", "/decision", "/accord", "/engagement"])
def test_forms_offer_it_to_its_people_alone(network: Chat, command: str) -> None:
    assert SECRET not in offered(network, "ben", command)
    assert SECRET in offered(network, "claire", command)
    assert SECRET in offered(network, "ana", command)


def test_the_week_names_it_to_its_people_alone(network: Chat) -> None:
    assert "Comité de pilotage" in network.says("ben", "/semaine atelier")
    assert SECRET not in network.says("ben", "/semaine atelier")
    assert SECRET not in network.says("ben", "/semaine cellule")
    assert SECRET in network.says("claire", "/semaine atelier")


@pytest.mark.parametrize("command", ["/decision liste cellule", "/accord liste cellule", "/engagement liste cellule"])
def test_lists_confirm_no_name(network: Chat, command: str) -> None:
    assert SECRET not in network.says("ben", command)
    assert SECRET in network.says("claire", command)


def test_a_meeting_of_it_cannot_be_planned_by_guessing(network: Chat) -> None:
    network.says("ben", "/reunion cellule mardi 14h")
    assert SECRET not in network.to("@ben")[-1]
    assert SECRET in network.says("claire", "/reunion cellule discrète mardi 14h")


def test_nobody_outside_reads_of_it_in_weeks_searches_and_meetings(network: Chat) -> None:
    network.says("claire", "/reunion Cellule discrète mardi 14h", channel="cellule", private=True)
    network.says("ana", "/filrouge démarrer")
    for said in ("/semaine", "/reunion liste", "/decision liste", "/decision cherche jeudi", "/filrouge", "D-1", "R-1"):
        assert SECRET not in network.says("ben", said), said
    network.says("ben", "/reunion liste", channel="pilotage")
    for _day in range(16):
        network.later(days=1)
        network.tick()
    places = [*network.to("@ben"), *network.to("#pilotage"), *network.to("#general")]
    assert not any(SECRET in text for text in places)


def test_a_commitment_recorded_for_it_from_elsewhere_stays_among_its_people(network: Chat) -> None:
    network.says("claire", "/engagement", channel="pilotage")
    cell = next(value for asked in network.form.fields for value, label in asked.options if label == SECRET)
    network.submits("claire", {"text": "préparer la fusion", "due": "10 décembre", "body": cell})
    assert network.says("ben", "E-1") == "Je ne trouve pas E-1 parmi ce que vous pouvez voir."
    assert "fusion" not in network.says("ben", "/engagement liste tous")
    assert SECRET in network.says("claire", "E-1")
