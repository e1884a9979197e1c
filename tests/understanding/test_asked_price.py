"""What a question says of the price."""

import pytest

from bot.understanding.asked_price import AskedPrice, asked_price


@pytest.mark.parametrize(
    ("question", "price"),
    [
        ("psy pas cher", AskedPrice(low=True)),
        ("un psy pas trop cher à Huy", AskedPrice(low=True)),
        ("goedkope psycholoog", AskedPrice(low=True)),
        ("günstige Therapie", AskedPrice(low=True)),
        ("affordable therapist", AskedPrice(low=True)),
        ("j'ai le BIM", AskedPrice(low=True)),
        ("psy gratuit", AskedPrice(free=True)),
        ("gratis hulp", AskedPrice(free=True)),
        ("kostenlose Beratung", AskedPrice(free=True)),
        ("for free", AskedPrice(free=True)),
        ("psycholoog, ik heb geen geld", AskedPrice(free=True)),
        ("je suis free le lundi", AskedPrice()),
        ("a drug-free place", AskedPrice()),
        ("une séance à moins de 10 euros", AskedPrice(most=10)),
        ("20€ max", AskedPrice(most=20)),
        ("hoogstens 12,50 euro", AskedPrice(most=12.5)),
        ("unter 15 €", AskedPrice(most=15)),
        ("less than 10 euros", AskedPrice(most=10)),
        ("pour les moins de 10 ans", AskedPrice()),
        ("à moins de 10 km", AskedPrice()),
        ("under €20", AskedPrice(most=20)),
        ("niet meer dan € 12,50", AskedPrice(most=12.5)),
        ("1000 € max", AskedPrice(most=1000)),
        ("11 € la séance", AskedPrice()),
    ],
)
def test_the_price_asked_for(question: str, price: AskedPrice) -> None:
    assert asked_price(question) == price
