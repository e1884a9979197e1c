"""Hours of the day, in four languages."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import clock


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("mardi de 14h à 16h", time(14), time(16)),
        ("mardi 14h-16h30", time(14), time(16, 30)),
        ("le 1er décembre entre 9h30 et 11h", time(9, 30), time(11)),
        ("dinsdag van 14u tot 16u30", time(14), time(16, 30)),
        ("Dienstag von 14 bis 16 Uhr", time(14), time(16)),
        ("Tuesday 14:00 to 16:15", time(14), time(16, 15)),
        ("9h–12h", time(9), time(12)),
    ],
)
def test_a_range_of_hours(text: str, first: time, last: time) -> None:
    found = clock.hours(text)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["mardi 14h", "le 12 et 13 mars", "du 3 au 5 mai", "12-13", "2026-12-01", "16h-14h", "salle 3 à 4", "", "99h-3h"]
)  # fmt: skip
def test_no_range(text: str) -> None:
    assert clock.hours(text) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [("14h", time(14)), ("14:30", time(14, 30)), ("9", time(9)), ("14u", time(14)), ("14.30 Uhr", time(14, 30))],
)
def test_one_hour(text: str, hour: time) -> None:
    assert clock.hour(text) == hour


@pytest.mark.parametrize("text", ["quatorze", "24h", "14h-16h", "", "14h61"])
def test_no_hour(text: str) -> None:
    assert clock.hour(text) is None


@given(st.text(max_size=60))
def test_anything_is_read_without_a_word(text: str) -> None:
    found = clock.hours(text)
    assert found is None or found.first < found.last
    clock.hour(text)
