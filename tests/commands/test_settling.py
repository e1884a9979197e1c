"""Who settles, and what buttons do when they are pressed twice, by somebody else, or too late."""

import pytest

from tests.chat import Chat


@pytest.fixture
def proposal(chat: Chat) -> Chat:
    """ana coordinates; ben proposed D-1 in #pilotage, the channel of a body."""
    chat.knows("ben")
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.says("ben", "/decision On achète local.", "pilotage")
    chat.tick()
    return chat


def test_what_a_member_records_is_proposed_and_the_coordinator_told_in_private(proposal: Chat) -> None:
    assert proposal.to("#pilotage")[-1] == "D-1 proposée : On achète local.\nConfirmation attendue : ana."
    assert "Une proposition attend votre accord :" in proposal.to("@ana")[-1]
    assert proposal.to("@ben") == []


def test_confirmed_in_private_it_is_announced_to_its_channel(proposal: Chat) -> None:
    assert proposal.presses("ana", "Confirmer") == "D-1 est en vigueur : On achète local."
    proposal.tick()
    assert proposal.to("#pilotage")[-1] == "D-1 est en vigueur : On achète local."


def test_pressed_twice_it_says_who_confirmed(proposal: Chat) -> None:
    proposal.presses("ana", "Confirmer")
    assert (
        proposal.presses("ana", "Confirmer")
        == "D-1 est déjà en vigueur : ana a donné sa confirmation le lundi 23 novembre."
    )


def test_a_member_cannot_confirm(proposal: Chat) -> None:
    assert proposal.says("ben", "/decision D-1 confirme", "pilotage") == "Pour D-1, ce choix revient à : ana."
    assert proposal.says("ben", "D-1").startswith("D-1 – à confirmer")


def test_a_button_shown_before_the_words_changed_shows_the_new_words(proposal: Chat) -> None:
    proposal.says("ben", "/decision D-1 modifie On achète bio.", "pilotage")
    answer = proposal.presses("ana", "Confirmer")
    assert answer == "D-1 a changé entre-temps. Voici ce qui est écrit maintenant :\nOn achète bio."
    assert proposal.presses("ana", "Confirmer") == "D-1 est en vigueur : On achète bio."


def test_a_button_for_what_was_undone_finds_nothing(proposal: Chat) -> None:
    proposal.presses("ben", "Annuler")
    assert proposal.presses("ana", "Confirmer") == "Je ne trouve pas D-1 parmi ce que vous pouvez voir."


def test_several_are_confirmed_at_once(proposal: Chat) -> None:
    proposal.says("ben", "/decision On achète bio.", "pilotage")
    assert proposal.says("ana", "/decision confirme D-1 D-2", "pilotage") == (
        "D-1 est en vigueur : On achète local.\nD-2 est en vigueur : On achète bio."
    )


def test_the_list_of_what_waits_has_one_button_for_all(proposal: Chat) -> None:
    proposal.says("ben", "/decision On achète bio.", "pilotage")
    assert "2 propositions attendent :" in proposal.says("ana", "/decision propositions")
    proposal.presses("ana", "Confirmer les 2")
    assert "2 en vigueur" in proposal.says("ana", "/decision liste")


def test_one_that_is_settled_already_does_not_stop_the_others(proposal: Chat) -> None:
    proposal.says("ben", "/decision On achète bio.", "pilotage")
    proposal.says("ana", "/decision confirme D-1", "pilotage")
    answer = proposal.says("ana", "/decision confirme D-1 D-2", "pilotage")
    assert answer.startswith("D-2 est en vigueur : On achète bio.\nD-1 est déjà en vigueur")


def test_not_retained_its_author_learns_why(proposal: Chat) -> None:
    assert proposal.says("ana", "D-1 rejette trop tôt") == (
        "D-1 reste sans suite : On achète local.\nRaison : trop tôt"
    )
    proposal.tick()
    assert proposal.to("@ben")[-1] == "D-1 reste sans suite : On achète local.\nRaison : trop tôt"


def test_a_chair_settles_for_their_body(proposal: Chat) -> None:
    proposal.knows("eva")
    proposal.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    proposal.presses("ana", "Présidence, secrétariat, rappels")
    eva = next(value for value, label in proposal.form.fields[0].options if label == "eva")
    proposal.submits("ana", {"chair": eva})
    assert proposal.says("eva", "/decision On achète bio.", "pilotage") == "D-2 enregistrée : On achète bio."
    assert proposal.says("eva", "/decision On achète bio.") == (
        "D-3 proposée : On achète bio.\nConfirmation attendue : ana."
    )


def test_replacing_keeps_both_and_links_them(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    chat.says("ana", "/decision On achète bio.")
    assert chat.says("ana", "D-2 remplace D-1") == "D-2 remplace D-1 : On achète bio."
    assert "Cède la place à D-2" in chat.says("ana", "D-1")
    assert "Remplace D-1" in chat.says("ana", "D-2")
    assert chat.says("ana", "D-2 remplace D-1") == "D-2 a pris la place de D-1."


def test_a_proposal_replaces_only_once_it_is_confirmed(chat: Chat) -> None:
    chat.knows("ben")
    chat.says("ana", "/decision On achète local.", "pilotage")
    chat.says("ben", "/decision On achète bio.", "pilotage")
    assert chat.says("ben", "D-2 remplace D-1") == "D-2 remplacera D-1 dès sa confirmation."
    assert chat.says("ana", "D-1").startswith("D-1 – en vigueur")
    chat.says("ana", "D-2 confirme")
    assert chat.says("ana", "D-1").startswith("D-1 – voir désormais D-2")


@pytest.mark.parametrize("rest", ["D-1", "D-9", "A-1", ""])
def test_what_cannot_be_replaced_is_left_alone(chat: Chat, rest: str) -> None:
    chat.says("ana", "/decision On achète local.")
    assert "Annuler" not in chat.says("ana", f"D-1 remplace {rest}")
    assert chat.buttons == []
    assert chat.says("ana", "D-1").startswith("D-1 – en vigueur")


def test_ending_says_why_and_is_undone(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.says("ana", "D-1 met fin plus de budget") == (
        "D-1 n’est plus en vigueur : On achète local.\nRaison : plus de budget"
    )
    chat.presses("ana", "Annuler")
    assert chat.says("ana", "D-1").startswith("D-1 – en vigueur")


def test_ending_on_a_day_to_come_is_not_ending_today(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert "à revoir" in chat.says("ana", "D-1 prend fin le 31 décembre")
    assert chat.says("ana", "D-1").startswith("D-1 – en vigueur")


def test_a_member_changes_nothing_that_is_in_force(chat: Chat) -> None:
    chat.knows("ben")
    chat.says("ana", "/decision On achète local.", "pilotage")
    for rest in ("met fin", "modifie On achète loin.", "à revoir demain", "vote 3 pour", "tient"):
        assert chat.says("ben", f"D-1 {rest}") == "Pour D-1, ce choix revient à : ana."


def test_amending_keeps_the_words_of_before(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.says("ana", "D-1 modifie On achète bio.") == "D-1 dit maintenant : On achète bio."
    assert "avant : « On achète local. »" in chat.says("ana", "D-1")
    assert chat.says("ana", "D-1 modifie On achète bio.") == "C’est déjà ce que dit D-1."


def test_amending_to_nothing_is_refused(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    for rest in ("", "👍", "a" * 3001):
        chat.says("ana", f"D-1 modifie {rest}")
        assert "On achète local." in chat.says("ana", "D-1")


def test_words_after_a_reference_that_mean_nothing_get_an_example(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert "Par exemple : D-12 remplace D-4" in chat.says("ana", "D-1 danse")


def test_its_visibility_can_be_changed_by_who_settles(chat: Chat) -> None:
    chat.knows("ben")
    chat.says("ana", "/decision Le bureau déménage.", "bureau", private=True)
    assert chat.says("ana", "D-1 visible pour tout le réseau") == "D-1 : visible désormais pour tout le réseau."
    assert chat.says("ben", "D-1").startswith("D-1 – en vigueur")
    assert chat.says("ben", "D-1 visible coordination") == "Pour D-1, ce choix revient à : ana."
    chat.says("ana", "D-1 visible coordination")
    assert chat.says("ben", "D-1") == "Je ne trouve pas D-1 parmi ce que vous pouvez voir."
    assert chat.says("ana", "D-1 visible demain").startswith("Visible pour qui")


def test_what_the_coordination_alone_may_see_is_never_said_in_the_channel(chat: Chat) -> None:
    chat.knows("paul")
    chat.says("ana", "/filrouge instance Pilotage", "pilotage")
    chat.says("paul", "/decision On garde Vivalia, à revoir le 30 novembre", "pilotage")
    chat.says("ana", "D-1 visible coordinateurs")
    chat.says("ana", "D-1 confirme")
    chat.tick()
    chat.tick(chat.now.replace(day=30))
    assert not [text for text in chat.to("#pilotage") if "tient-elle" in text or "en vigueur" in text]
    assert any("tient-elle toujours" in text for text in chat.to("@ana"))


def test_a_proposal_that_its_author_takes_back_was_never_in_force(proposal: Chat) -> None:
    assert proposal.says("ben", "/decision annule D-1") == "La proposition D-1 est retirée : On achète local."
    assert proposal.says("ana", "D-1").startswith("D-1 – proposition retirée")
    assert proposal.presses("ana", "Confirmer") == "D-1 – proposition retirée."


def test_who_settles_declines_a_proposal_by_cancelling_it_and_its_author_hears_why(proposal: Chat) -> None:
    assert proposal.says("ana", "annule D-1 trop tôt") == "D-1 reste sans suite : On achète local.\nRaison : trop tôt"
    proposal.tick()
    assert "D-1 reste sans suite" in proposal.to("@ben")[-1]


def test_what_a_withdrawn_proposal_was_to_replace_stays(proposal: Chat) -> None:
    proposal.presses("ana", "Confirmer")
    proposal.says("ben", "/decision On achète bio, remplace D-1", "pilotage")
    proposal.says("ben", "retire D-2")
    assert "D-2" not in proposal.says("ana", "D-1").partition("\n")[0]


def test_a_mere_proposal_is_not_replaced_but_settled_first(proposal: Chat) -> None:
    proposal.says("ana", "/decision On achète belge.", "pilotage")
    assert proposal.says("ana", "d1 remplacée par d2") == (
        "D-1 n’est encore qu’une proposition : confirmez-la d’abord, ou laissez-la sans suite."
    )
    assert proposal.presses("ana", "Confirmer") == "D-1 est en vigueur : On achète local."
    assert proposal.says("ana", "d1 remplacée par d2").startswith("D-2 remplace D-1")


def test_who_may_not_settle_learns_who_confirms_first(proposal: Chat) -> None:
    proposal.says("ben", "/decision On achète bio.", "pilotage")
    assert proposal.says("ben", "d1 remplacée par d2") == (
        "D-1 n’est encore qu’une proposition : son remplacement se note une fois qu’elle est en vigueur.\n"
        "Confirmation attendue : ana."
    )


def test_a_proposal_that_will_replace_is_confirmed_from_the_answer(proposal: Chat) -> None:
    proposal.says("ana", "/decision On achète belge.", "pilotage")
    assert proposal.says("ana", "D-2 remplacée par D-1") == "D-1 remplacera D-2 dès sa confirmation."
    proposal.presses("ana", "Confirmer")
    assert proposal.says("ana", "D-2").startswith("D-2 – voir désormais D-1")
