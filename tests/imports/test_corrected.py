"""A file does not take back what somebody here corrected after it; a newer one does."""

from contextlib import nullcontext
from datetime import date

import pytest

from bot.imports import offers as importing
from bot.imports.offer_files import Row
from storage import freshness, offers
from storage.database import Database, Origin
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("verified", "phone"),
    [("", "061 99 88 77"), ("2026-10-01", "061 99 88 77"), ("2026-11-24", "061 00 00 00")],
)
def test_what_was_corrected_here_after_the_file_stays(
    database: Database, network_id: int, verified: str, phone: str
) -> None:
    rows = [Row(1, {"id": "7", "nom": "Atelier", "tel": "061 00 00 00", "prix": "5 €", "verifie le": verified})]
    with database.session(network_id, Origin(now=NOW)) as session:
        row = offers.record(
            session, name="Atelier", external_id="7", source="s", phone="061 99 88 77", fee="3 €", free=False
        )
        freshness.note_by_hand(row, ["phone"], date(2026, 11, 23))
        report = importing.import_offers(lambda: nullcontext(session), iter(rows), source="s")
        assert (row.phone, row.fee) == (phone, "5 €")
        assert report.kept == ([("Atelier", "phone")] if phone.endswith("77") else [])


def test_an_older_look_does_not_take_the_place_of_a_newer_one(database: Database, network_id: int) -> None:
    rows = [Row(1, {"id": "7", "nom": "Atelier", "verifie le": "2026-10-01"})]
    with database.session(network_id, Origin(now=NOW)) as session:
        row = offers.record(session, name="Atelier", external_id="7", source="s")
        offers.verify(row, at=NOW, by_id=None, by="ana")
        importing.import_offers(lambda: nullcontext(session), iter(rows), source="s")
        assert (row.verified_at, row.verified_by) == (NOW, "ana")
