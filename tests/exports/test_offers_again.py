"""A directory that goes out and comes in again changes nothing."""

import io
import pathlib
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest

from bot.exports.offers import WRITERS
from bot.finding.listings import listing
from bot.imports import offers as importing
from bot.imports.offer_files import rows
from storage import offers
from storage.database import Database, Origin
from tests.conftest import NOW


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "jsonl"])
def test_a_round_trip_changes_nothing(form: str, database: Database, network_id: int, tmp_path: pathlib.Path) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        offers.record(
            session,
            name="Maison Croisée",
            names={"nl": "Het Kruishuis"},
            partner_name="CPAS d'Arlon",
            kind="food",
            descriptions={"fr": "Colis et écoute,\nen groupe", "nl": "Voedsel; en luisteren"},
            formats=[],
            audience=["familles"],
            audience_note="sur place",
            languages=["fr", "nl"],
            language_note="russe sur demande",
            fee="11 €, 4 € BIM",
            free=False,
            age_min=18,
            age_max=120,
            commune="BE:81001",
            commune_name="Arlon",
            postal="6700",
            address="rue de la Gare 1",
            latitude=49.68,
            longitude=5.81,
            zone=["Messancy"],
            zone_codes=["BE:81015"],
            hours="Mo-Fr 09:00-12:00",
            hours_text="du lundi au vendredi de 9h à 12h",
            phone="+32 63 00 00 00",
            email="cpas@example.be",
            website="https://example.be",
            access="direct",
            how="par téléphone",
            capacity="open",
            places=4,
            capacity_on=date(2026, 11, 2),
            closed_from=date(2026, 12, 24),
            closed_until=date(2027, 1, 3),
            alert="entrée par la cour",
            thematiques=["numerique"],
            verified_at=NOW - timedelta(days=3),
            verified_by="Ana",
            external_id="X1",
            source="test",
        )
        offers.record(
            session, name="Groupe de parole", descriptions={"fr": "Entretien individuel"}, hours="Sa 10:00-12:00"
        )
        target = io.BytesIO()
        WRITERS[form](offers.all_standing(session), target)
        path = tmp_path / f"offers.{form}"
        path.write_bytes(target.getvalue())
        report = importing.import_offers(lambda: nullcontext(session), rows(path), source="again")
        assert (report.changes, report.added, report.same) == ([], 0, 2)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "jsonl"])
def test_what_went_out_makes_the_same_directory_elsewhere(
    form: str, database: Database, network_id: int, tmp_path: pathlib.Path
) -> None:
    told: dict[str, Any] = {
        "name": "Maison Croisée", "names": {"nl": "Het Kruishuis"}, "descriptions": {"fr": "Colis", "nl": "Voedsel"},
        "capacity": "open", "places": 4, "capacity_on": date(2026, 11, 2), "phone": "+32 63 00 00 00",
        "closed_from": date(2026, 12, 24), "closed_until": date(2027, 1, 3), "language_note": "russe sur demande",
    }  # fmt: skip
    with database.session(network_id, Origin(now=NOW)) as session:
        first = offers.record(session, **told, external_id="X1", source="test")
        target = io.BytesIO()
        WRITERS[form](offers.all_standing(session), target)
        session.delete(session.get_one(offers.Offer, first.id))
        session.flush()
        path = tmp_path / f"offers.{form}"
        path.write_bytes(target.getvalue())
        importing.import_offers(lambda: nullcontext(session), rows(path), source="again")
        (made,) = offers.all_standing(session)
        assert {name: getattr(made, name) for name in told} == told
        assert "Het Kruishuis" in listing(1, made).text
