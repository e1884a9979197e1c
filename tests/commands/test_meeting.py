"""/reunion: planned, held, its notes read and confirmed one by one, its minutes drafted."""

import base64
import io
from datetime import timedelta

import docx
import pytest
from sqlalchemy import select

from bot.context import Context
from bot.exports import paper_docx
from bot.messages import Place
from bot.platforms.mattermost import dialogs
from bot.platforms.slack import forms
from commands import meeting_series
from storage import meetings, settled
from storage.chat import Post
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.meetings import Meeting
from storage.networks import Network
from tests.chat import Chat, spaced

NOTES = """Comité de pilotage du 14 octobre 2026
Présents : Bob Lejeune, Claire Marchal
Excusé : Denis Petit

1. Accueil
Le comité décide de retenir la maison médicale de la Semois pour l'accueil de crise.
Bob Lejeune envoie la convention aux partenaires d'ici fin novembre.

2. Communication
Il est décidé de publier le dépliant en deux langues.
Mme D., 34 ans, dépressive, a été réorientée vers le service.
La météo était belle.
"""


@pytest.fixture
def network(chat: Chat) -> Chat:
    """Bob and Claire sit in the steering committee, whose channel is #pilotage."""
    chat.joined_by("Bob Lejeune", "Claire Marchal", of="Maison médicale de la Semois")
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    return chat


def meeting(chat: Chat, number: int = 1) -> Meeting:
    with chat.session() as session:
        found = meetings.by_number(session, number)
        assert found is not None
        return found


def test_a_line_plans_it_with_its_weekday(network: Chat) -> None:
    answer = network.says("ana", "/reunion Comité de pilotage mardi 14h", channel="pilotage")
    assert answer.startswith("R-1 : Comité de pilotage, mardi 24 novembre à 14h.")
    assert "R-1 : Comité de pilotage" in network.says("bob", "/reunion liste", channel="pilotage")


def test_without_words_the_form_opens(network: Chat) -> None:
    network.says("ana", "/reunion", channel="pilotage")
    assert [field.name for field in network.form.fields][:4] == ["body", "name", "on", "at"]
    network.submits("ana", {"on": "2026-12-01", "at": "9h30", "place": "Libramont"})
    assert meeting(network).starts_at.isoformat() == "2026-12-01T08:30:00+00:00"


def test_the_past_cannot_be_planned(network: Chat) -> None:
    network.says("ana", "/reunion", channel="pilotage")
    network.submits("ana", {"on": "2026-11-20", "at": "9h"})
    assert set(network.form.errors) == {"on"}


def test_the_agenda_gathers_what_people_add_and_what_the_register_brings(network: Chat) -> None:
    network.says("ana", "/reunion mardi 14h", channel="pilotage")
    network.says("bob", "/reunion R-1 ordre du jour le budget 2027", channel="pilotage")
    network.says("bob", "/decision On change le logo", channel="pilotage")
    agenda = network.says("ana", "/reunion R-1", channel="pilotage")
    assert "1. le budget 2027" in agenda
    assert "On change le logo" in agenda


def test_open_record_close(network: Chat) -> None:
    network.says("ana", "/reunion mardi 14h", channel="pilotage")
    network.later(days=1, hours=4)
    assert "R-1 est ouverte" in network.says("ana", "/reunion ouvre", channel="pilotage")
    assert network.says("bob", "/reunion ouvre", channel="pilotage").startswith("Une réunion est déjà ouverte ici.")
    network.says("ana", "/reunion présents Bob Lejeune, claire, M. Inconnu", channel="pilotage")
    network.says("ana", "/decision On publie en deux langues", channel="pilotage")
    network.says("bob", "/engagement je réserve la salle", channel="pilotage")
    closing = network.says("ana", "/reunion clore", channel="pilotage")
    assert "R-1 est close" in closing
    assert "On publie en deux langues" in closing
    assert "Pour quand ? E-1 : réserver la salle" in closing
    shown = network.says("ana", "/reunion R-1", channel="pilotage")
    assert "Présents : Bob Lejeune, Claire Marchal et M. Inconnu." in shown


def test_one_that_nobody_closed_is_summed_up_all_the_same(network: Chat) -> None:
    network.says("ana", "/filrouge démarrer")
    network.says("ana", "/reunion ouvre", channel="pilotage")
    network.says("ana", "/decision On publie en deux langues", channel="pilotage")
    network.says("bob", "/engagement je réserve la salle", channel="pilotage")
    network.later(hours=21)
    network.tick()
    [told] = [said for said in network.tick(network.now + timedelta(hours=6)) if "#pilotage" in said]
    assert "Personne n’a clôturé la réunion R-1 : je l’ai fait." in told
    assert "On publie en deux langues" in told
    assert "Pour quand ? E-1 : réserver la salle" in told
    assert network.buttons == ["Fixer un jour", "Projet de procès-verbal"]
    assert network.tick(network.now + timedelta(days=1)) == []


def test_only_officers_close(network: Chat) -> None:
    network.says("ana", "/reunion ouvre", channel="pilotage")
    assert network.says("bob", "/reunion clôture", channel="pilotage").startswith("Seuls la présidence")


def test_notes_are_proposed_one_by_one_and_nothing_is_recorded_before_a_yes(network: Chat) -> None:
    answer = network.says("ana", f"/reunion {NOTES}", channel="pilotage")
    assert "Rien n’est enregistré avant votre accord." in answer
    assert "patient" in answer
    assert "34 ans" not in answer
    with network.session() as session:
        assert session.scalars(select(Decision)).all() == []
        assert not any("34 ans" in item.quote for item in session.scalars(select(meetings.MinutesItem)))
    for _turn in range(10):
        if "Garder" not in network.buttons:
            break
        network.presses("ana", "Garder")
        network.seen += [message for message in network.local.since(0, network.now) if message.to == "#pilotage"][-1:]
    held = meeting(network)
    with network.session() as session:
        texts = [row.text for row in session.scalars(select(Decision))]
        assert any("maison médicale de la Semois" in text for text in texts)
        kept = settled.of_meeting(session, Decision, held.id)
        assert {row.decided_on.isoformat() for row in kept} == {"2026-10-14"}


@pytest.mark.parametrize(
    ("said", "day"),
    [("à revoir le 1er mars", "lundi 1er mars"), ("à réévaluer en mars", "mercredi 31 mars")],
)
def test_a_decision_of_notes_is_looked_at_again_on_the_day_it_names(network: Chat, said: str, day: str) -> None:
    head = "Comité de pilotage du 14 octobre 2026\nPrésents : Bob Lejeune, Claire Marchal\n\n"
    shown = network.says(
        "ana", f"/reunion {head}Décision : on retient Vivalia pour l'accueil, {said}.", channel="pilotage"
    )
    assert f"À revoir le {day}" in shown
    network.presses("ana", "Garder")
    [kept] = network.rows(Decision)
    assert (kept.text, kept.quote[:10]) == ("On retient Vivalia pour l'accueil.", "Décision :")
    assert f"À revoir le {day}" in network.says("ana", "/decision D-1")


def test_a_review_that_is_over_is_left_in_the_words(network: Chat) -> None:
    head = "Comité de pilotage du 14 octobre 2026\nPrésents : Bob Lejeune, Claire Marchal\n\n"
    network.says("ana", f"/reunion {head}Décision : on retient Vivalia, à revoir le 1er novembre.", channel="pilotage")
    network.presses("ana", "Garder")
    [kept] = network.rows(Decision)
    assert (kept.text, kept.review_on) == ("On retient Vivalia, à revoir le 1er novembre.", None)


def test_the_meeting_of_notes_has_their_name_day_and_hours_and_no_invented_one(network: Chat) -> None:
    network.says("ana", f"/reunion {NOTES}", channel="pilotage")
    shown = network.says("ana", "/reunion R-1", channel="pilotage")
    assert shown.startswith("R-1 : Comité de pilotage, mercredi 14 octobre.\n")
    other = (
        "Compte rendu de la réunion du groupe logement du mardi 3 novembre 2026, 9h30-12h\n\n- Bob\n- Claire\n- Ana\n"
    )
    network.says("ana", f"/reunion {other}", channel="pilotage")
    shown = network.says("ana", "/reunion R-2", channel="pilotage")
    assert shown.startswith("R-2 : Groupe logement, mardi 3 novembre, de 9h30 à 12h.")


def test_what_takes_a_task_on_is_not_said_twice(network: Chat) -> None:
    notes = NOTES.replace("Bob Lejeune envoie", "Bob Lejeune se charge d'envoyer")
    network.says("ana", f"/reunion {notes}", channel="pilotage")
    network.presses("ana", "Garder les 2 décisions")
    network.seen += network.local.since(0, network.now)[-1:]
    network.presses("ana", "Garder")
    assert "envoyer la convention" in (shown := network.says("ana", "/reunion R-1", channel="pilotage"))
    assert "se charge" not in shown


def test_closing_twice_says_that_it_is_closed(network: Chat) -> None:
    network.says("ana", "/reunion ouvre", channel="pilotage")
    network.says("ana", "/reunion clôture", channel="pilotage")
    assert network.says("ana", "/reunion clôture", channel="pilotage") == (
        "R-1 est déjà close. /reunion R-1 montre ce qui en est sorti."
    )
    assert "Aucune réunion n’est ouverte" in network.says("ana", "/reunion clôture", channel="autre")


def test_a_dropped_proposal_is_not_recorded_and_is_not_asked_again(network: Chat) -> None:
    network.says("ana", f"/reunion {NOTES}", channel="pilotage")
    before = network.seen[-1].text
    network.presses("ana", "Écarter")
    shown = network.local.since(0, network.now)[-1].text
    assert shown != before
    with network.session() as session:
        assert session.scalars(select(Decision)).all() == []


def test_a_file_that_cannot_be_read_says_why(network: Chat) -> None:
    answer = network.says("ana", "/reunion", channel="pilotage", files=[("pv.pdf", b"%PDF-1.4 broken")])
    assert answer.endswith("s’il vous plaît.") or "ne contient pas" in answer
    with network.session() as session:
        assert session.scalars(select(Meeting)).all() == []


def test_the_draft_holds_what_was_decided(network: Chat) -> None:
    network.says("ana", "/reunion ouvre", channel="pilotage")
    network.says("ana", "/decision On publie en deux langues", channel="pilotage")
    network.says("ana", "/reunion clôture", channel="pilotage")
    network.says("ana", "/reunion R-1 pv", channel="pilotage")
    with network.session() as session:
        posts = session.scalars(select(Post).order_by(Post.id.desc())).all()
        attached = next(post.content["attachments"] for post in posts if post.content.get("attachments"))
    assert [file["name"].removeprefix("R-1-2026-11-23.") for file in attached] == ["docx", "odt", "pdf", "md"]
    document = docx.Document(io.BytesIO(base64.b64decode(attached[0]["content"])))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "On publie en deux langues" in text
    assert attached[0]["media_type"] == paper_docx.MEDIA_TYPE


def test_a_series_plans_its_next_one_off_holidays(network: Chat) -> None:
    network.says("ana", "/reunion", channel="pilotage")
    network.submits("ana", {"on": "2026-12-01", "at": "14h", "recurrence": "chaque premier mardi du mois"})
    assert meeting(network).recurrence
    network.later(days=10)
    first = meeting(network)
    with network.session() as session:
        context = Context(session, session.get_one(Network, network.network_id), network.now)
        next_one = meeting_series.next_of(context, first)
    assert next_one is not None
    assert next_one[1].isoformat().startswith("2027-01-05T14:00")


HURRIED = """Comité de pilotage du 23/11/2026
Présents : ana, bob

1. Accueil
Il est décidé d'ouvrir l'accueil du mercredi jusqu'à 18h30 à partir du 6 janvier.
Action : ana - demander la salle polyvalente, pour vendredi en huit
"""


def test_a_decision_of_notes_is_owed_on_no_day(network: Chat) -> None:
    said = network.says("ana", f"/reunion {HURRIED}", channel="pilotage")
    assert "Décision – 1 sur 2" in said
    assert "Pour le " not in said
    assert "Qui : " not in said


def test_an_agreement_of_notes_is_between_those_it_names_until_its_day(network: Chat) -> None:
    network.joined_by(of="CPAS de Chiny")
    terms = "un rendez-vous sous dix jours, jusqu'au 30 juin 2027."
    line = f"Accord entre le CPAS de Chiny et la Maison médicale de la Semois : {terms}"
    said = network.says("ana", f"/reunion Comité de pilotage du 23/11/2026\n\n1. Accueil\n{line}", channel="pilotage")
    assert "Qui : CPAS de Chiny et Maison médicale de la Semois\nJusqu’au mercredi 30 juin" in said
    network.presses("ana", "Garder")
    assert network.says("ana", "A-1").startswith("A-1 – en vigueur")


def test_whom_a_line_begins_with_takes_it_on(network: Chat) -> None:
    network.says("ana", f"/reunion {HURRIED}", channel="pilotage")
    network.presses("ana", "Garder")
    network.presses("ana", "Garder")
    assert "ana : " in network.says("ana", "E-1")
    assert "ana - " not in network.says("ana", "E-1")


def test_why_something_is_asked_is_told_below_the_field_and_is_no_field(network: Chat) -> None:
    network.says("ana", "/reunion PV du 3 novembre 2026\n\nÀ faire\n- Réserver la salle\n", channel="pilotage")
    network.presses("ana", "Garder")
    assert [asked.name for asked in network.form.fields] == ["kind", "text", "owner", "due"]
    said = {asked.name: asked.hint for asked in network.form.fields}
    assert spaced(said["owner"]) == "Qui s’en charge ? Les notes ne le disent pas."
    modal = forms.view(network.form, forms.Origin(Place("C1", "pilotage")))
    [drawn] = [block for block in modal["blocks"] if block["block_id"] == "owner"]
    assert spaced(drawn["hint"]["text"]) == said["owner"].replace("\u00a0", " ")
    [element] = [one for one in dialogs.dialog(network.form, "state")["elements"] if one["name"] == "owner"]
    assert spaced(element["help_text"]) == "Qui s’en charge ? Les notes ne le disent pas."
    network.submits("ana", {"owner": "Bob Lejeune"})
    with network.session() as session:
        assert [row.text for row in session.scalars(select(Commitment))] == ["Réserver la salle"]
