import base64
import io
from datetime import timedelta

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from bot.context import Context
from bot.messages import File
from bot.preparing import Outside
from commands.importing import clean_up
from storage import chat as posts
from storage import members, partners
from storage.commitments import Commitment
from storage.database import Origin
from storage.decisions import Decision
from storage.imports import PendingImport
from storage.members import Member
from storage.networks import Network
from tests.chat import Chat, spaced

PEOPLE = (
    "Organisation;Nom;Compte;E-mail\n"
    "CPAS de Rouvroy;Anne Petit;anne;anne@exemple.be\n"
    "Le Pré;Luc Noël;;luc@exemple.be\n"
    "Le Pré;Zoé Noir;;zoe(at)exemple.be\n"
).encode()
PAST = (
    "Type;Texte;Date;Qui;Échéance;Instance\n"
    "Décision;On retient le local du Pré;12/03/2026;;;Comité de pilotage\n"
    "Engagement;Envoie la liste;12/03/2026;Anne Petit;30/06/2026;Comité de pilotage\n"
    "Engagement;Prépare la cartographie;12/11/2026;Luc Noël;31/01/2027;\n"
).encode()


def origin(chat: Chat) -> Origin:
    return Origin(chat.now, source="test")


def count(chat: Chat, model: type[Member | Decision | Commitment | PendingImport]) -> int:
    with chat.database.session(chat.network_id, origin(chat)) as session:
        return session.scalar(select(func.count(model.id))) or 0


def imported(chat: Chat) -> str:
    """Press the button; what is then in the place of the message that had it."""
    place = next(message.post_id for message in reversed(chat.seen) if "Importer" in dict(message.buttons).values())
    chat.presses("ana", "Importer")
    chat.seen = chat.local.since(0, chat.now)
    return next(spaced(message.text) for message in chat.seen if message.post_id == place)


def attachment(chat: Chat, said: str) -> bytes:
    with chat.database.session(chat.network_id, origin(chat)) as session:
        post = next(found for found in posts.after(session, 0) if spaced(found.text) in said and found.text)
        return base64.b64decode(post.content["attachments"][0]["content"])


def test_a_file_of_contacts_is_shown_then_brought_in_then_undone(chat: Chat) -> None:
    said = chat.says("ana", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    assert said == (
        "Voici ce que je comprends dans contacts.csv. Rien n’est encore enregistré.\n"
        "– 2 nouvelles organisations\n– 2 nouvelles personnes\n"
        "Voici comment je lis les colonnes :\n"
        "« Organisation » = organisation · « Nom » = nom · « Compte » = compte · « E-mail » = e-mail\n"
        "1 ligne ne peut pas être reprise :\n– ligne 4 : « zoe(at)exemple.be » n’est pas une adresse e-mail."
    )
    assert chat.buttons == ["Corriger les colonnes", "Importer", "Laisser tomber"]
    assert count(chat, Member) == 1
    sheet = load_workbook(io.BytesIO(attachment(chat, said))).worksheets[0]
    assert [spaced(str(row[0])) for row in sheet.iter_rows(values_only=True)] == [
        "Pourquoi écartée",
        "« zoe(at)exemple.be » n’est pas une adresse e-mail.",
    ]

    assert imported(chat).startswith("C’est fait.\n– 2 nouvelles organisations\n– 2 nouvelles personnes")
    assert count(chat, Member) == 3
    assert count(chat, PendingImport) == 0

    chat.presses("ana", "Annuler")
    assert count(chat, Member) == 1
    with chat.database.session(chat.network_id, origin(chat)) as session:
        assert not partners.active(session)


def test_the_past_follows_and_what_is_late_stays_quiet(chat: Chat) -> None:
    chat.says("ana", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    chat.presses("ana", "Importer")
    said = chat.says("ana", "/filrouge importe", files=[("registre.csv", PAST)])
    assert "– 1 décision\n– 2 engagements\n– dont 1 déjà en retard : sans rappel" in said
    assert "– nouvelles instances : Comité de pilotage" in said
    assert "pour le mardi 30 juin : Envoie la liste" in said
    assert count(chat, Decision) == 0
    chat.presses("ana", "Importer")
    assert (count(chat, Decision), count(chat, Commitment)) == (1, 2)
    assert "– 3 déjà connus, laissés de côté" in chat.says("ana", "/filrouge importe", files=[("registre.csv", PAST)])
    assert chat.buttons == ["Corriger les colonnes", "Laisser tomber"]


def test_the_past_can_be_undone_whole(chat: Chat) -> None:
    chat.says("ana", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    imported(chat)
    chat.says("ana", "/filrouge importe", files=[("registre.csv", PAST)])
    imported(chat)
    chat.presses("ana", "Annuler")
    assert (count(chat, Decision), count(chat, Commitment), count(chat, Member)) == (0, 0, 3)


def test_contacts_that_are_in_use_since_are_not_undone(chat: Chat) -> None:
    chat.says("ana", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    imported(chat)
    undo = next(id_ for message in reversed(chat.seen) for id_, said in message.buttons if spaced(said) == "Annuler")
    chat.says("ana", "/filrouge importe", files=[("registre.csv", PAST)])
    imported(chat)
    refused = chat.local.presses("ana", undo, chat.now)
    assert spaced(refused[0].text).startswith("Cela a changé entre-temps")
    assert (count(chat, Decision), count(chat, Commitment), count(chat, Member)) == (1, 2, 3)


def test_one_workbook_holds_both_and_is_sent_twice(chat: Chat) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("Décisions")
    assert first is not None
    for row in (["Organisation", "Nom", "E-mail"], ["Le Pré", "Luc Noël", "luc@exemple.be"]):
        first.append(row)
    for row in (["Décision", "Date"], ["On achète local", "12/03/2026"]):
        second.append(row)
    file = io.BytesIO()
    book.save(file)
    said = chat.says("ana", "/filrouge importe", files=[("tout.xlsx", file.getvalue())])
    assert "Le reste (Décisions) viendra ensuite" in said
    assert "Renvoyez maintenant le même fichier pour le reste : Décisions." in imported(chat)
    assert "– 1 décision" in chat.says("ana", "/filrouge importe", files=[("tout.xlsx", file.getvalue())])


def test_lines_can_be_pasted(chat: Chat) -> None:
    lines = "Décision (12/03/2026) : on achète local\nEngagement : @ana envoie la liste pour le 15 janvier"
    said = chat.says("ana", f"/filrouge importe {lines}")
    assert "Décision du jeudi 12 mars 2026 : on achète local" in said
    assert "Engagement (ana) pour le vendredi 15 janvier : envoie la liste" in said
    chat.presses("ana", "Importer")
    assert (count(chat, Decision), count(chat, Commitment)) == (1, 1)


def test_columns_can_be_named_by_hand(chat: Chat) -> None:
    text = "Qui est-ce;Où ça;Autre\nLuc Noël;Le Pré;12\n".encode()
    assert "Je ne reconnais pas les titres de ce tableau : « Qui est-ce », « Où ça » et « Autre »." in chat.says(
        "ana", "/filrouge importe", files=[("a.csv", text)]
    )
    chat.presses("ana", "Dire ce que contiennent les colonnes")
    assert chat.form.fields[0].value == "Qui est-ce =\nOù ça =\nAutre ="
    wrong = chat.submits("ana", {"columns": "Qui est-ce = nom\nOù ça = lieu"})
    assert "Je ne comprends pas « Où ça = lieu »." in wrong
    said = chat.submits("ana", {"columns": "Qui est-ce = nom\nOù ça = organisation\nAutre ="})
    assert "– 1 nouvelle organisation\n– 1 nouvelle personne" in said
    chat.presses("ana", "Importer")
    assert count(chat, Member) == 2


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("a.pdf", b"%PDF-1.7", "Je ne trouve pas de tableau lisible dans ce fichier."),
        ("a.xlsx", b"PK\x03\x04cut", "Ce fichier est abîmé"),
        ("a.csv", b" ", "Ce fichier est vide."),
        ("a.csv", b"une seule colonne\n", "Je ne trouve pas de tableau dans ce fichier"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(chat: Chat, name: str, content: bytes, answer: str) -> None:
    assert chat.says("ana", "/filrouge importe", files=[(name, content)]).startswith(answer)
    assert count(chat, PendingImport) == 0


def test_only_a_coordinator_imports(chat: Chat) -> None:
    chat.says("ana", "/filrouge")
    said = chat.says("luc", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    assert said.startswith("Seule la coordination du réseau peut faire cela.")


def test_without_a_file_it_says_how(chat: Chat) -> None:
    assert "Joignez un tableau" in chat.says("ana", "/filrouge importe")


def test_a_file_is_forgotten_on_demand_or_in_time(chat: Chat) -> None:
    chat.says("ana", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    chat.presses("ana", "Laisser tomber")
    assert chat.to("@ana")[0] == "Oublié : rien n’a été enregistré."
    assert count(chat, PendingImport) == 0
    chat.says("ana", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    assert count(chat, PendingImport) == 1
    with chat.database.session(chat.network_id, origin(chat)) as session:
        network = session.get_one(Network, chat.network_id)
        clean_up.function(Context(session, network, chat.now + timedelta(hours=25)))
    assert count(chat, PendingImport) == 0
    assert chat.presses("ana", "Importer") == "Je n’ai plus ce fichier : renvoyez-le, s’il vous plaît."


def test_an_imported_person_who_comes_to_the_chat_is_known(chat: Chat) -> None:
    chat.says("ana", "/filrouge importe", files=[("contacts.csv", PEOPLE)])
    chat.presses("ana", "Importer")
    assert "Vous êtes Anne Petit, CPAS de Rouvroy." in chat.says("anne", "/filrouge moi")
    with chat.database.session(chat.network_id, origin(chat)) as session:
        anne = members.by_handle(session, "anne")
        assert anne is not None
        assert anne.external_id == "anne"


def unreachable(_network_id: int, _file: File) -> bytes:
    raise OSError("gone")


@pytest.mark.parametrize("line", ["/filrouge importe", "/filrouge logo", "/offre importe", "/reunion notes"])
def test_a_file_that_the_chat_does_not_give_is_not_called_too_large(chat: Chat, line: str) -> None:
    chat.app.outside = Outside(fetch=unreachable)
    said = chat.says("ana", line, files=[("contacts.csv", PEOPLE)])
    assert (
        said
        == "Je n’ai pas pu récupérer contacts.csv dans la messagerie. Renvoyez-le dans un instant, s’il vous plaît."
    )
