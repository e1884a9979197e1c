"""Offers as data·inclusion v1 services and structures.

Its postal code is five digits: a Belgian one is written in the address ("B-6800") and left out of `code_postal`; a
NIS code
has five digits and stands for the INSEE one.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final

from openpyxl import Workbook

from bot.exports.cells import inert
from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.offers import Offer

SOURCE: Final = "filrouge"
PUBLICS: Final = {
    "women": "femmes", "families": "familles", "youth": "jeunes", "students": "etudiants", "seniors": "seniors", "refugees": "personnes-exilees",
    "homeless": "personnes-en-situation-durgence", "disabled": "personnes-en-situation-de-handicap", "jobseekers": "demandeurs-emploi", "workers": "actifs",
}  # fmt: skip
KNOWN_PUBLICS: Final = frozenset(
    [
        "actifs",
        "beneficiaires-des-minimas-sociaux",
        "demandeurs-emploi",
        "etudiants",
        "familles",
        "femmes",
        "jeunes",
        "personnes-en-situation-de-handicap",
        "personnes-en-situation-durgence",
        "personnes-en-situation-juridique-specifique",
        "personnes-exilees",
        "residents-qpv-frr",
        "seniors",
        "tous-publics",
    ]
)
SERVICE: Final = (
    "structure_id", "id", "date_maj", "nom", "description", "lien_source", "type", "thematiques", "frais", "frais_precisions", "publics", "publics_precisions",
    "conditions_acces", "commune", "code_insee", "code_postal", "adresse", "telephone", "courriel", "modes_accueil", "zone_eligibilite", "lien_mobilisation",
    "modes_mobilisation", "mobilisable_par", "mobilisation_precisions", "horaires_accueil",
)  # fmt: skip
STRUCTURE: Final = (
    "id",
    "date_maj",
    "nom",
    "adresse",
    "commune",
    "code_postal",
    "code_insee",
    "telephone",
    "courriel",
    "site_web",
)


def service(offer: Offer, structures: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Adds its structure to `structures`; None for what is unknown."""
    belgian = offer.commune.startswith("BE:")
    changed = (offer.changed_at or offer.created_at).date().isoformat()
    address = ", ".join(
        part for part in (offer.address, f"B-{offer.postal}" if belgian and offer.postal else "") if part
    )
    place: dict[str, Any] = {
        "commune": offer.commune_name or None,
        "code_insee": _insee(offer),
        "code_postal": offer.postal if re.fullmatch(r"\d{5}", offer.postal) and not belgian else None,
        "adresse": address or None,
        "latitude": offer.latitude,
        "longitude": offer.longitude,
    }
    name = _name(offer.partner_name or offer.name)
    key = re.sub(r"[^\w-]+", "-", name.lower()).strip("-") or offer.ref
    structure_id = f"{SOURCE}--{key}"
    structures.setdefault(
        structure_id,
        {
            "source": SOURCE,
            "id": structure_id,
            "nom": name,
            "date_maj": changed,
            "telephone": offer.phone or None,
            "courriel": _mail(offer),
            "site_web": offer.website or None,
            **place,
        },
    )
    publics = sorted({PUBLICS.get(group, group) for group in offer.audience} & KNOWN_PUBLICS)
    return {
        "source": SOURCE,
        "structure_id": structure_id,
        "id": f"{SOURCE}--{offer.external_id or offer.ref}",
        "nom": _name(offer.name),
        "description": ("\n".join(offer.descriptions.values()) or offer.name)[:10_000].ljust(5, "."),
        "date_maj": changed,
        "thematiques": _thematiques(offer),
        "frais": None if offer.free is None else "gratuit" if offer.free else "payant",
        "frais_precisions": offer.fee or None,
        "publics": publics or None,
        "publics_precisions": _publics(offer) or None,
        "conditions_acces": offer.access or None,
        "telephone": offer.phone or None,
        "courriel": _mail(offer),
        "modes_accueil": ["a-distance"] if offer.remote else ["en-presentiel"],
        "zone_eligibilite": _zone(offer) or None,
        "lien_mobilisation": offer.website or None,
        "modes_mobilisation": (["telephoner"] if offer.phone else ["envoyer-un-courriel"] if _mail(offer) else None),
        "mobilisation_precisions": offer.how or None,
        "horaires_accueil": offer.hours or None,
        **place,
    }


def write_workbook(offers: Iterable[Offer], target: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    services, sheet = book.create_sheet("Services"), book.create_sheet("Structures")
    services.append(list(SERVICE))
    structures: dict[str, dict[str, Any]] = {}
    for offer in offers:
        row = service(offer, structures)
        services.append([_cell(row.get(name)) for name in SERVICE])
    sheet.append(list(STRUCTURE))
    for structure in structures.values():
        sheet.append([_cell(structure.get(name)) for name in STRUCTURE])
    book.save(target)


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else inert(value)


def _name(text: str) -> str:
    return text[:150].rstrip(". ").ljust(3, "_")


def _insee(offer: Offer) -> str | None:
    code = offer.commune.partition(":")[2]
    return code if re.fullmatch(r"\w{5}", code) and not offer.commune.startswith("LU") else None


def _mail(offer: Offer) -> str | None:
    return offer.email if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", offer.email) else None


def _thematiques(offer: Offer) -> list[str]:
    kinds = vocabulary().kinds
    known = {theme for kind in kinds.values() for theme in kind.thematiques}
    own = [theme for theme in offer.thematiques if theme in known]
    return list(dict.fromkeys([*own, *(kinds[offer.kind].thematiques if offer.kind in kinds else ())]))


def _publics(offer: Offer) -> str:
    ages = ""
    if offer.age_min >= 0 or 0 <= offer.age_max < 120:
        low = max(0, offer.age_min)
        ages = f"De {low} à {offer.age_max} ans" if 0 <= offer.age_max < 120 else f"À partir de {low} ans"
    return ". ".join(part for part in (ages, offer.audience_note) if part)


def _zone(offer: Offer) -> list[str]:
    """Communes and departments by their codes; a Belgian province has none in this schema."""
    codes = [
        code.partition(":")[2] if ":" in code else code.removeprefix("FR-")
        for code in offer.zone_codes
        if not code.startswith("BE-")
    ]
    return sorted({code for code in codes if re.fullmatch(r"\w{5}|\w{2,3}", code)})
