"""`/decision`, as people speak to it."""

from tests.chat import Chat


def test_a_line_is_enough(chat: Chat) -> None:
    assert chat.says("ana", "/decision On achète local.") == "D-1 enregistrée : On achète local."


def test_the_review_day_is_read_from_the_sentence_and_echoed(chat: Chat) -> None:
    answer = chat.says("ana", "/decision On retient Vivalia pour l'accueil, à revoir le 1er mars", "pilotage")
    assert answer == "D-1 enregistrée : On retient Vivalia pour l'accueil\nÀ revoir le lundi 1er mars."


def test_without_words_the_form_opens_and_records(chat: Chat) -> None:
    chat.says("ana", "/decision")
    assert chat.submits("ana", {"text": "On achète local.", "review_on": "fin mai"}) == (
        "D-1 enregistrée : On achète local.\nÀ revoir le lundi 31 mai."
    )


def test_what_a_member_records_is_proposed_until_an_officer_confirms(chat: Chat) -> None:
    chat.says("ana", "/filrouge")
    assert chat.says("ben", "/decision On achète local.", "pilotage") == (
        "D-1 proposée : On achète local.\nConfirmation attendue : ana."
    )
    assert chat.says("ana", "/decision D-1 confirme", "pilotage") == "D-1 est en vigueur : On achète local."


def test_a_line_can_be_undone(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.presses("ana", "Annuler") == ""
    assert chat.says("ana", "/decision liste") == "Rien n’est encore en vigueur."
