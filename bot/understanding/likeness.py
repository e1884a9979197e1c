"""Whether two sentences say nearly the same, whatever their accents, capitals and the order of their words."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.understanding.spelling import fold

# As alike as « On publie le dépliant en deux langues » and « Publier le dépliant en deux langues ».
ALIKE = 86.0
_WORD = re.compile(r"[^\W_]+")


def nearest(text: str, others: Sequence[str]) -> int | None:
    """The place of the most alike of the others, when it is alike enough."""
    found = process.extractOne(_plain(text), [_plain(other) for other in others], scorer=_likeness, score_cutoff=ALIKE)
    return int(found[2]) if found is not None else None


def _likeness(one: str, other: str, *, score_cutoff: float | None = None, **_options: object) -> float:
    cutoff = score_cutoff or 0.0
    return max(fuzz.ratio(one, other, score_cutoff=cutoff), fuzz.token_sort_ratio(one, other, score_cutoff=cutoff))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
