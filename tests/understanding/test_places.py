"""Communes, localities and areas, and where a question is about."""

import pytest

from bot.understanding.places import distance, gazetteer, within, zone
from bot.understanding.whereabouts import Homes, find


@pytest.fixture(scope="module")
def ardenne() -> Homes:
    book = gazetteer()
    return Homes([book.named(name)[0].code for name in ("Arlon", "Bastogne", "Marche-en-Famenne", "Virton")])


@pytest.fixture(scope="module")
def brussels() -> Homes:
    return Homes(["BE:21007", "BE:21013", "BE:21016"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Arlon", "BE:81001"),
        ("Arel", "BE:81001"),
        ("6700", "BE:81001"),
        ("Luik", "BE:62063"),
        ("Lüttich", "BE:62063"),
        ("Sint-Gillis", "BE:21013"),
        ("st gilles", "BE:21013"),
        ("Libramont", "BE:84077"),
        ("LLN", "BE:25121"),
        ("Charlouze", "BE:52011"),
        ("Lille", "FR:59350"),
        ("Rijsel", "FR:59350"),
        ("Paris 18e", "FR:75118"),
        ("Amel", "BE:63001"),
        ("Bütgenbach", "BE:63013"),
        ("Büllingen", "BE:63012"),
        ("bxl", "BE-04000"),
        ("Vlaams-Brabant", "BE-20001"),
    ],
)
def test_a_place_is_known_by_any_of_its_names(name: str, code: str) -> None:
    assert gazetteer().named(name)[0].code == code


def test_a_locality_and_a_former_commune_lie_in_their_commune() -> None:
    book = gazetteer()
    for name, commune in (("Athus", "BE:81004"), ("Bertogne", "BE:82039"), ("Borgloon", "BE:73111")):
        assert book.named(name)[0].commune == commune


def test_a_homonym_is_the_one_nearby() -> None:
    book = gazetteer()
    assert book.named("Neufchâteau", [book.places["BE:81001"]])[0].code == "BE:84043"
    assert book.named("Neufchâteau", [book.places["FR:88160"]])[0].code == "FR:88321"


def test_neighbours_and_distances() -> None:
    book = gazetteer()
    uccle, forest, arlon = book.places["BE:21016"], book.places["BE:21007"], book.places["BE:81001"]
    assert forest in book.neighbours(uccle)
    assert arlon not in book.neighbours(uccle)
    assert 150 < distance(uccle, arlon) < 170
    assert book.reach(uccle) < book.reach(arlon)


def test_every_belgian_commune_has_a_centre() -> None:
    book = gazetteer()
    lost = [place for place in book.communes if place.lat != place.lat]
    assert {place.country for place in lost} == {"FR"}
    assert len(lost) < 300
    assert len([place for place in book.communes if place.country == "BE"]) == 565


@pytest.mark.parametrize(
    ("token", "commune"),
    [("Lux", "BE:81001"), ("BXL", "BE:21016"), ("59", "FR:59350"), ("Hainaut", "BE:52011"), ("national", "FR:75056")],
)
def test_a_zone_covers_its_communes(token: str, commune: str) -> None:
    area = zone(token)
    assert area is not None
    assert within(gazetteer().places[commune], area)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("groupe de parole pour ados à Marche ?", ["BE:83034"]),
        ("quel antidépresseur marche le mieux ?", []),
        ("mon fils de 15 ans, Virton", ["BE:85045"]),
        ("psy à Virtonn", ["BE:85045"]),
        ("conduire une dame à l'hôpital", []),
        ("mon frère, qui soutient la famille ?", []),
        ("province de Luxembourg", ["BE-80000"]),
        ("groupe à Ostende", ["BE:35013"]),
        ("près de bastogne", ["BE:82039"]),
        ("ivg arlon", ["BE:81001"]),
    ],
)
def test_where_a_question_is_about(question: str, codes: list[str], ardenne: Homes) -> None:
    assert [place.code for place in find(question, ardenne).places] == codes


def test_a_directory_knows_each_province_that_its_corner_touches() -> None:
    book = gazetteer()
    wide = Homes([book.named(name)[0].code for name in ("Arlon", "Mons", "Liège", "Lille")])
    touched = {commune.area for commune in book.communes if commune in wide} & book.places.keys()
    assert len(touched) > 12
    assert [area for area in sorted(touched) if book.places[area] not in wide] == []


@pytest.mark.parametrize("question", ["Hilfe nähe mons bitte", "aide à mons svp", "hulp nabij mons graag"])
def test_what_announces_a_place_is_known_in_each_language(question: str) -> None:
    assert [place.name for place in find(question).places] == ["Mons"]


def test_a_word_that_is_a_place_needs_a_sign(brussels: Homes) -> None:
    assert find("waar kan ik eten in Vorst?", brussels).places[0].code == "BE:21007"
    assert find("boxe jeunes forest", brussels).places[0].code == "BE:21007"
    assert find("se promener en forêt", brussels).places == ()
    assert find("près de Forest", brussels).around
