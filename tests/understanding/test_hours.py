"""Opening hours as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.hours import is_osm, read_hours, read_week


@pytest.mark.parametrize(
    ("said", "osm"),
    [
        ("lu-ve 9h-18h", "Mo-Fr 09:00-18:00"),
        ("du lundi au vendredi de 9h à 12h30 et de 13h30 à 17h", "Mo-Fr 09:00-12:30,13:30-17:00"),
        ("ma-vr 9u-17u", "Mo-Fr 09:00-17:00"),
        ("ma-ve 9h-17h", "Tu-Fr 09:00-17:00"),
        ("maandag tot vrijdag van 9 tot 17 uur", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 8-17 Uhr", "Mo-Fr 08:00-17:00"),
        ("Mon-Fri 9-5", "Mo-Fr 09:00-17:00"),
        ("me, ve, sa 14h-21h", "We,Fr,Sa 14:00-21:00"),
        ("1er lu du mois 19h-21h", "Mo[1] 19:00-21:00"),
        ("1er et 3e mardi du mois 14h-16h", "Tu[1],Tu[3] 14:00-16:00"),
        ("2e je du mois 20h", "Th[2] 20:00+"),
        ("24h/24", "24/7"),
        ("7j/7 8h-20h", "Mo-Su 08:00-20:00"),
        ("lun. mar. jeu. 8h30-12h00, mer 14h-18h", "Mo,Tu,Th 08:30-12:00; We 14:00-18:00"),
        ("Mo,We 14:00-18:00", "Mo,We 14:00-18:00"),
        ("sur rendez-vous", ""),
        ("", ""),
    ],
)
def test_what_is_said_is_written(said: str, osm: str) -> None:
    assert read_hours(said).osm == osm


def test_evenings_and_weekends_are_worked_out() -> None:
    assert (read_hours("lu-ve 9h-19h").evening, read_hours("lu-ve 9h-19h").weekend) == (True, False)
    assert (read_hours("sa 9h-12h").evening, read_hours("sa 9h-12h").weekend) == (False, True)
    assert read_hours("sur rendez-vous").evening is None


def test_a_week_of_columns_becomes_runs_of_days() -> None:
    week = {"Mo": "9h-12h", "Tu": "09:00 - 12:00", "We": "Fermé", "Th": "14h à 17h"}
    assert read_week(week).osm == "Mo,Tu 09:00-12:00; Th 14:00-17:00"


@given(st.text(max_size=60))
def test_any_text_gives_hours_that_osm_understands_or_none(text: str) -> None:
    osm = read_hours(text).osm
    assert osm == "" or is_osm(osm)
