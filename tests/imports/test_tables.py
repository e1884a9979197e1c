import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from bot.exports import rejected
from bot.imports import tables
from bot.imports.tables import TableError


def read(content: bytes) -> list[tuple[str, list[str], list[list[str]]]]:
    return [
        (table.name, list(table.headings), [list(row.cells) for row in table.rows]) for table in tables.tables(content)
    ]


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_of_any_make(separator: str, encoding: str) -> None:
    text = separator.join(["Nom", "Prénom", "E-mail"]) + "\r\n" + separator.join(["Étienne", "Zoé", "zoe@exemple.be"])
    assert read(text.encode(encoding)) == [("", ["Nom", "Prénom", "E-mail"], [["Étienne", "Zoé", "zoe@exemple.be"]])]


def test_a_quoted_cell_keeps_its_separators_and_lines() -> None:
    text = 'Nom;Note\n"Dupont; Anne";"une\nligne"\n'
    assert read(text.encode())[0][2] == [["Dupont; Anne", "une\nligne"]]


def test_every_sheet_of_a_workbook_under_its_title() -> None:
    content = book(
        ("Partenaires", [["Nos partenaires en 2025"], [], ["Nom", "Commune"], ["Le Pré", "Virton"]]),
        ("Vide", []),
        ("Contacts", [["Nom", "Tél."], ["Anne", 63123456.0], [None, None], ["Luc", None]]),
    )
    assert read(content) == [
        ("Partenaires", ["Nom", "Commune"], [["Le Pré", "Virton"]]),
        ("Contacts", ["Nom", "Tél."], [["Anne", "63123456"], ["Luc", ""]]),
    ]


def test_rows_keep_the_numbers_of_their_sheet() -> None:
    content = book(("A", [["Titre"], ["Nom", "Commune"], [None], ["Le Pré", "Virton"]]))
    assert [row.number for table in tables.tables(content) for row in table.rows] == [4]


def test_an_open_document_sheet() -> None:
    made = OpenDocumentSpreadsheet()
    sheet = OdfTable(name="Contacts")
    for cells in (["Nom", "Commune"], ["Zoé", "Arlon"]):
        row = TableRow()
        for said in cells:
            cell = TableCell()
            cell.addElement(P(text=said))
            row.addElement(cell)
        sheet.addElement(row)
    sheet.addElement(TableRow(numberrowsrepeated="1048574"))
    made.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    made.write(file)
    assert read(file.getvalue()) == [("Contacts", ["Nom", "Commune"], [["Zoé", "Arlon"]])]


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def written() -> bytes:
    file = io.BytesIO()
    OpenDocumentText().write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"x" * (tables.IN_CHAT.packed + 1), "big"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\x89PNG\r\n", "not_a_table"),
        (b"abc\x00def", "not_a_table"),
        (tables._OLE + b"\x00" * 600, "old"),
        (tables._OLE + b"\x00" * 600 + tables._LOCKED, "locked"),
        (b"PK\x03\x04 cut short", "damaged"),
        (zipped(**{"word/document.xml": "<w/>"}), "not_a_table"),
        (written(), "not_a_table"),
        (zipped(**{"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "bomb"),
        (zipped(**{"xl/workbook.xml": "<x/>", "xl/media/a": "0" * (tables.IN_CHAT.unpacked + 1)}), "bomb"),
        (b"a;b\n" + b"1;2\n" * (tables.IN_CHAT.rows + 1), "long"),
    ],
)
def test_what_is_no_table_says_why(content: bytes, code: str) -> None:
    with pytest.raises(TableError) as refused:
        read(content)
    assert refused.value.code == code


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(TableError):
        assert all(len(row) == len(headings) for _name, headings, rows in read(content) for row in rows)


def test_a_damaged_workbook_is_refused_wherever_it_is_cut() -> None:
    content = book(("A", [["Nom", "Commune"], ["Le Pré", "Virton"]]))
    for end in range(100, len(content) - 1, 400):
        with pytest.raises(TableError):
            read(content[:end])


def test_rejected_rows_come_back_as_text_and_can_be_read_again() -> None:
    sheet = rejected.Sheet("A/B", ["Nom", "E-mail"], [("pas d'adresse", ["=1+1", "@anne"])])
    assert read(rejected.workbook([sheet], reason="Raison")) == [
        ("A B", ["Raison", "Nom", "E-mail"], [["pas d'adresse", "=1+1", "@anne"]])
    ]


@pytest.mark.parametrize(
    ("text", "headings", "first"),
    [
        ("Organisation\nCPAS de Rouvroy\nLe Pré\n", ("Organisation",), ("CPAS de Rouvroy",)),
        ("Annuaire 2026\n\nNom;Ville\nLe Pré;Virton\n", ("Nom", "Ville"), ("Le Pré", "Virton")),
        ("Nom\n" + "Le Pré\n" * 40 + "Le Clos;Arlon\n", ("Nom",), ("Le Pré",)),
    ],
)
def test_a_list_of_names_is_a_table_of_one_column(text: str, headings: tuple[str, ...], first: tuple[str, ...]) -> None:
    (table,) = tables.held(text.encode())
    assert table.headings == headings
    assert next(iter(table.rows)).cells == first


def test_a_title_alone_is_no_table() -> None:
    assert tables.held(b"Annuaire 2026\n") == []
