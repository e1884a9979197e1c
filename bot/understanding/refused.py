"""What a question says it does not want: "pas de psychiatre, plutôt un psychologue", "autre que le CPAS".

Only who or what gives help can be refused so; what is lacked ("pas de logement", "kein Geld") is the need itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from bot.understanding.stems import Lang

# Themes of those who help, and of ways of helping.
HELPERS: Final = frozenset((
    "psychologist", "psychiatrist", "mental-health-centre", "hospital-psychiatric", "day-hospital", "peer-group",
    "social-rights", "financial-aid", "helpline", "telecare", "pharmacy", "nursing-home", "general-practice", "child-psych",
    "medication-dependence", "youth-support", "digital-help", "relaxation",
))  # fmt: skip
# Each word once and a few of them at most: a word in the list twice doubles the ways to read each "de" of "de de de".
_ARTICLE: Final = r"(?:(?:un|une|le|la|les|du|des|de|d|l|à|au|aux|chez|aller|retourner|voir|een|het|naar|ein|eine|einen|einem|der|die|das|dem|den|zum|zur|a|an|the|any|go|to|see)['’ ]\s*){0,4}"
_OBJECT: Final = rf"{_ARTICLE}(?P<what>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)??)"
_ENDS: Final = r"(?=\s*(?:[,;:.!?)–-]|$|\b(?:mais|plutôt|plutot|juste|seulement|pour|à|a|maar|liever|gewoon|voor|in|te|sondern|aber|lieber|nur|für|but|just|rather|for|near|et|en|und|and)\b))"
_REFUSALS: Final = (
    r"(?:veux|veut|veulent|voudrais|voudrait|souhaite|souhaitons|voulons)\s+(?:surtout\s+|plus\s+)?pas\s+",
    r"(?:autre|autres|ailleurs|autrement)\s+(?:chose\s+)?(?:que|qu['’])\s*",
    r"(?:sauf|hormis|excepté|à part|surtout pas|plutôt que|plutot que|sans passer par)\s+",
    r"(?:liever geen|behalve|anders dan|in plaats van|wil geen|wilt geen|niet naar)\s+",
    r"(?:lieber keine?n?|außer|anders als|statt|will keine?n?|möchte keine?n?|nicht zum|nicht zur)\s+",
    r"(?:other than|except|rather than|instead of|not want|don['’]t want|doesn['’]t want)\s+",
)
_HOSPITAL: Final = re.compile(r"h[oô]pital|cliniques?\b|ziekenhuis|krankenhaus|hospital", re.IGNORECASE)
_SAID: Final = tuple(re.compile(rf"\b{head}{_OBJECT}{_ENDS}", re.IGNORECASE) for head in _REFUSALS)
# "No X" is a refusal where what is wanted instead follows; it is a lack elsewhere.
_INSTEAD: Final = re.compile(
    rf"\b(?:pas (?:de |d['’])|geen |keine?n? |no |not (?:a |an )?){_OBJECT}\s*[,;]?\s*"
    r"(?=(?:mais|plutôt|plutot|juste|seulement|maar|liever|gewoon|sondern|aber|lieber|nur|but|just|only|rather)\b)",
    re.IGNORECASE,
)


def without_refused(text: str, lang: Lang) -> str:
    """The text as long as it was, with the helpers it refuses blanked."""
    book = vocabulary()
    for pattern in (*_SAID, _INSTEAD):
        for match in pattern.finditer(text):
            themes = book.read(match["what"], (lang,))[0]
            if (themes and themes.keys() <= HELPERS) or _HOSPITAL.search(match["what"]):
                start, end = match.span()
                text = text[:start] + " " * (end - start) + text[end:]
    return text
