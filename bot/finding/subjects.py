"""How much each offer is about the themes of a question: what its words say, and what its vector tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.served import SAID
from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.finding.index import Index
    from bot.finding.meanings import Meanings

    Scores = NDArray[np.float32]

NEAR_THEME: Final = 0.45
# How many of the likeliest rows are read for each theme.
READ_CLOSELY: Final = 150


def told(index: Index, wanted: dict[str, float], size: int) -> Scores:
    """How much of what is wanted each row says it is about, 0 to about 1."""
    scores = np.zeros(size, dtype=np.float32)
    book = vocabulary()
    total = heaviest = 0.0
    for theme, weight in wanted.items():
        importance = _importance(theme, weight, wanted) * _rarity(index, theme, size)
        total += importance
        heaviest = max(heaviest, importance)
        part = np.zeros(size, dtype=np.float32)
        for other, worth in ((theme, 1.0), *((near, NEAR_THEME) for near in book.themes[theme].near)):
            rows, weights = index.themes.get(other)
            fits = rows < size
            rows, weights = rows[fits], weights[fits]
            part[rows] = np.maximum(part[rows], worth * weights)
        scores += importance * part
    # The main theme alone is most of an answer: the others are divided by less than their sum.
    return np.minimum(scores / (0.5 * total + 0.5 * heaviest), 1.15) if total else scores


def _importance(theme: str, weight: float, wanted: dict[str, float]) -> float:
    """A general theme counts half beside one that says what is needed."""
    themes = vocabulary().themes
    beside = themes[theme].general and any(
        theirs >= SAID and not themes[other].general for other, theirs in wanted.items()
    )
    return min(weight, 2.2) * (0.5 if beside else 1.0)


def told_or_meant(
    index: Index, wanted: dict[str, float], sense: Meanings, said: Scores, rows: NDArray[np.intp], rough: Scores
) -> Scores:
    """The same, with what the rows' vectors tell where their words do not."""
    meant = np.zeros(len(rows), dtype=np.float32)
    total = heaviest = 0.0
    likely = np.flatnonzero(index.encoded[rows])
    if len(likely) > READ_CLOSELY:
        likely = likely[np.argpartition(-rough[likely], READ_CLOSELY)[:READ_CLOSELY]]
    vectors = index.vectors_of(rows[likely])
    for theme, weight in wanted.items():
        importance = _importance(theme, weight, wanted)
        total += importance
        heaviest = max(heaviest, importance)
        meant[likely] += importance * sense.of_passages(vectors, theme)
    meant /= max(0.5 * total + 0.5 * heaviest, 1e-6)
    return np.maximum(said[rows], 0.75 * said[rows] + 0.45 * meant).astype(np.float32)


def _rarity(index: Index, theme: str, size: int) -> float:
    share = index.themes.count(theme) / max(size, 1)
    return float(np.clip(1.0 - 1.1 * share, 0.35, 1.0))


def shared(index: Index, wanted: dict[str, float], row: int) -> tuple[str, ...]:
    """Themes that the question and the row both speak of, the weightiest first."""
    ranked = sorted(wanted, key=lambda theme: -wanted[theme])
    return tuple(theme for theme in ranked if row in index.themes.get(theme)[0])[:3]
