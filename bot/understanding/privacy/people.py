"""Names, initials and ages of single people in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.understanding.privacy.words import Sense, Words, key

_ABBREVIATIONS = frozenset(
    {"eg", "ie", "zb", "dh", "pe", "oa", "ua", "bv", "nb", "ps", "pv", "ca", "ag", "gt", "cp", "st", "nv", "cv", "us"}
)
_TWO_LETTERS = re.compile(r"[A-Z]-?[A-Z]")
_PARTICLES = frozenset(
    map(key, ("van", "de", "der", "den", "von", "el", "ben", "le", "la", "du", "di", "da", "vande", "vander"))
)
_OF = frozenset({"de", "d", "van", "von", "of"})
_SHORT = 4
_NAME_JOINTS = frozenset({" ", ". ", ".", "\u00a0", "'", "’"})
_OLDEST = 110
_NAMEABLE_BLOCK = ~(Sense.FIRST | Sense.KIN | Sense.PATIENT | Sense.NEAR | Sense.SKIP | Sense.AGEUNIT)
_BEFORE_STATE = Sense.COPULA | Sense.LINK | Sense.ACT | Sense.STATE | Sense.INTAKE | Sense.NEGATION | Sense.PATIENT
_NOT_A_NAME = Sense.STOP | Sense.TOPIC | Sense.PLURAL | Sense.FUNCTION | Sense.QUESTION | Sense.PRONOUN
_ONE_PERSON = Sense.INDEFINITE | Sense.KIN | Sense.PATIENT | Sense.TITLE
_SINCE = frozenset(
    map(
        key,
        (
            "depuis",
            "pendant",
            "vanaf",
            "ab",
            "sinds",
            "seit",
            "since",
            "moins",
            "plus",
            "dans",
            "vor",
            "al",
            "over",
            "for",
            "durant",
        ),
    )
)
_RANGE = frozenset({"a", "à", "tot", "bis", "to", "et", "en", "und", "and", "y"})
_RANGE_AFTER = frozenset(
    map(
        key,
        (
            "plus",
            "ou",
            "ouder",
            "oder",
            "older",
            "älter",
            "und",
            "et",
            "en",
            "over",
            "and",
            "à",
            "tot",
            "bis",
            "to",
            "ago",
            "geleden",
        ),
    )
) | frozenset(map(key, ("expérience", "experience", "ervaring", "erfahrung", "ancienneté")))
_ADJECTIVAL = frozenset(
    map(key, ("jarige", "jährige", "jähriger", "jährigen", "jaehrige", "jaehriger", "jaehrigen", "year-old"))
)
_AGED = frozenset(map(key, ("âgé", "âgée", "aged", "oud")))


@dataclass(frozen=True, slots=True)
class Person:
    """Word numbers of what identifies someone, `last` included; `cared_for` if called a patient."""

    first: int
    last: int
    kind: Literal["name", "age"]
    initials: bool = False
    role: bool = False
    cared_for: bool = False


def people(words: Words) -> tuple[Person, ...]:
    """Names, initials and single people's ages, in the order of the text."""
    found: list[Person] = []
    i = 0
    while i < len(words):
        person = _name(words, i) or _age(words, i, found[-1] if found else None)
        if person:
            found.append(person)
            i = person.last
        i += 1
    return tuple(found)


def _name(words: Words, i: int) -> Person | None:
    sense = words.senses[i]
    if _is_title(words, i):
        return _titled(words, i + 1)
    if sense & (Sense.PATIENT | Sense.KIN):
        return _after_role(words, i)
    if words.letter(i) or _TWO_LETTERS.fullmatch(words.raw[i]):
        return _initials(words, i)
    if sense & Sense.FIRST and _used_as_name(words, i):
        return Person(i, _surname(words, i), "name")
    if not sense and words.capital(i) and _has_state_next(words, i):
        return Person(i, i, "name")
    return None


def _is_title(words: Words, i: int) -> bool:
    if words.senses[i] & (Sense.TITLE | Sense.DOCTOR):
        return True
    # "M. Dupont", not the initials "M.D." nor the metre of "5 m".
    return (
        words.raw[i] == "M"
        and words.between(i) in {". ", " ", ".\u00a0"}
        and i + 1 < len(words)
        and words.capital(i + 1)
    )


def _same(words: Words, i: int, j: int) -> bool:
    return 0 <= j < len(words) and words.sentence[i] == words.sentence[j]


def _titled(words: Words, j: int) -> Person | None:
    if not _same(words, j - 1, j) or words.between(j - 1).strip(" .\u00a0\u202f"):
        return None
    sense, raw = words.senses[j], words.raw[j]
    if words.letter(j) and (words.capital(j) or raw not in {"a", "y", "à"}):
        last = _surname(words, j)
        return Person(j, last, "name", initials=last == j)
    if raw.isdecimal():
        return None
    if words.capital(j) and words.keys[j] in _PARTICLES and _same(words, j, j + 1) and words.capital(j + 1):
        return Person(j, _surname(words, j + 1), "name")
    if words.capital(j) and not sense & (_NOT_A_NAME | Sense.KIN | Sense.PATIENT):
        return Person(j, _surname(words, j), "name")
    # Someone who writes no capitals: "mme dupont".
    return Person(j, j, "name") if words.raw[j - 1].islower() and not sense & ~Sense.FIRST else None


def _after_role(words: Words, i: int) -> Person | None:
    j = i + 1
    if not _same(words, i, j) or words.between(i).strip(" :,\"«»'’"):
        return _used_as(words, i)
    sense = words.senses[j]
    known = sense & Sense.FIRST or (i > 0 and words.senses[i - 1] & Sense.POSSESSIVE)
    patient = bool(known and words.senses[i] & Sense.CARE)
    if words.letter(j) and words.capital(j):
        last = _surname(words, j)
        return Person(j, last, "name", initials=last == j, role=True, cared_for=bool(words.senses[i] & Sense.CARE))
    close = not words.between(i).strip()
    if sense & Sense.FIRST or (close and words.capital(j) and not sense and words.raw[j].isalpha()):
        if words.capital(i) and words.senses[i] & Sense.KIN and not sense & Sense.FIRST:
            return None  # A capitalised noun before a capitalised noun is German, or a heading.
        return Person(j, _surname(words, j), "name", role=True, cared_for=patient)
    return _used_as(words, i)


def _used_as(words: Words, i: int) -> Person | None:
    """A word that is both a role and a given name."""
    return Person(i, _surname(words, i), "name") if words.senses[i] & Sense.FIRST and words.capital(i) else None


def _initials(words: Words, i: int) -> Person | None:
    raw = words.raw[i]
    if len(raw) > 1:
        shouted = words.text.isupper() or words.senses[i]
        return None if shouted or not _has_state_next(words, i) else Person(i, i, "name", initials=True)
    last = i
    joints = {".", ". ", ".-", "-"} if words.capital(i) else {"."}
    if _same(words, i, i - 1) and words.letter(i - 1) and words.between(i - 1) in joints:
        return None  # The tail of a longer acronym: "A.S.B.L."
    while (
        last - i < _SHORT
        and _same(words, last, last + 1)
        and words.letter(last + 1)
        and words.capital(i) == words.capital(last + 1)
        and words.between(last) in joints
    ):
        last += 1
    chain = "".join(words.keys[i : last + 1])
    upper = all(words.capital(k) for k in range(i, last + 1))
    dotted = words.between(last).startswith(".")
    if last == i or last - i > 2 or "".join(words.raw[i : last + 1]).lower() in _ABBREVIATIONS:  # noqa: PLR2004 - J.-P. D.
        return None
    if not upper and not (dotted and chain.isalpha() and _has_state_next(words, last)):
        return None
    return Person(i, _surname(words, last) if upper else last, "name", initials=True)


def _used_as_name(words: Words, i: int) -> bool:
    if words.senses[i] & (Sense.STOP | Sense.STATE | Sense.NOUN):
        return False
    if words.capital(i):
        return True
    return len(words.raw[i]) > _SHORT and _has_state_next(words, i)


def _has_state_next(words: Words, i: int) -> bool:
    """Whether what follows is said of one person: a copula, a clinical verb, a state after a comma."""
    determined = i > 0 and words.senses[i - 1] & (Sense.SKIP | Sense.POSSESSIVE)
    if not _same(words, i, i + 1) or (determined and (i < 2 or words.raw[i - 1] not in _OF)):  # noqa: PLR2004 - "mère de"
        return False
    after = words.senses[i + 1]
    if words.keys[i + 1] in {"a", "s"}:
        return True
    return bool(after & _BEFORE_STATE) and not after & (Sense.WORK | Sense.TOPIC)


def _surname(words: Words, i: int) -> int:
    """The last word of the name that goes on after word i: capitals, initials, particles before a capital."""
    last = i
    while last - i < _SHORT and _same(words, last, last + 1) and words.between(last) in _NAME_JOINTS:
        j = last + 1
        if (words.letter(j) and words.capital(j)) or (
            words.capital(j) and not words.senses[j] & _NAMEABLE_BLOCK and words.raw[j][0].isalpha()
        ):
            last = j
        elif words.keys[j] in _PARTICLES and _same(words, j, j + 1) and _surnamed(words, j + 1):
            last = j + 1
        else:
            break
    return last


def _surnamed(words: Words, j: int) -> bool:
    return words.capital(j) and not words.senses[j] & _NAMEABLE_BLOCK and len(words.raw[j]) > 1


def _age(words: Words, i: int, before: Person | None) -> Person | None:
    raw = words.raw[i]
    if not raw.isdecimal() or len(raw) > 3 or not 0 < int(raw) <= _OLDEST:  # noqa: PLR2004 - three figures
        return None
    previous = words.keys[i - 1] if _same(words, i, i - 1) else ""
    unit = (
        _same(words, i, i + 1) and words.senses[i + 1] & Sense.AGEUNIT and words.between(i) in {" ", "-", "", "\u00a0"}
    )
    after_name = before is not None and before.last == i - 1 and words.between(i - 1).strip(" .") in {",", "("}
    if not unit:
        aged = previous in _AGED or (previous == "de" and i > 1 and words.keys[i - 2] in _AGED)
        closed = words.text[words.ends[i] : words.ends[i] + 1] in {")", ","}
        return Person(i, i, "age") if aged or (after_name and closed) else None
    if previous in _SINCE or _is_range(words, i):
        return None
    if after_name or words.keys[i + 1] in _ADJECTIVAL:
        plural = any(words.senses[k] & Sense.PLURAL for k in range(i + 2, min(len(words), i + 4)))
        return None if plural else Person(i, i + 1, "age")
    return Person(i, i + 1, "age") if any(_single(words, i)) else None


def _is_range(words: Words, i: int) -> bool:
    after = words.keys[i + 2] if _same(words, i, i + 2) else ""
    follows = words.text[words.ends[i + 1] : words.ends[i + 1] + 2].strip()
    joined = i > 1 and words.raw[i - 1].lower() in _RANGE
    from_other = joined and (
        words.raw[i - 2].isdecimal() or words.senses[i - 2] & Sense.AGEUNIT or words.keys[i - 2] == "i"
    )
    return (
        after in _RANGE_AFTER or follows.startswith("+") or bool(from_other) or (i > 0 and words.raw[i - 1].isdecimal())
    )


def _single(words: Words, i: int) -> Iterator[bool]:
    """Whether one of the three words before, or a state after, says the age is one person's."""
    for k in range(max(0, i - 3), i):
        if _same(words, i, k):
            yield bool(words.senses[k] & _ONE_PERSON) and not words.senses[k] & (Sense.PLURAL | Sense.TOPIC)
    first = not _same(words, i, i - 1) or words.between(i - 1).strip() == ","
    yield bool(first and _same(words, i, i + 2) and words.senses[i + 2] & (Sense.STATE | Sense.ACT))
