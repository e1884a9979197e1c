"""The guide is alphabetical, in its reader's language, says what was verified when, and holds text alone."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from docx import Document

from bot.exports import guide
from bot.phrases import Reader
from storage import offers
from storage.database import Database, NetworkSession, Origin
from tests.conftest import NOW

ARLON = "BE:81001"
NASTY = "<script>alert(1)</script> {=1+1} @everyone \x07 </w:t>"


@pytest.fixture
def session(database: Database, network_id: int) -> Iterator[NetworkSession]:
    with database.session(network_id, Origin(now=NOW)) as session:
        offers.record(session, name="Écoute", kind="helpline", commune=ARLON, descriptions={"fr": "Oui", "nl": "Ja"})
        offers.record(session, name="Abri", kind="shelter", commune=ARLON, fee="1 €", verified_at=NOW, free=False)
        offers.record(
            session, name="accueil", kind="shelter", zone_codes=[ARLON], verified_at=NOW - timedelta(days=900)
        )
        offers.record(session, name="Ailleurs", kind="shelter", commune="BE:82003")
        offers.record(session, name="Fermé", kind="shelter", commune=ARLON, closed_from=NOW.date())
        offers.record(session, name=NASTY, kind="debt", commune=ARLON, descriptions={"fr": NASTY}, how=NASTY)
        yield session


def assembled(session: NetworkSession, language: str = "fr") -> guide.Guide:
    reader = Reader(language, today=NOW.date())
    rows = offers.serving(session, ARLON, "BE-WLX")
    return guide.assemble(rows, reader, network="Réseau", commune="Arlon", now=NOW)


def test_it_lists_what_serves_the_commune_in_alphabetical_order(session: NetworkSession) -> None:
    made = assembled(session)
    assert made.title == "Les services à Arlon"
    kinds = [kind for kind, _entries in made.chapters]
    assert kinds == sorted(kinds)
    shelter = next(entries for kind, entries in made.chapters if kind == "Hébergement d'urgence")
    assert [entry.name for entry in shelter] == ["Abri", "accueil"]
    assert shelter[0].facts[-1].startswith("Vérifi")
    assert shelter[1].facts[-1] != shelter[0].facts[-1]
    assert "Ailleurs" not in str(made)
    assert "Fermé" not in str(made)


def test_it_is_in_the_readers_language(session: NetworkSession) -> None:
    made = assembled(session, "nl")
    assert made.title == "Diensten in Arlon"
    assert {entry.text for _kind, entries in made.chapters for entry in entries} >= {"Ja"}


def test_the_word_file_holds_it_as_text(session: NetworkSession) -> None:
    document = Document(io.BytesIO(guide.docx(assembled(session))))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert NASTY.replace("\x07", "") in said
    assert "PAGE" in document.sections[0].footer._element.xml


def test_the_page_holds_no_markup_of_theirs(session: NetworkSession) -> None:
    page = guide.html(assembled(session)).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page
