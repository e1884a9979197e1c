"""`/decision`, as people speak to it."""

import pytest

from tests.chat import Chat

NOT_RECORDED = "Rien n’est encore en vigueur."


def test_a_line_is_enough(chat: Chat) -> None:
    assert chat.says("ana", "/decision On achète local.") == "D-1 enregistrée : On achète local."


def test_the_review_day_is_read_from_the_sentence_and_echoed(chat: Chat) -> None:
    answer = chat.says("ana", "/decision On retient Vivalia pour l'accueil, à revoir le 1er mars", "pilotage")
    assert answer == "D-1 enregistrée : On retient Vivalia pour l'accueil\nÀ revoir le lundi 1er mars."


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/beslissing We kiezen Vivalia, te herzien op 1 maart", "We kiezen Vivalia\nÀ revoir le lundi 1er mars."),
        ("/beschluss Wir wählen Vivalia, am 1. März zu überprüfen", "Wir wählen Vivalia\nÀ revoir le lundi 1er mars."),
        ("/decide We keep Vivalia, review on 7 December", "We keep Vivalia\nÀ revoir le lundi 7 décembre."),
    ],
)
def test_each_language_has_its_name_and_its_words_for_a_review(chat: Chat, line: str, answer: str) -> None:
    assert chat.says("ana", line) == f"D-1 enregistrée : {answer}"


def test_without_words_the_form_opens_and_records(chat: Chat) -> None:
    chat.says("ana", "/decision")
    assert chat.submits("ana", {"text": "On achète local.", "review_on": "fin mai"}) == (
        "D-1 enregistrée : On achète local.\nÀ revoir le lundi 31 mai."
    )


def test_a_form_sent_twice_records_once(chat: Chat) -> None:
    chat.says("ana", "/decision")
    post_id = chat.seen[-1].post_id
    for _again in range(2):
        chat.local.submits("ana", post_id, {"text": "On achète local."}, chat.now, event_id="view-1")
    assert "1 en vigueur" in chat.says("ana", "/decision liste")


def test_a_past_day_stays_in_the_form(chat: Chat) -> None:
    chat.says("ana", "/decision")
    answer = chat.submits("ana", {"text": "On achète local.", "review_on": "2020-03-01"})
    assert "est déjà passé. Quelle date à venir dois-je noter ?" in answer
    assert chat.says("ana", "/decision liste") == NOT_RECORDED


def test_a_decision_of_last_week_keeps_its_day(chat: Chat) -> None:
    chat.says("ana", "/decision")
    chat.submits("ana", {"text": "On achète local.", "decided_on": "2026-11-16"})
    assert "lundi 16 novembre" in chat.says("ana", "D-1")


def test_a_review_day_in_the_past_is_asked_about_not_guessed(chat: Chat) -> None:
    answer = chat.says("ana", "/decision On achète local, à revoir le 1er mars 2020")
    assert "Je ne vois pas de date à venir dans « à revoir le 1er mars 2020 »" in answer
    chat.presses("ana", "Un autre jour")
    assert chat.submits("ana", {"on": "1er mars"}) == "D-1 sera à revoir le lundi 1er mars."


def test_the_body_comes_from_the_channel_or_from_the_words(chat: Chat) -> None:
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.says("ana", "/decision On achète local.", "pilotage")
    chat.says("ana", "/decision Comité de pilotage : On achète bio.")
    assert "Comité de pilotage : 2 en vigueur" in chat.says("ana", "/decision liste", "pilotage")


def test_it_may_say_what_it_replaces(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.says("ana", "/decision On achète bio, remplace D-1") == (
        "D-2 enregistrée : On achète bio\nRemplace D-1."
    )
    assert chat.says("ana", "D-1").startswith("D-1 – voir désormais D-2")


def test_a_question_is_answered_not_recorded(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.says("ana", "/decision Qu'a-t-on décidé sur l'achat local ?").startswith("D-1 – en vigueur")
    assert "1 en vigueur" in chat.says("ana", "/decision liste")


def test_a_message_pointed_at_keeps_its_link_and_its_words(chat: Chat) -> None:
    chat.says("ben", "Bon, on achète local, tout le monde est d'accord", "pilotage")
    chat.points("ana", "achète local", "decide")
    chat.submits("ana", {"text": "On achète local."})
    assert "Source : « Bon, on achète local, tout le monde est d'accord »" in chat.says("ana", "D-1")


def test_it_can_be_undone(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    chat.presses("ana", "Annuler")
    assert chat.says("ana", "/decision liste") == NOT_RECORDED


@pytest.mark.parametrize("words", ["🎉🎉", ":tada: :tada:", "…", "123"])
def test_without_words_there_is_nothing_to_keep(chat: Chat, words: str) -> None:
    assert chat.says("ana", f"/decision {words}").startswith("Rien n’est encore noté : dites-moi en une phrase")
    assert chat.says("ana", "/decision liste") == NOT_RECORDED


def test_a_whole_document_is_not_a_decision(chat: Chat) -> None:
    answer = chat.says("ana", "/decision " + "mot " * 10_000)
    assert answer.startswith("Cela fait 39999 caractères, et j’en garde 3000 au plus")
    assert chat.says("ana", "/decision liste") == NOT_RECORDED


def test_what_looks_like_a_mention_stays_words(chat: Chat) -> None:
    words = "On suit <!channel> @all <https://x.test|ici> *gras* ```bloc```"
    assert chat.says("ana", f"/decision {words}", "pilotage") == f"D-1 enregistrée : {words}"


def test_a_reference_that_is_not_there_is_said_so(chat: Chat) -> None:
    assert chat.says("ana", "/decision D-99 met fin") == "Je ne trouve pas D-99 parmi ce que vous pouvez voir."


def test_a_private_channel_keeps_its_decisions(chat: Chat) -> None:
    chat.knows("ben")
    chat.says("ana", "/decision Le bureau déménage.", "bureau", private=True)
    assert chat.says("ben", "D-1") == "Je ne trouve pas D-1 parmi ce que vous pouvez voir."
    assert chat.says("ben", "/decision cherche bureau").startswith("Je ne trouve rien")
    assert chat.says("ben", "/decision liste") == NOT_RECORDED
    assert "Le bureau déménage." in chat.says("ana", "D-1")


@pytest.mark.parametrize(
    "sentence",
    [
        "Confirmer le budget 2027 auprès du SPF",
        "Confirmer que D-1 vaut aussi pour Bastogne",
        "Liste d'attente commune dès janvier",
    ],
)
def test_a_sentence_that_begins_like_a_verb_is_kept(chat: Chat, sentence: str) -> None:
    chat.says("ana", "/decision On achète local")
    assert chat.says("ana", f"/decision {sentence}") == f"D-2 enregistrée : {sentence}"


def test_the_list_of_a_body_from_elsewhere(chat: Chat) -> None:
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.says("ana", "/decision On achète local", "pilotage")
    chat.says("ana", "/decision On ouvre le jeudi")
    listed = chat.says("ana", "/decision liste comite de pilotage")
    assert listed.startswith("Comité de pilotage : 1 en vigueur")
    assert "jeudi" not in listed


def test_several_are_confirmed_with_words_between(chat: Chat) -> None:
    for text in ("On achète local", "On ouvre le jeudi"):
        chat.says("paul", f"/decision {text}")
    said = chat.says("ana", "/decision confirme la décision D-1 et D-2")
    assert said.count("est en vigueur") == 2


def test_the_verb_may_come_first(chat: Chat) -> None:
    chat.says("ana", "/decision On achète local.")
    chat.says("ana", "/decision On achète bio.")
    assert chat.says("ana", "/decision D-1 est remplacée par D-2").startswith("D-2 remplace D-1")
    chat.presses("ana", "Annuler")
    assert chat.says("ana", "/decision remplacer D-1 par D-2").startswith("D-2 remplace D-1")
    assert chat.says("ana", "/decision mettre fin à la décision D-2").startswith("D-2")
    assert "D-3" not in chat.says("ana", "/decision liste")


@pytest.mark.parametrize("said", ["lister", "la liste", "liste des décisions", "en vigueur", "liste en vigueur"])
def test_the_list_is_asked_for_in_many_ways(chat: Chat, said: str) -> None:
    chat.says("ana", "/decision On achète local.")
    assert chat.says("ana", f"/decision {said}").startswith("1 en vigueur")


@pytest.mark.parametrize("said", ["d1", "D 1", "D-1 historique", "historique D-1", "montre D-1"])
def test_a_record_is_shown_however_it_is_named(chat: Chat, said: str) -> None:
    chat.says("ana", "/decision On achète local.")
    assert "On achète local." in chat.says("ana", f"/decision {said}")
    assert chat.says("ana", "/decision liste").startswith("1 en vigueur")


def test_what_it_becomes_is_not_what_becomes_of_it(chat: Chat) -> None:
    chat.says("ana", "/beslissing We kopen lokaal.")
    chat.says("ana", "/beslissing We kopen bio.")
    assert chat.says("ana", "/beslissing D-1 wordt vervangen door D-2").startswith("D-2 remplace D-1")
    assert "We kopen biologisch." in chat.says("ana", "/beslissing D-2 wordt: We kopen biologisch.")
    assert "n’est plus en vigueur" in chat.says("ana", "/beslissing D-2 wordt ingetrokken")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("bonjour", "Bonjour ! Rien n’est encore noté : "),
        (":wave: Bonjour à tous !", "Bonjour ! Rien n’est encore noté : "),
        ("goedemorgen", "Bonjour ! Rien n’est encore noté : "),
        ("guten Tag zusammen", "Bonjour ! Rien n’est encore noté : "),
        ("hello everyone", "Bonjour ! Rien n’est encore noté : "),
        ("ok merci 🙏", "Avec plaisir. Rien n’est encore noté : "),
        ("vielen Dank", "Avec plaisir. Rien n’est encore noté : "),
        ("dank u wel", "Avec plaisir. Rien n’est encore noté : "),
        ("OK", "Rien n’est encore noté : "),
        ("test test", "Rien n’est encore noté : "),
    ],
)
def test_a_greeting_is_answered_not_recorded(chat: Chat, words: str, answer: str) -> None:
    said = chat.says("ana", f"/decision {words}")
    assert said.startswith(answer)
    assert said.endswith("Par exemple : /decision On retient Vivalia pour l'accueil, à revoir le 1er mars")
    assert chat.says("ana", "/decision liste") == NOT_RECORDED


def test_one_word_recalls_what_was_decided_and_can_be_completed(chat: Chat) -> None:
    assert "Par exemple : " in chat.says("ana", "/decision Vivalia")
    assert chat.says("ana", "/decision liste") == NOT_RECORDED
    chat.says("ana", "/decision On retient Vivalia pour l'accueil")
    said = chat.says("ana", "/decision Vivalia")
    assert said.startswith("« Vivalia » à lui seul ne dit pas ce qui a été décidé : je n’ai rien noté.")
    assert "D-1 On retient Vivalia pour l'accueil" in said
    chat.presses("ana", "Compléter")
    assert chat.form.fields[0].value == "Vivalia"
    assert chat.submits("ana", {"text": "Vivalia assure l'accueil."}) == "D-2 enregistrée : Vivalia assure l'accueil."


@pytest.mark.parametrize("label", ["Décision :", "décision:", "Beslissing:", "Beschluss :"])
def test_that_it_is_a_decision_needs_no_saying(chat: Chat, label: str) -> None:
    assert chat.says("ana", f"/decision {label} On achète local.") == "D-1 enregistrée : On achète local."


def test_what_a_decision_puts_an_end_to_is_not_the_decision(chat: Chat) -> None:
    chat.says("ana", "/decision On retient Vivalia pour l'accueil")
    assert chat.says("ana", "D-1 met fin à nos soucis").startswith("D-1 – en vigueur")
