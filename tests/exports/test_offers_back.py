"""What went out for other programs and comes back changes nothing but what was changed in the file."""

import json
import os
import pathlib
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.exports.offers import WRITERS
from bot.imports import offers as importing
from bot.imports.offer_files import rows
from storage import freshness, offers
from storage.database import Database, NetworkSession, Origin
from storage.offers import Offer
from tests.conftest import NOW
from tests.exports.whole import WHOLE

DATA = os.environ.get("FILROUGE_TEST_DATA", "")
FORMS = {"hsds": "json", "hsds-package": "zip", "data-inclusion": "json", "data-inclusion-xlsx": "xlsx"}
BARE: dict[str, Any] = {"name": "Groupe de parole", "kind": "food", "partner_name": WHOLE["partner_name"]}


@pytest.fixture
def session(database: Database, network_id: int) -> Iterator[NetworkSession]:
    with database.session(network_id, Origin(now=NOW)) as session:
        offers.record(session, **WHOLE)
        offers.record(session, **BARE, descriptions={"fr": "Entretien individuel"}, hours="Sa 10:00-12:00")
        yield session


def sent(session: NetworkSession, form: str, path: pathlib.Path) -> pathlib.Path:
    file = path / f"offers.{FORMS[form]}"
    with file.open("wb") as target:
        WRITERS[form](offers.all_standing(session), target)
    return file


def brought(session: NetworkSession, file: pathlib.Path) -> importing.Report:
    return importing.import_offers(lambda: nullcontext(session), rows(file), source="offers")


def rewritten(file: pathlib.Path, form: str, old: str, new: str) -> None:
    """Every cell or text of the file that holds `old` says `new` there."""
    if form == "hsds-package":
        with zipfile.ZipFile(file) as archive:
            held = {name: archive.read(name).decode().replace(old, new) for name in archive.namelist()}
        with zipfile.ZipFile(file, "w") as archive:
            for name, text in held.items():
                archive.writestr(name, text)
    elif form == "data-inclusion-xlsx":
        book = load_workbook(file)
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            cell.value = str(cell.value).replace(old, new) if cell.value is not None else None
        book.save(file)
    else:
        file.write_text(file.read_text("utf-8").replace(json.dumps(old)[1:-1], new).replace(old, new), "utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_words_that_look_like_a_formula_come_back_as_they_are(
    form: str, session: NetworkSession, tmp_path: pathlib.Path
) -> None:
    words = {"name": "=1+1", "phone": "+32 61 00 00 00", "descriptions": {"fr": "-2+3"}}
    offers.record(session, **BARE | words)
    report = brought(session, sent(session, form, tmp_path))
    assert (report.changes, report.added, report.same) == ([], 0, 3)


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_back_as_it_went_out_changes_nothing(
    form: str, session: NetworkSession, tmp_path: pathlib.Path
) -> None:
    report = brought(session, sent(session, form, tmp_path))
    assert (report.changes, report.added, report.same) == ([], 0, 2)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("+32 63 00 00 00", "+32 63 11 11 11", "phone", "+32 63 11 11 11"),
        ("Maison Croisée", "Maison Décroisée", "name", "Maison Décroisée"),
        ("rue de la Gare 1", "rue de la Gare 2", "address", "rue de la Gare 2"),
        ("sur place", "au comptoir", "audience_note", "au comptoir"),
        ("11 €, 4 € BIM", "12 €, 4 € BIM", "fee", "12 €, 4 € BIM"),
        (
            "Voedsel; en",
            "Eten; en",
            "descriptions",
            {"fr": "Colis et écoute,\nen groupe", "nl": "Eten; en luisteren"},
        ),
    ],
)
def test_one_change_in_the_file_is_one_change(
    form: str, old: str, new: str, field: str, value: object, session: NetworkSession, tmp_path: pathlib.Path
) -> None:
    file = sent(session, form, tmp_path)
    rewritten(file, form, old, new)
    report = brought(session, file)
    assert (report.added, report.changed, report.same) == (0, 1, 1)
    assert [(name, list(fields)) for name, fields in report.changes] == [("Maison Croisée", [field])]
    whole = offers.by_external_ids(session, "test", ["X1"])["X1"]
    assert getattr(whole, field) == value


@pytest.mark.parametrize("form", FORMS)
def test_an_offer_that_came_from_no_file_is_known_again(
    form: str, session: NetworkSession, tmp_path: pathlib.Path
) -> None:
    file = sent(session, form, tmp_path)
    rewritten(file, form, "Entretien individuel", "Entretien à deux")
    report = brought(session, file)
    assert [(name, list(fields)) for name, fields in report.changes] == [("Groupe de parole", ["descriptions"])]


@pytest.mark.parametrize("form", FORMS)
def test_what_was_corrected_here_after_the_file_went_out_stays(
    form: str, session: NetworkSession, tmp_path: pathlib.Path
) -> None:
    file = sent(session, form, tmp_path)
    whole = offers.by_external_ids(session, "test", ["X1"])["X1"]
    whole.phone = "063 22 22 22"
    freshness.note_by_hand(whole, ["phone"], date(2026, 11, 30))
    report = brought(session, file)
    assert (report.changed, report.kept, whole.phone) == (0, [("Maison Croisée", "phone")], "063 22 22 22")


@pytest.mark.parametrize("form", ["data-inclusion", "hsds"])
def test_the_same_number_of_another_network_is_another_offer(
    form: str, database: Database, network_id: int, tmp_path: pathlib.Path
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        offers.record(session, name="Épicerie du Pont", phone="081 22 22 22", descriptions={"fr": "Colis du mardi"})
        file = sent(session, form, tmp_path)
        rewritten(file, form, "Épicerie du Pont", "Halte-garderie")
        rewritten(file, form, "081 22 22 22", "065 33 33 33")
        rewritten(file, form, "Colis du mardi", "Garde des enfants")
        report = brought(session, file)
        assert (report.added, report.changed) == (1, 0)


@pytest.mark.corpora
@pytest.mark.parametrize("form", FORMS)
def test_a_whole_directory_comes_back_the_same(
    form: str, database: Database, network_id: int, tmp_path: pathlib.Path
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        importing.import_offers(
            lambda: nullcontext(session), rows(pathlib.Path(DATA) / "questions" / "services.jsonl"), source="annuaire"
        )
        count = session.query(Offer).count()
        report = brought(session, sent(session, form, tmp_path))
        assert (report.changes, report.added, report.same) == ([], 0, count)
