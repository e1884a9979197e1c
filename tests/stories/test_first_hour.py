"""The first hour on an empty network, and the first days after it, as its coordinator lives them."""

import base64
import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from bot.platforms.local import local_app
from bot.registry import Registry
from storage import chat as posts
from storage import members, networks
from storage.database import Database
from tests.chat import Chat, spaced

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CONTACTS: list[list[str]] = [
    ["Organisation", "Type", "Commune", "Nom", "Fonction", "E-mail", "Compte"],
    ["CPAS de Rouvroy", "CPAS", "Rouvroy", "Anne Petit", "assistante sociale", "anne@rouvroy.example", "anne"],
    ["Maison médicale du Pré", "première ligne", "Virton", "Luc Noël", "médecin", "luc@pre.example", "luc"],
    ["Maison médicale du Pré", "première ligne", "Virton", "Zoé Noir", "infirmière", "", ""],
    ["Les Amarres asbl", "usagers", "Arlon", "Paul Roux", "président", "paul(at)amarres", ""],
    ["Les Amarres asbl", "usagers", "Arlon", "Mia Blanc", "représentante des usagers", "", ""],
]
REGISTER: list[list[object]] = [
    ["Type", "Texte", "Date", "Qui", "Échéance", "Instance", "État"],
    ["Décision", "Le comité se réunit le deuxième mardi du mois", datetime(2026, 1, 13), None, None,  # noqa: DTZ001 - as a workbook holds days
     "Comité de pilotage", "en vigueur"],
    ["Accord", "Le CPAS reçoit sous cinq jours les personnes orientées", "13/01/2026",
     "CPAS de Rouvroy, Maison médicale du Pré", None, "Comité de pilotage", None],
    ["Engagement", "envoie la liste des contacts", "13/01/2026", "Anne Petit", "27/02/2026", "Comité de pilotage",
     "en cours"],
    ["Engagement", "prépare le bilan de l'année", "13/10/2026", "Luc Noël", "11/12/2026", "Comité de pilotage", None],
    ["Engagement", "relit le dépliant", "13/10/2026", "Mia Blanc", "9/12/2026", "Comité de pilotage", None],
]  # fmt: skip


@pytest.fixture
def empty(database: Database, registry: Registry) -> Chat:
    """A network as it is just after the bot was installed."""
    with database.system_session() as session:
        network = networks.create(session, name="Mon réseau", platform="local", external_id="local", at=MONDAY)
    return Chat(local_app(database, registry), network.id, MONDAY)


def workbook(rows: list[list[str]] | list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def everything(chat: Chat) -> list[str]:
    """Every message of the bot, as it stands now."""
    chat.seen = chat.local.since(0, chat.now)
    return [spaced(message.text) for message in chat.seen]


def test_from_an_empty_network_to_the_first_reminders(empty: Chat) -> None:
    chat = empty
    assert chat.tick() == []

    # The way is shown, and five questions are answered.
    assert "je n’écris qu’à vous" in chat.says("ana", "/filrouge")
    chat.presses("ana", "Répondre")
    assert len(chat.form.fields) == 5
    chat.submits("ana", {"name": "Réseau de la Gaume", "digest_weekday": "0"})

    # Partners and contacts, with and without accounts; what is wrong comes back to be mended.
    said = chat.says("ana", "/filrouge importe", files=[("contacts.xlsx", workbook(CONTACTS))])
    assert "– 3 nouvelles organisations\n– 4 nouvelles personnes" in said
    assert "– ligne 5 : « paul(at)amarres » n’est pas une adresse e-mail." in said
    mended = _mend(chat, said)
    chat.presses("ana", "Importer")
    assert "– 1 nouvelle personne" in chat.says("ana", "/filrouge importe", files=[("corrigé.xlsx", mended)])
    chat.presses("ana", "Importer")
    assert "organisations : 3 ; personnes : 5." in chat.says("ana", "/filrouge")
    assert "Nous ne nous connaissons pas encore" not in "".join(everything(chat))

    # The body gets its channel; last year's register follows, what is late stays quiet.
    assert "Ce canal (#pilotage) est désormais celui" in chat.says(
        "ana", "/filrouge instance Comité de pilotage", "pilotage"
    )
    said = chat.says("ana", "/filrouge importe", files=[("registre.xlsx", workbook(REGISTER))])
    assert "– 1 décision\n– 1 accord\n– 3 engagements\n– dont 1 déjà en retard : sans rappel" in said
    chat.presses("ana", "Importer")
    assert "D-1 Le comité se réunit le deuxième mardi du mois" in chat.says("ana", "/decision liste")

    # A first meeting is planned.
    said = chat.says("ana", "/reunion Comité de pilotage mardi 8 décembre 14h", "pilotage")
    assert said.startswith("R-1 : Comité de pilotage, mardi 8 décembre à 14h.")

    # Every message to come is shown before any goes out, to whom and how.
    said = chat.says("ana", "/filrouge aperçu")
    assert "à Mia Blanc (pas de compte ici" in said
    assert "Bonjour Luc, un rappel de ce qui approche :\nE-2 prépare le bilan de l'année" in said
    assert "à #pilotage :\nLa semaine" in said
    assert "envoie la liste des contacts" not in said

    # Until she starts, whatever is due goes to her alone.
    for hours in range(0, 24 * 4, 12):
        assert all(message.startswith("@ana:") for message in chat.tick(MONDAY + timedelta(hours=hours)))
    assert "C’est parti" in chat.says("ana", "/filrouge démarrer")

    # Luc comes to the chat and is known; Mia has no account, so ana gets a text ready to send.
    assert "Vous êtes Luc Noël, Maison médicale du Pré." in chat.says("luc", "/filrouge moi")
    appeared = [
        message for hours in range(24 * 4, 24 * 12, 12) for message in chat.tick(MONDAY + timedelta(hours=hours))
    ]
    to_luc = [message for message in appeared if message.startswith("@luc:")]
    assert to_luc[0].startswith("@luc: Bonjour Luc, un rappel de ce qui approche :\nE-2 prépare le bilan de l'année")
    to_ana = "\n".join(message for message in appeared if message.startswith("@ana:"))
    assert "Mia Blanc n’a pas de compte ici. Voici un texte prêt à lui envoyer :\nBonjour Mia" in to_ana
    assert any(message.startswith("#pilotage: La semaine") for message in appeared)
    assert "envoie la liste des contacts" not in "\n".join(appeared)

    # He answers in place, and is left in peace.
    chat.presses("luc", "Fait")
    later = [message for hours in range(24 * 12, 24 * 26, 24) for message in chat.tick(MONDAY + timedelta(hours=hours))]
    assert not [message for message in later if message.startswith("@luc:") and "prépare le bilan" in message]

    with chat.session() as session:
        luc = members.by_handle(session, "luc")
        assert luc is not None
        assert luc.external_id == "luc"


def _mend(chat: Chat, said: str) -> bytes:
    """The file of the rows that were not taken, as she got it, with the address corrected."""
    with chat.session() as session:
        post = next(found for found in posts.after(session, 0) if found.text and spaced(found.text) in said)
        book = load_workbook(io.BytesIO(base64.b64decode(post.content["attachments"][0]["content"])))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["Pourquoi écartée", "Organisation"]
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.value == "paul(at)amarres":
                cell.value = "paul@amarres.example"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
