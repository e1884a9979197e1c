"""The ages a service is for, as directories write them: "18+", "0-23", "dès 12 ans", "tot 18 jaar", "adultes"."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.spelling import fold

OLDEST: Final = 120
# From here on, an upper limit is none.
NO_LIMIT: Final = 99
_MONTHS: Final = re.compile(r"\b(\d{1,2}) ?(?:mois|maanden|monate?n?|months?)\b")
_UNIT: Final = r"(?: ?(?:ans?|jaar|jarigen?|jahren?|jahre?n?|years?(?: old)?|yrs?|y|j|a))?"
_RANGE: Final = re.compile(
    rf"\b(\d{{1,3}}){_UNIT} ?(?:-|–|—|/|a|et|tot|t ?/ ?m|bis|to|en|und|and|jusqu ?a) ?(\d{{1,3}})\b"
)
_ALL: Final = re.compile(
    r"\btou(?:t|s) (?:public|les ages|ages)|\btoutes? (?:generations|tranches)|\balle leeftijden|\biedereen|\balle alters\w*|\bjedes alter|\ball ages|\beveryone|\bsans limite"
)
_FROM: Final = re.compile(
    r"(?:\b(?:des|a partir de|a partir d|depuis|plus de|agee?s? de plus de|vanaf|ouder dan|ab|uber|from|over|older than|minimum|min|au moins)|[>≥+]=?) ?(?:l age de )?(\d{1,3})\b"
)
_AND_MORE: Final = re.compile(
    rf"\b(\d{{1,3}}){_UNIT} ?(?:\+|et plus|ou plus|et au dela|en ouder|en meer|of ouder|und alter|und mehr|plus\b|and over|and older|or older|and up)"
)
_UP_TO: Final = re.compile(
    r"(?:\b(?:jusqu ?'?a|jusque|au plus|maximum|max|tot en met|t ?/ ?m|tot|bis(?: zu)?|up to|until|jusqu aux)|≤|<=) ?(?:l age de )?(\d{1,3})\b"
)
_UNDER: Final = re.compile(
    r"(?:\b(?:moins de|avant|en dessous de|sous|jonger dan|onder(?: de)?|minder dan|unter|junger als|under|below|younger than|less than)|<) ?(\d{1,3})\b"
)
_ONE: Final = re.compile(r"\b(\d{1,3}) ?(?:ans?|jaar|jahre?|years?)\b")
# Times of life, as a directory means them; several together give the whole of them.
_STAGES: Final[tuple[tuple[int, int, str], ...]] = (
    (0, 2, r"bebes?|nourrissons?|baby\w*|zuigeling\w*|saugling\w*|infants?"),
    (0, 6, r"petite enfance|tout[- ]petits?|peuters?|kleuters?|kleinkinder\w*|toddlers?"),
    (0, 12, r"enfants?|kinderen|kind|kinder\w*|children|kids"),
    (12, 18, r"ados?|adolescent\w*|tieners?|jugendliche\w*|teen\w*"),
    (12, 25, r"jeunes(?! adultes)|jeunesse|jongeren|youth|young people"),
    (18, 26, r"etudiant\w*|studenten|studierende\w*|students"),
    (18, 30, r"jeunes adultes|jongvolwassenen|junge erwachsene\w*|young adults"),
    (18, OLDEST, r"(?<!jeunes )adultes?|volwassenen?|(?<!junge )erwachsene\w*|(?<!young )adults?|majeurs?|meerderjarigen?|volljahrige?"),
    (0, 17, r"mineurs?|minderjarigen?|minderjahrige?"),
    (60, OLDEST, r"seniors?|personnes agees|aines?|ouderen|senioren|bejaarden|altere menschen|older people|elderly|retraites?|3e age|troisieme age"),
)  # fmt: skip
_STAGE: Final = tuple((low, high, re.compile(rf"\b(?:{said})\b")) for low, high, said in _STAGES)


def read_ages(text: str) -> tuple[int, int] | None:
    """(youngest, oldest) in years, both included; None where no age is said. All ages are (0, OLDEST)."""
    plain = re.sub(r"\s+", " ", fold(text).replace("’", "'").replace("d'", "d ").replace("l'", "l ")).strip()
    plain = _MONTHS.sub("0", plain)
    if _ALL.search(plain):
        return 0, OLDEST
    if match := _RANGE.search(plain):
        return _ordered(int(match[1]), int(match[2]))
    low = _number(_AND_MORE.search(plain) or _FROM.search(plain))
    under = _number(_UNDER.search(plain))
    high = under - 1 if under else _number(_UP_TO.search(plain))
    if low is not None or high is not None:
        return _ordered(low or 0, OLDEST if high is None else high)
    stages = [(first, last) for first, last, pattern in _STAGE if pattern.search(plain)]
    if stages:
        return min(first for first, _ in stages), max(last for _, last in stages)
    if match := _ONE.search(plain) or re.fullmatch(r"(\d{1,3})", plain):
        return _ordered(int(match[1]), int(match[1]))
    return None


def _number(match: re.Match[str] | None) -> int | None:
    return int(match[1]) if match else None


def _ordered(low: int, high: int) -> tuple[int, int] | None:
    low, high = min(low, high), min(max(low, high), OLDEST)
    return (low, OLDEST if high >= NO_LIMIT else high) if low <= OLDEST else None
