"""Every way a date is written, and everything that is not a date."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from babel.dates import format_date
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.understanding import deadlines
from bot.understanding.deadlines import Event

NOW = datetime.fromisoformat("2026-11-18T10:00:00+01:00")
DAYS = st.dates(date(2026, 11, 19), date(2059, 12, 31))
LANGS = st.sampled_from(deadlines.LANGUAGES)
PREPOSITIONS = {"fr": "pour le", "nl": "tegen", "de": "bis zum", "en": "by"}
FORMATS = [
    "full",
    "long",
    "d MMM yyyy",
    "EEE d MMM yyyy",
    "dd/MM/yyyy",
    "d.M.yyyy",
    "dd-MM-yy",
    "yyyy-MM-dd",
    "d MMMM yy",
]


@pytest.fixture(autouse=True, scope="module")
def _grammars() -> None:
    """Compiled before anything is timed."""
    for lang in deadlines.LANGUAGES:
        deadlines.read("15", now=NOW, lang=lang)


@given(DAYS, LANGS, st.sampled_from(FORMATS))
def test_a_written_date_is_read_back(day: date, lang: str, style: str) -> None:
    written = f"{PREPOSITIONS[lang]} {format_date(day, style, locale='en_GB' if lang == 'en' else lang)}"
    found = deadlines.read(written, now=NOW, lang=lang)
    assert found, written
    assert (found.due, found.certain) == (day, True), written


@given(st.dates(date(2026, 11, 19), date(2027, 11, 17)), LANGS, st.sampled_from(["d MMMM", "EEEE d MMMM", "d MMM"]))
def test_a_date_without_a_year_is_the_next(day: date, lang: str, style: str) -> None:
    written = f"{PREPOSITIONS[lang]} {format_date(day, style, locale='en_GB' if lang == 'en' else lang)}"
    found = deadlines.read(written, now=NOW, lang=lang)
    assert found, written
    assert found.due == day, written


@given(st.integers(1, 99), st.sampled_from(["jours", "semaines", "mois"]))
def test_counted_from_today(count: int, unit: str) -> None:
    found = deadlines.read(f"d'ici {count} {unit}", now=NOW, lang="fr")
    assert found
    assert found.due > NOW.date()
    if unit == "semaines":
        assert found.due == NOW.date() + timedelta(weeks=count)


WORDS = [
    "avant",
    "après",
    "le",
    "la",
    "15",
    "3",
    "décembre",
    "vendredi",
    "en",
    "huit",
    "quinze",
    "fin",
    "mi",
    "-",
    "mai",
    "prochain",
    "dernier",
    "du",
    "de",
    "semaine",
    "mois",
    "an",
    "dans",
    "sous",
    "d'ici",
    "à",
    "14h",
    "midi",
    ",",
    ".",
    ":",
    "2026",
    "T1",
    "chaque",
    "premier",
    "lundi",
    "tegen",
    "eind",
    "volgende",
    "week",
    "maandag",
    "bis",
    "Ende",
    "nächsten",
    "by",
    "next",
    "every",
    "of",
    "the",
    "before",
    "Pâques",
    "vacances",
    "Noël",
    "un",
    "deux",
    "et",
    "demi",
    "quart",
    "heures",
    "jours",
    "ouvrables",
    "ago",
    "geleden",
    "il",
    "y",
    "a",
    "31/02",
    "29/2",
    "0",
    "00",
    "99",
    "24:00",
    "25h",
    "(",
    "30/11",
    "S50",
    "réunion",
    "comité",
    "pilotage",
    "veille",
]
MEETINGS = [Event(("Comité de pilotage",), date(2026, 12, 10)), Event(("Comité",), date(2027, 1, 7), here=True)]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), LANGS, st.booleans())
@example("le 31/02/2027", "fr", False)
@example("le 29 février 2027", "fr", True)
@example("9999-12-31", "fr", True)
@example("0001-01-01", "en", True)
def test_no_sentence_raises_and_none_is_owed_in_the_past(text: str, lang: str, past: bool) -> None:
    for found in deadlines.read_all(text, now=NOW, lang=lang, any_tense=past, events=MEETINGS):
        assert found.from_ <= found.to
        assert text[slice(*found.span)] == found.words
        if not past:
            assert found.due >= NOW.date()
            assert found.to >= NOW.date()
            assert all(day >= NOW.date() for day in found.readings)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    deadlines.read_all(text, now=NOW)


@pytest.mark.parametrize(
    ("piece", "days"),
    [
        ("le 15 décembre ou avant vendredi, puis lundi en huit ", 3),
        ("a", 0),
        ("1", 0),
        ("a.", 0),
        ("1/", 0),
        (" ", 0),
        ("le 15 chez nous ", 1),
        ("avant ", 0),
    ],
)
def test_a_long_paste_is_read_to_its_end(piece: str, days: int) -> None:
    times = 100_000 // len(piece)
    assert len(deadlines.read_all(piece * times, now=NOW, lang="fr")) == days * times


@pytest.mark.parametrize("before", ["", "1er janvier 2027, ", "; ", ", , ", ", , , "])
@pytest.mark.parametrize(
    ("form", "between", "lang"),
    [
        ("lundi {} décembre 2026", ", ", "fr"),
        ("lundi {} décembre 2026", "\n", "fr"),
        ("le {} décembre 2026 à 10h", " ", "fr"),
        ("avant le {} décembre", ", ", "fr"),
        ("avant le {} décembre", " ", "fr"),
        ("{} décembre", ", ", "fr"),
        ("Montag, den {}. Dezember 2026", ", ", "de"),
        ("December {}, 2026", ", ", "en"),
        ("voor {} december", ", ", "nl"),
    ],
)
def test_a_long_list_of_days_without_a_word_loses_none(form: str, between: str, lang: str, before: str) -> None:
    days = [1 + number % 28 for number in range(200)]
    text = before + between.join(form.format(day) for day in days)
    found = [one.due.day for one in deadlines.read_all(text, now=NOW, lang=lang)]
    assert found[-len(days) :] == days
    assert len(found) <= len(days) + 1


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*"0123456789 ./-:hu,;'", "le ", "avant ", "juin ", "lundi ", "a"]), min_size=1))
def test_a_long_paste_of_anything_comes_to_its_end(pieces: list[str]) -> None:
    """No expression tries again and again what cannot be: this would not end."""
    text = "".join(pieces)
    read = deadlines.read_all(text * (20_000 // len(text)), now=NOW, lang="fr")
    assert all(found.due >= NOW.date() for found in read)


def test_this_week_said_on_a_saturday_is_owed_on_sunday() -> None:
    found = deadlines.read("cette semaine", now=datetime.fromisoformat("2026-11-21T10:00:00+01:00"), lang="fr")
    assert found
    assert found.due == date(2026, 11, 22)


def test_week_53_exists_only_in_long_years() -> None:
    found = deadlines.read("semaine 53", now=NOW, lang="fr")
    assert found
    assert (found.from_, found.to) == (date(2026, 12, 28), date(2027, 1, 3))
    later = deadlines.read("semaine 53", now=datetime(2027, 2, 1, tzinfo=UTC), lang="fr")
    assert later
    assert later.from_ == date(2032, 12, 27)


def test_29_february_is_the_next_leap_year() -> None:
    found = deadlines.read("pour le 29 février", now=NOW, lang="fr")
    assert found
    assert found.due == date(2028, 2, 29)


def test_the_end_of_february() -> None:
    found = deadlines.read("fin février 2028", now=NOW, lang="fr")
    assert found
    assert found.due == date(2028, 2, 29)


def test_a_month_from_the_31st_is_the_last_day() -> None:
    found = deadlines.read("dans un mois", now=datetime(2027, 1, 31, 9, tzinfo=UTC), lang="fr")
    assert found
    assert found.due == date(2027, 2, 28)


def test_new_year_is_crossed() -> None:
    found = deadlines.read("le 2 janvier", now=datetime(2026, 12, 31, 23, 30, tzinfo=UTC), lang="fr")
    assert found
    assert found.due == date(2027, 1, 2)


def test_the_offset_of_now_gives_the_day_and_the_clock() -> None:
    east = datetime(2026, 11, 18, 23, 30, tzinfo=UTC).astimezone(timezone(timedelta(hours=2)))
    found = deadlines.read("demain", now=east, lang="fr")
    assert found
    assert found.due == date(2026, 11, 20)
    zoned = deadlines.read("by Thursday 8:00 GMT", now=NOW, lang="en")
    assert zoned
    assert (zoned.due, zoned.time) == (date(2026, 11, 19), time(9, 0))


@pytest.mark.parametrize(
    ("before", "day"), [("2027-03-27T22:00:00+01:00", "2027-03-28"), ("2026-10-24T22:00:00+02:00", "2026-10-25")]
)
def test_clock_changes_move_no_day(before: str, day: str) -> None:
    found = deadlines.read("demain à 8h", now=datetime.fromisoformat(before), lang="fr")
    assert found
    assert (str(found.due), found.time) == (day, time(8, 0))


def test_a_time_gone_by_today_is_no_deadline() -> None:
    assert deadlines.read("aujourd'hui à 9h", now=NOW, lang="fr") is None
    found = deadlines.read("avant 9h", now=NOW, lang="fr")
    assert found
    assert (found.due, found.time) == (date(2026, 11, 19), time(9, 0))
