"""/engagement however it is said: verbs, names, days and languages as people write them."""

import re
from datetime import date

import pytest

from storage import commitments, members
from storage.database import Origin
from storage.visibility import Visibility
from tests.chat import Chat, spaced
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("command", "line", "said"),
    [
        ("toezegging", "ik reserveer de zaal tegen vrijdag", "Genoteerd."),
        ("zusage", "ich reserviere den Raum bis Freitag", "Notiert."),
        ("commit", "I book the room by Friday", "Recorded:"),
    ],
)
def test_in_the_readers_language(net: Chat, command: str, line: str, said: str) -> None:
    with net.session(NOW) as session:
        marie = members.by_handle(session, "marie")
        assert marie is not None
        marie.language = {"toezegging": "nl", "zusage": "de", "commit": "en"}[command]
    assert net.says("marie", f"/{command} {line}").startswith(said)
    with net.database.session(net.network_id, Origin(NOW), reading=True) as session:
        row = commitments.by_number(session, 1)
        assert row is not None
        assert row.due_on == date(2026, 11, 27)
        assert row.visibility is Visibility.NETWORK


def test_words_for_a_day_that_nobody_knows_yet_are_named(net: Chat) -> None:
    told = net.says("ana", "/engagement j'envoie la note avant la prochaine réunion")
    assert told.startswith("C’est noté. E-1 ana : ")
    wanted = "Je ne sais pas encore quand tombe « prochaine réunion » : donnez-moi une date, par exemple « 12 juin »."
    assert wanted in spaced(told)
    assert "Fixer un jour" in net.buttons
    assert "quand tombe « vacances de Noël 2045 »" in spaced(
        net.says("ana", "/engagement E-1 reporte aux vacances de Noël 2045")
    )


@pytest.mark.parametrize(
    "promise", ["lister les besoins des partenaires", "liste des contacts à envoyer d'ici vendredi"]
)
def test_a_promise_that_begins_like_a_verb_is_kept(net: Chat, promise: str) -> None:
    assert net.says("ana", f"/engagement {promise}").startswith("C’est noté. E-1 ana : lis")


def test_a_misspelt_name_after_list_gets_the_nearest(net: Chat) -> None:
    assert "Les noms les plus proches" in net.says("ana", "/engagement liste Matilde")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("je m'engage à relancer les communes d'ici le 15 décembre", "relancer les communes"),
        ("moi : rédiger le PV pour le 15 décembre", "rédiger le PV"),
        ("« envoyer la liste aux partenaires » pour le 15 décembre", "envoyer la liste aux partenaires"),
    ],
)
def test_what_is_kept_is_what_will_be_done(net: Chat, line: str, kept: str) -> None:
    assert net.says("ana", f"/engagement {line}").startswith(
        f"C’est noté. E-1 ana : {kept} – pour le mardi 15 décembre"
    )


def test_a_day_said_first_hides_nobody(net: Chat) -> None:
    answer = net.says("ana", "/engagement le 3 décembre, @marie appelle la maison médicale")
    assert "Marie Dupont" in answer.partition(" : ")[0]
    assert "jeudi 3 décembre" in answer


def test_what_everybody_promises_is_asked_of_each(net: Chat) -> None:
    net.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    net.says("ben", "bonjour", "pilotage")
    net.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    assert net.says("ana", "/engagement nous tous relisons la charte pour le 10 décembre", "pilotage").startswith(
        "Qui s’en charge ?"
    )
    assert net.buttons == ["Chaque membre : Comité de pilotage", "C’est pour moi"]
    answer = net.presses("ana", "Chaque membre : Comité de pilotage")
    assert "ana et ben : nous tous relisons la charte – pour le jeudi 10 décembre" in answer


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("reporter d'une semaine", "vendredi 11 décembre"),
        ("je reporte de dix jours", "lundi 14 décembre"),
        ("uitgesteld met een week", "vendredi 11 décembre"),
        ("um zwei Wochen", ""),
        ("verschieben um zwei Wochen", "vendredi 18 décembre"),
        ("postponed by a week", "vendredi 11 décembre"),
    ],
)
def test_a_lapse_counts_from_the_day_it_has(net: Chat, said: str, day: str) -> None:
    net.says("ana", "/engagement relancer les communes pour le 4 décembre")
    answer = net.says("ana", f"/engagement E-1 {said}")
    assert f"au {day}." in answer if day else answer.startswith("Je ne comprends pas")


@pytest.mark.parametrize("said", ["fait E-1", "E-1 est fait !", "e1 c'est fait", "j'ai fini E-1", "E-1 ok"])
def test_it_is_done_however_it_is_said(net: Chat, said: str) -> None:
    net.says("ana", "/engagement relancer les communes pour le 4 décembre")
    net.says("ana", f"/engagement {said}")
    assert "déjà" in net.says("ana", "/engagement E-1 fait")


def test_the_body_is_named_by_its_channel(net: Chat) -> None:
    net.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    net.says("ana", "/engagement relancer les communes pour le 4 décembre", "pilotage")
    assert net.says("ana", "/engagement liste pilotage").startswith("Comité de pilotage, par date :")


@pytest.mark.parametrize("said", ["@marie et moi préparons la salle", "moi et @marie préparons la salle"])
def test_one_may_name_oneself_among_others(net: Chat, said: str) -> None:
    answer = net.says("ana", f"/engagement {said} pour le 4 décembre")
    assert answer.startswith("C’est noté. E-1 ")
    who, _colon, what = answer.removeprefix("C’est noté. E-1 ").partition(" : ")
    assert sorted(who.split(" et ")) == ["Marie Dupont", "ana"]
    assert what.startswith("préparons la salle – pour le vendredi 4 décembre")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/toezegging wij sturen de lijst op 3 december", "E-1 ana : wij sturen de lijst – pour le jeudi 3 décembre"),
        (
            "/zusage ich schicke das Protokoll bis Ende November",
            "ich schicke das Protokoll – pour le lundi 30 novembre",
        ),
    ],
)
def test_a_command_named_in_another_language_is_read_in_it(net: Chat, line: str, told: str) -> None:
    assert told in net.says("ana", line)


def test_a_dutch_verb_in_two_parts(net: Chat) -> None:
    net.says("ana", "/toezegging wij sturen de lijst op 3 december")
    assert "au jeudi 10 décembre" in net.says("ana", "/toezegging stel E-1 uit tot 10 december")
    assert "retiré" in net.says("ana", "/toezegging E-1 wordt ingetrokken")


def test_each_of_several_owners_reads_with_whom(net: Chat) -> None:
    net.says("ana", "/engagement @marie et @paul préparent l'affiche pour le 15 décembre")
    net.tick()
    assert "E-1 préparent l'affiche – pour le mardi 15 décembre\nAvec Paul Henry." in net.to("@marie")[-1]
    assert "Avec Marie Dupont." in net.to("@paul")[-1]


@pytest.mark.parametrize("said", ["@tous relisez la charte", "tout le monde relit la charte", "@all read the charter"])
def test_nobody_in_particular_is_asked_who(net: Chat, said: str) -> None:
    assert net.says("ana", f"/engagement {said} pour le 10 décembre").startswith("Qui s’en charge ?")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/engagement je relance Vivalia pour vendredi", "relancer Vivalia"),
        ("/engagement Moi : j'appelle les communes pour vendredi", "appeler les communes"),
        ("/engagement je m'occupe de la salle pour vendredi", "s'occuper de la salle"),
        ("/engagement nous relançons Vivalia pour vendredi", "nous relançons Vivalia"),
        ("/engagement on relance Vivalia pour vendredi", "on relance Vivalia"),
        ("/engagement @luc envoie la note pour vendredi", "envoie la note"),
        ("/commit I'll call Vivalia by Friday", "call Vivalia"),
        ("/toezegging ik zal de nota sturen tegen vrijdag", "de nota sturen"),
        ("/toezegging ik stuur de nota tegen vrijdag", "ik stuur de nota"),
        ("/zusage ich schicke die Einladung bis Freitag", "ich schicke die Einladung"),
    ],
)
def test_what_one_says_of_oneself_stands_beside_ones_name(net: Chat, said: str, kept: str) -> None:
    assert re.search(rf"E-1 (Marie Dupont|Luc Petit) : {re.escape(kept)} – ", net.says("marie", said))


def test_the_words_themselves_stay_with_the_record(net: Chat) -> None:
    net.says("marie", "/engagement je relance Vivalia pour vendredi")
    assert net.says("ana", "E-1").endswith("Dans ses mots : « je relance Vivalia »")
    net.says("marie", "/engagement @luc envoie la note pour vendredi")
    assert "Dans ses mots" not in net.says("ana", "E-2")


@pytest.mark.parametrize("said", ["E-1 to 4 December", "E-1 pour vendredi 4 décembre", "E-1 aan 4 december"])
def test_a_day_is_nobody_to_hand_it_over_to(net: Chat, said: str) -> None:
    net.says("marie", "/engagement je réserve la salle pour vendredi")
    assert "vendredi 4 décembre" in net.says("marie", said)


@pytest.mark.parametrize("said", ["E-1 doch nicht fertig", "E-1 toch niet klaar", "E-1 is not done yet"])
def test_what_was_not_done_after_all_is_open_again(net: Chat, said: str) -> None:
    net.says("marie", "/engagement je réserve la salle pour vendredi")
    net.says("marie", "E-1 fait")
    assert net.says("marie", said) == "E-1 est rouvert : réserver la salle"


@pytest.mark.parametrize("said", ["liste semaine", "liste de la semaine", "liste cette semaine", "semaine"])
def test_the_week_is_listed(chat: Chat, said: str) -> None:
    assert chat.says("ana", f"/engagement {said}") == "Rien n’est prévu cette semaine."


@pytest.mark.parametrize(
    "talk",
    [
        "E-1 sera fait demain",
        "E-1 fait suite à la réunion de mai",
        "E-1 fait ou pas",
        "on a fait E-1 à moitié",
        "annuler E-1 serait une erreur",
        "abandonner E-1 n'est pas une option",
        "E-1 klaar tegen vrijdag",
        "E-1 done by Friday",
        "/engagement E-1 terminé d'ici vendredi",
    ],
)
def test_talk_about_a_commitment_changes_nothing_and_shows_it(net: Chat, talk: str) -> None:
    net.says("marie", "/engagement j'envoie la note pour le 12 décembre")
    assert net.says("marie", talk).startswith("E-1 Marie Dupont : envoyer la note")
    assert "Fait" in net.buttons
    with net.database.session(net.network_id, Origin(NOW), reading=True) as session:
        row = commitments.by_number(session, 1)
        assert row is not None
        assert row.alive
