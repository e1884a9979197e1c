"""/engagement as a dialogue: what is said, what is answered, and who is written to."""

from datetime import UTC, date, datetime

import pytest

from storage import bodies, channels, commitments, members, partners
from storage.commitments import Status
from storage.database import Origin
from storage.visibility import Visibility
from tests.chat import Chat, spaced
from tests.conftest import NOW


@pytest.fixture
def net(chat: Chat) -> Chat:
    """ana coordinates; marie and luc are of the CPAS; nobody of Vivalia is here; #pilotage has a body."""
    chat.says("ana", "bonjour")
    with chat.session(NOW) as session:
        cpas = partners.record(session, name="CPAS d'Arlon", aliases=["CPAS"])
        partners.record(session, name="Vivalia", email="info@vivalia.example")
        for name, partner in (("Marie Dupont", cpas), ("Luc Petit", cpas), ("Paul Henry", None), ("Anne Grand", None)):
            handle = name.split()[0].casefold()
            members.record(
                session, name=name, handle=handle, external_id=handle, partner_id=partner.id if partner else None
            )
        for member in members.active(session):
            member.introduced_at = NOW
        channel = channels.seen(session, external_id="local:pilotage", name="pilotage", private=False)
        bodies.record(session, name="Comité de pilotage", channel_id=channel.id)
    chat.seen.clear()
    return chat


def status(chat: Chat, number: int) -> Status:
    with chat.database.session(chat.network_id, Origin(NOW), reading=True) as session:
        row = commitments.by_number(session, number)
        assert row is not None
        return row.status


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
    assert said == "C’est noté. E-1 Marie Dupont : je réserve la salle – pour le vendredi 27 novembre"
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
        ("🎉🎉", "Il me faut quelques mots : qui fera quoi, pour quand."),
        (":tada: :tada:", "Il me faut quelques mots : qui fera quoi, pour quand."),
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
    assert net.says("marie", line) == "E-1, c’est fait : j'envoie la cartographie. Merci !"
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
            "E-1 j'envoie la cartographie – pour le vendredi 15 janvier"
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
    assert net.says("ana", "E-1").startswith("E-1 Marie Dupont : j'envoie la cartographie")
    net.presses("paul", "Accepter")
    assert net.tick() == ["@marie: Paul Henry s’en charge : E-1 j'envoie la cartographie – pour le vendredi 15 janvier"]
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
            "@ana: Marie Dupont souhaite un coup de main : E-1 j'envoie la cartographie – pour le vendredi 15 janvier\n"
            "« il me manque les adresses »"
        )
    ]
    assert net.says("marie", "E-1 retire") == "E-1 est retiré : j'envoie la cartographie"
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
        "Vos engagements, par date :\nE-1 je réserve la salle – pour le jeudi 26 novembre"
    )
    for line in ("liste Marie", "liste @marie", "liste Comité de pilotage", "cette semaine", "liste cette semaine"):
        said = net.says("paul", f"/engagement {line}")
        assert "E-1 Marie Dupont : je réserve la salle – pour le jeudi 26 novembre" in said
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
        "E-1 Marie Dupont : je réserve la salle – pour le jeudi 26 novembre"
    )
    assert net.buttons == ["Relancer", "Fait", "Un autre jour", "Ne plus relancer"]
    net.presses("ana", "Relancer")
    net.submits("ana", {"how": "private", "note": "Puis-je aider ?"})
    assert net.tick() == [
        (
            "@marie: Où en est-on pour E-1, « je réserve la salle », prévu pour le jeudi 26 novembre ? Un mot suffit.\n"
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
