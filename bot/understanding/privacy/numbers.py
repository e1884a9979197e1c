"""National numbers in a text, told from telephone, account and invoice numbers by their grouping and their checksum."""

import re
from collections.abc import Iterator

from stdnum import luhn, verhoeff
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.nl import bsn

from bot.understanding.privacy.words import Span
from bot.understanding.spelling import fold

# One group of figures and the separators to the next; a Corsican department (2A, 2B) holds the only letter.
_GROUP = re.compile(r"\d+(?:(?<=2)[ABab](?![^\W\d_])\d*)?")
_SEPARATORS = re.compile(r"[ .\-/–\u00a0\u202f\u2011]{1,3}")
_LABEL = re.compile(
    r"\b(?P<bsn>bsn|burgerservicenummer|sofinummer)|(?P<de>steuer-?id\w*|steueridentifikationsnummer|idnr)"
    r"|(?P<kvnr>kvnr|krankenversicher\w*|versichertennummer)|(?P<lu>matricule|cns|nummer cns)"
    r"|(?P<other>inami|riziv|bce|kbo|tva|btw|facture|factuur|rechnung|invoice|iban|tel|gsm)\b",
    re.IGNORECASE,
)
_KVNR = re.compile(r"[\s:.n°]{0,8}\b[A-Za-z]\d{9}\b")
_GLUED = ("niss", "insz", "nir", "nn", "rn")
_NISS_CUTS = frozenset({2, 4, 6, 9})
_NIR_CUTS = frozenset({1, 3, 5, 7, 10, 13})
_LONGEST = 15
_LABEL_REACH = 40
_NISS, _MATRICULE, _BSN, _IDNR = 11, 13, 9, 11


def national_numbers(text: str) -> tuple[Span, ...]:
    """Spans of Belgian and French numbers anywhere, of Dutch, German and Luxembourg ones behind a label."""
    groups = [(m.start(), m.end(), m[0]) for m in _GROUP.finditer(text)]
    if not groups:
        return ()
    labels = [(m.end(), m.lastgroup or "") for m in _LABEL.finditer(text)]
    found = [Span(*span, "national number") for span in _scan(text, groups, labels)]
    for end, label in labels:
        match = _KVNR.match(text, end) if label == "kvnr" else None
        if match:
            found.append(Span(match.end() - 10, match.end(), "national number"))
    return tuple(sorted(found))


def _scan(text: str, groups: list[tuple[int, int, str]], labels: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    label_at = taken = 0
    for i, (start, _, _) in enumerate(groups):
        while label_at < len(labels) and labels[label_at][0] <= start:
            label_at += 1
        label = ""
        if label_at and start - labels[label_at - 1][0] <= _LABEL_REACH:
            label_end, label = labels[label_at - 1]
            if any(c.isdigit() for c in text[label_end:start]):
                label = ""
        if start < taken or label == "other" or not _may_start(text, start):
            continue
        end = _number_from(text, groups, i, label)
        if end:
            taken = end
            yield start, end


def _may_start(text: str, start: int) -> bool:
    before = text[max(0, start - 5) : start]
    if before.endswith("+"):
        return False
    if before and (before[-1].isalpha() or before[-1] in "_#"):
        return fold(before).endswith(_GLUED)
    return True


def _number_from(text: str, groups: list[tuple[int, int, str]], i: int, label: str) -> int:
    """The end of the number that starts with group i, 0 where there is none."""
    digits, cuts, previous = "", set[int](), -1
    for start, end, group in groups[i : i + _LONGEST]:
        if previous >= 0:
            if start - previous > 3 or not _SEPARATORS.fullmatch(text, previous, start):  # noqa: PLR2004 - " - "
                return 0
            cuts.add(len(digits))
        digits += group
        previous = end
        if len(digits) > _LONGEST:
            return 0
        ended = end >= len(text) or not (text[end].isalnum() or text[end] == "_")
        if ended and _is_national(digits.upper(), cuts, label):
            return end
    return 0


def _is_national(digits: str, cuts: set[int], label: str) -> bool:
    if len(digits) == _LONGEST:
        return cuts <= _NIR_CUTS and digits[0] in "123478" and bool(nir.is_valid(digits))
    if not digits.isdecimal():
        return False
    if len(digits) == _NISS and cuts <= _NISS_CUTS and is_niss(digits, grouped=bool(cuts)):
        return True
    if label == "bsn":
        return len(digits) == _BSN and bool(bsn.is_valid(digits))
    if label == "de":
        return len(digits) == _IDNR and bool(idnr.is_valid(digits))
    if label == "lu" and len(digits) == _MATRICULE:
        return bool(luhn.is_valid(digits[:12])) and bool(verhoeff.is_valid(digits[:11] + digits[12]))
    return False


def is_niss(digits: str, *, grouped: bool) -> bool:
    """Eleven figures: birth date (BIS adds 20 or 40 to the month), serial, 97 less the rest; a 2 before from 2000.

    Month 00, of an unknown birthday, counts only in the written grouping: loose figures look alike.
    """
    month, day, serial = int(digits[2:4]), int(digits[4:6]), int(digits[6:9])
    month = month - 40 if month > 40 else month - 20 if month >= 20 else month  # noqa: PLR2004 - the BIS offsets
    if month > 12 or day > 31 or serial in {0, 999} or not (grouped or (month and day)):  # noqa: PLR2004 - a calendar
        return False
    base, check = int(digits[:9]), int(digits[9:])
    return check in {97 - base % 97, 97 - (2_000_000_000 + base) % 97}
