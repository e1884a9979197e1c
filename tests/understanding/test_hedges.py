"""What is no plain statement about a record."""

import pytest

from bot.understanding import hedges


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("fait suite à la réunion", "suite à la réunion"),
        ("fait ou pas", "ou pas"),
        ("refusée, ou pas.", "ou pas."),
        ("refuse de se faire oublier", "de se faire oublier"),
        ("faite à moitié", "à moitié"),
        ("klaar of niet", "of niet"),
        ("annuler serait une erreur", "serait une erreur"),
        ("abandonner n’est pas une option", "n’est pas une option"),
        ("sera fait lundi", "lundi"),
        ("will be done", ""),
        ("met fin à nos soucis", "à nos soucis"),
        ("annule la réunion de mai", "la réunion de mai"),
        ("clôture l'année", "l'année"),
    ],
)
def test_a_hedge(said: str, after: str) -> None:
    assert hedges.hedged(said, after)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("est fait", ""),
        ("fait le 3 mars", "le 3 mars"),
        ("fait, suite à la réunion", "suite à la réunion"),
        ("refuse, pas le temps", "pas le temps"),
        ("annule, ce n'est plus utile", "ce n'est plus utile"),
        ("annulé le 3 mars", "le 3 mars"),
        ("remplace la décision D-4", "la décision D-4"),
        ("sera reporté au 12 juin", "au 12 juin"),
        ("sera remplacée par D-3", "par D-3"),
        ("met fin à partir du 1er mars", "à partir du 1er mars"),
        ("nicht erledigt", ""),
        ("ok", ""),
        ("fait partiel", "partiel"),
    ],
)
def test_a_plain_statement(said: str, after: str) -> None:
    assert not hedges.hedged(said, after)
