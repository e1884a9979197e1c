"""`/semaine` and the digest that leaves every week: facts, to the right eyes, held or amended by the coordinator."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Place
from bot.presence import Presence
from storage import channels, meetings, offers
from storage.networks import Network
from tests.chat import Chat

FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def network(chat: Chat) -> Chat:
    """ana coordinates, ben takes part; #pilotage is the channel of a body, #general that of the digest."""
    chat.knows("ana", "ben")
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.says("ana", "/filrouge", "general")
    with chat.session() as session:
        general = channels.by_name(session, "general")
        assert general is not None
        session.get_one(Network, chat.network_id).choose(digest_channel_id=general.id)
    chat.later(minutes=5)
    return chat


def test_nothing_to_report_is_one_line(network: Chat) -> None:
    assert network.says("ben", "/semaine") == "La semaine : rien à signaler."
    assert network.says("ben", "/semaine moi") == "Votre semaine : rien à signaler."


def test_the_week_now(network: Chat) -> None:
    with network.session() as session:
        offers.record(session, name="Groupe de parole ados")
        starts_at = network.now + timedelta(days=9)
        session.add(meetings.Meeting(number=1, title="Comité de pilotage", starts_at=starts_at))
    network.says("ana", "/decision On achète local, à revoir le 27 novembre", "pilotage")
    network.says("ana", "/accord Vivalia et Matilda : accueil commun", "pilotage")
    network.says("ben", "/engagement j'envoie la cartographie d'ici vendredi", "pilotage")
    assert network.says("ben", "/semaine") == (
        "La semaine\n"
        "Décidé et convenu\nD-1 On achète local\nA-1 Vivalia et Matilda : accueil commun\n"
        "À faire dans la semaine qui vient\nE-1 ben : envoyer la cartographie – pour le vendredi 27 novembre\n"
        "À revoir\nD-1 On achète local – vendredi 27 novembre\n"
        "Offres\nO-1 Groupe de parole ados – nouvelle offre\n"
        "Prochaines réunions\nComité de pilotage : mercredi 2 décembre à 10h05"
    )


def test_a_commitment_kept_is_told(network: Chat) -> None:
    network.says("ben", "/engagement j'envoie la cartographie d'ici vendredi", "pilotage")
    network.says("ben", "/engagement E-1 fait", "pilotage")
    assert "Engagements tenus\nE-1 ben : envoyer la cartographie" in network.says("ana", "/semaine")


def test_of_a_body_or_of_oneself(network: Chat) -> None:
    network.says("ana", "/decision On achète local", "pilotage")
    network.says("ana", "/decision On achète bio", "general")
    answer = network.says("ana", "/semaine comité de pilotage")
    assert "D-1" in answer
    assert "D-2" not in answer
    assert network.says("ben", "/semaine moi") == "Votre semaine : rien à signaler."
    assert network.says("ben", "/semaine conseil") == "Quelle instance ? Je connais : Comité de pilotage."


def test_late_is_for_its_owner_and_the_coordinator_alone(network: Chat) -> None:
    network.knows("eva")
    network.says("ben", "/engagement j'envoie la cartographie d'ici vendredi", "pilotage")
    network.now = MONDAY + timedelta(hours=4)
    for who, seen in (("ben", True), ("ana", True), ("eva", False)):
        assert ("E-1" in network.says(who, "/semaine")) is seen
    network.says("ana", "/decision On achète local", "pilotage")
    posted = [message for message in network.tick() if message.startswith("#")]
    assert posted
    assert not [message for message in posted if "E-1" in message]


def test_a_private_channel_stays_out_of_everyone_elses_week(network: Chat) -> None:
    network.says("ana", "/decision Le bureau déménage", "bureau", private=True)
    assert "déménage" in network.says("ana", "/semaine")
    assert "déménage" not in network.says("ben", "/semaine")
    network.tick(MONDAY)
    assert not [message for message in network.to("#general") if "déménage" in message]


def test_more_than_one_screen_is_behind_a_button(network: Chat) -> None:
    for n in range(16):
        network.says("ana", f"/decision Point {n}", "general")
    answer = network.says("ben", "/semaine")
    assert answer.endswith("et encore 13")
    assert len(network.presses("ben", "Tout voir").split("\n")) == 18


def test_shown_on_the_working_day_before_then_it_leaves_by_itself(network: Chat) -> None:
    network.says("ana", "/decision On achète local", "pilotage")
    [shown] = network.tick(FRIDAY)
    assert shown.startswith("@ana: Voici le résumé qui partira automatiquement le lundi 30 novembre à 9h")
    assert len(network.tick(MONDAY)) == 2
    assert network.to("#general")[-1] == "La semaine\nDécidé et convenu\nD-1 On achète local"
    assert network.to("#pilotage")[-1] == "La semaine : Comité de pilotage\nDécidé et convenu\nD-1 On achète local"
    network.later(hours=1)
    assert network.tick() == []


def test_an_empty_week_is_one_line_in_the_networks_channel_and_nothing_elsewhere(network: Chat) -> None:
    assert network.tick(MONDAY) == ["#general: La semaine : rien à signaler."]


def test_a_channel_that_is_renamed_keeps_its_summary(network: Chat) -> None:
    presence = Presence(network.database, "test", lambda: network.now)
    with network.session() as session:
        general = channels.by_name(session, "general")
        assert general is not None
    presence.seen(network.network_id, Place(general.external_id, name="tout-le-monde"), [])
    assert network.tick(MONDAY) == ["#tout-le-monde: La semaine : rien à signaler."]
    network.says("ana", "/filrouge réglages")
    network.submits("ana", {"digest_at": "8h45"})
    assert network.form.errors == {}
    network.tick(MONDAY + timedelta(days=4))
    assert network.tick(MONDAY + timedelta(days=7)) == ["#tout-le-monde: La semaine : rien à signaler."]


def test_a_channel_that_is_gone_is_told_and_the_summary_comes_to_the_coordinator(network: Chat) -> None:
    presence = Presence(network.database, "test", lambda: network.now)
    with network.session() as session:
        general = channels.by_name(session, "general")
        assert general is not None
    presence.closed(network.network_id, general.external_id)
    [shown] = network.tick(FRIDAY)
    told = "Le canal du résumé de la semaine, #general, est fermé ou je n’y suis plus"
    assert told in shown
    [posted] = network.tick(MONDAY)
    assert posted.startswith("@ana: ")
    assert told in posted
    assert "La semaine : rien à signaler." in posted
    network.says("ana", "/filrouge réglages")
    network.submits("ana", {"digest_channel": "pilotage"})
    assert network.tick(MONDAY + timedelta(days=7)) == ["#pilotage: La semaine : rien à signaler."]


def test_held_it_waits_for_a_word(network: Chat) -> None:
    network.tick(FRIDAY)
    assert network.presses("ana", "Mettre en attente").startswith("Le résumé est en attente")
    assert network.tick(MONDAY) == []
    network.later(hours=2)
    assert network.presses("ana", "Laisser partir") == "Le résumé part maintenant."
    assert network.tick() == ["#general: La semaine : rien à signaler."]
    assert network.presses("ana", "Mettre en attente") == "Ce résumé est déjà parti."


def test_amended_it_leaves_as_amended(network: Chat) -> None:
    network.says("ana", "/decision On achète local", "general")
    network.says("ana", "/decision On achète bio", "general")
    network.tick(FRIDAY)
    network.presses("ana", "Ajouter un mot")
    network.submits("ana", {"word": "Bonne semaine."})
    network.presses("ana", "Retirer des lignes")
    assert "D-2" not in network.submits("ana", {"refs": ["D-2"]})
    network.tick(MONDAY)
    assert network.to("#general")[-1] == "La semaine\nBonne semaine.\nDécidé et convenu\nD-1 On achète local"


def test_only_a_coordinator_holds_it(network: Chat) -> None:
    network.tick(FRIDAY)
    post = next(message for message in reversed(network.seen) if message.to == "@ana")
    hold = next(id_ for id_, label in post.buttons if label == "Mettre en attente")
    [refused] = network.local.presses("ben", hold, network.now)
    assert refused.text == "Seule la coordination du réseau peut faire cela."


def test_missed_while_the_bot_was_down_it_comes_late_and_once(network: Chat) -> None:
    [late] = network.tick(MONDAY + timedelta(days=1, hours=3))
    assert late.endswith("La semaine : rien à signaler.")
    assert "Ce message était prévu pour le lundi 30 novembre à 9h, mais j’étais à l’arrêt." in late
    assert network.tick(MONDAY + timedelta(days=1, hours=4)) == []


def test_a_day_that_is_changed_sends_no_second_summary_of_the_days_before(network: Chat) -> None:
    network.says("ana", "/filrouge démarrer", "general")
    network.tick(FRIDAY)
    assert network.tick(MONDAY)
    thursday = MONDAY + timedelta(days=3)
    network.now = thursday
    network.says("ana", "/decision On achète local", "pilotage")
    with network.session() as session:
        session.get_one(Network, network.network_id).choose(digest_weekday=2)
    assert network.tick(thursday + timedelta(minutes=10)) == []
    network.tick(MONDAY + timedelta(days=8, hours=1))
    assert [message for message in network.tick(MONDAY + timedelta(days=9)) if "D-1" in message]


def test_on_a_holiday_it_waits_for_the_next_open_morning(network: Chat) -> None:
    network.now = datetime(2027, 3, 24, 9, 0, tzinfo=UTC)
    network.says("ana", "/decision On achète local", "general")
    easter_monday = datetime(2027, 3, 29, 9, 0, tzinfo=UTC)
    assert not [message for message in network.tick(easter_monday) if message.startswith("#general")]
    [left] = [said for said in network.tick(easter_monday + timedelta(days=1)) if said.startswith("#general")]
    assert "à l’arrêt" not in left


@pytest.mark.parametrize("said", ["prochaine", "passée", "cette semaine", "la semaine dernière"])
def test_another_week_is_this_summary_which_looks_both_ways(chat: Chat, said: str) -> None:
    assert chat.says("ana", f"/semaine {said}").startswith("La semaine")


def test_my_week_is_mine(chat: Chat) -> None:
    assert chat.says("ana", "/semaine ma semaine").startswith("Votre semaine")


def test_a_meeting_that_begins_now_is_not_the_next(network: Chat) -> None:
    with network.session() as session:
        session.add(
            meetings.Meeting(number=1, title="Comité de pilotage", starts_at=network.now + timedelta(seconds=1))
        )
    assert "Prochaines réunions" not in network.says("ben", "/semaine")
