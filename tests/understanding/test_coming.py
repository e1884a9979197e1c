"""When in the day and where the next meeting is, as minutes announce it."""

import datetime as dt

import pytest

from bot.understanding.minutes_parts import coming


@pytest.mark.parametrize(
    ("words", "first", "last", "place"),
    [
        ("Prochaine réunion : le 12 janvier à 14h, chez Vivalia", "14:00", None, "chez Vivalia"),
        (
            "La prochaine réunion aura lieu le mardi 12 janvier 2027 de 14h à 16h dans les locaux de Vivalia.",
            "14:00",
            "16:00",
            "dans les locaux de Vivalia",
        ),
        ("Date de la prochaine réunion : 12/01 (14h-16h), visio", "14:00", "16:00", "visio"),
        ("Prochain CoPil le 12 janvier, 14h00, salle 3 du CPAS", "14:00", None, "salle 3 du CPAS"),
        ("On se revoit le 12 janvier à 9h30 au CPAS d'Arlon.", "09:30", None, "au CPAS d'Arlon"),
        ("12 janvier 2027, 14h, Vivalia", "14:00", None, "Vivalia"),
        ("Prochaine réunion chez Vivalia le 12 janvier à 14h", "14:00", None, "chez Vivalia"),
        ("Prochaine rencontre : mardi 12 janvier – 14h", "14:00", None, ""),
        ("La prochaine réunion est fixée au 12 janvier.", None, None, ""),
        ("Prochaine réunion : 12 janvier à Libramont", None, None, "à Libramont"),
        ("Prochaine réunion : 12 janvier à 14h pour préparer le budget", "14:00", None, ""),
        ("Volgende vergadering: dinsdag 12 januari om 14 uur, bij Vivalia", "14:00", None, "bij Vivalia"),
        (
            "De volgende vergadering vindt op 12 januari 2027 van 14u tot 16u30 in het CPAS van Aarlen plaats.",
            "14:00",
            "16:30",
            "in het CPAS van Aarlen",
        ),
        ("Nächste Sitzung: Dienstag, 12. Januar um 14 Uhr, bei Vivalia", "14:00", None, "bei Vivalia"),
        ("Die nächste Sitzung findet am 12. Januar 2027 um 14:30 Uhr im Rathaus statt.", "14:30", None, "im Rathaus"),
        ("Next meeting: Tuesday 12 January at 2 pm, at Vivalia", "14:00", None, "at Vivalia"),
        (
            "The next meeting will be held on 12 January from 2pm to 4.30pm in Libramont.",
            "14:00",
            "16:30",
            "in Libramont",
        ),
        ("Next meeting: 12 January, 10–11:30 am in Libramont", "10:00", "11:30", "in Libramont"),
    ],
)
def test_the_hours_and_the_place_are_read(words: str, first: str | None, last: str | None, place: str) -> None:
    found = coming.read(words)
    assert found.first == (dt.time.fromisoformat(first) if first else None)
    assert found.last == (dt.time.fromisoformat(last) if last else None)
    assert found.place == place


@pytest.mark.parametrize(
    ("words", "lang", "days"),
    [
        ("Prochaines réunions : les 12 janvier, 9 février et 9 mars 2027 à 14h", "fr", ["12/01", "09/02", "09/03"]),
        ("Prochaines réunions : mardi 12 janvier à 14h et mardi 9 mars à 10h", "fr", ["12/01", "09/03"]),
        ("Prochaines réunions : les 12 et 26 janvier à 14h", "fr", ["12/01", "26/01"]),
        ("Prochaines dates : 12/01, 9/02", "fr", ["12/01", "09/02"]),
        ("Volgende vergaderingen: 12 januari en 9 maart om 14u", "nl", ["12/01", "09/03"]),
        ("Nächste Sitzungen: 12. Januar und 9. März um 14 Uhr", "de", ["12/01", "09/03"]),
        ("Next meetings: 12 January, 9 February and 9 March at 2pm", "en", ["12/01", "09/02", "09/03"]),
        ("Prochaine réunion : le 12 janvier à 14h", "fr", []),
        ("Prochaine réunion le 12 janvier ; la note est attendue pour le 5 janvier", "fr", []),
        ("Prochaine réunion le 12 janvier. Le 5 mars, journée d'étude", "fr", []),
        ("Prochaine réunion : 12 janvier, salle 3, 14 personnes", "fr", []),
    ],
)
def test_each_day_that_is_announced(words: str, lang: str, days: list[str]) -> None:
    now = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    found = coming.listed(words, now=now, lang=lang, country="BE")
    assert [f"{day:%d/%m}" for day, _words in found] == days


def test_each_day_has_its_own_hour_or_the_one_of_all() -> None:
    now = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    own = coming.listed("mardi 12 janvier à 14h et mardi 9 mars à 10h", now=now, lang="fr", country="BE")
    assert [coming.read(words).first for _day, words in own] == [dt.time(14), dt.time(10)]
    shared = coming.listed("12 janvier et 9 mars à 14h", now=now, lang="fr", country="BE")
    assert [coming.read(words).first for _day, words in shared] == [dt.time(14), dt.time(14)]
