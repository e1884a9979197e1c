"""What a service costs, for whom, and when that was checked, as directories write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from bot.understanding.spelling import fold

_FREE_WORD: Final = r"(?:gratuit\w*|gratis|kosteloos|kostenlos\w*|kostenfrei\w*|free|sans frais|0 ?(?:€|eur\w*))"
_FREE: Final = re.compile(rf"\b{_FREE_WORD}(?!\w)")
_NOT_FREE: Final = re.compile(r"\b(?:pas|non|niet|nicht|not) (?:gratuit\w*|gratis|kosteloos|kostenlos\w*|free)\b")
# What makes the free price somebody's alone.
_FOR_SOME: Final = re.compile(
    rf"{_FREE_WORD} ?(?:[,:(] ?)?(?:pour|jusqu|si|avec|aux?|des|sous condition|voor|tot|met|fur|bis|mit|for|up to|under|with|until|la premiere|en dessous|-)"
    r"|(?:premiere?|1ere?|eerste|erste\w*|first) .{0,25}" + _FREE_WORD
)
_PAID: Final = re.compile(
    r"[1-9]\d*(?:[.,]\d+)? ?(?:€|eur)|€ ?[1-9]|payant|tarif|revenu|inkomen|einkommen|sliding|loyer|mutuelle|ziekenfonds|contribution"
    r"|rembours|terugbetaal|erstatt|secteur [12]|ticket moderateur|remgeld|cotisation|participation"
)
_SUM: Final = re.compile(r"(?:€ ?)?(\d{1,4}(?:[.,]\d{1,2})?) ?(?:€|eur(?:os?)?\b|$)|€ ?(\d{1,4}(?:[.,]\d{1,2})?)")
_STATUSES: Final = {
    "bim": r"\bbim\b|\bomnio\b|intervention majoree|verhoogde tegemoetkoming|\bvt\b|erhohte (?:kosten)?beteiligung",
    "group": r"\bgroupes?\b|collecti\w+|\bgroep\w*|\bgruppe\w*|\bgroups?\b",
    "young": r"jusqu ?'?a (?:l age de )?2[0-9] ?ans|moins de (?:18|2[0-9]) ans|tot (?:en met )?2[0-9] jaar|-2[0-9]\b|bis 2[0-9]|under 2[0-9]",
    "css": r"\bcss\b|\bc2s\b|\bcmu\b|\bame\b",
    "student": r"etudiant\w*|student\w*",
}  # fmt: skip
_STATUS: Final = {name: re.compile(pattern) for name, pattern in _STATUSES.items()}
_CHECKED: Final = re.compile(
    r"(?:verifiee?s?|controlee?s?|checke?d?|a jour|au|le|nagekeken|gepruft|stand|geverifieerd|in 20\d\d|tarifs?|op|am|on)\D{0,12}(?:(\d{1,2})[./-](\d{1,2})[./-](20\d\d)|(20\d\d)-(\d\d)-(\d\d))"
)
# A comma between two digits is a decimal one.
_PIECE: Final = re.compile(r"[;\n]|(?<!\d),|,(?!\d)|\b(?:et|en|und|and)\b(?= ?(?:€ ?)?\d)")


@dataclass(frozen=True, slots=True)
class Fees:
    """`free`: True for everyone, False where somebody pays, None unknown; `amounts`: euros by status, "" for everyone.

    Statuses: bim (Belgian increased intervention), group, young (free or cheaper up to 23 and the like), css (French
    complementary cover), student. `free_for` names those for whom alone it is free.
    """

    free: bool | None = None
    amounts: tuple[tuple[str, float], ...] = ()
    free_for: frozenset[str] = frozenset()
    checked_on: date | None = None
    conventioned: bool = False


@lru_cache(maxsize=4096)
def read_fees(text: str) -> Fees:
    plain = re.sub(r"\s+", " ", fold(text).replace("’", "'")).strip()
    if not plain:
        return Fees()
    checked = _checked(plain)
    plain = _CHECKED.sub(" ", plain)
    amounts: dict[str, float] = {}
    free_for: set[str] = set()
    for piece in filter(None, map(str.strip, _PIECE.split(plain))):
        status = next((name for name, pattern in _STATUS.items() if pattern.search(piece)), "")
        if _FREE.search(piece) and not _NOT_FREE.search(piece):
            if status:
                free_for.add(status)
            continue
        if (match := _SUM.search(piece)) and ("€" in piece or "eur" in piece):
            amounts.setdefault(status, float((match[1] or match[2]).replace(",", ".")))
    return Fees(
        _free(plain, amounts, free_for),
        tuple(amounts.items()),
        frozenset(free_for),
        checked,
        bool(re.search(r"secteur 1\b|conventionn|geconventioneerd|tarif opposable", plain)),
    )


def _free(plain: str, amounts: dict[str, float], free_for: set[str]) -> bool | None:
    if _NOT_FREE.search(plain):
        return False
    paid = any(amounts.values()) or bool(_PAID.search(plain))
    if not _FREE.search(plain):
        return False if paid else None
    return False if paid else None if free_for or _FOR_SOME.search(plain) else True


def _checked(plain: str) -> date | None:
    match = _CHECKED.search(plain)
    if match is None:
        return None
    parts = (match[3], match[2], match[1]) if match[3] else (match[4], match[5], match[6])
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
