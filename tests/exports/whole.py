"""An offer of which everything is known."""

from datetime import date, timedelta
from typing import Any

from tests.conftest import NOW

WHOLE: dict[str, Any] = {
    "name": "Maison Croisée",
    "names": {"nl": "Het Kruishuis"},
    "partner_name": "CPAS d'Arlon",
    "kind": "food",
    "descriptions": {"fr": "Colis et écoute,\nen groupe", "nl": "Voedsel; en luisteren"},
    "formats": [],
    "audience": ["familles"],
    "audience_note": "sur place",
    "languages": ["fr", "nl"],
    "language_note": "russe sur demande",
    "fee": "11 €, 4 € BIM",
    "free": False,
    "age_min": 18,
    "age_max": 120,
    "commune": "BE:81001",
    "commune_name": "Arlon",
    "postal": "6700",
    "address": "rue de la Gare 1",
    "latitude": 49.68,
    "longitude": 5.81,
    "zone": ["Messancy"],
    "zone_codes": ["BE:81015"],
    "hours": "Mo-Fr 09:00-12:00",
    "hours_text": "du lundi au vendredi de 9h à 12h",
    "phone": "+32 63 00 00 00",
    "email": "cpas@example.be",
    "website": "https://example.be",
    "access": "direct",
    "how": "par téléphone",
    "capacity": "open",
    "places": 4,
    "capacity_on": date(2026, 11, 2),
    "closed_from": date(2026, 12, 24),
    "closed_until": date(2027, 1, 3),
    "alert": "entrée par la cour",
    "thematiques": ["numerique"],
    "verified_at": NOW - timedelta(days=3),
    "verified_by": "Ana",
    "external_id": "X1",
    "source": "test",
}
