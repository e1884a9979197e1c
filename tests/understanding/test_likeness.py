"""Two sentences that say nearly the same are found; two that only share words are not."""

import pytest

from bot.understanding.likeness import nearest

HELD = [
    "On publie le dépliant en deux langues",
    "La maison médicale assure l'accueil de crise",
    "Le budget 2027 est adopté",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on publie le depliant en deux langues.", 0),
        ("Publier le dépliant en deux langues", 0),
        ("Le budget 2027 est adopté à l'unanimité", None),
        ("Le budget 2028 est reporté", None),
        ("Adopté : le budget 2027 est", 2),
        ("Une tout autre chose", None),
        ("", None),
    ],
)
def test_the_most_alike_is_found_when_it_is_alike_enough(text: str, found: int | None) -> None:
    assert nearest(text, HELD) == found


def test_nothing_is_like_nothing() -> None:
    assert nearest("Une chose", []) is None
