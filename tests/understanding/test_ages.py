"""Ages as directories write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.ages import OLDEST, read_ages


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("18+", 18, OLDEST),
        ("0-23", 0, 23),
        ("dès 12 ans", 12, OLDEST),
        ("moins de 18 ans", 0, 17),
        ("adultes", 18, OLDEST),
        ("Jusqu’à 25 ans", 0, 25),
        ("65 ans et plus", 65, OLDEST),
        ("tout public", 0, OLDEST),
        ("de 6 mois à 3 ans", 0, 3),
        ("12/25 ans", 12, 25),
        ("enfants de 3 à 12 ans", 3, 12),
        ("adolescents et jeunes adultes", 12, 30),
        ("vanaf 18 jaar", 18, OLDEST),
        ("jonger dan 12 jaar", 0, 11),
        ("ab 12 Jahren", 12, OLDEST),
        ("bis 18 Jahre", 0, 18),
        ("under 18", 0, 17),
        ("15-99", 15, OLDEST),
        ("16", 16, 16),
    ],
)
def test_what_is_said_is_read(said: str, low: int, high: int) -> None:
    assert read_ages(said) == (low, high)


@pytest.mark.parametrize("said", ["", "sur rendez-vous", "patients de l'hôpital"])
def test_no_age_is_none(said: str) -> None:
    assert read_ages(said) is None


@given(st.text(max_size=80))
def test_any_text_gives_ages_in_order_or_none(said: str) -> None:
    found = read_ages(said)
    assert found is None or 0 <= found[0] <= found[1] <= OLDEST


@given(st.integers(0, 98), st.integers(0, 98))
def test_two_numbers_are_a_range_in_any_order(one: int, other: int) -> None:
    assert read_ages(f"{one} à {other} ans") == (min(one, other), max(one, other))
