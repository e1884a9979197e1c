"""What is said to somebody, and what may be worth keeping."""

import pytest

from bot.understanding import pleasantries


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bonjour à tous !", "greeting"),
        ("Guten Morgen zusammen", "greeting"),
        ("merci pour tout", "thanks"),
        ("Encore merci, bonne soirée", "thanks"),
        ("Merci merci à toute l’équipe", "thanks"),
        ("dank u wel", "thanks"),
        ("vielen Dank", "thanks"),
        ("ok merci", "thanks"),
        ("Bonne journée", "other"),
        ("ok", "other"),
        ("test", "other"),
        ("oui :+1:", "other"),
    ],
)
def test_its_kind(text: str, kind: str) -> None:
    assert pleasantries.read(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "OK pour le budget",
        "Oui pour le week-end",
        "Non au week-end",
        "OK pour tous",
        "Test de la salle le 3 mars",
        "Merci à Vivalia d'assurer l'accueil",
        "Une journée pour tous",
        "tout le monde",
        "Abend für alle",
        "",
    ],
)
def test_what_may_be_worth_keeping(text: str) -> None:
    assert pleasantries.read(text) is None
