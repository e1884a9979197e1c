"""What goes out is valid, comes in again, and is inert."""

import csv
import io
import json
import os
import pathlib
import re
import zipfile
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from bot.exports.cells import inert
from bot.exports.offers import WRITERS
from bot.imports.offer_fields import draft
from bot.imports.offer_files import rows
from bot.imports.offer_mapping import apply, detect
from storage import offers
from storage.database import Database, NetworkSession, Origin
from storage.offers import Offer
from tests.conftest import NOW
from tests.exports.whole import WHOLE

SPECS = os.environ.get("FILROUGE_TEST_DATA", "")


@pytest.fixture
def session(database: Database, network_id: int) -> Iterator[NetworkSession]:
    with database.session(network_id, Origin(now=NOW)) as session:
        named = {"name": "=cmd|' /C calc'!A0", "names": {}, "descriptions": {"fr": "Colis\net <b>écoute</b>"}}
        offers.record(session, **WHOLE | named | {"languages": ["fr", "de"], "language_note": ""})
        offers.record(session, name="Nue")
        yield session


def written(session: NetworkSession, form: str) -> bytes:
    target = io.BytesIO()
    WRITERS[form](offers.all_standing(session), target)
    return target.getvalue()


@pytest.mark.parametrize(
    "form", ["csv", "xlsx", "ods", "jsonl", "hsds", "hsds-package", "data-inclusion", "data-inclusion-xlsx"]
)
def test_what_goes_out_comes_in_again(form: str, session: NetworkSession, tmp_path: pathlib.Path) -> None:
    suffix = {"hsds-package": "zip", "hsds": "json", "data-inclusion": "json", "data-inclusion-xlsx": "xlsx"}.get(
        form, form
    )
    path = tmp_path / f"offers.{suffix}"
    path.write_bytes(written(session, form))
    read = list(rows(path))
    mapping = detect(dict.fromkeys(name for row in read for name in row.values))
    first, second = (draft(apply(row.values, mapping)) for row in read)
    assert first.name.lstrip("'") == "=cmd|' /C calc'!A0"
    assert (first.commune, first.hours) == ("BE:81001", "Mo-Fr 09:00-12:00")
    assert first.free is False
    assert second.name == "Nue"


def test_spreadsheets_hold_no_formula(session: NetworkSession) -> None:
    lines = list(csv.reader(io.StringIO(written(session, "csv").decode("utf-8-sig")), delimiter=";"))
    assert lines[1][2] == "'=cmd|' /C calc'!A0"
    book = load_workbook(io.BytesIO(written(session, "xlsx")))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert inert("+32 63") == "'+32 63"
    assert inert(-1) == "-1"


def schema(name: str) -> dict[str, object]:
    if not SPECS:
        pytest.skip("FILROUGE_TEST_DATA names no folder of schemas")
    loaded: dict[str, object] = json.loads((pathlib.Path(SPECS) / "directory" / name).read_text())
    return loaded


@pytest.mark.corpora
def test_data_inclusion_is_valid(session: NetworkSession) -> None:
    from jsonschema import Draft202012Validator

    out = json.loads(written(session, "data-inclusion"))
    for part, name in (("services", "service"), ("structures", "structure")):
        validator = Draft202012Validator(schema(f"data-inclusion/schemas/v1/{name}.json"))
        assert [error.message for row in out[part] for error in validator.iter_errors(row)] == []
    assert out["services"][0]["code_postal"] is None
    assert out["services"][0]["code_insee"] == "81001"
    assert "B-6700" in out["services"][0]["adresse"]


@pytest.mark.corpora
def test_hsds_is_valid(session: NetworkSession) -> None:
    from jsonschema import Draft202012Validator

    whole = schema("hsds/schema/service.json")
    # The parts that service.json refers to are not published beside it: what they say is left unchecked.
    validator = Draft202012Validator(json.loads(re.sub(r'"\$ref": "[^"#]+"', '"$comment": ""', json.dumps(whole))))
    assert [error.message for row in json.loads(written(session, "hsds")) for error in validator.iter_errors(row)] == []


@pytest.mark.corpora
def test_the_hsds_package_has_the_published_columns(session: NetworkSession) -> None:
    published = {}
    for resource in schema("hsds/datapackage.json")["resources"]:  # type: ignore[attr-defined]
        columns = [column["name"] for column in resource["schema"]["fields"]]
        needed = {
            column["name"] for column in resource["schema"]["fields"] if column.get("constraints", {}).get("required")
        }
        published[resource["path"]] = (set(columns), needed)
    with zipfile.ZipFile(io.BytesIO(written(session, "hsds-package"))) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                headings = set(archive.read(name).decode().splitlines()[0].split(","))
                assert headings <= published[name][0], name
                assert published[name][1] <= headings, name


def test_an_export_is_read_by_chunks(session: NetworkSession) -> None:
    offers.add_many(session, [{"name": f"Offre {number}"} for number in range(1200)])
    assert len(written(session, "jsonl").splitlines()) == 1202
    assert not [row for row in session.identity_map.values() if isinstance(row, Offer)]
