"""/reunion R-1 pv: drafted in each format, sent round, corrected, approved for good, found again."""

import base64
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from odf import opendocument, teletype
from odf.text import H, P
from pypdf import PdfReader
from sqlalchemy import select

from storage import bodies, channels, journal, meetings, members, partners
from storage.chat import Post
from storage.decisions import Decision
from storage.meetings import Presence
from storage.minutes import ApprovedForGoodError, ApprovedMinutes
from storage.networks import Network
from storage.visibility import Visibility
from tests.chat import Chat


def files(chat: Chat) -> dict[str, bytes]:
    """The attachments of the newest post that has any, by the end of their names."""
    with chat.session() as session:
        posts = session.scalars(select(Post).order_by(Post.id.desc())).all()
        found = next(post.content["attachments"] for post in posts if post.content.get("attachments"))
    return {file["name"].rpartition(".")[2]: base64.b64decode(file["content"]) for file in found}


@pytest.fixture
def held(chat: Chat) -> Chat:
    """A meeting of the steering committee on Monday 23 November, closed; Bob was excused, Luc represented by Ana."""
    with chat.session() as session:
        partner = partners.record(session, name="Maison médicale de la Semois")
        for name in ("Bob Lejeune", "Claire Marchal", "Denis Petit"):
            handle = name.split()[0].lower()
            members.record(
                session, name=name, handle=handle, external_id=handle, partner_id=partner.id, introduced_at=chat.now
            )
    chat.knows("ana")
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    for who in ("bob", "claire"):
        chat.says(who, "/decision liste", channel="pilotage")
    chat.says("ana", "/reunion ouvre", channel="pilotage")
    chat.says("bob", "/reunion ajoute budget 2027", channel="pilotage")
    chat.says("ana", "/reunion présents Claire Marchal, M. Inconnu", channel="pilotage")
    with chat.session() as session:
        bob = members.by_handle(session, "bob")
        assert bob is not None
        meetings.attend(session, 1, name=bob.name, presence=Presence.EXCUSED, member_id=bob.id)
        meetings.attend(session, 1, name="Luc Roland", presence=Presence.REPRESENTED, member_id=None, proxy="Ana")
    chat.says("ana", "/decision On publie en deux langues, à revoir le 1er mars", channel="pilotage")
    chat.says("claire", "/engagement je réserve la salle pour le 10 décembre", channel="pilotage")
    chat.says("ana", "/reunion clôture", channel="pilotage")
    return chat


def test_the_four_formats_say_the_same(held: Chat) -> None:
    answer = held.says("ana", "/reunion R-1 pv", channel="pilotage")
    assert answer.startswith("Procès-verbal – Comité de pilotage, lundi 23 novembre 2026 : un projet.")
    found = files(held)
    assert list(found) == ["docx", "odt", "pdf", "md"]
    word = docx.Document(io.BytesIO(found["docx"]))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    texts = {
        "docx": "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells]),
        "odt": "\n".join(
            teletype.extractText(one) for kind in (H, P) for one in _odt(found["odt"]).getElementsByType(kind)
        ),
        "pdf": "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(found["pdf"])).pages),
        "md": found["md"].decode(),
    }  # fmt: skip
    for kind, text in texts.items():
        plain = " ".join(text.replace("\u00a0", " ").replace("**", "").split())
        for said in (
            "Projet, à approuver par l’instance.",
            "Claire Marchal (Maison médicale de la Semois), M. Inconnu",
            "Luc Roland (par Ana)",
            "Budget 2027",
            "D-1",
            "On publie en deux langues",
            "À revoir le lundi 1er mars 2027",
            "Réserver la salle",
            "jeudi 10 décembre",
        ):
            assert said in plain, (kind, said)


def _odt(content: bytes) -> Any:
    return opendocument.load(io.BytesIO(content))


def test_who_cannot_see_finds_the_way(held: Chat) -> None:
    held.says("ana", "/reunion R-1 pv", channel="pilotage")
    found = files(held)
    word = docx.Document(io.BytesIO(found["docx"]))
    assert [one.text for one in word.paragraphs if one.style is not None and one.style.name == "Heading 1"] == [
        "Ordre du jour", "Décisions", "Engagements",
    ]  # fmt: skip
    assert word.core_properties.language == "fr-BE"
    assert word.tables[0].rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["Qui", "Quoi", "Pour quand", "Réf."]
    assert "Projet" in word.sections[0].header.paragraphs[0].text
    assert [h.getAttribute("outlinelevel") for h in _odt(found["odt"]).getElementsByType(H)] == ["1", "1", "1"]
    pdf = PdfReader(io.BytesIO(found["pdf"]))
    assert str(pdf.root_object["/Lang"]) == "fr-BE"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Procès-verbal – Comité de pilotage, lundi 23\u00a0novembre 2026"
    assert len(pdf.outline) == 2
    assert "page 1 sur 1" in pdf.pages[0].extract_text()


def test_one_format_can_be_named_and_an_unknown_one_is_refused(held: Chat) -> None:
    held.says("ana", "/reunion R-1 pv pdf", channel="pilotage")
    assert list(files(held)) == ["pdf"]
    assert held.says("ana", "/reunion R-1 pv exe", channel="pilotage") == "J’écris en .docx, .odt, .pdf et .md."


def test_in_france_it_is_a_report_and_the_decisions_come_alone(held: Chat) -> None:
    with held.session() as session:
        session.get_one(Network, held.network_id).country = "FR"
    assert held.says("ana", "/reunion R-1 compte rendu", channel="pilotage").startswith("Compte rendu – Comité")
    assert held.says("ana", "/reunion R-1 relevé de décisions md", channel="pilotage").startswith("Relevé de décisions")
    text = files(held)["md"].decode()
    assert "On publie en deux langues" in text
    assert "Ordre du jour" not in text


def test_what_nobody_accepted_is_in_no_minutes(held: Chat) -> None:
    with held.session() as session:
        meeting = session.get_one(meetings.Meeting, 1)
        meeting.closed_at = None
    held.says("ana", "/engagement @denis prépare le dossier secret d'ici fin mars", channel="pilotage")
    held.says("ana", "/reunion clôture", channel="pilotage")
    assert "faute d’un oui à ce jour : E-2." in held.says("ana", "/reunion R-1 pv md", channel="pilotage")
    assert "dossier secret" not in files(held)["md"].decode()


def test_a_private_record_is_in_no_paper_of_an_open_meeting(held: Chat) -> None:
    with held.session() as session:
        private = channels.seen(session, external_id="local:bureau", name="bureau", private=True)
        decision = session.scalars(select(Decision)).one()
        decision.visibility, decision.channel_id = Visibility.BODY, private.id
    held.says("ana", "/reunion R-1 pv md", channel="pilotage")
    assert "deux langues" not in files(held)["md"].decode()


def test_sent_corrected_approved(held: Chat) -> None:
    held.says("ana", "/reunion R-1 pv", channel="pilotage")
    assert "1 destinataire" in held.presses("ana", "Envoyer en relecture")
    (posted,) = held.tick()
    assert posted.startswith(
        "#pilotage: Procès-verbal – Comité de pilotage, lundi 23 novembre 2026 : le projet, à relire."
    )
    assert list(files(held)) == ["pdf", "docx"]
    answer = held.says("claire", "/reunion R-1 corrige D-1 On publie en trois langues", channel="pilotage")
    assert answer == "Merci : la correction est transmise à ana. Vous recevrez une réponse."
    (asked,) = held.tick()
    assert "D-1, où on lit « On publie en deux langues »\n→ On publie en trois langues" in asked
    assert held.says("ana", "/reunion R-1 approuve", channel="pilotage").startswith("1 correction attend d’abord")
    held.presses("ana", "Accepter")
    assert held.tick() == ["@claire: Votre correction au PV de R-1 est acceptée : « On publie en trois langues »"]
    assert held.says("ana", "/reunion R-1 approuve", channel="pilotage").startswith(
        "Le procès-verbal de R-1 est approuvé."
    )
    held.says("bob", "/reunion R-1 pv md", channel="pilotage")
    text = files(held)["md"].decode()
    assert "On publie en trois langues" in text
    assert "Approuvé le lundi 23 novembre 2026." in text.replace("\u00a0", " ")


def test_a_form_corrects_a_presence_and_a_remark_is_kept(held: Chat) -> None:
    held.says("bob", "/reunion R-1 pv", channel="pilotage")
    held.presses("bob", "Proposer une correction")
    held.submits("bob", {"part": "present"})
    held.says("bob", "/reunion R-1 corrige Le comité remercie la commune.", channel="pilotage")
    (asked,) = held.tick()
    assert asked.count("bob propose") == 0
    assert asked.count("Bob Lejeune propose une correction au PV de R-1") == 2
    first, second = (id_ for id_, label in held.seen[-1].buttons if label == "Accepter")
    held.local.presses("ana", first, held.now)
    # The other one goes on waiting in the place of the message.
    held.local.presses("ana", first, held.now)
    assert first != second
    held.says("ana", "/reunion R-1 pv md", channel="pilotage")
    text = files(held)["md"].decode()
    assert "## Remarques\n\n1. Le comité remercie la commune." in text
    assert "Excusés" not in text


def test_a_refused_correction_changes_nothing(held: Chat) -> None:
    held.says("claire", "/reunion R-1 corrige D-1 tout autre chose", channel="pilotage")
    held.tick()
    held.presses("ana", "Refuser")
    assert held.tick() == ["@claire: Votre correction au PV de R-1 n’a pas été retenue : « tout autre chose »"]
    held.says("ana", "/reunion R-1 pv md", channel="pilotage")
    assert "On publie en deux langues" in files(held)["md"].decode()


def test_only_officers_send_accept_and_approve(held: Chat) -> None:
    for line in ("relecture", "approuve"):
        assert held.says("bob", f"/reunion R-1 {line}", channel="pilotage").startswith("Seuls la présidence")


def test_what_was_approved_no_longer_changes(held: Chat) -> None:
    held.says("ana", "/reunion R-1 approuve", channel="pilotage")
    with held.session() as session:
        session.scalars(select(Decision)).one().text = "Autre chose"
    held.says("ana", "/reunion R-1 pv md", channel="pilotage")
    assert "On publie en deux langues" in files(held)["md"].decode()
    assert held.says("ana", "/reunion R-1 approuve", channel="pilotage").startswith("Son procès-verbal a été approuvé")
    assert "approuvé" in held.says("bob", "/reunion R-1 corrige trop tard", channel="pilotage")
    with pytest.raises(ApprovedForGoodError):
        falsify(held)
    with held.session() as session:
        (kept,) = journal.history(session, session.scalars(select(ApprovedMinutes)).one())
        assert kept.kind == "insert"


def falsify(held: Chat) -> None:
    with held.session() as session:
        session.scalars(select(ApprovedMinutes)).one().title = "Falsifié"


def test_an_approval_by_mistake_is_undone_by_its_button_alone(held: Chat) -> None:
    held.says("ana", "/reunion R-1 approuve", channel="pilotage")
    held.presses("ana", "Annuler")
    assert ": un projet." in held.says("ana", "/reunion R-1 pv md", channel="pilotage")


def test_approved_minutes_are_found_by_what_they_say(held: Chat) -> None:
    assert "rien" in held.says("bob", "/reunion cherche langues", channel="pilotage")
    held.says("ana", "/reunion R-1 approuve", channel="pilotage")
    answer = held.says("bob", "/reunion cherche langues", channel="pilotage")
    assert "R-1 : Procès-verbal" in answer
    assert "On publie en deux langues" in answer
    below = held.says("bob", "/decision cherche semois", channel="pilotage")
    assert "Dans les PV approuvés :" in below


def test_the_people_of_a_private_channel_alone_find_its_minutes(held: Chat) -> None:
    held.says("ana", "/filrouge instance Bureau", channel="bureau", private=True)
    held.says("ana", "/reunion ouvre", channel="bureau", private=True)
    held.says("ana", "/decision On change de banque", channel="bureau", private=True)
    held.says("ana", "/reunion clôture", channel="bureau", private=True)
    assert "approuvé" in held.says("ana", "/reunion R-2 approuve", channel="bureau", private=True)
    assert "R-2" in held.says("ana", "/reunion cherche banque", channel="bureau", private=True)
    assert "R-2" not in held.says("bob", "/reunion cherche banque", channel="pilotage")
    assert held.says("bob", "/reunion R-2 pv", channel="pilotage").startswith("Je ne trouve pas R-2")


def test_approval_is_the_first_point_of_the_next_meeting_with_its_button(held: Chat) -> None:
    held.later(days=7)
    opened = held.says("ana", "/reunion ouvre", channel="pilotage")
    assert "1. Approbation" in opened
    held.presses("ana", "Approuver le PV de R-1")
    held.says("ana", "/reunion clôture", channel="pilotage")
    held.says("ana", "/reunion R-2 pv md", channel="pilotage")
    assert "1. Approbation" in files(held)["md"].decode()


def test_silence_approves_only_where_the_network_says_so_and_nobody_objects(held: Chat) -> None:
    held.says("ana", "/reunion R-1 relecture", channel="pilotage")
    held.tick(held.now + timedelta(days=30))
    assert ": un projet." in held.says("ana", "/reunion R-1 pv md", channel="pilotage")
    with held.session() as session:
        session.get_one(Network, held.network_id).choose(minutes_days=8)
    said = held.says("ana", "/reunion R-1 relecture", channel="pilotage")
    assert "Sans objection d’ici le jeudi 31 décembre, il est approuvé." in said
    held.says("claire", "/reunion R-1 corrige Je n'étais pas d'accord.", channel="pilotage")
    held.tick(datetime(2027, 1, 8, 10, tzinfo=UTC))
    assert ": un projet." in held.says("ana", "/reunion R-1 pv md", channel="pilotage")
    held.presses("ana", "Refuser")
    told = held.tick(held.now + timedelta(minutes=5))
    assert any("Procès-verbal – Comité de pilotage, lundi 23 novembre 2026 : approuvé." in line for line in told)
    with held.session() as session:
        kept = session.scalars(select(ApprovedMinutes)).one()
        assert (kept.author_id, kept.held_on) == (None, date(2026, 11, 23))


def test_who_does_not_read_the_channel_gets_the_draft_in_private(held: Chat) -> None:
    with held.session() as session:
        denis = members.by_handle(session, "denis")
        assert denis is not None
        meetings.attend(session, 1, name=denis.name, presence=Presence.PRESENT, member_id=denis.id)
        bodies.join(session, 1, denis.id)
    held.says("ana", "/reunion R-1 relecture", channel="pilotage")
    assert {line.split(":")[0] for line in held.tick()} == {"#pilotage", "@denis"}


def test_nothing_of_a_private_meeting_reaches_anyone_else(chat: Chat) -> None:
    chat.knows("ana", "bob", "claire")
    chat.says("ana", "/filrouge instance Comité restreint", channel="secret", private=True)
    chat.says("ana", "/filrouge démarrer")
    for said in (
        "/reunion ouvre",
        "décision : on ferme l'antenne de Virton",
        "action @ana relire la convention de Virton avant le 15 décembre",
        "/reunion clôture",
        "/reunion mardi 14h",
    ):
        chat.says("ana", said, channel="secret", private=True)
    chat.says("ana", "/reunion R-1 approuve")
    asked = ("liste", "R-1", "R-2", "R-1 pv", "R-1 relevé", "R-1 fichier", "R-1 corrige j'y étais", "cherche Virton")
    heard = [chat.says("claire", f"/reunion {one}") for one in asked]
    heard += [chat.says("claire", one) for one in ("/decision cherche Virton", "/decision D-1", "/engagement E-1")]
    heard += [chat.says("claire", "/semaine"), *chat.tick(), *chat.to("@claire")]
    told = [one for one in heard if not one.startswith("#secret") and not one.startswith("@ana")]
    assert not [one for one in told if "antenne" in one or "convention" in one or "restreint" in one]
    assert "Virton" in chat.says("ana", "/reunion cherche Virton")
