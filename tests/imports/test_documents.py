"""Files in, text or a plain reason out; every file is made here."""

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from bot.imports import documents, worker
from bot.imports.documents import DocumentError
from bot.imports.minutes import Wanted, read_path, read_text
from tests.imports.files import pdf_bytes

_CONTENT = "Le budget 2026 est adopté à l'unanimité."


def docx_bytes() -> bytes:
    file = docx.Document()
    file.add_heading("Compte rendu du comité", 1)
    file.add_paragraph("Présents : Claire Dumont, Benoît Lambert")
    file.add_heading("Budget", 2)
    file.add_paragraph(_CONTENT)
    file.add_paragraph("Réserver la salle (Benoît)", style="List Bullet")
    table = file.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Action", "Qui", "Pour quand"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("Mettre à jour la fiche", "Claire", "15 juin 2026"), strict=True):
        cell.text = text
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def odt_bytes() -> bytes:
    file = OpenDocumentText()
    file.text.addElement(odf_text.H(outlinelevel=1, text="Verslag van de werkgroep"))
    file.text.addElement(odf_text.P(text="De begroting wordt eenparig goedgekeurd."))
    items = odf_text.List()
    item = odf_text.ListItem()
    item.addElement(odf_text.P(text="Zaal reserveren (Nele)"))
    items.addElement(item)
    file.text.addElement(items)
    table = odf_table.Table()
    row = odf_table.TableRow()
    for text in ("Actie", "Wie"):
        cell = odf_table.TableCell()
        cell.addElement(odf_text.P(text=text))
        row.addElement(cell)
    table.addElement(row)
    file.text.addElement(table)
    out = io.BytesIO()
    file.write(out)
    return out.getvalue()


def zip_bytes(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


def code(data: bytes, name: str) -> str:
    with pytest.raises(DocumentError) as caught:
        documents.read(data, name)
    assert str(caught.value)
    assert "{" not in str(caught.value)
    return caught.value.code


def test_word_keeps_headings_items_and_tables() -> None:
    text = documents.read(docx_bytes(), "pv.docx").text
    assert "# Compte rendu du comité" in text
    assert "## Budget" in text
    assert "- Réserver la salle (Benoît)" in text
    assert "| Mettre à jour la fiche | Claire | 15 juin 2026 |" in text


def test_deleted_words_of_a_revision_are_not_read() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        "<w:p><w:r><w:t>Le budget est </w:t></w:r><w:del><w:r><w:delText>refusé</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>adopté</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>"
    )
    data = zip_bytes(word__document_xml=f"<w:document {space}><w:body>{body}</w:body></w:document>")
    assert documents.read(data, "pv.docx").text == "Le budget est adopté.\n"


def test_opendocument_keeps_headings_items_and_tables() -> None:
    text = documents.read(odt_bytes(), "verslag.odt").text
    assert text.startswith("# Verslag van de werkgroep")
    assert "- Zaal reserveren (Nele)" in text
    assert "| Actie | Wie |" in text


def test_a_cell_merged_downwards_says_the_same_in_each_row() -> None:
    file = docx.Document()
    table = file.add_table(3, 2)
    for row, words in zip(table.rows, (("Quoi", "Qui"), ("Réserver la salle", "Bob"), ("Écrire", "")), strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said
    table.cell(1, 1).merge(table.cell(2, 1))
    out = io.BytesIO()
    file.save(out)
    assert "| Écrire | Bob |" in documents.read(out.getvalue(), "pv.docx").text


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (
            "<tr><td>Réserver<td rowspan=2>Bob</tr><tr><td>Écrire</td></tr><tr><td>Payer</td><td>Zoé</td></tr>",
            ["| Réserver | Bob |", "| Écrire | Bob |", "| Payer | Zoé |"],
        ),
        ("<tr><td rowspan=0>Bob<td>Réserver<tr><td>Écrire", ["| Bob | Réserver |", "| Bob | Écrire |"]),
        (
            "<tr><td rowspan='2' colspan='2'>Bob</td><td>Lire</td></tr><tr><td>Écrire</td></tr>",
            ["| Bob |  | Lire |", "| Bob |  | Écrire |"],
        ),
        ("<tr><td rowspan='x' colspan='-1'>Bob</td><td>Lire</td></tr>", ["| Bob | Lire |"]),
    ],
)
def test_a_cell_of_a_web_page_that_takes_several_rows_says_the_same_in_each(rows: str, wanted: list[str]) -> None:
    page = (
        f"<html><body><p>Actions</p><table>{rows}</table><p>Fin.</p><table><tr><td>Seul</td></tr></table></body></html>"
    )
    read = documents.read(page.encode(), "pv.html").text.splitlines()
    assert [line for line in read if line.startswith("| ") and "---" not in line] == [*wanted, "| Seul |"]


def test_a_comment_of_word_is_not_in_the_notes() -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("Il est décidé ")
    run = paragraph.add_run("d'ouvrir le samedi.")
    file.add_comment(run, text="On décide plutôt de fermer.", author="Zoé", initials="Z")
    out = io.BytesIO()
    file.save(out)
    assert documents.read(out.getvalue(), "pv.docx").text == "Il est décidé d'ouvrir le samedi.\n"


def test_a_footnote_of_word_does_not_break_its_sentence() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        "<w:p><w:r><w:t>Il est décidé</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t xml:space='preserve'> d'ouvrir.</w:t></w:r></w:p>"
    )
    note = "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>Voir l'annexe.</w:t></w:r></w:p></w:footnote>"
    data = zip_bytes(
        word__document_xml=f"<w:document {space}><w:body>{body}</w:body></w:document>",
        word__footnotes_xml=f"<w:footnotes {space}>{note}</w:footnotes>",
    )
    assert documents.read(data, "pv.docx").text == "Il est décidé d'ouvrir.\n"


def test_comments_and_footnotes_do_not_break_a_sentence_of_opendocument() -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    body = (
        "<text:p>Il est décidé<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Voir l'annexe.</text:p></text:note-body></text:note> d'ouvrir"
        "<office:annotation><text:p>On décide de fermer.</text:p></office:annotation> le samedi.</text:p>"
    )
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {spaces}>{text}</office:document-content>"
    data = zip_bytes(mimetype="application/vnd.oasis.opendocument.text", content_xml=content)
    assert documents.read(data, "pv.odt").text == "Il est décidé d'ouvrir le samedi.\n"


def test_the_number_of_a_footnote_is_not_read_in_a_web_page() -> None:
    page = """<p>Il est décidé<sup><a href="#fn1">1</a></sup> d'ouvrir<a href="#sdfootnote1sym"><sup>2</sup></a>.</p>
    <p><a href="#fnref1">↩</a>Voir l'annexe.</p>"""
    assert documents.read(page.encode(), "pv.html").text == "Il est décidé d'ouvrir.\n\nVoir l'annexe.\n"


def test_comments_and_their_numbers_are_not_read_in_a_page_of_an_office() -> None:
    page = """<ul><li>Bob rédige l'affiche</li></ul><p>Il est décidé d'ouvrir.<a href="#cmnt1">[a]</a></p>
    <p>La suite.</p><div><p><a href="#cmnt_ref1">[a]</a><span>On pourrait fermer.</span></p></div>"""
    assert documents.read(page.encode(), "pv.html").text == (
        "- Bob rédige l'affiche\nIl est décidé d'ouvrir.\n\nLa suite.\n"
    )


def test_a_web_page_is_read_without_its_scripts() -> None:
    page = """<!doctype html><html><head><title>PV</title><script>alert("non")</script></head><body>
    <h2>D&eacute;cisions</h2><ul><li>Le budget est adopté.<ul><li>détail</li></ul></li></ul>
    <table><tr><th>Action</th><th>Qui</th></tr><tr><td>Écrire</td><td>Ana</td></tr></table></body></html>"""
    text = documents.read(page.encode(), "pv.html").text
    assert "## Décisions" in text
    assert "- Le budget est adopté.\n  - détail" in text
    assert "| Écrire | Ana |" in text
    assert "alert" not in text


def test_a_pdf_is_read_without_running_headers_and_page_numbers() -> None:
    words = [[f"Point {chr(65 + n)}{chr(65 + k)} : adopte." for k in range(6)] for n in range(4)]
    pages = [["Reseau Ardenne - compte rendu", *said, f"Page {n} / 4"] for n, said in enumerate(words, start=1)]
    text = documents.read(pdf_bytes(pages), "pv.pdf").text
    assert text.splitlines() == [line for said in words for line in said]


def test_progress_counts_pages() -> None:
    told: list[tuple[int, int]] = []
    documents.read(pdf_bytes([["Le budget est adopte ce jour."]] * 3), "pv.pdf", lambda *page: told.append(page))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_any_encoding_and_lines_keep_their_number(encoding: str) -> None:
    text = documents.read(f"Réunion\r\n\r\n{_CONTENT}\r\n".encode(encoding), "pv.txt").text
    assert text.splitlines() == ["Réunion", "", _CONTENT]


def test_what_is_not_a_document_is_refused_by_name_and_by_content() -> None:
    assert code(b"x", "pv.exe") == "unsupported"
    assert code(b"x", "pv") == "unsupported"
    assert code(b"   \n ", "pv.txt") == "empty"
    assert code(b"\x89PNG\r\n\x1a\n" + bytes(50), "pv.docx") == "wrong_type"
    assert code(docx_bytes(), "pv.pdf") == "wrong_type"
    assert code(pdf_bytes([["Le budget"]]), "pv.docx") == "wrong_type"
    assert code(b"Bonjour a tous", "pv.docx") == "wrong_type"
    assert code(bytes(range(256)) * 8, "pv.txt") == "wrong_type"


def test_a_locked_file_says_so() -> None:
    assert code(pdf_bytes([["Le budget est adopte ce jour."]], password="secret"), "pv.pdf") == "encrypted"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    assert code(ole + "EncryptedPackage".encode("utf-16-le"), "pv.docx") == "encrypted"
    assert code(ole, "pv.docx") == "old_word"
    manifest = "<manifest:encryption-data/>"
    assert code(zip_bytes(**{"content_xml": "<a/>", "META-INF__manifest_xml": manifest}), "pv.odt") == "encrypted"


def test_a_scan_says_how_many_pages() -> None:
    with pytest.raises(DocumentError) as caught:
        documents.read(pdf_bytes([[""], [""]]), "pv.pdf")
    assert (caught.value.code, caught.value.data["pages"]) == ("scanned", 2)


def test_a_cut_file_says_so() -> None:
    assert code(docx_bytes()[:-200], "pv.docx") == "truncated"
    assert code(odt_bytes()[:700], "pv.odt") == "truncated"
    assert code(pdf_bytes([["Le budget"]])[:120], "pv.pdf") in ("truncated", "scanned")


def test_bombs_are_not_opened() -> None:
    assert code(zip_bytes(word__document_xml=bytes(120_000_000)), "pv.docx") == "zip_bomb"
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    assert code(zip_bytes(word__document_xml=laughs), "pv.docx") == "xml_bomb"
    assert code(zip_bytes(content_xml=" " * 9000 + laughs), "pv.odt") in ("xml_bomb", "broken")


def test_an_outside_entity_is_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("motdepasse", encoding="utf-8")
    evil = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'
    assert code(zip_bytes(word__document_xml=evil), "pv.docx") == "xml_bomb"


def test_macros_are_refused() -> None:
    assert code(zip_bytes(word__document_xml="<a/>", word__vbaProject_bin=b"x"), "pv.docx") == "macro"
    assert code(docx_bytes(), "pv.docm") == "macro"


def test_200_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pv.docx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(DocumentError) as caught:
        documents.read_path(path)
    assert caught.value.code == "too_big"
    assert "50 MB" in str(caught.value)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["docx", "odt", "pdf", "html", "md", "txt"]))
def test_any_bytes_are_text_or_a_reason(data: bytes, extension: str) -> None:
    with suppress(DocumentError):
        assert documents.read(data, f"pv.{extension}").text


@pytest.mark.parametrize(
    ("make", "name"),
    [(docx_bytes, "pv.docx"), (odt_bytes, "pv.odt"), (lambda: pdf_bytes([["Le budget est adopte."]] * 2), "pv.pdf")],
    ids=["docx", "odt", "pdf"],
)
def test_a_damaged_file_is_text_or_a_reason(make: Callable[[], bytes], name: str) -> None:
    whole, chance = make(), random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(DocumentError):
            assert documents.read(bytes(data[: chance.randint(len(data) // 2, len(data))]), name).text


def test_minutes_are_read_in_a_worker() -> None:
    found, _text = read_text(docx_bytes(), "pv.docx", Wanted(dt.date(2026, 1, 13), "fr"))
    assert [(one.kind, one.owner) for one in found.items] == [
        ("decision", None),
        ("commitment", "Benoît"),
        ("commitment", "Claire"),
    ]
    assert found.items[2].due_date == dt.date(2026, 6, 15)


def test_the_worker_hands_back_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "pv.docx"
    path.write_bytes(docx_bytes()[:500])
    with pytest.raises(DocumentError) as caught:
        read_path(path, Wanted(None))
    assert caught.value.code == "truncated"
    with pytest.raises(FileNotFoundError):
        read_path(tmp_path / "absent.docx", Wanted(None))


def hoard(megabytes: int, progress: Callable[[int, int], None]) -> int:
    progress(1, 2)
    return len(bytearray(megabytes * 1_000_000))


def dawdle(progress: Callable[[int, int], None]) -> None:
    import threading

    progress(0, 1)
    threading.Event().wait()


def test_what_the_chat_holds_is_not_counted_against_a_file() -> None:
    held = bytearray(600_000_000)  # asked for and never touched: it costs addresses, not memory
    assert worker.run(hoard, 20) == 20_000_000
    assert len(held) == 600_000_000


def test_a_worker_that_takes_too_much_is_stopped() -> None:
    told: list[tuple[int, int]] = []
    assert worker.run(hoard, 20, progress=lambda *step: told.append(step)) == 20_000_000
    assert told == [(1, 2)]
    with pytest.raises(DocumentError) as caught:
        worker.run(hoard, 1500)
    assert caught.value.code == "too_heavy"
    with pytest.raises(DocumentError) as caught:
        worker.run(dawdle, seconds=0.5)
    assert caught.value.code == "too_slow"
