"""A directory that goes out and comes in again changes nothing."""

import io
import pathlib
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest

from bot.exports.offers import WRITERS
from bot.finding.listings import listing
from bot.imports import offers as importing
from bot.imports.offer_files import rows
from storage import offers
from storage.database import Database, Origin
from tests.conftest import NOW
from tests.exports.whole import WHOLE


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "jsonl"])
def test_a_round_trip_changes_nothing(form: str, database: Database, network_id: int, tmp_path: pathlib.Path) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        offers.record(session, **WHOLE)
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
