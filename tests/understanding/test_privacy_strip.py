import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.privacy import inspect, mask_lines, strip


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Où envoyer Mme Dupont, en burn-out, à Arlon ?", "Où envoyer Mme …, en burn-out, à Arlon ?"),
        ("Je m'appelle Bintou, un psy à Forest ?", "Je m'appelle …, un psy à Forest ?"),
        ("groupe pour ados à La Louvière", "groupe pour ados à La Louvière"),
        ("mon fils Lucas ne va plus à l'école, Libramont", "mon fils … ne va plus à l'école, Libramont"),
        ("J.D. cherche une place à Virton", "… cherche une place à Virton"),
        ("rappelez-moi au 0470 12 34 56 svp", "rappelez-moi au … svp"),
        ("appel +32 (0)61 22.33.44 merci", "appel … merci"),
        ("écrire à jean.dupont@exemple.be", "écrire à …"),
        ("voir https://exemple.be/x?y=1 et aider", "voir … et aider"),
        ("elle habite rue de la Gare 12, Arlon", "elle habite …, Arlon"),
        ("elle habite avenue du Roi Albert, 12 bte 3 à Arlon", "elle habite … à Arlon"),
        ("ze woont in de Stationsstraat 12 in Gent", "ze woont in de … in Gent"),
        ("er wohnt Bahnhofstraße 5 in Eupen", "er wohnt … in Eupen"),
        ("she lives at 12 Station Road near Leuven", "she lives at … near Leuven"),
        ("NISS 85.07.30-033.28 à Arlon", "NISS … à Arlon"),
        ("née le 12/03/1985, anxieuse", "…, anxieuse"),
        ("@marie connaît un logopède ?", "… connaît un logopède ?"),
        ("wie helpt dhr. Peeters met zijn schulden?", "wie helpt dhr. … met zijn schulden?"),
        ("ich heiße Jutta, Gruppe in Eupen?", "ich heiße …, Gruppe in Eupen?"),
        ("ado de 15 ans, 6800 Libramont", "ado de 15 ans, 6800 Libramont"),
        ("12 séances à 11 € le mardi 14h30", "12 séances à 11 € le mardi 14h30"),
    ],
)
def test_a_need_is_kept_without_the_person(question: str, kept: str) -> None:
    assert strip(question) == kept


def test_known_names_stay() -> None:
    assert strip("psy chez Martine, maison de Jean Dupont", keep=["Jean Dupont"]) == "psy chez …, maison de Jean Dupont"


@given(st.text(max_size=300))
def test_stripping_twice_changes_nothing_and_never_fails(text: str) -> None:
    once = strip(text)
    assert strip(once) == once


@given(st.text(max_size=300))
def test_spans_lie_in_the_text_apart_and_in_order(text: str) -> None:
    seen = inspect(text)
    at = 0
    for span in seen.patient:
        assert at <= span.start < span.end <= len(text)
        at = span.end


def test_lines_of_minutes_are_marked_and_the_others_left_alone() -> None:
    lines = [
        "# Réunion du 12 mars",
        "Décision : on retient Vivalia pour l'accueil.",
        "Situation : Mme D., 34 ans, dépressive, sort mardi.",
        "Le dossier 85.07.30-033.28 est transmis.",
        "Prochaine réunion le 3 avril.",
    ]
    marked = mask_lines(lines)
    assert [(mark.line, mark.reason) for mark in marked] == [(3, "patient"), (4, "national number")]
    assert marked[0].masked == "Situation : Mme ••, ••, ••, sort mardi."


ADVERSARIAL = [
    "1",
    "1 ",
    "85.07.30-",
    "M. ",
    "J.D. ",
    "Jean ",
    "Jean dépressif ",
    "dépressive ",
    "Mme D., 34 ans, ",
    "veut se ",
    "veut se tuer ",
    "rue a ",
    "a@a.",
    "www.",
    "a-",
    "e\u0301",
    "van de ",
    "BE68 ",
    "2A",
    "NISS ",
    "son sa ",
    "dépressionn ",
]


def steps(action: Callable[[str], object], text: str) -> int:
    """Calls and lines of Python run: what a clock would say, on any machine."""
    count = 0

    def trace(_frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("action", [inspect, strip])
@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_work_grows_no_faster_than_the_text(action: Callable[[str], object], unit: str) -> None:
    action(unit)
    small, large = steps(action, unit * 30), steps(action, unit * 240)
    assert large <= 10 * small + 2000


@pytest.mark.parametrize("unit", ["J.D. ", "Jean dépressif ", "aaaa@", "rue a ", "1 ", "a"])
def test_a_paste_of_100_000_characters_comes_through(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    assert len(inspect(text).masked) <= 2 * len(text)
    assert len(strip(text)) <= len(text)
