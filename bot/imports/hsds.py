"""Services of an HSDS 3 directory: one object each in JSON, or the CSV files of a datapackage joined by their ids."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.exports.cells import meant
from bot.understanding.hours import DAYS, runs

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DAYS: Final = {day.upper(): number for number, day in enumerate(DAYS)}


def is_service(value: dict[str, Any]) -> bool:
    telling = {
        "organization_id",
        "organization",
        "service_at_locations",
        "application_process",
        "eligibility_description",
        "cost_options",
    }
    return "name" in value and "status" in value and bool(telling & set(value))


def flat(service: dict[str, Any]) -> dict[str, Any]:
    """Under the fields' names of an import."""
    organization = service.get("organization") or {}
    place = _place(service)
    phones = [*(service.get("phones") or []), *(organization.get("phones") or [])]
    return {
        "external_id": service.get("id"),
        "name": service.get("name"),
        "partner": organization.get("name"),
        "description": "\n".join(
            part for part in (service.get("description"), service.get("eligibility_description")) if part
        ),
        "age_min": service.get("minimum_age"),
        "age_max": service.get("maximum_age"),
        "languages": [language.get("code") or language.get("name") for language in service.get("languages") or []],
        "fee": _fee(service),
        "access": service.get("application_process"),
        "phone": phones[0].get("number") if phones else None,
        "email": service.get("email") or organization.get("email"),
        "website": service.get("url") or organization.get("website"),
        "hours": _hours(service.get("schedules") or place.get("schedules") or []),
        "alert": service.get("alert"),
        "verified_on": service.get("assured_date") or service.get("last_modified"),
        "verified_by": service.get("assurer_email"),
        "waiting_weeks": service.get("wait_time"),
        "zone": [area.get("name") for area in service.get("service_areas") or [] if area.get("name")],
        "closed": service.get("status") in {"defunct", "inactive"},
        **place,
    }


def _place(service: dict[str, Any]) -> dict[str, Any]:
    for link in service.get("service_at_locations") or []:
        location = link.get("location") or {}
        for address in location.get("addresses") or []:
            return {
                "address": address.get("address_1"),
                "postal": address.get("postal_code"),
                "commune_name": address.get("city"),
                "country": address.get("country"),
                "latitude": location.get("latitude"),
                "longitude": location.get("longitude"),
            }
    return {}


def _fee(service: dict[str, Any]) -> str:
    if said := service.get("fees_description") or service.get("fees"):
        return str(said)
    parts = [
        f"{cost.get('amount') or ''} {cost.get('currency') or ''} {cost.get('option') or ''}".strip()
        for cost in service.get("cost_options") or []
    ]
    return "; ".join(part for part in parts if part)


def _hours(schedules: list[dict[str, Any]]) -> str:
    lines = []
    for schedule in schedules:
        days = runs(
            _DAYS[day.strip()[-2:]] for day in str(schedule.get("byday") or "").split(",") if day.strip()[-2:] in _DAYS
        )
        opens, closes = (str(schedule.get(name) or "")[:5] for name in ("opens_at", "closes_at"))
        if opens and closes:
            lines.append(f"{days} {opens}-{closes}".strip())
        elif schedule.get("description"):
            lines.append(str(schedule["description"]))
    return "; ".join(lines)


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path

    def read(self, name: str) -> Iterator[dict[str, str]]:
        file = next(iter(sorted(self.path.rglob(name))), None)
        if file is not None:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                yield from _rows(lines)


@dataclass(frozen=True, slots=True)
class Zip:
    archive: zipfile.ZipFile

    def read(self, name: str) -> Iterator[dict[str, str]]:
        inside = next((entry for entry in self.archive.namelist() if entry == name or entry.endswith("/" + name)), None)
        if inside is not None:
            with self.archive.open(inside) as raw:
                yield from _rows(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))


def _rows(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(lines):
        yield {column: meant(value) for column, value in row.items()}


def package(source: Folder | Zip) -> Iterator[tuple[int, dict[str, Any]]]:
    """Services one by one, as JSON has them; what they refer to is held, which is smaller than they are."""
    organizations = {row["id"]: row for row in source.read("organizations.csv")}
    locations = {row["id"]: dict[str, Any](row) for row in source.read("locations.csv")}
    for address in source.read("addresses.csv"):
        locations.get(address.get("location_id", ""), {}).setdefault("addresses", []).append(address)
    parts: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name in ("phones", "schedules", "languages", "cost_options", "service_areas"):
        parts[name] = defaultdict(list)
        for row in source.read(f"{name}.csv"):
            parts[name][row.get("service_id", "")].append(row)
    links: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in source.read("service_at_location.csv"):
        links[row.get("service_id", "")].append({"location": locations.get(row.get("location_id", ""), {})})
    for number, service in enumerate(source.read("services.csv"), 2):
        key = service.get("id", "")
        whole: dict[str, Any] = {
            **service,
            "organization": organizations.get(service.get("organization_id", ""), {}),
            "service_at_locations": links[key],
        }
        whole.update({name: held[key] for name, held in parts.items()})
        yield number, whole
