"""Offers as HSDS 3.0 services: nested JSON, or the tables of its datapackage. Ids are UUIDs made from ours, the same each time."""

from __future__ import annotations

import csv
import json
import pathlib
import uuid
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final

from bot.exports.cells import harmless
from bot.understanding.fees import read_fees
from bot.understanding.hours import DAYS
from bot.understanding.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from storage.offers import Offer

_SPACE: Final = uuid.UUID("6f1d8a53-33b1-4c1f-9f0e-2f2c1c7f5e3a")
# UUIDs made from names.
ID_VERSION: Final = 5
TABLES: Final[dict[str, tuple[str, ...]]] = {
    "organizations": ("id", "name", "description"),
    "services": (
        "id", "organization_id", "name", "description", "url", "email", "status", "application_process", "fees_description",
        "eligibility_description", "minimum_age", "maximum_age", "alert", "last_modified", "assured_date",
    ),
    "locations": ("id", "location_type", "name", "latitude", "longitude"),
    "addresses": ("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "service_at_location": ("id", "service_id", "location_id"),
    "phones": ("id", "service_id", "number"),
    "languages": ("id", "service_id", "code", "name", "note"),
    "schedules": ("id", "service_id", "byday", "freq", "opens_at", "closes_at", "description"),
    "service_areas": ("id", "service_id", "name"),
    "cost_options": ("id", "service_id", "option", "currency", "amount"),
}  # fmt: skip


def _id(*parts: object) -> str:
    return str(uuid.uuid5(_SPACE, "/".join(str(part) for part in parts)))


def service_id(network_id: int, source: str, external_id: str, number: int) -> str:
    """What an offer goes out as: of its external id, or of its number where it came from no file."""
    return _id(network_id, source, external_id or number)


def service(offer: Offer) -> dict[str, Any]:
    """Without what is unknown."""
    key = service_id(offer.network_id, offer.source, offer.external_id, offer.number)
    organization = offer.partner_name or offer.name
    made = {
        "id": key,
        "name": offer.name,
        "status": "inactive" if offer.withdrawn_at else "active",
        "description": "\n".join(offer.descriptions.values()) or None,
        "url": offer.website or None,
        "email": offer.email if "@" in offer.email else None,
        "application_process": offer.access or offer.how or None,
        "fees_description": offer.fee or None,
        "eligibility_description": offer.audience_note or None,
        "minimum_age": offer.age_min if offer.age_min >= 0 else None,
        "maximum_age": offer.age_max if 0 <= offer.age_max < 120 else None,
        "alert": offer.alert or None,
        "last_modified": (offer.changed_at or offer.created_at).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "assured_date": offer.verified_at.date().isoformat() if offer.verified_at else None,
        "organization": {
            "id": _id(offer.network_id, "organization", organization),
            "name": organization,
            "description": organization,
        },
        "languages": [{"id": _id(key, "language", code), "code": code} for code in offer.languages],
        "phones": [{"id": _id(key, "phone"), "number": offer.phone}] if offer.phone else [],
        "schedules": _schedules(offer, key),
        "cost_options": [
            {"id": _id(key, "cost", status), "option": status or "everyone", "currency": "EUR", "amount": amount}
            for status, amount in read_fees(offer.fee).amounts
        ],
        "service_areas": [{"id": _id(key, "area", name), "name": name} for name in offer.zone],
        "service_at_locations": _locations(offer, key),
    }
    return {name: value for name, value in made.items() if value not in (None, [])}


def _locations(offer: Offer, key: str) -> list[dict[str, Any]]:
    if not offer.commune_name:
        return []
    commune = gazetteer().places.get(offer.commune)
    area = gazetteer().places.get(commune.area) if commune else None
    location: dict[str, Any] = {
        "id": _id(key, "location"),
        "location_type": "physical",
        "name": offer.commune_name,
        "addresses": [
            {
                "id": _id(key, "address"),
                "address_1": offer.address or offer.commune_name,
                "city": offer.commune_name,
                "state_province": area.name if area else offer.commune_name,
                "postal_code": offer.postal or (commune.postal[0] if commune and commune.postal else "-"),
                "country": commune.country if commune else "BE",
                "address_type": "physical",
            }
        ],
    }
    if offer.latitude is not None and offer.longitude is not None:
        location |= {"latitude": offer.latitude, "longitude": offer.longitude}
    return [{"id": _id(key, "at"), "location": location}]


def _schedules(offer: Offer, key: str) -> list[dict[str, Any]]:
    if not offer.hours and not offer.hours_text:
        return []
    made = []
    for number, line in enumerate(offer.hours.split("; ") if offer.hours else []):
        days, _, times = line.rpartition(" ")
        listed = _days(days)
        for span in times.split(","):
            opens, _, closes = span.partition("-")
            if listed and len(opens) == 5 and len(closes) == 5 and closes != "24:00":
                made.append(
                    {
                        "id": _id(key, "schedule", number, span),
                        "freq": "WEEKLY",
                        "byday": ",".join(listed),
                        "opens_at": opens,
                        "closes_at": closes,
                        "description": offer.hours_text or None,
                    }
                )
    made = [{name: value for name, value in row.items() if value is not None} for row in made]
    return made or [{"id": _id(key, "schedule"), "description": offer.hours_text or offer.hours}]


def _days(text: str) -> list[str]:
    found: list[str] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last and last not in DAYS):
            return []
        start, end = DAYS.index(first), DAYS.index(last or first)
        found += [DAYS[(start + step) % 7].upper() for step in range((end - start) % 7 + 1)]
    return found


def package(offers: Iterable[Offer], folder: str, target: IO[bytes]) -> None:
    """Tables are written in `folder` offer by offer, then packed."""
    root = pathlib.Path(folder)
    files = {name: (root / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in TABLES}
    writers = {name: csv.DictWriter(file, TABLES[name], extrasaction="ignore") for name, file in files.items()}
    for writer in writers.values():
        writer.writeheader()

    for name, row in _rows(offers):
        writers[name].writerow({column: harmless(value) for column, value in row.items()})
    for file in files.values():
        file.close()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", json.dumps(_description(), indent=1))
        for name in TABLES:
            archive.write(root / f"{name}.csv", f"{name}.csv")


def _rows(offers: Iterable[Offer]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of each table by its name, offer by offer; an organisation once."""
    organizations: set[str] = set()
    for offer in offers:
        row = service(offer)
        organization = row["organization"]
        if organization["id"] not in organizations:
            organizations.add(organization["id"])
            yield "organizations", organization
        yield "services", row | {"organization_id": organization["id"]}
        for name in ("phones", "languages", "schedules", "service_areas", "cost_options"):
            for part in row.get(name, []):
                yield name, part | {"service_id": row["id"]}
        for link in row.get("service_at_locations", []):
            location = link["location"]
            yield "locations", location
            yield "service_at_location", {"id": link["id"], "service_id": row["id"], "location_id": location["id"]}
            for address in location["addresses"]:
                yield "addresses", address | {"location_id": location["id"]}


def _description() -> dict[str, Any]:
    resources = [
        {"name": name, "path": f"{name}.csv", "schema": {"fields": [{"name": column} for column in columns]}}
        for name, columns in TABLES.items()
    ]
    return {"name": "filrouge-offers", "profile": "tabular-data-package", "resources": resources}
