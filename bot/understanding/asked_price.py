"""What a question says of the price: nothing to pay, little to pay, or so many euros at the most."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.understanding.spelling import fold

_FREE: Final = re.compile(
    r"\b(?:gratuit\w*|gratos|gratis|sans payer|sans argent|pas d'argent|rien a payer|sans frais|kosteloos|kostenlos\w*|kostenfrei\w*|umsonst|(?:zonder|geen) geld|(?:ohne|kein) geld|(?:for|is) free|(?<!-)free(?! (?:time|evening|le|on|in|place|spot)\b)|no money)\b"
)
_LOW: Final = re.compile(
    r"\b(?:pas (?:trop |tres )?chere?s?|peu (?:cher|cou)\w*|moins chere?s?|bon marche|petits? (?:budget|prix|revenu|salaire)\w*|prix (?:reduit|doux|modique|abordable)\w*|tarifs? (?:social|sociaux|reduits?|bas)|abordables?|bim|(?:peu de|petits|pas les) moyens|revenus? modestes?"
    r"|niet (?:te )?duur\w*|goedko\w*|betaalba\w*|laag inkomen|klein budget|weinig geld|sociaal tarief|verlaagd tarief"
    r"|nicht (?:zu |so )?teuer\w*|gunstig\w*|billig\w*|bezahlba\w*|wenig geld|kleines budget|sozialtarif"
    r"|not (?:too |so )?expensive|inexpensive|cheap\w*|affordab\w*|low[ -](?:cost|income|price)|little money|tight budget)\b"
)
_NUMBER: Final = r"(?<![\d.,])\d{1,4}(?:[.,]\d{1,2})?(?!\d)"
_SUM: Final = rf"(?:{_NUMBER} ?(?:€|eur(?:os?)?\b|balles\b)|€ ?{_NUMBER})"
_AT_MOST: Final = re.compile(
    r"\b(?:moins de|en dessous de|pas plus de|au plus|jusqu'?a|max(?:imum|i)?\.?(?: de)?|budget(?: de)?|onder(?: de)?|minder dan|niet meer dan|hoogstens|tot|unter|weniger als|nicht mehr als|hochstens|bis(?: zu)?|maximal|under|below|less than|not? more than|at most|up to) ?"
    + _SUM
)
_AND_NO_MORE: Final = re.compile(
    _SUM + r" ?(?:max(?:imum|i|imal)?|au plus|pas plus|hoogstens|hochstens|at most|tops)\b"
)


@dataclass(frozen=True, slots=True)
class AskedPrice:
    """`most` is in euros, None where no sum was said; each of the three is a wish, none a condition."""

    free: bool = False
    low: bool = False
    most: float | None = None


def asked_price(text: str) -> AskedPrice:
    plain = re.sub(r"\s+", " ", fold(text).replace("’", "'"))
    said = _AT_MOST.search(plain) or _AND_NO_MORE.search(plain)
    number = re.search(_NUMBER, said[0]) if said else None
    most = float(number[0].replace(",", ".")) if number else None
    return AskedPrice(bool(_FREE.search(plain)), bool(_LOW.search(plain)), most)
