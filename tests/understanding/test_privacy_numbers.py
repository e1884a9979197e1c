from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.privacy import inspect


def niss(base: str, *, from_2000: bool = False) -> str:
    return f"{base}{97 - int(('2' if from_2000 else '') + base) % 97:02}"


def nir(thirteen: str) -> str:
    value = int(thirteen.replace("2A", "19").replace("2B", "18"))
    return f"{thirteen}{97 - value % 97:02}"


BEFORE = niss("850730033")
AFTER = niss("050614217", from_2000=True)
BIS = niss("852730033")
MAN = nir("1850775123456")
CORSICAN = nir("2930B2A004123".replace("0B", "05"))


@pytest.mark.parametrize(
    "pattern", ["{}.{}.{}-{}.{}", "{} {} {} {} {}", "{}{}{}{}{}", "{}/{}/{} - {}.{}", "{}{}{}-{}-{}", "{}.{}.{}-{}-{}"]
)
@pytest.mark.parametrize("number", [BEFORE, AFTER, BIS])
def test_belgian_numbers_are_refused_however_they_are_written(number: str, pattern: str) -> None:
    written = pattern.format(number[:2], number[2:4], number[4:6], number[6:9], number[9:])
    seen = inspect(f"Bonjour, le dossier {written} est complet")
    assert seen.verdict == "refuse"
    assert seen.masked == "Bonjour, le dossier •• est complet"


@pytest.mark.parametrize("number", [MAN, CORSICAN])
def test_french_numbers_are_refused_with_and_without_spaces(number: str) -> None:
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    spaced = " ".join(number[a:b] for a, b in pairwise(cuts))
    for written in (number, spaced, number.lower()):
        assert inspect(f"sécu {written}.").masked == "sécu ••."


@pytest.mark.parametrize(
    "text", [f"NISS{BEFORE}", f"niss:{BEFORE}", f"({BEFORE})", f"{BEFORE}, {AFTER}", f"0470 12 34 56 {BEFORE}"]
)
def test_labels_brackets_and_neighbours_do_not_hide_a_number(text: str) -> None:
    seen = inspect(text)
    assert seen.verdict == "refuse"
    assert BEFORE not in seen.masked


@pytest.mark.parametrize(
    "text",
    [
        "BSN 111222333",
        "burgerservicenummer: 1112.22.333",
        "Steuer-ID 36574261809",
        "KVNR A123456780",
        "matricule 1893120105732",
    ],
)
def test_dutch_german_and_luxembourg_numbers_are_refused_where_a_label_names_them(text: str) -> None:
    assert inspect(text).verdict == "refuse"


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "36574261809 pièces",
        "A123456780",
        "BE68 5390 0754 7034",
        "BE68539007547034",
        "FR76 3000 6000 0112 3456 7890 189",
        "BE 0403.170.701",
        "+32 470 12 34 56",
        "+32470123456",
        "0032 470 12 34 56",
        f"INAMI {BEFORE}",
        f"facture {BEFORE}",
        "12.03.2026-14.00",
        "+++090/9337/55493+++",
        "2026-11-22 14:00:00",
        f"9{BEFORE}",
        f"{BEFORE}7",
        f"x{BEFORE}",
        "85.07.30-033.29",
        "85.97.30-033.28",
    ],
)
def test_other_numbers_are_not_national_numbers(text: str) -> None:
    assert inspect(text).verdict == "clear"


@given(st.integers(0, 10**11 - 1))
def test_a_single_wrong_figure_is_noticed(number: int) -> None:
    digits = f"{number:011}"
    if inspect(digits).verdict == "refuse":
        changed = digits[:8] + str((int(digits[8]) + 1) % 10) + digits[9:]
        assert inspect(changed).verdict == "clear"
