from datetime import date, datetime

import pytest

from bot.understanding import deadlines
from bot.understanding.dates.calendars import easter
from bot.understanding.dates.school import flemish
from bot.understanding.deadlines import Event

NOW = datetime.fromisoformat("2026-11-18T10:00:00+01:00")


def due(sentence: str, **more: str) -> str:
    found = deadlines.read(sentence, now=NOW, **{"lang": "fr", **more})  # type: ignore[arg-type]
    return str(found.due) if found else "-"


def test_easter() -> None:
    assert [str(easter(year)) for year in (2024, 2025, 2026, 2027, 2038)] == [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2038-04-25",
    ]


@pytest.mark.parametrize(
    ("sentence", "country", "day"),
    [
        ("fête nationale", "BE", "2027-07-21"),
        ("fête nationale", "FR", "2027-07-14"),
        ("fête nationale", "LU", "2027-06-23"),
        ("fête des mères", "BE", "2027-05-09"),
        ("fête des mères", "FR", "2027-05-30"),
        ("fête des pères", "BE", "2027-06-13"),
        ("Saint-Nicolas", "BE", "2026-12-06"),
    ],
)
def test_feasts_differ_by_country(sentence: str, country: str, day: str) -> None:
    assert due(sentence, country=country) == day


def test_sinterklaas_comes_a_day_later_in_belgium() -> None:
    assert due("tegen Sinterklaas", lang="nl", country="NL") == "2026-12-05"
    assert due("tegen Sinterklaas", lang="nl", country="BE") == "2026-12-06"


def test_working_days_skip_the_holidays_of_the_country() -> None:
    assert not deadlines.is_working_day(date(2026, 7, 21), "BE")
    assert deadlines.is_working_day(date(2026, 7, 21), "FR")
    assert deadlines.add_working_days(date(2026, 7, 20), 1, "BE") == date(2026, 7, 22)
    assert deadlines.add_working_days(date(2026, 7, 20), 1, "FR") == date(2026, 7, 21)
    assert deadlines.add_working_days(date(2027, 1, 4), -1, "BE") == date(2026, 12, 31)
    assert date(2026, 5, 1) in deadlines.public_holidays("LU", 2026)


def test_an_unknown_country_has_weekends_only() -> None:
    assert deadlines.public_holidays("XX", 2026) == {}
    assert deadlines.is_working_day(date(2026, 12, 25), "XX")


@pytest.mark.parametrize(
    ("sentence", "school", "day"),
    [
        ("après les vacances de printemps", "fwb", "2027-05-10"),
        ("après les vacances de printemps", "vl", "2027-04-12"),
        ("avant le congé de détente", "fwb", "2027-02-19"),
        ("avant les vacances d'hiver", "fwb", "2026-12-18"),
        ("avant les vacances d'hiver", "fr-a", "2027-02-12"),
        ("avant les vacances d'hiver", "fr-b", "2027-02-19"),
        ("avant les vacances d'hiver", "fr-c", "2027-02-05"),
        ("à la rentrée", "fwb", "2027-08-30"),
        ("à la rentrée", "vl", "2027-09-01"),
        ("à la rentrée", "fr-c", "2027-09-02"),
        ("avant les vacances d'hiver 2028", "fr-c", "2028-02-11"),
        ("avant les vacances d'hiver 2028", "fr-a", "-"),
    ],
)
def test_school_holidays_by_calendar(sentence: str, school: str, day: str) -> None:
    assert due(sentence, school=school) == day


def test_flemish_holidays_follow_the_decree() -> None:
    assert flemish("autumn", 2026) == (date(2026, 11, 2), date(2026, 11, 8))
    assert flemish("christmas", 2026) == (date(2026, 12, 21), date(2027, 1, 3))
    assert flemish("carnival", 2026) == (date(2026, 2, 16), date(2026, 2, 22))
    assert flemish("spring", 2026) == (date(2026, 4, 6), date(2026, 4, 19))
    assert flemish("spring", 2027) == (date(2027, 3, 29), date(2027, 4, 11))


def test_the_days_of_another_calendar_do_not_stand_in_for_an_unknown_one() -> None:
    assert due("vor den Osterferien", lang="de") == "-"
    missing = deadlines.undated("vor den Osterferien", now=NOW, lang="de")
    assert missing
    assert missing.reason == "beyond_known_years"
    assert due("voor de paasvakantie", lang="nl") == "2027-03-26"


def test_the_school_year_ends_on_the_eve_of_the_summer() -> None:
    assert due("d'ici la fin de l'année scolaire", school="fwb") == "2027-07-02"
    assert due("tegen het einde van het schooljaar", lang="nl") == "2027-06-30"
    assert due("by the start of the school year", lang="en", school="vl") == "2027-09-01"


def test_two_calendars_are_asked_about() -> None:
    found = deadlines.read("après les vacances de printemps", now=NOW, lang="fr")
    assert found
    assert (found.certain, found.reason) == (False, "school_unknown")
    assert found.readings == (date(2027, 5, 10), date(2027, 4, 12))


def test_years_not_yet_published_are_said_to_be_unknown() -> None:
    assert due("pour les vacances de Noël 2040", school="fwb") == "-"
    missing = deadlines.undated("pour les vacances de Noël 2040", now=NOW, lang="fr", school="fwb")
    assert missing
    assert (missing.words, missing.reason) == ("vacances de Noël 2040", "beyond_known_years")


MEETINGS = [
    Event(("Comité de pilotage",), date(2026, 12, 10)),
    Event(("Comité de pilotage",), date(2027, 2, 10)),
    Event(("Assemblée générale", "Plénière de mars"), date(2027, 3, 20)),
    Event(("Groupe de travail ados",), date(2026, 12, 3)),
    Event(("Groupe de travail logement",), date(2026, 12, 17)),
]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("avant la prochaine réunion du comité", date(2026, 12, 10)),
        ("pour le copil", date(2026, 12, 10)),
        ("deux semaines avant l'AG", date(2027, 3, 6)),
        ("la veille de l'assemblée générale", date(2027, 3, 19)),
        ("avant la plénière", date(2027, 3, 20)),
        ("La note est à rendre avant le prochain copil.", date(2026, 12, 10)),
        ("Je prépare le budget pour le comité de pilotage d'ici vendredi", date(2026, 11, 20)),
        ("avant l'assemblée générale, et au plus tard le 1er mars", date(2027, 3, 1)),
        ("avant le comité de pilotage du 10 février", date(2027, 2, 10)),
    ],
)
def test_meetings_of_the_register_are_days(sentence: str, day: date) -> None:
    found = deadlines.read(sentence, now=NOW, lang="fr", events=MEETINGS)
    assert found
    assert found.due == day


@pytest.mark.parametrize(
    "sentence",
    [
        "Le comité de pilotage est content.",
        "On en a parlé au comité de pilotage",
        "après ça on verra",
        "avant la prochaine réunion de l'atelier",
    ],
)
def test_a_meeting_that_is_only_named_is_no_deadline(sentence: str) -> None:
    assert deadlines.read(sentence, now=NOW, lang="fr", events=MEETINGS) is None


def test_several_meetings_are_asked_about_and_that_of_the_place_is_meant() -> None:
    found = deadlines.read("avant la prochaine réunion du groupe", now=NOW, lang="fr", events=MEETINGS)
    assert found
    assert (found.certain, found.readings) == (False, (date(2026, 12, 3), date(2026, 12, 17)))
    found = deadlines.read("avant la prochaine réunion", now=NOW, lang="fr", events=MEETINGS)
    assert found
    assert not found.certain
    here = [*MEETINGS, Event(("Équipe",), date(2027, 1, 5), here=True)]
    found = deadlines.read("avant la prochaine réunion", now=NOW, lang="fr", events=here)
    assert found
    assert (found.certain, found.due) == (True, date(2027, 1, 5))


@pytest.mark.parametrize(
    ("lang", "sentence", "day"),
    [
        ("nl", "tegen de volgende vergadering van de stuurgroep", date(2026, 12, 10)),
        ("nl", "twee weken voor de stuurgroep", date(2026, 11, 26)),
        ("de", "bis zur nächsten Sitzung der Steuerungsgruppe", date(2026, 12, 10)),
        ("de", "vor der Steuerungsgruppe", date(2026, 12, 10)),
        ("en", "before the next meeting of the steering committee", date(2026, 12, 10)),
        ("en", "by the next steering committee", date(2026, 12, 10)),
    ],
)
def test_meetings_are_named_in_each_language(lang: str, sentence: str, day: date) -> None:
    names = {"nl": "Stuurgroep", "de": "Steuerungsgruppe", "en": "Steering committee"}
    found = deadlines.read(sentence, now=NOW, lang=lang, events=[Event((names[lang],), date(2026, 12, 10))])
    assert found
    assert found.due == day


def test_an_unplanned_meeting_is_said_to_be_unknown() -> None:
    assert deadlines.read("à finir avant la prochaine réunion", now=NOW, lang="fr") is None
    missing = deadlines.undated("à finir avant la prochaine réunion", now=NOW, lang="fr")
    assert missing
    assert missing.reason == "meeting_unknown"
