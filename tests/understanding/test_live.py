"""What is written during a meeting so that it is kept: four languages, every way of writing the word, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import live
from bot.understanding.live import Live


@pytest.mark.parametrize(
    "message",
    [
        "décision : on garde la salle",
        "Décision: on garde la salle",
        "DECISION : on garde la salle",
        "De\u0301cision : on garde la salle",
        "Décision – on garde la salle",
        "décision - on garde la salle",
        "Décision\u00a0: on garde la salle",
        "**Décision :** on garde la salle",
        "*Décision : on garde la salle*",
        "- Décision : on garde la salle",
        "## Décision 3 : on garde la salle",
        "Décision n° 3 : on garde la salle",
        "✅ Décision → on garde la salle",
        "Beslissing: on garde la salle",
        "besluit – on garde la salle",
        "Beschluss: on garde la salle",
        "Entscheidung : on garde la salle",
        "Decision: on garde la salle",
    ],
)
def test_a_decision_is_heard_however_it_is_written(message: str) -> None:
    assert live.read(message) == [Live("decision", "on garde la salle")]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("accord : x et y", "agreement"),
        ("Afspraak: x et y", "agreement"),
        ("Vereinbarung: x et y", "agreement"),
        ("Action @x et y", "commitment"),
        ("À faire : x et y", "commitment"),
        ("actiepunt: x et y", "commitment"),
        ("Maßnahme: x et y", "commitment"),
        ("To do - x et y", "commitment"),
        ("Présents : x et y", "present"),
        ("présent·e·s : x et y", "present"),
        ("aanwezig: x et y", "present"),
        ("Excusé(e)s : x et y", "excused"),
        ("Entschuldigt: x et y", "excused"),
        ("Absents : x et y", "absent"),
        ("afwezig: x et y", "absent"),
        ("Procuration : x et y", "represented"),
        ("vertreten: x et y", "represented"),
    ],
)
def test_each_kind_has_its_words(message: str, kind: live.Kind) -> None:
    assert [(one.kind, one.text.removeprefix("@")) for one in live.read(message)] == [(kind, "x et y")]


@pytest.mark.parametrize(
    "message",
    [
        "La décision : on en parle demain",
        "d'accord : on y va",
        "> Décision : ce qu'un autre a écrit",
        "« Décision : ce qu'un autre a écrit »",
        "Décision : on achète ?",
        "Décision : néant",
        "Décision : reportée",
        "Beslissing: geen",
        "Actionnaires : Ana",
        "Décision-cadre : un autre mot",
        "action publique et accord tacite",
        "Actions de la semaine dernière",
        "Décision :",
        "",
    ],
)
def test_talk_quotations_questions_and_nothing_are_left_alone(message: str) -> None:
    assert live.read(message) == []


def test_several_lines_are_several_records() -> None:
    message = "Décision : on garde\nla salle\n\nmerci à tous\nActions :\n- @bob réserve\n2. Claire écrit\n\net voilà"
    assert live.read(message) == [
        Live("decision", "on garde la salle"),
        Live("commitment", "@bob réserve"),
        Live("commitment", "Claire écrit"),
    ]


def test_who_is_there_fits_on_one_line() -> None:
    assert live.read("Présents : Ana, M. Petit ; excusés : Zoé. Absents : Tom") == [
        Live("present", "Ana, M. Petit"),
        Live("excused", "Zoé"),
        Live("absent", "Tom"),
    ]


@given(st.text())
def test_any_text_can_be_heard(message: str) -> None:
    for one in live.read(message):
        assert one.text
        assert "\n" not in one.text
