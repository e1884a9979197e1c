"""The days that a decision or an agreement gives for itself."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import clauses

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.mark.parametrize(
    ("lang", "text", "day", "rest"),
    [
        ("fr", "On retient A, à revoir le 1er mars", date(2027, 3, 1), "On retient A"),
        ("fr", "On retient A à revoir le 1er mars.", date(2027, 3, 1), "On retient A à revoir le 1er mars."),
        ("fr", "On retient A. À réévaluer dans six mois.", date(2027, 5, 23), "On retient A."),
        ("fr", "On retient A (évaluation en juin), avec B.", date(2027, 6, 30), "On retient A, avec B."),
        ("fr", "On retient A, à revoir vendredi", date(2026, 11, 27), "On retient A"),
        ("nl", "We kiezen A, te herzien op 1 maart", date(2027, 3, 1), "We kiezen A"),
        ("nl", "We kiezen A, tegen 1 maart te herzien", date(2027, 3, 1), "We kiezen A"),
        ("de", "Wir wählen A, am 1. März zu überprüfen", date(2027, 3, 1), "Wir wählen A"),
        ("en", "We keep A, to be reviewed on 1 March", date(2027, 3, 1), "We keep A"),
    ],
)
def test_a_review_day(lang: str, text: str, day: date, rest: str) -> None:
    told = clauses.review(text, now=NOW, lang=lang, country="BE")
    assert told is not None
    assert told.day == day
    if "A à revoir" not in text:
        assert told.rest == rest


@pytest.mark.parametrize(
    "text", ["On retient A pour le 1er mars", "On décide de revoir le règlement pour le 1er mars", "Bilan positif"]
)
def test_no_review_day(text: str) -> None:
    assert clauses.review(text, now=NOW, lang="fr", country="BE") is None


@pytest.mark.parametrize(
    ("lang", "text", "day", "rest"),
    [
        (
            "fr",
            "orientation sous 5 jours ouvrables, jusqu'au 31/12",
            date(2026, 12, 31),
            "orientation sous 5 jours ouvrables",
        ),
        ("fr", "orientation sous 5 jours jusqu’au 31/12", date(2026, 12, 31), "orientation sous 5 jours"),
        ("nl", "doorverwijzing, tot en met 31/12", date(2026, 12, 31), "doorverwijzing"),
        ("de", "Überweisung, bis zum 31.12.", date(2026, 12, 31), "Überweisung."),
        ("en", "referral until the end of June", date(2027, 6, 30), "referral"),
    ],
)
def test_a_last_day(lang: str, text: str, day: date, rest: str) -> None:
    told = clauses.until(text, now=NOW, lang=lang, country="BE")
    assert told is not None
    assert (told.day, told.rest) == (day, rest)


@pytest.mark.parametrize("text", ["accueil du lundi au vendredi jusqu'à 18h", "ouvert jusqu'au vendredi"])
def test_opening_hours_are_no_last_day(text: str) -> None:
    assert clauses.until(text, now=NOW, lang="fr", country="BE") is None


def test_a_day_that_is_past_is_told_apart_from_none() -> None:
    told = clauses.review("On retient A, à revoir le 1er mars 2020", now=NOW, lang="fr", country="BE")
    assert told is not None
    assert told.day is None
    assert told.words == "à revoir le 1er mars 2020"


@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    for read in (clauses.review, clauses.until, clauses.start):
        told = read(text + ", à revoir", now=NOW, lang="fr", country="BE")
        assert told is None or len(told.rest) <= len(text) + len(", à revoir")
