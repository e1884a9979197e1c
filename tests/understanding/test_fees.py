"""Prices by status, whether it is free for everyone, and when that was checked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.fees import read_fees


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ("gratuit", True),
        ("Gratis", True),
        ("0 €", True),
        ("pas gratuit", False),
        ("11 € la séance, 4 € BIM", False),
        ("gratuit jusqu'à 23 ans, 11 € sinon", False),
        ("première consultation gratuite", None),
        ("gratis voor ingeschreven patiënten", None),
        ("secteur 1", False),
        ("selon revenus", False),
        ("", None),
        ("se renseigner", None),
    ],
)
def test_free_is_for_everyone_or_it_is_not_said(said: str, free: bool | None) -> None:
    assert read_fees(said).free is free


def test_first_line_psychology_has_a_price_for_each_status() -> None:
    found = read_fees(
        "11 € la séance individuelle, 4 € BIM, 2,50 € en groupe, gratuit jusqu'à 23 ans (vérifié le 12/03/2026)"
    )
    assert dict(found.amounts) == {"": 11.0, "bim": 4.0, "group": 2.5}
    assert found.free_for == {"young"}
    assert found.checked_on == date(2026, 3, 12)


def test_a_session_that_is_refunded_has_its_price() -> None:
    found = read_fees("50 € la séance, remboursée à 60 %, psychologue conventionné")
    assert dict(found.amounts) == {"": 50.0}
    assert found.conventioned


@given(st.text(max_size=120))
def test_any_text_is_read_without_failing(said: str) -> None:
    assert all(amount >= 0 for _status, amount in read_fees(said).amounts)
