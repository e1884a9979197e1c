"""Who promises what by when, in a sentence."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import promises
from bot.understanding.promises import Known, Names

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Brussels"))
NAMES = Names(
    [
        Known("marie", "Marie Dupont", ("@marie", "Marie")),
        Known("paul", "Paul Henry", ("@paul.h", "Paul")),
        Known("anne1", "Anne Petit", ("@annep", "Anne")),
        Known("anne2", "Anne Grand", ("@anneg", "Anne")),
        Known("cpas", "CPAS d'Arlon", ("CPAS Arlon",)),
        Known("vivalia", "Vivalia"),
        Known("matilda", "Réseau Matilda", ("Matilda",)),
    ]
)


def read(line: str, lang: str = "fr") -> promises.Promise:
    return promises.read(line, NAMES, now=NOW, lang=lang, country="BE")


@pytest.mark.parametrize(
    ("line", "owners", "text", "due"),
    [
        ("@marie envoie la cartographie d'ici fin mai", ("marie",), "envoie la cartographie", date(2027, 5, 31)),
        ("Marie et le CPAS d'Arlon préparent la salle pour le 12/12", ("marie", "cpas"), "préparent la salle",
         date(2026, 12, 12)),
        ("CPAS d’Arlon : transmettre la liste d'ici vendredi", ("cpas",), "transmettre la liste", date(2026, 11, 27)),
        ("Matilda, Vivalia et Paul Henry relisent la charte", ("matilda", "vivalia", "paul"), "relisent la charte",
         None),
        ("l'équipe relit la charte demain", (), "l'équipe relit la charte", date(2026, 11, 24)),
        ("je réserve la salle", (), "je réserve la salle", None),
        ("Envoyer la note", (), "Envoyer la note", None),
        ("Rapport annuel à envoyer fin janvier", (), "Rapport annuel à envoyer", date(2027, 1, 31)),
        ("à Marie de relancer la commune", ("marie",), "de relancer la commune", None),
        # A letter too many, an accent too few.
        ("Vivallia rédige la note", ("vivalia",), "rédige la note", None),
        ("reseau matilda rédige la note", ("matilda",), "rédige la note", None),
        ("Marie Dupond rédige la note", ("marie",), "rédige la note", None),
    ],
)  # fmt: skip
def test_who_what_and_when(line: str, owners: tuple[str, ...], text: str, due: date | None) -> None:
    found = read(line)
    assert (found.owners, found.text, found.unknown) == (owners, text, "")
    assert (found.deadline.due if found.deadline else None) == due


@pytest.mark.parametrize(
    ("line", "unknown", "of"),
    [
        ("Sophie Peeters envoie la liste avant vendredi", "Sophie Peeters", ""),
        ("Sophie Peeters (CPAS d'Aubange) envoie la liste", "Sophie Peeters", "CPAS d'Aubange"),
        ("le CPAS de Bastogne envoie la liste", "CPAS de Bastogne", ""),
        ("La Maison de la Semois prête sa salle", "Maison de la Semois", ""),
        ("L'AMO du Lac doit rappeler l'école", "AMO du Lac", ""),
        ("@sophie envoie la liste", "@sophie", ""),
        ("Sophie : envoyer la liste", "Sophie", ""),
        ("Le PV sera envoyé vendredi", "", ""),
        ("Le PV doit être relu", "", ""),
        ("La salle Horizon est à réserver", "", ""),
        ("Une note part vendredi", "", ""),
        ("Chaque service relit la note", "", ""),
        ("Réserver la salle du CPAS", "", ""),
        ("On réserve la salle du CPAS", "", ""),
    ],
)
def test_a_subject_that_nobody_is_known_by(line: str, unknown: str, of: str) -> None:
    found = read(line)
    assert (found.owners, found.unknown, found.of) == ((), unknown, of)


@pytest.mark.parametrize(
    ("line", "lang", "everyone"),
    [
        ("Tous envoient leurs chiffres", "fr", True),
        ("Tous les partenaires envoient leurs chiffres", "fr", True),
        ("Tous les dossiers seront clos", "fr", False),
        ("Alle diensten bezorgen hun cijfers", "nl", True),
        ("Alle dossiers worden afgesloten", "nl", False),
        ("Ieder kwartaal een overzicht", "nl", False),
        ("Jeder schickt seine Zahlen", "de", True),
        ("Alle Akten werden geschickt", "de", False),
    ],
)
def test_all_counts_people(line: str, lang: str, *, everyone: bool) -> None:
    assert read(line, lang).everyone == everyone


@pytest.mark.parametrize(
    ("line", "lang", "owners"),
    [
        ("Marie en het CPAS d'Arlon bereiden de zaal voor", "nl", ("marie", "cpas")),
        ("Marie und Paul bereiten den Raum vor", "de", ("marie", "paul")),
        ("Marie & Paul book the room", "en", ("marie", "paul")),
    ],
)
def test_in_other_languages(line: str, lang: str, owners: tuple[str, ...]) -> None:
    assert read(line, lang).owners == owners


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("Sophie envoie la note", "Sophie"),
        ("@zoe envoie la note", "@zoe"),
        ("Maison médicale : envoyer la note", "Maison médicale"),
        ("Anne prépare le café", "Anne"),
        ("Marie Lambert envoie la note", "Marie Lambert"),
        ("Marie et Sophie préparent la salle", "Sophie"),
        ("Vivalia de Bastogne envoie la note", "Vivalia de Bastogne"),
        ("le Vivalia d'Arlon envoie la note", "Vivalia d'Arlon"),
        ("le CPAS d'Arlon et Vivalia de Bastogne envoient la note", "Vivalia de Bastogne"),
    ],
)
def test_a_name_that_is_not_known_is_said_so(line: str, unknown: str) -> None:
    assert read(line).unknown == unknown


@pytest.mark.parametrize(
    "line",
    [
        "Vivalia rédige la note (suppléant : @paul.h)",
        "Vivalia rédige la note, suppléant Paul",
        "Vivalia, remplaçante : Paul Henry, rédige la note",
        "Vivalia rédige la note, à défaut Paul",
    ],
)
def test_a_deputy(line: str) -> None:
    found = read(line)
    assert found.deputies == ("paul",)
    assert found.owners == ("vivalia",)


def test_a_list_of_names() -> None:
    assert promises.people("Marie, @paul.h et le CPAS d'Arlon", NAMES) == (("marie", "paul", "cpas"), "")
    assert promises.people("Marie, Zoé", NAMES) == (("marie",), "Zoé")
    assert promises.people("", NAMES) == ((), "")


def test_the_nearest_names() -> None:
    assert [known.key for known in NAMES.nearest("Anna")][:2] == ["anne2", "anne1"]
    assert next(known.key for known in NAMES.nearest("@mari")) == "marie"
    assert NAMES.nearest("Zorglub") == []


@given(st.text(max_size=300))
def test_whatever_is_written_is_read(line: str) -> None:
    found = read(line)
    assert len(found.text) <= len(line) + 1


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("das Faltblatt übersetzen", "de"),
        ("Faltblatt übersetzen bis Freitag", "de"),
        ("die Freiwilligen erinnern", "de"),
        ("Folder vertalen tegen 15 december", "nl"),
        ("De zaal reserveren", "nl"),
    ],
)
def test_a_thing_to_do_is_nobody_s_name(line: str, lang: str) -> None:
    found = read(line, lang)
    assert (found.owners, found.unknown) == ((), "")


def test_who_is_not_known_is_still_asked_about_in_german_and_dutch() -> None:
    assert read("die Lebenshilfe übersetzt das Faltblatt", "de").unknown == "Lebenshilfe"
    assert read("Katrien vertaalt de folder", "nl").unknown == "Katrien"


@pytest.mark.parametrize(
    ("said", "key"), [("Sophie D.", "m1"), ("Sophie D", "m1"), ("Sophie a", None), ("Sophie P.", None)]
)
def test_a_first_name_with_an_initial_is_one_person(said: str, key: str | None) -> None:
    known = Names([Known("m1", "Sophie Dardenne"), Known("m2", "Sophie Peeters"), Known("m3", "Sophie Petit")])
    assert known.exactly(said) == key


def test_a_quotation_without_its_end_is_soon_read() -> None:
    assert read("Marie envoie « " + " " * 20_000 + "x").owners == ("marie",)
    assert read("«" + " " * 20_000 + "x").owners == ()


@pytest.mark.parametrize("unit", ["D-", "D'D", "D of ", "D ", "@a", "D, ", "d-D "])
def test_a_run_of_capitals_comes_through(unit: str) -> None:
    line = (unit * 20_000)[:20_000]
    assert read(line).owners == ()
