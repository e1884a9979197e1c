from datetime import date, datetime

from bot.understanding import deadlines

NOW = datetime.fromisoformat("2026-11-18T10:00:00+01:00")  # a Wednesday


def test_the_end_of_a_month_is_owed_on_its_last_day() -> None:
    found = deadlines.read("Marie envoie la cartographie d'ici fin mai", now=NOW)
    assert found
    assert (found.words, found.due) == ("d'ici fin mai", date(2027, 5, 31))
    assert deadlines.without("Marie envoie la cartographie d'ici fin mai", found) == "Marie envoie la cartographie"


def test_next_friday_said_on_a_wednesday_is_two_days() -> None:
    found = deadlines.read("On se voit vendredi prochain", now=NOW, lang="fr")
    assert found
    assert not found.certain
    assert found.readings == (date(2026, 11, 20), date(2026, 11, 27))
