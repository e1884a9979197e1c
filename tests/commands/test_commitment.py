"""/engagement as a dialogue: what is said, what is answered, and who is written to."""

from datetime import UTC, datetime

import pytest

from storage import commitments, members
from storage.commitments import Status
from storage.database import Origin
from tests.chat import Chat, spaced
from tests.commands.conftest import status
from tests.conftest import NOW


def test_a_line_is_enough(net: Chat) -> None:
    assert net.says("ana", "/engagement @marie envoie la cartographie d'ici fin mai") == (
        "C’est noté. E-1 Marie Dupont : envoie la cartographie – pour le lundi 31 mai, pas encore accepté\n"
        "Je le propose en privé à Marie Dupont. "
        "En attendant la réponse, vous et la coordination êtes seuls à le voir aussi."
    )
    assert net.buttons == ["Corriger le jour", "Annuler"]


def test_it_is_proposed_in_private_and_accepted(net: Chat) -> None:
    net.says("ana", "/engagement @marie envoie la cartographie d'ici fin mai")
    assert net.tick() == [
        (
            "@marie: ana vous propose un engagement\n"
            "E-1 envoie la cartographie – pour le lundi 31 mai\n"
            "Cela vous convient-il ?"
        )
    ]
    assert net.buttons == ["Accepter", "Un autre jour", "Pas pour moi"]
    assert "cartographie" not in net.says("paul", "E-1")
    net.presses("marie", "Accepter")
    assert net.to("@marie")[-1] == (
        "Merci, c’est noté : E-1 envoie la cartographie – pour le lundi 31 mai\n"
        "Je vous le rappellerai à temps. Une fois que c’est fait : E-1 fait."
    )
    assert net.tick() == ["@ana: Marie Dupont s’en charge : E-1 envoie la cartographie – pour le lundi 31 mai"]
    assert "cartographie" in net.says("paul", "E-1")


def test_it_is_refused_with_a_word(net: Chat) -> None:
    net.says("ana", "/engagement @marie envoie la cartographie d'ici fin mai")
    net.tick()
    net.presses("marie", "Pas pour moi")
    assert net.form.title == "Pas pour moi"
    net.submits("marie", {"reason": "Je suis en congé."})
    assert status(net, 1) is Status.REFUSED
    assert net.tick() == [
        (
            "@ana: Marie Dupont ne s’en charge pas : E-1 envoie la cartographie – pour le lundi 31 mai\n"
            "« Je suis en congé. »"
        )
    ]


def test_another_day_is_an_acceptance_with_that_day(net: Chat) -> None:
    net.says("ana", "/engagement @marie envoie la cartographie d'ici fin mai")
    net.tick()
    net.presses("marie", "Un autre jour")
    net.submits("marie", {"day": "12 juin"})
    assert status(net, 1) is Status.OPEN
    assert net.tick() == ["@ana: Marie Dupont s’en charge : E-1 envoie la cartographie – pour le samedi 12 juin"]


def test_what_i_promise_is_mine_at_once(net: Chat) -> None:
    said = net.says("marie", "/engagement je réserve la salle pour vendredi", "pilotage")
    assert said == "C’est noté. E-1 Marie Dupont : réserver la salle – pour le vendredi 27 novembre"
    assert status(net, 1) is Status.OPEN
    assert net.tick() == []


def test_an_organisation_promises_through_whoever_accepts_for_it(net: Chat) -> None:
    net.says("ana", "/engagement CPAS d'Arlon : transmettre la liste d'ici le 15 décembre")
    assert sorted(message.partition(":")[0] for message in net.tick()) == ["@luc", "@marie"]
    net.presses("luc", "Accepter")
    net.tick()
    assert net.says("ana", "E-1").startswith("E-1 Luc Petit : transmettre la liste")


def test_an_organisation_with_nobody_here_gets_a_text_ready_to_send(net: Chat) -> None:
    net.says("ana", "/engagement Vivalia transmet la liste pour le 4 décembre")
    assert net.tick() == [
        (
            "@ana: Vivalia (info@vivalia.example) n’a encore personne ici. Voici un texte prêt à lui envoyer :\n"
            "Bonjour, Vivalia pourrait-il s’en charger ? « transmet la liste » – pour le vendredi 4 décembre. "
            "Cela vous convient-il, ou préférez-vous une autre date ?"
        )
    ]


def test_several_owners_and_a_deputy(net: Chat) -> None:
    said = net.says("ana", "/engagement Marie et Paul préparent la salle pour le 12 décembre (suppléant : @luc)")
    assert said.startswith("C’est noté. E-1 Marie Dupont et Paul Henry : préparent la salle")
    assert "Suppléance : Luc Petit" in net.says("ana", "E-1")


def test_an_unknown_name_gets_the_nearest_ones(net: Chat) -> None:
    assert net.says("ana", "/engagement Anna envoie la note vendredi").startswith(
        "Je ne connais pas « Anna » ici.\nLes noms les plus proches : "
    )
    net.presses("ana", "Anne Grand")
    assert net.says("ana", "E-1").startswith("E-1 Anne Grand : envoie la note")


def test_a_first_name_that_two_go_by_is_asked(net: Chat) -> None:
    with net.session(NOW) as session:
        members.record(session, name="Anne Petit", handle="annep", external_id="annep")
    assert net.says("ana", "/engagement Anne envoie la note vendredi") == (
        "Je ne connais pas « Anne » ici.\nLes noms les plus proches : Anne Grand, Anne Petit et ana."
    )


def test_two_readings_two_buttons(net: Chat) -> None:
    said = net.says("ana", "/engagement @marie rappelle la commune vendredi prochain")
    assert said.endswith("Je ne suis pas sûr du jour : lequel est le bon ?")
    assert net.buttons == ["vendredi 27 novembre", "vendredi 4 décembre", "Annuler"]
    # Nobody is asked while the day is being chosen.
    assert net.tick() == []
    net.presses("ana", "vendredi 4 décembre")
    assert net.tick() == [
        (
            "@marie: ana vous propose un engagement\nE-1 rappelle la commune – pour le vendredi 4 décembre\n"
            "Cela vous convient-il ?"
        )
    ]
    net.later(minutes=30)
    assert net.tick() == []


def test_a_day_that_has_just_passed_is_questioned(net: Chat) -> None:
    said = net.says("ana", "/engagement @marie envoie la liste pour le 10 novembre")
    assert "pour le mercredi 10 novembre 2027" in said
    assert said.endswith(
        "Ce jour vient de passer : j’ai pris celui de l’an prochain. Corrigez-le s’il s’agit d’un autre."
    )
    assert net.buttons == ["Corriger le jour", "Annuler"]


def test_when_nobody_chooses_the_nearer_day_is_proposed(net: Chat) -> None:
    net.says("ana", "/engagement @marie rappelle la commune vendredi prochain")
    net.later(minutes=11)
    assert "pour le vendredi 27 novembre" in net.tick()[0]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("🎉🎉", "Rien n’est encore noté : dites-moi qui fera quoi, pour quand."),
        (":tada: :tada:", "Rien n’est encore noté : dites-moi qui fera quoi, pour quand."),
        ("x " * 20000, "Cela fait 39999 caractères, et un engagement en compte 3000 au plus"),
        ("envoyer la note pour le 15 octobre 2026", "Le jeudi 15 octobre est déjà passé."),
        ("@zoe envoie la note", "Je ne connais pas « @zoe » ici."),
    ],
    ids=["emoji", "emoji by name", "a whole document", "a past day", "nobody"],
)
def test_what_makes_no_sense_gets_a_friendly_line(net: Chat, line: str, answer: str) -> None:
    assert net.says("ana", f"/engagement {line}").startswith(answer)
    with net.database.session(net.network_id, Origin(NOW), reading=True) as session:
        assert commitments.by_number(session, 1) is None


def test_without_words_the_form_opens(net: Chat) -> None:
    net.says("ana", "/engagement", "pilotage")
    assert net.form.title == "Noter un engagement"
    net.submits("ana", {"text": "envoyer le PV", "owner": "@marie, CPAS d'Arlon", "due": "le 3 mai 2020"})
    assert spaced(net.form.errors["due"]) == (
        "Le dimanche 3 mai 2020 est déjà passé. Quelle date à venir dois-je noter ?"
    )
    net.submits("ana", {"text": "envoyer le PV", "owner": "@marie", "due": "vendredi en huit"})
    shown = net.says("ana", "E-1")
    assert "pour le vendredi 4 décembre" in shown
    assert "Comité de pilotage" in shown


def test_a_message_somebody_points_at_becomes_one(net: Chat) -> None:
    net.says("marie", "je m'occupe des invitations pour le 10 décembre", "pilotage")
    net.points("ana", "invitations", "commit")
    net.submits("ana", {"owner": "@marie"})
    assert "pour le jeudi 10 décembre" in net.says("ana", "E-1")


def open_one(chat: Chat) -> None:
    chat.says("marie", "/engagement j'envoie la cartographie pour le 15 janvier")
    chat.tick()


@pytest.mark.parametrize("line", ["E-1 fait", "/engagement E-1 fait", "e-1 terminée", "E-1 c'est fait", "E-1 clôturer"])
def test_done_in_the_words_people_use(net: Chat, line: str) -> None:
    open_one(net)
    assert net.says("marie", line) == "E-1, c’est fait : envoyer la cartographie. Merci !"
    assert status(net, 1) is Status.DONE
    assert net.says("marie", "E-1 fait") == "E-1 est déjà fait, depuis le lundi 23 novembre."


def test_undo_brings_it_back_with_its_reminders(net: Chat) -> None:
    open_one(net)
    net.says("marie", "E-1 fait")
    net.presses("marie", "Annuler")
    assert status(net, 1) is Status.OPEN
    appeared = net.tick(datetime(2027, 1, 8, 7, 30, tzinfo=UTC))
    assert appeared == [
        (
            "@marie: Bonjour Marie, un rappel de ce qui approche :\n"
            "E-1 envoyer la cartographie – pour le vendredi 15 janvier"
        )
    ]


def test_postponed_with_its_history(net: Chat) -> None:
    open_one(net)
    assert net.says("marie", "E-1 reporte au 12 février") == (
        "E-1 passe du vendredi 15 janvier au vendredi 12 février. Je garde la trace des deux."
    )
    assert net.says("marie", "E-1 reporte au 12 mars 2024") == (
        "Le mardi 12 mars 2024 est déjà passé. Quelle date à venir dois-je noter ?"
    )
    assert "Le jour a changé une fois :\ndu vendredi 15 janvier au vendredi 12 février" in net.says("marie", "E-1")


def test_postponed_to_an_hour_of_a_day(net: Chat) -> None:
    open_one(net)
    assert (
        net.says("marie", "E-1 reporte au 12 février à 14h") == "E-1 est maintenant pour le vendredi 12 février à 14h."
    )
    assert net.says("marie", "E-1 reporte au 12 février à 16h30") == (
        "E-1 est maintenant pour le vendredi 12 février à 16h30."
    )


def test_handed_over_when_the_other_accepts(net: Chat) -> None:
    open_one(net)
    assert net.says("marie", "E-1 à @paul") == (
        "Je propose E-1 à Paul Henry, en privé. D’ici son accord, rien ne change."
    )
    assert net.tick()[0].startswith("@paul: Marie Dupont vous propose un engagement")
    assert net.says("ana", "E-1").startswith("E-1 Marie Dupont : envoyer la cartographie")
    net.presses("paul", "Accepter")
    assert net.tick() == ["@marie: Paul Henry s’en charge : E-1 envoyer la cartographie – pour le vendredi 15 janvier"]
    assert net.says("ana", "E-1").startswith("E-1 Paul Henry")


def test_handed_over_and_declined_stays_where_it_was(net: Chat) -> None:
    open_one(net)
    net.says("marie", "E-1 à @paul")
    net.tick()
    net.says("paul", "E-1 refuse, trop de travail")
    assert [message.partition(":")[0] for message in net.tick()] == ["@ana", "@marie"]
    assert net.says("ana", "E-1").startswith("E-1 Marie Dupont")
    assert status(net, 1) is Status.OPEN


def test_withdrawn_and_help_wanted(net: Chat) -> None:
    open_one(net)
    assert net.says("marie", "E-1 besoin d'aide : il me manque les adresses").startswith("C’est noté : un coup de main")
    assert net.tick() == [
        (
            "@ana: Marie Dupont souhaite un coup de main : E-1 envoyer la cartographie – pour le vendredi 15 janvier\n"
            "« il me manque les adresses »"
        )
    ]
    assert net.says("marie", "E-1 retire") == "E-1 est retiré : envoyer la cartographie"
    assert net.tick(datetime(2027, 1, 20, 9, tzinfo=UTC)) == []


def test_someone_elses_is_left_alone(net: Chat) -> None:
    open_one(net)
    for line in ("E-1 fait", "E-1 reporte au 12 juin", "E-1 à @anne", "E-1 retire"):
        assert net.says("paul", line) == (
            "E-1 revient à Marie Dupont : seules ces personnes, leur suppléance ou la coordination peuvent le modifier."
            " Je n’ai rien changé."
        )
    assert status(net, 1) is Status.OPEN
    assert net.says("luc", "E-1 fait").startswith("E-1, c’est fait")


def test_a_private_channel_keeps_its_commitments(net: Chat) -> None:
    net.says("ana", "/engagement je revois la convention pour le 10 décembre", "bureau", private=True)
    net.tick()
    assert "convention" not in net.says("paul", "E-1")
    assert "convention" not in net.says("paul", "/engagement liste tout")
    net.says("ana", "/engagement @paul relit la convention pour le 10 décembre", "bureau")
    net.tick()
    assert "relit la convention" in net.says("paul", "E-2")
    assert "relit la convention" in net.says("paul", "/engagement liste")


def test_lists_by_person_partner_body_and_week(net: Chat) -> None:
    net.says("marie", "/engagement je réserve la salle pour jeudi", "pilotage")
    net.says("luc", "/engagement j'invite les communes pour le 15 janvier")
    assert net.says("marie", "/engagement liste") == (
        "Vos engagements, par date :\nE-1 réserver la salle – pour le jeudi 26 novembre"
    )
    for line in ("liste Marie", "liste @marie", "liste Comité de pilotage", "cette semaine", "liste cette semaine"):
        said = net.says("paul", f"/engagement {line}")
        assert "E-1 Marie Dupont : réserver la salle – pour le jeudi 26 novembre" in said
        assert "E-2" not in said
    assert "E-2" in net.says("paul", "/engagement liste CPAS")
    assert net.says("paul", "/engagement liste") == "Vous n’avez pas d’engagement en cours."
    assert net.says("paul", "/engagement liste Zorglub") == "Je ne connais pas « Zorglub » ici."


def test_what_is_late_is_for_its_owner_and_the_coordinator(net: Chat) -> None:
    net.says("marie", "/engagement je réserve la salle pour jeudi", "pilotage")
    net.tick(datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert net.says("paul", "/engagement en retard") == "Rien n’est en retard."
    assert "E-1" in net.says("marie", "/engagement en retard")
    assert net.says("ana", "/engagement en retard").endswith(
        "E-1 Marie Dupont : réserver la salle – pour le jeudi 26 novembre"
    )
    assert net.buttons == ["Relancer", "Fait", "Un autre jour", "Ne plus relancer"]
    net.presses("ana", "Relancer")
    net.submits("ana", {"how": "private", "note": "Puis-je aider ?"})
    assert net.tick() == [
        (
            "@marie: Où en est-on pour E-1, « réserver la salle », prévu pour le jeudi 26 novembre ? Un mot suffit.\n"
            "Puis-je aider ?"
        )
    ]
    assert net.buttons == ["Fait", "Un autre jour", "Besoin d’aide", "Pas pour moi"]


def test_a_button_pressed_too_late_says_what_happened(net: Chat) -> None:
    net.says("ana", "/engagement @marie envoie la note d'ici le 15 janvier")
    net.tick()
    net.says("ana", "E-1 reporte au 20 janvier")
    net.presses("marie", "Accepter")
    assert net.to("@marie")[-1] == (
        "Le jour a changé entre-temps : E-1 envoie la note – pour le mercredi 20 janvier\nCelui-ci vous convient-il ?"
    )
    assert status(net, 1) is Status.PROPOSED
    net.says("ana", "E-1 retire")
    net.presses("marie", "Accepter")
    assert net.to("@marie")[-1] == "E-1 a été retiré : il n’y a plus rien à faire."


@pytest.mark.parametrize("words", ["bonjour", "danke", "ok", "test", "hoi iedereen 👋"])
def test_a_greeting_is_no_commitment(net: Chat, words: str) -> None:
    assert "Rien n’est encore noté : dites-moi qui fera quoi, pour quand." in net.says("marie", f"/engagement {words}")
    assert net.says("marie", "/engagement liste") == "Vous n’avez pas d’engagement en cours."


def test_one_word_of_somebody_asks_for_the_rest(net: Chat) -> None:
    said = net.says("marie", "/engagement affiche")
    assert said.startswith("« affiche » à lui seul ne dit pas ce qui sera fait : je n’ai rien noté.")
    net.presses("marie", "Compléter")
    assert net.submits("marie", {"text": "réimprimer l'affiche"}).startswith("C’est noté. E-1 Marie Dupont : ")
