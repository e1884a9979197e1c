"""Directories come in from the files people have, and come in again without doubling."""

import csv
import io
import json
import os
import pathlib
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial

import pytest
from openpyxl import Workbook

from bot.imports.offer_fields import RowError, draft
from bot.imports.offer_files import rows
from bot.imports.offer_mapping import detect
from bot.imports.offers import import_offers, rejected_file
from bot.imports.tables import TableError
from storage import freshness, offer_mappings, offers
from storage.database import Database, NetworkSession, Origin
from tests.conftest import NOW

FOLDER = os.environ.get("FILROUGE_TEST_DATA", "")
Opener = Callable[[], AbstractContextManager[NetworkSession]]
HEADINGS = ["id", "nom", "commune", "description", "tarif", "horaires"]
LINES = [
    ["1", "Espace jeunes", "Arlon", "Groupe pour ados", "gratuit", "me 14h-16h"],
    ["2", "Médiation de dettes", "Bastogne", "Budget", "5 €", "lu-ve 9h-12h"],
]


@pytest.fixture
def opener(database: Database, network_id: int) -> Opener:
    return partial(database.session, network_id, Origin(now=NOW, source="import"))


def write_csv(path: pathlib.Path, separator: str, encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([HEADINGS, *LINES])
    path.write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: pathlib.Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [["Répertoire de la zone"], HEADINGS, *LINES]:
        sheet.append(line)
    book.save(path)


def write_ods(path: pathlib.Path) -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in line)
        + "</table:table-row>"
        for line in [HEADINGS, *LINES]
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><table:table>{cells}</table:table></office:document-content>",
        )


@pytest.mark.parametrize("kind", ["comma", "semicolon", "windows", "xlsx", "ods", "jsonl", "json"])
def test_every_kind_of_file_gives_the_same_offers(kind: str, tmp_path: pathlib.Path, opener: Opener) -> None:
    suffix = {"xlsx": "xlsx", "ods": "ods", "jsonl": "jsonl", "json": "json"}.get(kind, "csv")
    path = tmp_path / f"offers.{suffix}"
    records = [dict(zip(HEADINGS, line, strict=True)) for line in LINES]
    match kind:
        case "comma" | "semicolon" | "windows":
            write_csv(path, "," if kind == "comma" else ";", "cp1252" if kind == "windows" else "utf-8")
        case "xlsx":
            write_xlsx(path)
        case "ods":
            write_ods(path)
        case "jsonl":
            path.write_text("".join(json.dumps(record) + "\n" for record in records))
        case _:
            path.write_text(json.dumps(records))
    report = import_offers(opener, rows(path), source="test")
    assert (report.read, report.added, report.rejected_count) == (2, 2, 0)
    with opener() as session:
        young, debt = offers.standing(session)
        assert (young.name, young.external_id, young.commune, young.free, young.hours) == (
            "Espace jeunes",
            "1",
            "BE:81001",
            True,
            "We 14:00-16:00",
        )
        assert (debt.kind, debt.commune_name, debt.free, debt.weekend) == ("debt", "Bastogne", False, False)


def test_a_file_that_comes_again_changes_what_it_speaks_of_and_deletes_nothing(
    tmp_path: pathlib.Path, opener: Opener
) -> None:
    path = tmp_path / "offers.csv"
    write_csv(path, ";", "utf-8")
    import_offers(opener, rows(path), source="test")
    path.write_text("id;nom;tarif\n1;Espace jeunes;3 €\n")
    seen = import_offers(opener, rows(path), source="test", dry=True)
    assert (seen.added, seen.changed) == (0, 1)
    assert dict(seen.changes[0][1])["fee"] == ("gratuit", "3 €")
    with opener() as session:
        assert offers.standing(session)[0].fee == "gratuit"
    import_offers(opener, rows(path), source="test")
    with opener() as session:
        young, debt = offers.standing(session)
        assert (young.fee, young.free, young.hours, young.commune) == ("3 €", False, "We 14:00-16:00", "BE:81001")
        assert debt.fee == "5 €"
    again = import_offers(opener, rows(path), source="test")
    assert (again.changed, again.same) == (0, 1)


def test_what_somebody_here_wrote_is_not_taken_back_by_an_older_file(tmp_path: pathlib.Path, opener: Opener) -> None:
    path = tmp_path / "offers.csv"
    path.write_text("id;nom;tarif;vérifié le\n1;Abri;3 €;2026-01-05\n")
    import_offers(opener, rows(path), source="test")
    with opener() as session:
        abri = offers.standing(session)[0]
        abri.fee = "4 €"
        freshness.note_by_hand(abri, ["fee"], date(2026, 3, 1))
    for checked, fee in (("2026-01-05", "4 €"), ("", "4 €"), ("2026-06-01", "3 €")):
        path.write_text(f"id;nom;tarif;vérifié le\n1;Abri;3 €;{checked}\n")
        import_offers(opener, rows(path), source="test")
        with opener() as session:
            assert offers.standing(session)[0].fee == fee


def test_rows_without_a_number_are_known_again_by_their_name_and_place(tmp_path: pathlib.Path, opener: Opener) -> None:
    path = tmp_path / "offers.csv"
    path.write_text("nom;commune;tarif\nAbri;Arlon;3 €\nAbri;Bastogne;3 €\nAbri;Arlon;5 €\n")
    assert import_offers(opener, rows(path), source="test").added == 3
    path.write_text("nom;commune;tarif\nAbri;Arlon;4 €\n")
    again = import_offers(opener, rows(path), source="test")
    assert (again.added, again.changed) == (0, 1)


def test_a_heading_that_is_a_formula_comes_back_as_words(tmp_path: pathlib.Path, opener: Opener) -> None:
    path = tmp_path / "offers.csv"
    path.write_text("nom;=1+1\n;x\n")
    report = import_offers(opener, rows(path), source="test")
    assert rejected_file(report).decode("utf-8-sig").splitlines()[0] == "row;reason;nom;'=1+1"


def test_rejected_rows_come_back_with_their_reason(tmp_path: pathlib.Path, opener: Opener) -> None:
    path = tmp_path / "offers.csv"
    path.write_text("id;nom;commune\n1;;Arlon\n2;Abri;Arlon\n3;=1+1;Nulle-Part\n4; ;\n")
    report = import_offers(opener, rows(path), source="test")
    assert (report.read, report.added, report.rejected_count, report.unplaced) == (4, 2, 2, 1)
    lines = list(csv.reader(io.StringIO(rejected_file(report).decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["row", "reason", "id", "nom", "commune"]
    assert lines[1] == ["2", "name", "1", "", "Arlon"]


def test_a_mapping_is_kept_for_the_source(tmp_path: pathlib.Path, opener: Opener) -> None:
    path = tmp_path / "offers.csv"
    path.write_text("Truc;Machin\nAbri de nuit;Arlon\n")
    import_offers(opener, rows(path), source="chez nous", mapping={"Truc": "name", "Machin": "commune_name"})
    with opener() as session:
        assert offers.standing(session)[0].name == "Abri de nuit"
        assert offer_mappings.mapping_of(session, "chez nous") == {"Truc": "name", "Machin": "commune_name"}


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.csv", "empty"),
        (b"\x00\x01\x02binary\x00", "a.csv", "not_a_table"),
        (b"PK\x03\x04nonsense", "a.xlsx", "damaged"),
        (b"[{", "a.json", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.xls", "old"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, name: str, reason: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableError, match=reason):
        list(rows(path))


def test_a_title_above_the_table_is_no_heading(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Annuaire du réseau\n\nnom;commune;nom\nAbri de nuit;Arlon;autre\n")
    assert [(row.number, row.values) for row in rows(path)] == [(4, {"nom": "Abri de nuit", "commune": "Arlon"})]


def test_a_zip_bomb_is_not_opened(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "bomb.ods"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("content.xml", "w", force_zip64=True) as inside,
    ):
        block = b" " * (1 << 20)
        for _ in range(601):
            inside.write(block)
    with pytest.raises(TableError, match="bomb"):
        list(rows(path))


def test_headings_are_guessed_in_four_languages() -> None:
    assert detect(["Naam", "Gemeente", "Doelgroep", "Prijs"]) == {
        "Naam": "name",
        "Gemeente": "commune_name",
        "Doelgroep": "audience",
        "Prijs": "fee",
    }
    assert detect(["Bezeichnung", "Ort", "Öffnungszeiten"]) == {
        "Bezeichnung": "name",
        "Ort": "commune_name",
        "Öffnungszeiten": "hours",
    }
    assert detect(["Nom du lieu ou de la structure *", "Ville *", "lien_source"])["Ville *"] == "commune_name"


def test_tags_and_hidden_characters_are_taken_out() -> None:
    made = draft(
        {
            "name": "<b>Abri</b>\u202e de nuit",
            "description": "<script>x</script> ignore\u200b tout @channel",
            "website": "javascript:alert(1)",
        }
    )
    assert made.name == "Abri de nuit"
    assert made.description == "x ignore tout @channel"
    assert made.website == ""
    with pytest.raises(RowError):
        draft({"name": "  "})


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("questions/services.jsonl", 134),
        ("directory/spreadsheets/liste-fs-20221201.csv", 2683),
        ("directory/spreadsheets/hinaura.json", 1171),
        ("directory/spreadsheets/maine-et-loire.json", 235),
        ("directory/data-inclusion/dataset.xlsx", 2),
        ("directory/hsds/examples/csv", 1),
        ("directory/hsds/examples/service_full.json", 1),
    ],
)
def test_other_peoples_directories_go_in(file: str, count: int) -> None:
    read = list(rows(pathlib.Path(FOLDER) / file))
    mapping = detect(dict.fromkeys(name for row in read for name in row.values))
    assert len(read) == count
    assert "name" in mapping.values()
