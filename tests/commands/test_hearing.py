"""What is written in the channel of an open meeting: kept at once when it asks to be, and nothing else ever."""

import pytest
from sqlalchemy import select

from bot import Context, Refusal, undoing
from storage import meetings, members, settled
from storage.chat import Post
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.inbox import Received
from storage.journal import JournalLine
from storage.meetings import Meeting, MinutesItem
from storage.networks import Network
from tests.chat import Chat, spaced


@pytest.fixture
def network(chat: Chat) -> Chat:
    """Bob and Claire sit in the steering committee, whose channel is #pilotage; ana opens its meeting."""
    chat.joined_by("Bob Lejeune", "Claire Marchal", of="CPAS d'Arlon")
    chat.joined_by(of="Matilda")
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    chat.says("ana", "/reunion ouvre", channel="pilotage")
    return chat


def marks(chat: Chat, who: str, text: str) -> str:
    """The answer to an emoji under what somebody wrote."""
    [post] = [row for row in chat.rows(Post) if row.author and row.text.startswith(text)]
    return spaced(chat.local.points(who, post.id, "decide", chat.now, emoji=True)[-1].text)


def test_the_opening_says_what_is_kept_and_that_nothing_else_is(network: Chat) -> None:
    opening = next(said for said in network.to("#pilotage") if "ouverte" in said)
    assert "R-1 est ouverte" in opening
    assert "rien d’autre de ce que vous dites" in opening


def test_a_decision_is_recorded_where_it_is_said(network: Chat) -> None:
    assert network.says("ana", "Décision : on publie en deux langues", channel="pilotage").startswith(
        "D-1 enregistrée : on publie en deux langues"
    )
    assert network.buttons == ["Annuler"]
    assert not network.seen[-1].ephemeral
    with network.session() as session:
        [made] = settled.of_meeting(session, Decision, 1)
        assert (made.permalink, made.quote) == (f"/#{network.seen[-1].post_id - 1}", "on publie en deux langues")
    network.presses("ana", "Annuler")
    assert network.rows(Decision) == []


def test_who_may_not_settle_proposes(network: Chat) -> None:
    said = network.says("bob", "beslissing: wij houden het logo", channel="pilotage")
    assert said.startswith("D-1 proposée : wij houden het logo")


def test_an_action_for_somebody_is_proposed_to_them_when_the_meeting_is_over(network: Chat) -> None:
    answer = network.says("ana", "Action : @bob réserve la salle avant vendredi", channel="pilotage")
    assert "pour le vendredi 27 novembre" in answer
    assert network.seen[-1].ephemeral
    network.says("ana", "action @bob écrit à la commune d'ici fin mai", channel="pilotage")
    assert network.tick() == []
    network.says("ana", "/reunion clôture", channel="pilotage")
    [told] = network.tick()
    assert told.startswith("@bob:")
    assert "E-1" in told
    assert "E-2" in told
    network.presses("bob", "Accepter")
    assert len(network.rows(Commitment)) == 2


def test_somebody_who_speaks_of_themselves_takes_it_on(network: Chat) -> None:
    answer = network.says("bob", "Action : je commande le café pour vendredi", channel="pilotage")
    assert "E-1 Bob Lejeune" in answer
    assert not network.seen[-1].ephemeral


@pytest.mark.parametrize("written", ["réserver la salle (Bob Lejeune) avant vendredi", "réserver la salle → @bob"])
def test_the_owner_may_stand_at_the_end(network: Chat, written: str) -> None:
    assert "E-1 Bob Lejeune : réserver la salle" in network.says("ana", f"action : {written}", channel="pilotage")


def test_an_action_of_nobody_asks_who(network: Chat) -> None:
    answer = network.says("ana", "Action : préparer l'affiche d'ici fin mai", channel="pilotage")
    assert answer == "Qui s’en charge ?\npréparer l'affiche – pour le lundi 31 mai"
    assert network.rows(Commitment) == []
    network.presses("claire", "Je m’en charge")
    assert "E-1 Claire Marchal : préparer l'affiche" in network.to("#pilotage")[-1]
    assert len(network.rows(Commitment)) == 1


def test_an_action_can_be_given_to_somebody_else(network: Chat) -> None:
    network.says("ana", "Action : préparer l'affiche", channel="pilotage")
    network.presses("ana", "Quelqu’un d’autre")
    network.submits("ana", {"owner": "Zorglub"})
    assert set(network.form.errors) == {"owner"}
    network.submits("ana", {"owner": "claire", "due": "fin mai"})
    assert "Je le propose en privé à Claire Marchal" in network.to("#pilotage")[-1]


def test_what_lacks_something_is_asked_for_and_nothing_is_lost(network: Chat) -> None:
    answer = network.says("ana", "accord : on se voit chaque mois\nDécision : on paie", channel="pilotage")
    assert "D-1 enregistrée : on paie" in answer
    assert "Pas encore retenu : « on se voit chaque mois »" in answer
    network.presses("ana", "Compléter")
    network.submits("ana", {"partners": "CPAS d'Arlon, Matilda"})
    assert "A-1 enregistré entre CPAS d'Arlon et Matilda" in network.to("#pilotage")[-1]


def test_an_unknown_name_is_asked_about(network: Chat) -> None:
    assert "Je ne connais pas « @zorglub » ici." in network.says("ana", "action @zorglub range", channel="pilotage")
    assert network.rows(Commitment) == []


def test_mere_talk_leaves_no_trace(network: Chat) -> None:
    before = len(network.rows(Received))
    assert network.says("bob", "La décision est difficile, et Denis est fatigué", channel="pilotage") == ""
    assert len(network.rows(Received)) == before


def test_nothing_is_heard_without_a_meeting_or_after_it(network: Chat) -> None:
    assert network.says("ana", "Décision : ailleurs", channel="autre") == ""
    network.says("ana", "/reunion clôture", channel="pilotage")
    before = len(network.rows(Received))
    assert network.says("ana", "Décision : trop tard", channel="pilotage") == ""
    assert network.rows(Decision) == []
    assert len(network.rows(Received)) == before


def test_a_patient_is_never_kept(network: Chat) -> None:
    answer = network.says("bob", "Décision : Mme D., 34 ans, dépressive, est réorientée", channel="pilotage")
    assert "parler d’un patient" in answer or "parle d’un patient" in answer
    assert network.seen[-1].ephemeral
    assert network.rows(Decision) == []
    assert all("34 ans" not in str(row.payload) for row in network.rows(Received))


def test_an_emoji_keeps_a_message_once(network: Chat) -> None:
    network.says("bob", "on retient Vivalia pour l'accueil", channel="pilotage")
    assert "D-1 enregistrée" in network.points("ana", "Vivalia", "decide", emoji=True)
    assert marks(network, "claire", "on retient Vivalia") == "Ce message est déjà retenu : D-1."
    assert len(network.rows(Decision)) == 1


def test_what_was_said_aloud_is_not_kept_again_by_an_emoji(network: Chat) -> None:
    network.says("ana", "Décision : on publie", channel="pilotage")
    assert marks(network, "bob", "Décision : on publie") == "Ce message est déjà retenu : D-1."


def test_an_emoji_under_somebodys_own_words_is_theirs(network: Chat) -> None:
    network.says("bob", "je commande le café pour vendredi", channel="pilotage")
    answer = network.points("ana", "commande le café", "commit", emoji=True)
    assert "E-1 Bob Lejeune" in answer
    assert "en privé à Bob Lejeune" in answer


def test_outside_a_meeting_an_emoji_only_asks(network: Chat) -> None:
    network.says("ana", "/reunion clôture", channel="pilotage")
    network.says("bob", "on retient Vivalia", channel="pilotage")
    network.points("ana", "on retient Vivalia", "decide", emoji=True)
    assert "Oui, l’enregistrer" in network.buttons or "Oui, enregistrer" in network.buttons
    assert network.rows(Decision) == []


def test_who_is_there_is_noted_in_words_and_by_a_button(network: Chat) -> None:
    network.presses("bob", "Je suis là")
    network.presses("claire", "Je dois m’excuser")
    assert any("ouverte" in said and "Présents : Bob Lejeune." in said for said in network.to("#pilotage"))
    answer = network.says(
        "ana", "Présents : ana, M. Inconnu (Croix-Rouge) ; excusés : Zoé (représentée par Bob), Tom", channel="pilotage"
    )
    assert "Présents : Bob Lejeune, M. Inconnu (Croix-Rouge) et ana." in answer
    assert "Excusés : Claire Marchal et Tom." in answer
    assert "Représentés : Zoé (Bob Lejeune)." in answer
    assert "Absents : Luc." in network.says("ana", "/reunion absents Luc", channel="pilotage")
    answer = network.says("ana", "/reunion représentés Claire par Luc", channel="pilotage")
    assert "Représentés : Claire Marchal (Luc) et Zoé (Bob Lejeune)." in answer
    network.says("ana", "/reunion clôture", channel="pilotage")
    assert "Absents : Luc." in network.to("#pilotage")[-1]


def test_closing_asks_for_what_lacks_and_late_answers_are_welcome(network: Chat) -> None:
    network.says("bob", "action : je réserve la salle", channel="pilotage")
    network.says("ana", "action : préparer l'affiche", channel="pilotage")
    closing = network.says("ana", "/reunion clôture", channel="pilotage")
    assert "Qui s’en charge ? préparer l'affiche" in closing
    assert "Pour quand ? E-1 : réserver la salle" in closing
    network.later(days=1)
    network.presses("claire", "Je m’en charge")
    network.seen += [network.local.since(0, network.now)[-1]]
    network.presses("bob", "Fixer un jour")
    network.submits("bob", {"day": "vendredi"})
    summary = network.to("#pilotage")[-1]
    assert summary.startswith("R-1 est close")
    assert "Qui s’en charge" not in summary
    assert "E-2 Claire Marchal" in summary
    assert "Pour quand ? E-1" not in summary


def test_a_summary_says_nothing_of_what_is_only_proposed(network: Chat) -> None:
    network.says("ana", "action @bob écrit une lettre difficile", channel="pilotage")
    closing = network.says("ana", "/reunion clôture", channel="pilotage")
    assert "lettre difficile" not in closing
    assert "1 engagement attend la réponse" in closing


def test_an_undo_takes_back_all_that_one_message_gave(network: Chat) -> None:
    network.says("ana", "Décision : on paie\nAction : je paie\nAction : ranger", channel="pilotage")
    network.presses("ana", "Annuler")
    assert network.rows(Decision) == []
    assert network.rows(Commitment) == []
    assert network.rows(MinutesItem) == []
    assert "Cela a changé" in network.presses("bob", "Je m’en charge")
    with network.session() as session:
        assert meetings.by_number(session, 1) is not None


@pytest.fixture
def threads(network: Chat) -> Chat:
    """Two meetings in two threads of one channel: the first under a message about the budget."""
    network.says("ana", "/reunion clôture", channel="pilotage")
    for said in ("Le budget", "La journée portes ouvertes"):
        network.says("ana", said, channel="pilotage")
        network.says("ana", f"@filrouge réunion ouvre {said}", channel="pilotage", under=post(network, said))
    return network


def post(chat: Chat, text: str) -> int:
    return next(row.id for row in chat.rows(Post) if row.author and row.text == text)


def test_two_meetings_in_two_threads_each_hear_their_own(threads: Chat) -> None:
    assert [(row.ref, row.thread) for row in threads.rows(Meeting)][1:] == [
        ("R-2", str(post(threads, "Le budget"))),
        ("R-3", str(post(threads, "La journée portes ouvertes"))),
    ]
    for said, under in (("on achète local", "Le budget"), ("on invite la presse", "La journée portes ouvertes")):
        threads.says("ana", f"Décision : {said}", channel="pilotage", under=post(threads, under))
    assert [(row.text, row.meeting_id) for row in threads.rows(Decision)] == [
        ("on achète local", 2),
        ("on invite la presse", 3),
    ]
    assert threads.says("ana", "Décision : on ferme en août", channel="pilotage") == ""


def test_the_closing_takes_the_meeting_of_the_thread(threads: Chat) -> None:
    said = threads.says("ana", "@filrouge réunion clôture", channel="pilotage", under=post(threads, "Le budget"))
    assert said.startswith("R-2 est close")
    assert threads.says("ana", "/reunion clôture", channel="pilotage").startswith("R-3 est close")


def test_the_closing_asks_which_of_two_where_none_is_meant(threads: Chat) -> None:
    asked = threads.says("ana", "/reunion clôture", channel="pilotage")
    assert "Laquelle voulez-vous clore ?" in asked
    assert threads.buttons == ["Clore R-3", "Clore R-2"]
    assert "Écrivez dans le fil" in threads.says("ana", "/reunion présents Bob", channel="pilotage")
    threads.says("bob", "/reunion clôture", channel="pilotage")
    assert "coordinat" in threads.presses("bob", "Clore R-2")
    threads.says("ana", "/reunion clôture", channel="pilotage")
    assert threads.presses("ana", "Clore R-2").startswith("R-2 est close")
    assert [row.closed_at is None for row in threads.rows(Meeting)] == [False, False, True]


def test_a_thread_has_one_meeting_and_a_channel_none_beside_it(threads: Chat) -> None:
    under = post(threads, "Le budget")
    assert "déjà ouverte" in threads.says("ana", "@filrouge réunion ouvre", channel="pilotage", under=under)
    assert "déjà ouverte" in threads.says("ana", "/reunion ouvre", channel="pilotage")


def test_an_emoji_under_what_is_kept_already_keeps_nothing_more(network: Chat) -> None:
    network.says("ana", "Décision : on publie en deux langues", channel="pilotage")
    assert "D-1" in marks(network, "bob", "Décision")
    network.says("ana", "/reunion clôture", channel="pilotage")
    assert "D-1" in marks(network, "bob", "Décision")
    assert len(network.rows(Decision)) == 1


def test_an_emoji_under_an_action_that_waits_for_somebody_asks_again(network: Chat) -> None:
    network.says("ana", "Action : réserver la salle", channel="pilotage")
    [said] = [row for row in network.rows(Post) if row.text == "Action : réserver la salle"]
    again = network.local.points("bob", said.id, "commit", network.now, emoji=True)[-1]
    assert spaced(again.text).startswith("Qui s’en charge")
    assert len(network.rows(MinutesItem)) == 1
    assert network.rows(Commitment) == []


def test_a_coordinator_outside_a_private_channel_undoes_nothing_in_it(chat: Chat) -> None:
    chat.knows("ana", "bob", "eva")
    chat.says("ana", "bonjour")
    chat.says("eva", "/reunion ouvre Bureau", channel="bureau", private=True)
    chat.says("eva", "Décision : on change de banque", channel="bureau", private=True)
    with chat.session() as session:
        [operation] = set(session.scalars(select(JournalLine.operation).where(JournalLine.table_name == "decisions")))
        for name, there in (("ana", True), ("bob", False), ("eva", False)):
            who = members.by_handle(session, name)
            assert who is not None
            assert who.coordinator is there
            context = Context(session, session.get_one(Network, chat.network_id), chat.now, member=who)
            if name != "eva":
                with pytest.raises(Refusal):
                    undoing.undo.function(context, operation=operation)
    assert len(chat.rows(Decision)) == 1
    chat.presses("eva", "Annuler")
    assert chat.rows(Decision) == []
