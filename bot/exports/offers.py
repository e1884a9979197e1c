"""Offers out: CSV, XLSX, ODS, JSON Lines, HSDS 3 and data·inclusion v1; each writes to a binary stream, offer by offer."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from openpyxl import Workbook

from bot.exports import data_inclusion, hsds
from bot.exports.cells import inert
from bot.understanding.stems import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from storage.offers import Offer

# Headings are the fields' names, so that what goes out comes in again without a question.
COLUMNS: Final = (
    "external_id", "source", "name", *(f"name_{lang}" for lang in LANGS), "partner", "kind", "thematiques",
    *(f"description_{lang}" for lang in LANGS), "description", "formats", "audience", "audience_note", "age_min", "age_max",
    "languages", "language_note", "fee", "free", "access", "how", "phone", "email", "website", "hours", "hours_text", "address", "postal",
    "commune_name", "commune_code", "latitude", "longitude", "zone", "capacity", "places", "waiting_weeks", "capacity_on",
    "closed_from", "closed_until", "alert", "verified_on", "verified_by",
)  # fmt: skip
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' office:version="1.3"><office:body><office:spreadsheet><table:table table:name="offers">'
)
_CONTENT_TAIL: Final = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    f' manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def values(offer: Offer) -> dict[str, Any]:
    """Under the names of COLUMNS; None where unknown."""
    return {
        "external_id": offer.external_id or offer.ref,
        "source": offer.source,
        "name": offer.name,
        "partner": offer.partner_name,
        "kind": offer.kind,
        "thematiques": offer.thematiques,
        "description": "\n".join(text for lang, text in offer.descriptions.items() if lang not in LANGS),
        **{f"name_{lang}": offer.names.get(lang) for lang in LANGS},
        **{f"description_{lang}": offer.descriptions.get(lang) for lang in LANGS},
        "formats": offer.formats,
        "audience": offer.audience,
        "audience_note": offer.audience_note,
        "age_min": offer.age_min if offer.age_min >= 0 else None,
        "age_max": offer.age_max if offer.age_max >= 0 else None,
        "languages": offer.languages,
        "language_note": offer.language_note,
        "fee": offer.fee,
        "free": offer.free,
        "access": offer.access,
        "how": offer.how,
        "phone": offer.phone,
        "email": offer.email,
        "website": offer.website,
        "hours": offer.hours or offer.hours_text,
        "hours_text": offer.hours_text,
        "address": offer.address,
        "postal": offer.postal,
        "commune_name": offer.commune_name,
        "commune_code": offer.commune,
        "zone": offer.zone,
        "capacity": offer.capacity,
        "latitude": offer.latitude,
        "longitude": offer.longitude,
        "places": offer.places,
        "waiting_weeks": offer.waiting_weeks,
        "capacity_on": offer.capacity_on,
        "closed_from": offer.closed_from,
        "closed_until": offer.closed_until,
        "alert": offer.alert,
        "verified_on": offer.verified_at.date() if offer.verified_at else None,
        "verified_by": offer.verified_by,
    }


def _cells(offers: Iterable[Offer]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for offer in offers:
        row = values(offer)
        yield [inert(row[name]) for name in COLUMNS]


def write_csv(offers: Iterable[Offer], target: IO[bytes]) -> None:
    """With semicolons and a byte order mark, as spreadsheets here expect."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text, delimiter=";").writerows(_cells(offers))
    text.flush()
    text.detach()


def write_xlsx(offers: Iterable[Offer], target: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("offers")
    for row in _cells(offers):
        sheet.append(row)
    book.save(target)


def write_ods(offers: Iterable[Offer], target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODS, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w") as content:
            content.write(_CONTENT_HEAD.encode())
            for row in _cells(offers):
                cells = "".join(_ods_cell(text) for text in row)
                content.write(f"<table:table-row>{cells}</table:table-row>".encode())
            content.write(_CONTENT_TAIL.encode())


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def write_jsonl(offers: Iterable[Offer], target: IO[bytes]) -> None:
    for offer in offers:
        row = values(offer) | {"names": offer.names, "descriptions": offer.descriptions}
        for lang in LANGS:
            del row[f"name_{lang}"], row[f"description_{lang}"]
        del row["description"]
        kept = {name: value for name, value in row.items() if value not in (None, "", [], {})}
        target.write((json.dumps(kept, ensure_ascii=False, default=str) + "\n").encode())


def _list(rows: Iterable[dict[str, Any]], target: IO[bytes]) -> None:
    target.write(b"[")
    for number, row in enumerate(rows):
        target.write((",\n" if number else "\n").encode() + json.dumps(row, ensure_ascii=False).encode())
    target.write(b"\n]\n")


def write_hsds(offers: Iterable[Offer], target: IO[bytes]) -> None:
    """A JSON list of services, each valid against HSDS 3's service schema."""
    _list((hsds.service(offer) for offer in offers), target)


def write_hsds_package(offers: Iterable[Offer], target: IO[bytes]) -> None:
    """A zip of HSDS's tables as CSV with their datapackage.json."""
    with tempfile.TemporaryDirectory() as folder:
        hsds.package(offers, folder, target)


def write_data_inclusion(offers: Iterable[Offer], target: IO[bytes]) -> None:
    """One JSON object: the list of structures and the list of services, each valid against schema v1."""
    structures: dict[str, dict[str, Any]] = {}
    target.write(b'{"services": ')
    _list((data_inclusion.service(offer, structures) for offer in offers), target)
    target.write(b', "structures": ')
    _list(structures.values(), target)
    target.write(b"}\n")


def write_data_inclusion_xlsx(offers: Iterable[Offer], target: IO[bytes]) -> None:
    """The official template's two sheets."""
    data_inclusion.write_workbook(offers, target)


WRITERS: Final[dict[str, Callable[[Iterable[Offer], IO[bytes]], None]]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "ods": write_ods,
    "jsonl": write_jsonl,
    "hsds": write_hsds,
    "hsds-package": write_hsds_package,
    "data-inclusion": write_data_inclusion,
    "data-inclusion-xlsx": write_data_inclusion_xlsx,
}
