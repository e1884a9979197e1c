"""The days that a decision or an agreement gives for itself: "à revoir le 1er mars", "jusqu'au 31/12"."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Unpack

from bot.understanding import deadlines
from bot.understanding.deadlines import Deadline, Reading

# Between the words of a clause and its day: "à revoir avec tous les partenaires le 1er mars".
REACH = 60
# What may stand around the words and the day of a clause that says nothing else.
SPARE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """What a text says of one of its days; `deadline` is None where it speaks of a day that cannot be one to come.

    `rest` is the text without the clause, or the whole of it where the clause says more than its day.
    """

    deadline: Deadline | None
    rest: str
    words: str

    @property
    def day(self) -> date | None:
        """The day where there is no doubt about it."""
        return self.deadline.due if self.deadline is not None and self.deadline.certain else None


_REVIEW = re.compile(
    r"""\b(?:
      (?:à|a)\s+(?:re-?|ré-?)(?:voir|évaluer|evaluer|examiner|discuter|valider|étudier|etudier|considérer|considerer|
        visiter|prendre|actualiser|débattre|debattre) | (?:à|a)\s+(?:évaluer|evaluer)
    | (?:on|nous)\s+(?:en\s+reparle\w*|la\s+revoit|la\s+revoyons|(?:l[’'])?(?:ré)?évalue\w*)
    | (?:révision|revision|réévaluation|reevaluation|réexamen|reexamen|évaluation|evaluation|revoyure|bilan)
    | (?:her)?(?:te\s+)?(?:herzien|herbekijken|herevalueren|evalueren) | herziening | (?:her)?evaluatie
    | (?:opnieuw|terug)\s+(?:te\s+)?(?:bekijken|bespreken|evalueren)
    | (?:zu\s+)?(?:überprüfen|ueberpruefen|überprüft|evaluieren) | (?:Ü|ü)berprüfung | wiedervorlage
    | (?:erneut|wieder|neu)\s+(?:zu\s+)?(?:prüfen|besprechen|bewerten|vorlegen)
    | (?:to\s+be\s+)?(?:reviewed|re-?evaluated|revisited|reconsidered) | (?:to\s+)?(?:review|revisit|reconsider)
    | look\s+at\s+(?:it|this)\s+again
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_UNTIL = re.compile(
    r"""\b(?:
      (?:valables?\s+|en\s+vigueur\s+)?jusqu(?:[’']|e\s)\S* | (?:prend|prenant)\s+fin | (?:se\s+termine|expire|échéance)
    | (?:geldig\s+)?tot(?:\s+en\s+met|\s+aan)? | t/m | loopt\s+af
    | (?:gültig\s+|befristet\s+)?bis(?:\s+(?:zum|ende|einschließlich))? | endet
    | (?:valid\s+)?(?:until|till) | (?:ends|expires|ending)
    )(?=\W)""",
    re.IGNORECASE | re.VERBOSE,
)
_FROM = re.compile(
    r"""\b(?:
      à\s+(?:partir|dater|compter)\s+d\S* | dès | a\s+partir\s+d\S* | prend\s+cours | entre\s+en\s+vigueur
    | vanaf | met\s+ingang\s+van | gaat\s+in
    | ab | gilt\s+ab | beginnend
    | as\s+of | starting | from | beginning
    )(?=\W)""",
    re.IGNORECASE | re.VERBOSE,
)
# A day in figures or by its month or feast: "du lundi au vendredi" says nothing of how long an agreement holds.
_WEEKDAY = re.compile(
    r"^\W*(?:l[ea]|au|op|am|on|de|du|den|dem)?\s*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|maandag|dinsdag|"
    r"woensdag|donderdag|vrijdag|zaterdag|zondag|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday)\W*$",
    re.IGNORECASE,
)
# Not after a figure: "1. März" is one day.
_BREAK = re.compile(r"\s*[,;()\n]\s*|(?<=\D)[.!?]\s+|\s+[-–—]\s+")
_END = re.compile(r"\s*[.!]?\s*\Z")
# What looks like a day even where it cannot be one to come.
_DATED = re.compile(r"\d{4}|\d\s?[/.-]\s?\d|\d(?:er|\.)?\s+[^\W\d]{3,}")
_WORD = re.compile(r"\w+")


def review(text: str, **reading: Unpack[Reading]) -> Clause | None:
    """When it says it is to be looked at again; None when it does not say so."""
    return _clause(_REVIEW, text, reading)


def until(text: str, **reading: Unpack[Reading]) -> Clause | None:
    """The last day on which it says it holds."""
    return _clause(_UNTIL, text, reading)


def start(text: str, **reading: Unpack[Reading]) -> Clause | None:
    """The first day on which it says it holds."""
    return _clause(_FROM, text, reading)


def _clause(marker: re.Pattern[str], text: str, reading: Reading) -> Clause | None:
    """The last clause with the marker and a day; failing that, the last with the marker and a figure."""
    spoken: Clause | None = None
    for found in reversed(list(marker.finditer(text))):
        begin, end = _bounds(text, found)
        # Dutch and German put the day of a review first: "tegen 1 maart te herzien".
        parts = [(found.end(), end, REACH), (begin, found.start(), REACH // 3)]
        for first, last, reach in parts if marker is _REVIEW else parts[:1]:
            part = text[first:last]
            deadline = deadlines.read(part, **reading)
            if deadline is None or (marker is not _REVIEW and _opening_hours(deadline, reading["now"])):
                continue
            if _near(part, deadline, reach, after=first == found.end()):
                day = (first + deadline.span[0], first + deadline.span[1])
                return Clause(deadline, _without(text, begin, end, found, day), text[begin:end].strip())
        if spoken is None and _DATED.search(text, found.end(), end):
            spoken = Clause(None, text, text[begin:end].strip())
    return spoken


def _bounds(text: str, found: re.Match[str]) -> tuple[int, int]:
    """The clause around the marker, without the separators."""
    before = [edge.end() for edge in _BREAK.finditer(text, 0, found.start())]
    after = _BREAK.search(text, found.end()) or _END.search(text, found.end())
    return max(before, default=0), after.start() if after else len(text)


def _opening_hours(deadline: Deadline, now: datetime) -> bool:
    """A weekday or an hour alone, as « du lundi au vendredi jusqu'à 18h », says nothing of how long it holds."""
    return bool(_WEEKDAY.match(deadline.words)) or (deadline.time is not None and deadline.due == now.date())


def _near(part: str, deadline: Deadline, reach: int, *, after: bool) -> bool:
    between = deadline.span[0] if after else len(part) - deadline.span[1]
    return between <= reach


def _without(text: str, begin: int, end: int, found: re.Match[str], day: tuple[int, int]) -> str:
    """The text without the clause where it says its day alone; without a last "jusqu'au 31/12" either."""
    first, last = min(day[0], found.start()), max(day[1], found.end())
    between = _WORD.findall(text[min(found.end(), day[1]) : max(found.start(), day[0])])
    spare = _WORD.findall(text[begin:first] + " " + text[last:end])
    if begin > 0 and len(spare) + len(between) <= SPARE_WORDS:
        return _joined(text[:begin], text[end:])
    if begin < first and not between and not _WORD.search(text[last:end]) and _LAST.search(found.group()):
        return _joined(text[:first], text[end:])
    return text


# Words that cannot be part of what was agreed when a day ends the sentence after them.
_LAST = re.compile(r"jusqu|valable|geldig|gültig|until|t/m|tot\s+en\s+met|bis\s+zum|befristet", re.IGNORECASE)


def _joined(before: str, after: str) -> str:
    kept = re.sub(r"[\s,;(–—-]+$", "", before)
    left = re.sub(r"^[\s,;)–—-]+", "", after)
    if kept.endswith((".", "!", "?")):
        left = left.lstrip(".!? ")
    ending = "" if not left or re.match(r"[.!?]", left) else " " if kept.endswith((".", "!", "?")) else ", "
    return (kept + ending + left).strip()
