"""How often, in words: "tous les 3 mois", "om de zes maanden", "jährlich", "every 90 days" -> days."""

import re
from typing import Final

from bot.understanding.spelling import fold

MOST_DAYS: Final = 1095
_UNITS: Final = (
    (1, r"jours?|dagen|dag|tage?n?|days?"),
    (7, r"semaines?|weken|week|wochen?|weeks?"),
    (30, r"mois|maanden|maand|monate?n?|months?"),
    (91, r"trimestres?|kwartalen|kwartaal|quartale?n?|quarters?"),
    (182, r"semestres?|halfjaar|halbjahre?n?|half ?years?"),
    (365, r"ans?|annees?|jaren|jaar|jahre?n?|years?"),
)
_ALONE: Final = (
    (30, r"mensuel\w*|maandelijks\w*|monatlich\w*|monthly"),
    (91, r"trimestriel\w*|driemaandelijks\w*|vierteljahrlich\w*|quarterly"),
    (182, r"semestriel\w*|halfjaarlijks\w*|halbjahrlich\w*|half-yearly"),
    (365, r"annuel\w*|jaarlijks\w*|jahrlich\w*|yearly"),
)
_NUMBERS: Final = {
    word: number
    for number, words in (
        (1, "un une een ein eine einen one a"), (2, "deux twee zwei two"), (3, "trois drie drei three"),
        (4, "quatre vier four"), (6, "six zes sechs"), (12, "douze twaalf zwolf twelve"),
    )
    for word in words.split()
}  # fmt: skip


def pace(text: str) -> int | None:
    """Days between two times, 7 at least and MOST_DAYS at most; None where no pace is said."""
    said = fold(text)
    for days, pattern in _ALONE:
        if re.search(rf"\b(?:{pattern})\b", said):
            return days
    for days, pattern in _UNITS:
        if match := re.search(rf"(?:\b(\d{{1,4}}|[a-z]+) )?\b(?:{pattern})\b", said):
            count = match[1] or ""
            number = int(count) if count.isdecimal() else _NUMBERS.get(count, 1)
            return min(max(days * number, 7), MOST_DAYS)
    return None
