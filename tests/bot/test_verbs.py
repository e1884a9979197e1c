"""How else a verb may be said: other forms, politeness before it, the reference after it."""

import pytest

from bot.phrases import _
from bot.verbs import Verb, asks_help, bare, more_refs, plainly, split_ref, spoken, turned
from tests.chat import Chat


def verb(*words: str, takes: str = "words") -> Verb:
    known = {"fr": words, "nl": ("uitstellen",), "de": ("verschieben",), "en": ("postpone",)}
    return Verb("postpone", known, _("Noted."), lambda: None, "words" if takes == "words" else "nothing")


@pytest.mark.parametrize(
    "line",
    ["reporter au 12", "reportez au 12", "Reportée au 12", "reportons au 12", "verschiebt au 12", "postponed au 12"],
)
def test_a_verb_is_known_in_its_other_forms(line: str) -> None:
    assert verb("reporter").matches(line) == "au 12"


def test_a_longer_word_is_another_one() -> None:
    assert verb("reporter").matches("reporteront demain") is None


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("je reporte à jeudi", "reporte à jeudi"),
        ("je l'ai reporté à jeudi", "reporté à jeudi"),
        ("est confirmée", "confirmée"),
        ("n'est pas fait", "pas fait"),
        ("la liste", "liste"),
        ("wordt uitgesteld", "uitgesteld"),
        ("je suis absent du 3 au 10", "absent du 3 au 10"),
        ("estime le budget", "estime le budget"),
    ],
)
def test_who_does_it_is_passed_over(line: str, plain: str) -> None:
    assert plainly(line) == plain


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("reporter E-2 au 12 janvier", "E-2 reporter au 12 janvier"),
        ("reporter l'engagement E-2 au 12 janvier", "E-2 reporter au 12 janvier"),
        ("je reporte E-2", "E-2 reporte"),
        ("le dossier E-2 est long", None),
        ("E-2 reporter", None),
        ("relire la note sur E-2", None),
    ],
)
def test_a_reference_may_follow_its_verb(line: str, said: str | None) -> None:
    assert turned(line, lambda letter: [verb("reporter")] if letter == "E" else []) == said


@pytest.mark.parametrize(
    ("line", "letter", "found"),
    [
        ("D-12 confirme", "", ("D", 12, "confirme")),
        ("d12", "", ("D", 12, "")),
        ("D 12", "", ("D", 12, "")),
        ("D12 confirme", "D", ("D", 12, "confirme")),
        ("D12 confirme", "E", None),
        ("A 3 heures, on ferme", "A", None),
        ("A4 en couleur", "D", None),
        ("D\u201112 confirme", "", ("D", 12, "confirme")),
    ],
)
def test_a_reference_is_known_with_and_without_its_dash(
    line: str, letter: str, found: tuple[str, int, str] | None
) -> None:
    assert split_ref(line, letter) == found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (": « Le groupe passe au mardi ».", "Le groupe passe au mardi."),
        ("“We meet on Tuesday.”", "We meet on Tuesday."),
        ("« Un », puis « deux »", "« Un », puis « deux »"),
        (":tada: fêter", ":tada: fêter"),
    ],
)
def test_a_colon_and_quotes_around_everything_are_not_kept(line: str, said: str) -> None:
    assert bare(line) == said


@pytest.mark.parametrize("line", ["aide", "Aide !", "?", "comment ça marche ?", "hoe werkt het?", "Hilfe!"])
def test_help_is_asked_in_many_ways(line: str) -> None:
    assert asks_help(line)


def test_help_of_one_command_is_asked_of_the_bot(chat: Chat) -> None:
    assert chat.says("ana", "/filrouge aide engagement").startswith("/engagement – ")
    assert "/decision – " in chat.says("ana", "/filrouge aide")


def test_a_partner_is_not_told_of_what_is_the_coordinators(chat: Chat) -> None:
    chat.knows("ana", "ben")
    assert "/filrouge démarrer" in chat.says("ana", "/filrouge aide")
    assert "/filrouge démarrer" not in chat.says("ben", "/filrouge aide")
    assert "/filrouge absent" in chat.says("ben", "/filrouge aide")


@pytest.mark.parametrize("name", ["decisions", "décisions", "DECISION", "engagements", "réunions"])
def test_the_name_of_a_command_may_be_plural(chat: Chat, name: str) -> None:
    assert "Je ne connais pas" not in chat.says("ana", f"/{name} liste")


@pytest.mark.parametrize("line", ["merci !", "Merci beaucoup", "bedankt", "Vielen Dank!"])
def test_thanks_get_no_list_of_commands(chat: Chat, line: str) -> None:
    chat.knows("ana")
    assert chat.says("ana", line) == "Avec plaisir."


def test_long_lines_are_soon_read() -> None:
    blank = " " * 40_000
    assert bare(f"« {blank} x") == f"« {blank} x"
    assert turned("fin de " * 6_000 + "D-3", lambda _letter: [verb("reporter")]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("E1 reporté au 12", "E-1 reporté au 12"),
        ("E 1 est reportée au 12", "E-1 est reportée au 12"),
        ("l'engagement E-1 est reporté", "E-1 est reporté"),
        ("Bonjour ! L’engagement e1 est reporté, merci.", "E-1 est reporté"),
        ("hallo, toezegging E1 uitstellen", "E-1 uitstellen"),
        ("meine Zusage E-1 bitte verschieben", "E-1 bitte verschieben"),
        ("où en est E-1 ?", "E-1"),
        ("E1 est reporté ?", "E-1"),
        ("E-1 et E-2 sont pareils ?", None),
        ("E 40 est fermée vers Namur", None),
        ("Z1 est reporté", None),
        ("merci", None),
        ("E-1 " + "mot " * 400, None),
    ],
)
def test_free_talk_of_one_record_is_a_line_about_it(text: str, said: str | None) -> None:
    assert spoken(text, lambda letter: [verb("reporter")] if letter == "E" else []) == said


def test_references_that_go_on_are_counted() -> None:
    assert more_refs("E", "et E-2, l'E3 sont faits") == ([2, 3], "sont faits")
    assert more_refs("E", "et D-2 sont faits") == ([], "et D-2 sont faits")


@pytest.mark.parametrize("said", ["E1 est faite", "/filrouge E-1 est faite", "l'engagement E1 est fait, merci !",
                                  "E1 is gedaan", "E 1 ist erledigt", "e1 is done"])  # fmt: skip
def test_a_commitment_is_done_in_free_talk(chat: Chat, said: str) -> None:
    chat.says("ana", "/engagement envoyer la carte")
    assert chat.says("ana", said) == "E-1, c’est fait : envoyer la carte. Merci !"


@pytest.mark.parametrize("said", ["la décision D1 est confirmée", "je confirme D1", "/filrouge D1 est confirmée",
                                  "beslissing D1 is bevestigd", "Beschluss D1 ist bestätigt",
                                  "D1 is confirmed"])  # fmt: skip
def test_a_decision_is_confirmed_in_free_talk(chat: Chat, said: str) -> None:
    chat.knows("ana", "ben")
    chat.says("ben", "/decision On achète local")
    assert chat.says("ana", said).startswith("D-1 est en vigueur : On achète local")


def test_several_at_once_are_undone_at_once(chat: Chat) -> None:
    for what in ("envoyer la carte", "réserver la salle", "relire la charte"):
        chat.says("ana", f"/engagement {what}")
    said = chat.says("ana", "E-1, E-2 et E3 sont faits")
    assert said.count("c’est fait") == 3
    chat.presses("ana", "Annuler")
    assert "E-2 réserver la salle" in chat.says("ana", "/engagement liste")


def test_each_of_several_keeps_its_own_buttons(chat: Chat) -> None:
    for what in ("envoyer la carte", "réserver la salle"):
        chat.says("ana", f"/engagement {what} pour le 10 décembre")
    said = chat.says("ana", "E-1 et E-2 sont reportés au 17 décembre")
    assert "E-1 passe" in said
    assert "E-2 passe" in said
    one, other = (label for label in chat.buttons if label != "Annuler")
    assert one == other
    chat.presses("ana", "Annuler")
    assert chat.says("ana", "/engagement liste").count("10 décembre") == 2


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("mes engagements", "Vos engagements, par date :\nE-1 envoyer la carte"),
        ("Que dois-je faire ?", "Vos engagements, par date :\nE-1 envoyer la carte"),
        ("wat moet ik nog doen?", "Vos engagements, par date :\nE-1 envoyer la carte"),
        ("tout est fait", "Vos engagements, par date :\nE-1 envoyer la carte"),
        ("quand est la prochaine réunion ?", "Aucune réunion n’est prévue."),
        ("Wann ist die nächste Sitzung?", "Aucune réunion n’est prévue."),
        ("qu'a-t-on décidé sur la carte ?", "Je ne trouve rien sur "),
        ("qui fait E-1 ?", "E-1 ana : envoyer la carte"),
        ("je serai absent vendredi", "Je m’absente"),
        ("ik ben met verlof volgende week", "Je m’absente"),
        ("En vacances, qui propose un groupe de parole à Arlon ?", "J’ai compris : "),
        ("quand se réunit le groupe de travail ?", "Aucune réunion n’est prévue."),
        ("Quand se réunit le groupe de parole pour ados ?", "J’ai compris : "),
        ("spreek Nederlands", "Mes préférences"),
        ("stop", "C’est noté : je ne vous envoie plus de rappels."),
        ("Bonjour !", "Bonjour ana. Voici ce que je peux faire pour vous."),
        ("E1 est faite ?", "E-1 ana : envoyer la carte"),
    ],
)
def test_what_is_asked_without_a_command_finds_its_command(chat: Chat, asked: str, answer: str) -> None:
    chat.says("ana", "/engagement envoyer la carte")
    assert chat.says("ana", asked).startswith(answer)


def test_a_verb_before_several_references_is_of_each(chat: Chat) -> None:
    chat.knows("ana", "ben")
    for text in ("On achète local", "On ouvre le jeudi"):
        chat.says("ben", f"/decision {text}")
    assert chat.says("ana", "je confirme D-1 et D-2").count("est en vigueur") == 2


@pytest.mark.parametrize(
    "said",
    [
        "n'est pas encore fait",
        "n’est toujours pas terminé",
        "is nog niet klaar",
        "ist noch nicht fertig",
        "is not done",
    ],
)
def test_what_is_not_done_yet_is_open_again(chat: Chat, said: str) -> None:
    chat.says("ana", "/engagement envoyer la carte")
    chat.says("ana", "E-1 c fini")
    assert chat.says("ana", f"E-1 {said}") == "E-1 est rouvert : envoyer la carte"
