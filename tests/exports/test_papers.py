"""Documents in four formats hold whatever people wrote, over many pages, and come back from what is kept of them."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf import opendocument
from PIL import Image
from pypdf import PdfReader

from bot.exports import paper, paper_md, papers
from bot.exports.paper import Fact, Heading, Paper, Points, Words

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["😀 bravo", "a\x00b", "# titre", "*gras*", "<b>x</b>", "|", "- x", "=1+1", "العربية", "Ďurišová", "\u202e"]
)  # fmt: skip


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 30), "red").save(out, "PNG")
    return out.getvalue()


def document(text: str = "Le comité décide.", rows: int = 1) -> Paper:
    clean = paper.writable(text)
    return Paper(
        organisation=clean or "Réseau",
        kind="Procès-verbal",
        title=clean or "Comité",
        language="fr",
        country="BE",
        made_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        blocks=(
            Fact("Présents\u00a0:", clean),
            Heading("Décisions"),
            Points(tuple(paper.point(text, lead=f"D-{n}", notes=[text]) for n in range(1, rows + 1))),
            Heading("Engagements"),
            paper.table(["Qui", "Quoi", "Pour quand", "Réf."], [[text] * 4] * rows, [0.24, 0.42, 0.24, 0.1]),
            Words(clean, emphasis=True),
        ),
        page="page {n} sur {total}",
        mark="Projet",
        notice="Projet, à approuver.",
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
def test_whatever_people_wrote_makes_files_that_open(text: str) -> None:
    word, odt, pdf, md = papers.write(document(text), "pv")
    docx.Document(io.BytesIO(word.content))
    opendocument.load(io.BytesIO(odt.content))
    assert len(PdfReader(io.BytesIO(pdf.content)).pages) >= 1
    assert md.content.decode().startswith("# Procès-verbal")


@given(TEXT)
def test_what_is_kept_gives_the_same_document_again(text: str) -> None:
    before = document(text)
    assert paper.from_json(paper.to_json(before)) == before


def test_files_are_drawn_when_they_are_asked_for_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def write(given: Paper) -> bytes:
        calls.append(given.name)
        return b"drawn"

    monkeypatch.setattr(paper_md, "write", write)
    (md,) = papers.write(document(), "pv", ("md",))
    assert calls == []
    assert (md.content, md.content) == (b"drawn", b"drawn")
    assert len(calls) == 1


def test_a_pdf_with_a_logo_does_not_call_itself_tagged() -> None:
    logo = paper.Picture(picture(), 60, 30, "Logo du réseau")
    (pdf,) = papers.write(replace(document(), logo=logo), "pv", ("pdf",))
    assert "/MarkInfo" not in PdfReader(io.BytesIO(pdf.content)).root_object


def test_headings_and_marks_are_on_every_page_of_a_long_one() -> None:
    (pdf,) = papers.write(
        document("Le comité décide de retenir l’offre et d’en informer les partenaires.", 60), "pv", ["pdf"]
    )
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "Projet" in text
        assert f"page {number} sur {len(pages)}" in text
    with_table = [page.extract_text() for page in pages if "Pour quand" in page.extract_text()]
    assert len(with_table) > 1


def test_lists_count_from_one_again() -> None:
    twice = document(rows=2)
    (word,) = papers.write(
        Paper(**{name: getattr(twice, name) for name in Paper.__slots__} | {"blocks": twice.blocks * 2}), "pv", ["docx"]
    )
    kinds = docx.Document(io.BytesIO(word.content)).element.xpath("//w:p/w:pPr/w:numPr/w:numId/@w:val")
    assert len(kinds) == 4
    assert len(set(kinds)) == 2


@pytest.mark.parametrize(
    ("language", "country", "tag"),
    [("fr", "BE", "fr-BE"), ("fr", "FR", "fr-FR"), ("de", "BE", "de-BE"), ("en", "BE", "en-GB")],
)
def test_the_language_is_said_as_programs_name_it(language: str, country: str, tag: str) -> None:
    base = document()
    said = Paper(**{name: getattr(base, name) for name in Paper.__slots__} | {"language": language, "country": country})
    (word,) = papers.write(said, "pv", ["docx"])
    assert docx.Document(io.BytesIO(word.content)).core_properties.language == tag
