"""Sentences in, days out; the tables are in sentences/."""

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.understanding import deadlines
from bot.understanding.dates import reader
from bot.understanding.dates.patterns import compiled

NOW = datetime.fromisoformat("2026-11-18T10:00:00+01:00")  # a Wednesday


def sentences(lang: str) -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "sentences" / f"{lang}.txt").read_text("utf-8").splitlines()
    return [(lang, *line.rsplit(" | ", 1)) for line in lines if not line.startswith("#")]  # type: ignore[misc]


def said(found: deadlines.Deadline | None, *, with_time: bool) -> str:
    if found is None:
        return "-"
    return f"{found.due}" + (f" {found.time:%H:%M}" if with_time and found.time else "")


@pytest.mark.parametrize("lang", deadlines.LANGUAGES)
def test_everyday_sentences(lang: str) -> None:
    wrong = []
    for _, sentence, wanted in sentences(lang):
        got = said(deadlines.read(sentence, now=NOW, lang=lang), with_time=" " in wanted)
        if got != wanted:
            wrong.append((sentence, wanted, got))
    assert wrong == []


@pytest.mark.parametrize("lang", deadlines.LANGUAGES)
def test_the_language_is_found_out(lang: str) -> None:
    """A bare "10 dec" or "week 50" has no language: nearly all others must read the same."""
    rows = sentences(lang)
    wrong = [s for _, s, wanted in rows if said(deadlines.read(s, now=NOW), with_time=" " in wanted) != wanted]
    assert len(wrong) <= 0.05 * len(rows), wrong


@pytest.mark.parametrize(
    ("sentence", "certain"),
    [
        ("Réunion le 4 novembre", False),
        ("pour le 4/11", False),
        ("convoquer le comité le 4 novembre", False),
        ("le 4 septembre", True),
    ],
)
def test_a_day_that_has_just_passed_is_asked_about(sentence: str, *, certain: bool) -> None:
    found = deadlines.read(sentence, now=NOW, lang="fr")
    assert found
    assert (found.due.year, found.certain) == (2027, certain)


@pytest.mark.parametrize(
    ("lang", "sentence", "readings"),
    [
        ("fr", "On se voit vendredi prochain", ["2026-11-20", "2026-11-27"]),
        ("nl", "tegen volgende vrijdag", ["2026-11-27", "2026-11-20"]),
        ("de", "bis nächsten Freitag", ["2026-11-20", "2026-11-27"]),
        ("en", "by next Friday", ["2026-11-27", "2026-11-20"]),
        ("fr", "pour le vendredi 12 décembre", ["2026-12-12", "2026-12-11"]),
        ("fr", "avant les vacances de carnaval", ["2027-02-19", "2027-02-05"]),
    ],
)
def test_two_plausible_days_are_both_given(lang: str, sentence: str, readings: list[str]) -> None:
    found = deadlines.read(sentence, now=NOW, lang=lang)
    assert found
    assert not found.certain
    assert [str(day) for day in found.readings] == readings
    assert found.due == found.readings[0]


def test_next_friday_said_on_a_saturday_is_one_day() -> None:
    found = deadlines.read("vendredi prochain", now=datetime.fromisoformat("2026-11-21T10:00:00+01:00"), lang="fr")
    assert found
    assert (found.certain, found.due) == (True, date(2026, 11, 27))


@pytest.mark.parametrize(
    ("lang", "sentence", "rule"),
    [
        ("fr", "chaque premier lundi du mois", "FREQ=MONTHLY;BYDAY=+1MO"),
        ("fr", "tous les 15 jours", "FREQ=WEEKLY;INTERVAL=2"),
        ("fr", "un jeudi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("fr", "le dernier vendredi de chaque mois", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("fr", "le 15 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("fr", "tous les trimestres", "FREQ=MONTHLY;INTERVAL=3"),
        ("fr", "tous les mardis et jeudis", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("fr", "permanence les mardis et les jeudis", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("fr", "tous les premiers jeudis du mois", "FREQ=MONTHLY;BYDAY=+1TH"),
        ("fr", "les deuxièmes mardis du mois", "FREQ=MONTHLY;BYDAY=+2TU"),
        ("fr", "tous les 1ers et 3es mardis du mois", "FREQ=MONTHLY;BYDAY=+1TU,+3TU"),
        ("fr", "le premier et le dernier lundi de chaque mois", "FREQ=MONTHLY;BYDAY=+1MO,-1MO"),
        ("fr", "chaque semaine le lundi", "FREQ=WEEKLY;BYDAY=MO"),
        ("fr", "le lundi, chaque semaine", "FREQ=WEEKLY;BYDAY=MO"),
        ("nl", "elke eerste maandag van de maand", "FREQ=MONTHLY;BYDAY=+1MO"),
        ("nl", "om de veertien dagen", "FREQ=WEEKLY;INTERVAL=2"),
        ("nl", "elke vrijdag", "FREQ=WEEKLY;BYDAY=FR"),
        ("nl", "elke week op dinsdag", "FREQ=WEEKLY;BYDAY=TU"),
        ("nl", "elke eerste en derde maandag van de maand", "FREQ=MONTHLY;BYDAY=+1MO,+3MO"),
        ("de", "jeden zweiten Dienstag im Monat", "FREQ=MONTHLY;BYDAY=+2TU"),
        ("de", "alle drei Monate", "FREQ=MONTHLY;INTERVAL=3"),
        ("de", "jede Woche am Mittwoch", "FREQ=WEEKLY;BYDAY=WE"),
        ("de", "jeden ersten und dritten Montag im Monat", "FREQ=MONTHLY;BYDAY=+1MO,+3MO"),
        ("en", "every other Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("en", "Tuesdays and Thursdays at 10", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("en", "the first and third Mondays of the month", "FREQ=MONTHLY;BYDAY=+1MO,+3MO"),
        ("en", "every week on Tuesday", "FREQ=WEEKLY;BYDAY=TU"),
        ("en", "on the 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("en", "every year", "FREQ=YEARLY"),
    ],
)
def test_what_comes_back_is_a_recurrence_rule(lang: str, sentence: str, rule: str) -> None:
    found = deadlines.read(sentence, now=NOW, lang=lang)
    assert found
    assert found.recurrence == rule


@pytest.mark.parametrize(
    ("sentence", "from_", "to", "due"),
    [
        ("début mai", "2027-05-01", "2027-05-10", "2027-05-10"),
        ("mi-mai", "2027-05-11", "2027-05-20", "2027-05-15"),
        ("en mai", "2027-05-01", "2027-05-31", "2027-05-31"),
        ("première quinzaine de mai", "2027-05-01", "2027-05-15", "2027-05-15"),
        ("deuxième quinzaine de mai", "2027-05-16", "2027-05-31", "2027-05-31"),
        ("au T1", "2027-01-01", "2027-03-31", "2027-03-31"),
        ("semaine 50", "2026-12-07", "2026-12-13", "2026-12-11"),
        ("la semaine prochaine", "2026-11-23", "2026-11-29", "2026-11-27"),
        ("d'ici fin mai", "2026-11-18", "2027-05-31", "2027-05-31"),
        ("du 3 au 5 mars", "2027-03-03", "2027-03-05", "2027-03-05"),
    ],
)
def test_a_deadline_is_an_interval_owed_at_its_end(sentence: str, from_: str, to: str, due: str) -> None:
    found = deadlines.read(sentence, now=NOW, lang="fr")
    assert found
    assert (str(found.from_), str(found.to), str(found.due)) == (from_, to, due)


def test_the_preposition_tells_which_of_several_days_is_the_deadline() -> None:
    sentence = "Lundi on en parle en réunion, et la note est à envoyer pour le 12 décembre."
    assert [str(one.due) for one in deadlines.read_all(sentence, now=NOW)] == ["2026-11-23", "2026-12-12"]
    found = deadlines.read(sentence, now=NOW)
    assert found
    assert found.due == date(2026, 12, 12)


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("Marie envoie la cartographie d'ici fin mai", "Marie envoie la cartographie"),
        ("D'ici vendredi, Paul appelle la commune.", "Paul appelle la commune."),
        ("Envoyer la liste (avant le 15 décembre) à Anne", "Envoyer la liste à Anne"),
    ],
)
def test_the_sentence_without_its_deadline(sentence: str, rest: str) -> None:
    found = deadlines.read(sentence, now=NOW, lang="fr")
    assert found
    assert deadlines.without(sentence, found) == rest
    assert sentence[slice(*found.span)] == found.words


def test_mixed_languages_are_read() -> None:
    found = deadlines.read("tegen vrijdag svp", now=NOW, lang="fr")
    assert found
    assert found.due == date(2026, 11, 20)


def test_a_literal_date_of_another_language_is_read() -> None:
    found = deadlines.read("Consegna entro il 15 dicembre 2026", now=NOW)
    assert found
    assert found.due == date(2026, 12, 15)


def test_before_the_15th_says_so() -> None:
    found = deadlines.read("avant le 15", now=NOW, lang="fr")
    assert found
    assert (found.due, found.reason) == (date(2026, 12, 15), "before_the_day")


def test_only_any_tense_reads_the_past() -> None:
    assert deadlines.read("la semaine dernière", now=NOW, lang="fr") is None
    found = deadlines.read("la semaine dernière", now=NOW, lang="fr", any_tense=True)
    assert found
    assert (found.from_, found.to) == (date(2026, 11, 9), date(2026, 11, 15))


def test_every_pattern_can_match_in_some_language() -> None:
    """A kind that no lexicon and no rule makes any more leaves a dead pattern behind."""
    alive: set[str] = set()
    for lang in deadlines.LANGUAGES:
        reader.grammar(lang)
    for phase in reader.PHASES:
        for rule in phase.rules:
            alive |= {pattern for pattern in rule.patterns if compiled(pattern, rule.build) is not None}
    assert {pattern for phase in reader.PHASES for rule in phase.rules for pattern in rule.patterns} == alive


@pytest.mark.parametrize(
    "sentence",
    [
        "pour le lundi 30/11/2026",
        "lundi soir 30/11/2026",
        "lundi (30/11)",
        "30/11, lundi",
        "Montag, den 30.11.2026",
        "maandagavond 30 november",
        "Monday evening 30 November",
    ],
)
def test_a_weekday_and_its_date_are_one_day(sentence: str) -> None:
    found = deadlines.read_all(sentence, now=NOW)
    assert [(str(one.due), one.certain) for one in found] == [("2026-11-30", True)]
    assert found[0].words == sentence


def test_a_weekday_that_is_not_that_of_its_date_is_asked_about() -> None:
    found = deadlines.read("pour le mardi 30/11/2026", now=NOW, lang="fr")
    assert found
    assert (found.certain, found.reason) == (False, "weekday_differs")
    assert found.readings == (date(2026, 11, 30), date(2026, 12, 1))


@pytest.mark.parametrize("sentence", ["avant le 31 novembre", "le 31/11", "le 31 novembre 2026"])
def test_a_day_that_no_month_has_is_asked_about(sentence: str) -> None:
    found = deadlines.read(sentence, now=NOW, lang="fr")
    assert found
    assert (found.certain, found.reason) == (False, "no_such_day")
    assert found.readings == (date(2026, 11, 30), date(2026, 12, 1))
